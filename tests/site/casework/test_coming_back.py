"""Coming back and moving on: a new referral of the same person, support in work again, another area; nothing lost."""

from __future__ import annotations

import html
import re
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from tests.site.casework.factories import TODAY, ago, make_episode, make_job, make_plan, make_profile
from tests.site.conftest import NOW, World

from placewell import cadence, outcomes
from placewell.indicators import members
from placewell.periods import Period
from placewell.specification import load
from placewell_web.accounts.errors import Refused
from placewell_web.accounts.models import User
from placewell_web.casework.actions import closure, coming_back
from placewell_web.casework.dataset_rows import read_all
from placewell_web.casework.models import Closing, SupportDecision, SupportRequest
from placewell_web.clients.models import Episode, Person
from placewell_web.intake.models import Screening

SignIn = Callable[[User | None], Client]
THRIVE = load("thrive_into_work")


@pytest.fixture(autouse=True)
def _still(frozen: object) -> None:
    """Friday 14 June 2019."""


@pytest.fixture
def episode(world: World) -> Episode:
    return make_episode(world, primary_condition="anxiety", has_autism=True)


def ended(episode: Episode, days: int = 10) -> Episode:
    Episode.unscoped.filter(pk=episode.pk).update(closed_on=ago(days), closure_reason="in_work_support_ended")
    return Episode.unscoped.select_related("lot", "gp_practice").get(pk=episode.pk)


def who(world: World, role: str = "specialist") -> dict[str, Any]:
    return {"viewer": world.viewer(role), "by": world.actor(role), "at": NOW}


def again(world: World, episode: Episode, **more: Any) -> Episode:
    return coming_back.refer_again(episode=episode, **who(world) | {"on": TODAY, "source": "gp"} | more)


def test_someone_known_is_referred_again_with_what_stays_so(world: World, episode: Episode) -> None:
    make_profile(episode, ago(60), ago(50))
    made = again(world, ended(episode))
    assert made.person == episode.person
    assert Person.unscoped.count() == 1
    assert (made.follows, made.follows_how, made.referred_on) == (episode, "referred_again", TODAY)
    assert (made.accepted_on, made.specialist, made.team) == (None, None, None), "a leader accepts it as any"
    assert (made.primary_condition, made.has_autism, made.gp_practice) == ("anxiety", True, world.practices["dudley"])
    assert made.profiles.count() == 0, "facts of before stay with the episode of before"


def test_a_second_press_starts_no_second_referral(world: World, episode: Episode) -> None:
    closed = ended(episode)
    again(world, closed)
    with pytest.raises(Refused, match="A referral in Dudley, made on 14 June 2019, follows this one"):
        again(world, closed)
    assert Episode.unscoped.count() == 2


@pytest.mark.parametrize("state", ["open", "another open"])
def test_nobody_has_two_referrals_at_once(world: World, episode: Episode, state: str) -> None:
    if state == "another open":
        make_episode(world, person=episode.person, referred_on=ago(3), accepted_on=None)
        episode = ended(episode)
    with pytest.raises(Refused, match=r"Support has not ended|open referral already"):
        again(world, episode)


def test_it_is_a_re_referral_in_the_figures(world: World, episode: Episode) -> None:
    made = again(world, ended(episode))
    period = Period("Q", ago(30), TODAY + timedelta(days=1))
    rows = members(THRIVE, "re_referrals", read_all(), period, TODAY).to_dicts()
    assert [row["episode_id"] for row in rows if row["status"] == "counted"] == [str(made.pk)]


def test_a_closure_cannot_be_taken_back_once_a_referral_follows(world: World, episode: Episode) -> None:
    closed = ended(episode, 0)
    again(world, closed)
    with pytest.raises(Refused, match="A new referral follows this one already"):
        closure.reopen_episode(episode=closed, **who(world, "team_leader"))


def ask(world: World, episode: Episode, **more: Any) -> Episode:
    given = {"token": uuid.uuid4(), "on": ago(1), "asked_by": "employer", "granted": True, "words": "New shifts"}
    return coming_back.ask_again(episode=episode, **who(world) | given | more)


def decided(episode: Episode, decision: str, days: int = 5) -> None:
    SupportDecision.unscoped.create(
        episode=episode, on=ago(days), limit="in_work", decision=decision, decided_by=episode.specialist, created_at=NOW
    )


def test_in_an_open_episode_support_in_work_goes_on_in_it(world: World, episode: Episode) -> None:
    make_job(episode, ago(60))
    decided(episode, "ended")
    assert ask(world, episode) == episode
    made = SupportDecision.unscoped.latest("created_at", "on")
    assert (made.limit, made.decision, made.words) == ("in_work", "taken_up_again", "New shifts")
    asked = SupportRequest.unscoped.get()
    assert (asked.asked_by, asked.on, asked.granted) == ("employer", ago(1), True)


def test_a_request_waits_and_its_clock_runs_until_it_is_decided(world: World, episode: Episode) -> None:
    make_job(episode, ago(60))
    decided(episode, "ended")

    def due() -> dict[str, date]:
        rows = cadence.clocks(THRIVE, read_all(), TODAY).filter(clock="re_access").to_dicts()
        return {row["episode_id"]: row["due_on"] for row in rows}

    assert due() == {}
    assert ask(world, episode, granted=None, on=date(2019, 6, 12)) == episode
    assert due() == {str(episode.pk): date(2019, 6, 19)}, "five working days from the request"
    asked = SupportRequest.unscoped.get()
    assert (asked.granted, asked.decided_on, SupportDecision.unscoped.count()) == (None, None, 1)
    answer = {"episode": episode, "limit": "in_work", "decision": "taken_up_again"}
    closure.decide_support(**who(world, "team_leader"), **answer)
    assert due() == {}
    asked.refresh_from_db()
    assert (asked.granted, asked.decided_on) == (True, TODAY)


@pytest.mark.parametrize(
    ("limit", "decision", "answered"),
    [("in_work", "ended", (False, TODAY)), ("job_search", "ended", (None, None))],
)
def test_a_decision_answers_what_it_is_about(
    world: World, episode: Episode, limit: str, decision: str, answered: tuple[bool | None, date | None]
) -> None:
    make_job(episode, ago(60))
    decided(episode, "ended")
    ask(world, episode, granted=None)
    closure.decide_support(**who(world, "team_leader"), episode=episode, limit=limit, decision=decision)
    asked = SupportRequest.unscoped.get()
    assert (asked.granted, asked.decided_on) == answered


@pytest.mark.parametrize("granted", [True, False])
def test_asked_again_while_a_request_waits_one_decision_answers_both(
    world: World, episode: Episode, granted: bool
) -> None:
    make_job(episode, ago(60))
    decided(episode, "ended")
    ask(world, episode, granted=None)
    ask(world, episode, granted=granted, asked_by="person")
    answered = SupportRequest.unscoped.values_list("granted", "decided_on")
    assert list(answered) == [(granted, TODAY)] * 2


def test_a_request_of_a_closed_episode_is_decided_at_once(world: World, client_for: SignIn, episode: Episode) -> None:
    make_job(episode, ago(60))
    closed = ended(episode)
    with pytest.raises(Refused, match="nobody is reminded"):
        ask(world, closed, granted=None)
    address = f"/people/{episode.pk}/support-again/"
    page = client_for(world.user("specialist"))
    assert "still to be decided" not in page.get(address).content.decode()
    sent = {"asked_by": "person", "granted": "later", "token": uuid.uuid4(), **dated("on")}
    assert "Choose one of the answers in the list." in page.post(address, sent).content.decode()
    assert not SupportRequest.unscoped.exists()


def test_the_page_of_a_request_that_waits(world: World, client_for: SignIn, episode: Episode) -> None:
    make_job(episode, ago(60))
    decided(episode, "ended", 20)
    page = client_for(world.user("specialist"))
    sent = {"asked_by": "employer", "granted": "later", "token": uuid.uuid4(), **dated("on"), "on-day": 5}
    address = f"/people/{episode.pk}/support-again/"
    for _ in range(2):
        kept = page.post(address, sent, follow=True).content.decode()
    assert "Request recorded. It is on Today until it is decided." in kept
    assert SupportRequest.unscoped.count() == 1
    assert "decide whether to take support up again" in page.get("/today/").content.decode().lower()
    support = page.get(f"/people/{episode.pk}/support/").content.decode()
    assert "The employer asked for support again on 5 June 2019." in support
    assert re.search(r'value="in_work"[^>]*checked', support)


def test_a_closed_episode_stays_closed_and_a_referral_follows(world: World, episode: Episode) -> None:
    make_job(episode, ago(60))
    before = outcomes.outcome_table(THRIVE, read_all(), TODAY)
    made = ask(world, ended(episode), asked_by="person")
    assert (made.follows, made.follows_how, made.source) == (episode, "support_again", "self")
    assert Episode.unscoped.get(pk=episode.pk).closed_on == ago(10)
    after = outcomes.outcome_table(THRIVE, read_all(), TODAY).filter(episode_id=str(episode.pk))
    assert after["job_start_on"].to_list() == before["job_start_on"].to_list(), "what was achieved stays where it was"


def test_refused_support_is_recorded_and_opens_nothing(world: World, episode: Episode) -> None:
    make_job(episode, ago(60))
    closed = ended(episode)
    assert ask(world, closed, granted=False) == closed
    assert (SupportRequest.unscoped.get().granted, Episode.unscoped.count()) == (False, 1)


@pytest.mark.parametrize("closed", [True, False])
def test_one_form_asks_once(world: World, episode: Episode, closed: bool) -> None:
    make_job(episode, ago(60))
    decided(episode, "ended")
    episode = ended(episode) if closed else episode
    token = uuid.uuid4()
    assert ask(world, episode, token=token) == ask(world, episode, token=token)
    assert SupportRequest.unscoped.count() == 1


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ((), "Support in work has not ended"),
        (("job",), "Support in work has not ended"),
        (("job", "ended", "taken_up_again"), "Support in work has not ended"),
        (("ended",), "No job is recorded"),
    ],
)
def test_only_support_that_ended_is_taken_up_again(
    world: World, episode: Episode, facts: tuple[str, ...], said: str
) -> None:
    for number, fact in enumerate(facts):
        if fact == "job":
            make_job(episode, ago(60))
        else:
            decided(episode, fact, 9 - number)
    with pytest.raises(Refused, match=said):
        ask(world, episode)


def move(world: World, episode: Episode, role: str = "team_leader", **more: Any) -> Episode:
    given = {"version": episode.version, "lot": "wolverhampton", "words": "New flat", "shares": True}
    return coming_back.move_lot(episode=episode, **who(world, role) | given | more)


def test_a_move_closes_here_and_refers_there(world: World, episode: Episode) -> None:
    made = move(world, episode)
    episode.refresh_from_db()
    assert (episode.closed_on, episode.closure_reason, episode.lot) == (TODAY, "moved_lot", world.own)
    assert (made.lot, made.person, made.accepted_on, made.gp_practice) == (world.other, episode.person, None, None)
    assert Closing.unscoped.get().words == "New flat"
    seen = Episode.scoped.visible_to(world.viewer("team_leader", "wolverhampton"))
    assert list(seen) == [made], "the other area sees its own referral, and not the record here"
    assert list(Episode.scoped.visible_to(world.viewer("team_leader"))) == [episode]


def test_figures_of_the_past_stay_with_the_old_area(world: World, episode: Episode) -> None:
    make_job(episode, ago(40))
    period = Period("Q", ago(60), TODAY + timedelta(days=30))

    def counted() -> dict[str, int]:
        rows = {
            lot: members(THRIVE, "job_starts", read_all(), period, TODAY, lot) for lot in ("dudley", "wolverhampton")
        }
        return {lot: frame.filter(status="counted").height for lot, frame in rows.items()}

    before = counted()
    move(world, episode)
    assert counted() == before == {"dudley": 1, "wolverhampton": 0}


@pytest.mark.parametrize(("shares", "sees"), [(True, True), (False, False)])
def test_profile_and_plan_are_read_there_where_the_person_agreed(
    world: World, client_for: SignIn, episode: Episode, shares: bool, sees: bool
) -> None:
    make_profile(episode, ago(60), ago(50), preferences="Works with animals")
    make_plan(episode, ago(40))
    made = move(world, episode, shares=shares)
    there = world.user("specialist", "wolverhampton")
    fields = {"accepted_on": TODAY, "specialist": there, "team": world.teams["wolverhampton"]}
    Episode.unscoped.filter(pk=made.pk).update(**fields)
    page = client_for(there).get(f"/people/{made.pk}/from-before/").content.decode()
    assert ("Works with animals" in page) is sees
    assert ("Write a CV" in page) is sees
    assert ("The person did not agree to share it." in page) is (not sees)
    assert "Moved from Dudley on 14 June 2019, after the referral of 1 April 2019." in page
    assert client_for(there).get(f"/people/{episode.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("role", "more", "said"),
    [
        ("specialist", {}, "Only a team leader or manager"),
        ("team_leader", {"lot": "dudley"}, "Choose the area"),
        ("team_leader", {"lot": "nowhere"}, "Choose the area"),
    ],
)
def test_who_moves_whom_where(world: World, episode: Episode, role: str, more: dict[str, str], said: str) -> None:
    with pytest.raises(Refused, match=said):
        move(world, episode, role, **more)
    assert Episode.unscoped.get().closed_on is None


def test_moved_twice_it_moves_once(world: World, episode: Episode) -> None:
    move(world, episode)
    with pytest.raises(Refused, match="Support ended"):
        move(world, Episode.unscoped.get(pk=episode.pk))
    assert Episode.unscoped.count() == 2


def accepted(episode: Episode) -> None:
    Episode.unscoped.filter(pk=episode.pk).update(accepted_on=TODAY)


@pytest.mark.parametrize("is_accepted", [False, True])
@pytest.mark.parametrize("role", ["specialist", "team_leader"])
def test_after_a_move_the_record_says_where_the_person_is_and_starts_nothing(
    world: World, client_for: SignIn, episode: Episode, role: str, is_accepted: bool
) -> None:
    make_job(episode, ago(60))
    made = move(world, episode)
    if is_accepted:
        accepted(made)
    client, person = client_for(world.user(role)), f"/people/{episode.pk}/"
    shown = client.get(person).content.decode()
    assert "A referral in Wolverhampton, made on 14 June 2019, follows this one." in shown
    assert str(made.pk) not in shown, "the other area's record opens for those who work there"
    for path, sent in (
        ("refer-again", {"source": "gp", **dated("on")}),
        ("support-again", {"asked_by": "person", "granted": "yes", "token": uuid.uuid4(), **dated("on")}),
    ):
        assert f"{person}{path}/" not in shown
        for answer in (client.get(f"{person}{path}/", follow=True), client.post(f"{person}{path}/", sent, follow=True)):
            assert answer.redirect_chain[-1][0] == person
            said = answer.content.decode()
            assert "Nothing new was recorded: a referral in Wolverhampton, made on 14 June 2019, follows" in said
            assert "waits to be accepted" not in said
    assert (SupportRequest.unscoped.count(), Episode.unscoped.count()) == (0, 2)
    with pytest.raises(Refused, match="A referral in Wolverhampton"):
        ask(world, Episode.unscoped.get(pk=episode.pk))
    assert SupportRequest.unscoped.count() == 0


@pytest.mark.parametrize(("is_accepted", "address"), [(False, "/referrals/{}/"), (True, "/people/{}/")])
def test_a_referral_that_follows_here_is_opened_from_the_record_of_before(
    world: World, client_for: SignIn, episode: Episode, is_accepted: bool, address: str
) -> None:
    made = again(world, ended(episode))
    if is_accepted:
        accepted(made)
    shown = client_for(world.user("team_leader")).get(f"/people/{episode.pk}/").content.decode()
    assert "A referral in Dudley, made on 14 June 2019, follows this one." in shown
    assert f'href="{address.format(made.pk)}">Open that referral' in shown


@pytest.mark.parametrize("end", ["closed_on", "declined_on"])
def test_once_the_referral_that_followed_has_ended_another_may_start(
    world: World, client_for: SignIn, episode: Episode, end: str
) -> None:
    made = again(world, ended(episode))
    Episode.unscoped.filter(pk=made.pk).update(**{end: TODAY})
    shown = client_for(world.user("team_leader")).get(f"/people/{episode.pk}/").content.decode()
    assert "follows this one" not in shown
    assert "refer-again/" in shown
    assert again(world, Episode.unscoped.get(pk=episode.pk)) != made


def test_a_referral_that_came_in_another_way_is_named_without_its_area(
    world: World, client_for: SignIn, episode: Episode
) -> None:
    there = make_episode(world, "wolverhampton", person=episode.person, referred_on=ago(3), accepted_on=None)
    ended(episode)
    shown = client_for(world.user("team_leader")).get(f"/people/{episode.pk}/").content.decode()
    assert "This person has an open referral already." in shown
    assert str(there.pk) not in shown
    assert "Wolverhampton" not in shown


def dated(name: str) -> dict[str, int]:
    return {f"{name}-day": 14, f"{name}-month": 6, f"{name}-year": 2019}


def test_the_pages(world: World, client_for: SignIn, episode: Episode) -> None:
    make_job(episode, ago(60))
    leader = client_for(world.user("team_leader"))
    person = f"/people/{episode.pk}/"
    shown = leader.get(person).content.decode()
    assert f"{person}move/" in shown
    assert f"{person}refer-again/" not in shown
    ended(episode)
    shown = leader.get(person).content.decode()
    assert f"{person}move/" not in shown
    assert f"{person}refer-again/" in shown
    assert f"{person}support-again/" in shown
    asked = {"asked_by": "employer", "granted": "no", "token": uuid.uuid4(), **dated("on")}
    assert "Say why not" in leader.post(f"{person}support-again/", asked).content.decode()
    kept = leader.post(f"{person}support-again/", asked | {"words": "The employer has closed"}, follow=True)
    assert "not taken up again now" in kept.content.decode()
    wrong = leader.post(f"{person}refer-again/", {"source": "nobody", **dated("on")})
    assert wrong.status_code == 200
    sent = leader.post(f"{person}refer-again/", {"source": "gp", **dated("on")}, follow=True)
    assert "Referred again." in sent.content.decode()
    made = Episode.unscoped.get(follows=episode)
    assert sent.redirect_chain[-1][0] == f"/referrals/{made.pk}/"


@pytest.mark.parametrize(
    ("path", "asked", "words"),
    [
        ("refer-again", {"source": "gp"}, "Referred again."),
        ("support-again", {"asked_by": "person", "granted": "yes"}, "waits to be accepted"),
    ],
)
def test_a_specialist_who_sees_no_waiting_referral_stays_with_the_record_of_before(
    world: World, client_for: SignIn, episode: Episode, path: str, asked: dict[str, str], words: str
) -> None:
    make_job(episode, ago(60))
    ended(episode)
    sent = {"token": uuid.uuid4(), **asked, **dated("on")}
    answer = client_for(world.user("specialist")).post(f"/people/{episode.pk}/{path}/", sent, follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain[-1][0] == f"/people/{episode.pk}/"
    assert words in answer.content.decode()
    assert Episode.unscoped.get(follows=episode).accepted_on is None


def test_the_move_page_asks_whether_profile_and_plan_go_along(
    world: World, client_for: SignIn, episode: Episode
) -> None:
    leader = client_for(world.user("team_leader"))
    address = f"/people/{episode.pk}/move/"
    assert "Wolverhampton, Wolverhampton Into Work" in leader.get(address).content.decode()
    data = {"lot": "wolverhampton", "words": "New flat", "version": 1}
    assert "Ask the person, and choose yes or no." in leader.post(address, data).content.decode()
    assert Episode.unscoped.count() == 1
    sent = leader.post(address, data | {"shares": "no"}, follow=True)
    assert "Wolverhampton Into Work has the referral to accept." in sent.content.decode()
    assert Episode.unscoped.get(follows=episode).follows_how == "moved_alone"


NOT_HELD = "The answers of this referral’s form are not held"


def referral_page(client: Client, made: Episode) -> str:
    """The page with its entities read, as a person reads it."""
    return html.unescape(client.get(f"/referrals/{made.pk}/").content.decode())


def test_a_referral_that_follows_says_how_it_began_and_what_came_along(
    world: World, client_for: SignIn, episode: Episode
) -> None:
    Screening.objects.create(
        episode=episode,
        decided_at=NOW,
        decided_on=ago(70),
        decided_by=episode.specialist,
        overall="eligible",
        specification_version="1",
        specification_hash="0" * 64,
    )
    make_job(episode, ago(60))
    made = ask(world, ended(episode), on=ago(2))
    page = referral_page(client_for(world.user("team_leader")), made)
    assert "Support in work asked for again on 12 June 2019, after the referral of 1 April 2019." in page
    assert f'href="/people/{episode.pk}/">Open the record from then' in page
    assert NOT_HELD not in page
    assert "Not screened for this referral yet." in page
    assert "Each criterion is answered from facts" not in page
    assert re.search(r"The referral of 1 April 2019:.*Eligible.*on 5 April 2019", page)


@pytest.mark.parametrize("shares", [True, False])
def test_the_other_area_reads_where_someone_moved_from_and_opens_no_record_there(
    world: World, client_for: SignIn, episode: Episode, shares: bool
) -> None:
    made = move(world, episode, shares=shares)
    page = referral_page(client_for(world.user("team_leader", "wolverhampton")), made)
    assert "Moved from Dudley on 14 June 2019, after the referral of 1 April 2019." in page
    assert str(episode.pk) not in page
    assert NOT_HELD not in page


def test_a_referral_from_before_this_system_still_says_that_no_answers_are_held(
    world: World, client_for: SignIn, episode: Episode
) -> None:
    page = referral_page(client_for(world.user("team_leader")), episode)
    assert NOT_HELD in page
    assert "How it began" not in page

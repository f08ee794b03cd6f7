"""A whole caseload goes to colleagues: proposed by room, in one go, told in the history, taken back on the same day."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.site.casework.factories import TODAY, ago, make_caseload, make_cover, make_episode, make_person
from tests.site.conftest import NOW, World, make_user

from placewell.specification import load
from placewell_web.accounts.errors import Refused
from placewell_web.accounts.models import Posting, User
from placewell_web.accounts.queries import viewer_of
from placewell_web.audit.models import Entry
from placewell_web.casework.actions.handover import Given, hand_over, undo_handover
from placewell_web.casework.models import Appointment
from placewell_web.casework.presenters.handover_page import Colleague, shared_out, told
from placewell_web.clients.models import Assignment, Episode, Handover

SignIn = Callable[[User | None], Client]
THRIVE = load("thrive_into_work")


@pytest.fixture(autouse=True)
def _still(frozen: object) -> None:
    """Friday 14 June 2019."""


@pytest.fixture
def colleague(world: World) -> User:
    return make_user("priya@example.org", "Priya Nair", "specialist", world.own, world.teams["dudley"])


@pytest.fixture
def second(world: World) -> User:
    return make_user("tom@example.org", "Tom Ashe", "specialist", world.own, world.teams["dudley"])


def give(
    world: World, given: Sequence[Given], role: str = "team_leader", on: date = TODAY, token: uuid.UUID | None = None
) -> Handover:
    return hand_over(
        viewer=world.viewer(role),
        by=world.actor(role),
        at=NOW,
        token=token or uuid.uuid4(),
        specialist_id=world.user("specialist").pk,
        on=on,
        reason="Leaves the service",
        given=given,
        specification=THRIVE,
    )


def all_to(episodes: Sequence[Episode], to: User, **more: Any) -> list[Given]:
    return [Given(one.pk, one.version, to.pk, **more) for one in episodes]


def person(name: str, lot: str, opened: int, most: int | None = 35) -> Colleague:
    return Colleague(uuid.uuid5(uuid.NAMESPACE_DNS, name), name, lot, opened, most)


@pytest.mark.parametrize(
    ("colleagues", "number", "shares"),
    [
        ([person("A", "x", 0), person("B", "x", 0)], 10, {"A": 5, "B": 5}),
        ([person("A", "x", 30), person("B", "x", 25)], 5, {"B": 5}),
        ([person("A", "x", 30), person("B", "x", 25)], 9, {"A": 2, "B": 7}),
        ([person("A", "x", 10, 17), person("B", "x", 20)], 8, {"B": 8}),
        ([person("A", "x", 10, 17), person("B", "x", 20)], 10, {"A": 1, "B": 9}),
        ([person("A", "x", 3, None), person("B", "x", 1, None)], 4, {"A": 1, "B": 3}),
        ([person("A", "x", 14), person("B", "x", 33)], 31, {"A": 21, "B": 2}),
        ([person("A", "x", 35), person("B", "x", 40)], 3, {}),
        ([person("A", "x", 35), person("B", "x", 34)], 3, {"B": 1}),
        ([person("A", "y", 0)], 3, {}),
        ([], 3, {}),
    ],
)
def test_people_are_spread_by_the_room_there_is(
    colleagues: list[Colleague], number: int, shares: dict[str, int]
) -> None:
    names = {one.id: one.name for one in colleagues}
    found = shared_out({f"e{n}": "x" for n in range(number)}, colleagues)
    assert Counter(names[to] for to in found.values() if to) == shares
    assert len(found) == number, "everyone stands in the list, with a proposal or without"


def test_a_caseload_goes_in_one_go_and_the_history_keeps_who_had_it(world: World, colleague: User) -> None:
    episodes = [make_episode(world, person=make_person(f"P{n}")) for n in range(3)]
    made = give(world, all_to(episodes, colleague, note="Prefers mornings"), on=ago(3))
    for episode in episodes:
        episode.refresh_from_db()
        assert (episode.specialist, episode.version) == (colleague, 2)
        before, now = sorted(episode.assignments.all(), key=lambda one: one.until_on is None)
        assert (before.specialist, before.from_on, before.until_on) == (world.user("specialist"), None, ago(3))
        assert (now.specialist, now.from_on, now.until_on, now.note) == (colleague, ago(3), None, "Prefers mornings")
    assert made.on == ago(3)
    assert Entry.objects.filter(verb="assign_specialist").count() == 3
    assert Entry.objects.filter(verb="hand_over", target_id=str(made.pk)).count() == 1


def test_meetings_to_come_go_along_and_come_back(world: World, colleague: User) -> None:
    episode = make_episode(world)
    leaver = world.user("specialist")
    held = {"episode": episode, "created_at": NOW}
    ahead = Appointment.unscoped.create(specialist=leaver, starts_at=NOW + timedelta(days=2), **held)
    past = Appointment.unscoped.create(specialist=leaver, starts_at=NOW - timedelta(days=2), **held)
    cancelled = Appointment.unscoped.create(
        specialist=leaver, starts_at=NOW + timedelta(days=3), cancelled_at=NOW, **held
    )
    others = Appointment.unscoped.create(specialist=colleague, starts_at=NOW + timedelta(days=4), **held)
    made = give(world, all_to([episode], colleague))
    kept = {one.pk: one.specialist for one in Appointment.unscoped.all()}
    assert kept == {ahead.pk: colleague, past.pk: leaver, cancelled.pk: leaver, others.pk: colleague}
    undo_handover(viewer=world.viewer("team_leader"), by=world.actor("team_leader"), at=NOW, handover=made)
    kept = {one.pk: one.specialist for one in Appointment.unscoped.all()}
    assert kept == {ahead.pk: leaver, past.pk: leaver, cancelled.pk: leaver, others.pk: colleague}


def test_the_same_form_twice_hands_over_once(world: World, colleague: User) -> None:
    episode, token = make_episode(world), uuid.uuid4()
    first = give(world, all_to([episode], colleague), token=token)
    assert give(world, all_to([episode], colleague), token=token) == first
    assert Assignment.unscoped.count() == 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"specialist": "other"}, "was changed by someone else"),
        ({"specialist": None}, "has no specialist now"),
        ({"version": 7}, "was changed by someone else"),
        ({"closed_on": TODAY}, "Look at the list again"),
    ],
)
def test_what_happened_meanwhile_stops_all_of_it(
    world: World, colleague: User, second: User, change: dict[str, Any], said: str
) -> None:
    episodes = [make_episode(world, person=make_person(f"P{n}")) for n in range(2)]
    given = all_to(episodes, colleague)
    if change.get("specialist") == "other":
        change = {"specialist": second}
    Episode.unscoped.filter(pk=episodes[0].pk).update(**change)
    with pytest.raises(Refused, match=said):
        give(world, given)
    assert Handover.unscoped.count() == Assignment.unscoped.count() == 0
    assert Episode.unscoped.get(pk=episodes[1].pk).specialist == world.user("specialist")


@pytest.mark.parametrize(("role", "refused"), [("team_leader", True), ("manager", False)])
def test_only_a_manager_goes_over_the_limit(world: World, colleague: User, role: str, refused: bool) -> None:
    Posting.objects.filter(user=colleague).update(fte="0.10")  # room for 3
    episodes = [make_episode(world, person=make_person(f"P{n}")) for n in range(4)]
    if refused:
        with pytest.raises(Refused, match="would have 4 open cases, and the limit is 3"):
            give(world, all_to(episodes, colleague), role)
        return
    give(world, all_to(episodes, colleague), role)
    assert Episode.unscoped.filter(specialist=colleague).count() == 4


@pytest.mark.parametrize("to", ["themselves", "of another lot", "no specialist"])
def test_people_go_to_specialists_of_their_own_lot(world: World, to: str) -> None:
    chosen = {
        "themselves": world.user("specialist"),
        "of another lot": world.user("specialist", "wolverhampton"),
        "no specialist": world.user("team_leader"),
    }[to]
    with pytest.raises(Refused, match="not a specialist of the person's area"):
        give(world, all_to([make_episode(world)], chosen))


@pytest.mark.parametrize(
    ("given", "on", "said"), [(0, TODAY, "Choose at least one"), (1, TODAY + timedelta(days=1), "on the day itself")]
)
def test_nobody_and_a_day_to_come_are_refused(world: World, colleague: User, given: int, on: date, said: str) -> None:
    episodes = [make_episode(world)][:given]
    with pytest.raises(Refused, match=said):
        give(world, all_to(episodes, colleague), on=on)


@pytest.mark.parametrize("role", ["specialist", "commissioner", "administrator"])
def test_others_cannot(world: World, colleague: User, role: str) -> None:
    with pytest.raises(Refused, match="Only a team leader or manager"):
        give(world, all_to([make_episode(world)], colleague), role)


def test_people_of_another_lot_are_not_there(world: World, colleague: User) -> None:
    foreign = make_episode(world, "wolverhampton", specialist=world.user("specialist"))
    with pytest.raises(Refused, match="Look at the list again"):
        give(world, all_to([foreign], colleague))


def test_taking_it_back_gives_everyone_back_but_those_given_on(world: World, colleague: User, second: User) -> None:
    stays, goes_on = (make_episode(world, person=make_person(name)) for name in ("Stays", "Goes"))
    made = give(world, all_to([stays, goes_on], colleague))
    goes_on.refresh_from_db()
    hand_over(
        viewer=world.viewer("team_leader"),
        by=world.actor("team_leader"),
        at=NOW,
        token=uuid.uuid4(),
        specialist_id=colleague.pk,
        on=TODAY,
        reason="Knows her",
        given=all_to([goes_on], second),
        specification=THRIVE,
    )
    undo_handover(viewer=world.viewer("team_leader"), by=world.actor("team_leader"), at=NOW, handover=made)
    now = dict(Episode.unscoped.values_list("person__first_name", "specialist__name"))
    assert now == {"Stays": world.user("specialist").name, "Goes": second.name}
    assert Assignment.unscoped.filter(episode=stays, until_on=None).get().specialist == world.user("specialist")
    assert Assignment.unscoped.filter(episode=stays).count() == 2, "that it was tried is kept"


@pytest.mark.parametrize(
    ("role", "later", "said"),
    [("team_leader", 1, "on the day it was made"), ("specialist", 0, "Only a team leader or manager")],
)
def test_it_is_taken_back_by_a_leader_on_the_day(
    world: World, colleague: User, role: str, later: int, said: str
) -> None:
    made = give(world, all_to([make_episode(world)], colleague))
    at = NOW + timedelta(days=later)
    with pytest.raises(Refused, match=said):
        undo_handover(viewer=world.viewer(role), by=world.actor(role), at=at, handover=made)


def test_it_is_taken_back_once(world: World, colleague: User) -> None:
    made = give(world, all_to([make_episode(world)], colleague))
    by = {"viewer": world.viewer("manager"), "by": world.actor("manager"), "at": NOW}
    undo_handover(handover=made, **by)
    with pytest.raises(Refused, match="taken back already"):
        undo_handover(handover=made, **by)


def test_naming_one_specialist_is_kept_too(world: World, client_for: SignIn, colleague: User) -> None:
    episode = make_episode(world, specialist=None, accepted_on=ago(1), referred_on=ago(2))
    client_for(world.user("team_leader")).post(f"/referrals/{episode.pk}/assign/", {"specialist": colleague.pk})
    named = Assignment.unscoped.get(episode=episode)
    assert (named.specialist, named.from_on, named.until_on) == (colleague, TODAY, None)


def page_of(world: World) -> str:
    return f"/team/{world.user('specialist').pk}/hand-over/"


def filled(episodes: Sequence[Episode], to: User, **more: Any) -> dict[str, Any]:
    data: dict[str, Any] = {
        "on-day": "14",
        "on-month": "6",
        "on-year": "2019",
        "reason": "Leaves",
        "token": uuid.uuid4(),
    }
    for one in episodes:
        data |= {f"take-{one.pk}": "on", f"to-{one.pk}": to.pk, f"version-{one.pk}": one.version}
    return data | more


def test_the_page_proposes_and_one_press_does_it(
    world: World, client_for: SignIn, colleague: User, second: User
) -> None:
    episodes = [make_episode(world, person=make_person(f"P{n}", "Person")) for n in range(4)]
    client = client_for(world.user("team_leader"))
    page = client.get(page_of(world)).content.decode()
    assert page.count(f'<option value="{colleague.pk}" selected>') == 2
    assert page.count(f'<option value="{second.pk}" selected>') == 2
    only = client.get(page_of(world), {"among": [str(second.pk), "nonsense"]}).content.decode()
    assert only.count(" selected>Tom Ashe") == 2, "an answer that is not in the list counts as none"
    narrowed = client.get(page_of(world), {"among": str(second.pk)}).content.decode()
    assert narrowed.count(f'<option value="{second.pk}" selected>') == 4
    sent = client.post(page_of(world), filled(episodes, colleague), follow=True)
    assert "4 people are handed over. Nobody is left with Employment specialist Dudley." in sent.content.decode()
    assert "Take it back" in sent.content.decode()
    made = Handover.unscoped.get()
    client.post(f"/team/handovers/{made.pk}/undo/")
    assert Episode.unscoped.filter(specialist=world.user("specialist")).count() == 4


@pytest.mark.parametrize(
    ("given", "left", "words"),
    [
        (10, 21, "10 of 31 people are handed over; 21 stay with Nadia Hussain."),
        (1, 1, "1 of 2 people is handed over; 1 stays with Nadia Hussain."),
        (31, 0, "31 people are handed over. Nobody is left with Nadia Hussain."),
        (1, 0, "1 person is handed over. Nobody is left with Nadia Hussain."),
    ],
)
def test_what_became_of_a_caseload(given: int, left: int, words: str) -> None:
    assert told(given, left, "Nadia Hussain") == words


@pytest.mark.parametrize(
    ("role", "over"),
    [("team_leader", "your service manager can go over the limit"), ("manager", "You may go over the limit")],
)
def test_whoever_nobody_has_room_for_stays(
    world: World, client_for: SignIn, colleague: User, role: str, over: str
) -> None:
    Posting.objects.filter(user=colleague).update(fte="0.06")  # room for 2
    episodes = [make_episode(world, person=make_person(f"P{n}", "Person")) for n in range(5)]
    client = client_for(world.user(role))
    page = client.get(page_of(world)).content.decode()
    assert "A colleague is proposed for 2, by the room there is. 3 have no proposal and stay" in page
    assert over in page
    assert page.count(f'<option value="{colleague.pk}" selected>') == page.count(" checked>") == 2
    proposed = [one for one in episodes if f'name="take-{one.pk}" id="id_take-{one.pk}" checked' in page]
    data = filled(episodes, colleague)
    for one in set(episodes).difference(proposed):
        data[f"to-{one.pk}"] = ""
        del data[f"take-{one.pk}"]
    sent = client.post(page_of(world), data, follow=True).content.decode()
    assert "2 of 5 people are handed over; 3 stay with Employment specialist Dudley." in sent
    full = client.get(page_of(world)).content.decode()
    assert "Nobody has room, so nobody is proposed." in full
    assert " checked>" not in full
    assert "2 people of Employment specialist Dudley" in client.get("/team/").content.decode()


@pytest.mark.parametrize(
    ("first", "last", "proposed", "said"),
    [
        (0, 7, False, "Priya Nair, away until 21 June 2019"),
        (-3, 0, False, "Priya Nair, away until 14 June 2019"),
        (1, 7, True, "Priya Nair, away from 15 June 2019 to 21 June 2019"),
        (-7, -1, True, "Priya Nair, 0 open"),
    ],
)
def test_whoever_is_away_is_not_proposed(
    world: World, client_for: SignIn, colleague: User, first: int, last: int, proposed: bool, said: str
) -> None:
    make_episode(world)
    make_cover(world, colleague, world.user("specialist"), TODAY + timedelta(days=first), TODAY + timedelta(days=last))
    client = client_for(world.user("team_leader"))
    page = client.get(page_of(world)).content.decode()
    assert (f'<option value="{colleague.pk}" selected>' in page) is proposed
    assert said in page
    assert ("Every colleague is away, so nobody is proposed." in page) is not proposed
    assert (f"Not proposed: {said}." in page) is not proposed
    asked = client.get(page_of(world), {"among": str(colleague.pk)}).content.decode()
    assert f'<option value="{colleague.pk}" selected>' in asked, "a leader who names them shares out among them"
    assert "Not proposed" not in asked


def test_a_colleague_without_the_tick_is_asked_about(world: World, client_for: SignIn, colleague: User) -> None:
    Posting.objects.filter(user=colleague).update(fte="0.03")  # room for 1
    episodes = [make_episode(world, person=make_person(name, "Rao")) for name in ("Asha", "Bina")]
    data = filled(episodes, colleague)
    del data[f"take-{episodes[1].pk}"], data[f"take-{episodes[0].pk}"]
    data[f"take-{episodes[0].pk}"] = "on"
    page = client_for(world.user("team_leader")).post(page_of(world), data).content.decode()
    wrong = [
        one for one in ("Asha", "Bina") if f"Who takes over {one} Rao: you chose a colleague. Tick the name" in page
    ]
    assert wrong == ["Bina"]
    assert Handover.unscoped.count() == 0


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"reason": ""}, "Say why the caseload is handed over."),
        ({"on-day": "15"}, "must be on or before 14 June 2019"),
        ({"on-day": "13", "on-month": "4"}, "must be on or after 14 May 2019"),
        ({"token": "x"}, "There is a problem"),
    ],
)
def test_a_mistake_keeps_what_was_chosen(
    world: World, client_for: SignIn, colleague: User, second: User, change: dict[str, str], said: str
) -> None:
    episode = make_episode(world)
    sent = client_for(world.user("team_leader")).post(page_of(world), filled([episode], second) | change)
    assert sent.status_code == 200
    assert said in sent.content.decode()
    assert f'<option value="{second.pk}" selected>' in sent.content.decode()
    assert Handover.unscoped.count() == 0


def test_a_tick_without_a_colleague_and_no_tick_at_all(world: World, client_for: SignIn, colleague: User) -> None:
    episode = make_episode(world, person=make_person("Asha", "Rao"))
    client = client_for(world.user("team_leader"))
    without = client.post(page_of(world), filled([episode], colleague) | {f"to-{episode.pk}": ""})
    assert "Who takes over Asha Rao: choose a colleague" in without.content.decode()
    data = filled([episode], colleague)
    del data[f"take-{episode.pk}"]
    assert "Tick at least one person" in client.post(page_of(world), data).content.decode()


def test_a_leaver_whose_post_has_ended_can_still_be_followed(world: World, client_for: SignIn, colleague: User) -> None:
    episode = make_episode(world)
    Posting.objects.filter(user=world.user("specialist")).update(to_on=ago(5))
    client = client_for(world.user("team_leader"))
    assert "holds no post today" in client.get(page_of(world)).content.decode()
    client.post(page_of(world), filled([episode], colleague))
    assert Episode.unscoped.get().specialist == colleague


def test_nobody_to_hand_over_and_nobody_to_take_them(world: World, client_for: SignIn) -> None:
    client = client_for(world.user("team_leader"))
    assert "Nobody to hand over." in client.get(page_of(world)).content.decode()
    make_episode(world)
    assert "No other specialist has a post in this area today." in client.get(page_of(world)).content.decode()


def test_names_are_shown_as_written(world: World, client_for: SignIn, colleague: User) -> None:
    make_episode(world, person=make_person("<b>Bold</b>", "O'Neil"))
    page = client_for(world.user("team_leader")).get(page_of(world)).content.decode()
    assert "<b>Bold" not in page
    assert "&lt;b&gt;Bold" in page


@pytest.mark.parametrize("role", ["team_leader", "manager"])
def test_another_lot_has_no_such_page(world: World, client_for: SignIn, role: str) -> None:
    make_episode(world)
    assert client_for(world.user(role, "wolverhampton")).get(page_of(world)).status_code == 404


def test_as_many_queries_for_thirty_as_for_three(world: World, client_for: SignIn, colleague: User) -> None:
    make_caseload(world, 3)
    client = client_for(world.user("team_leader"))
    client.get(page_of(world))
    with CaptureQueriesContext(connection) as few:
        client.get(page_of(world))
    for n in range(27):
        make_episode(world, person=make_person(f"More{n}"))
    with CaptureQueriesContext(connection) as many:
        client.get(page_of(world))
    assert len(few) == len(many)


def test_the_person_page_tells_who_had_them_before(world: World, client_for: SignIn, colleague: User) -> None:
    episode = make_episode(world)
    [given] = all_to([episode], colleague)
    give(world, [replace(given, note="Likes to walk and talk")], on=ago(1))
    page = client_for(colleague).get(f"/people/{episode.pk}/").content.decode()
    assert "Priya Nair, since 13 June 2019" in page
    assert "Handed over with: Likes to walk and talk" in page
    assert "Employment specialist Dudley, until 13 June 2019" in page
    assert viewer_of(colleague, TODAY).covers == frozenset()

"""Ending support: with words where they are needed, never for missed appointments alone, and nothing lost by it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.site.casework.factories import TODAY, ago, make_contact, make_employer, make_episode, make_job, make_profile
from tests.site.conftest import NOW, World

from placewell.specification import load
from placewell_web.accounts.errors import EditConflict, Refused
from placewell_web.accounts.models import User
from placewell_web.audit.models import Entry
from placewell_web.casework.actions import closure, coming_back
from placewell_web.casework.actions.appointments import book_appointment
from placewell_web.casework.actions.links import give_link
from placewell_web.casework.actions.questionnaires import ask
from placewell_web.casework.forms.closing import ClosureForm
from placewell_web.casework.models import Appointment, Closing, Destination, Job
from placewell_web.casework.queries.closing import attempts
from placewell_web.clients.models import Episode, Person

SignIn = Callable[[User | None], Client]


@pytest.fixture(autouse=True)
def _still(frozen: object) -> None:
    """Friday 14 June 2019."""


@pytest.fixture
def episode(world: World) -> Episode:
    return make_episode(world)


def close(world: World, episode: Episode, reason: str = "moved_away", **more: Any) -> Episode:
    given = {"viewer": world.viewer("specialist"), "by": world.actor("specialist"), "at": NOW}
    return closure.close_episode(episode=episode, reason=reason, **given | {"version": episode.version} | more)


def meet(episode: Episode, **more: Any) -> Appointment:
    given = {"specialist": episode.specialist, "starts_at": NOW + timedelta(days=3), "created_at": NOW}
    return Appointment.unscoped.create(episode=episode, **given | more)


MISSED, CALL = {"attendance": "did_not_attend"}, {"kind": "call", "attendance": "one_way"}


@pytest.mark.parametrize(
    ("contacts", "outreach", "missed"),
    [
        ((), 0, 0),
        (((9, MISSED), (5, MISSED)), 0, 2),
        (((9, MISSED), (5, CALL)), 1, 1),
        (((9, CALL), (5, {})), 0, 0),
        (((9, {}), (5, CALL), (3, {"kind": "outreach", "attendance": "one_way"})), 2, 0),
        (((5, CALL | {"with_whom": "family"}),), 0, 0),
        (((5, {"kind": "video"} | MISSED), (4, {"kind": "text", "attendance": "one_way"})), 1, 1),
    ],
)
def test_what_was_tried_since_the_last_answer(
    episode: Episode, contacts: tuple[tuple[int, dict[str, str]], ...], outreach: int, missed: int
) -> None:
    for days, fields in contacts:
        make_contact(episode, ago(days), **fields)
    found = attempts(episode)
    assert (len(found.outreach), found.missed) == (outreach, missed)


@pytest.mark.parametrize(
    ("contacts", "said"),
    [
        ((), "Recorded since the last answer: nothing."),
        ((MISSED, MISSED, MISSED), "Recorded since the last answer: 3 missed and nothing else."),
        ((MISSED, CALL), ""),
    ],
)
def test_missed_appointments_alone_end_nothing(
    world: World, episode: Episode, contacts: tuple[dict[str, str], ...], said: str
) -> None:
    for number, fields in enumerate(contacts):
        make_contact(episode, ago(9 - number), **fields)
    if said:
        with pytest.raises(Refused, match=said):
            close(world, episode, "did_not_engage")
        assert Episode.unscoped.get().closed_on is None
        return
    assert close(world, episode, "did_not_engage").closed_on == TODAY


@pytest.mark.parametrize(
    ("reason", "words", "said"),
    [
        ("other", "", "in a few words"),
        ("other", "   ", "in a few words"),
        ("", "", "Say why support ends."),
        ("missed_appointments", "", "Say why support ends."),
    ],
)
def test_a_reason_of_the_specification_with_words_where_needed(
    world: World, episode: Episode, reason: str, words: str, said: str
) -> None:
    with pytest.raises(Refused, match=said):
        close(world, episode, reason, words=words)


def test_words_destination_and_effects_are_kept(world: World, episode: Episode) -> None:
    ahead, past = meet(episode), meet(episode, starts_at=NOW - timedelta(days=1))
    link, _ = give_link(by=world.actor("specialist"), at=NOW, episode=episode, purpose="plan")
    close(world, episode, "other", words="Went to sea", destination="mainstream_volunteering")
    kept = Closing.unscoped.get()
    assert (kept.reason, kept.words) == ("other", "Went to sea")
    assert json.loads(kept.stopped) == {"links": [str(link.pk)], "meetings": [str(ahead.pk)]}
    assert Destination.unscoped.get().code == "mainstream_volunteering"
    for one, cancelled in ((ahead, True), (past, False)):
        one.refresh_from_db()
        assert (one.cancelled_at is not None) is cancelled
    link.refresh_from_db()
    assert link.revoked_at == NOW
    assert "Went to sea" not in Entry.objects.get(verb="close_episode").detail, "words stay in the record"


def test_opened_again_the_meetings_are_booked_again(world: World, episode: Episode) -> None:
    ahead = meet(episode)
    before = meet(episode, starts_at=NOW + timedelta(days=4), cancelled_at=NOW - timedelta(days=1))
    close(world, episode)
    by = {"viewer": world.viewer("team_leader"), "by": world.actor("team_leader"), "at": NOW}
    closure.reopen_episode(episode=episode, **by)
    ahead.refresh_from_db()
    before.refresh_from_db()
    assert (ahead.cancelled_at, before.cancelled_at is None) == (None, False)
    assert Closing.unscoped.get().taken_back_at == NOW


def test_two_editors_and_a_second_press(world: World, episode: Episode) -> None:
    stale = Episode.unscoped.get(pk=episode.pk)
    Episode.unscoped.filter(pk=episode.pk).update(version=2)
    with pytest.raises(EditConflict):
        close(world, stale, version=1)
    close(world, Episode.unscoped.get(), version=2)
    with pytest.raises(Refused, match="Support ended"):
        close(world, Episode.unscoped.get(), version=2)
    assert Closing.unscoped.count() == 1


def test_the_page_says_what_happens_with_what_is_open(world: World, client_for: SignIn, episode: Episode) -> None:
    meet(episode)
    make_job(episode, ago(20))
    make_contact(episode, ago(4), **MISSED)
    make_contact(episode, ago(3), **CALL)
    give_link(by=world.actor("specialist"), at=NOW, episode=episode, purpose="plan")
    page = client_for(world.user("specialist")).get(f"/people/{episode.pk}/close/").content.decode()
    for said in (
        "The meeting on 17 June 2019 is cancelled.",
        "1 personal link no longer works.",
        "Still due after support ends: get proof of the job start",
        "No longer due:",
        "Phone call, 11 June 2019",
        "1 appointment missed. This alone does not end support.",
        "Missed appointments alone".lower(),
    ):
        assert said in page, said
    assert "Moved to another area of this service" not in page, "a move has a page of its own"


def test_a_refusal_stands_on_the_form_with_what_was_written(world: World, client_for: SignIn, episode: Episode) -> None:
    make_contact(episode, ago(4), **MISSED)
    data = {"version": "1", "reason": "did_not_engage", "words": "No sign of them", "sure": "on"}
    sent = client_for(world.user("specialist")).post(f"/people/{episode.pk}/close/", data)
    assert "Support does not end because of missed appointments alone." in sent.content.decode()
    assert "No sign of them" in sent.content.decode()
    assert Closing.unscoped.count() == 0


def test_the_person_page_says_why_it_ended(world: World, client_for: SignIn, episode: Episode) -> None:
    close(world, episode, "other", words="Went <b>to sea</b>")
    page = client_for(world.user("specialist")).get(f"/people/{episode.pk}/").content.decode()
    assert "Another reason. Went &lt;b&gt;to sea&lt;/b&gt;" in page


FIVE = ("thrive_into_work", "dorset_work_matters", "ips_grow", "nottingham_health_employment", "workwise")


@pytest.mark.parametrize("service", FIVE)
def test_every_service_says_of_whom_nobody_can_be_told(service: str) -> None:
    reasons = load(service).pathway.closure_reasons
    form = ClosureForm(spec=load(service))
    assert {one.id for one in reasons if one.death} == load(service).pathway.deaths == {"died"}
    assert form.untold == {"died", "did_not_engage"}


@pytest.mark.parametrize(
    ("reason", "sure", "said"),
    [
        ("moved_away", "", "Tell the person how they can come back, then tick the box."),
        ("moved_away", "on", ""),
        ("did_not_engage", "", ""),
        ("died", "", ""),
        ("died", "on", ""),
        ("", "", "Tell the person how they can come back, then tick the box."),
    ],
)
def test_the_tick_is_asked_where_the_person_can_be_told(reason: str, sure: str, said: str) -> None:
    data = {"version": "1", "reason": reason, "sure": sure}
    form = ClosureForm(data, spec=load("thrive_into_work"))
    assert form.is_valid() is (bool(reason) and not said)
    assert " ".join(form.errors.get("sure", [])) == said


def died(world: World, client_for: SignIn, episode: Episode) -> str:
    """Closed on the page, and what the page says then."""
    data = {"version": "1", "reason": "died"}
    sent = client_for(world.user("specialist")).post(f"/people/{episode.pk}/close/", data, follow=True)
    assert Episode.unscoped.get(pk=episode.pk).closure_reason == "died"
    return sent.content.decode()


def test_after_a_death_the_record_is_quiet(world: World, client_for: SignIn, episode: Episode) -> None:
    Person.unscoped.filter(pk=episode.person_id).update(contact_preference="email", email="jas@example.org")
    make_profile(episode, ago(60), ago(50))
    page = died(world, client_for, episode)
    assert "Recorded that Jaswinder has died." in page
    assert "<strong>Jaswinder has died.</strong> Support ended on 14 June 2019." in page
    gone = ("sms:", "tel:", "Email first", "/refer-again/", "/support-again/", "/links/", "/book/", "Text<", "falls on")
    for one in gone:
        assert one not in page, one
    assert "Log one from before" in page, "what happened before is still recorded"
    assert "Upload proof" in page, "and its proof"
    client = client_for(world.user("specialist"))
    asked = client.get(f"/people/{episode.pk}/questionnaires/").content.decode()
    assert "Nothing is due." in asked
    assert "/ask/" not in asked
    found = client.get("/people/search/?q=sandhu").content.decode()
    assert "Died" in found
    assert "Log a contact" not in found
    assert "Sandhu" not in client.get("/today/").content.decode()
    assert "Sandhu" not in client.get("/caseload/").content.decode()


def test_after_a_death_nothing_is_sent_asked_or_booked(world: World, client_for: SignIn, episode: Episode) -> None:
    link, _ = give_link(by=world.actor("specialist"), at=NOW, episode=episode, purpose="plan")
    died(world, client_for, episode)
    link.refresh_from_db()
    assert link.revoked_at == NOW
    by = {"by": world.actor("specialist"), "at": NOW, "episode": Episode.unscoped.get()}
    for act in (
        lambda: give_link(purpose="plan", **by),
        lambda: ask(instrument="swemwbs", occasion="exit", way="screen", **by),
        lambda: book_appointment(starts_at=NOW + timedelta(days=2), place="office", **by),
        lambda: coming_back.refer_again(viewer=world.viewer("specialist"), on=TODAY, source="gp", **by),
    ):
        with pytest.raises(Refused, match="Jaswinder has died"):
            act()
    client = client_for(world.user("specialist"))
    for path in ("link/plan/", "questionnaires/ask/"):
        answer = client.get(f"/people/{episode.pk}/{path}")
        assert "Jaswinder has died" in answer.content.decode(), path


def test_a_death_recorded_by_mistake_is_taken_back_the_same_day(
    world: World, client_for: SignIn, episode: Episode
) -> None:
    died(world, client_for, episode)
    leader = client_for(world.user("team_leader"))
    page = leader.post(f"/people/{episode.pk}/reopen/", follow=True).content.decode()
    assert "has died" not in page
    assert "tel:" in page


def test_the_record_of_another_area_is_quiet_too(world: World, client_for: SignIn, episode: Episode) -> None:
    make_episode(
        world, "wolverhampton", person=episode.person, closed_on=ago(1), closure_reason="died", follows=episode
    )
    Episode.unscoped.filter(pk=episode.pk).update(closed_on=ago(30), closure_reason="moved_lot")
    page = client_for(world.user("team_leader")).get(f"/people/{episode.pk}/").content.decode()
    assert "Jaswinder has died." in page
    assert "/refer-again/" not in page


@pytest.mark.parametrize(
    ("path", "calls"),
    [
        ("", ("A new version of the profile is wanted", "Book a meeting", "End support", "Move to another area")),
        ("profile/", ("A new version of the profile is wanted", "Start a new version", "Record consent")),
        ("plan/", ("Start the plan", "Agree a goal", "a link</a>")),
    ],
)
def test_a_closed_record_asks_for_nothing_that_it_refuses(
    world: World, client_for: SignIn, episode: Episode, path: str, calls: tuple[str, ...]
) -> None:
    make_profile(episode, ago(60), ago(50))
    make_job(episode, ago(20))
    leader, address = client_for(world.user("team_leader")), f"/people/{episode.pk}/{path}"
    before = leader.get(address).content.decode()
    close(world, episode, "asked_to_leave")
    after = leader.get(address).content.decode()
    for one in calls:
        assert one in before, one
        assert one not in after, one


def test_proof_is_still_asked_for_after_support_has_ended(world: World, client_for: SignIn, episode: Episode) -> None:
    make_job(episode, ago(20))
    close(world, episode, "asked_to_leave")
    page = client_for(world.user("specialist")).get(f"/people/{episode.pk}/").content.decode()
    assert "Proof still missing" in page
    assert f"/people/{episode.pk}/link/proof/" in page


LIMIT, ENDED_IN_WORK, NO_WISH = "limit_reached", "in_work_support_ended", "no_longer_wants_work"


@pytest.mark.parametrize(
    ("reason", "job", "at_entry", "said"),
    [
        (LIMIT, None, "", ""),
        (LIMIT, {}, "", "Support worker at Aldi is recorded since 25 May 2019 with no last day"),
        (LIMIT, {"ended_on": ago(2)}, "", ""),
        (LIMIT, {"ended_on": TODAY + timedelta(days=9)}, "", ""),
        (NO_WISH, {}, "", "with no last day"),
        (NO_WISH, None, "in_work", ""),
        ("died", {}, "", "with no last day"),
        ("died", {"ended_on": ago(2)}, "", ""),
        ("moved_away", {}, "", ""),
        (ENDED_IN_WORK, {}, "", ""),
        (ENDED_IN_WORK, {"ended_on": ago(2)}, "", "no job is recorded now"),
        (ENDED_IN_WORK, {"ended_on": TODAY + timedelta(days=9)}, "", ""),
        (ENDED_IN_WORK, {"started_on": TODAY + timedelta(days=3)}, "", "no job is recorded now"),
        (ENDED_IN_WORK, None, "", "no job is recorded now"),
        (ENDED_IN_WORK, None, "off_sick", ""),
        (ENDED_IN_WORK, None, "unemployed", "no job is recorded now"),
        (ENDED_IN_WORK, {"ended_on": ago(2)}, "in_work", "no job is recorded now"),
    ],
)
def test_a_reason_agrees_with_what_is_recorded_of_their_work(
    world: World, episode: Episode, reason: str, job: dict[str, Any] | None, at_entry: str, said: str
) -> None:
    Episode.unscoped.filter(pk=episode.pk).update(employment_at_entry=at_entry)
    episode.refresh_from_db()
    if job is not None:
        row = make_job(episode, ago(20), title="Support worker", employer=make_employer(name="Aldi"))
        Job.unscoped.filter(pk=row.pk).update(**job)
    if said:
        with pytest.raises(Refused, match=said):
            close(world, episode, reason)
        assert (Episode.unscoped.get().closed_on, Closing.unscoped.count()) == (None, 0)
        return
    assert close(world, episode, reason).closed_on == TODAY
    assert "no_job_recorded" not in Entry.objects.get(verb="close_episode").detail


def test_in_work_without_a_recorded_job_is_a_question_that_must_be_answered(
    world: World, client_for: SignIn, episode: Episode
) -> None:
    client, address = client_for(world.user("specialist")), f"/people/{episode.pk}/close/"
    assert "although no job is recorded" not in client.get(address).content.decode()
    data = {"version": "1", "reason": ENDED_IN_WORK, "sure": "on"}
    asked = client.post(address, data).content.decode()
    assert "no job is recorded now" in asked
    assert "They are in work, although no job is recorded" in asked
    assert Episode.unscoped.get().closed_on is None
    client.post(address, data | {"despite": "on"})
    assert Episode.unscoped.get().closed_on == TODAY
    assert "no_job_recorded" in Entry.objects.get(verb="close_episode").detail


def test_the_page_names_a_job_that_goes_on_and_leads_to_its_end(
    world: World, client_for: SignIn, episode: Episode
) -> None:
    job = make_job(episode, ago(20))
    client, address = client_for(world.user("specialist")), f"/people/{episode.pk}/close/"
    assert f'href="/jobs/{job.pk}/end/">record its last day' in client.get(address).content.decode()
    sent = client.post(address, {"version": "1", "reason": "died"}).content.decode()
    assert "Record its last day first" in sent
    assert Episode.unscoped.get().closed_on is None


@pytest.mark.parametrize("service", FIVE)
def test_reasons_of_every_service_that_speak_of_work(service: str) -> None:
    said = {one.id: one.in_work for one in load(service).pathway.closure_reasons if one.in_work is not None}
    assert {ENDED_IN_WORK: True, LIMIT: False, NO_WISH: False, "died": False} | said == {
        ENDED_IN_WORK: True,
        LIMIT: False,
        NO_WISH: False,
        "died": False,
    }
    assert said["died"] is False


@pytest.mark.parametrize(("role", "said"), [("specialist", "tell a team leader instead"), ("team_leader", "move them")])
def test_the_page_says_what_to_do_for_someone_who_moves_to_another_area(
    world: World, client_for: SignIn, episode: Episode, role: str, said: str
) -> None:
    page = client_for(world.user(role)).get(f"/people/{episode.pk}/close/").content.decode()
    assert said in page
    assert (f"/people/{episode.pk}/move/" in page) is (role == "team_leader")


def test_a_closed_record_says_at_the_top_why_and_a_refusal_is_one_error(
    world: World, client_for: SignIn, episode: Episode
) -> None:
    make_job(episode, ago(20))
    client = client_for(world.user("specialist"))
    refused = client.post(f"/people/{episode.pk}/close/", {"version": "1", "reason": "died"}).content.decode()
    assert refused.count("Record its last day first") == 2, "in the summary and beside the reasons"
    close(world, episode, "asked_to_leave", words="Will ring in autumn")
    for path in ("", "jobs/"):
        page = client.get(f"/people/{episode.pk}/{path}").content.decode()
        assert "<strong>Support ended on 14 June 2019.</strong> Asked to leave the service." in page


def test_what_stands_beside_the_record_is_on_a_phone_too(world: World, client_for: SignIn, episode: Episode) -> None:
    """The column at the side is folded there, so each way on stands twice."""
    make_job(episode, ago(20))
    leader, address = client_for(world.user("team_leader")), f"/people/{episode.pk}/"
    assert leader.get(address).content.decode().count(f"{address}move/") == 2
    close(world, episode, "asked_to_leave")
    page = leader.get(address).content.decode()
    for path in ("support-again/", "refer-again/", "reopen/"):
        assert page.count(f"{address}{path}") == 2, path

"""The sealed list entered afterwards: the draw gives what was told or nothing, and the evaluator is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.site.conftest import PASSWORD, World
from tests.site.trial.processes import process, set_up
from tests.site.trial.ready import DRAWN_AT, actor_of, ready_meeting, ready_meetings, train
from tests.site.trial.walking import address, text_of, walk

from placewell.randomisation.bundle import Bundle
from placewell.randomisation.ceremony import configuration_of
from placewell.randomisation.emergency import Told, emergency_list
from placewell.randomisation.verification import verify
from placewell_web.accounts import service
from placewell_web.accounts.errors import Refused
from placewell_web.audit.models import Entry
from placewell_web.clients.models import Allocation, Episode
from placewell_web.trial.actions import ledger
from placewell_web.trial.actions.allocation import randomise
from placewell_web.trial.allocator import configured
from placewell_web.trial.allocator.demo import PUBLIC_SHARES, demo_keys
from placewell_web.trial.models import LedgerEntry, Meeting, Notice
from placewell_web.trial.queries.ledger import Allocated, allocated

pytestmark = pytest.mark.django_db


def listed() -> tuple[str, ...]:
    """The list, as the demo's keys give it and as it was sealed."""
    genesis = configured.draws(service.current()).genesis()
    return emergency_list(demo_keys(genesis), configuration_of(genesis))


def other(arm: str) -> str:
    return {"ips": "control", "control": "ips"}[arm]


def enter(world: World, meeting: Meeting, place: int, arm: str, lot: str = "dudley") -> Allocated:
    viewer = world.viewer("specialist", lot)
    return randomise(by=actor_of(world, lot), at=DRAWN_AT, viewer=viewer, meeting_id=meeting.pk, told=Told(place, arm))


def entries() -> tuple[int, int, int]:
    return LedgerEntry.objects.filter(kind="allocation").count(), Allocation.unscoped.count(), Notice.objects.count()


@pytest.fixture
def ready(world: World, open_trial: Path) -> list[Meeting]:
    train(world)
    return ready_meetings(world, 3)


def test_what_was_told_is_drawn_and_everything_follows_as_ever(world: World, ready: list[Meeting]) -> None:
    arms = listed()
    made = enter(world, ready[0], 1, arms[0])
    row = LedgerEntry.objects.get(kind="allocation")
    assert (made.arm, row.stratum, row.n, row.arm) == (arms[0], "emergency", 0, arms[0])
    assert allocated(world.viewer("specialist"), ready[0].episode_id) == made
    ready[0].refresh_from_db()
    assert (ready[0].ending, Allocation.unscoped.get().episode_id) == ("randomised", ready[0].episode_id)
    assert enter(world, ready[0], 1, arms[0]) == made  # the same pressed twice
    assert [enter(world, each, place, arms[place - 1]).arm for place, each in ((2, ready[1]), (3, ready[2]))] == [
        *arms[1:3]
    ]
    chain = [ledger.entry_of(each) for each in LedgerEntry.objects.order_by("seq")]
    report = verify(Bundle.of(chain), PUBLIC_SHARES)
    assert report.faults == (), report.text()


def test_the_evaluator_is_told_and_neither_notice_nor_audit_names_the_group(world: World, ready: list[Meeting]) -> None:
    made = enter(world, ready[0], 1, listed()[0])
    told = Notice.objects.get(kind="issue")
    assert (json.loads(told.body), told.participant_number) == (
        {"issue": "told_from_the_sealed_list", "place": 1},
        made.number,
    )
    audited = Entry.objects.get(verb="use_sealed_list")
    assert (audited.actor_id, audited.target_id) == (str(world.user("specialist").pk), "1")
    assert made.arm not in audited.detail + told.body


def test_a_press_that_died_after_the_witness_is_told_of_too(
    world: World, ready: list[Meeting], monkeypatch: pytest.MonkeyPatch
) -> None:
    arm = listed()[0]
    ledger.synchronise(by=actor_of(world), at=DRAWN_AT)  # the first entry is there: it is the draw that dies

    def dies(*said: object, **named: object) -> None:
        raise RuntimeError("the power is gone")

    with monkeypatch.context() as patch:
        patch.setattr("placewell_web.trial.actions.finishing.finish", dies)
        with pytest.raises(RuntimeError):
            enter(world, ready[0], 1, arm)
    assert entries() == (0, 0, 0)
    assert ledger.synchronise(by=actor_of(world), at=DRAWN_AT) == 1
    assert Notice.objects.filter(kind="issue").count() == 1
    assert enter(world, ready[0], 1, arm).arm == arm
    assert Notice.objects.filter(kind="issue").count() == 1


def test_a_draw_as_any_other_is_no_departure(world: World, ready: list[Meeting]) -> None:
    randomise(by=actor_of(world), at=DRAWN_AT, viewer=world.viewer("specialist"), meeting_id=ready[0].pk)
    assert not Notice.objects.filter(kind="issue").exists()
    assert LedgerEntry.objects.get(kind="allocation").stratum == "dudley"


@pytest.mark.parametrize("wrong", ["group", "later", "earlier"])
def test_what_does_not_fit_is_refused_before_anything_is_written(
    world: World, ready: list[Meeting], wrong: str
) -> None:
    arms = listed()
    enter(world, ready[0], 1, arms[0])
    before = entries(), configured.draws(service.current()).standing()
    said = {"group": (2, other(arms[1])), "later": (3, arms[2]), "earlier": (1, arms[0])}[wrong]
    with pytest.raises(Refused, match="whoever was told an earlier one is entered first"):
        enter(world, ready[1], *said)
    assert (entries(), configured.draws(service.current()).standing()) == before
    assert enter(world, ready[1], 2, arms[1]).arm == arms[1]


def test_only_whoever_is_trained_and_after_a_whole_meeting(world: World, ready: list[Meeting]) -> None:
    arm = listed()[0]
    Meeting.unscoped.filter(pk=ready[0].pk).update(baseline_at=None)
    with pytest.raises(Refused, match="complete the baseline first"):
        enter(world, ready[0], 1, arm)
    world.user("specialist").training.all().delete()
    with pytest.raises(Refused, match="have not completed the training"):
        enter(world, ready[1], 1, arm)
    assert entries() == (0, 0, 0)


def test_a_group_that_stands_is_not_told_anew(world: World, ready: list[Meeting]) -> None:
    made = randomise(by=actor_of(world), at=DRAWN_AT, viewer=world.viewer("specialist"), meeting_id=ready[0].pk)
    before = entries()
    assert enter(world, ready[0], 1, made.arm) == made
    with pytest.raises(Refused, match="has a group already, and it is not the one they were told"):
        enter(world, ready[0], 1, other(made.arm))
    assert entries() == before


def test_two_areas_go_on_in_one_list(world: World, ready: list[Meeting]) -> None:
    train(world, "wolverhampton")
    arms = listed()
    enter(world, ready[0], 1, arms[0])
    elsewhere = ready_meeting(world, "wolverhampton", 20)
    assert enter(world, elsewhere, 2, arms[1], "wolverhampton").arm == arms[1]
    given = Allocation.unscoped.values_list("episode__lot_id", "arm")
    assert sorted(given) == sorted([("dudley", arms[0]), ("wolverhampton", arms[1])])


def test_through_the_process(world: World, tmp_path: Path, settings: Any) -> None:
    genesis = set_up(tmp_path / "t", custody=2)
    settings.TRIAL_CUSTODY, settings.ALLOCATOR_SOCKET = 2, str(tmp_path / "s")
    configured.forget()
    train(world)
    first, second = ready_meetings(world, 2)
    arms = emergency_list(demo_keys(genesis), configuration_of(genesis))
    with process(tmp_path / "t", tmp_path / "s"):
        with pytest.raises(Refused, match="not the next of the sealed list"):
            enter(world, first, 1, other(arms[0]))
        assert enter(world, first, 1, arms[0]).arm == arms[0]
        assert enter(world, second, 2, arms[1]).arm == arms[1]
    assert list(LedgerEntry.objects.filter(kind="allocation").values_list("stratum", flat=True)) == ["emergency"] * 2


# --- on the page ---


def sent(client: Client, episode: Episode, **more: str) -> HttpResponse:
    return client.post(address(episode, "review"), {"password": PASSWORD, **more})


def test_the_page_enters_it_and_leads_to_the_result(specialist: Client, kel: Episode, open_trial: Path) -> None:
    walk(specialist, kel)
    page = text_of(specialist.get(address(kel, "review")))
    assert "The draw was out of reach at the meeting" in page
    arm = listed()[0]
    done = sent(specialist, kel, told="on", place="1", arm=arm)
    assert (done.status_code, done["Location"]) == (303, address(kel, "result"))
    label = service.current().trial.arms[["ips", "control"].index(arm)].result
    assert label in text_of(specialist.get(address(kel, "result")))
    assert LedgerEntry.objects.get(kind="allocation").stratum == "emergency"


HALF = {
    "no number": ({"told": "on", "arm": "ips"}, "Enter the whole number"),
    "half a number": ({"told": "on", "place": "1.5", "arm": "ips"}, "Enter the whole number"),
    "no such number": ({"told": "on", "place": "41", "arm": "ips"}, "40 or fewer"),
    "words": ({"told": "on", "place": "first", "arm": "ips"}, "must be a number"),
    "no group": ({"told": "on", "place": "1"}, "Choose the group that stands on the list"),
    "no such group": ({"told": "on", "place": "1", "arm": "third"}, "Choose one of the answers"),
    "not ticked": ({"place": "1", "arm": "ips"}, "Tick this if the group was told"),
    "a group alone": ({"arm": "ips"}, "Tick this if the group was told"),
}


@pytest.mark.parametrize("what", HALF)
def test_half_of_it_draws_nobody(specialist: Client, kel: Episode, open_trial: Path, what: str) -> None:
    walk(specialist, kel)
    said, sentence = HALF[what]
    page = sent(specialist, kel, **said)
    assert page.status_code == 200
    assert sentence in text_of(page)
    assert " open>" in page.content.decode()
    assert LedgerEntry.objects.count() == 0


def test_a_group_that_does_not_fit_is_said_on_the_page_and_audited(
    world: World, specialist: Client, kel: Episode, open_trial: Path
) -> None:
    walk(specialist, kel)
    ledger.synchronise(by=actor_of(world), at=DRAWN_AT)  # the first entry is there, as after any press
    page = sent(specialist, kel, told="on", place="1", arm=other(listed()[0]))
    assert "not the next of the sealed list, and nothing was written" in text_of(page)
    assert Entry.objects.filter(verb="refuse_randomisation").count() == 1
    assert not LedgerEntry.objects.filter(kind="allocation").exists()

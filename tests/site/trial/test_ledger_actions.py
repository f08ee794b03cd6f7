"""What is appended after an allocation, what a crash leaves for the next to finish, and where the ledger closes."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection, transaction
from tests.site.conftest import World
from tests.site.trial.ready import DRAWN_AT, actor_of, ready_meeting, ready_meetings, train
from tests.site.trial.test_randomise import press

from placewell_web.accounts import service
from placewell_web.accounts.errors import Refused
from placewell_web.audit.models import Entry as AuditEntry
from placewell_web.clients.models import Allocation
from placewell_web.trial import triggers
from placewell_web.trial.actions import finishing, ledger
from placewell_web.trial.actions.ledger import DrawUnavailable, append_note, append_void, append_withdraw, synchronise
from placewell_web.trial.allocator import configured
from placewell_web.trial.allocator.draws import DrawNotReady
from placewell_web.trial.models import LedgerEntry, LedgerHead, Meeting, Notice, Participant

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_trial")]


@pytest.fixture
def meeting(world: World) -> Meeting:
    train(world)
    return ready_meeting(world)


def bodies() -> list[dict[str, object]]:
    return [json.loads(row.body) for row in LedgerEntry.objects.order_by("seq")]


APPENDED: dict[str, tuple[Callable[..., int], dict[str, object]]] = {
    "note": (append_note, {"reason": "baseline_answer"}),
    "stratum_note": (append_note, {"reason": "wrong_area", "stratum": "wolverhampton"}),
    "withdraw": (append_withdraw, {"scope": "contact"}),
}


@pytest.mark.parametrize("kind", APPENDED)
def test_what_is_appended(world: World, meeting: Meeting, kind: str) -> None:
    made = press(world, meeting)
    append, said = APPENDED[kind]
    seq = append(by=actor_of(world), at=DRAWN_AT, number=made.number, **said)
    row = LedgerEntry.objects.get(seq=seq)
    assert (row.kind, row.person, row.n, seq) == (kind, made.number, None, 2)
    assert {name: bodies()[-1][name] for name in said} == said
    assert bodies()[-1]["actor"] == str(world.user("specialist").pk)
    assert AuditEntry.objects.filter(verb="append_to_ledger", target_id="2").count() == 1
    assert append(by=actor_of(world), at=DRAWN_AT, number=made.number, **said) == seq  # said twice, kept once
    assert press(world, meeting).arm == made.arm


def test_a_void_has_two_people_and_the_slot_stays_used(world: World, meeting: Meeting) -> None:
    made = press(world, meeting)
    manager = world.actor("manager")
    seq = append_void(by=actor_of(world), at=DRAWN_AT, number=made.number, reason="not_eligible", second=manager)
    assert (bodies()[seq]["second"], bodies()[seq]["kind"]) == (manager.id, "void")
    press(world, ready_meeting(world, start=1))
    assert [row.n for row in LedgerEntry.objects.filter(kind="allocation").order_by("seq")] == [0, 1]


def test_one_person_alone_voids_nothing(world: World, meeting: Meeting) -> None:
    made = press(world, meeting)
    with pytest.raises(Refused, match="second person"):
        append_void(by=actor_of(world), at=DRAWN_AT, number=made.number, reason="x", second=actor_of(world))
    assert len(bodies()) == 2


@pytest.mark.parametrize("kind", APPENDED)
def test_nothing_is_said_of_somebody_not_allocated(world: World, meeting: Meeting, kind: str) -> None:
    append, said = APPENDED[kind]
    with pytest.raises(Refused, match="no allocation"):
        append(by=actor_of(world), at=DRAWN_AT, number=meeting.participant.number, **said)
    assert LedgerEntry.objects.count() == 0


def test_free_text_does_not_reach_the_chain(world: World, meeting: Meeting) -> None:
    made = press(world, meeting)
    with pytest.raises(Refused, match="must be a code"):
        append_note(by=actor_of(world), at=DRAWN_AT, number=made.number, reason="Ada was in work after all")


# --- a crash between the witness and the commit ---


def crash_after_the_draw(world: World, meeting: Meeting) -> None:
    class Crash(Exception):
        pass

    with pytest.raises(Crash), transaction.atomic():
        press(world, meeting)
        raise Crash
    assert LedgerEntry.objects.count() == 0


def test_the_next_press_of_the_same_finds_the_answer(world: World, meeting: Meeting) -> None:
    crash_after_the_draw(world, meeting)
    sealed = configured.draws(service.current()).tail(0, configured.draws(service.current()).genesis().hash)
    made = press(world, meeting)
    assert [(each.arm, each.hash) for each in sealed] == [(made.arm, LedgerEntry.objects.get(seq=1).hash)]


def test_a_press_for_another_finishes_the_first_one_s_work(world: World, meeting: Meeting) -> None:
    crash_after_the_draw(world, meeting)
    press(world, ready_meeting(world, start=1))
    meeting.refresh_from_db()
    given = Allocation.unscoped.get(episode=meeting.episode)
    assert (meeting.ending, meeting.randomised_at) == ("randomised", DRAWN_AT)
    assert given.arm == LedgerEntry.objects.get(person=meeting.participant.number).arm
    assert Notice.objects.filter(participant_number=meeting.participant.number, kind="receipt").count() == 1


def test_synchronising_finishes_it_too_and_says_how_many(world: World, meeting: Meeting) -> None:
    crash_after_the_draw(world, meeting)
    assert synchronise(by=actor_of(world), at=DRAWN_AT) == 2  # the first entry, which was never taken in, and the draw
    assert synchronise(by=actor_of(world), at=DRAWN_AT) == 0
    assert Allocation.unscoped.filter(episode=meeting.episode).exists()


def test_an_entry_of_someone_a_restored_database_does_not_know_is_kept(world: World, meeting: Meeting) -> None:
    crash_after_the_draw(world, meeting)
    number = meeting.participant.number
    Participant.unscoped.filter(pk=meeting.participant_id).update(number="TIW 999-999")
    synchronise(by=actor_of(world), at=DRAWN_AT)
    assert finishing.without_record() == [number]
    Participant.unscoped.filter(pk=meeting.participant_id).update(number=number)  # entered again
    made = press(world, meeting)
    assert (made.number, finishing.without_record()) == (number, [])
    assert Allocation.unscoped.get().arm == made.arm
    assert LedgerEntry.objects.filter(kind="allocation").count() == 1


# --- where it closes ---


def _lose_the_end(folder: Path) -> None:
    lines = (folder / "witness.jsonl").read_bytes().splitlines(keepends=True)
    (folder / "witness.jsonl").write_bytes(b"".join(lines[:-1]))


def _alter(folder: Path) -> None:
    text = (folder / "witness.jsonl").read_text()
    assert "TIW-000-002" in text
    (folder / "witness.jsonl").write_text(text.replace("TIW-000-002", "TIW-000-009"))


DAMAGE: dict[str, Callable[[Path], object]] = {
    "the witness lost its end": _lose_the_end,
    "the witness was altered": _alter,
    "the witness is gone": lambda folder: (folder / "witness.jsonl").unlink(),
    "the folder is gone": lambda folder: (shutil.rmtree(folder), folder.parent.chmod(0o700)),
    "the first entry was altered": lambda folder: (folder / "genesis.json").write_text("{}"),
}


@pytest.mark.parametrize("what", DAMAGE)
def test_it_fails_closed(world: World, open_trial: Path, what: str) -> None:
    train(world)
    meetings = ready_meetings(world, 4)
    for each in meetings[:3]:
        press(world, each)
    before = list(LedgerEntry.objects.values_list("seq", "hash"))
    DAMAGE[what](open_trial)
    configured.forget()
    with pytest.raises(DrawUnavailable) as refused:
        press(world, meetings[3])
    shown = " ".join(refused.value.problems)
    assert "nothing was drawn" in shown and "keep the answers" in shown
    assert not any(word in shown for word in ("ips", "control", "dudley", "entry", "witness", "000-00"))
    assert list(LedgerEntry.objects.values_list("seq", "hash")) == before
    assert not Allocation.unscoped.filter(episode=meetings[3].episode).exists()


def test_a_database_altered_behind_the_triggers_closes_it(world: World) -> None:
    train(world)
    meetings = ready_meetings(world, 3)
    for each in meetings[:2]:
        press(world, each)
    triggers.remove(connection)
    LedgerEntry.objects.filter(seq=2).delete()
    triggers.install(connection)
    with pytest.raises(DrawUnavailable):
        press(world, meetings[2])
    LedgerHead.objects.update(seq=1, hash=LedgerEntry.objects.get(seq=1).hash)  # a whole, older database: it follows
    press(world, meetings[2])
    assert LedgerEntry.objects.count() == 4


def test_a_forked_database_closes_it(world: World, meeting: Meeting) -> None:
    press(world, meeting)
    triggers.remove(connection)
    LedgerEntry.objects.filter(seq=1).update(hash="ee" * 32)
    LedgerHead.objects.update(hash="ee" * 32)
    triggers.install(connection)
    with pytest.raises(DrawUnavailable):
        press(world, ready_meeting(world, start=1))


NOT_SET_UP = {
    "custody 0 in production": {"TRIAL_DEMO_KEYS": False},
    "no socket": {"TRIAL_CUSTODY": 2, "ALLOCATOR_SOCKET": ""},
    "nobody at the socket": {"TRIAL_CUSTODY": 1, "ALLOCATOR_SOCKET": "/tmp/nobody-listens-here.sock"},
}


@pytest.mark.parametrize("what", NOT_SET_UP)
def test_not_set_up_is_a_refusal_that_says_what_to_do(
    world: World, meeting: Meeting, what: str, settings: object
) -> None:
    for name, value in NOT_SET_UP[what].items():
        setattr(settings, name, value)
    with pytest.raises(DrawUnavailable, match="nothing was drawn"):
        press(world, meeting)
    meeting.refresh_from_db()
    assert (meeting.randomised_at, LedgerEntry.objects.count()) == (None, 0)


@pytest.mark.parametrize("reason", sorted(ledger.LOST))
def test_where_it_may_have_been_drawn_the_page_does_not_say_it_was_not(reason: str) -> None:
    shown = ledger.unavailable(DrawNotReady(reason, "x")).problems[0]
    assert "nothing was drawn" not in shown and "press again" in shown

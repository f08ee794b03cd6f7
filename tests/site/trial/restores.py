"""The restores of trial.md §6, played on the site's own actions: what was lost, what was done, what came of it."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch
from uuid import UUID

from django.db import connection
from tests.site.conftest import World
from tests.site.trial.processes import set_up
from tests.site.trial.ready import DRAWN_AT, actor_of, ready_meetings, train

from placewell.errors import UserError
from placewell.randomisation.chain import problems
from placewell.randomisation.reconciliation import NotReconciled, rebuild
from placewell_web.clients.models import Allocation
from placewell_web.trial import triggers
from placewell_web.trial.actions import ledger
from placewell_web.trial.actions.allocation import randomise
from placewell_web.trial.allocator.folder import AllocatorFolder, Machine
from placewell_web.trial.allocator.in_process import InProcess
from placewell_web.trial.allocator.wording import in_two_kinds
from placewell_web.trial.models import LedgerEntry, LedgerHead, Meeting, Notice


@dataclass
class Drill:
    """A trial with `truth` people drawn, a copy of the machine at `backup`, and what the evaluator was told of it."""

    world: World
    folder: Path
    backup: int
    truth: int
    meetings: list[UUID] = field(default_factory=list)
    arms: dict[str, str] = field(default_factory=dict)
    anchor: dict[str, Any] = field(default_factory=dict)
    receipts: list[dict[str, Any]] = field(default_factory=list)

    starts: int = 0

    @property
    def place(self) -> AllocatorFolder:
        return AllocatorFolder(self.folder, Machine.here(), mark=self.folder.with_name("mark"))

    @property
    def saved(self) -> Path:
        return self.folder.with_name("backup")

    @property
    def true(self) -> Path:
        return self.folder.with_name("true")


@dataclass(frozen=True)
class Row:
    """A line of the table: the case, what came of it, and whether that is what must."""

    case: str
    came: str
    sound: bool


def begin(world: World, folder: Path, backup: int, truth: int) -> Drill:
    """Draw for everyone, with a copy of the folder on the way."""
    drill = Drill(world, folder, backup, truth)
    train(world)
    set_up(folder, custody=1)
    drill.meetings = [each.pk for each in ready_meetings(world, truth)]
    with seated(drill):
        for at, meeting in enumerate(drill.meetings):
            if at == backup:
                shutil.copytree(folder, drill.saved)
            press(drill, meeting)
    shutil.copytree(folder, drill.true)
    drill.arms = arms()
    last = LedgerEntry.objects.order_by("-seq").get(seq=truth)
    drill.anchor = {"seq": last.seq, "hash": last.hash}
    drill.receipts = [ledger.entry_of(row).as_data() for row in LedgerEntry.objects.order_by("seq")]
    return drill


@contextmanager
def seated(drill: Drill) -> Iterator[None]:
    """The site with the allocator of the folder as it lies there now, started anew."""
    with patch.object(ledger, "draws", _draws(drill)):
        yield


def _draws(drill: Drill) -> Any:
    """An allocator started anew whenever other files lie in the folder, or it was reconciled."""
    started: dict[tuple[int, int, int], InProcess] = {}

    def draws(_specification: object) -> InProcess:
        with in_two_kinds():
            place = drill.place
            lies = drill.starts, place.witness.path.stat().st_ino, (drill.folder / "seat.json").stat().st_mtime_ns
            if lies not in started:
                started[lies] = InProcess(place.allocator(place.keys(1)), place.genesis())
            return started[lies]

    return draws


def press(drill: Drill, meeting: UUID) -> Any:
    viewer = drill.world.viewer("specialist")
    return randomise(by=actor_of(drill.world), at=DRAWN_AT, viewer=viewer, meeting_id=meeting)


def arms() -> dict[str, str]:
    return dict(LedgerEntry.objects.filter(kind="allocation").values_list("person", "arm"))


def restore_database(drill: Drill) -> None:
    """The database as it was at the backup: everything written since is gone."""
    lost = drill.meetings[drill.backup :]
    triggers.remove(connection)
    LedgerEntry.objects.filter(seq__gt=drill.backup).delete()
    triggers.install(connection)
    last = LedgerEntry.objects.get(seq=drill.backup)
    LedgerHead.objects.update(seq=last.seq, hash=last.hash)
    Allocation.unscoped.filter(episode__trial_meeting__in=lost).delete()
    numbers = Meeting.unscoped.filter(pk__in=lost).values("participant__number")
    Notice.objects.filter(participant_number__in=numbers).delete()
    Meeting.unscoped.filter(pk__in=lost).update(randomised_at=None, ended_at=None, ending="")


def restore_folder(drill: Drill, source: Path) -> None:
    """The allocator's folder from a copy: other files with the same bytes."""
    if drill.folder.exists():
        drill.folder.rename(drill.folder.with_name(f"gone-{time.monotonic_ns()}"))
    if source.exists():
        shutil.copytree(source, drill.folder)


def closed(drill: Drill, meeting: UUID) -> bool:
    """Whether a press is refused and draws nothing."""
    before = LedgerEntry.objects.count()
    try:
        press(drill, meeting)
    except ledger.DrawUnavailable:
        return LedgerEntry.objects.count() == before
    return False


def database_alone(drill: Drill) -> Row:
    """(a) The witness is still there: what the database lacks is taken from it."""
    restore_database(drill)
    began = time.process_time()
    replayed = ledger.synchronise(by=actor_of(drill.world), at=DRAWN_AT)
    took = (time.process_time() - began) * 1000
    again = press(drill, drill.meetings[-1])
    same = arms() == drill.arms and again.arm == drill.arms[again.number]
    given = Allocation.unscoped.count() == drill.truth
    came = f"{replayed} entries replayed ({took:.0f} ms CPU), {len(drill.arms)} arms as before, a second press the same"
    return Row("the database restored alone", came, same and given and replayed == drill.truth - drill.backup)


def witness_lost(drill: Drill) -> Row:
    """(b) The witness is gone, or is the backup's and shorter than the database."""
    restore_folder(drill, drill.folder.with_name("nothing"))
    gone = closed(drill, drill.meetings[-1])
    restore_folder(drill, drill.saved)
    older = closed(drill, drill.meetings[-1])
    restore_folder(drill, drill.true)
    return Row("the witness lost, or an older one", "refused: nothing drawn", gone and older)


def rolled_back(drill: Drill) -> Row:
    """(c) Both rolled back: locked; the evaluator's anchor says what is missing; their receipts bring it back."""
    restore_database(drill)
    restore_folder(drill, drill.saved)
    locked = closed(drill, drill.meetings[-1])
    allocator = _allocator(drill)
    refused = ""
    try:
        allocator.reconcile([drill.anchor])
    except NotReconciled as fault:
        refused = fault.problems[0]
    still = closed(drill, drill.meetings[-1])
    brought, whole = brought_back(drill)
    came = f"locked; the anchor {drill.anchor['seq']} refuses it; {brought} entries back from receipts, arms as before"
    return Row("the machine rolled back with both", came, locked and still and "entries were lost" in refused and whole)


def brought_back(drill: Drill) -> tuple[int, bool]:
    """The lost entries from the evaluator's receipts: how many, and whether every arm is as it was."""
    brought = rebuild(drill.place.witness, [ledger.Entry.from_data(each) for each in drill.receipts])
    _allocator(drill).reconcile([drill.anchor], drill.receipts)
    drill.starts += 1
    ledger.synchronise(by=actor_of(drill.world), at=DRAWN_AT)
    return brought, arms() == drill.arms


def fork_found(drill: Drill) -> Row:
    """(d) Rolled back, unlocked against an old anchor all the same, drawn anew in another order; then the true one."""
    restore_database(drill)
    restore_folder(drill, drill.saved)
    old = ledger.entry_of(LedgerEntry.objects.get(seq=drill.backup))
    _allocator(drill).reconcile([{"seq": old.seq, "hash": old.hash}])
    for meeting in reversed(drill.meetings[drill.backup :]):
        press(drill, meeting)
    changed = sum(arm != drill.arms[number] for number, arm in arms().items())
    assert not problems([ledger.entry_of(row) for row in LedgerEntry.objects.order_by("seq")])
    restore_folder(drill, drill.true)
    _allocator(drill).reconcile([drill.anchor])
    found = closed(drill, drill.meetings[-1])
    came = f"the fork is found and refused (the wrong unlocking had changed {changed} arms)"
    return Row("the true witness after a re-draw", came, found)


def written_over(drill: Drill) -> Row:
    """(e) Both rolled back in place on the running machine: the same files with older bytes, the process started again.

    The seat is as it was; the high-water mark, which no backup holds, tells.
    """
    restore_database(drill)
    for file in ("witness.jsonl", "seat.json"):
        (drill.folder / file).write_bytes((drill.saved / file).read_bytes())
    drill.starts += 1
    unnoticed = AllocatorFolder(drill.folder, Machine.here())
    seated_still = unnoticed.allocator(unnoticed.keys(1)).locked_because() == ()
    told = " ".join(_allocator(drill).locked_because())
    locked = f"the witness lost entry {drill.truth}" in told and closed(drill, drill.meetings[-1])
    brought, whole = brought_back(drill)
    again = press(drill, drill.meetings[-1])
    came = f"the seat as it was; locked by the mark; {brought} entries back from receipts, arms as before"
    sound = seated_still and locked and whole and again.arm == drill.arms[again.number]
    return Row("both written over, machine running", came, sound and brought == drill.truth - drill.backup)


def _allocator(drill: Drill) -> Any:
    place = drill.place
    return place.allocator(place.keys(1))


def play(world: World, folder: Path, backup: int, truth: int) -> Iterator[Row]:
    """The five cases, one after another; the one that keeps the files comes before those that make new ones."""
    drill = begin(world, folder, backup, truth)
    with seated(drill):
        for case in (database_alone, written_over, witness_lost, reseat, rolled_back, fork_found):
            if row := case(drill):
                yield row


def reseat(drill: Drill) -> None:
    """Trust the folder again where it lies now."""
    try:
        _allocator(drill).reconcile([drill.anchor])
    except UserError as fault:
        raise AssertionError("the true witness was not trusted") from fault

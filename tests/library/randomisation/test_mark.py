"""The high-water mark: what it lets pass, what it locks, and that nobody is told an arm it has not seen."""

import json
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.library.randomisation.allocators import HASH, filled, opened, request, started
from tests.library.randomisation.trials import MOMENT, config, first

from placewell.randomisation.allocator import Allocator
from placewell.randomisation.mark import MarkFile, MarkUnfit
from placewell.randomisation.reconciliation import NotReconciled, rebuild
from placewell.randomisation.refusals import Locked
from placewell.randomisation.seat import mark_in
from placewell.randomisation.witness import Witness

FILES = ("witness.jsonl", "seat.json")


class Machine:
    """A folder that is backed up, and a mark elsewhere, as processes of one start of the machine find them."""

    def __init__(self, place: Path) -> None:
        self.folder, self.mark, self.backup = place / "trial", place / "run" / "mark", {"": b""}
        self.folder.mkdir()
        self.mark.parent.mkdir()
        opened(self.folder)

    def start(self, lasting: bool = True, boot: str = "boot") -> Allocator:
        return started(self.folder, boot=boot, mark=MarkFile(self.mark, lasting))

    def save(self) -> None:
        self.backup = {name: (self.folder / name).read_bytes() for name in FILES}

    def restore(self) -> None:
        """In place: the same files with older bytes."""
        for name, content in self.backup.items():
            (self.folder / name).write_bytes(content)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def locked(allocator: Allocator, why: str) -> None:
    """It gives nobody an arm, old or new, nor anyone else anything, and says why."""
    assert len(allocator.locked_because()) == 1
    for asked in (
        lambda: allocator.allocate(request("p0"), MOMENT),
        lambda: allocator.allocate(request("p9"), MOMENT),
        lambda: allocator.head(),
    ):
        with pytest.raises(Locked, match=why):
            asked()


@pytest.mark.parametrize("lasting", [True, False])
def test_it_holds_the_last_entry_after_every_one_and_is_for_its_owner_alone(machine: Machine, lasting: bool) -> None:
    allocator = machine.start(lasting)
    assert allocator.locked_because() == ()
    for n in range(3):
        entry = filled(allocator, 1, n)[0]
        genesis = first(config()).hash
        assert json.loads(machine.mark.read_bytes()) == {
            "first": genesis, "boot": "boot", "seq": n + 1, "hash": entry.hash,
        }  # fmt: skip
    assert stat.S_IMODE(machine.mark.stat().st_mode) == 0o600
    assert [each.name for each in machine.mark.parent.iterdir()] == ["mark"]
    assert mark_in(machine.folder / "seat.json") == (machine.mark if lasting else None)


def test_starting_again_goes_on(machine: Machine) -> None:
    made = [filled(machine.start(), 1, n)[0] for n in range(4)]
    assert [machine.start().allocate(request("p1"), MOMENT), machine.start().head()[0]] == [made[1], 4]


def test_a_process_that_died_before_it_raised_the_mark_goes_on(machine: Machine) -> None:
    filled(machine.start(), 2)
    before = machine.mark.read_bytes()
    filled(machine.start(), 1, 2)
    machine.mark.write_bytes(before)
    assert machine.start().head()[0] == 3
    assert json.loads(machine.mark.read_bytes())["seq"] == 3


@pytest.mark.parametrize("lasting", [True, False])
@pytest.mark.parametrize("at", [0, 1, 3])
def test_an_older_copy_written_over_in_place_draws_nobody_again(machine: Machine, at: int, lasting: bool) -> None:
    filled(machine.start(lasting), at) if at else None
    machine.save()
    true = filled(machine.start(lasting), 5 - at, at)
    machine.restore()
    assert started(machine.folder).locked_because() == ()  # the seat alone does not notice
    locked(machine.start(lasting), "lost entry 5")
    kept = {"seq": 5, "hash": true[-1].hash}
    with pytest.raises(NotReconciled, match="entries were lost"):
        machine.start(lasting).reconcile([kept])
    locked(machine.start(lasting), "lost entry 5")


def test_lost_entries_put_back_and_reconciled_unlock_it(machine: Machine) -> None:
    filled(machine.start(), 2)
    machine.save()
    filled(machine.start(), 3, 2)
    whole = Witness(machine.folder / "witness.jsonl").read()
    machine.restore()
    rebuild(Witness(machine.folder / "witness.jsonl"), whole)
    machine.start().reconcile([{"seq": 5, "hash": whole[-1].hash}])
    assert machine.start().allocate(request("p4"), MOMENT) == whole[-1]


def test_reconciling_sets_it_anew_on_whichever_chain_was_vouched_for(machine: Machine) -> None:
    """Drawn anew on a wrong copy, and the true witness back in place: another entry than the one that was seen."""
    filled(machine.start(), 2)
    machine.save()
    true = filled(machine.start(), 2, 2)
    content = (machine.folder / "witness.jsonl").read_bytes()
    machine.restore()
    machine.start().reconcile([{"seq": 0, "hash": first(config()).hash}])
    filled(machine.start(), 1, 7)
    (machine.folder / "witness.jsonl").write_bytes(content)
    locked(machine.start(), "lost entry 3")
    machine.start().reconcile([{"seq": 4, "hash": true[-1].hash}])
    assert machine.start().head() == (4, true[-1].hash)
    assert json.loads(machine.mark.read_bytes())["seq"] == 4


SPOILT: dict[str, Callable[[Path], object]] = {
    "gone": lambda mark: mark.unlink(),
    "empty": lambda mark: mark.write_bytes(b""),
    "no object": lambda mark: mark.write_bytes(b"[]"),
    "no number": lambda mark: mark.write_text(mark.read_text().replace('"seq":2', '"seq":null')),
    "of another trial": lambda mark: mark.write_text(mark.read_text().replace(first(config()).hash, HASH)),
    "of another start": lambda mark: mark.write_text(mark.read_text().replace('"boot":"boot"', '"boot":"other"')),
}


@pytest.mark.parametrize("what", SPOILT)
def test_a_mark_that_says_nothing_locks_where_it_must_last_and_is_set_anew(machine: Machine, what: str) -> None:
    entries = filled(machine.start(), 2)
    SPOILT[what](machine.mark)
    locked(machine.start(), "is gone")
    locked(machine.start(lasting=False), "is gone")
    machine.start().reconcile([{"seq": 2, "hash": entries[-1].hash}])
    assert filled(machine.start(), 1, 2)[0].seq == 3


@pytest.mark.parametrize("what", SPOILT)
def test_a_mark_that_may_go_before_the_machine_does_is_set_anew(machine: Machine, what: str) -> None:
    filled(machine.start(lasting=False), 2)
    SPOILT[what](machine.mark)
    assert machine.start(lasting=False).head()[0] == 2
    assert json.loads(machine.mark.read_bytes())["seq"] == 2


def test_a_negative_number_is_no_entry(machine: Machine) -> None:
    filled(machine.start(), 2)
    machine.mark.write_text(machine.mark.read_text().replace('"seq":2', '"seq":-1'))
    locked(machine.start(), "lost entry -1")


def test_another_name_for_it_is_told(machine: Machine) -> None:
    filled(machine.start(), 2)
    other = started(machine.folder, mark=MarkFile(machine.mark.with_name("other")))
    locked(other, "is gone, or another was named")


def test_after_a_restart_of_the_machine_the_seat_alone_tells_and_reconciling_sets_it(machine: Machine) -> None:
    entries = filled(machine.start(), 2)
    machine.mark.unlink()
    allocator = machine.start(boot="next")
    assert allocator.locked_because() == ("the machine was started anew",)
    allocator.reconcile([{"seq": 2, "hash": entries[-1].hash}])
    assert machine.start(boot="next").head()[0] == 2
    machine.mark.unlink()
    locked(machine.start(boot="next"), "is gone")


def test_reconciled_without_one_the_next_opening_sets_it(machine: Machine) -> None:
    entries = filled(machine.start(), 2)
    machine.mark.unlink()
    started(machine.folder).reconcile([{"seq": 2, "hash": entries[-1].hash}])
    assert mark_in(machine.folder / "seat.json") is None
    assert machine.start().head()[0] == 2
    assert mark_in(machine.folder / "seat.json") == machine.mark


def test_where_it_cannot_be_written_nobody_is_told_an_arm(machine: Machine) -> None:
    allocator = machine.start()
    filled(allocator, 1)
    moved = machine.mark.parent.rename(machine.mark.parent.with_name("elsewhere"))
    for _ in range(2):
        with pytest.raises(MarkUnfit, match="could not be written"):
            filled(allocator, 1, 1)
    moved.rename(machine.mark.parent)
    assert filled(allocator, 1, 1)[0].seq == 2
    assert json.loads(machine.mark.read_bytes())["seq"] == 2


def test_it_may_not_lie_in_the_folder_that_is_restored(machine: Machine) -> None:
    for inside in (machine.folder / "mark", machine.folder / "packets" / "mark", machine.folder / ".." / "trial" / "m"):
        with pytest.raises(MarkUnfit, match="outside"):
            started(machine.folder, mark=MarkFile(inside)).head()

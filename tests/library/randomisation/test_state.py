"""The sum of a chain: taken entry by entry or at once it is the same, and a voided slot stays used."""

from pathlib import Path

from tests.library.randomisation.allocators import filled, opened
from tests.library.randomisation.trials import MOMENT

from placewell.randomisation.entries import START
from placewell.randomisation.state import LedgerState


def test_entry_by_entry_or_at_once(tmp_path: Path) -> None:
    allocator = opened(tmp_path)
    filled(allocator, 7)
    allocator.void("p2", "in_error", "es1", "tl1", MOMENT + 21_000)
    allocator.withdraw("p3", "keep_data", "asked", "es1", MOMENT + 22_000)
    allocator.withdraw("p3", "stop_linkage", "asked", "es1", MOMENT + 23_000)
    entries = allocator.tail(-1, "")
    states = [LedgerState()]
    for entry in entries:
        states.append(states[-1].after(entry))
    assert states == [LedgerState.of(entries[:number]) for number in range(len(entries) + 1)]
    last = states[-1]
    assert last.head == (10, entries[-1].hash)
    assert (last.next_n("lot_1"), last.next_n("lot_2"), last.next_n("lot_9")) == (4, 3, 0)
    assert last.counts_in("lot_1").total() == 4
    assert set(last.voided) == {"p2"}
    assert [each.scope for each in last.withdrawn["p3"]] == ["keep_data", "stop_linkage"]
    assert sorted(last.allocations) == [f"p{n}" for n in range(7)]


def test_nothing_yet() -> None:
    assert LedgerState.of([]).head == (-1, START)

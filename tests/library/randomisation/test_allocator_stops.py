"""What stops an allocator: another seat, another file, lines nobody should have written, a packet not yet loaded."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from tests.library.randomisation.allocators import HASH, filled, opened, request, started
from tests.library.randomisation.trials import MOMENT, blocks, config, packets, whole

from placewell.randomisation.draw import arm
from placewell.randomisation.entries import seal
from placewell.randomisation.keys import PacketMissing
from placewell.randomisation.reconciliation import NotReconciled
from placewell.randomisation.refusals import Locked
from placewell.randomisation.witness import Witness, WitnessDamaged


@pytest.mark.parametrize(
    ("change", "why"), [({"machine": "other"}, "another machine"), ({"boot": "other"}, "started anew")]
)
def test_another_seat_locks_until_an_anchor_is_fed_in(tmp_path: Path, change: dict[str, str], why: str) -> None:
    entries = filled(opened(tmp_path), 5)
    allocator = started(tmp_path, **change)
    for asked in (
        lambda: allocator.allocate(request("p0"), MOMENT),
        lambda: allocator.allocate(request("p9"), MOMENT),
        lambda: allocator.tail(-1, ""),
        lambda: allocator.append_note("p0", "x", "es1", MOMENT),
    ):
        with pytest.raises(Locked, match=why):
            asked()
    with pytest.raises(NotReconciled):
        allocator.reconcile()
    with pytest.raises(NotReconciled):
        allocator.reconcile([{"seq": 6, "hash": HASH}])
    assert allocator.locked_because()
    answer = allocator.reconcile([{"seq": 3, "hash": entries[2].hash}])
    assert (answer.newest, answer.after_newest) == (3, 2)
    assert allocator.allocate(request("p0"), MOMENT) == entries[0]
    assert started(tmp_path, **change).locked_because() == ()
    assert started(tmp_path).locked_because() != ()


def test_a_copied_witness_is_another_file(tmp_path: Path) -> None:
    filled(opened(tmp_path), 2)
    copy = tmp_path / "copy"
    copy.write_bytes((tmp_path / "witness.jsonl").read_bytes())
    copy.replace(tmp_path / "witness.jsonl")
    with pytest.raises(Locked, match="another file"):
        started(tmp_path).allocate(request("p9"), MOMENT)


def test_a_witness_replaced_in_use_stops_the_allocator(tmp_path: Path) -> None:
    allocator = opened(tmp_path)
    filled(allocator, 2)
    copy = tmp_path / "copy"
    copy.write_bytes((tmp_path / "witness.jsonl").read_bytes())
    copy.replace(tmp_path / "witness.jsonl")
    with pytest.raises(WitnessDamaged, match="replaced"):
        allocator.allocate(request("p9"), MOMENT)


def somebody_elses_line(folder: Path, change: dict[str, Any]) -> None:
    """A line that is sealed and linked as it should be, and says what the change wants."""
    witness = Witness(folder / "witness.jsonl")
    last = witness.read()[-1]
    witness.append(seal({**last.body, "seq": last.seq + 1, "prev": last.hash, **change}))


def test_an_arm_that_was_not_drawn_stops_everything(tmp_path: Path) -> None:
    running = opened(tmp_path)
    there = filled(running, 2)[1]
    drawn = arm(whole(config()), "lot_2", 1, {there.arm: 1}, config())
    somebody_elses_line(tmp_path, {"person": "p8", "n": 1, "arm": drawn})
    assert running.head() == started(tmp_path).head()
    counts = Counter([there.arm, drawn])
    other = {"ips": "control", "control": "ips"}[arm(whole(config()), "lot_2", 2, counts, config())]
    somebody_elses_line(tmp_path, {"person": "p9", "n": 2, "arm": other})
    for allocator in (running, started(tmp_path)):
        with pytest.raises(WitnessDamaged, match=r"forged\. Entry 4: its arm is not the one drawn"):
            allocator.allocate(request("p5"), MOMENT + 99_000)


@pytest.mark.parametrize(
    ("change", "why"),
    [({}, "Entry 2: p0 has an allocation already, at entry 1"), ({"person": "p9", "n": 7}, "Entry 2: it takes slot 7")],
)
def test_a_line_no_allocator_writes_stops_everything(tmp_path: Path, change: dict[str, Any], why: str) -> None:
    running = opened(tmp_path)
    filled(running, 1)
    somebody_elses_line(tmp_path, change)
    for allocator in (running, started(tmp_path)):
        with pytest.raises(WitnessDamaged, match=why):
            allocator.allocate(request("p5"), MOMENT + 99_000)


def test_arms_of_an_epoch_whose_packet_is_not_at_hand_are_left_to_the_evaluator(tmp_path: Path) -> None:
    made = config(strata=("lot_1",), planned=(30,), epoch_size=2, epochs=9)
    filled(opened(tmp_path, made), 4)
    assert started(tmp_path, made, packets(made, 2)).allocate(request("p4"), MOMENT + 9000).n == 4


def test_the_use_of_an_epoch_and_the_next_packet(tmp_path: Path) -> None:
    made = config(strata=("lot_1",), planned=(30,), epoch_size=10, epochs=3)
    allocator = opened(tmp_path, made, packets(made, 0))
    seen = []
    for n in range(10):
        seen.append((allocator.epoch_use("lot_1"), allocator.packet_needed("lot_1")))
        filled(allocator, 1, n)
    assert seen == [((n, 10), n >= 8) for n in range(10)]
    assert (allocator.epoch_use("lot_1"), allocator.packet_needed("lot_1")) == ((10, 10), True)
    with pytest.raises(PacketMissing, match="epoch 1"):
        filled(allocator, 1, 10)
    assert allocator.head()[0] == 10
    allocator.load(packets(made, 0, 2))
    assert (allocator.epoch_use("lot_1"), allocator.packet_needed("lot_1")) == ((10, 10), True)
    allocator.load(packets(made, 0, 1))
    assert (allocator.epoch_use("lot_1"), allocator.packet_needed("lot_1")) == ((0, 10), False)
    assert filled(allocator, 1, 10)[0].n == 10


def test_the_use_of_an_epoch_of_blocks(tmp_path: Path) -> None:
    made = blocks(4, strata=("lot_1",), planned=(30,), epoch_size=5, epochs=3)
    allocator = opened(tmp_path, made, packets(made, 0))
    assert filled(allocator, 20)[-1].n == 19
    assert (allocator.epoch_use("lot_1"), allocator.packet_needed("lot_1")) == ((5, 5), True)
    with pytest.raises(PacketMissing):
        filled(allocator, 1, 20)


def test_without_packets_no_epoch_is_used(tmp_path: Path) -> None:
    allocator = opened(tmp_path)
    assert (allocator.epoch_use("lot_1"), allocator.packet_needed("lot_1")) == ((0, 0), False)

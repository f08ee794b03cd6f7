"""After a loss: the four cases of trial.md §6, anchors and receipts held against the chain, and rebuilding it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from tests.library.randomisation.allocators import filled, opened, request, started
from tests.library.randomisation.trials import MOMENT, config

from placewell.randomisation.entries import Entry, EntryError, check_code
from placewell.randomisation.reconciliation import NotReconciled, rebuild, reconcile
from placewell.randomisation.refusals import Behind, Fork, Locked
from placewell.randomisation.witness import Witness, WitnessMissing

OTHER = "00" * 32


def anchor(entry: Entry) -> dict[str, Any]:
    return {"seq": entry.seq, "hash": entry.hash}


def receipt(entry: Entry) -> dict[str, Any]:
    return {"trial": "tiw", "person": entry.person, "code": check_code(entry.hash), "utc": entry.utc}


@pytest.fixture
def entries(tmp_path: Path) -> Sequence[Entry]:
    folder = tmp_path / "truth"
    folder.mkdir()
    allocator = opened(folder)
    filled(allocator, 12)
    return allocator.tail(-1, "")


def lines_kept(path: Path, number: int) -> None:
    """What a backup from before gives back, in the same file."""
    with path.open("r+b") as file:
        file.truncate(len(b"".join(path.read_bytes().splitlines(keepends=True)[:number])))


def test_a_database_restored_with_the_witness_kept_is_filled_up_again(tmp_path: Path) -> None:
    truth = [*(allocator := opened(tmp_path)).tail(-1, ""), *filled(allocator, 30)]
    backup = truth[20]
    assert list(started(tmp_path).tail(backup.seq, backup.hash)) == truth[21:]
    assert started(tmp_path).allocate(request("p25"), MOMENT + 99_000_000) == truth[26]


def test_a_witness_that_was_lost_stops_everything(tmp_path: Path) -> None:
    allocator = opened(tmp_path)
    filled(allocator, 3)
    (tmp_path / "witness.jsonl").unlink()
    with pytest.raises(WitnessMissing):
        allocator.allocate(request("p9"), MOMENT)
    with pytest.raises(WitnessMissing):
        started(tmp_path)


def test_a_witness_behind_the_database_stops_everything(tmp_path: Path) -> None:
    truth = filled(opened(tmp_path), 10)
    lines_kept(tmp_path / "witness.jsonl", 6)
    with pytest.raises(Behind, match="entry 10, and the witness ends at entry 5"):
        started(tmp_path).tail(10, truth[-1].hash)


def test_a_machine_rolled_back_with_both_waits_for_an_anchor_and_fails_on_it(tmp_path: Path) -> None:
    truth = filled(opened(tmp_path), 10)
    lines_kept(tmp_path / "witness.jsonl", 6)
    allocator = started(tmp_path, boot="after the restore")
    with pytest.raises(Locked):
        allocator.allocate(request("p9"), MOMENT + 99_000_000)
    with pytest.raises(NotReconciled, match="vouches for entry 10, and the chain ends at entry 5"):
        allocator.reconcile([anchor(truth[-1])])
    with pytest.raises(Locked):
        allocator.allocate(request("p9"), MOMENT + 99_000_000)
    assert len(Witness(tmp_path / "witness.jsonl").read()) == 6


def test_the_true_witness_brought_back_after_a_new_draw_is_a_fork(tmp_path: Path) -> None:
    path = tmp_path / "witness.jsonl"
    filled(opened(tmp_path), 10)
    truth = path.read_bytes()
    lines_kept(path, 6)
    drawn_again = filled(started(tmp_path), 3, 20)
    path.write_bytes(truth)
    with pytest.raises(Fork, match="there are two chains"):
        started(tmp_path).tail(drawn_again[-1].seq, drawn_again[-1].hash)


def test_what_everyone_holds_agrees(entries: Sequence[Entry]) -> None:
    answer = reconcile(entries, [anchor(entries[0]), anchor(entries[9])], [receipt(entries[4]), entries[7].as_data()])
    assert (answer.compared, answer.newest, answer.after_newest) == (4, 9, 3)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"person": "p99"}, "a receipt for p99"),
        ({"code": "AAAAA-AAAAA"}, "not the one the receipt was given for"),
        ({"utc": MOMENT - 1}, "not the one the receipt was given for"),
        ({"trial": "other"}, "not the one the receipt was given for"),
    ],
)
def test_a_receipt_that_does_not_agree(entries: Sequence[Entry], change: dict[str, Any], why: str) -> None:
    with pytest.raises(NotReconciled, match=why):
        reconcile(entries, [], [{**receipt(entries[3]), **change}])


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"seq": 13, "hash": OTHER}, "vouches for entry 13, and the chain ends at entry 12"),
        ({"seq": 3, "hash": OTHER}, "Entry 3 is not the one the anchor vouches for"),
        ({"seq": "3", "hash": OTHER}, "An anchor is written as"),
        ({"seq": -1, "hash": OTHER}, "An anchor is written as"),
        ({"seq": True, "hash": OTHER}, "An anchor is written as"),
        ({}, "An anchor is written as"),
    ],
)
def test_an_anchor_that_does_not_agree(entries: Sequence[Entry], given: dict[str, Any], why: str) -> None:
    with pytest.raises(NotReconciled, match=why):
        reconcile(entries, [anchor(entries[12]), given])


def test_a_whole_entry_of_another_chain(entries: Sequence[Entry]) -> None:
    with pytest.raises(NotReconciled, match="Entry 7"):
        reconcile(entries, [], [{**entries[7].as_data(), "hash": OTHER}])
    with pytest.raises(EntryError):
        reconcile(entries, [], [{"entry": "x"}])


def test_a_copy_of_an_entry_that_was_altered_outside(entries: Sequence[Entry]) -> None:
    copy = {"entry": {**entries[2].body, "actor": "es9"}, "hash": entries[2].hash}
    with pytest.raises(NotReconciled, match="The copy of entry 2 held outside was altered"):
        reconcile(entries, (), [copy])


def test_nothing_to_compare_with_is_not_agreement(entries: Sequence[Entry]) -> None:
    with pytest.raises(NotReconciled, match="at least one"):
        reconcile(entries)


def test_a_broken_chain_is_told_first(entries: Sequence[Entry]) -> None:
    with pytest.raises(NotReconciled, match=r"broken by itself\. Entry 5"):
        reconcile([*entries[:4], *entries[5:]], [anchor(entries[12])])


@pytest.mark.parametrize("kept", [0, 1, 6, 13])
def test_a_witness_is_rebuilt_from_entries_held_elsewhere(tmp_path: Path, entries: Sequence[Entry], kept: int) -> None:
    witness = Witness(tmp_path / "witness.jsonl")
    if kept:
        witness.create(entries[0])
    for each in entries[1:kept]:
        witness.append(each)
    assert rebuild(witness, entries) == 13 - kept
    assert Witness(witness.path).read() == tuple(entries)
    assert rebuild(witness, entries[:5]) == 0


def test_a_rebuilt_witness_is_locked_until_reconciled(tmp_path: Path) -> None:
    truth = [*(allocator := opened(tmp_path)).tail(-1, ""), *filled(allocator, 8)]
    (tmp_path / "witness.jsonl").rename(tmp_path / "lost")
    rebuild(Witness(tmp_path / "witness.jsonl"), truth)
    again = started(tmp_path)
    with pytest.raises(Locked, match="another file"):
        again.tail(-1, "")
    again.reconcile([anchor(truth[-1])])
    assert filled(again, 8) == truth[1:]


def test_a_witness_is_not_rebuilt_from_another_or_a_broken_chain(tmp_path: Path, entries: Sequence[Entry]) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    filled(opened(folder, config(imbalance=6)), 2)
    witness = Witness(folder / "witness.jsonl")
    before = witness.path.read_bytes()
    with pytest.raises(NotReconciled, match="Entry 0 of the witness is another"):
        rebuild(witness, entries)
    with pytest.raises(NotReconciled, match="not an unbroken chain"):
        rebuild(witness, [*entries[:3], *entries[4:]])
    assert witness.path.read_bytes() == before

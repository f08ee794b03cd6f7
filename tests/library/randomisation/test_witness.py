"""The witness file: what it refuses to read, what it cuts off, and that a later look reads only what is new."""

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.library.randomisation.allocators import filled, opened, request, started
from tests.library.randomisation.trials import MOMENT, config, first

from placewell.randomisation.entries import Entry, seal
from placewell.randomisation.hashing import canon
from placewell.randomisation.witness import Witness, WitnessDamaged, WitnessMissing, WitnessUnwritable

GENESIS = first(config())


def entry(seq: int, prev: str, **more: int | str) -> Entry:
    return seal({"v": 1, "trial": "tiw", "seq": seq, "prev": prev, "kind": "clock", "utc": seq, "reason": "x", **more})


def written(folder: Path, number: int) -> tuple[Witness, list[Entry]]:
    """A witness with a genesis entry and this many after it."""
    witness = Witness(folder / "witness.jsonl")
    entries = [GENESIS]
    for seq in range(1, number + 1):
        entries.append(entry(seq, entries[-1].hash))
    witness.create(GENESIS)
    for each in entries[1:]:
        witness.append(each)
    return witness, entries


def test_a_line_an_entry_in_the_one_way_to_write_it(tmp_path: Path) -> None:
    witness, entries = written(tmp_path, 3)
    assert witness.path.read_bytes() == b"".join(canon(each.as_data()) + b"\n" for each in entries)
    assert witness.read() == tuple(entries) == Witness(witness.path).read()


def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    witness, _ = written(tmp_path, 0)
    assert stat.S_IMODE(witness.path.stat().st_mode) == 0o600


def test_making_it_again_changes_nothing(tmp_path: Path) -> None:
    witness, entries = written(tmp_path, 2)
    Witness(witness.path).create(GENESIS)
    assert Witness(witness.path).read() == tuple(entries)


def test_another_trial_does_not_begin_where_one_lies(tmp_path: Path) -> None:
    witness, _ = written(tmp_path, 0)
    with pytest.raises(WitnessDamaged, match="another trial"):
        Witness(witness.path).create(first(config(imbalance=6)))


@pytest.mark.parametrize("left", [0, 1, 50])
def test_a_making_cut_short_can_be_done_again(tmp_path: Path, left: int) -> None:
    path = tmp_path / "witness.jsonl"
    path.write_bytes(canon(GENESIS.as_data())[:left])
    Witness(path).create(GENESIS)
    assert Witness(path).read() == (GENESIS,)


@pytest.mark.parametrize("place", [0, 1, 3])
def test_an_entry_that_does_not_follow_is_not_written(tmp_path: Path, place: int) -> None:
    witness, entries = written(tmp_path, 2)
    before = witness.path.read_bytes()
    with pytest.raises(WitnessDamaged, match="does not follow"):
        witness.append(entry(place, entries[1].hash))
    assert witness.path.read_bytes() == before


def test_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(WitnessMissing, match="rebuild"):
        Witness(tmp_path / "witness.jsonl").read()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("torn", [b"{", b'{"entry":{', b"\0\0\0", b"\xff"])
def test_a_torn_last_line_is_cut_off_and_kept_aside(tmp_path: Path, torn: bytes) -> None:
    witness, entries = written(tmp_path, 2)
    with witness.path.open("ab") as file:
        file.write(torn)
    for each in (witness, Witness(witness.path)):
        assert each.read() == tuple(entries)
    assert (tmp_path / "witness.jsonl.torn").read_bytes() == torn + b"\n"
    witness.append(entry(3, entries[-1].hash))
    assert len(Witness(witness.path).read()) == 4


def test_an_entry_torn_anywhere_leaves_the_one_before_it(tmp_path: Path) -> None:
    witness, entries = written(tmp_path, 3)
    whole = witness.path.read_bytes()
    last = len(canon(entries[-1].as_data())) + 1
    for left in range(len(whole) - last, len(whole)):
        witness.path.write_bytes(whole[:left])
        assert Witness(witness.path).read() == tuple(entries[:-1])


def test_a_whole_last_line_of_a_dead_process_stands(tmp_path: Path) -> None:
    witness, entries = written(tmp_path, 1)
    with witness.path.open("ab") as file:
        file.write(canon(entry(2, entries[-1].hash).as_data()) + b"\n")
    assert len(witness.read()) == 3


@pytest.mark.parametrize(
    "line",
    [
        b"\n",
        b"{}\n",
        b"null\n",
        b'{"entry":{},"hash":""}\n',
        b'{"entry":{"seq":1.0},"hash":"x"}\n',
        b'{"entry":[],"hash":"x"}\n',
        b'{"entry":{},"hash":1}\n',
        b"[" * 100_000 + b"\n",
        b"\xff\n",
        b'{"entry":{"a":NaN},"hash":"x"}\n',
    ],
)
def test_a_line_that_is_no_entry_stops_everything(tmp_path: Path, line: bytes) -> None:
    witness, _ = written(tmp_path, 1)
    with witness.path.open("ab") as file:
        file.write(line)
    before = witness.path.read_bytes()
    for each in (witness, Witness(witness.path)):
        with pytest.raises(WitnessDamaged, match="line 3"):
            each.read()
    assert witness.path.read_bytes() == before


def test_the_same_entry_written_another_way_is_refused(tmp_path: Path) -> None:
    witness, _ = written(tmp_path, 1)
    witness.path.write_bytes(witness.path.read_bytes().replace(b'"kind":"clock"', b'"kind": "clock"'))
    with pytest.raises(WitnessDamaged, match="line 2 is not an entry as the allocator writes it"):
        Witness(witness.path).read()


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_any_byte_changed_is_found(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    witness, _ = written(tmp_path_factory.mktemp("w"), 4)
    whole = bytearray(witness.path.read_bytes())
    place = data.draw(st.integers(0, len(whole) - 2))
    whole[place] = data.draw(st.integers(0, 255).filter(lambda byte: byte != whole[place]))
    witness.path.write_bytes(whole)
    with pytest.raises(WitnessDamaged):
        Witness(witness.path).read()


def test_a_file_cut_in_use_stops_everything(tmp_path: Path) -> None:
    witness, _ = written(tmp_path, 2)
    os.truncate(witness.path, witness.path.stat().st_size - 1)
    with pytest.raises(WitnessDamaged, match="replaced or cut"):
        witness.read()


def test_a_later_look_reads_only_what_is_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    witness, entries = written(tmp_path, 20)
    reader = Witness(witness.path)
    reader.read()
    added = entry(21, entries[-1].hash)
    witness.append(added)
    asked: list[int] = []
    pread = os.pread
    monkeypatch.setattr(os, "pread", lambda file, size, start: asked.append(start) or pread(file, size, start))
    before = witness.path.stat().st_size - len(canon(added.as_data())) - 1
    assert reader.read()[-1] == added
    assert min(asked) == before


@pytest.mark.parametrize("failing", ["write", "fsync"])
def test_a_disk_that_takes_nothing_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    allocator = opened(tmp_path)
    filled(allocator, 2)
    path = tmp_path / "witness.jsonl"
    before = path.read_bytes()

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, failing, full)
        with pytest.raises(WitnessUnwritable, match="No space left"):
            filled(allocator, 1, 2)
    assert path.read_bytes() == before
    assert filled(allocator, 1, 2) == [started(tmp_path).tail(-1, "")[3]]


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the file holds each time the disk is told to keep it."""
    seen: list[str] = []
    fsync = os.fsync

    def told(file: int) -> None:
        path = Path(os.readlink(f"/proc/self/fd/{file}"))
        if path.name == "witness.jsonl":
            seen.append(f"on the disk: {len(path.read_bytes().splitlines())} lines")
        fsync(file)

    monkeypatch.setattr(os, "fsync", told)
    return seen


def test_an_entry_is_told_only_once_the_disk_has_it(tmp_path: Path, steps: list[str]) -> None:
    opened(tmp_path)
    allocator = started(tmp_path, pause=steps.append)
    allocator.head()
    steps.clear()
    filled(allocator, 1)
    points = ["before_draw", "before_witness", "inside_witness_write", "after_witness_write"]
    assert steps == [*points, "on the disk: 2 lines", "after_witness_fsync", "before_return"]


def test_what_a_dead_process_wrote_is_on_the_disk_before_it_is_told(tmp_path: Path, steps: list[str]) -> None:
    allocator = opened(tmp_path)
    filled(started(tmp_path), 1)
    steps.clear()
    assert allocator.allocate(request("p0"), MOMENT).seq == 1
    assert steps == ["on the disk: 2 lines"]
    allocator.allocate(request("p0"), MOMENT)
    assert len(steps) == 1

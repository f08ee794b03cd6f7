"""The allocator's process and its high-water mark: started again as it should be, and on a folder written over."""

from __future__ import annotations

import json
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.site.trial.processes import process, request, set_up
from tests.site.trial.ready import DRAWN_AT

from placewell.cli.main import main as placewell
from placewell_web.trial.allocator.__main__ import main
from placewell_web.trial.allocator.client import BehindSocket
from placewell_web.trial.allocator.moments import utc_of

UTC = utc_of(DRAWN_AT)


class Allocators:
    """One trial's folder, a runtime folder beside it, and processes on them, each killed before the next."""

    def __init__(self, place: Path) -> None:
        self.folder, self.socket = place / "t", place / "run" / "s"
        self.mark, self.anchor = place / "run" / "s.mark", place / "anchor.json"
        self.socket.parent.mkdir()
        set_up(self.folder, custody=1)

    def draw(self, *people: int) -> list[str]:
        """A process started, asked for these people's arms, and killed: the hashes of their entries."""
        with process(self.folder, self.socket, self.socket.with_name("log")):
            behind = BehindSocket(self.socket)
            return [behind.allocate(request(f"TIW-{each}"), UTC + each).hash for each in people]

    def keep_anchor(self) -> None:
        last = json.loads((self.folder / "witness.jsonl").read_text().splitlines()[-1])
        self.anchor.write_text(json.dumps({"seq": last["entry"]["seq"], "hash": last["hash"]}))

    def refuses(self, capsys: pytest.CaptureFixture[str], *more: str) -> str:
        """It does not start, and says why."""
        self.socket.unlink(missing_ok=True)
        assert main(["serve", str(self.folder), "--socket", str(self.socket), *more]) == 1
        assert not self.socket.exists()
        return capsys.readouterr().err

    def reconcile(self, *more: str) -> int:
        return placewell(["trial", "reconcile", str(self.folder), "--anchor", str(self.anchor), *more])


@pytest.fixture
def allocators(tmp_path: Path) -> Allocators:
    return Allocators(tmp_path)


def test_killed_and_started_again_it_goes_on(allocators: Allocators) -> None:
    first, second = allocators.draw(1, 2)
    assert allocators.draw(2, 1)[::-1] == [first, second]
    third = allocators.draw(3)[0]
    assert json.loads(allocators.mark.read_bytes())["hash"] == third
    assert stat.S_IMODE(allocators.mark.stat().st_mode) == 0o600


@pytest.mark.parametrize("seat_too", [True, False])
def test_a_folder_copied_back_over_in_place_is_locked_until_reconciled(
    allocators: Allocators, capsys: pytest.CaptureFixture[str], seat_too: bool
) -> None:
    files = [allocators.folder / name for name in ("witness.jsonl", *(["seat.json"] if seat_too else []))]
    allocators.draw(1)
    before = {file: file.read_bytes() for file in files}
    hashes = allocators.draw(2, 3)
    allocators.keep_anchor()
    true = files[0].read_bytes()
    saved = [allocators.folder.with_name(file.name) for file in files]
    for file, copy in zip(files, saved, strict=True):
        copy.write_bytes(before[file])
        subprocess.run(["cp", copy, file], check=True)  # as a restore does: the file stays, its bytes do not
    assert "does not start: the witness lost entry 3" in allocators.refuses(capsys)
    assert allocators.reconcile() == 1
    assert "entries were lost" in capsys.readouterr().err
    assert "lost entry 3" in allocators.refuses(capsys)
    files[0].write_bytes(true)
    assert allocators.reconcile() == 0
    assert allocators.draw(2, 3) == hashes


def test_a_folder_saved_before_the_first_start_is_noticed_too(
    allocators: Allocators, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {file: file.read_bytes() for file in allocators.folder.iterdir()}
    allocators.draw(1)
    for name in ("witness.jsonl", "seat.json"):
        (allocators.folder / name).write_bytes(before[allocators.folder / name])
    assert "lost entry 1" in allocators.refuses(capsys)


def test_a_mark_that_was_deleted_locks_until_reconciled(
    allocators: Allocators, capsys: pytest.CaptureFixture[str]
) -> None:
    hashes = allocators.draw(1, 2)
    allocators.keep_anchor()
    allocators.mark.unlink()
    assert f"the high-water mark {allocators.mark} is gone" in allocators.refuses(capsys)
    assert allocators.reconcile() == 0
    assert allocators.draw(1, 2) == hashes
    assert allocators.mark.exists()


def _lost_seat(allocators: Allocators) -> None:
    (allocators.folder / "seat.json").unlink()


def _nothing(allocators: Allocators) -> None:
    pass


@pytest.mark.parametrize(("lost", "more"), [(_nothing, False), (_lost_seat, True), (_nothing, True)])
def test_reconciling_sets_the_mark_on_the_chain_that_was_vouched_for(
    allocators: Allocators, lost: Callable[[Allocators], None], more: bool
) -> None:
    """The mark has seen a chain that the evaluator says is the wrong one."""
    allocators.draw(1)
    allocators.keep_anchor()
    seen = json.loads(allocators.mark.read_bytes())
    allocators.mark.write_text(json.dumps({**seen, "seq": 5}))
    lost(allocators)
    assert allocators.reconcile(*(("--mark", str(allocators.mark)) if more else ())) == 0
    assert json.loads(allocators.mark.read_bytes()) == seen
    allocators.draw(2)


def test_a_mark_may_be_named_and_not_in_the_folder(
    allocators: Allocators, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "name a place outside it" in allocators.refuses(capsys, "--mark", str(allocators.folder / "mark"))
    (tmp_path / "none").write_text("")
    assert "could not be written" in allocators.refuses(capsys, "--mark", str(tmp_path / "none" / "mark"))
    allocators.draw(1)

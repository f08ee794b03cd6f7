"""The seat of an allocator: the machine and file it was last trusted on, and how far the file was seen to go."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Self

from placewell.randomisation.entries import Entry
from placewell.randomisation.hashing import canon
from placewell.randomisation.mark import MarkFile, MarkUnfit
from placewell.randomisation.witness import WitnessMissing

WORDS = {
    "machine": "this is another machine",
    "device": "the witness file is on another disk",
    "inode": "the witness file is another file than before",
    "boot": "the machine was started anew",
}


@dataclass(frozen=True)
class Seat:
    """Where an allocator sits: the machine's and its last start's ids, and the witness file's device and inode."""

    machine: str
    boot: str
    device: str
    inode: str

    @classmethod
    def of(cls, witness: Path, machine: str, boot: str) -> Self:
        """The seat beside a witness file; the machine's id and its start's are handed in. Raises WitnessMissing."""
        try:
            found = witness.stat()
        except FileNotFoundError as missing:
            raise WitnessMissing(f"There is no witness file {witness}.") from missing
        return cls(machine, boot, str(found.st_dev), str(found.st_ino))


class SeatRecord:
    """The seat written down when the allocator was last trusted, and the one it has now. Source: trial.md §6, Rule.

    An older witness written over the file in place leaves the seat as it is; a high-water mark, where one is handed
    in, shows it until the machine is started anew.
    """

    def __init__(self, path: Path, now: Seat, mark: MarkFile | None = None) -> None:
        self.path = path
        self.now = now
        self.mark = mark
        self._settled = False

    def differences(self) -> tuple[str, ...]:
        """In words, what is not as it was written down; nothing where the allocator still sits where it did."""
        kept = self._kept()
        if kept is None:
            return ("no record says where the allocator sat",)
        return tuple(words for name, words in WORDS.items() if getattr(kept, name) != getattr(self.now, name))

    def lost(self, first: str, entries: Sequence[Entry]) -> tuple[str, ...]:
        """In words, what the mark saw and these entries do not hold; `first` is the hash of the trial's first entry."""
        if self.mark is None:
            return ()
        seen = self.mark.read(first, self.now.boot)
        if seen is None:
            kept = mark_in(self.path)
            return (f"the high-water mark {kept} is gone, or another was named",) if kept else ()
        seq, seal = seen
        if 0 <= seq < len(entries) and entries[seq].hash == seal:
            return ()
        lost = f"the witness lost entry {seq}, which the high-water mark {self.mark.path} saw"
        return (f"{lost}: an older copy was written over it",)

    def raise_mark(self, first: str, seq: int, seal: str) -> None:
        """Puts the mark at the chain's end; from the first time on it must be there. Raises MarkUnfit."""
        if self.mark is None:
            return
        if not self._settled and self.path.parent.resolve() in self.mark.path.resolve().parents:
            raise MarkUnfit(f"{self.mark.path} lies in the allocator's folder: name a place outside it for the mark.")
        self.mark.write(first, self.now.boot, seq, seal)
        if not self._settled and self.mark.lasting and mark_in(self.path) != self.mark.path:
            self.take()
        self._settled = True

    def take(self) -> None:
        """Writes down the present seat: from now on the allocator is trusted here."""
        mark = str(self.mark.path) if self.mark and self.mark.lasting else ""
        fresh = self.path.with_name(f"{self.path.name}.new")
        with fresh.open("wb") as file:
            file.write(canon({**asdict(self.now), "mark": mark}))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.path)
        folder = os.open(self.path.parent, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def _kept(self) -> Seat | None:
        data = _data(self.path)
        try:
            return Seat(**{each.name: str(data[each.name]) for each in fields(Seat)})  # type: ignore[index]
        except (KeyError, TypeError):
            return None  # a record that cannot be read vouches for nothing


def mark_in(seat: Path) -> Path | None:
    """The high-water mark that must be there until the machine is started anew; None where none was set."""
    data = _data(seat)
    kept = data.get("mark") if isinstance(data, dict) else None
    return Path(kept) if kept and isinstance(kept, str) else None


def _data(seat: Path) -> object:
    try:
        return json.loads(seat.read_bytes())
    except (OSError, ValueError):
        return None

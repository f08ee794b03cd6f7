"""The seat of an allocator: the machine and file it was last trusted on, and whether it still sits there."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Self

from placewell.randomisation.hashing import canon
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
    """The seat written down when the allocator was last trusted, and the one it has now. Source: trial.md §6, Rule."""

    def __init__(self, path: Path, now: Seat) -> None:
        self.path = path
        self.now = now

    def differences(self) -> tuple[str, ...]:
        """In words, what is not as it was written down; nothing where the allocator still sits where it did."""
        kept = self._kept()
        if kept is None:
            return ("no record says where the allocator sat",)
        return tuple(words for name, words in WORDS.items() if getattr(kept, name) != getattr(self.now, name))

    def take(self) -> None:
        """Writes down the present seat: from now on the allocator is trusted here."""
        fresh = self.path.with_name(f"{self.path.name}.new")
        with fresh.open("wb") as file:
            file.write(canon(asdict(self.now)))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.path)
        folder = os.open(self.path.parent, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def _kept(self) -> Seat | None:
        try:
            data = json.loads(self.path.read_bytes())
            return Seat(**{each.name: str(data[each.name]) for each in fields(Seat)})
        except (OSError, ValueError, KeyError, TypeError):
            return None  # a record that cannot be read vouches for nothing

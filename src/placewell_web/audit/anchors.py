"""A file outside this machine that keeps the chain's heads: it shows a cut tail, and a chain computed anew."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

LINE = re.compile(r"([1-9]\d*) ([0-9a-f]{64})")


class Unreadable(ValueError):
    """A line of the file is no anchor."""


@dataclass(frozen=True)
class Anchor:
    """The number and hash an entry had when it was the newest."""

    sequence: int
    hash: str

    def __str__(self) -> str:
        return f"{self.sequence} {self.hash}"


def read(file: Path) -> list[Anchor]:
    """The anchors of a file, one a line; none where the file does not exist yet."""
    if not file.exists():
        return []
    found = []
    for number, line in enumerate(file.read_text(encoding="ascii", errors="replace").splitlines(), 1):
        match = LINE.fullmatch(line)
        if match is None:
            raise Unreadable(f"{file}, line {number}: an anchor is the number of an entry and its hash.")
        found.append(Anchor(int(match[1]), match[2]))
    return found


def keep(file: Path, anchor: Anchor) -> None:
    """Add an anchor at the end of the file; nothing in it is ever written over."""
    with file.open("a", encoding="ascii") as lines:
        lines.write(f"{anchor}\n")


def first_departure(anchors: Iterable[Anchor], hash_of: Callable[[int], str | None]) -> str | None:
    """The first anchor the chain no longer bears out, in words; `hash_of` gives an entry's hash or nothing."""
    for anchor in anchors:
        found = hash_of(anchor.sequence)
        if found is None:
            return f"The end of the chain was cut off: entry {anchor.sequence} is gone."
        if found != anchor.hash:
            return f"The chain was written anew: entry {anchor.sequence} has another hash than the one kept."
    return None

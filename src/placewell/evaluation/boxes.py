"""What a participant flow is made of: boxes with a total and lines, every count with its members and their reasons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import polars as pl

Phase = Literal["enrolment", "allocation", "follow_up", "analysis"]
PHASES: dict[Phase, str] = {
    "enrolment": "Enrolment",
    "allocation": "Allocation",
    "follow_up": "Follow-up",
    "analysis": "Analysis",
}


@dataclass(frozen=True)
class Line:
    """A line under a box's total: its members (columns `id`, `reason`), or a share, or a sentence and no number.

    `depth` 1 is a part of the nearest line of depth 0 above it. `share`: how many of how many. `counted`: how many,
    where the members are not told.
    """

    id: str
    label: str
    members: pl.DataFrame | None = None
    depth: int = 0
    share: tuple[int, int] | None = None
    counted: int | None = None

    @property
    def count(self) -> int | None:
        """How many people; None where the line counts nobody."""
        return self.counted if self.members is None else self.members.height

    @property
    def shown(self) -> str:
        """What stands at the end of the line: a count, a share in whole per cent, or nothing."""
        if self.share is None:
            return "" if self.count is None else f"{self.count:,}"
        part, whole = self.share
        return f"{(200 * part + whole) // (2 * whole)}%" if whole else "nobody due"


@dataclass(frozen=True)
class Box:
    """A box of the flow. `arm` is the arm's id where the box is about one arm; `pending`: it has no total yet.

    `withheld`: why the members of the box and its lines are not told, though they are counted; empty where they are.
    """

    id: str
    phase: Phase
    title: str
    members: pl.DataFrame | None
    lines: tuple[Line, ...] = ()
    arm: str | None = None
    said: str = ""
    counted: int | None = None
    withheld: str = ""

    @property
    def count(self) -> int | None:
        """How many people the box holds; None while nobody can be counted."""
        return self.counted if self.members is None else self.members.height

    @property
    def shown(self) -> str:
        """What stands beside the title."""
        return self.said if self.count is None else f"{self.count:,}"

    @property
    def pending(self) -> bool:
        """Whether the box waits for a day to come."""
        return self.count is None

    def without_members(self, why: str) -> Box:
        """The same counts with nobody behind them."""
        lines = tuple(replace(line, members=None, counted=line.count) for line in self.lines)
        return replace(self, members=None, counted=self.count, lines=lines, withheld=why)


@dataclass(frozen=True)
class Flow:
    """The participant flow as at a day: boxes in reading order, definitions in words, and everyone's place.

    `columns`: the boxes after randomisation, an arm at a time (one column without an arm in the blinded view).
    `people`: one row per person referred: `id`, `leaf` (the one place a person ends at), `reason`.
    """

    as_at: date
    lot: str | None
    arms: bool
    referred: Box
    assessed: Box
    excluded: Box
    randomised: Box
    columns: tuple[tuple[Box, ...], ...]
    people: pl.DataFrame
    notes: tuple[str, ...]
    definitions: tuple[tuple[str, str], ...]

    @property
    def boxes(self) -> tuple[Box, ...]:
        """Every box in the order it is read: enrolment, then an arm at a time."""
        return (self.referred, self.assessed, self.excluded, self.randomised, *(b for c in self.columns for b in c))

    def counts(self) -> Iterator[tuple[Box, Line | None]]:
        """Every box and then each of its lines."""
        for box in self.boxes:
            yield box, None
            yield from ((box, line) for line in box.lines)

    def members(self, box: str, line: str | None = None, arm: str | None = None) -> pl.DataFrame:
        """Who a count counts, with the reason (nobody where it is withheld); KeyError where there is no such count."""
        for found, part in self.counts():
            if (found.id, found.arm, part.id if part else None) == (box, arm, line):
                members = part.members if part else found.members
                return PEOPLE.to_frame() if members is None else members
        raise KeyError(f"the flow has no count {box} {line or ''} {arm or ''}".strip())


PEOPLE = pl.Schema({"id": pl.String, "reason": pl.String})

"""Milestones in symbols and words: met and proved, proof missing, dated, not yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from placewell.specification import Specification
from placewell_web.nhsuk.words import day

MARKS = {"proved": "met", "unproved": "missing", "due": "ring", "not_yet": "dot", "missed": "cross"}
WORDS = {
    "proved": "met, proved",
    "unproved": "met, proof missing",
    "due": "dated, not yet reached",
    "not_yet": "not yet",
    "missed": "not in work that day",
}
COLUMN_NAMES = {"job_start": "Job", "six_weeks": "6 wk", "sustained_26_weeks": "26 wk"}


class Mark(NamedTuple):
    """One milestone of one person; `counts`: it is an outcome of the contract."""

    outcome: str
    name: str
    kind: str
    state: str
    on: date | None
    reason: str
    clause: str
    band: str
    counts: bool = True

    @property
    def words(self) -> str:
        """For those who do not see the symbol."""
        said = WORDS[self.state]
        return f"{self.name}: {said}, {day(self.on)}" if self.on else f"{self.name}: {said}"


@dataclass(frozen=True)
class Ladder:
    """The milestones of a contract, in order; `columns` are those a caseload shows."""

    names: dict[str, str]
    columns: tuple[tuple[str, str], ...]
    in_contract: frozenset[str]


def ladder(spec: Specification) -> Ladder:
    """The outcomes the specification calls milestones."""
    found = [entry for entry in spec.outcomes.outcomes if entry.milestone]
    counted = [entry for entry in found if entry.in_contract]
    return Ladder(
        names={entry.id: entry.short_name or entry.name for entry in found},
        columns=tuple((entry.id, COLUMN_NAMES.get(entry.id, entry.short_name or entry.name)) for entry in counted),
        in_contract=frozenset(entry.id for entry in counted),
    )


def mark(row: dict[str, Any], steps: Ladder) -> Mark:
    """A row of `placewell.outcomes.milestones`. Reached outside the contract: in work, not an outcome of it."""
    counts = row["outcome_id"] in steps.in_contract
    kind = "ring" if row["on"] and row["state"] == "not_yet" else MARKS[row["state"]]
    if not counts and kind in ("met", "missing"):
        kind = "work"
    return Mark(
        outcome=row["outcome_id"],
        name=steps.names[row["outcome_id"]],
        kind=kind,
        state=row["state"],
        on=row["on"],
        reason=row["reason"] or "",
        clause=row["clause"] or "",
        band=row["band"] or "",
        counts=counts,
    )


def not_yet(outcome: str, steps: Ladder) -> Mark:
    return Mark(outcome, steps.names[outcome], "dot", "not_yet", None, "", "", "")

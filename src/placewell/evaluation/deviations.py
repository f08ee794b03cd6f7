"""Departures from the protocol: eligibility overridden, randomised in error, wrong stratum, corrected afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from placewell.evaluation.facts import LedgerFacts, frame_of
from placewell.specification import Specification

OVERRIDDEN, OTHER = "eligibility_overridden", "other"
LABELS = {
    OVERRIDDEN: "Eligibility decision set aside",
    "randomised_in_error": "Randomised in error",
    "wrong_stratum": "Randomised in the wrong area",
    "baseline_corrected": "Baseline corrected after randomisation",
    OTHER: "Another note",
}
NOT_LISTED = "A reason that is not in the specification"


@dataclass(frozen=True)
class Deviation:
    """One departure: whose (the trial number), when, of which kind, and the coded reason in words."""

    person: str
    on: date
    kind: str
    label: str
    reason: str


@dataclass(frozen=True)
class Deviations:
    """Every departure in order of day, and how many there are of each kind, in the order of `LABELS`."""

    found: tuple[Deviation, ...]
    counts: tuple[tuple[str, str, int], ...]
    people: int


def deviations(
    ledger: LedgerFacts, spec: Specification, as_at: date, *, overrides: pl.DataFrame | None = None
) -> Deviations:
    """Departures as at a day, from the ledger's voids and notes and the overrides handed in (`facts.SCHEMAS`).

    Nothing here says an arm. A code that is in no list is not repeated, as it could hold anything.
    Source: 002 §10.1-10.2; trial.md §5.
    """
    facts = ledger.as_at(as_at)
    reasons = {one.id: one.label for one in spec.trial.mistakes} if spec.trial else {}
    criteria = {one.id: one.not_met for one in spec.eligibility.criteria}
    given = frame_of("overrides", overrides).filter(pl.col("on") <= as_at)
    found = [
        *_coded(given.select("person", "on", "criterion"), OVERRIDDEN, criteria),
        *_coded(facts.voids, "randomised_in_error", reasons),
        *(_noted(person, on, kind, spec) for person, on, kind in facts.notes.rows()),
    ]
    found.sort(key=lambda one: (one.on, one.person, one.kind))
    counts = tuple((kind, label, sum(one.kind == kind for one in found)) for kind, label in LABELS.items())
    return Deviations(tuple(found), counts, len({one.person for one in found}))


def _coded(rows: pl.DataFrame, kind: str, labels: Mapping[str, str]) -> Iterator[Deviation]:
    """A departure for each row of person, day and code."""
    for person, on, code in rows.rows():
        yield Deviation(person, on, kind, LABELS[kind], labels.get(code, NOT_LISTED if code else "Not recorded"))


def _noted(person: str, on: date, code: str | None, spec: Specification) -> Deviation:
    """A note by its kind, or by the code of a mistake, whose kind the specification knows."""
    mistakes = {one.id: one for one in spec.trial.mistakes} if spec.trial else {}
    known = mistakes.get(code or "")
    kind = known.kind if known else code if code in LABELS else OTHER
    return Deviation(person, on, kind, LABELS[kind], known.label if known else LABELS[kind])

"""Departures from the protocol: eligibility overridden, randomised in error, wrong stratum, corrected afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from placewell.evaluation.facts import LedgerFacts
from placewell.specification import Specification

OVERRIDDEN = "eligibility_overridden"
LABELS = {
    OVERRIDDEN: "Eligibility decision set aside",
    "randomised_in_error": "Randomised in error",
    "wrong_stratum": "Randomised in the wrong area",
    "baseline_corrected": "Baseline corrected after randomisation",
}
OVERRIDES = pl.Schema({"person": pl.String, "on": pl.Date, "criterion": pl.String})
"""The columns of overrides handed in: no words, as they could name somebody."""


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
    """Departures as at a day, from the ledger's voids and notes and the overrides handed in (`OVERRIDES`).

    Nothing here says an arm. A code that is in no list is shown as it is written. Source: 002 §10.1-10.2; trial.md §5.
    """
    facts = ledger.as_at(as_at)
    reasons = {one.id: one.label for one in spec.trial.mistakes} if spec.trial else {}
    criteria = {one.id: one.not_met for one in spec.eligibility.criteria}
    given = (OVERRIDES.to_frame() if overrides is None else overrides).filter(pl.col("on") <= as_at)
    found = [
        *_coded(given.select("person", "on", "criterion"), OVERRIDDEN, criteria),
        *_coded(facts.voids, "randomised_in_error", reasons),
        *(_noted(person, on, kind, spec) for person, on, kind in facts.notes.rows()),
    ]
    found.sort(key=lambda one: (one.on, one.person, one.kind))
    kinds = [*LABELS, *sorted({one.kind for one in found} - LABELS.keys())]
    counts = tuple((kind, _label(kind), sum(one.kind == kind for one in found)) for kind in kinds)
    return Deviations(tuple(found), counts, len({one.person for one in found}))


def _coded(rows: pl.DataFrame, kind: str, labels: Mapping[str, str]) -> Iterator[Deviation]:
    """A departure for each row of person, day and code."""
    for person, on, code in rows.rows():
        written = (code or "not recorded").replace("_", " ")
        yield Deviation(person, on, kind, _label(kind), labels.get(code, written))


def _noted(person: str, on: date, code: str | None, spec: Specification) -> Deviation:
    """A note by its kind, or by the code of a mistake, whose kind the specification knows."""
    mistakes = {one.id: one for one in spec.trial.mistakes} if spec.trial else {}
    known = mistakes.get(code or "")
    kind = known.kind if known else code or "note"
    return Deviation(person, on, kind, _label(kind), known.label if known else _label(kind))


def _label(kind: str) -> str:
    return LABELS.get(kind, kind.replace("_", " ").capitalize())

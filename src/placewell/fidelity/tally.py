"""What a member table comes to: a share, a median, a count, or a rate; nothing else is looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import polars as pl

from placewell.fidelity.members import COUNTED, NOT_COUNTED, SCHEMA

PER_CENT = 100


@dataclass(frozen=True)
class Line:
    """The same for one specialist; `specialist_id` is None for members that name nobody."""

    specialist_id: str | None
    numerator: Fraction | None
    denominator: Fraction
    value: Fraction | None


@dataclass(frozen=True)
class Tally:
    """A member table and its number. `value` is None when nothing can be said, and `missing` says what is lacking.

    `mean` stands beside a median. `lines`: the same number for each specialist, in order of id.
    """

    members: pl.DataFrame
    numerator: Fraction | None
    denominator: Fraction | None
    value: Fraction | None
    lines: tuple[Line, ...] = ()
    mean: Fraction | None = None
    missing: str = ""


def not_known(missing: str) -> Tally:
    """The data set cannot tell: `missing` is a sentence that says what it lacks."""
    return Tally(SCHEMA.to_frame(), None, None, None, missing=missing)


def share(members: pl.DataFrame, empty: str, weighted: bool = False) -> Tally:
    """Counted in per cent of counted and not counted, each member once or, `weighted`, by its value."""
    counted = pl.col("status") == COUNTED
    amount = pl.col("value")
    sums = (amount.filter(counted).sum(), amount.sum()) if weighted else (counted.sum(), pl.len())
    parts = _by_specialist(members, *sums, decided=True)
    numerator = Fraction(sum(one for one, _ in parts.values()))
    denominator = Fraction(sum(all_ for _, all_ in parts.values()))
    lines = tuple(Line(id, Fraction(one), Fraction(all_), _per_cent(one, all_)) for id, (one, all_) in parts.items())
    value = _per_cent(numerator, denominator)
    return Tally(members, numerator, denominator, value, lines, missing="" if denominator else empty)


def median(members: pl.DataFrame, empty: str) -> Tally:
    """The median of the values counted, with the mean beside it; the denominator is how many it rests on."""
    counted = members.filter(pl.col("status") == COUNTED)
    if counted.is_empty():
        return Tally(members, None, Fraction(0), None, missing=empty)
    parts = _by_specialist(counted, pl.col("value").median(), pl.len(), decided=True)
    lines = tuple(Line(id, None, Fraction(all_), Fraction(middle)) for id, (middle, all_) in parts.items())
    mean = Fraction(int(counted["value"].sum()), counted.height)
    middle = Fraction(counted["value"].median())  # type: ignore[arg-type]  # whole days: exact in halves
    return Tally(members, None, Fraction(counted.height), middle, lines, mean)


def rate(members: pl.DataFrame, exposure: Mapping[str, Fraction], empty: str) -> Tally:
    """How many are counted for each unit of `exposure`, which is given by specialist (full time, weeks in post)."""
    parts = _by_specialist(members, (pl.col("status") == COUNTED).sum(), pl.len(), decided=False)
    counted = Fraction(sum(one for one, _ in parts.values()))
    whole = sum(exposure.values(), Fraction(0))
    lines = tuple(
        Line(id, Fraction(parts.get(id, (0, 0))[0]), amount, _ratio(parts.get(id, (0, 0))[0], amount))
        for id, amount in sorted(exposure.items())
    )
    return Tally(members, counted, whole, _ratio(counted, whole), lines, missing="" if whole else empty)


def count(members: pl.DataFrame) -> Tally:
    """How many are counted."""
    parts = _by_specialist(members, (pl.col("status") == COUNTED).sum(), pl.len(), decided=False)
    number = Fraction(sum(one for one, _ in parts.values()))
    lines = tuple(Line(id, Fraction(one), Fraction(all_), Fraction(one)) for id, (one, all_) in parts.items())
    return Tally(members, number, None, number, lines)


def _by_specialist(
    members: pl.DataFrame, first: pl.Expr, second: pl.Expr, decided: bool
) -> dict[str | None, tuple[float, int]]:
    """Two numbers for each specialist; `decided`: of the members counted or not counted alone."""
    chosen = members.filter(pl.col("status").is_in([COUNTED, NOT_COUNTED])) if decided else members
    grouped = chosen.group_by("specialist_id").agg(first.alias("first"), second.alias("second"))
    return {id: (one, all_) for id, one, all_ in grouped.sort("specialist_id", nulls_last=True).iter_rows()}


def _per_cent(part: float | Fraction, whole: float | Fraction) -> Fraction | None:
    ratio = _ratio(part, whole)
    return None if ratio is None else PER_CENT * ratio


def _ratio(part: float | Fraction, whole: float | Fraction) -> Fraction | None:
    return Fraction(part) / Fraction(whole) if whole else None

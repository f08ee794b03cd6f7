"""Targets: what a figure is to reach by the end of a period, and whether it has."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from placewell.periods import Period, months_between, quarter_of, year_of
from placewell.specification.indicators import Indicator, Target

CUMULATIVE = ("year", "trajectory")
"""Bases of a target that is compared with everything counted since the contract year began."""

QUARTERS = 4
MONTHS_IN_A_QUARTER = 3


@dataclass(frozen=True)
class Aim:
    """A target as at a period's end, and the state of the figure: met, behind, breached, no_target or not_due."""

    target: int | float | None
    status: str


def year_to_date(period: Period, first_quarter_starts: date) -> Period:
    """From the start of the contract year that holds the period's last day to the period's end."""
    year = year_of(period.last_day, first_quarter_starts)
    return Period(f"{year.label} to {period.label}", year.start, period.end)


def due_by(target: Target, period: Period, as_at: date, first_quarter_starts: date) -> int | float | None:
    """The number to reach by the period's end, or by the as-at day if that is earlier.

    Of a year's count the share of the quarters gone, rounded up; of a trajectory the sum of the year's quarters gone,
    rounded up, and none where it has no quarter for it. Source: semantics.md §5; X36; 003 calculator.
    """
    if target.basis not in CUMULATIVE:
        return _number(Fraction(target.amount or 0))
    year = year_of(period.last_day, first_quarter_starts)
    gone = _quarters_gone(year, period, as_at)
    if target.basis == "year":
        return math.ceil(Fraction(target.amount or 0) * gone / QUARTERS)
    before = months_between(first_quarter_starts, year.start) // MONTHS_IN_A_QUARTER
    planned = target.quarters[before : before + gone]
    is_planned = before < len(target.quarters) and len(planned) == gone
    return math.ceil(sum(map(Fraction, planned))) if is_planned else None


def quarters_until(period: Period, first_quarter_starts: date) -> int:
    """How many quarters a trajectory must have to be judged at the period's end; none before the contract."""
    if period.last_day < first_quarter_starts:
        return 0
    year = year_of(period.last_day, first_quarter_starts)
    before = months_between(first_quarter_starts, year.start) // MONTHS_IN_A_QUARTER
    return before + max(1, _quarters_gone(year, period, period.last_day))


def of_contract(indicator: Indicator, lot: str | None, lots: int) -> Target | None:
    """The contract's target of a figure of one lot, or of the whole service (no lot), which has so many lots.

    One lot is not held to a count that all are to reach together; a target of one lot is for that lot alone.
    """
    target = indicator.target
    if target is None or lots == 1 or target.local:  # goals of the provider are for the lot already
        return target
    if target.lot is not None:
        return target if target.lot == lot else None
    return None if lot is not None and indicator.measure == "count" else target


def judge(
    target: Target | None, reached: int | float | None, period: Period, as_at: date, first_quarter_starts: date
) -> Aim:
    """Compare what was reached with the target.

    Short of it, a figure is `behind` while the year runs, and `breached` once the year (for a quarterly target: a
    quarter that the period holds whole) has ended and is due; a forecast promises nothing and is never breached.
    `not_due`: there is nothing yet to compare.
    Source: semantics.md §5; 004 §8.
    """
    aim = None if target is None else due_by(target, period, as_at, first_quarter_starts)
    if target is None or aim is None:
        return Aim(None, "no_target")
    if reached is None or _is_nothing_due(target, aim, period, as_at, first_quarter_starts):
        return Aim(aim, "not_due")
    if reached <= aim if target.at_most else reached >= aim:
        return Aim(aim, "met")
    return Aim(aim, "breached" if _is_breach(target, period, as_at, first_quarter_starts) else "behind")


def _quarters_gone(year: Period, period: Period, as_at: date) -> int:
    """How many of the year's quarters have ended within the period and by the as-at day."""
    until = min(period.end, as_at + timedelta(days=1))
    return 0 if until < year.start else min(QUARTERS, months_between(year.start, until) // MONTHS_IN_A_QUARTER)


def _is_nothing_due(target: Target, aim: int | float, period: Period, as_at: date, first_quarter_starts: date) -> bool:
    """Whether nothing is to be reached yet; that nothing may be reached at most is a line, once a quarter has gone."""
    if target.basis not in CUMULATIVE or aim != 0:
        return False
    year = year_of(period.last_day, first_quarter_starts)
    return not target.at_most or _quarters_gone(year, period, as_at) == 0


def _is_breach(target: Target, period: Period, as_at: date, first_quarter_starts: date) -> bool:
    """Whether the contract promised it, and the quarter or year it is judged by ends with the period and has come."""
    if as_at < period.last_day or target.kind == "forecast":
        return False
    if target.basis == "quarter" or target.judged == "quarter":
        quarter = quarter_of(period.last_day, first_quarter_starts)
        return period.start <= quarter.start and period.end == quarter.end
    return period.end == year_of(period.last_day, first_quarter_starts).end


def _number(exact: Fraction) -> int | float:
    return exact.numerator if exact.denominator == 1 else float(exact)

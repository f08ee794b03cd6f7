"""Targets: what a figure is to reach by the end of a period, and whether it has."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from placewell.periods import Period, months_between, year_of
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


def due_by(target: Target, period: Period, first_quarter_starts: date) -> int | float | None:
    """The number to reach by the period's end; none where a trajectory has no quarter for it.

    Of a year's count the share of the quarters gone, rounded up; of a trajectory the sum of the year's quarters gone,
    rounded up. Source: semantics.md §5; X36; 003 calculator.
    """
    if target.basis not in CUMULATIVE:
        return _number(Fraction(target.amount or 0))
    year = year_of(period.last_day, first_quarter_starts)
    quarters_gone = min(QUARTERS, months_between(year.start, period.end) // MONTHS_IN_A_QUARTER)
    if target.basis == "year":
        return math.ceil(Fraction(target.amount or 0) * quarters_gone / QUARTERS)
    before = months_between(first_quarter_starts, year.start) // MONTHS_IN_A_QUARTER
    planned = target.quarters[before : before + quarters_gone]
    return math.ceil(sum(map(Fraction, planned))) if len(planned) == quarters_gone else None


def of_contract(indicator: Indicator, lot: str | None, lots: int) -> Target | None:
    """The contract's target of a figure of one lot, or of the whole service (no lot), which has so many lots.

    One lot is not held to a count that all are to reach together; a target of one lot is for that lot alone.
    """
    target = indicator.target
    if target is None or lots == 1:
        return target
    if target.lot is not None:
        return target if target.lot == lot else None
    return None if lot is not None and indicator.measure == "count" else target


def judge(
    target: Target | None, reached: int | float | None, period: Period, as_at: date, first_quarter_starts: date
) -> Aim:
    """Compare what was reached with the target.

    Short of it, a figure is `behind` while the year runs, and `breached` once the year (for a quarterly target: the
    quarter) has ended and is due. `not_due`: there is nothing yet to compare. Source: semantics.md §5; 004 §8.
    """
    aim = None if target is None else due_by(target, period, first_quarter_starts)
    if target is None or aim is None:
        return Aim(None, "no_target")
    if reached is None:
        return Aim(aim, "not_due")
    if reached <= aim if target.at_most else reached >= aim:
        return Aim(aim, "met")
    by_quarter = target.basis == "quarter" or target.judged == "quarter"
    closes = period if by_quarter else year_of(period.last_day, first_quarter_starts)
    ended = period.end >= closes.end and as_at >= closes.last_day
    return Aim(aim, "breached" if ended else "behind")


def _number(exact: Fraction) -> int | float:
    return exact.numerator if exact.denominator == 1 else float(exact)

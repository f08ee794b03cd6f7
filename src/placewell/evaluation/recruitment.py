"""Recruitment against its plan: people randomised by lot and month, how many were to be by then, and a forecast."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

import polars as pl

from placewell.dataset import Dataset
from placewell.evaluation.facts import LedgerFacts
from placewell.evaluation.randomised import once, randomised
from placewell.evaluation.trial import trial_of
from placewell.periods import add_months, in_words
from placewell.specification import Specification
from placewell.specification.trial import TrialFile

PACE_MONTHS = 3


@dataclass(frozen=True)
class MonthLine:
    """A month of recruitment: `day` its first day in the trial; people by lot; how many so far, and by plan."""

    day: date
    label: str
    by_lot: Mapping[str, int]
    count: int
    cumulative: int
    planned: int
    whole: bool


@dataclass(frozen=True)
class LotLine:
    """A lot: how many, its share of the plan, and how many were to be there by the day."""

    lot: str
    name: str
    count: int
    planned: int
    planned_by_now: int


@dataclass(frozen=True)
class Forecast:
    """What follows from the pace of the last full months: people a month, and either the day or the shortfall.

    `met_on`: the day by which the plan is met at that pace, or was met; None where it will not be while the trial is
    open. `expected`: how many there will be when it closes. None as `pace`: no full month has passed.
    """

    pace: Fraction | None
    months: int
    met_on: date | None
    expected: int | None
    shortfall: int | None


@dataclass(frozen=True)
class Recruitment:
    """Everything a page of recruitment shows, for all lots or one."""

    as_at: date
    count: int
    planned: int
    planned_by_now: int
    months: tuple[MonthLine, ...]
    lots: tuple[LotLine, ...]
    forecast: Forecast
    open: bool

    @property
    def share(self) -> float:
        """The share of the plan that is reached, 0 to 1 or more."""
        return self.count / self.planned if self.planned else 0.0


def recruitment(
    tables: Dataset,
    spec: Specification,
    ledger: LedgerFacts,
    as_at: date,
    *,
    lot: str | None = None,
    plan: Mapping[str, int] | None = None,
) -> Recruitment:
    """Recruitment as at a day. `plan`: people planned for each lot; without one the plan is spread evenly over them.

    A person randomised twice is counted once, by the first allocation, as in the flow. By plan the same number is
    randomised on each day from the trial's first to its last. The forecast takes the pace of the last three full
    months, of fewer in the first three. Raises ValueError for a service without a trial.
    Source: 002 §11.1 (5,300 from October 2017 to March 2019); issue 4.
    """
    trial = trial_of(spec)
    everyone = once(randomised(tables, ledger, as_at))
    people = everyone if lot is None else everyone.filter(pl.col("lot") == lot)
    by_lot = dict(plan or even_plan([one.code for one in spec.service.lots], trial.planned_participants))
    planned = sum(by_lot.values()) if lot is None else by_lot.get(lot, 0)
    months = _months(people, [one.code for one in spec.service.lots], trial, as_at, planned)
    days = people["allocated_on"].to_list()
    return Recruitment(
        as_at=as_at,
        count=people.height,
        planned=planned,
        planned_by_now=_planned_by(as_at, planned, trial),
        months=months,
        lots=tuple(
            LotLine(
                one.code,
                one.name,
                people.filter(pl.col("lot") == one.code).height,
                by_lot.get(one.code, 0),
                _planned_by(as_at, by_lot.get(one.code, 0), trial),
            )
            for one in spec.service.lots
            if lot in (None, one.code)
        ),
        forecast=forecast(sorted(days), planned, trial, as_at),
        open=as_at <= trial.closes_at.date(),
    )


def even_plan(lots: list[str], planned: int) -> dict[str, int]:
    """A plan spread evenly over lots; what does not divide goes to the first of them, one each."""
    each, over = divmod(planned, len(lots))
    return {lot: each + (number < over) for number, lot in enumerate(lots)}


def forecast(days: list[date], planned: int, trial: TrialFile, as_at: date) -> Forecast:
    """The forecast from the days of randomisation in order: see `Forecast`."""
    closes = trial.closes_at.date()
    met = days[planned - 1] if 0 < planned <= len(days) else None
    first = date(as_at.year, as_at.month, 1)
    last_month = min(first, add_months(date(closes.year, closes.month, 1), 1))
    starts = [add_months(last_month, -back) for back in range(1, PACE_MONTHS + 1)]
    full = [start for start in starts if start >= trial.opens_on]
    if as_at > closes:
        return Forecast(None, 0, met, len(days), max(0, planned - len(days)))
    if not full:
        return Forecast(None, 0, met, None, None)
    counted = sum(min(full) <= day < last_month for day in days)
    span = (last_month - min(full)).days
    left = (closes - as_at).days
    expected = len(days) + counted * left // span
    pace = Fraction(counted, len(full))
    if met is None and counted and expected >= planned:
        met = as_at + timedelta(days=ceil(Fraction((planned - len(days)) * span, counted)))
    return Forecast(pace, len(full), met, expected, max(0, planned - expected))


def _months(
    people: pl.DataFrame, lots: list[str], trial: TrialFile, as_at: date, planned: int
) -> tuple[MonthLine, ...]:
    month = pl.col("allocated_on").dt.truncate("1mo")
    counted = people.group_by(month.alias("month"), "lot").len()
    found = {(start, lot): count for start, lot, count in counted.rows()}
    last = min(as_at, max([trial.closes_at.date(), *people["allocated_on"].to_list()]))
    start = date(trial.opens_on.year, trial.opens_on.month, 1)
    lines: list[MonthLine] = []
    so_far = 0
    while start <= last:
        after = add_months(start, 1)
        by_lot = {lot: found.get((start, lot), 0) for lot in lots}
        count = sum(number for (when, _), number in found.items() if when == start)
        so_far += count
        end = after - timedelta(days=1)
        by_plan = _planned_by(min(as_at, end), planned, trial)
        lines.append(MonthLine(start, f"{start:%B %Y}", by_lot, count, so_far, by_plan, whole=end <= as_at))
        start = after
    return tuple(lines)


def _planned_by(day: date, planned: int, trial: TrialFile) -> int:
    """How many were to be randomised by the end of a day, rounded to the nearest, halves up."""
    closes = trial.closes_at.date()
    whole = (closes - trial.opens_on).days + 1
    passed = min(whole, max(0, (day - trial.opens_on).days + 1))
    return (2 * planned * passed + whole) // (2 * whole)


def recruitment_words(found: Recruitment, trial: TrialFile) -> str:
    """Recruitment in two or three sentences, as the head of a page says it."""
    closes = trial.closes_at.date()
    until = in_words(min(found.as_at, closes))
    people = "1 person was" if found.count == 1 else f"{found.count:,} people were"
    opening = (
        f"{people} randomised between {trial.opens_on:%B %Y} and {until}, "
        f"{found.share:.0%} of the {found.planned:,} planned."
    )
    return f"{opening} {_outlook(found, closes)}"


def _outlook(found: Recruitment, closes: date) -> str:
    ahead = found.forecast
    if not found.open:
        short = f" {ahead.shortfall:,} short of the plan." if ahead.shortfall else " The plan was met."
        return f"Recruitment is closed.{short}"
    if found.count >= found.planned and ahead.met_on:
        return f"The plan was met on {in_words(ahead.met_on)}."
    if ahead.pace is None:
        return "No full month has passed, so there is no forecast yet."
    span = "the last full month" if ahead.months == 1 else f"the last {ahead.months} full months"
    monthly = f"{float(ahead.pace):,.0f}" if ahead.pace >= 1 or not ahead.pace else "fewer than 1"
    pace = f"At the pace of {span}, {monthly} a month,"
    if ahead.met_on:
        return f"{pace} the plan is met on {in_words(ahead.met_on)}."
    return f"{pace} {ahead.shortfall:,} will be missing when recruitment closes on {in_words(closes)}."

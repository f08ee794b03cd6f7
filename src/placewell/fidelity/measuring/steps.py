"""The steps of support around a job start as stretches of days: before it, just after it, by week, by month."""

from __future__ import annotations

import polars as pl

from placewell.fidelity.measures import DAYS_IN_A_WEEK, Schedule

BEFORE, AFTER = "Before the start", "After the start"
WEEKS_IN_A_MONTH = 4
"""Whole weeks that every month holds: a fifth would run into the next one."""


def steps(starts: pl.LazyFrame, schedule: Schedule) -> pl.LazyFrame:
    """Each job start once for each step: step (its name), number (0 lies before the start), first and last day of step.

    Before: the `before_days` that end on the day before the start. After: the first day and the `after_days` after it.
    Weekly: seven days each from the first day on, four to a month. Monthly: from the day that ends the weeks, each to
    the day before the same day of the next month. Source: 002 App. 7 Sv 12; domain-facts.md §1.2 item 23.
    """
    parts = [starts.with_columns(*step) for step in _steps(schedule)]
    return pl.concat(parts)


def _steps(schedule: Schedule) -> list[tuple[pl.Expr, ...]]:
    found = []
    if schedule.before_days is not None:
        found.append(_step(BEFORE, 0, _later(f"-{schedule.before_days}d"), _later("-1d")))
    if schedule.after_days is not None:
        found.append(_step(AFTER, 1, _later("0d"), _later(f"{schedule.after_days}d")))
    weeks = WEEKS_IN_A_MONTH * (schedule.weekly_months or 0)
    for week in range(weeks):
        first = DAYS_IN_A_WEEK * week
        found.append(_step(f"Week {week + 1}", 2 + week, _later(f"{first}d"), _later(f"{first + DAYS_IN_A_WEEK - 1}d")))
    for month in range(schedule.weekly_months or 0, schedule.monthly_months or 0):
        last = _later(f"{month + 1}mo").dt.offset_by("-1d")
        found.append(_step(f"Month {month + 1}", 2 + weeks + month, _later(f"{month}mo"), last))
    return found


def _later(span: str) -> pl.Expr:
    return pl.col("job_start_on").dt.offset_by(span)


def _step(name: str, number: int, first: pl.Expr, last: pl.Expr) -> tuple[pl.Expr, ...]:
    return (
        pl.lit(name).alias("step"),
        pl.lit(number).alias("number"),
        first.alias("first_day_of_step"),
        last.alias("last_day_of_step"),
    )

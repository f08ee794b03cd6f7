"""Days in work by interval arithmetic: the n-th day in work, and who is in work on a day. Never a row per day."""

from __future__ import annotations

import polars as pl

from placewell.outcomes.facts import ROW, Facts
from placewell.specification.outcomes import StillInWork, WeeksInWork

DAYS_IN_A_WEEK = 7


def day_number(column: str) -> pl.Expr:
    """A date as a number of days."""
    return pl.col(column).cast(pl.Int32)


def segments(starts: pl.LazyFrame) -> pl.LazyFrame:
    """What each job adds to the days in work, so that a day covered by several jobs counts once.

    Per job start: `from_day` (the first day it adds), `last`, `adds` (days, 0 when covered already), `before` (days in
    work before it) and `gap` (days out of work just before it). Source: semantics.md §3 (days in work).
    """
    first, last = day_number("job_start_on"), day_number("last_day")
    reached = last.cum_max().shift(1).over(ROW)
    from_day = pl.max_horizontal(first, reached + 1)
    adds = pl.max_horizontal(pl.lit(0, pl.Int32), last - from_day + 1)
    return starts.select(
        ROW, from_day.alias("from_day"), last.alias("last"), adds.alias("adds"), (first - reached - 1).alias("gap")
    ).with_columns((pl.col("adds").cum_sum().over(ROW) - pl.col("adds")).alias("before"))


def days_so_far(pieces: pl.LazyFrame) -> pl.LazyFrame:
    """Per row: days in work by the as-at day, and the last of them."""
    worked = pl.col("adds") > 0
    return pieces.group_by(ROW).agg(
        pl.col("adds").sum().alias("days_in_work"),
        pl.col("last").filter(worked).max().cast(pl.Date).alias("last_day_in_work"),
    )


def nth_day(pieces: pl.LazyFrame, n: int, name: str) -> pl.LazyFrame:
    """Per row: the day on which the days in work reach n (rows that have not reached it are left out).

    Source: 002 Fig. 2, App. 6 (6 weeks, any number of jobs); X7.
    """
    reaches = (pl.col("before") < n) & (pl.col("before") + pl.col("adds") >= n)
    day = (pl.col("from_day") + (n - 1) - pl.col("before")).cast(pl.Date)
    return pieces.filter(reaches).select(ROW, day.alias(name))


def nth_unbroken_day(pieces: pl.LazyFrame, outcome: WeeksInWork) -> pl.LazyFrame:
    """Per row: the day on which the days of one stretch of work reach 7 × weeks, and where that stretch began.

    A stretch goes on over at most `max_gap_days` out of work, which are not days in work. Columns `<id>_on` and
    `<id>_from` (null until it is reached), `<id>_so_far` (days in work of the last stretch). Source: 002 App. 6; X7.
    """
    n = outcome.weeks * DAYS_IN_A_WEEK
    begins_anew = (pl.col("gap") > outcome.max_gap_days).fill_null(False)
    worked = pieces.filter(pl.col("adds") > 0).with_columns(begins_anew.cum_sum().over(ROW).alias("stretch"))
    stretches = worked.with_columns(
        (pl.col("before") - pl.col("before").first().over(ROW, "stretch")).alias("before"),
        pl.col("from_day").first().over(ROW, "stretch").alias("begun"),
    )
    reached = (pl.col("before") < n) & (pl.col("before") + pl.col("adds") >= n)
    day = (pl.col("from_day") + (n - 1) - pl.col("before")).filter(reached).first()
    is_last = pl.col("stretch") == pl.col("stretch").max()
    return stretches.group_by(ROW, maintain_order=True).agg(
        day.cast(pl.Date).alias(f"{outcome.id}_on"),
        pl.col("begun").filter(reached).first().cast(pl.Date).alias(f"{outcome.id}_from"),
        pl.col("adds").filter(is_last).sum().alias(so_far(outcome)),
    )


def so_far(outcome: WeeksInWork) -> str:
    """The column that holds the days in work that an outcome has so far."""
    return "days_in_work" if outcome.max_gap_days is None else f"{outcome.id}_so_far"


def milestone_day(outcome: StillInWork) -> pl.Expr:
    """First job start + 7 × weeks, or + so many calendar months (31 August and 6 months: the last of February)."""
    first = pl.col("first_job_on")
    if outcome.months is not None:
        return first.dt.offset_by(f"{outcome.months}mo")
    return first + pl.duration(days=DAYS_IN_A_WEEK * outcome.weeks)


def in_work_on(facts: Facts, starts: pl.LazyFrame, milestones: pl.LazyFrame, outcome: StillInWork) -> pl.LazyFrame:
    """Per row whose milestone is due: whether a counted job covers that day (and no gap before it was too long).

    Source: 002 App. 6 (still in paid employment 26 weeks after job entry); X8.
    """
    name = f"{outcome.id}_on"
    due = milestones.filter(pl.col(name) <= facts.as_at)
    covered = ((pl.col("job_start_on") <= pl.col(name)) & (pl.col("last_day") >= pl.col(name))).any()
    met = starts.join(due, on=ROW).group_by(ROW).agg(covered.alias(f"{outcome.id}_met"))
    if outcome.max_gap_days is None:
        return met
    too_long = (
        segments(starts)
        .join(due, on=ROW)
        .filter(
            (pl.col("gap") > outcome.max_gap_days) & (pl.col("from_day") <= day_number(name)) & (pl.col("adds") > 0)
        )
    )
    broken = too_long.select(ROW, pl.lit(True).alias("broken")).unique(ROW)
    met_without_break = pl.col(f"{outcome.id}_met") & pl.col("broken").is_null()
    return met.join(broken, on=ROW, how="left").select(ROW, met_without_break.alias(f"{outcome.id}_met"))

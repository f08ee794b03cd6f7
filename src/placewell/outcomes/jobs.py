"""Job starts: which jobs count, from which day, and which of an episode's is its first."""

from __future__ import annotations

import polars as pl

from placewell.outcomes.facts import ROW, Facts
from placewell.specification.outcomes import HoursBands, JobStart

HOUR = 10_000
"""Hours are whole ten-thousandths: in floating point 15.2 + 0.8 is less than 16."""

JOB_COLUMNS = ("started_on", "first_day_worked_on", "ended_on", "contract_hours", "paid_hours_to_date", "competitive")
ATTRIBUTES = ("occupation", "industry", "self_employed", "hourly_wage")


def units(column: str) -> pl.Expr:
    """A decimal column in whole ten-thousandths."""
    return (pl.col(column) * HOUR).cast(pl.Int64)


def job_starts(facts: Facts) -> pl.LazyFrame:
    """One row per job start, in order of row, day, job_id: the jobs that count for their episode.

    A job counts when it is recorded as competitive and its day is on or after programme entry; wage and contract
    type are not looked at. Columns: row, job_id, job_start_on, last_day (the as-at day while it lasts),
    contract_units, the attributes. Source: 002 App. 6, App. 7 Sv 10; semantics.md §3.
    """
    day = _start_day(facts).alias("job_start_on")
    return (
        facts.of_episodes("jobs", "job_id", *JOB_COLUMNS, *ATTRIBUTES)
        .filter(pl.col("competitive").fill_null(False))
        .with_columns(day, units("contract_hours").alias("contract_units"))
        .filter(pl.col("job_start_on") >= pl.col("entered_on"))
        .with_columns(pl.col("ended_on").fill_null(facts.as_at).alias("last_day"))
        .select(ROW, "job_id", "job_start_on", "last_day", "ended_on", "contract_units", *ATTRIBUTES)
        .sort(ROW, "job_start_on", "job_id")
    )


def _start_day(facts: Facts) -> pl.Expr:
    """The first day worked; where the service says so, a job (a part-time one) counts by the hours paid so far.

    Source: semantics.md §3 (job start); X4, X6.
    """
    rules = [outcome for outcome in facts.rules.outcomes if isinstance(outcome, JobStart)]
    first_day, rule = pl.col("first_day_worked_on"), rules[0] if rules else None
    if rule and rule.paid_hours:
        return pl.when(_paid(rule.paid_hours)).then(pl.coalesce(first_day, "started_on"))
    if rule is None or rule.part_time_paid_hours is None:
        return first_day
    part_time = in_lower_band(facts.rules.hours, units("contract_hours"), 1)
    if rule.part_time_below:
        part_time = units("contract_hours") < rule.part_time_below * HOUR
    by_hours = first_day.is_null() & part_time.fill_null(False) & _paid(rule.part_time_paid_hours)
    return pl.when(by_hours).then(pl.col("started_on")).otherwise(first_day)


def _paid(hours: int) -> pl.Expr:
    return (units("paid_hours_to_date") >= hours * HOUR).fill_null(False)


def in_lower_band(hours: HoursBands, total_units: pl.Expr, days: int | pl.Expr) -> pl.Expr:
    """Whether weekly hours, summed over `days`, average to the lower band. Source: 002 App. 6; X5."""
    boundary = pl.lit(hours.boundary * HOUR) * days
    return total_units <= boundary if hours.boundary_belongs_to == "lower" else total_units < boundary


def band(hours: HoursBands, total_units: pl.Expr, days: int | pl.Expr) -> pl.Expr:
    """The band of weekly hours summed over `days`; `unknown` where they are not known."""
    apart = hours.boundary_belongs_to == "own"
    return (
        pl.when(total_units.is_null())
        .then(pl.lit("unknown"))
        .when(pl.lit(apart) & (total_units == pl.lit(hours.boundary * HOUR) * days))
        .then(pl.lit(hours.own))
        .when(in_lower_band(hours, total_units, days))
        .then(pl.lit(hours.lower))
        .otherwise(pl.lit(hours.upper))
    )


def on_boundary(hours: HoursBands, total_units: pl.Expr, days: int | pl.Expr) -> pl.Expr:
    """Whether weekly hours, summed over `days`, average exactly the boundary between the bands. Source: X5."""
    return (total_units == pl.lit(hours.boundary * HOUR) * days).fill_null(False)


def first_jobs(facts: Facts, starts: pl.LazyFrame) -> pl.LazyFrame:
    """Per row: the episode's first job start, the band of its contract hours, and its attributes."""
    hours = pl.col("contract_units")
    return starts.unique(ROW, keep="first", maintain_order=True).select(
        ROW,
        pl.col("job_id").alias("first_job_id"),
        pl.col("job_start_on").alias("first_job_on"),
        band(facts.rules.hours, hours, 1).alias("first_job_band"),
        on_boundary(facts.rules.hours, hours, 1).alias("first_job_exact"),
        hours.alias("first_job_units"),
        *(pl.col(name).alias(f"first_job_{name}") for name in ATTRIBUTES),
    )

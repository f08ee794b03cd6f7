"""Weekly hours averaged over windows of days: contract hours, spells that override them, simultaneous jobs added."""

from __future__ import annotations

import polars as pl

from placewell.outcomes.days_in_work import day_number
from placewell.outcomes.facts import ROW, Facts
from placewell.outcomes.jobs import units


def windows_total(facts: Facts, starts: pl.LazyFrame, windows: pl.LazyFrame) -> pl.LazyFrame:
    """Sum the weekly hours over the days of each window.

    `windows`: row, window (a name), from_on, to_on (both days included). Answers row, window and `units` (weekly hours
    in ten-thousandths, added up over the window's days; a day out of work adds 0; null when one day's are not known).
    A spell of `job_hours` holds for its days, `contract_hours` for the others. Source: semantics.md §3 (bands).
    """
    spells = _spells(facts, starts)
    by_contract = starts.join(windows, on=ROW).select(
        "job_id",
        ROW,
        "window",
        _days(("job_start_on", "from_on"), ("last_day", "to_on")).alias("days"),
        "contract_units",
    )
    by_spell = (
        spells.join(windows, on=ROW)
        .with_columns(_days(("spell_from", "from_on"), ("spell_to", "to_on")).alias("days"))
        .filter(pl.col("days") > 0)
        .group_by("job_id", "window")
        .agg(
            pl.col("days").sum().alias("spell_days"),
            (pl.col("days") * pl.col("weekly_units")).sum().alias("spell_units"),
            pl.col("weekly_units").is_null().any().alias("spell_unknown"),
        )
    )
    return (
        by_contract.filter(pl.col("days") > 0)
        .join(by_spell, on=["job_id", "window"], how="left")
        .with_columns((pl.col("days") - pl.col("spell_days").fill_null(0)).alias("contract_days"))
        .group_by(ROW, "window")
        .agg(
            (pl.col("contract_days") * pl.col("contract_units")).sum().alias("by_contract"),
            pl.col("spell_units").sum().alias("by_spell"),
            _unknown().any().alias("is_unknown"),
        )
        .select(
            ROW,
            "window",
            pl.when(~pl.col("is_unknown")).then(pl.col("by_contract") + pl.col("by_spell")).alias("units"),
        )
    )


def _unknown() -> pl.Expr:
    contract_unknown = (pl.col("contract_days") > 0) & pl.col("contract_units").is_null()
    return contract_unknown | pl.col("spell_unknown").fill_null(False)


def _spells(facts: Facts, starts: pl.LazyFrame) -> pl.LazyFrame:
    """Spells of hours cut to their job's days; where two overlap (a data fault) the later one begins a new spell."""
    next_from = pl.col("from_on").shift(-1).over("job_id")
    to_on = pl.min_horizontal(pl.col("to_on").fill_null(facts.as_at), next_from - pl.duration(days=1))
    return (
        facts.table("job_hours")
        .select("job_id", "from_on", "to_on", units("weekly_hours").alias("weekly_units"))
        .sort("job_id", "from_on")
        .with_columns(to_on.alias("to_on"))
        .join(starts.select(ROW, "job_id", "job_start_on", "last_day"), on="job_id")
        .select(
            ROW,
            "job_id",
            "weekly_units",
            pl.max_horizontal("from_on", "job_start_on").alias("spell_from"),
            pl.min_horizontal("to_on", "last_day").alias("spell_to"),
        )
    )


def _days(begins: tuple[str, str], ends: tuple[str, str]) -> pl.Expr:
    begin = pl.max_horizontal(day_number(name) for name in begins)
    end = pl.min_horizontal(day_number(name) for name in ends)
    return pl.max_horizontal(pl.lit(0, pl.Int32), end - begin + 1).cast(pl.Int64)

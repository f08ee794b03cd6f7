"""The jobs of people randomised, as the service recorded them: for an unblinded export only."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from placewell.dataset import Dataset
from placewell.outcomes.jobs import band, units
from placewell.specification import Specification
from placewell.vocabulary import industry_section, occupation_group

NOT_KNOWN = "not_known"


def exported_jobs(tables: Dataset, spec: Specification, people: pl.DataFrame) -> pl.DataFrame:
    """One row a job that began after randomisation; roles and industries in groups, as single codes could tell who.

    `people`: person, episode_id, allocated_on. In order of trial number and start. Source: 002 Fig. 2, §17.9 vi-xv.
    """
    began = pl.coalesce("first_day_worked_on", "started_on")
    rows = (
        tables["jobs"]
        .join(people.select("person", "episode_id", "allocated_on"), on="episode_id")
        .with_columns(began.alias("began_on"))
        .filter(pl.col("began_on") > pl.col("allocated_on"))
        .sort("person", "began_on", "job_id")
    )
    banded = band(spec.outcomes.hours, units("contract_hours"), 1)
    hours = pl.when(pl.col("contract_hours").is_null()).then(pl.lit(NOT_KNOWN)).otherwise(banded)
    return rows.select(
        "person",
        pl.col("job_id").cum_count().over("person").cast(pl.Int64).alias("job"),
        (pl.col("began_on") - pl.col("allocated_on")).dt.total_days().alias("days_to_start"),
        (pl.col("ended_on") - pl.col("allocated_on")).dt.total_days().alias("days_to_end"),
        hours.alias("hours_band"),
        "self_employed",
        "competitive",
        _grouped(rows, "occupation", occupation_group),
        _grouped(rows, "industry", industry_section),
    )


def _grouped(rows: pl.DataFrame, column: str, group: Callable[[str], str | None]) -> pl.Expr:
    """The group of each code; absent where there is no such code, whatever was written."""
    groups = {code: group(code) for code in rows[column].drop_nulls().unique().to_list()}
    return pl.col(column).replace_strict(groups, default=None, return_dtype=pl.String)

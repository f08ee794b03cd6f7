"""The milestones that jobs on record lead to if they start as planned and last."""

from __future__ import annotations

from datetime import date

import polars as pl

from placewell.dataset import Dataset
from placewell.outcomes.facts import Facts
from placewell.outcomes.milestones import SCHEMA, milestones, milestones_of
from placewell.outcomes.table import Outcomes
from placewell.specification import Specification


def preview(spec: Specification, dataset: Dataset, as_at: date) -> pl.DataFrame:
    """The rows of `milestones`, where every job without a first day worked is worked from its start on.

    Each episode is seen on `as_at`, or on the day the next job starts where none lasts today, so that every milestone
    that follows from the start has its day. Nothing here is an outcome: it says what the days will be if all goes well.
    Source: 002 App. 6, Fig. 2.
    """
    return preview_of(Outcomes(Facts(spec, dataset, as_at)))


def preview_of(outcomes: Outcomes) -> pl.DataFrame:
    """The same, for a caller who has the outcomes already: nothing is worked out again where nothing is supposed."""
    spec, dataset, as_at = outcomes.facts.spec, outcomes.facts.dataset, outcomes.facts.as_at
    jobs = dataset["jobs"].with_columns(pl.coalesce("first_day_worked_on", "started_on").alias("first_day_worked_on"))
    seen = _seen_on(dataset["episodes"], jobs, as_at)
    if jobs.equals(dataset["jobs"]) and (seen["seen_on"] == as_at).all():
        return milestones_of(outcomes)
    supposed = dataset.with_frames(jobs=jobs)
    parts = [
        milestones(spec, supposed, day).join(episodes.select("episode_id"), on="episode_id", how="semi")
        for (day,), episodes in seen.group_by("seen_on", maintain_order=True)
    ]
    rows = pl.concat([SCHEMA.to_frame(), *parts])
    order = dataset["episodes"].select("episode_id").with_row_index("place")
    return rows.join(order, on="episode_id", maintain_order="left").sort("place", maintain_order=True).drop("place")


def _seen_on(episodes: pl.DataFrame, jobs: pl.DataFrame, as_at: date) -> pl.DataFrame:
    """The day each episode is seen on: that of the next start where no competitive job lasts today."""
    begins, today = pl.col("first_day_worked_on"), pl.lit(as_at)
    lasts = (begins <= as_at) & (pl.col("ended_on").is_null() | (pl.col("ended_on") >= as_at))
    ahead = begins.filter(begins > as_at).min()
    first = (
        jobs.filter(pl.col("competitive").fill_null(False))
        .group_by("episode_id")
        .agg(pl.when(~lasts.fill_null(False).any()).then(ahead).alias("first"))
    )
    return (
        episodes.select("episode_id")
        .join(first, on="episode_id", how="left", maintain_order="left")
        .select("episode_id", pl.max_horizontal(today, pl.col("first").fill_null(today)).alias("seen_on"))
    )

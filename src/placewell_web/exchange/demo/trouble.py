"""Lets each specialist of the demo have a problem to speak about, and a start for which advice is still to be given."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl

from placewell.dataset import Dataset
from placewell.specification import Specification
from placewell_web.exchange.demo.keeping import added
from placewell_web.exchange.demo.words import pick

KINDS = ("attendance", "tasks", "colleagues", "adjustments")
SETTLED = timedelta(days=21)  # in the job, so that the first meetings are over


def let_trouble_arise(specification: Specification, dataset: Dataset, day: date) -> Dataset:
    """A problem heard of yesterday, and no advice yet before one start ahead, where the service has such clocks."""
    asked = {clock.kind for clock in specification.pathway.clocks}
    if "job_problem" in asked:
        problems = added(dataset["job_problems"], "job_problems", *_heard_of(dataset, day))
        dataset = dataset.with_frames(job_problems=problems)
    return _without_advice(dataset, day) if "benefits_before_start" in asked else dataset


def _open(dataset: Dataset) -> pl.DataFrame:
    """Open episodes that somebody supports: episode_id, specialist_id."""
    return dataset["episodes"].filter(pl.col("closed_on").is_null() & pl.col("specialist_id").is_not_null())


def _heard_of(dataset: Dataset, day: date) -> list[dict[str, Any]]:
    """One job of each specialist, of a person whom nobody has spoken with since yesterday."""
    yesterday = day - timedelta(days=1)
    lately = dataset["contacts"].filter(pl.col("on") >= yesterday).select("episode_id")
    running = dataset["jobs"].filter(
        pl.col("ended_on").is_null() & pl.col("competitive") & (pl.col("first_day_worked_on") <= day - SETTLED)
    )
    jobs = (
        running.join(_open(dataset).select("episode_id", "specialist_id"), on="episode_id")
        .join(lately, on="episode_id", how="anti")
        .sort("specialist_id", pl.col("first_day_worked_on"), "job_id", descending=[False, True, False])
        .unique("specialist_id", keep="first", maintain_order=True)
    )
    return [
        {
            "job_problem_id": f"Q{row['job_id'][1:]}-heard",
            "episode_id": row["episode_id"],
            "job_id": row["job_id"],
            "known_on": yesterday,
            "kind": pick(KINDS, row["job_id"]),
        }
        for row in jobs.rows(named=True)
    ]


def _without_advice(dataset: Dataset, day: date) -> Dataset:
    """The next start of each specialist's people, as if advice were still to come."""
    ahead = (
        dataset["jobs"]
        .filter((pl.col("started_on") > day) & pl.col("competitive"))
        .join(_open(dataset).select("episode_id", "specialist_id"), on="episode_id")
        .sort("specialist_id", "started_on", "job_id")
        .unique("specialist_id", keep="first", maintain_order=True)
    )
    kept = dataset["benefits_advice"].join(
        ahead.select("episode_id"), on="episode_id", how="anti", maintain_order="left"
    )
    sent = pl.col("episode_id").is_in(ahead["episode_id"].implode()) & (pl.col("to") == "benefits_advice")
    onward = dataset["onward_referrals"].filter(~sent.fill_null(value=False))
    return dataset.with_frames(benefits_advice=kept, onward_referrals=onward)

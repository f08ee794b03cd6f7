"""The meetings that jobs asked for in some days, and whether each was held: the past of the clocks of support in work.

Source: 002 App. 7 Sv 12; the clocks of pathway.toml.
"""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from placewell.cadence.schedule import schedule
from placewell.cadence.situation import CONTROL, Situation, met_in_person
from placewell.dataset import Dataset
from placewell.outcomes.contacts import is_two_way
from placewell.specification import Specification

REPEATED = ("in_work_weekly", "in_work_monthly")

SCHEMA = pl.Schema(
    {
        "episode_id": pl.String(),
        "job_id": pl.String(),
        "clock": pl.String(),
        "what": pl.String(),
        "from_on": pl.Date(),
        "due_on": pl.Date(),
        "held_on": pl.Date(),
        "clause": pl.String(),
    }
)


def meetings_held(spec: Specification, dataset: Dataset, since: date, as_at: date) -> pl.DataFrame:
    """One row per meeting whose last day lies after `since` and on or before `as_at`, soonest first.

    `held_on`: the first contact that keeps it, from `from_on` to `due_on`; null where there was none. Weeks and months
    are counted from the start of the job, and a meeting keeps one of them: the one it lies in, its last day included.
    Only of paid jobs that began after entry and lasted to the meeting's last day, while support was open.
    """
    now = Situation.on(spec, dataset, as_at)
    jobs = _jobs(now)
    asked = schedule(now.spec, jobs.select("job_id", pl.col("day").alias("starts_on")))
    first = (~pl.col("clock_kind").is_in(REPEATED) | (pl.col("from_on") == pl.col("day"))).cast(pl.Int8())
    wanted = (
        asked.lazy()
        .rename({"kind": "clock_kind"})
        .filter(pl.col("due_on").is_between(since + timedelta(days=1), as_at))
        .join(jobs.lazy(), on="job_id", maintain_order="left")
        .filter((pl.col("until_on") >= pl.col("due_on")).fill_null(True))
        .with_columns(pl.col("from_on") + pl.duration(days=1 - first))
        .with_row_index("place")
    )
    good = pl.when("face_to_face").then("met").otherwise("answered")
    held = (
        wanted.join(_contacts(now), on="episode_id")
        .filter(good & pl.col("on").is_between(pl.col("from_on"), pl.col("due_on")))
        .group_by("place")
        .agg(held_on=pl.col("on").min())
    )
    found = wanted.join(held, on="place", how="left", maintain_order="left").sort("due_on", "episode_id", "clock")
    return found.select(SCHEMA.names()).collect(engine="in-memory")


def _jobs(now: Situation) -> pl.DataFrame:
    """Paid jobs begun after entry: job_id, episode_id, day (the first), until_on (the last that support was asked)."""
    control = (pl.col("arm") == CONTROL).fill_null(False)
    served = now.facts.entries.filter(pl.col("entered_on").is_not_null() & ~control)
    ended = now.decisions("in_work").filter(pl.col("decision") == "ended").select("episode_id", "decided_on")
    jobs = now.dataset["jobs"].lazy().filter(pl.col("competitive").fill_null(True))
    return (
        jobs.select("episode_id", "job_id", "ended_on", pl.coalesce("first_day_worked_on", "started_on").alias("day"))
        .join(served.select("episode_id", "entered_on", "closed_on"), on="episode_id")
        .join(ended, on="episode_id", how="left")
        .filter(pl.col("day") >= pl.col("entered_on"))
        .select(
            "episode_id", "job_id", "day", pl.min_horizontal("ended_on", "closed_on", "decided_on").alias("until_on")
        )
        .collect(engine="in-memory")
    )


def _contacts(now: Situation) -> pl.LazyFrame:
    """Contacts with the person: episode_id, on, answered (two-way), met (face to face)."""
    own = now.facts.table("contacts").filter(pl.col("with_whom") == "client")
    return own.select("episode_id", "on", is_two_way(now.facts).alias("answered"), met_in_person().alias("met"))

"""Lets each specialist of the demo have a problem to speak about, a start without advice yet, and a request."""

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
WORKED, ASKED = timedelta(days=60), timedelta(days=3)


def let_trouble_arise(specification: Specification, dataset: Dataset, day: date) -> Dataset:
    """Where the service has such clocks: a problem heard of yesterday, no advice yet before one start ahead, and
    support asked for again after it had ended."""
    asked = {clock.kind for clock in specification.pathway.clocks}
    if "job_problem" in asked:
        problems = added(dataset["job_problems"], "job_problems", *_heard_of(dataset, day))
        dataset = dataset.with_frames(job_problems=problems)
    if "re_access" in asked:
        dataset = _asked_again(dataset, day)
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


def _asked_again(dataset: Dataset, day: date) -> Dataset:
    """The longest job of each specialist's people: support in work ended three weeks ago, and is asked for again."""
    decided = dataset["support_decisions"].filter(pl.col("limit") == "in_work").select("episode_id")
    running = dataset["jobs"].filter(pl.col("ended_on").is_null() & pl.col("competitive"))
    people = (
        running.filter(pl.col("first_day_worked_on") <= day - WORKED)
        .join(_open(dataset).select("episode_id", "specialist_id"), on="episode_id")
        .join(decided, on="episode_id", how="anti")
        .sort("specialist_id", "first_day_worked_on", "job_id")
        .unique("specialist_id", keep="first", maintain_order=True)
    )
    ended, requests = [], []
    for row in people.rows(named=True):
        episode = {"episode_id": row["episode_id"]}
        ended.append({**episode, "on": day - SETTLED, "limit": "in_work", "decision": "ended"})
        asked_by = pick(("person", "employer"), row["job_id"])
        request = {"support_request_id": f"W{row['job_id'][1:]}-again", "on": day - ASKED, "asked_by": asked_by}
        requests.append({**episode, **request})
    return dataset.with_frames(
        support_decisions=added(dataset["support_decisions"], "support_decisions", *ended),
        support_requests=added(dataset["support_requests"], "support_requests", *requests),
    )


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

"""Moves a job on full caseloads, so that someone has just been six weeks in work and the proof waits to be verified."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl

from placewell.dataset import Dataset
from placewell.specification import Specification
from placewell_web.exchange.demo.keeping import added, entries, open_clocks
from placewell_web.exchange.demo.words import pick

FULL = 15  # people from which on a caseload shows everything
DAYS_AT_WORK = 50  # a little over six weeks: proof of them is due in some days
DAYS_BEFORE = 30  # of search before the job


def six_weeks_lately(spec: Specification, dataset: Dataset, day: date) -> Dataset:
    """The same people, one of each full caseload at work since seven weeks: the job, its hours and its proof moved."""
    began = entries(spec, dataset, day)
    jobs = dataset["jobs"].filter(pl.col("episode_id").is_in(list(began)))
    jobs = jobs.filter(pl.len().over("episode_id") == 1, pl.col("ended_on").is_null(), pl.col("competitive"))
    sizes: dict[str, set[str]] = {}
    for clock in open_clocks(spec, dataset, day):
        sizes.setdefault(clock["specialist_id"], set()).add(clock["episode_id"])
    for episodes in sizes.values():
        fit = [job for job in jobs.to_dicts() if job["episode_id"] in episodes and _fits(job, began, day)]
        if len(episodes) >= FULL and fit:
            chosen = min(fit, key=lambda job: pick(range(1000), f"lately {job['job_id']}"))
            later = day - timedelta(days=DAYS_AT_WORK) - chosen["first_day_worked_on"]
            dataset = _moved(dataset, chosen["job_id"], chosen["episode_id"], later, day)
    return dataset


def _fits(job: dict[str, Any], began: dict[str, date], day: date) -> bool:
    starts = job["first_day_worked_on"]
    least = began[job["episode_id"]] + timedelta(days=DAYS_BEFORE)
    return starts is not None and starts <= day and least <= day - timedelta(days=DAYS_AT_WORK)


def _moved(dataset: Dataset, job_id: str, episode_id: str, by: timedelta, day: date) -> Dataset:
    """The job and its days moved; of its proof that of the start is kept, and a payslip for the six weeks waits."""
    mine = pl.col("job_id") == job_id
    moved = {
        "jobs": ("started_on", "first_day_worked_on"),
        "job_hours": ("from_on", "to_on"),
        "evidence": ("about_on", "received_on", "decided_on", "verified_on"),
        "job_pay": ("from_on",),
        "job_problems": ("known_on",),
        "benefits_advice": ("on",),
        "disclosures": ("on",),
    }
    frames = {
        table: dataset[table].with_columns(
            pl.when(mine).then(pl.col(name) + pl.lit(by)).otherwise(pl.col(name)).alias(name) for name in names
        )
        for table, names in moved.items()
    }
    about = pl.col("episode_id") == episode_id
    frames["evidence"] = frames["evidence"].filter(
        ~(about & (pl.col("job_id").is_null() | mine) & pl.col("outcome").is_in(["six_weeks", "sustained_26_weeks"]))
    )
    days = [pl.col(name) <= day for name in ("received_on", "decided_on")]
    frames["evidence"] = frames["evidence"].filter(~mine.fill_null(value=False) | pl.all_horizontal(days))
    payslip = {
        "episode_id": episode_id,
        "job_id": job_id,
        "outcome": "six_weeks",
        "kind": "payslip",
        "status": "received",
    }
    dates = {"about_on": day - timedelta(days=4), "received_on": day - timedelta(days=2)}
    frames["evidence"] = added(
        frames["evidence"], "evidence", {"evidence_id": f"D{job_id[1:]}-lately", **payslip, **dates}
    )
    begins = {"job_hours": "from_on", "job_pay": "from_on", "job_problems": "known_on"}
    for table, column in {**begins, "benefits_advice": "on", "disclosures": "on"}.items():
        frames[table] = frames[table].filter(~mine.fill_null(value=False) | (pl.col(column) <= day))
    return dataset.with_frames(**frames)

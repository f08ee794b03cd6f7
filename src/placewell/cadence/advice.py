"""Clocks of what is talked through: benefits before a start and when hours or pay change, telling an employer.

Source: 002 §9.10 vi-vii, App. 7 Sv 1-2.
"""

from __future__ import annotations

import polars as pl

from placewell.cadence.durations import every, within
from placewell.cadence.in_work import supported
from placewell.cadence.situation import NO_JOB, Situation
from placewell.cadence.words import day, say
from placewell.specification.pathway import Clock


def benefits_before_start(now: Situation, clock: Clock) -> pl.LazyFrame:
    """Benefits advice since entry, by the day before a job starts. Silent from the start on."""
    frame = now.jobs_ahead.join(now.advice(clock.codes), on="episode_id", how="anti", maintain_order="left")
    why = say("The job starts on {}. No benefits advice since entry on {}.", day("day"), day("entered_on"))
    due = pl.col("day").dt.offset_by("-1d").alias("due_on")
    return frame.select("episode_id", "job_id", due, why.alias("why"))


def benefits_on_change(now: Situation, clock: Clock) -> pl.LazyFrame:
    """Benefits advice about a change of hours or pay in a job that is supported; of several the first without it.

    Advice counts from `from_days` before the change on: the person may ask while the change is being decided.
    """
    jobs = supported(now).select("episode_id", "job_id", "day", "contract_hours")
    changes = pl.concat([_hours_changed(now, jobs), _pay_changed(now, jobs)]).sort("job_id", "from_on", "what")
    latest = now.advice(clock.codes).group_by("episode_id").agg(pl.col("on").max().alias("advised_on"))
    counts_from = pl.col("from_on").dt.offset_by(f"-{clock.from_days or 0}d")
    frame = (
        changes.join(latest, on="episode_id", how="left", maintain_order="left")
        .filter(~(pl.col("advised_on") >= counts_from).fill_null(value=False))
        .unique("job_id", keep="first", maintain_order=True)
    )
    why = say(
        "{} changed on {}. No benefits advice about it; give it within {}.",
        pl.col("what"),
        day("from_on"),
        pl.lit(every(clock)),
    )
    return frame.select("episode_id", "job_id", within(clock, "from_on"), why.alias("why"))


def disclosure(now: Situation, clock: Clock) -> pl.LazyFrame:
    """A decision on telling an employer, in the first days of the search, and in any case before a job starts."""
    decided = now.facts.since_entry("disclosures", "on").select("episode_id")
    ahead = now.jobs_ahead.group_by("episode_id").agg(pl.col("day").min())
    frame = (
        now.cases.join(decided, on="episode_id", how="anti", maintain_order="left")
        .join(ahead, on="episode_id", how="left", maintain_order="left")
        .filter(pl.col("first_job_on").is_null() | pl.col("day").is_not_null())
        .with_columns(within(clock, "entered_on"))
    )
    starts = say("The job starts on {}. ", day("day"))
    first = pl.when(pl.col("day").is_null()).then(pl.lit("")).otherwise(starts)
    why = first + say("Entered on {}. Telling an employer has not been talked through.", day("entered_on"))
    due = pl.min_horizontal("due_on", pl.col("day").dt.offset_by("-1d")).alias("due_on")
    return frame.select("episode_id", NO_JOB, due, why.alias("why"))


def _hours_changed(now: Situation, jobs: pl.LazyFrame) -> pl.LazyFrame:
    """Spells begun after the start with other hours than the day before; where no spell holds, the contract's do."""
    spells = now.facts.table("job_hours").join(jobs, on="job_id").sort("job_id", "from_on")
    before = pl.col("to_on").shift(1).over("job_id")
    held = pl.col("job_id").cum_count().over("job_id") > 1
    holds = held & (before.is_null() | (before >= pl.col("from_on").dt.offset_by("-1d")))
    earlier = pl.when(holds).then(pl.col("weekly_hours").shift(1).over("job_id")).otherwise("contract_hours")
    changed = (pl.col("weekly_hours") != earlier).fill_null(value=False) & (pl.col("from_on") > pl.col("day"))
    return spells.filter(changed).select("episode_id", "job_id", "from_on", pl.lit("Hours").alias("what"))


def _pay_changed(now: Situation, jobs: pl.LazyFrame) -> pl.LazyFrame:
    """Changes of pay after the start; one that repeats the pay before it changes nothing."""
    pay = now.facts.table("job_pay").join(jobs, on="job_id").sort("job_id", "from_on")
    same = (pl.col("hourly_wage") == pl.col("hourly_wage").shift(1).over("job_id")).fill_null(value=False)
    changed = ~same & (pl.col("from_on") > pl.col("day"))
    return pay.filter(changed).select("episode_id", "job_id", "from_on", pl.lit("Pay").alias("what"))

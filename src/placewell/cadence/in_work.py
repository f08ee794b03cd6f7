"""Clocks of support in work: meetings before and after the start, weekly and monthly, and the limit of support.

Source: 002 §4.4, §9.10 ix, App. 7 Sv 12.
"""

from __future__ import annotations

import polars as pl

from placewell.cadence.durations import every, stretch, within
from placewell.cadence.situation import NO_JOB, Situation
from placewell.cadence.words import attempts, day, say
from placewell.specification.pathway import Clock

DAYS_IN_A_WEEK = 7
WEEKLY = "in_work_weekly"


def before_start(now: Situation, clock: Clock) -> pl.LazyFrame:
    """A face-to-face meeting in the week before a job starts; due the day before. Silent from the start on."""
    ahead = now.jobs_ahead.with_columns(
        pl.col("day").dt.offset_by(f"-{clock.days or DAYS_IN_A_WEEK}d").alias("from_on")
    )
    frame = now.since(ahead, "from_on", met=clock.face_to_face).filter(pl.col("last_on").is_null())
    why = say("The job starts on {}. No meeting since {} yet.", day("day"), day("from_on"))
    early = pl.col("from_on") > now.as_at
    when = say("The job starts on {}. Meet on {} or later, before the start.", day("day"), day("from_on"))
    due = pl.col("day").dt.offset_by("-1d").alias("due_on")
    return frame.select("episode_id", "job_id", due, pl.when(early).then(when).otherwise(why).alias("why"))


def after_start(now: Situation, clock: Clock) -> pl.LazyFrame:
    """A face-to-face meeting within three days after the start of a job."""
    frame = now.since(supported(now), "day", met=clock.face_to_face).filter(pl.col("last_on").is_null())
    why = say("Started on {}. Not met since; meet within {}.", day("day"), pl.lit(every(clock))) + attempts()
    return frame.select("episode_id", "job_id", within(clock, "day"), why.alias("why"))


def weekly(now: Situation, clock: Clock) -> pl.LazyFrame:
    """A meeting every week in the first month of a job, counted from the last one."""
    frame = _rolling(now, clock).filter(stretch(clock, "day") >= now.as_at)
    week = ((pl.lit(now.as_at) - pl.col("day")).dt.total_days() // DAYS_IN_A_WEEK + 1).cast(pl.String())
    why = say("Started on {}, now in week {}. ", day("day"), week) + _last(clock) + attempts()
    return frame.select("episode_id", "job_id", "due_on", why.alias("why"))


def monthly(now: Situation, clock: Clock) -> pl.LazyFrame:
    """A meeting every month once the weeks are over, counted from the last one, or else from the start."""
    weeks = max((other.until_months or 0 for other in now.spec.pathway.clocks if other.kind == WEEKLY), default=0)
    frame = _rolling(now, clock).filter(pl.col("day").dt.offset_by(f"{weeks}mo") <= now.as_at)
    why = say("Started on {}. ", day("day")) + _last(clock) + attempts()
    return frame.select("episode_id", "job_id", "due_on", why.alias("why"))


def in_work_limit(now: Situation, clock: Clock) -> pl.LazyFrame:
    """The end of support in work; support can be taken up again after it.

    Where it runs from the first job's start it goes on between two jobs: the time to find one ended with the first
    (`pathway.support_limits`). Where it runs from the current job's, only people in a job have it.
    """
    running = now.running_jobs.unique("episode_id", keep="first", maintain_order=True)
    running = running.select("episode_id", "job_id", "from_on", working=pl.lit(True))
    people = pl.concat([running, _between_jobs(now).join(running, on="episode_id", how="anti")])
    frame = people.join(now.decisions("in_work"), on="episode_id", how="left").filter(pl.col("from_on").is_not_null())
    again = pl.col("decision").eq_missing("taken_up_again")
    frame = frame.with_columns(from_on=pl.when(again).then("decided_on").otherwise("from_on"))
    extended = pl.col("decision").eq_missing("extended") & pl.col("until_on").is_not_null()
    ends = within(clock, "from_on")
    first = say("In work since {}; {} of support end on {}.", day("from_on"), pl.lit(every(clock)), day(ends))
    without = say(
        "First in work on {}, between jobs now; {} end on {}.", day("from_on"), pl.lit(every(clock)), day(ends)
    )
    longer = say("Support in work was extended on {} until {}.", day("decided_on"), day("until_on"))
    what = pl.lit(" Agree an ending, or have an exception recorded with its reason; support can be taken up again.")
    due = pl.when(extended).then(pl.col("until_on")).otherwise(ends).alias("due_on")
    why = pl.when(extended).then(longer).when("working").then(first).otherwise(without) + what
    return frame.select("episode_id", "job_id", due, why.alias("why"))


def _between_jobs(now: Situation) -> pl.LazyFrame:
    """People who have had their first job, where the time of support in work runs from it."""
    limit = now.spec.pathway.limit_of("in_work")
    from_the_first = limit is not None and limit.runs_from == "first_job_start"
    had_one = now.cases.filter(pl.col("first_job_on").is_not_null() & pl.lit(from_the_first))
    had_one = had_one.join(now.support_ended("in_work"), on="episode_id", how="anti", maintain_order="left")
    return had_one.select("episode_id", NO_JOB, from_on="first_job_on", working=pl.lit(False))


def _rolling(now: Situation, clock: Clock) -> pl.LazyFrame:
    """Jobs with `due_on`, one interval after the last meeting (after the start where there was none)."""
    frame = now.since(supported(now), "day", met=clock.face_to_face)
    frame = frame.with_columns(pl.coalesce("last_on", "day").alias("from_on")).with_columns(within(clock, "from_on"))
    return frame.filter(pl.col("due_on") <= stretch(clock, "day"))


def supported(now: Situation) -> pl.LazyFrame:
    """Running jobs in the time of support in work: what was not done in it is not asked for for ever."""
    limit = now.spec.pathway.limit_of("in_work")
    if limit is None:
        return now.running_jobs
    return now.running_jobs.filter(pl.col("day").dt.offset_by(f"{limit.months}mo") >= now.as_at)


def _last(clock: Clock) -> pl.Expr:
    verb = "met" if clock.face_to_face else "spoke"
    held = say(f"Last {verb} on {{}}.", day("last_on"))
    return pl.when(pl.col("last_on").is_not_null()).then(held).otherwise(pl.lit(f"Not {verb} since the start."))

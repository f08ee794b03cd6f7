"""Clocks of the search for a job: first contact, first application, meeting employers, staying active, nine months."""

from __future__ import annotations

import polars as pl

from placewell.cadence.durations import every, within
from placewell.cadence.situation import NO_JOB, Situation
from placewell.cadence.words import attempts, day, day_number, say
from placewell.specification.pathway import Clock


def first_contact(now: Situation, clock: Clock) -> pl.LazyFrame:
    """A two-way contact within some days of the referral. Source: 002 §17.9 ii."""
    frame = now.since(now.waiting.filter(pl.col("first_contact_on").is_null()), "referred_on")
    why = say("Referred on {}. Nobody has spoken with them yet.", day("referred_on")) + attempts()
    return frame.select("episode_id", NO_JOB, within(clock, "referred_on"), why.alias("why"))


def first_application(now: Situation, clock: Clock) -> pl.LazyFrame:
    """An application by the person or the specialist within four weeks of programme entry. Source: 002 §17.9 v."""
    frame = _without(now.cases.filter(pl.col("first_job_on").is_null()), _applied(now))
    why = say(
        "Entered on {}. No application yet; today is day {}.", day("entered_on"), day_number("entered_on", now.as_at)
    )
    return frame.select("episode_id", NO_JOB, within(clock, "entered_on"), why.alias("why"))


def employer_contact(now: Situation, clock: Clock) -> pl.LazyFrame:
    """An application or a meeting with an employer within 30 days of programme entry. Source: 002 App. 7 Sv 4."""
    met = now.facts.since_entry("employer_contacts", "on", "face_to_face").filter(
        pl.col("face_to_face").fill_null(False) | (not clock.face_to_face)
    )
    frame = _without(now.cases.filter(pl.col("first_job_on").is_null()), _applied(now))
    frame = _without(frame, met.select("episode_id"))
    why = say(
        "Entered on {}. No application and no face-to-face meeting with an employer yet; today is day {}.",
        day("entered_on"),
        day_number("entered_on", now.as_at),
    )
    return frame.select("episode_id", NO_JOB, within(clock, "entered_on"), why.alias("why"))


def active_contact(now: Situation, clock: Clock) -> pl.LazyFrame:
    """A two-way contact before the person leaves the active caseload, once there has been a first one.

    Source: 002 §9.10 x, App. 7 St 1.
    """
    reached = now.cases.filter(pl.col("first_contact_on").is_not_null())
    frame = _without(reached, now.support_ended("job_search"))
    frame = now.since(_without(frame, now.support_ended("in_work")), "entered_on")
    frame = frame.with_columns(pl.coalesce("last_on", "entered_on").alias("from_on"))
    held = say("Last two-way contact {}.", day("last_on"))
    none = say("Entered on {}. No two-way contact since.", day("entered_on"))
    limit = pl.lit(f" The limit is {every(clock)}.")
    why = pl.when(pl.col("last_on").is_not_null()).then(held).otherwise(none) + attempts() + limit
    return frame.select("episode_id", NO_JOB, within(clock, "from_on"), why.alias("why"))


def plan_review(now: Situation, clock: Clock) -> pl.LazyFrame:
    """A new version of the vocational action plan after some months. Source: 002 §9.10 iv, App. 7 Sv 5."""
    active = now.spec.pathway.active_case
    of_kind = pl.col("kind") == active.plan_kind if active else pl.lit(True)
    latest = (
        now.facts.since_entry("plans", "agreed_on", "kind", "ended_on", "version")
        .filter(of_kind & pl.col("ended_on").is_null())
        .sort("agreed_on")
        .group_by("episode_id")
        .agg(pl.col("agreed_on", "version").last())
    )
    frame = now.cases.select("episode_id").join(latest, on="episode_id")
    version = pl.when(pl.col("version").is_null()).then(pl.lit("")).otherwise(say(" (version {})", pl.col("version")))
    why = say("Plan agreed on {}{}. Review it every ", day("agreed_on"), version) + pl.lit(f"{every(clock)}.")
    return frame.select("episode_id", NO_JOB, within(clock, "agreed_on"), why.alias("why"))


def nine_months(now: Situation, clock: Clock) -> pl.LazyFrame:
    """The end of support to find a job; beyond it, an exception with a reason. Source: 002 §9.10 x."""
    decided = now.decisions("job_search")
    frame = now.cases.filter(pl.col("first_job_on").is_null()).join(decided, on="episode_id", how="left")
    frame = frame.filter(pl.col("decision").ne_missing("ended"))
    ends = within(clock, "entered_on")
    extended = pl.col("decision").eq_missing("extended") & pl.col("until_on").is_not_null()
    first = say(
        "Entered on {}. No competitive job yet; {} end on {}.", day("entered_on"), pl.lit(every(clock)), day(ends)
    )
    longer = say(
        "Entered on {}. Support was extended on {} until {}.", day("entered_on"), day("decided_on"), day("until_on")
    )
    due = pl.when(extended).then(pl.col("until_on")).otherwise(ends).alias("due_on")
    what = pl.lit(" Agree an ending, or have an exception recorded with its reason.")
    return frame.select(
        "episode_id", NO_JOB, due, (pl.when(extended).then(longer).otherwise(first) + what).alias("why")
    )


def _applied(now: Situation) -> pl.LazyFrame:
    return now.facts.since_entry("applications", "on").select("episode_id")


def _without(frame: pl.LazyFrame, others: pl.LazyFrame) -> pl.LazyFrame:
    return frame.join(others, on="episode_id", how="anti", maintain_order="left")

"""Days of the casework between entry and a job: profile, plan, applications, and other recorded events."""

from __future__ import annotations

from functools import reduce

import polars as pl

from placewell.outcomes.conditions import columns_of, fulfilled
from placewell.outcomes.contacts import nth_appointment
from placewell.outcomes.facts import ROW, Facts
from placewell.specification.outcomes import Engagement, FirstRecord, RapidJobSearch


def profile_days(facts: Facts) -> pl.LazyFrame:
    """Per row: the first day since entry on which a profile was started, and completed. Source: 002 §17.9 iv, viii."""
    profiles = facts.of_episodes("profiles", "started_on", "completed_on")
    entered_on = pl.col("entered_on")
    return profiles.group_by(ROW).agg(
        pl.col("started_on").filter(pl.col("started_on") >= entered_on).min().alias("profile_started_on"),
        pl.col("completed_on").filter(pl.col("completed_on") >= entered_on).min().alias("profile_completed_on"),
    )


def plan_days(facts: Facts) -> pl.LazyFrame:
    """Per row: the first day since entry on which a plan of each kind that an outcome asks for was agreed."""
    plans = facts.since_entry("plans", "agreed_on", "kind")
    return plans.group_by(ROW).agg(
        pl.col("agreed_on").filter(pl.col("kind") == kind).min().alias(plan_agreed(kind)) for kind in plans_asked(facts)
    )


def plans_asked(facts: Facts) -> tuple[str, ...]:
    """The kinds of plan that an engagement of this service asks for."""
    engagements = (o for o in facts.rules.outcomes if isinstance(o, Engagement))
    return tuple(sorted({o.plan_agreed for o in engagements if o.plan_agreed}))


def plan_agreed(kind: str) -> str:
    """The column that holds the first day a plan of the kind was agreed."""
    return f"{kind}_plan_agreed_on"


def application_days(facts: Facts) -> pl.LazyFrame:
    """Per row: the first application since entry. Source: 002 §17.9 v."""
    applications = facts.since_entry("applications", "on")
    return applications.group_by(ROW).agg(pl.col("on").min().alias("first_application_on"))


def employer_contact_days(facts: Facts) -> pl.LazyFrame:
    """Per row: the first face-to-face contact with an employer since entry. Source: 002 App. 7 Sv 4."""
    contacts = facts.since_entry("employer_contacts", "on", "face_to_face").filter("face_to_face")
    return contacts.group_by(ROW).agg(pl.col("on").min().alias("first_employer_contact_on"))


SEARCH_DAYS = {
    "application": "first_application_on",
    "face_to_face_employer_contact": "first_employer_contact_on",
}


def engagement_day(outcome: Engagement) -> pl.Expr:
    """The day the engagement becomes true: of `any` the first, of `all` the last. Source: semantics.md §3; X3."""
    parts = []
    if outcome.appointments:
        parts.append(pl.col(nth_appointment(outcome.appointments)))
    if outcome.profile_completed:
        parts.append(pl.col("profile_completed_on"))
    if outcome.plan_agreed:
        parts.append(pl.col(plan_agreed(outcome.plan_agreed)))
    if outcome.rule == "any":
        return pl.min_horizontal(parts)
    all_there = reduce(lambda left, right: left & right, (part.is_not_null() for part in parts))
    return pl.when(all_there).then(pl.max_horizontal(parts))


def first_search_day(outcome: RapidJobSearch) -> pl.Expr:
    """The first of the events that begin the job search."""
    return pl.min_horizontal(SEARCH_DAYS[event] for event in outcome.events)


def limit_day(outcome: RapidJobSearch) -> pl.Expr:
    """The last day on which the search is in time."""
    return pl.col("entered_on") + pl.duration(days=outcome.days)


def records(facts: Facts, outcome: FirstRecord) -> pl.LazyFrame:
    """The recorded events of an outcome since entry, or since the referral: row, on, code; in order."""
    begins = pl.col("entered_on") if outcome.since == "entry" else pl.col("referred_on")
    others = columns_of(outcome.only, "on", outcome.column)
    of_all = facts.of_episodes(outcome.table, "on", outcome.column, *others)
    lines = of_all.filter((pl.col("on") >= begins) & fulfilled(outcome.only)).rename({outcome.column: "code"})
    if outcome.codes:
        lines = lines.filter(pl.col("code").is_in(outcome.codes))
    return lines.select(ROW, "on", "code").sort(ROW, "on", "code")


def first_records(facts: Facts, outcome: FirstRecord) -> pl.LazyFrame:
    """Per row: the first recorded event, its code, and whether it is one that succeeds."""
    good = pl.col("code").is_in(outcome.met_by) if outcome.met_by else pl.lit(True)
    return (
        records(facts, outcome)
        .unique(ROW, keep="first", maintain_order=True)
        .select(
            ROW,
            pl.col("on").alias(f"{outcome.id}_on"),
            good.alias(f"{outcome.id}_met"),
            pl.col("code").alias(f"{outcome.id}_code"),
        )
    )

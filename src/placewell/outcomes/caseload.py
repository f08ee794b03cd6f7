"""The active caseload on a day: entered, open, in touch in the last weeks, with a plan in force."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from placewell.dataset import Dataset
from placewell.outcomes.facts import ROW, Facts
from placewell.outcomes.table import Outcomes
from placewell.specification import Specification
from placewell.specification.outcomes import ActiveCaseload, Standing


def active_on(spec: Specification, dataset: Dataset, day: date) -> set[str]:
    """The ids of the episodes active on a day, by what is dated on or before it. Source: 002 App. 7 St 1; X29."""
    return active_of(Outcomes(Facts(spec, dataset, day)))


def active_of(outcomes: Outcomes) -> set[str]:
    """The same, for a caller who has the outcomes already: on the day they are as at."""
    rules = outcomes.rules.of_kind("active_caseload")
    if not rules:
        return set()
    facts = outcomes.facts
    frame = caseload(facts, outcomes.contacts, outcomes.starts, rules[0], facts.as_at)  # type: ignore[arg-type]
    return set(frame.filter("active").select("episode_id").collect(engine="in-memory")["episode_id"])


def caseload(
    facts: Facts, contacts: pl.LazyFrame, starts: pl.LazyFrame, rule: ActiveCaseload, day: date
) -> pl.LazyFrame:
    """Per entered episode: `begun` (entered by the day), `open`, `in_touch`, `planned`, `working`; `active`: all.

    `working` is true where the rule does not ask for a job. Source: semantics.md §3 (active caseload); 002 §17.11.
    """
    since = day - timedelta(days=rule.contact_days - 1)
    in_days = pl.col("on").is_between(since, day) & (pl.col("on") >= pl.col("entered_on"))
    touched = contacts.filter(pl.col("is_two_way") & in_days)
    in_force = (pl.col("agreed_on") <= day) & (pl.col("ended_on").is_null() | (pl.col("ended_on") >= day))
    plans = facts.since_entry("plans", "agreed_on", "ended_on", "kind")
    planned = plans.filter((pl.col("kind") == rule.plan_kind) & in_force)
    conditions = ("begun", "open", "in_touch", "planned", "working")
    working = pl.lit(True) if rule.job_begun_days is None else pl.col("working").fill_null(False)
    return (
        facts.entries.filter(pl.col("entered_on").is_not_null())
        .select(ROW, "episode_id", "person_id", "entered_on", "closed_on")
        .join(touched.select(ROW, pl.lit(True).alias("in_touch")).unique(ROW), on=ROW, how="left")
        .join(planned.select(ROW, pl.lit(True).alias("planned")).unique(ROW), on=ROW, how="left")
        .join(_working(starts, rule, day), on=ROW, how="left")
        .with_columns(
            working.alias("working"),
            (pl.col("entered_on") <= day).alias("begun"),
            (pl.col("closed_on").is_null() | (pl.col("closed_on") > day)).alias("open"),
            pl.col("in_touch", "planned").fill_null(False),
        )
        .with_columns(pl.all_horizontal(conditions).alias("active"))
        .sort(ROW)
    )


def _working(starts: pl.LazyFrame, rule: ActiveCaseload, day: date) -> pl.LazyFrame:
    """Per row with a job: whether the first began in the days asked for and one covers the day."""
    first_day = day - timedelta(days=(rule.job_begun_days or 1) - 1)
    begun = pl.col("job_start_on").min().is_between(first_day, day)
    covered = ((pl.col("job_start_on") <= day) & (pl.col("last_day") >= day)).any()
    return starts.group_by(ROW).agg((begun & covered).alias("working"))


def standing(facts: Facts, starts: pl.LazyFrame, outcome: Standing, day: date) -> pl.LazyFrame:
    """Per referral: whether it is looked at on the day (`begun`), and whether it stands as asked (`standing`).

    Waiting: of those received by then, not entered, declined or closed. Open: of those entered, not declined or closed.
    In work: of the open ones, those with a job start whose job covers the day. Source: 001 table; 000 §2.2.
    """

    def by_then(column: str) -> pl.Expr:
        return (pl.col(column) <= day).fill_null(False)

    over = by_then("closed_on") | by_then("declined_on")
    entered = by_then("entered_on")
    is_open = entered & ~over
    if outcome.state == "waiting":
        return facts.entries.select(ROW, by_then("referred_on").alias("begun"), (~entered & ~over).alias("standing"))
    if outcome.state == "open":
        return facts.entries.select(ROW, entered.alias("begun"), is_open.alias("standing"))
    covers = (pl.col("job_start_on") <= day) & (pl.col("last_day") >= day)
    working = starts.filter(covers).select(ROW, pl.lit(True).alias("working")).unique(ROW)
    return facts.entries.join(working, on=ROW, how="left", maintain_order="left").select(
        ROW, is_open.alias("begun"), (is_open & pl.col("working").fill_null(False)).alias("standing")
    )

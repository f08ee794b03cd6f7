"""The active caseload on a day: entered, open, in touch in the last weeks, with a plan in force."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from placewell.dataset import Dataset
from placewell.outcomes.contacts import two_way
from placewell.outcomes.facts import ROW, Facts
from placewell.specification import Specification
from placewell.specification.outcomes import ActiveCaseload


def active_on(spec: Specification, dataset: Dataset, day: date) -> set[str]:
    """The ids of the episodes active on a day, by what is dated on or before it. Source: 002 App. 7 St 1; X29."""
    facts = Facts(spec, dataset, day)
    rules = spec.outcomes.of_kind("active_caseload")
    if not rules:
        return set()
    frame = caseload(facts, two_way(facts), rules[0], day).filter("active").select("episode_id")  # type: ignore[arg-type]
    return set(frame.collect(engine="in-memory")["episode_id"])


def caseload(facts: Facts, contacts: pl.LazyFrame, rule: ActiveCaseload, day: date) -> pl.LazyFrame:
    """Per entered episode: `begun` (entered by the day), `open`, `in_touch`, `planned` and `active`: all four.

    Source: semantics.md §3 (active caseload).
    """
    since = day - timedelta(days=rule.contact_days - 1)
    touched = contacts.filter(pl.col("on").is_between(since, day) & (pl.col("on") >= pl.col("entered_on")))
    in_force = (pl.col("agreed_on") <= day) & (pl.col("ended_on").is_null() | (pl.col("ended_on") >= day))
    plans = facts.since_entry("plans", "agreed_on", "ended_on", "kind")
    planned = plans.filter((pl.col("kind") == rule.plan_kind) & in_force)
    conditions = ("begun", "open", "in_touch", "planned")
    return (
        facts.entries.filter(pl.col("entered_on").is_not_null())
        .select(ROW, "episode_id", "person_id", "entered_on", "closed_on")
        .join(touched.select(ROW, pl.lit(True).alias("in_touch")).unique(ROW), on=ROW, how="left")
        .join(planned.select(ROW, pl.lit(True).alias("planned")).unique(ROW), on=ROW, how="left")
        .with_columns(
            (pl.col("entered_on") <= day).alias("begun"),
            (pl.col("closed_on").is_null() | (pl.col("closed_on") > day)).alias("open"),
            pl.col("in_touch", "planned").fill_null(False),
        )
        .with_columns(pl.all_horizontal(conditions).alias("active"))
        .sort(ROW)
    )

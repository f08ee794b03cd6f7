"""Evidence: which documents prove an outcome as at a day, since when, and what is wrong with those that do not."""

from __future__ import annotations

import polars as pl

from placewell.outcomes.facts import ROW, Facts
from placewell.specification.outcomes import EvidenceRule

PRIMARY, BACKUP = "primary", "backup"

WRONG_KIND, OTHER_JOB, NO_DAY, TOO_EARLY, REJECTED, WAITS, OWN_SPECIALIST, HALF, GOOD = range(1, 10)
"""What keeps a document from counting, from the furthest from counting to the nearest."""


def documents(facts: Facts, rule: EvidenceRule, days: pl.LazyFrame) -> pl.LazyFrame:
    """The documents held for an outcome, each with what keeps it from counting alone (`standing`).

    `days`: row, on (the outcome's day), job_id (null: any). A document counts when it is of an accepted kind, vouches
    for a day on or after the outcome's, and is verified as at the day by someone other than the person's own
    specialist. Source: 002 App. 6, Fig. 2, §17.11; semantics.md §3; X17, X18.
    """
    episodes = facts.entries.select("episode_id", ROW, "specialist_id")
    kinds_of_backup = tuple({kind for kinds in rule.backup for kind in kinds})
    other_job = (pl.col("job_id") != pl.col("wanted_job")).fill_null(False) if rule.same_job else pl.lit(False)
    standing = (
        pl.when(~pl.col("kind").is_in((*rule.accepted, *kinds_of_backup)).fill_null(False))
        .then(WRONG_KIND)
        .when(other_job)
        .then(OTHER_JOB)
        .when(pl.col("about_on").is_null())
        .then(NO_DAY)
        .when(pl.lit(not rule.any_day) & (pl.col("about_on") < pl.col("outcome_on")))
        .then(TOO_EARLY)
        .when((pl.col("status") == "rejected").fill_null(False))
        .then(REJECTED)
        .when(pl.col("verified_on").is_null())
        .then(WAITS)
        .when((pl.col("decided_by") == pl.col("specialist_id")).fill_null(False))
        .then(OWN_SPECIALIST)
        .when(pl.col("kind").is_in(rule.accepted))
        .then(GOOD)
        .otherwise(HALF)
    )
    return (
        facts.table("evidence")
        .filter(pl.col("outcome") == rule.outcome)
        .join(episodes, on="episode_id")
        .join(days.select(ROW, pl.col("on").alias("outcome_on"), pl.col("job_id").alias("wanted_job")), on=ROW)
        .with_columns(standing.alias("standing"))
    )


def proofs(rule: EvidenceRule, held: pl.LazyFrame) -> pl.LazyFrame:
    """Per row with proof: `<outcome>_evidence` (primary, or backup, which reports mark) and the day it was complete.

    `held`: the `documents` of the rule.
    """
    held = held.filter(pl.col("standing") >= HALF)
    verified = pl.col("verified_on")
    sets = [
        [verified.filter(pl.col("kind") == kind).min().alias(f"{number}:{kind}") for kind in kinds]
        for number, kinds in enumerate(rule.backup)
    ]
    primary = verified.filter(pl.col("standing") == GOOD).min().alias(PRIMARY)
    per_row = held.group_by(ROW).agg(primary, *(expr for kinds in sets for expr in kinds))
    backup = (
        pl.min_horizontal(
            pl.when(pl.all_horizontal(pl.col(f"{number}:{kind}").is_not_null() for kind in kinds)).then(
                pl.max_horizontal(f"{number}:{kind}" for kind in kinds)
            )
            for number, kinds in enumerate(rule.backup)
        )
        if rule.backup
        else pl.lit(None, pl.Date)
    )
    return (
        per_row.select(ROW, PRIMARY, backup.alias(BACKUP))
        .filter(pl.any_horizontal(pl.col(PRIMARY, BACKUP).is_not_null()))
        .select(
            ROW,
            pl.when(pl.col(PRIMARY).is_not_null())
            .then(pl.lit(PRIMARY))
            .otherwise(pl.lit(BACKUP))
            .alias(f"{rule.outcome}_evidence"),
            pl.coalesce(PRIMARY, BACKUP).alias(f"{rule.outcome}_evidence_on"),
        )
    )


def outcome_days(rule: EvidenceRule, outcomes: pl.LazyFrame) -> pl.LazyFrame:
    """The days an evidence rule is asked about: row, on, and the job that documents must not contradict."""
    job = pl.col("first_job_id") if rule.same_job else pl.lit(None, pl.String)
    on = pl.col(f"{rule.outcome}_on")
    return outcomes.filter(on.is_not_null()).select(ROW, on.alias("on"), job.alias("job_id"))

"""Work status some weeks after entry: the observation nearest to the day decides."""

from __future__ import annotations

import polars as pl

from placewell.outcomes import words
from placewell.outcomes.facts import ROW, Facts
from placewell.specification.outcomes import WorkStatus


def due_day(outcome: WorkStatus) -> pl.Expr:
    """The day the status is asked for."""
    return pl.col("entered_on") + pl.duration(days=outcome.days)


def nearest_checks(facts: Facts, outcome: WorkStatus) -> pl.LazyFrame:
    """Per row with a check in the window: `<id>_met`, `<id>_status` and `<id>_checked_on` of the nearest one.

    `<id>_code` is the status again, for a breakdown that shows apart who is off sick from a job.
    Of two checks equally near the later decides; of two on one day one that succeeds. Source: 004 §8.1; X30, X31.
    """
    away = (pl.col("on") - pl.col("entered_on")).dt.total_days()
    good = pl.col("status").is_in(outcome.met_by).fill_null(False)
    return (
        facts.since_entry("employment_checks", "on", "status")
        .filter(away.is_between(outcome.from_days, outcome.until_days))
        .with_columns((away - outcome.days).abs().alias("distance"), good.alias("good"))
        .sort(ROW, "distance", "on", "good", "status", descending=[False, False, True, True, False])
        .unique(ROW, keep="first", maintain_order=True)
        .select(
            ROW,
            pl.col("good").alias(f"{outcome.id}_met"),
            pl.col("status").alias(f"{outcome.id}_status"),
            pl.col("status").alias(f"{outcome.id}_code"),
            pl.col("on").alias(f"{outcome.id}_checked_on"),
        )
    )


def not_working(outcome: WorkStatus) -> pl.Expr:
    """Why the status does not succeed: what the nearest check found, or that there is none near the day."""
    found = words.kind_in(f"{outcome.id}_status").fill_null("status not recorded")
    checked = words.sentence(found, " on ", words.day(f"{outcome.id}_checked_on"), ", the check nearest to the day.")
    return (
        pl.when(pl.col(f"{outcome.id}_checked_on").is_null())
        .then(
            words.sentence(
                f"No check near {weeks(outcome)}, from ",
                _days_after(outcome.from_days),
                " to ",
                _days_after(outcome.until_days),
                ".",
            )
        )
        .otherwise(checked.str.slice(0, 1).str.to_uppercase() + checked.str.slice(1))
    )


def weeks(outcome: WorkStatus) -> str:
    """The time after entry in words: 12 weeks."""
    return words.count(outcome.days // 7, "week") if outcome.days % 7 == 0 else words.count(outcome.days, "day")


def _days_after(days: int) -> pl.Expr:
    return words.day(pl.col("entered_on") + pl.duration(days=days))

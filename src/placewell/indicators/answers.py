"""Outcomes that come from questionnaires: the last answer on leaving, and the change since the baseline."""

from __future__ import annotations

import polars as pl

from placewell.outcomes import Facts
from placewell.outcomes.facts import ROW
from placewell.questionnaires import changes
from placewell.specification.outcomes import Answered, QuestionnaireChange

SHARES = 10_000
"""Scores are whole ten-thousandths, so that a mean does not depend on the order of adding."""


def answer_columns(facts: Facts) -> list[pl.LazyFrame]:
    """Per row, for each such outcome: `<id>_on`, `<id>_met` and, for a change, `<id>_value`. Source: 002 Fig. 2."""
    parts = []
    for outcome in facts.rules.outcomes:
        if isinstance(outcome, Answered):
            parts.append(_answered(facts, outcome))
        elif isinstance(outcome, QuestionnaireChange):
            parts.append(_changed(facts, outcome))
    return parts


def _since_entry(facts: Facts) -> pl.LazyFrame:
    return facts.since_entry("responses", "completed_on", "response_id", "instrument", "occasion", "item", "answer")


def _answered(facts: Facts, outcome: Answered) -> pl.LazyFrame:
    asked = (pl.col("instrument") == outcome.instrument) & (pl.col("item") == outcome.item)
    if outcome.occasions:
        asked &= pl.col("occasion").is_in(outcome.occasions)
    return (
        _since_entry(facts)
        .filter(asked & pl.col("answer").is_not_null())
        .sort("completed_on", "response_id")
        .unique(ROW, keep="last", maintain_order=True)
        .select(
            ROW,
            pl.col("completed_on").alias(f"{outcome.id}_on"),
            pl.col("answer").is_in(outcome.good).alias(f"{outcome.id}_met"),
        )
    )


def _changed(facts: Facts, outcome: QuestionnaireChange) -> pl.LazyFrame:
    """The baseline may be older than programme entry: in a trial it comes before randomisation (002 §11.3–11.6)."""
    pairs = changes(facts.table("responses"), outcome.instrument, outcome.scale)
    entered = facts.entries.select("episode_id", ROW, "entered_on")
    return (
        pairs.join(entered, on="episode_id")
        .filter(pl.col("later_on") >= pl.col("entered_on"))
        .select(
            ROW,
            pl.col("later_on").alias(f"{outcome.id}_on"),
            pl.lit(True).alias(f"{outcome.id}_met"),
            (pl.col("change") * SHARES).cast(pl.Int64).alias(f"{outcome.id}_value"),
        )
    )

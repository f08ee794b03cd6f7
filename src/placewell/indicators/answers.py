"""Outcomes that come from questionnaires: the last answer on leaving, and the change since the baseline."""

from __future__ import annotations

import polars as pl

from placewell.outcomes import Facts
from placewell.outcomes.facts import ROW
from placewell.questionnaires import changes
from placewell.questionnaires import instrument as scoring_of
from placewell.questionnaires.scoring import SCORE
from placewell.specification.outcomes import Answered, ExitQuestionnaire, QuestionnaireChange

SHARES = 10_000
"""Scores are whole ten-thousandths, so that a mean does not depend on the order of adding."""


def answer_columns(facts: Facts) -> list[pl.LazyFrame]:
    """Per row, for each such outcome: `<id>_on`, `<id>_met` and, for a change, `<id>_value`. Source: 002 Fig. 2."""
    parts = []
    for outcome in facts.rules.outcomes:
        if isinstance(outcome, Answered):
            parts.append(_answered(facts, outcome))
        elif isinstance(outcome, ExitQuestionnaire):
            parts.append(_at_exit(facts, outcome))
        elif isinstance(outcome, QuestionnaireChange):
            parts.append(_changed(facts, outcome))
    return parts


def _since_entry(facts: Facts) -> pl.LazyFrame:
    return facts.since_entry("responses", "completed_on", "response_id", "instrument", "occasion", "item", "answer")


def _answered(facts: Facts, outcome: Answered) -> pl.LazyFrame:
    asked = (pl.col("instrument") == outcome.instrument) & pl.col("item").is_in(outcome.items)
    if outcome.occasions:
        asked &= pl.col("occasion").is_in(outcome.occasions)
    return (
        _since_entry(facts)
        .filter(asked & pl.col("answer").is_not_null())
        .group_by(ROW, "response_id")
        .agg(
            pl.col("completed_on").max(),
            pl.col("item").n_unique().alias("answered"),
            pl.col("answer").is_in(outcome.good).all().alias("good"),
        )
        .filter(pl.col("answered") == len(set(outcome.items)))
        .sort("completed_on", "response_id")
        .unique(ROW, keep="last", maintain_order=True)
        .select(ROW, pl.col("completed_on").alias(f"{outcome.id}_on"), pl.col("good").alias(f"{outcome.id}_met"))
    )


def _at_exit(facts: Facts, outcome: ExitQuestionnaire) -> pl.LazyFrame:
    """Per closed row: the day it closed, whether a form was completed, and whether it answers the item asked.

    Source: 004 §8.1.
    """
    is_asked = (pl.col("instrument") == outcome.instrument) & pl.col("occasion").is_in(outcome.occasions)
    forms = _since_entry(facts).filter(is_asked)
    if outcome.item:
        forms = forms.filter((pl.col("item") == outcome.item) & pl.col("answer").is_not_null())
    last = forms.sort("completed_on", "response_id").unique(ROW, keep="last", maintain_order=True)
    good = pl.col("answer").is_in(outcome.good) if outcome.item else pl.lit(True)
    closed = facts.entries.filter(pl.col("closed_on") >= pl.col("entered_on")).select(ROW, "closed_on")
    return closed.join(last.select(ROW, good.alias("good"), asked=pl.lit(True)), on=ROW, how="left").select(
        ROW,
        pl.col("closed_on").alias(f"{outcome.id}_on"),
        pl.col("good").fill_null(False).alias(f"{outcome.id}_met"),
        pl.col("asked").fill_null(False).alias(f"{outcome.id}_asked"),
    )


def _changed(facts: Facts, outcome: QuestionnaireChange) -> pl.LazyFrame:
    """The baseline may be older than programme entry: in a trial it comes before randomisation (002 §11.3–11.6)."""
    responses = facts.table("responses")
    if outcome.since_entry:
        responses = _since_entry(facts)
    one = scoring_of(outcome.instrument)
    one = one.with_value_set(outcome.value_set) if outcome.value_set else one
    pairs = changes(responses, one, outcome.scale)
    entered = facts.entries.select("episode_id", ROW, "entered_on")
    better = pl.col("change") > 0 if one.better == "up" else pl.col("change") < 0
    at_best = pl.lit(False) if outcome.best is None else pl.col("baseline") == pl.lit(outcome.best, SCORE)
    return (
        pairs.join(entered, on="episode_id")
        .filter(pl.col("later_on") >= pl.col("entered_on"))
        .select(
            ROW,
            pl.col("later_on").alias(f"{outcome.id}_on"),
            (better if outcome.improved else pl.lit(True)).alias(f"{outcome.id}_met"),
            (pl.col("change") * SHARES).cast(pl.Int64).alias(f"{outcome.id}_value"),
            pl.col("baseline").cast(pl.String).alias(f"{outcome.id}_baseline"),
            pl.col("later").cast(pl.String).alias(f"{outcome.id}_later"),
            at_best.alias(f"{outcome.id}_at_best"),
        )
    )

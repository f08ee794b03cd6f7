"""Change in a questionnaire: the first complete baseline against the last complete later response."""

from __future__ import annotations

import polars as pl

from placewell.questionnaires.instruments import Instrument
from placewell.questionnaires.scoring import known, scored

BASELINE = "baseline"


def changes(responses: pl.LazyFrame, instrument: str | Instrument, scale: str) -> pl.LazyFrame:
    """Per episode with a pair: baseline_on, baseline, later_on, later and change (later − baseline).

    A response that the instrument's missing-item rule does not score is not complete; later means on a later day, and
    a form without its day is neither. Two forms of which one leaves out more items that do not apply are no pair: their
    scores are not on one scale.
    Source: semantics.md §3 (change in a questionnaire); 002 Fig. 2; 004 §8.1.
    """
    return pairs(responses, instrument, scale).drop("baseline_id", "later_id")


def pairs(responses: pl.LazyFrame, instrument: str | Instrument, scale: str) -> pl.LazyFrame:
    """The rows of `changes`, with the ids of the two forms: baseline_id and later_id."""
    one = known(instrument)
    forms = (
        responses.filter((pl.col("instrument") == one.id) & pl.col("completed_on").is_not_null())
        .select("response_id", "episode_id", "occasion", "completed_on")
        .unique("response_id", keep="first", maintain_order=True)
    )
    complete = (
        scored(responses, one, (one.scale(scale).id,))
        .filter("complete")
        .join(forms, on="response_id")
        .sort("episode_id", "completed_on", "response_id")
        .collect(engine="in-memory")
        .lazy()
    )
    baselines = (
        complete.filter(pl.col("occasion") == BASELINE)
        .unique("episode_id", keep="first", maintain_order=True)
        .select(
            "episode_id",
            pl.col("response_id").alias("baseline_id"),
            pl.col("completed_on").alias("baseline_on"),
            pl.col("score").alias("baseline"),
            pl.col("left_out").alias("left_out_at_first"),
        )
    )
    return (
        complete.join(baselines, on="episode_id", maintain_order="left")
        .filter(pl.col("completed_on") > pl.col("baseline_on"))
        .unique("episode_id", keep="last", maintain_order=True)
        .filter(pl.col("left_out") == pl.col("left_out_at_first"))
        .select(
            "episode_id",
            "baseline_id",
            "baseline_on",
            "baseline",
            pl.col("response_id").alias("later_id"),
            pl.col("completed_on").alias("later_on"),
            pl.col("score").alias("later"),
            (pl.col("score") - pl.col("baseline")).alias("change"),
        )
    )

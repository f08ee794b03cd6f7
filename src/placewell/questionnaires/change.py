"""Change in a questionnaire: the first complete baseline against the last complete later response."""

from __future__ import annotations

import polars as pl

from placewell.questionnaires.scoring import scores

BASELINE = "baseline"


def changes(responses: pl.LazyFrame, instrument: str, scale: str) -> pl.LazyFrame:
    """Per episode with a pair: baseline_on, baseline, later_on, later and change (later − baseline).

    A response that the instrument's missing-item rule does not score is not complete; later means on a later day.
    Source: semantics.md §3 (change in a questionnaire); 002 Fig. 2.
    """
    forms = (
        responses.filter(pl.col("instrument") == instrument)
        .select("response_id", "episode_id", "occasion", "completed_on")
        .unique("response_id", keep="first", maintain_order=True)
    )
    scored = (
        scores(responses, (instrument,), (scale,))
        .filter("complete")
        .join(forms, on="response_id")
        .sort("episode_id", "completed_on", "response_id")
        .collect(engine="in-memory")
        .lazy()
    )
    baselines = (
        scored.filter(pl.col("occasion") == BASELINE)
        .unique("episode_id", keep="first", maintain_order=True)
        .select("episode_id", pl.col("completed_on").alias("baseline_on"), pl.col("score").alias("baseline"))
    )
    return (
        scored.join(baselines, on="episode_id", maintain_order="left")
        .filter(pl.col("completed_on") > pl.col("baseline_on"))
        .unique("episode_id", keep="last", maintain_order=True)
        .select(
            "episode_id",
            "baseline_on",
            "baseline",
            pl.col("completed_on").alias("later_on"),
            pl.col("score").alias("later"),
            (pl.col("score") - pl.col("baseline")).alias("change"),
        )
    )

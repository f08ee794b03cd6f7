"""The actions of a fidelity plan, each judged at the first follow-up review that comes after it."""

from __future__ import annotations

import polars as pl

from placewell.outcomes import words
from placewell.outcomes.facts import ROW, Facts
from placewell.specification.outcomes import FidelityActions


def actions(facts: Facts, outcome: FidelityActions) -> pl.LazyFrame:
    """One line per action agreed by the day, with the columns of `rows.lines` and `achieved_on`.

    `on` is the day of the review that judges it: the first of `judged_at` after the day it was agreed, of the same
    team; null while there is none. Source: 003 quality.
    """
    of_kind = pl.col("kind").is_in(outcome.reviews) if outcome.reviews else pl.lit(True)
    reviews = _reviews(facts, outcome)
    plans = reviews.filter(of_kind).select("review_id", "team_id", pl.col("kind").alias("code"))
    judging = reviews.filter(pl.col("kind").is_in(outcome.judged_at)).select("team_id", pl.col("on").alias("judged_on"))
    agreed = facts.table("fidelity_actions").join(plans, on="review_id")
    judged = (
        agreed.join(judging, on="team_id", nulls_equal=True)
        .filter(pl.col("judged_on") > pl.col("agreed_on"))
        .group_by("action_id")
        .agg(pl.col("judged_on").min().alias("on"))
    )
    return agreed.join(judged, on="action_id", how="left").select(
        pl.col("action_id").alias("subject_id"),
        pl.lit(None, pl.UInt32).alias(ROW),
        pl.lit(None, pl.String).alias("episode_id"),
        "on",
        (pl.col("achieved_on") <= pl.col("on")).fill_null(False).alias("met"),
        "code",
        "achieved_on",
    )


def _reviews(facts: Facts, outcome: FidelityActions) -> pl.LazyFrame:
    """One row per review of the service on the scale."""
    own = pl.col("service_id").fill_null(facts.spec.service.id) == facts.spec.service.id
    chosen = facts.table("fidelity_reviews").filter(own & (pl.col("scale") == outcome.scale)).sort("review_id", "item")
    return chosen.group_by("review_id").agg(pl.col("on").min(), pl.col("kind").first(), pl.col("team_id").first())


def not_achieved(outcome: FidelityActions) -> pl.Expr:
    """Why an action is not counted: it was achieved after the review that judged it, or is not achieved yet."""
    late = words.sentence("Achieved on ", words.day("achieved_on"), ", after the follow-up review of ")
    found = pl.when(pl.col("achieved_on").is_null()).then(pl.lit("Not achieved by the follow-up review of "))
    return words.sentence(found.otherwise(late), words.day(f"{outcome.id}_on"), ".")

"""Recovery as IAPT defines it: from caseness on PHQ-9 or GAD-7 at the start to below it on both at the end."""

from __future__ import annotations

import polars as pl

from placewell.questionnaires.change import changes
from placewell.questionnaires.instruments import Instrument
from placewell.questionnaires.reading import QuestionnaireError
from placewell.questionnaires.scoring import SCORE, known

SCALE, CASENESS = "total", "caseness"
RECOVERED, NOT_RECOVERED, NO_CASE = "recovered", "not recovered", "below caseness at the start"


def recoveries(
    responses: pl.LazyFrame, phq9: str | Instrument = "phq9", gad7: str | Instrument = "gad7"
) -> pl.LazyFrame:
    """Per episode with a pair in both: phq9_baseline, phq9_later, gad7_baseline, gad7_later and recovery.

    An episode that has only one of the two is not judged: recovery needs both to be below. Scoring of a service's own
    may be given instead of ours. Source: IAPT (confirmed). Raises QuestionnaireError where that names no caseness.
    """
    pairs = [_pair(responses, phq9, "phq9"), _pair(responses, gad7, "gad7")]
    case_at_start = pl.col("phq9_case_at_start") | pl.col("gad7_case_at_start")
    case_at_end = pl.col("phq9_case_at_end") | pl.col("gad7_case_at_end")
    judged = pl.when(~case_at_start).then(pl.lit(NO_CASE)).when(case_at_end).then(pl.lit(NOT_RECOVERED))
    return (
        pairs[0]
        .join(pairs[1], on="episode_id")
        .sort("episode_id")
        .select(
            "episode_id",
            *("phq9_baseline", "phq9_later", "gad7_baseline", "gad7_later"),
            judged.otherwise(pl.lit(RECOVERED)).alias("recovery"),
        )
    )


def _pair(responses: pl.LazyFrame, given: str | Instrument, name: str) -> pl.LazyFrame:
    """The two scores of each episode, and whether each is a case."""
    one = known(given)
    least = _caseness(one)
    return changes(responses, one, SCALE).select(
        "episode_id",
        pl.col("baseline").alias(f"{name}_baseline"),
        pl.col("later").alias(f"{name}_later"),
        (pl.col("baseline") >= least).alias(f"{name}_case_at_start"),
        (pl.col("later") >= least).alias(f"{name}_case_at_end"),
    )


def _caseness(one: Instrument) -> pl.Expr:
    """The score from which somebody is a case: where the upper of the two bands begins."""
    for scale in one.scales:
        banding = scale.banding(CASENESS)
        if scale.id == SCALE and banding:
            return pl.lit(banding.bands[1].least, SCORE)
    raise QuestionnaireError(f'{one.id} has no bands "{CASENESS}" of a scale "{SCALE}": recovery needs them.')

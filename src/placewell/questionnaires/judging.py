"""What scores say: the band a score lies in, and whether a change from the baseline is large enough to count."""

from __future__ import annotations

import polars as pl

from placewell.questionnaires.change import pairs
from placewell.questionnaires.instruments import Instrument
from placewell.questionnaires.reading import QuestionnaireError
from placewell.questionnaires.scales import Banding, Change
from placewell.questionnaires.scoring import COLUMNS, SCORE, known, scored, scores

JUDGED = (*COLUMNS, "band", "change", "verdict")


def judged(responses: pl.LazyFrame, instrument: str | Instrument, banding: str | None = None) -> pl.LazyFrame:
    """The rows of `scores` with band, change and verdict, each null where there is none to give.

    `band`: in words, by the scale's first banding or the one named. `change`: on the last complete later form of an
    episode, against its first complete baseline. `verdict`: whether that change counts. A score with an item left out
    has no band: bands are made for the whole scale. Raises QuestionnaireError for bands that no scale has.
    """
    one = known(instrument)
    bandings = _bandings(one, banding)
    if not one.scales:
        return scores(responses, (one,)).with_columns(pl.lit(None, pl.String).alias(name) for name in JUDGED[-3:])
    forms = scored(responses, one)
    parts = []
    for place, scale in enumerate(one.scales):
        changed = pairs(responses, one, scale.id).select(pl.col("later_id").alias("response_id"), "change")
        parts.append(
            forms.filter(pl.col("place") == place)
            .join(changed, on="response_id", how="left")
            .with_columns(_band(bandings[place]).alias("band"), _verdict(scale.change, one.better).alias("verdict"))
        )
    return pl.concat(parts).sort("response_id", "place").select(JUDGED)


def _bandings(one: Instrument, named: str | None) -> list[Banding | None]:
    """The banding of each scale; a name must be known to one scale at least."""
    found = [scale.banding(named) for scale in one.scales]
    if named and not any(found):
        has = ", ".join(banding.id for scale in one.scales for banding in scale.bandings) or "none"
        raise QuestionnaireError(f'{one.id} has no bands "{named}": it has {has}.')
    return found


def _band(banding: Banding | None) -> pl.Expr:
    found = pl.lit(None, pl.String)
    for band in banding.bands if banding else ():
        found = pl.when(pl.col("score") >= pl.lit(band.least, SCORE)).then(pl.lit(band.label)).otherwise(found)
    return pl.when(pl.col("left_out") == 0).then(found)


def _verdict(rule: Change | None, better: str) -> pl.Expr:
    if rule is None:
        return pl.lit(None, pl.String)
    gain = pl.col("change") if better == "up" else -pl.col("change")
    least, most = pl.lit(rule.least, SCORE), pl.lit(rule.most, SCORE)
    return (
        pl.when(gain.abs() < least)
        .then(pl.lit(f"no {rule.kind} change"))
        .when(gain >= most)
        .then(pl.lit(f"{rule.kind} improvement"))
        .when(-gain >= most)
        .then(pl.lit(f"{rule.kind} deterioration"))
        .when(gain > 0)
        .then(pl.lit(f"perhaps a {rule.kind} improvement"))
        .when(gain < 0)
        .then(pl.lit(f"perhaps a {rule.kind} deterioration"))
    )

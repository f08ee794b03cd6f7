"""Scores of answered forms, by the instrument's own rule for missing items."""

from __future__ import annotations

import polars as pl

from placewell.questionnaires.instruments import Instrument, Scale, instrument, instrument_ids

SCORE = pl.Decimal(14, 4)
SHARES = 10_000


def scores(
    responses: pl.LazyFrame, instruments: tuple[str, ...] | None = None, scales: tuple[str, ...] | None = None
) -> pl.LazyFrame:
    """One row per form and scale: response_id, instrument, scale, score (null: could not be scored), complete.

    `responses`: the columns of the data set's table; forms of instruments that have no scoring are left out, and
    `scales` keeps some. An answer that is not one of the item's is a missing answer. In order of response_id and the
    instrument's scales.
    Source: 002 Fig. 2; semantics.md §5 (score).
    """
    wanted = [instrument(id) for id in (instrument_ids() if instruments is None else instruments)]
    forms = [_scored(responses.filter(pl.col("instrument") == one.id), one, scales) for one in wanted]
    return pl.concat(forms).sort("response_id", "instrument", "place").drop("place")


def _scored(responses: pl.LazyFrame, one: Instrument, scales: tuple[str, ...] | None) -> pl.LazyFrame:
    points = pl.LazyFrame(one.points, schema={"item": pl.String, "answer": pl.String, "points": pl.Int64}, orient="row")
    answered = responses.select("response_id", "item", pl.col("answer").str.strip_chars()).join(
        points, on=["item", "answer"], how="left"
    )
    forms = answered.select("response_id").unique()
    places = [place for place, scale in enumerate(one.scales) if scales is None or scale.id in scales]
    return pl.concat([_on_scale(answered, forms, one, place) for place in places])


def _on_scale(answered: pl.LazyFrame, forms: pl.LazyFrame, one: Instrument, place: int) -> pl.LazyFrame:
    scale = one.scales[place]
    known = answered.filter(pl.col("item").is_in(scale.items) & pl.col("points").is_not_null())
    totals = known.group_by("response_id").agg(pl.col("points").sum().alias("total"), pl.len().alias("answered"))
    enough = totals.filter(pl.col("answered") >= scale.least_answered).select("response_id", _score(scale))
    return (
        forms.join(_converted(enough, scale), on="response_id", how="left")
        .with_columns(pl.lit(one.id).alias("instrument"), pl.lit(scale.id).alias("scale"))
        .select(
            "response_id",
            "instrument",
            "scale",
            "score",
            pl.col("score").is_not_null().alias("complete"),
            pl.lit(place).alias("place"),
        )
    )


def _score(scale: Scale) -> pl.Expr:
    """The score to four decimals, by whole numbers: half a share is rounded up."""
    parts = pl.col("total") * (len(scale.items) if scale.rule == "sum" else 1) * SHARES
    count = pl.col("answered").cast(pl.Int64)
    shares = (2 * parts + count) // (2 * count)
    return (shares.cast(SCORE) / SHARES).cast(SCORE).alias("score")


def _converted(scored: pl.LazyFrame, scale: Scale) -> pl.LazyFrame:
    if not scale.conversion:
        return scored
    table = pl.LazyFrame(
        {"score": [raw for raw, _ in scale.conversion], "metric": [metric for _, metric in scale.conversion]},
        schema={"score": SCORE, "metric": SCORE},
    )
    return scored.join(table, on="score", how="left").select("response_id", pl.col("metric").alias("score"))

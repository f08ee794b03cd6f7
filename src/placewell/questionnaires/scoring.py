"""Scores of answered forms, by the instrument's own rule for missing items."""

from __future__ import annotations

import polars as pl

from placewell.questionnaires.instruments import Instrument, instrument, instrument_ids
from placewell.questionnaires.scales import Scale

SCORE = pl.Decimal(14, 4)
SHARES = 10_000
COLUMNS = ("response_id", "instrument", "scale", "score", "complete")
_NONE = pl.LazyFrame(
    schema={
        "response_id": pl.String,
        "instrument": pl.String,
        "scale": pl.String,
        "score": SCORE,
        "complete": pl.Boolean,
        "place": pl.Int32,
        "left_out": pl.Int64,
    }
)
POINTS = {"item": pl.String, "answer": pl.String, "points": pl.Int64, "left_out": pl.Boolean}


def scores(
    responses: pl.LazyFrame,
    instruments: tuple[str | Instrument, ...] | None = None,
    scales: tuple[str, ...] | None = None,
) -> pl.LazyFrame:
    """One row per form and scale: response_id, instrument, scale, score (null: could not be scored), complete.

    `responses`: the columns of the data set's table; forms of other instruments are left out (default: of those that
    have no scale), and `scales` keeps some. An answer that is not one of the item's is a missing answer, and a form
    that answers an item twice is not scored. In order of response_id and the instrument's scales.
    Source: 002 Fig. 2; semantics.md §5 (score).
    """
    wanted = [known(one) for one in (instrument_ids() if instruments is None else instruments)]
    forms = [_NONE, *(scored(responses, one, scales) for one in wanted if one.scales)]
    return pl.concat(forms).sort("response_id", "instrument", "place").select(COLUMNS)


def known(given: str | Instrument) -> Instrument:
    """The questionnaire of that id, or the one given; KeyError where there is none."""
    return instrument(given) if isinstance(given, str) else given


def scored(responses: pl.LazyFrame, one: Instrument, scales: tuple[str, ...] | None = None) -> pl.LazyFrame:
    """The scores of one questionnaire, unsorted, with `place` (of the scale) and `left_out`.

    `left_out`: how many items did not apply. Scores with different items left out cannot be compared.
    """
    mine = responses.filter(pl.col("instrument") == one.id)
    points = pl.LazyFrame(_points(one), schema=POINTS, orient="row")
    answered = mine.select("response_id", "item", pl.col("answer").str.strip_chars()).join(
        points, on=["item", "answer"], how="left"
    )
    forms = answered.select("response_id").unique()
    places = [place for place, scale in enumerate(one.scales) if scales is None or scale.id in scales]
    return pl.concat([_on_scale(answered, forms, one, place) for place in places])


def _points(one: Instrument) -> list[tuple[str, str, int, bool]]:
    """item, answer, points, whether the answer leaves the item out of its scales."""
    return [
        (item, answer, answers.scored.get(answer, 0), answer in answers.left_out)
        for answers in one.answers
        for item in answers.items
        for answer in (*answers.scored, *answers.left_out)
    ]


def _on_scale(answered: pl.LazyFrame, forms: pl.LazyFrame, one: Instrument, place: int) -> pl.LazyFrame:
    scale = one.scales[place]
    valid = answered.filter(pl.col("item").is_in(scale.items) & pl.col("points").is_not_null())
    totals = valid.group_by("response_id").agg(
        _weighted(scale).sum().alias("total"),
        pl.len().cast(pl.Int64).alias("answers"),
        pl.col("item").n_unique().cast(pl.Int64).alias("items"),
        pl.col("left_out").sum().cast(pl.Int64).alias("left_out"),
    )
    enough = totals.filter((pl.col("answers") == pl.col("items")) & (pl.col("items") >= scale.least_answered))
    return (
        forms.join(_worth(enough, one, scale), on="response_id", how="left")
        .with_columns(pl.lit(one.id).alias("instrument"), pl.lit(scale.id).alias("scale"))
        .select(
            "response_id",
            "instrument",
            "scale",
            "score",
            pl.col("score").is_not_null().alias("complete"),
            pl.lit(place).alias("place"),
            "left_out",
        )
    )


def _weighted(scale: Scale) -> pl.Expr:
    """Points; in a profile at the item's place, so that 1, 1, 2, 2, 1 is 11221."""
    if scale.rule != "profile":
        return pl.col("points")
    weights = {item: 10**place for place, item in enumerate(reversed(scale.items))}
    return pl.col("points") * pl.col("item").replace_strict(weights, return_dtype=pl.Int64)


def _worth(enough: pl.LazyFrame, one: Instrument, scale: Scale) -> pl.LazyFrame:
    """The score of each form: looked up where the scale says so, else to four decimals by whole numbers."""
    values = one.values(scale)
    if values:
        table = pl.LazyFrame(
            {"total": [total for total, _ in values], "score": [score for _, score in values]},
            schema={"total": pl.Int64, "score": SCORE},
        )
        return enough.join(table, on="total", how="left").select("response_id", "score", "left_out")
    return enough.select("response_id", _computed(scale), "left_out")


def _computed(scale: Scale) -> pl.Expr:
    """The sum or mean of the items that apply, in shares of a ten-thousandth: half a share is rounded up."""
    applying = len(scale.items) - pl.col("left_out")
    count = pl.col("items") - pl.col("left_out")
    parts = pl.col("total") * (applying if scale.rule == "sum" else 1) * SHARES
    shares = (2 * parts + count) // (2 * count)
    return (shares.cast(SCORE) / SHARES).cast(SCORE).alias("score")

"""Answers that are counted, not scored: how many gave each, and who moved from one answer to another."""

from __future__ import annotations

import polars as pl

from placewell.questionnaires.instruments import Instrument
from placewell.questionnaires.scoring import known

MOST_SHOWN_AT_ZERO = 10
"""Answers given by nobody are listed, except those of long ranges such as 0 to 100."""
LISTED = {"item": pl.String, "answer": pl.String, "place": pl.Int64}


def answer_counts(responses: pl.LazyFrame, instrument: str | Instrument) -> pl.LazyFrame:
    """One row per item and answer: instrument, item, answer (null: no valid answer) and forms, how many gave it.

    Answers that nobody gave are shown with 0. The counts of an item add up to the forms, except for items of a
    service's own, which not every form asks. Source: 001 §4; 002 Fig. 2; 004 §8.1.
    """
    one = known(instrument)
    given = _given(responses, one)
    many = pl.col("response_id").n_unique().cast(pl.Int64)
    forms = given.select(many.alias("all"))
    counted = given.group_by("item", "answer").agg(many.alias("forms"))
    listed = _listed(one).join(counted, on=["item", "answer"], how="left").with_columns(pl.col("forms").fill_null(0))
    kept = listed.filter((pl.col("forms") > 0) | ~pl.col("item").is_in(_long(one)))
    unanswered = (
        listed.group_by("item")
        .agg(pl.col("place").max(), pl.col("forms").sum().alias("answered"))
        .join(forms, how="cross")
        .select(
            "item",
            pl.lit(None, pl.String).alias("answer"),
            "place",
            (pl.col("all") - pl.col("answered")).clip(0).alias("forms"),
        )
    )
    own = counted.filter(pl.lit(one.open_items) & ~pl.col("item").is_in(one.items) & pl.col("answer").is_not_null())
    return (
        pl.concat([kept, unanswered, own.with_columns(pl.lit(None, pl.Int64).alias("place"))], how="diagonal")
        .sort("place", pl.col("answer").is_null(), "item", "answer", nulls_last=True)
        .select(pl.lit(one.id).alias("instrument"), "item", "answer", "forms")
    )


def answer_moves(responses: pl.LazyFrame, instrument: str | Instrument, item: str) -> pl.LazyFrame:
    """Per episode with two known answers to an item on different days: first_on, first, last_on and last.

    Off sick pay or off benefits is first Y and last N. An answer such as "not stated" is passed over.
    Source: 001 §4, §8.
    """
    one = known(instrument)
    answers = one.answers_of(item)
    if answers is None:
        raise KeyError(f"{one.id} has no item {item}")
    given = (
        responses.filter((pl.col("instrument") == one.id) & (pl.col("item") == item))
        .select("episode_id", "response_id", "completed_on", pl.col("answer").str.strip_chars())
        .filter(pl.col("answer").is_in(answers.known) & pl.col("completed_on").is_not_null())
        .sort("episode_id", "completed_on", "response_id")
    )
    return (
        given.group_by("episode_id", maintain_order=True)
        .agg(
            pl.col("completed_on").first().alias("first_on"),
            pl.col("answer").first().alias("first"),
            pl.col("completed_on").last().alias("last_on"),
            pl.col("answer").last().alias("last"),
        )
        .filter(pl.col("last_on") > pl.col("first_on"))
    )


def _given(responses: pl.LazyFrame, one: Instrument) -> pl.LazyFrame:
    mine = responses.filter(pl.col("instrument") == one.id)
    return mine.select("response_id", "item", pl.col("answer").str.strip_chars().replace("", None))


def _listed(one: Instrument) -> pl.LazyFrame:
    rows = [(item, answer) for item in one.items if (found := one.answers_of(item)) for answer in found.allowed]
    return pl.LazyFrame([(*row, place) for place, row in enumerate(rows)], schema=LISTED, orient="row")


def _long(one: Instrument) -> list[str]:
    return [item for answers in one.answers if len(answers.allowed) > MOST_SHOWN_AT_ZERO for item in answers.items]

"""The least an hour of work may pay, by age and day. Rates are data: minimum_wage.csv. Source: 002 App. 7 Sv 10."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

import polars as pl

ADULT, YOUNG_ADULT, SCHOOL_LEAVER = 21, 18, 16


@cache
def rates() -> pl.DataFrame:
    """One row per day on which the rates changed: from, living_wage, living_wage_from_age, …, apprentice."""
    pounds = ["living_wage", "age_21_and_over", "age_18_20", "age_16_17", "apprentice"]
    text = pl.read_csv((files(__package__) / "minimum_wage.csv").read_bytes(), infer_schema=False)
    return text.with_columns(
        pl.col("from").str.to_date("%Y-%m-%d"),
        pl.col("living_wage_from_age").cast(pl.Int64()),
        pl.col(pounds).cast(pl.Decimal(14, 4)),
    ).sort("from")


def least_pay(age: pl.Expr, apprentice: pl.Expr) -> pl.Expr:
    """The rate for people of `age` (completed years), as an expression over a frame joined with `rates()`.

    Null under 16 and before the first rate. `apprentice`: under 19, or in the first year of an apprenticeship.
    """
    living = pl.col("living_wage").is_not_null() & (age >= pl.col("living_wage_from_age"))
    return (
        pl.when(age < SCHOOL_LEAVER)
        .then(None)
        .when(apprentice)
        .then(pl.col("apprentice"))
        .when(living)
        .then(pl.col("living_wage"))
        .when(age >= ADULT)
        .then(pl.coalesce("age_21_and_over", "living_wage"))
        .when(age >= YOUNG_ADULT)
        .then(pl.col("age_18_20"))
        .otherwise(pl.col("age_16_17"))
    )


def minimum_wage(age: int, day: date, apprentice: bool = False) -> Decimal | None:
    """The least pay for an hour on `day` at `age` (completed years), in pounds; None under 16 or before 2014.

    Self-employed people have none: do not ask for them.
    """
    in_force = rates().filter(pl.col("from") <= day).tail(1)
    if in_force.is_empty():
        return None
    found: Decimal | None = in_force.select(least_pay(pl.lit(age), pl.lit(apprentice))).item()
    return found

"""Age bands for the evaluator: whole years on a day, never a date of birth."""

from __future__ import annotations

from itertools import pairwise

import polars as pl

AGES = (18, 25, 35, 45, 55, 65)
"""Where each band begins; ours, as the document names no bands: ten years, young adults and pension age apart."""
NOT_KNOWN = "not_known"
BANDS = (f"under_{AGES[0]}", *(f"{low}_{high - 1}" for low, high in pairwise(AGES)), f"{AGES[-1]}_and_over", NOT_KNOWN)


def age_band(born: pl.Expr, day: pl.Expr) -> pl.Expr:
    """The band of the age in whole years on a day: under_18, 18_24 … 65_and_over; not_known without both days.

    Who is born on 29 February has their birthday on 1 March in other years.
    """
    return band_of(age_in_years(born, day))


def age_in_years(born: pl.Expr, day: pl.Expr) -> pl.Expr:
    """The age in whole years on a day; null without both days."""
    before_birthday = day.dt.strftime("%m%d") < born.dt.strftime("%m%d")
    return day.dt.year() - born.dt.year() - before_birthday.cast(pl.Int32)


def band_of(age: pl.Expr) -> pl.Expr:
    """The band of an age in whole years: under_18, 18_24 … 65_and_over, not_known."""
    named = pl.when(age.is_null()).then(pl.lit(NOT_KNOWN))
    for below, band in zip(AGES, BANDS, strict=False):
        named = named.when(age < below).then(pl.lit(band))  # type: ignore[assignment]
    return named.otherwise(pl.lit(BANDS[len(AGES)]))

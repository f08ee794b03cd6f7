"""Sentences made from columns: dates as people write them, days counted, attempts told."""

from __future__ import annotations

from datetime import date

import polars as pl


def day(column: str | pl.Expr) -> pl.Expr:
    """A date in words: "12 June 2019"."""
    expression = pl.col(column) if isinstance(column, str) else column
    return expression.dt.strftime("%-d %B %Y")


def say(template: str, *parts: pl.Expr) -> pl.Expr:
    """The template with each {} filled in from a text expression."""
    return pl.format(template, *parts)


def day_number(column: str, as_at: date) -> pl.Expr:
    """How many days ago a day was, as text."""
    return (pl.lit(as_at) - pl.col(column)).dt.total_days().cast(pl.String())


def counted(number: pl.Expr, one: str, many: str) -> pl.Expr:
    """ "1 day", "3 days"."""
    return pl.when(number == 1).then(pl.lit(f"1 {one}")).otherwise(say("{} " + many, number.cast(pl.String())))


def attempts() -> pl.Expr:
    """ " Tried 2 times since, last on 7 June 2019, without an answer." or nothing; needs `tries` and `tried_on`."""
    once = say(" Tried on {} without an answer.", day("tried_on"))
    more = say(
        " Tried {} times since, last on {}, without an answer.", pl.col("tries").cast(pl.String()), day("tried_on")
    )
    return pl.when(pl.col("tries") == 1).then(once).when(pl.col("tries") > 1).then(more).otherwise(pl.lit(""))

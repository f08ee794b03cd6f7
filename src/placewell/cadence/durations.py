"""The numbers of a clock as days: when it breaks, counted in days or in months, and how to say so."""

from __future__ import annotations

import polars as pl

from placewell.errors import UserError
from placewell.specification.pathway import Clock


def within(clock: Clock, start: str) -> pl.Expr:
    """The day on which the clock breaks, `start` + its days or months, as the column `due_on`.

    A month later is the same day of the next month, the last day where that month is shorter.
    """
    return pl.col(start).dt.offset_by(_offset(clock)).alias("due_on")


def every(clock: Clock) -> str:
    """The clock's duration in words: "28 days", "nine months", "one month"."""
    offset = _offset(clock)
    number, unit = int(offset.rstrip("dmo")), "month" if offset.endswith("mo") else "day"
    small = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    word = small[number - 1] if unit == "month" and number <= len(small) else str(number)
    return f"{word} {unit}{'' if number == 1 else 's'}"


def stretch(clock: Clock, start: str) -> pl.Expr:
    """The last day of the stretch after `start` in which the clock repeats; for ever where it has none."""
    if clock.until_months is not None:
        return pl.col(start).dt.offset_by(f"{clock.until_months}mo")
    if clock.until_days is not None:
        return pl.col(start).dt.offset_by(f"{clock.until_days}d")
    return pl.date(2999, 12, 31)


def _offset(clock: Clock) -> str:
    for number, unit in (
        (clock.days, "d"),
        (clock.months, "mo"),
        (clock.every_days, "d"),
        (clock.every_months, "mo"),
    ):
        if number is not None:
            return f"{number}{unit}"
    raise UserError(f"pathway.toml, clock {clock.id}: give it days, months, every_days or every_months.")

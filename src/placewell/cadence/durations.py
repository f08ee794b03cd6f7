"""The numbers of a clock as days: when it breaks, in days, working days or months, and how to say so."""

from __future__ import annotations

from functools import cache

import polars as pl

from placewell.errors import UserError
from placewell.periods import bank_holidays
from placewell.specification.pathway import Clock

UNITS = (("days", "d"), ("working_days", "bd"), ("months", "mo"), ("every_days", "d"), ("every_months", "mo"))
NAMES = {"d": "day", "bd": "working day", "mo": "month"}
SMALL = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def within(clock: Clock, start: str) -> pl.Expr:
    """The day on which the clock breaks, `start` + its days, working days or months, as the column `due_on`.

    A month later is the same day of the next month, the last day where that month is shorter. Working days are counted
    from the next one where `start` is none (`placewell.periods.add_working_days`).
    """
    number, unit = _number(clock)
    day = pl.col(start)
    if unit == "bd":
        return day.dt.add_business_days(number, holidays=_holidays(), roll="forward").alias("due_on")
    return day.dt.offset_by(f"{number}{unit}").alias("due_on")


def every(clock: Clock) -> str:
    """The clock's duration in words: "28 days", "five working days", "nine months", "one month"."""
    number, unit = _number(clock)
    word = SMALL[number - 1] if unit != "d" and 0 < number <= len(SMALL) else str(number)
    return f"{word} {NAMES[unit]}{'' if number == 1 else 's'}"


def stretch(clock: Clock, start: str) -> pl.Expr:
    """The last day of the stretch after `start` in which the clock repeats; for ever where it has none."""
    if clock.until_months is not None:
        return pl.col(start).dt.offset_by(f"{clock.until_months}mo")
    if clock.until_days is not None:
        return pl.col(start).dt.offset_by(f"{clock.until_days}d")
    return pl.date(2999, 12, 31)


def _number(clock: Clock) -> tuple[int, str]:
    for name, unit in UNITS:
        number: int | None = getattr(clock, name)
        if number is not None:
            return number, unit
    raise UserError(f"pathway.toml, clock {clock.id}: give it days, working_days, months, every_days or every_months.")


@cache
def _holidays() -> pl.Series:
    return pl.Series(sorted(bank_holidays()), dtype=pl.Date)

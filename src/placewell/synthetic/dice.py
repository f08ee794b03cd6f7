"""Seeded dice as Polars expressions: a number depends on the seed, a purpose and counters, in every release of Polars.

Nothing is drawn in order, so rows can be made in any order and in bulk; the mixing is ours (32-bit xor, shift and
multiply, held in 64-bit integers so that nothing overflows), because the hash of a library may change with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from zlib import crc32

import polars as pl

_MASK = 0xFFFFFFFF
_GOLDEN = 0x9E3779B9
_FACES = 1 << 32
SATURDAY, SUNDAY = 6, 7


def _mixed(values: pl.Series) -> pl.Series:
    values = values ^ (values // 65536)
    values = (values * 0x7FEB352D) & _MASK
    values = values ^ (values // 32768)
    values = (values * 0x846CA68B) & _MASK
    return values ^ (values // 65536)


def _rolled(start: int, counters: Sequence[pl.Series]) -> pl.Series:
    """Stirs in one counter after the other. On series: in an expression each step would double what stands below."""
    mixed = pl.Series([start], dtype=pl.UInt64).new_from_index(0, len(counters[0]))
    for counter in counters:
        mixed = _mixed((mixed + counter.cast(pl.UInt64) * _GOLDEN) & _MASK)
    return mixed


@dataclass(frozen=True)
class Dice:
    """Dice of one seed, thrown for the rows that the columns `counters` number."""

    seed: int
    counters: tuple[str, ...]

    def by(self, *counters: str) -> Dice:
        """The same dice for rows numbered by other columns."""
        return Dice(self.seed, counters)

    def roll(self, purpose: str) -> pl.Expr:
        """A whole number from 0 to 2³² - 1."""
        start = crc32(f"{self.seed}:{purpose}".encode())
        return pl.map_batches(
            [pl.col(counter) for counter in self.counters],
            partial(_rolled, start),
            return_dtype=pl.UInt64,
            is_elementwise=True,
        )

    def happens(self, purpose: str, chance: float | pl.Expr) -> pl.Expr:
        """True in that share of the rows (0 to 1)."""
        return self.roll(purpose).cast(pl.Int64) < chance * _FACES

    def between(self, purpose: str, low: int, high: int) -> pl.Expr:
        """A whole number from `low` to `high`, both included."""
        return (self.roll(purpose) % (high - low + 1)).cast(pl.Int64) + low

    def about(self, purpose: str, low: int, high: int) -> pl.Expr:
        """A whole number from `low` to `high`, the middle ones more often."""
        half = (high - low) // 2
        return self.between(purpose + "/1", low, low + half) + self.between(purpose + "/2", 0, high - low - half)

    def pick(self, purpose: str, choices: Mapping[str, int] | Sequence[str | None]) -> pl.Expr:
        """One of the choices: each as often as its weight, or all alike."""
        weighted = choices.items() if isinstance(choices, Mapping) else ((choice, 1) for choice in choices)
        faces = pl.Series([choice for choice, weight in weighted for _ in range(weight)], dtype=pl.String)
        return pl.lit(faces).gather(self.roll(purpose) % len(faces))

    def pick_day(self, purpose: str, days: Sequence[date]) -> pl.Expr:
        """One of the days."""
        return pl.lit(pl.Series(days, dtype=pl.Date)).gather(self.roll(purpose) % len(days))


def days(count: pl.Expr | int) -> pl.Expr:
    """A number of days as a duration to add to a date."""
    return pl.duration(days=count)


def weekday(day: pl.Expr) -> pl.Expr:
    """The day itself, or the Monday after a weekend."""
    of_week = day.dt.weekday()
    return day + days(pl.when(of_week == SATURDAY).then(2).when(of_week == SUNDAY).then(1).otherwise(0))


def completed_years(birth_date: pl.Expr, day: pl.Expr) -> pl.Expr:
    """How old someone is on a day, in completed years."""
    birthday_to_come = day.dt.strftime("%m%d") < birth_date.dt.strftime("%m%d")
    return day.dt.year() - birth_date.dt.year() - birthday_to_come.cast(pl.Int32)

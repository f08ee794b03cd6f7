"""What is counted under one reading: every figure of the return, and what is counted beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import polars as pl

from placewell.comparison.beside import beside_the_return
from placewell.dataset import Dataset
from placewell.indicators import Workings, figures, members
from placewell.periods import Period
from placewell.specification import Specification

MEMBER = ("subject_id", "episode_id", "person_id", "status", "reason")
DECIDED = ("counted", "not_counted")


@dataclass(frozen=True)
class Question:
    """What is compared: a data set over a period, as at a day, of one lot or (None) of all.

    `only`: the ids of the counts to look at (None: every one).
    """

    dataset: Dataset
    period: Period
    as_at: date
    lot: str | None = None
    only: tuple[str, ...] | None = None

    def wants(self, id: str) -> bool:
        """Whether a count is looked at."""
        return self.only is None or id in self.only


@dataclass(frozen=True)
class Count:
    """One number with everyone it looked at. `members` has the columns of MEMBER; `in_return`: a figure of the return.

    `value` is the numerator of a plain count, a fraction (0 to 1) of a proportion, the number of a median or mean.
    """

    id: str
    name: str
    short_name: str
    clause: str
    unit: str
    subject: str
    measure: str
    numerator: int | None
    denominator: int | None
    value: int | float | None
    members: pl.DataFrame
    in_return: bool = True


def counts(spec: Specification, asked: Question) -> Iterator[Count]:
    """Every figure that the specification computes, in its order, then the counts beside the return.

    Definitions are those in force on the first day of the period. Source: semantics.md §4; ADR 7.
    """
    spec = spec.as_of(asked.period.start)
    shared = Workings(spec, asked.dataset, asked.as_at)
    chosen = tuple(one.id for one in spec.indicators.computed if asked.wants(one.id))
    found = figures(spec, asked.dataset, asked.period, asked.as_at, asked.lot, chosen, workings=shared)
    for figure in found:
        indicator = spec.indicators.indicator(figure.id)
        table = members(spec, figure.id, asked.dataset, asked.period, asked.as_at, asked.lot, shared)
        yield Count(
            figure.id,
            figure.name,
            indicator.short_name or figure.name,
            figure.clause,
            figure.unit,
            indicator.subject,
            figure.measure,
            figure.numerator,
            figure.denominator,
            figure.value,
            table.select(MEMBER),
        )
    beside = beside_the_return(shared, min(asked.period.last_day, asked.as_at), asked.lot)
    for count in (one for one in beside if asked.wants(one.id)):
        counted = count.members.filter(pl.col("status") == "counted").height
        yield Count(
            count.id,
            count.name,
            count.name,
            count.clause,
            count.unit,
            count.subject,
            "count",
            counted,
            None,
            counted,
            count.members.select(MEMBER),
            in_return=False,
        )

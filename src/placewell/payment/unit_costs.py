"""What it cost for each client, each person in work and each outcome: exact pence, with everyone behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

import polars as pl

from placewell.indicators import Workings, members
from placewell.payment.spending import Spending
from placewell.payment.terms import PENNY
from placewell.periods import Period

if TYPE_CHECKING:
    from placewell.dataset import Dataset
    from placewell.specification import Specification

CLIENTS = "clients"
AT_WORK = ("job_start", "weeks_in_work", "still_in_work")
"""Kinds of outcome a cost is told for, beside key outcomes, where payment.toml names none with [[cost_per]]."""
PEOPLE: dict[str, pl.DataType] = {"person_id": pl.String(), "episode_id": pl.String(), "on": pl.Date()}


@dataclass(frozen=True)
class Asked:
    """Something a cost is told for each of; no indicators: everyone who entered the programme."""

    id: str
    label: str
    indicators: tuple[str, ...] = ()


@dataclass(frozen=True)
class UnitCost:
    """Pounds for each person, rounded half up to the penny; null where nothing was spent or nobody counted.

    `at_least`: costs are missing. `people`: who was counted, columns person_id, episode_id, on (the outcome's day).
    """

    asked: Asked
    spending: Spending
    people: pl.DataFrame

    @property
    def each(self) -> Decimal | None:
        """The sum over the people."""
        if not self.spending.is_known or not self.people.height:
            return None
        return (self.spending.pounds / self.people.height).quantize(PENNY, rounding=ROUND_HALF_UP)

    @property
    def at_least(self) -> bool:
        """Whether the true cost is this or more."""
        return bool(self.spending.missing)


def unit_costs(
    spec: Specification, dataset: Dataset, spendings: Sequence[Spending], as_at: date, lot: str | None = None
) -> tuple[UnitCost, ...]:
    """Each spending over each group of people counted from the contract's start through the spending's own last day.

    People are counted as known on the as-at day, once each, so that pounds and people always span the same days.
    Source: 002 §6.5 iii.
    """
    count = _Count(spec, Workings(spec, dataset, as_at), lot)
    return tuple(
        UnitCost(asked, spending, count.people(asked, spending.through))
        for spending in spendings
        for asked in wanted(spec)
    )


def wanted(spec: Specification) -> tuple[Asked, ...]:
    """Clients first, then what payment.toml names, else every count of people at work or with a key outcome."""
    named = spec.payment.costs if spec.payment else ()
    if named:
        return Asked(CLIENTS, "Client"), *(Asked(each.id, each.label, each.indicators) for each in named)
    kinds = {outcome.id: outcome.kind for outcome in spec.outcomes.outcomes}
    counts = (one for one in spec.indicators.computed if (one.subject, one.measure) == ("person", "count"))
    reached = (one for one in counts if one.group == "key_outcomes" or kinds.get(one.outcome or "") in AT_WORK)
    return Asked(CLIENTS, "Client"), *(Asked(one.id, one.name, (one.id,)) for one in reached)


@dataclass
class _Count:
    """Counts people through a day; the same question is worked out once."""

    spec: Specification
    workings: Workings
    lot: str | None

    def __post_init__(self) -> None:
        self._counted: dict[tuple[str, date], pl.DataFrame] = {}

    def people(self, asked: Asked, through: date | None) -> pl.DataFrame:
        if through is None:
            return pl.DataFrame(schema=PEOPLE)
        key = (asked.id, through)
        if key not in self._counted:
            found = self._members(asked, through) if asked.indicators else self._entered(through)
            self._counted[key] = found.sort("on", "person_id").unique("person_id", keep="first", maintain_order=True)
        return self._counted[key]

    def _entered(self, through: date) -> pl.DataFrame:
        entries = self.workings.facts.entries.filter(pl.col("entered_on") <= through)
        entries = entries if self.lot is None else entries.filter(pl.col("lot") == self.lot)
        return entries.select("person_id", "episode_id", pl.col("entered_on").alias("on")).collect(engine="in-memory")

    def _members(self, asked: Asked, through: date) -> pl.DataFrame:
        shared = self.workings
        first = self.spec.service.first_quarter_starts
        span = Period("to date", first, through + timedelta(days=1))
        tables = (
            members(self.spec, indicator, shared.facts.dataset, span, shared.as_at, self.lot, shared)
            .filter(pl.col("status") == "counted")
            .select("person_id", "episode_id", pl.col("outcome_on").alias("on"))
            for indicator in asked.indicators
        )
        return pl.concat(tables)

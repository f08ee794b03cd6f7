"""Figures over many periods at once: the value of each indicator in each period, for charts; no breakdowns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import polars as pl

from placewell.indicators import status
from placewell.indicators.asked import check_lot, wanted
from placewell.indicators.figures import measured
from placewell.indicators.judging import Judged, code_of, judged
from placewell.indicators.workings import Workings
from placewell.periods import Period
from placewell.specification.indicators import Indicator

Value = int | float | None
FACTS = ("counted", "decided", "median", "sum")


def series(
    workings: Workings, periods: Sequence[Period], lot: str | None = None, only: Iterable[str] | None = None
) -> dict[str, tuple[Value, ...]]:
    """For each indicator its value in each period, as `figures` would give it as at the workings' day.

    Periods with other rules than the workings' specification want workings of their own. Raises UserError for an
    unknown lot or indicator. Source: semantics.md §4.
    """
    chosen = wanted(workings.spec, only)
    check_lot(workings.spec, lot)
    found: dict[str, list[Value]] = {one.id: [] for one in chosen}
    for period in periods:
        for group in judged(workings, chosen, period, lot):
            for indicator, line in _lines(group):
                found[indicator.id].append(measured(indicator, line)[2])
    return {id: tuple(values) for id, values in found.items()}


def _lines(group: Judged) -> list[tuple[Indicator, dict[str, Any]]]:
    """What `measured` asks for, of every indicator of a group, in one pass over its subjects."""
    row = group.frame.lazy().select(fact for one in group.indicators for fact in _facts(one))
    values = row.collect(engine="in-memory").row(0, named=True)
    return [(one, {name: values[f"{name} {one.id}"] for name in FACTS}) for one in group.indicators]


def _facts(indicator: Indicator) -> list[pl.Expr]:
    code = pl.col(code_of(indicator))
    value = status.value(indicator).filter(code == status.COUNTED)
    facts = ((code == status.COUNTED).sum(), (code <= status.NOT_COUNTED).sum(), value.median(), value.sum())
    return [fact.alias(f"{name} {indicator.id}") for name, fact in zip(FACTS, facts, strict=True)]

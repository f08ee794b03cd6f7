"""Figures: the aggregates of member tables, all indicators of a return at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

import polars as pl

from placewell.dataset import Dataset
from placewell.indicators import status, targets
from placewell.indicators.asked import as_at_day, check_lot, wanted
from placewell.indicators.judging import Judged, code_of, judged, key_of, outcome_of
from placewell.indicators.workings import Workings
from placewell.periods import Period
from placewell.specification import Specification
from placewell.specification.indicators import Indicator, Target

STATUSES = ("counted", "not_counted", "not_due", "excluded")


@dataclass(frozen=True)
class Cell:
    """One line of a breakdown. A median's or mean's numerator is null and its denominator what it rests on."""

    key: str
    numerator: int | None
    denominator: int | None
    value: int | float | None


@dataclass(frozen=True)
class Figure:
    """One indicator in one period as at one day. Source: semantics.md §5.

    `on_boundary`: how many of those counted work exactly the hours between the two bands; `on_backup`: how many are
    counted by backup evidence; `outstanding`: how many of those not counted reached it, and wait for evidence or for
    their hours; `hours_unknown`: how many of these have no hours, so that both bands wait for them. The return prints
    them under the figure, and that it is not in the contract where `in_contract` is false; with `at_best`, how many
    began at the best score and cannot improve, and `consequence`: what the contract says follows, where the target is
    breached. `target_set_by`: the contract, or the provider, whose own goal is in no contract and has no consequence.
    """

    id: str
    name: str
    clause: str
    unit: str
    numerator: int | None
    denominator: int | None
    value: int | float | None
    target: int | float | None
    status: str
    value_to_date: int | float | None
    members: Mapping[str, int]
    breakdowns: Mapping[str, tuple[Cell, ...]]
    on_boundary: int = 0
    on_backup: int = 0
    outstanding: int = 0
    hours_unknown: int = 0
    measure: str = field(default="count")
    in_contract: bool = True
    consequence: str | None = None
    at_best: int = 0
    target_set_by: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """The object that `report --format json` lists."""
        names = ("id", "name", "clause", "unit", "numerator", "denominator", "value", "target", "status")
        cells = {name: [vars(cell) for cell in lines] for name, lines in self.breakdowns.items()}
        marks = (
            "value_to_date",
            "on_boundary",
            "on_backup",
            "outstanding",
            "hours_unknown",
            "in_contract",
            "at_best",
            "consequence",
            "target_set_by",
        )
        extra = {name: getattr(self, name) for name in marks}
        return (
            {name: getattr(self, name) for name in names} | extra | {"members": dict(self.members), "breakdowns": cells}
        )


def figures(
    spec: Specification,
    dataset: Dataset,
    period: Period,
    as_at: date | None = None,
    lot: str | None = None,
    only: Iterable[str] | None = None,
    local_targets: Mapping[str, Target] | None = None,
    workings: Workings | None = None,
    across: str | None = None,
) -> tuple[Figure, ...]:
    """Every figure of a service for a period as at a day (its last day, where none is given), in the catalogue's order.

    `lot` keeps the episodes of one lot; `only` the indicators of these ids; `local_targets` are the service's own;
    `across` is the one breakdown wanted, where not all are.
    Raises UserError for an as-at day before the period, an unknown lot or an indicator that is not computed here.
    Source: semantics.md §4–5; 002 §17, App. 6.
    """
    as_at = as_at_day(period, as_at)
    chosen = wanted(spec, only)
    check_lot(spec, lot)
    shared = workings or Workings(spec, dataset, as_at)
    groups = judged(shared, chosen, period, lot)
    cells = _cells(shared, groups, across)
    counts = _member_counts(groups)
    within = period.last_day >= spec.service.first_quarter_starts  # before the contract nothing was aimed at
    aims = {one.id: (local_targets or {}).get(one.id, one.target) if within else None for one in chosen}
    to_date = _to_date(shared, [one for one in chosen if _is_yearly(aims[one.id])], period, lot)
    return tuple(_figure(one, aims[one.id], cells, counts, to_date, period, as_at, spec) for one in chosen)


def _is_yearly(target: Target | None) -> bool:
    return target is not None and target.basis in targets.CUMULATIVE


def _member_counts(groups: Iterable[Judged]) -> dict[str, dict[str, int]]:
    """How many members of each status every indicator has."""
    counted = {one.id: dict.fromkeys(STATUSES, 0) for group in groups for one in group.indicators}
    for group in groups:
        codes = group.frame.select(pl.col(code_of(one)).alias(one.id) for one in group.indicators)
        lines = codes.unpivot(variable_name="indicator", value_name="code").drop_nulls("code")
        for id, number, count in lines.group_by("indicator", "code").len().iter_rows():
            counted[id][status.STATUS[number]] += count
    return counted


TOTAL = ""
"""The name of the breakdown that is no breakdown: the figure itself."""

Lines = dict[tuple[str, str], list[dict[str, Any]]]


def _cells(shared: Workings, groups: Iterable[Judged], across: str | None) -> Lines:
    """The lines of every figure and breakdown, in one pass over the members that are counted or not."""
    parts = [_part(shared, group.frame.lazy(), one, across) for group in groups for one in group.indicators]
    found: Lines = {}
    if parts:
        for line in _aggregate(pl.concat(parts)).iter_rows(named=True):
            found.setdefault((line["indicator"], line["breakdown"]), []).append(line)
    return found


def _part(shared: Workings, frame: pl.LazyFrame, indicator: Indicator, across: str | None) -> pl.LazyFrame:
    """The members of one indicator that are counted or not, once for the figure and once for each breakdown."""
    facts = ("indicator", "code", "value", "exact", "backup", "reached", "no_hours", "at_best")
    return (
        frame.filter(pl.col(code_of(indicator)) <= status.NOT_COUNTED)
        .select(
            pl.lit(indicator.id).alias("indicator"),
            pl.col(code_of(indicator)).alias("code"),
            status.value(indicator).alias("value"),
            status.exact(indicator).alias("exact"),
            status.backup(indicator).alias("backup"),
            status.reached(indicator).alias("reached"),
            status.hours_unknown(indicator).alias("no_hours"),
            status.at_best(indicator, outcome_of(shared, indicator)).alias("at_best"),
            pl.lit(TOTAL).alias(TOTAL),
            *(
                key_of(indicator, item).alias(item.id)
                for item in shared.breakdowns_of(indicator)
                if across in (None, item.id)
            ),
        )
        .unpivot(index=list(facts), variable_name="breakdown", value_name="key")
    )


def _aggregate(members: pl.LazyFrame) -> pl.DataFrame:
    counted = pl.col("code") == status.COUNTED
    measured = pl.col("value").filter(counted)
    return (
        members.group_by("indicator", "breakdown", "key")
        .agg(
            counted.sum().alias("counted"),
            pl.len().alias("decided"),
            measured.median().alias("median"),
            measured.sum().alias("sum"),
            (pl.col("exact") & counted).sum().alias("exact"),
            (pl.col("backup") & counted).sum().alias("backup"),
            (pl.col("reached") & ~counted).sum().alias("outstanding"),
            (pl.col("reached") & pl.col("no_hours") & ~counted).sum().alias("hours_unknown"),
            (pl.col("at_best") & ~counted).sum().alias("at_best"),
        )
        .sort("indicator", "breakdown", "key")
        .collect(engine="in-memory")
    )


NOTHING = {
    "counted": 0,
    "decided": 0,
    "median": None,
    "sum": 0,
    "exact": 0,
    "backup": 0,
    "outstanding": 0,
    "hours_unknown": 0,
    "at_best": 0,
}


def measured(indicator: Indicator, line: Mapping[str, Any]) -> tuple[int | None, int | None, int | float | None]:
    """Numerator, denominator and value of a figure or cell."""
    counted, decided = int(line["counted"]), int(line["decided"])
    if indicator.measure == "count":
        return counted, None, counted
    if indicator.measure == "proportion":
        return counted, decided, counted / decided if decided else None
    if not counted:
        return None, 0, None
    exact = Fraction(line["median"]) if indicator.measure == "median" else Fraction(int(line["sum"]), counted)
    return None, counted, _number(exact / status.shares(indicator))


def _number(exact: Fraction) -> int | float:
    return exact.numerator if exact.denominator == 1 else float(exact)


def _figure(
    indicator: Indicator,
    target: Target | None,
    cells: Lines,
    counts: Mapping[str, Mapping[str, int]],
    to_date: Mapping[str, int],
    period: Period,
    as_at: date,
    spec: Specification,
) -> Figure:
    line = cells.get((indicator.id, TOTAL), [NOTHING])[0]
    numerator, denominator, value = measured(indicator, line)
    reached = to_date.get(indicator.id, value)
    aim = targets.judge(target, reached, period, as_at, spec.service.first_quarter_starts)
    set_by = None if target is None or aim.target is None else "provider" if target.local else "contract"
    breakdowns = {
        item.id: _lines(indicator, cells.get((indicator.id, item.id), []))
        for item in spec.indicators.breakdowns_of(indicator)
    }
    return Figure(
        indicator.id,
        indicator.name,
        indicator.clause,
        indicator.unit,
        numerator,
        denominator,
        value,
        aim.target,
        aim.status,
        reached if _is_yearly(target) else None,
        counts[indicator.id],
        breakdowns,
        line["exact"],
        line["backup"],
        line["outstanding"],
        line["hours_unknown"],
        indicator.measure,
        indicator.in_contract,
        _consequence(spec, indicator) if aim.status == "breached" and set_by == "contract" else None,
        line["at_best"],
        set_by,
    )


def _consequence(spec: Specification, indicator: Indicator) -> str | None:
    found = spec.indicators.consequence_of(indicator)
    return None if found is None else found.label


def _lines(indicator: Indicator, lines: Iterable[Mapping[str, Any]]) -> tuple[Cell, ...]:
    cells = (Cell(line["key"], *measured(indicator, line)) for line in lines)
    return tuple(cell for cell in cells if cell.numerator or cell.denominator)


def _to_date(shared: Workings, chosen: Iterable[Indicator], period: Period, lot: str | None) -> dict[str, int]:
    """The count from the start of the contract year to the end of the period."""
    yearly = tuple(chosen)
    if not yearly:
        return {}
    year = targets.year_to_date(period, shared.spec.service.first_quarter_starts)
    counts = _member_counts(judged(shared, yearly, year, lot))
    return {id: count["counted"] for id, count in counts.items()}

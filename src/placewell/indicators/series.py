"""Figures over many periods at once: the value of each indicator in each period, for charts; no breakdowns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import polars as pl

from placewell.indicators import status
from placewell.indicators.asked import check_lot, wanted
from placewell.indicators.figures import NOTHING, measured
from placewell.indicators.judging import of_organisation, outcome_of
from placewell.indicators.workings import Workings
from placewell.outcomes.facts import ROW
from placewell.periods import Period
from placewell.specification.indicators import Indicator
from placewell.specification.outcomes import ActiveCaseload, Standing

Value = int | float | None


@dataclass(frozen=True)
class Point:
    """A figure's value in one period, and how many more reached it and wait for evidence or hours."""

    value: Value
    outstanding: int


Lines = Mapping[tuple[str, int], Mapping[str, Any]]
LINE = ("indicator", "period", "code", "value", "reached")


def series(
    workings: Workings, periods: Sequence[Period], lot: str | None = None, only: Iterable[str] | None = None
) -> dict[str, tuple[Point, ...]]:
    """For each indicator its value in each period, as `figures` would give it as at the workings' day.

    The periods stand in order and do not overlap, so that a day lies in one of them: all are counted in one pass.
    Periods with other rules than the workings' specification want workings of their own. Raises UserError for an
    unknown lot or indicator. Source: semantics.md §4.
    """
    chosen = wanted(workings.spec, only)
    check_lot(workings.spec, lot)
    if any(one.end > other.start for one, other in pairwise(periods)):
        raise ValueError("A series wants periods in order that do not overlap.")
    lines = _lines(workings, chosen, periods, lot) if periods else {}
    return {
        one.id: tuple(_point(one, lines.get((one.id, place), NOTHING)) for place in range(len(periods)))
        for one in chosen
    }


def _point(indicator: Indicator, line: Mapping[str, Any]) -> Point:
    return Point(measured(indicator, line)[2], line["outstanding"])


def _lines(workings: Workings, chosen: Sequence[Indicator], periods: Sequence[Period], lot: str | None) -> Lines:
    """What `measured` asks for, by indicator and the place of the period."""
    of_people: list[pl.LazyFrame] = []
    of_others: list[pl.LazyFrame] = []
    for one in chosen:
        parts = list(_members(workings, one, periods, lot))
        (of_people if one.subject == "person" or of_organisation(one) else of_others).extend(parts)
    members = [_once_per_person(pl.concat(of_people)).select(LINE)] if of_people else []
    members += [pl.concat(of_others).select(LINE)] if of_others else []
    counted = pl.col("code") == status.COUNTED
    value = pl.col("value").filter(counted)
    rows = (
        pl.concat(members)
        .group_by("indicator", "period")
        .agg(
            counted.sum().alias("counted"),
            pl.len().alias("decided"),
            value.median().alias("median"),
            value.sum().alias("sum"),
            (pl.col("reached") & ~counted).sum().alias("outstanding"),
        )
        .collect(engine="in-memory")
    )
    return {(row["indicator"], row["period"]): row for row in rows.iter_rows(named=True)}


def _members(workings: Workings, one: Indicator, periods: Sequence[Period], lot: str | None) -> Iterator[pl.LazyFrame]:
    """The subjects that are counted or not in each period: one frame, for a caseload one for each period."""
    outcome = outcome_of(workings, one)
    if isinstance(outcome, ActiveCaseload | Standing):
        about = workings.episodes.select(ROW, "person_id", "lot", "entered_on", *workings.groups)
        for place, period in enumerate(periods):
            day = min(period.last_day, workings.as_at)
            active = workings.on_day(outcome, day).join(about, on=ROW)
            yield _decided(workings, one, active, period, lot).with_columns(period=pl.lit(place, pl.Int32))
        return
    frame = workings.subjects(one, outcome)
    whole = Period("", periods[0].start, periods[-1].end)
    places = pl.LazyFrame(
        {"period": range(len(periods)), "start": [p.start for p in periods], "end": [p.end for p in periods]},
        schema={"period": pl.Int32, "start": pl.Date, "end": pl.Date},
    )
    decided = _decided(workings, one, frame, whole, lot).sort("on")
    yield (
        decided.join_asof(places, left_on="on", right_on="start", strategy="backward")
        .filter(pl.col("on") < pl.col("end"))
        .drop("start", "end")
    )


def _decided(workings: Workings, one: Indicator, frame: pl.LazyFrame, period: Period, lot: str | None) -> pl.LazyFrame:
    """The members of a period that are counted or not, before people with several episodes are settled."""
    outcome = outcome_of(workings, one)
    own = frame if lot is None else frame.filter(pl.col("lot") == lot)
    return (
        own.with_columns(status.code(one, outcome, period, workings.as_at).alias("code"))
        .filter(pl.col("code") <= status.NOT_COUNTED)
        .select(
            pl.lit(one.id).alias("indicator"),
            ROW,
            pl.col("organisation_id" if of_organisation(one) else "person_id").alias("person_id"),
            "code",
            status.value(one).cast(pl.Int64).alias("value"),
            status.reached(one).alias("reached"),
            pl.col(f"{outcome.id}_on").alias("on"),
        )
    )


def _once_per_person(members: pl.LazyFrame) -> pl.LazyFrame:
    """One line for a person or organisation and period: counted if anything counts, by the first that does."""
    counted = pl.col("code") == status.COUNTED
    first = pl.col("value").filter(counted).sort_by(pl.col(ROW).filter(counted)).first()
    return members.group_by("indicator", "period", "person_id").agg(
        pl.col("code").min(), first, pl.col("reached").any()
    )

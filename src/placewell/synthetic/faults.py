"""Plants faults in made-up data, and keeps the answer key: where each one is, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from placewell.dataset import TABLES, Dataset
from placewell.synthetic.dice import Dice, days
from placewell.vocabulary.minimum_wage import rates

PER_KIND = 2
FIRST_ROW = 2
"""Rows count as a spreadsheet does: the header is row 1."""


@dataclass(frozen=True)
class Fault:
    """A planted fault: the table, the row of its file, the column, what stands there and what is wrong with it."""

    table: str
    row: int
    column: str
    value: str
    wrong: str


@dataclass(frozen=True)
class Kind:
    """A way of spoiling a row: `value` replaces `column` in rows where `where` holds.

    `unless_in`: tables whose rows would become wrong with it; a row that one of them refers to is left alone.
    """

    table: str
    column: str
    value: pl.Expr
    where: pl.Expr
    wrong: str
    unless_in: tuple[str, ...] = ()


def _kind(
    table: str, column: str, value: pl.Expr, wrong: str, where: pl.Expr | None = None, unless_in: tuple[str, ...] = ()
) -> Kind:
    return Kind(table, column, value, pl.col(column).is_not_null() if where is None else where, wrong, unless_in)


_ENDED = pl.col("ended_on").is_not_null() & pl.col("first_day_worked_on").is_not_null()
_COMPLETED = pl.col("completed_on").is_not_null()
_PRICED = pl.col("first_day_worked_on") >= rates()["from"].min()  # before the first rate no wage is under it
_EMPLOYED = pl.col("competitive") & ~pl.col("self_employed") & _PRICED
KINDS = (
    _kind("episodes", "source", pl.lit("carrier_pigeon"), "a source that is in no list"),
    _kind("episodes", "declined_on", pl.col("referred_on") - days(5), "declined before the referral"),
    _kind("contacts", "attendance", pl.lit("perhaps"), "an attendance that is in no list"),
    _kind("contacts", "minutes", pl.lit(2000), "more minutes than a day has"),
    _kind("profiles", "completed_on", pl.col("started_on") - days(4), "completed before it was begun", _COMPLETED),
    _kind("jobs", "ended_on", pl.col("started_on") - days(7), "ended before it started", _ENDED, ("job_hours",)),
    _kind("jobs", "contract_hours", pl.lit("200"), "more hours than a week has"),
    _kind("jobs", "hourly_wage", pl.lit("1.25"), "under the minimum wage, and judged competitive", _EMPLOYED),
    _kind("jobs", "occupation", pl.lit("0"), "an occupation that is in no list"),
    _kind("evidence", "kind", pl.lit("selfie"), "a kind of document that is in no list"),
    _kind("employment_checks", "status", pl.lit("asleep"), "a work status that is in no list"),
    _kind("destinations", "code", pl.lit("flew_to_the_moon"), "an event that is in no list"),
    _kind("onward_referrals", "to", pl.lit("nowhere"), "a service that is in no list"),
    _kind("activities", "kind", pl.lit("skydiving"), "a kind of activity that is in no list"),
    _kind("employer_contacts", "purpose", pl.lit("small_talk"), "a purpose that is in no list"),
    _kind("evidence", "decided_on", pl.col("received_on") - days(3), "decided on before it was received"),
)
"""Faults that `placewell validate` finds and that leave the folder readable: reports use such rows as they are."""


def plant(dataset: Dataset, seed: int) -> tuple[Dataset, tuple[Fault, ...]]:
    """The data set with a few rows spoiled in every way of KINDS, no row twice, and the answer key.

    No other row becomes wrong by it: what `placewell validate` says of the folder is the answer key and no more.
    Row numbers are those of the files that `write_folder` makes. The same data set and seed give the same faults.
    """
    frames = {name: frame.sort(TABLES[name].key or frame.columns) for name, frame in dataset.items()}
    planted: list[Fault] = []
    for kind in KINDS:
        taken = [fault.row - FIRST_ROW for fault in planted if fault.table == kind.table]
        frames[kind.table], found = _spoiled(frames[kind.table], kind, _may_be(kind, dataset), taken, seed)
        planted += found
    return Dataset(frames), tuple(sorted(planted, key=lambda fault: (fault.table, fault.row)))


def kinds_in(dataset: Dataset) -> tuple[Kind, ...]:
    """The kinds of fault that a data set has rows for: without documents none of them can be spoilt."""
    return tuple(kind for kind in KINDS if not dataset[kind.table].filter(_may_be(kind, dataset)).is_empty())


def _may_be(kind: Kind, dataset: Dataset) -> pl.Expr:
    """Whether a row can be spoiled in this way and no row of another table becomes wrong with it."""
    free = kind.where.fill_null(False)
    for table in kind.unless_in:
        key = TABLES[kind.table].key[0]
        free &= ~pl.col(key).is_in(dataset[table][key].drop_nulls().unique().implode())
    return free


def _spoiled(
    frame: pl.DataFrame, kind: Kind, may_be: pl.Expr, taken: list[int], seed: int
) -> tuple[pl.DataFrame, list[Fault]]:
    numbered = frame.with_row_index("fault_row")
    order = Dice(seed, ("fault_row",)).roll(f"fault {kind.table}.{kind.column}")
    free = numbered.filter(may_be & ~pl.col("fault_row").is_in(taken)).sort(order)
    chosen = sorted(free["fault_row"].head(PER_KIND).to_list())
    value = kind.value.cast(frame.schema[kind.column])
    spoiled = numbered.with_columns(
        pl.when(pl.col("fault_row").is_in(chosen)).then(value).otherwise(pl.col(kind.column)).alias(kind.column)
    )
    return spoiled.drop("fault_row"), list(_faults(spoiled, kind, chosen))


def _faults(spoiled: pl.DataFrame, kind: Kind, chosen: list[int]) -> Iterator[Fault]:
    for place in chosen:
        value = spoiled[kind.column][place]
        yield Fault(kind.table, place + FIRST_ROW, kind.column, str(value), kind.wrong)

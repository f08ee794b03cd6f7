"""The faults that leave a data set unreadable: a key missing or used twice, and a parent that is not there.

Source: semantics.md §1, "Reading a folder".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from placewell.dataset.columns import Column, Table
from placewell.dataset.conversion import FIRST_ROW_IN_A_FILE
from placewell.dataset.findings import Finding
from placewell.dataset.order import rises
from placewell.dataset.tables import TABLES


def broken_links(
    frames: Mapping[str, pl.DataFrame],
    files: Mapping[str, str] | None = None,
    unread: frozenset[str] = frozenset(),
    first_row: int = FIRST_ROW_IN_A_FILE,
) -> Iterator[Finding]:
    """Every missing key or required parent, key used twice, and parent that is not there, in table order.

    `frames` hold declared types. Parents in an `unread` table are not judged: its own faults are reported already.
    A table that is not in `files` (where these are given) is one finding, however many rows name it.
    """
    gone = frozenset() if files is None else frozenset(TABLES) - frozenset(files) - unread
    yield from _tables_not_there(frames, gone)
    for name, frame in frames.items():
        if frame.height == 0:
            continue
        table, file = TABLES[name], (files or {}).get(name, "")
        yield from _missing(frame, table, file, first_row)
        yield from _repeated_keys(frame, table, file, first_row)
        for column in table.columns:
            if column.refers_to and column.refers_to not in unread | gone:
                yield from _unknown_parents(frame, frames[column.refers_to], table, column, file, first_row)


def _tables_not_there(frames: Mapping[str, pl.DataFrame], gone: frozenset[str]) -> Iterator[Finding]:
    """A finding for each table of `gone` that rows of others name, with how many of which."""
    for parent in TABLES.values():
        if parent.name not in gone:
            continue
        naming = [
            f"{count} {'row' if count == 1 else 'rows'} of {name}"
            for name, frame in frames.items()
            for column in TABLES[name].columns
            if column.refers_to == parent.name and (count := frame[column.name].count())
        ]
        if naming:
            expected = f"a file of this table: it is not there, but is named by {', '.join(naming)}"
            yield Finding("error", parent.name, None, None, None, expected, parent.source)


def _missing(frame: pl.DataFrame, table: Table, file: str, first_row: int) -> Iterator[Finding]:
    for column in table.columns:
        if column.must_be_present and frame[column.name].null_count():
            for index in frame[column.name].is_null().arg_true().to_list():
                expected = f"a value: a row cannot be read without its {column.name}"
                yield Finding("error", table.name, index + first_row, column.name, None, expected, column.clause, file)


def _repeated_keys(frame: pl.DataFrame, table: Table, file: str, first_row: int) -> Iterator[Finding]:
    keys = list(table.key)
    if not keys or rises(frame, keys) or frame.select(keys).n_unique() == frame.height:
        return
    again = frame.select(
        pl.struct(keys).is_first_distinct().not_() & pl.all_horizontal(pl.col(keys).is_not_null())
    ).to_series()
    for index in again.arg_true().to_list():
        value = " ".join(frame.select(keys).row(index))
        name = " and ".join(keys)
        yield Finding("error", table.name, index + first_row, name, value, f"each {name} once only", table.source, file)


def _unknown_parents(
    frame: pl.DataFrame, parents: pl.DataFrame, table: Table, column: Column, file: str, first_row: int
) -> Iterator[Finding]:
    parent_table = TABLES[str(column.refers_to)]
    parent_key = parent_table.key[0]
    if frame[column.name].is_in(parents[parent_key].implode()).all():
        return
    named = frame.select(pl.col(column.name)).with_row_index("row").drop_nulls()
    orphans = named.join(parents.select(parent_key), left_on=column.name, right_on=parent_key, how="anti").sort("row")
    expected = f"the {parent_key} of a row in {parent_table.name}"
    for row, value in orphans.iter_rows():
        yield Finding("error", table.name, row + first_row, column.name, value, expected, column.clause, file)

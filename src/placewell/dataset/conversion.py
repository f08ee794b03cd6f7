"""Turns a frame of any origin into a table's declared types, strictly, and says of each value that will not turn.

Text is read by our own rules and never by a guess: dates are ISO dates only, so that 03/02/2020 is refused, not taken
for 3 February or 2 March. Source: semantics.md §1.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from placewell.dataset.columns import DECIMAL, Column, Table, Type
from placewell.dataset.findings import Finding

DECIMAL_CEILING = 10_000_000_000  # what no longer fits ten digits before the point
FIRST_ROW_IN_A_FILE = 2  # a spreadsheet's row 1 is the header

EXPECTED: dict[Type, str] = {
    "text": "text",
    "date": "a date written year-month-day, like 2019-06-14",
    "integer": "a whole number, like 3",
    "decimal": "a number, like 15.5, with at most ten digits before the point",
    "boolean": "true or false",
}


def convert(
    frame: pl.DataFrame, table: Table, *, file: str = "", first_row: int = FIRST_ROW_IN_A_FILE
) -> tuple[pl.DataFrame, list[Finding]]:
    """The frame with exactly the table's columns, order and types, and an error for each value that will not turn.

    A column that is not there is null; columns nobody knows are left out (see `unknown_columns`).
    """
    found: list[Finding] = []
    columns: list[pl.Series] = []
    for column in table.columns:
        if column.name not in frame.columns:
            columns.append(pl.Series(column.name, [None], dtype=column.polars_type).new_from_index(0, frame.height))
            continue
        given = frame[column.name]
        if given.dtype == column.polars_type:
            columns.append(_absent_where_empty(given) if column.type == "text" else given)
            continue
        turned = _turn(given, column)
        if turned is None:
            found.append(_wrong_type(given, table, column, file))
            columns.append(pl.Series(column.name, [None], dtype=column.polars_type).new_from_index(0, frame.height))
            continue
        found.extend(_failures(given, turned, table, column, file, first_row))
        columns.append(turned)
    return pl.DataFrame(columns), found


def unknown_columns(frame: pl.DataFrame, table: Table, file: str = "") -> list[Finding]:
    """A warning for each column that the table does not have."""
    known = ", ".join(table.names)
    return [
        Finding("warning", table.name, None, name, None, f"one of the columns {known}", table.source, file)
        for name in frame.columns
        if name not in table.names
    ]


def _absent_where_empty(text: pl.Series) -> pl.Series:
    empty = text == ""
    return text.set(empty, None) if empty.any() else text


def _turn(given: pl.Series, column: Column) -> pl.Series | None:
    """The series in the column's type, null where a value will not turn; None where the whole type is wrong."""
    if given.dtype == pl.Null:
        return given.cast(column.polars_type)
    if isinstance(given.dtype, (pl.Categorical, pl.Enum)):
        given = given.cast(pl.String())
    if given.dtype == pl.String:
        filled = given.set(given == "", None)
        return pl.select(_from_text(pl.lit(filled), column.type).alias(column.name)).to_series()
    return _from_typed(given, column)


def _from_text(text: pl.Expr, type: Type) -> pl.Expr:
    if type == "date":
        iso = text.str.contains(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
        return pl.when(iso).then(text).str.to_date("%Y-%m-%d", strict=False)
    if type == "integer":
        return pl.when(text.str.contains(r"^-?[0-9]{1,18}$")).then(text).cast(pl.Int64(), strict=False)
    if type == "decimal":
        plain = text.str.contains(r"^-?[0-9]{1,10}(\.[0-9]{1,15})?$")
        return pl.when(plain).then(text).cast(pl.Decimal(36, 15), strict=False).round(4).cast(DECIMAL, strict=False)
    if type == "boolean":
        lower = text.str.to_lowercase()
        return pl.when(lower == "true").then(True).when(lower == "false").then(False)
    return text


def _from_typed(given: pl.Series, column: Column) -> pl.Series | None:
    """Types of Parquet, databases and Python rows that mean the same without doubt; None for every other."""
    dtype, whole = given.dtype, given.dtype.is_integer()
    if column.type == "text" and whole:
        return given.cast(pl.String())
    if column.type == "date" and isinstance(dtype, pl.Datetime):
        days = given.cast(pl.Date())
        return days.set(days.cast(dtype) != given, None)
    if column.type == "integer" and dtype.is_numeric():
        turned = given.cast(pl.Int64(), strict=False)
        return turned if whole else turned.set(turned.cast(pl.Float64()) != given.cast(pl.Float64()), None)
    if column.type == "decimal" and dtype.is_numeric():
        fits = given.set((given.abs() < DECIMAL_CEILING).not_(), None)
        return (fits if whole else fits.round(4)).cast(DECIMAL, strict=False)
    return None


def _failures(
    given: pl.Series, turned: pl.Series, table: Table, column: Column, file: str, first_row: int
) -> Iterator[Finding]:
    absent = given.is_null() | (given == "") if given.dtype == pl.String else given.is_null()
    for index in (turned.is_null() & ~absent).arg_true().to_list():
        expected = EXPECTED[column.type]
        yield Finding(
            "error", table.name, index + first_row, column.name, str(given[index]), expected, column.clause, file
        )


def _wrong_type(given: pl.Series, table: Table, column: Column, file: str) -> Finding:
    expected = f"{EXPECTED[column.type]}; the column holds {given.dtype}"
    return Finding("error", table.name, None, column.name, None, expected, column.clause, file)

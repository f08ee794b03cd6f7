"""Turns a frame of any origin into a table's declared types, strictly, and says of each value that will not turn.

Text is read by our own rules and never by a guess: dates are ISO dates only, so that 03/02/2020 is refused, not taken
for 3 February or 2 March. Source: semantics.md §1.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import polars as pl

from placewell.dataset.columns import DECIMAL, Column, Table, Type
from placewell.dataset.findings import Finding

DECIMAL_CEILING = 10_000_000_000  # what no longer fits ten digits before the point
PLACES = 4
FIRST_DAY, LAST_DAY = ((day - date(1970, 1, 1)).days for day in (date.min, date.max))
HEADER_SHOWN = 5  # how many columns of a file a sentence names
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
        turned = _as_it_is(given, column) if given.dtype == column.polars_type else _turn(given, column)
        if turned is None:
            found.append(_wrong_type(given, table, column, file))
            columns.append(pl.Series(column.name, [None], dtype=column.polars_type).new_from_index(0, frame.height))
            continue
        if turned is not given:
            found.extend(_failures(given, turned, table, column, file, first_row))
        columns.append(turned)
    return pl.DataFrame(columns), found


def absent_columns(frame: pl.DataFrame, table: Table, file: str = "") -> list[Finding]:
    """An error for each column that the rows of the frame cannot be read without, and that is not there at all."""
    needed = [column for column in table.columns if column.must_be_present and frame.height]
    expected = "a column of this name: no row can be read without it"
    return [
        Finding("error", table.name, None, column.name, None, _with_header(expected, frame), column.clause, file)
        for column in needed
        if column.name not in frame.columns
    ]


def unknown_columns(frame: pl.DataFrame, table: Table, file: str = "") -> list[Finding]:
    """A warning for each column that the table does not have."""
    known = ", ".join(table.names)
    return [
        Finding("warning", table.name, None, name, None, f"one of the columns {known}", table.source, file)
        for name in frame.columns
        if name not in table.names
    ]


def _with_header(expected: str, frame: pl.DataFrame) -> str:
    more = ", …" if frame.width > HEADER_SHOWN else ""
    return f"{expected}; the file has {', '.join(frame.columns[:HEADER_SHOWN])}{more}"


def _as_it_is(given: pl.Series, column: Column) -> pl.Series:
    """A series that has its type already, without what no cell may hold: empty text, days that no calendar has."""
    if column.type == "text":
        empty = given == ""
        return given.set(empty, None) if empty.any() else given
    return _of_the_calendar(given) if column.type == "date" else given


def _of_the_calendar(days: pl.Series) -> pl.Series:
    """Days of the years 1 to 9999; what lies outside them is null. Other programs cannot write it, nor can Python."""
    possible = days.cast(pl.Int32()).is_between(FIRST_DAY, LAST_DAY)
    return days if possible.all() else days.set(possible.not_(), None)


def _turn(given: pl.Series, column: Column) -> pl.Series | None:
    """The series in the column's type, null where a value will not turn; None where the whole type is wrong."""
    if given.dtype == pl.Null:
        return given.cast(column.polars_type)
    if isinstance(given.dtype, (pl.Categorical, pl.Enum)):
        given = given.cast(pl.String())
    if given.dtype == pl.String:
        filled = given.set(given == "", None)
        turned = pl.select(_from_text(pl.lit(filled), column.type).alias(column.name)).to_series()
        return _of_the_calendar(turned) if column.type == "date" else turned
    return _from_typed(given, column)


def _from_text(text: pl.Expr, type: Type) -> pl.Expr:
    if type == "date":
        iso = text.str.contains(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
        return pl.when(iso).then(text).str.to_date("%Y-%m-%d", strict=False)
    if type == "integer":
        return pl.when(text.str.contains(r"^-?[0-9]{1,18}$")).then(text).cast(pl.Int64(), strict=False)
    if type == "decimal":
        plain = text.str.contains(r"^-?[0-9]{1,10}(\.[0-9]{1,15})?$")
        return (
            pl.when(plain).then(text).cast(pl.Decimal(36, 15), strict=False).round(PLACES).cast(DECIMAL, strict=False)
        )
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
        local = given.dt.replace_time_zone(None)  # the civil day is the one of the place, not that of Greenwich
        days = local.cast(pl.Date())
        return _of_the_calendar(days.set(days.cast(local.dtype) != local, None))
    if column.type == "integer" and dtype.is_numeric():
        turned = given.cast(pl.Int64(), strict=False)
        return turned if whole else turned.set(turned.cast(pl.Float64()) != given.cast(pl.Float64()), None)
    if column.type == "decimal" and dtype.is_numeric():
        rounded = given if whole else given.round(PLACES)
        fits = rounded.set((rounded.abs() < DECIMAL_CEILING).not_(), None)
        return fits.cast(DECIMAL, strict=False)
    return None


def _failures(
    given: pl.Series, turned: pl.Series, table: Table, column: Column, file: str, first_row: int
) -> Iterator[Finding]:
    if turned.null_count() == given.null_count():  # what is absent stays so: every other value turned
        return
    absent = given.is_null() | (given == "") if given.dtype == pl.String else given.is_null()
    refused = (turned.is_null() & ~absent).arg_true()
    for index, value in zip(refused.to_list(), _in_words(given.gather(refused)), strict=True):
        expected = EXPECTED[column.type]
        yield Finding("error", table.name, index + first_row, column.name, value, expected, column.clause, file)


def _in_words(refused: pl.Series) -> list[str]:
    """Values as a file would write them; days beyond the calendar too, for which Python has no form."""
    if refused.dtype.is_temporal():
        return refused.cast(pl.String()).str.replace(r"\.0+\b", "").to_list()
    return [str(value) for value in refused]


def _wrong_type(given: pl.Series, table: Table, column: Column, file: str) -> Finding:
    expected = f"{EXPECTED[column.type]}; the column holds {given.dtype}"
    return Finding("error", table.name, None, column.name, None, expected, column.clause, file)

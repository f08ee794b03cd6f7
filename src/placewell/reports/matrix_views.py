"""Matrices in words for the page: the year's quarters beside each other, then each quarter by locality."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from placewell.reports.wording import Said, amount, of, resting_on

NOT_YET = ""
"""What stands in a quarter that has not begun: nothing, not a zero."""


@dataclass(frozen=True)
class MatrixLine:
    """One row: its place in the return, the list's own words, and a cell for each column."""

    number: str
    words: str
    clause: str
    of_which: bool
    cells: tuple[str, ...]


@dataclass(frozen=True)
class MatrixTable:
    """A table of a matrix; `heads` are (short, long) names of its columns."""

    id: str
    name: str
    heads: tuple[tuple[str, str], ...]
    lines: tuple[MatrixLine, ...]


@dataclass(frozen=True)
class MatrixView:
    """A matrix on the page: the quarters, and each quarter that has begun across the keys of the breakdown."""

    across: str
    quarters: MatrixTable
    by_quarter: tuple[MatrixTable, ...]


def matrix_view(matrix: Mapping[str, Any], section: int, across: str, short: Mapping[str, str]) -> MatrixView:
    """The tables of one matrix; `short` are short names of keys for the heads of narrow columns."""
    columns = matrix["columns"]
    heads = tuple((f"Quarter {number}", months(one)) for number, one in enumerate(columns, 1))
    return MatrixView(
        across=across,
        quarters=MatrixTable(
            "quarters",
            "By quarter",
            heads,
            tuple(_lines(matrix, section, [(None, place) for place in range(len(columns))])),
        ),
        by_quarter=tuple(
            _across(matrix, section, place, across, short) for place, one in enumerate(columns) if one["begun"]
        ),
    )


def _across(matrix: Mapping[str, Any], section: int, place: int, across: str, short: Mapping[str, str]) -> MatrixTable:
    keys = matrix["keys"]
    heads = [("All", "All together"), *((short.get(one["key"], one["label"]), one["label"]) for one in keys)]
    name = f"Quarter {place + 1}, {months(matrix['columns'][place])}, by {across}"
    cells = [(None, place), *((one["key"], place) for one in keys)]
    return MatrixTable(
        f"{matrix['columns'][place]['label']}", name, tuple(heads), tuple(_lines(matrix, section, cells))
    )


def _lines(matrix: Mapping[str, Any], section: int, cells: Sequence[tuple[str | None, int]]) -> Iterator[MatrixLine]:
    """Every row with the cells asked for: each a key (none: the row's own figure) and the place of a column."""
    for count, row in enumerate(matrix["rows"], 1):
        begun = [matrix["columns"][place]["begun"] for _, place in cells]
        found = (row["total"] if key is None else row["by"][key] for key, _ in cells)
        words = (_words(row, one, place) for one, (_, place) in zip(found, cells, strict=True))
        shown = tuple(text if there else NOT_YET for text, there in zip(words, begun, strict=True))
        yield MatrixLine(f"{section}.{count}", row["words"], row["clause"], row["of_which"], shown)


def _words(row: Mapping[str, Any], cell: Mapping[str, Sequence[Any]], place: int) -> Said:
    """A count as it is; a share with what it rests on."""
    value = cell["value"][place]
    if row["measure"] == "count" or value is None:
        return amount(value, row["unit"])
    said = amount(value, row["unit"])
    whole = cell["denominator"][place]
    beside = of(cell["numerator"][place], whole) if row["measure"] == "proportion" else resting_on(whole)
    return Said(f"{said} ({beside})", *said.numbers, *beside.numbers)


def months(column: Mapping[str, Any]) -> str:
    """The months of a quarter, short enough for the head of a column: "Apr to Jun 2012", "Dec 2012 to Feb 2013"."""
    start = date.fromisoformat(column["start"])
    last = date.fromisoformat(column["end"]) - timedelta(days=1)
    year = f" {start.year}" if start.year != last.year else ""
    return f"{start:%b}{year} to {last:%b} {last.year}"

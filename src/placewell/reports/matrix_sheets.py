"""The sheets of a return's matrices: each on one of its own, a row of the list beside the quarters and its clause."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from typing import TYPE_CHECKING

from placewell.interchange.workbook import LONGEST_SHEET_NAME, Line, Sheet, sheet_name
from placewell.reports.spoken import matrix_rows_of

if TYPE_CHECKING:
    from placewell.reports.layout import SectionView
    from placewell.reports.matrix_views import MatrixTable, MatrixView

PLACE, WORDS, QUARTER, CLAUSE = 6.0, 62.0, 13.0, 22.0
"""Widths in characters; with four quarters they fill an A4 page on its side."""


def matrix_sheet_name(section: SectionView) -> str:
    """The name of the sheet of a section's matrix: as many whole words as a workbook holds; its number is its own."""
    return sheet_name(wrap(f"{section.number}. {section.title}", LONGEST_SHEET_NAME)[0])


def matrix_sheet(section: SectionView, matrix: MatrixView, scope: str) -> Sheet:
    """A section's matrix by quarter; `scope` says of what and when. Its head and its words stay in view."""
    quarters = matrix.quarters
    lines = (
        Line("title", (f"{section.number}. {section.title}",)),
        Line("lead", (scope,)),
        Line("head", ("No.", quarters.name, *_heads(quarters), "Clause"), frozenset(range(2, len(quarters.heads) + 2))),
        *_rows(quarters),
    )
    return Sheet(matrix_sheet_name(section), lines, (PLACE, WORDS, *(QUARTER for _ in quarters.heads), CLAUSE), 3, 2)


def _heads(table: MatrixTable) -> Iterator[str]:
    return (f"{short} {long}" for short, long in table.heads)


def _rows(table: MatrixTable) -> Iterator[Line]:
    for line in table.lines:
        for words, cells in matrix_rows_of(line):
            yield Line("row", (line.number, words, *cells, line.clause))

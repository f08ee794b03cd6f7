"""The one writer of tables for people, as CSV and XLSX: what looks like a formula is harmless, numbers stay numbers.

Source: trust.md T14. (The canonical data set's own CSV is `placewell.dataset.write_folder`, which reads back exactly.)
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from placewell.dataset.escaping import A_START, FORMULA_STARTS

if TYPE_CHECKING:
    import polars as pl

Cell = str | int | float | Decimal | bool | date | None
Row = Sequence[Cell]

BOM = "\ufeff"
QUOTED_LINE_END = "\r\n"


def harmless(text: str) -> str:
    """Text no spreadsheet takes for a formula: an apostrophe before = + - @, tab, line end, NUL, full-width forms."""
    return f"'{text}" if text[:1] and text[0] in FORMULA_STARTS else text


def csv_text(header: Sequence[str], rows: Iterable[Row]) -> str:
    """A CSV table: dates as ISO, true/false, an absent value as an empty cell, numbers as they are, text harmless."""
    lines = _Lines()
    table = csv.writer(lines, lineterminator=QUOTED_LINE_END)
    table.writerow([harmless(name) for name in header])
    table.writerows([_csv_cell(cell) for cell in row] for row in rows)
    return "".join(lines.written)


def csv_of_frame(frame: pl.DataFrame) -> str:
    """`csv_text` of a table of two columns or more, without a loop over its rows, which may be hundreds of thousands.

    Decimals are written without the noughts at their end: 19.25, 7, -0.037.
    """
    import polars as pl
    import polars.selectors as cs

    text = cs.string().str.replace(f"^{A_START}", "'${0}").replace("", None)
    numbers = cs.decimal().cast(pl.String).str.replace(r"(\.[0-9]*?)0+$", "${1}").str.strip_chars_end(".")
    return frame.with_columns(text, numbers).write_csv()


class _Lines:
    """Takes rows from csv.writer, which quotes a carriage return only if the line end has one; ends them plainly."""

    def __init__(self) -> None:
        self.written: list[str] = []

    def write(self, row: str) -> None:
        self.written.append(row.removesuffix(QUOTED_LINE_END) + "\n")


def csv_bytes(header: Sequence[str], rows: Iterable[Row]) -> bytes:
    """`csv_text` in UTF-8 with a byte-order mark, so that spreadsheets show accents and pound signs."""
    return (BOM + csv_text(header, rows)).encode("utf-8", errors="replace")


def xlsx_bytes(sheets: Mapping[str, tuple[Sequence[str], Iterable[Row]]]) -> bytes:
    """A workbook with one sheet per name, each (header, rows): see `workbook_bytes`, also for what it raises."""
    from placewell.interchange.workbook import Line, Sheet, workbook_bytes

    made = [
        Sheet(name, [Line("head", tuple(header)), *(Line("blank", tuple(row)) for row in rows)])
        for name, (header, rows) in sheets.items()
    ]
    return workbook_bytes(made, day="yyyy-mm-dd")


def _csv_cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    if isinstance(cell, (int, float)):
        return str(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return harmless(cell)

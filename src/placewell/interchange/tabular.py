"""The one writer of CSV and XLSX for people: text that looks like a formula is made harmless, numbers stay numbers.

Source: trust.md T14. (The canonical data set's own CSV is `placewell.dataset.write_folder`, which reads back exactly.)
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from math import isfinite
from typing import TYPE_CHECKING, Any

import xlsxwriter

from placewell.dataset.escaping import A_START, FORMULA_STARTS
from placewell.errors import UserError

if TYPE_CHECKING:
    import polars as pl

Cell = str | int | float | Decimal | bool | date | None
Row = Sequence[Cell]

LONGEST_XLSX_TEXT = 32_767
MOST_XLSX_ROWS = 1_048_576
LONGEST_SHEET_NAME = 31
FORBIDDEN_IN_SHEET_NAMES = "[]:*?/\\"
FIXED_MOMENT = datetime(2000, 1, 1)  # noqa: DTZ001 — the same content gives the same bytes, so no moment of writing
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
    """A workbook with one sheet per name, each (header, rows). Text is stored as text, never as a formula or a link.

    The same content gives the same bytes. Raises UserError for what a sheet cannot hold: more than 1,048,576 rows, or a
    text of more than 32,767 characters; the CSV holds both.
    """
    written = BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    book = xlsxwriter.Workbook(written, plain)
    book.set_properties({"created": FIXED_MOMENT})
    styles = {
        "head": book.add_format({"bold": True, "quote_prefix": True, "bottom": 1}),
        "text": book.add_format({"quote_prefix": True}),
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
    }
    for name, (header, rows) in sheets.items():
        _write_sheet(book.add_worksheet(_sheet_name(name)), header, rows, styles)
    book.close()
    return written.getvalue()


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


def _write_sheet(sheet: Any, header: Sequence[str], rows: Iterable[Row], styles: Mapping[str, Any]) -> None:
    for column, name in enumerate(header):
        sheet.write_string(0, column, name, styles["head"])
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows, start=1):
        if number >= MOST_XLSX_ROWS:
            raise UserError(f"An XLSX sheet holds at most {MOST_XLSX_ROWS - 1:,} rows: take the CSV instead.")
        for column, cell in enumerate(row):
            _write_cell(sheet, number, column, cell, styles)


def _write_cell(sheet: Any, row: int, column: int, cell: Cell, styles: Mapping[str, Any]) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif isinstance(cell, (int, float, Decimal)) and isfinite(cell):
        sheet.write_number(row, column, cell)
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, cell, styles["date"])
    elif len(str(cell)) > LONGEST_XLSX_TEXT:
        raise UserError(
            f"Row {row + 1} holds a text of {len(str(cell)):,} characters, too long for XLSX: take the CSV."
        )
    else:
        sheet.write_string(row, column, str(cell), styles["text"])


def _sheet_name(name: str) -> str:
    allowed = "".join("-" if character in FORBIDDEN_IN_SHEET_NAMES else character for character in name)
    return allowed.strip("'")[:LONGEST_SHEET_NAME] or "Sheet"

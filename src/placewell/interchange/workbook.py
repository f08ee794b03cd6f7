"""The one writer of XLSX: sheets to read and print, whose numbers are numbers and whose text is never a formula.

Source: trust.md T14; semantics.md §4 (the same content gives the same bytes).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from math import isfinite
from textwrap import wrap
from typing import Any, Literal, NamedTuple

import xlsxwriter

from placewell.errors import UserError

LONGEST_XLSX_TEXT = 32_767
MOST_XLSX_ROWS = 1_048_576
LONGEST_SHEET_NAME = 31
LONGEST_IN_FOOT = 100
"""How many signs of a text stand in the foot of a printed page; all of it holds 255, and a longer one is left out."""

FORBIDDEN_IN_SHEET_NAMES = "[]:*?/\\"
FIXED_MOMENT = datetime(2000, 1, 1)  # noqa: DTZ001 — the same content gives the same bytes, so no moment of writing
PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
A4 = 9

Number = int | float | Decimal


class Quantity(NamedTuple):
    """A number and what it counts, which decides how it is shown: proportion, pounds, points, or any other unit."""

    value: Number
    unit: str = ""


Cell = str | int | float | Decimal | bool | date | Quantity | None
Look = Literal["title", "lead", "section", "table", "head", "row", "apart", "note", "aside", "box", "blank"]


@dataclass(frozen=True)
class Line:
    """One row of a sheet; `right` are the columns whose text stands to the right, as the numbers under a head do.

    Looks: `apart` is a row that stands apart from the others (not known), `note` wraps in its cell, `aside` runs on
    over the empty cells beside it, `box` is where somebody writes.
    """

    look: Look
    cells: tuple[Cell, ...] = ()
    right: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Sheet:
    """A sheet of lines.

    `widths` are in characters, for the columns from the left; `head` is how many lines stay in view and are repeated on
    each printed page, `still` how many columns stay in view; `filtered` puts filters on the last line of the head.
    """

    name: str
    lines: Sequence[Line]
    widths: tuple[float, ...] = ()
    head: int = 1
    still: int = 0
    filtered: bool = False


@dataclass(frozen=True)
class About:
    """What the file says of itself: its title and subject, and the left and middle of each printed page's foot."""

    title: str = ""
    subject: str = ""
    foot: tuple[str, str] = ("", "")


LOOKS: Mapping[str, Mapping[str, Any]] = {
    "title": {"bold": True, "font_size": 16, "font_color": "#0B4F55"},
    "lead": {"font_color": "#4C6272"},
    "section": {"bold": True, "font_size": 12, "bg_color": "#E3F0F0"},
    "table": {"bold": True, "font_size": 11},
    "head": {"bold": True, "text_wrap": True, "valign": "bottom", "bg_color": "#0B4F55", "font_color": "#FFFFFF"},
    "row": {"text_wrap": True, "bottom": 1, "bottom_color": "#D8DDE0"},
    "apart": {"text_wrap": True, "top": 1, "top_color": "#4C6272", "font_color": "#4C6272"},
    "note": {"text_wrap": True, "font_color": "#4C6272"},
    "aside": {"font_color": "#4C6272"},
    "box": {"text_wrap": True, "border": 1, "border_color": "#4C6272", "font_color": "#4C6272"},
    "blank": {},
}
WRAPPING = ("head", "row", "apart", "note", "box")
IN_A_TABLE = ("head", "row", "apart")
SIGNS_A_WIDTH = 1.2
"""How many signs of running text go into one of a column's width, which counts in digits of a wider font."""

TALL: Mapping[str, float] = {"title": 24.0, "section": 18.0, "table": 17.0}
A_LINE, AROUND = 12.75, 3.0
"""Points of a line of text, and above and below; heights are set, as not every program fits wrapped text itself."""

NOTHING = "–"
"""Stands where a share or median has nothing to rest on, under the numbers of its column."""

FONT = {"font_name": "Arial", "font_size": 10, "valign": "top"}
WHOLE, WITH_A_TENTH = "#,##0", "#,##0.0"
SHOWN = {"proportion": "0.0%", "pounds": "£#,##0.00", "points": "+#,##0.0;-#,##0.0;0.0"}
DAY = "d mmmm yyyy"


def workbook_bytes(sheets: Sequence[Sheet], about: About = About(), *, day: str = DAY) -> bytes:
    """A workbook of A4 pages on their side. Text is stored as text, never as a formula or a link; days as days.

    The same sheets give the same bytes. Raises UserError for what a sheet cannot hold: more than 1,048,576 rows, or a
    text of more than 32,767 characters; the CSV holds both.
    """
    written = BytesIO()
    book = xlsxwriter.Workbook(written, PLAIN)
    book.set_properties({"title": about.title, "subject": about.subject, "created": FIXED_MOMENT})
    styles = _Styles(book, day)
    for sheet in sheets:
        target = book.add_worksheet(sheet_name(sheet.name))
        _set_up(target, sheet, about)
        edge = max((len(line.cells) for line in sheet.lines), default=0)
        for number, line in enumerate(sheet.lines):
            _write_line(target, number, line, styles)
            if line.look == "section":
                _fill(target, number, range(len(line.cells), edge), styles)
            if height := _height(line, sheet.widths):
                target.set_row(number, height)
    book.close()
    return written.getvalue()


def sheet_name(name: str) -> str:
    """A name a workbook can hold: none of the signs it forbids, at most 31 characters, never empty."""
    allowed = "".join("-" if character in FORBIDDEN_IN_SHEET_NAMES else character for character in name)
    return allowed.strip("'")[:LONGEST_SHEET_NAME] or "Sheet"


class _Styles:
    """The formats of a workbook, each made once: a look, how its numbers are shown (None: text), the side it stands."""

    def __init__(self, book: Any, day: str) -> None:
        self.book, self.day = book, day
        self.made: dict[tuple[str, str | None, bool], Any] = {}

    def of(self, look: Look, shown: str | None, *, right: bool = False) -> Any:
        key = (look, shown, right)
        if key not in self.made:
            kind = {"quote_prefix": True} if shown is None else {"num_format": shown}
            side = (
                {"align": "right"}
                if right
                else {"align": "left", "indent": 1}
                if shown is None and look in IN_A_TABLE
                else {}
            )
            self.made[key] = self.book.add_format({**FONT, **LOOKS[look], **kind, **side})
        return self.made[key]


def _set_up(target: Any, sheet: Sheet, about: About) -> None:
    """Widths, what stays in view, and the printed page."""
    for column, width in enumerate(sheet.widths):
        target.set_column(column, column, width)
    target.freeze_panes(sheet.head, sheet.still)
    target.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})  # codes and places: 1.1 is not a number
    target.set_landscape()
    target.set_paper(A4)
    target.fit_to_pages(1, 0)
    target.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    target.repeat_rows(0, sheet.head - 1)
    left, middle = (text[:LONGEST_IN_FOOT].replace("&", "&&") for text in about.foot)
    target.set_footer(f"&L&8 {left}&C&8 {middle}&R&8 Page &P of &N")
    if sheet.filtered:
        target.autofilter(sheet.head - 1, 0, max(sheet.head, len(sheet.lines) - 1), max(0, len(sheet.widths) - 1))


def _write_line(target: Any, row: int, line: Line, styles: _Styles) -> None:
    if row >= MOST_XLSX_ROWS:
        raise UserError(f"An XLSX sheet holds at most {MOST_XLSX_ROWS - 1:,} rows: take the CSV instead.")
    for column, cell in enumerate(line.cells):
        _write_cell(target, row, column, cell, line, styles)


def _fill(target: Any, row: int, columns: range, styles: _Styles) -> None:
    """The colour of a section's title, to the edge of the sheet's widest line."""
    for column in columns:
        target.write_blank(row, column, None, styles.of("section", None))


def _height(line: Line, widths: Sequence[float]) -> float | None:
    """The height of a line in points, where it is not that of one line of text."""
    if line.look not in WRAPPING:
        return TALL.get(line.look)
    wrapped = zip(line.cells, widths, strict=False)
    lines = [len(wrap(cell, max(1, int(width * SIGNS_A_WIDTH)))) for cell, width in wrapped if isinstance(cell, str)]
    most = max(lines, default=1)
    return most * A_LINE + AROUND if most > 1 else None


def _write_cell(target: Any, row: int, column: int, cell: Cell, line: Line, styles: _Styles) -> None:
    if cell is None or cell == "":
        if line.look in IN_A_TABLE:  # the line under a row goes on
            target.write_blank(row, column, None, styles.of(line.look, None))
    elif isinstance(cell, bool):
        target.write_boolean(row, column, cell)
    elif isinstance(cell, date):
        target.write_datetime(row, column, cell, styles.of(line.look, styles.day))
    elif isinstance(cell, (int, float, Decimal, Quantity)) and isfinite(_number(cell)):
        target.write_number(row, column, _number(cell), styles.of(line.look, _shown(cell)))
    elif len(_text(cell)) > LONGEST_XLSX_TEXT:
        raise UserError(
            f"Row {row + 1} holds a text of {len(_text(cell)):,} characters, too long for XLSX: take the CSV."
        )
    else:
        right = column in line.right or cell == NOTHING
        target.write_string(row, column, _text(cell), styles.of(line.look, None, right=right))


def _number(cell: Number | Quantity) -> Number:
    return cell.value if isinstance(cell, Quantity) else cell


def _text(cell: str | Number | Quantity) -> str:
    return str(cell.value if isinstance(cell, Quantity) else cell)


def _shown(cell: Number | Quantity) -> str:
    """How a number is shown: by its unit, else whole, or with a tenth where it is not."""
    if not isinstance(cell, Quantity):
        return "General"
    return SHOWN.get(cell.unit) or (WHOLE if cell.value == int(cell.value) else WITH_A_TENTH)

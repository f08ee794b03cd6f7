"""The sheets of a return as a workbook: the return in its own order, breakdowns, members, definitions, and the data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from placewell.interchange.workbook import About, Cell, Line, Quantity, Sheet, workbook_bytes
from placewell.reports.breakdowns import BreakdownTable
from placewell.reports.layout import Page, page_of
from placewell.reports.return_sheet import return_sheet
from placewell.reports.rows import COLUMNS, flat_rows
from placewell.reports.spoken import beside, matrix_lines, spoken

if TYPE_CHECKING:
    from placewell.reports.contents import Report
    from placewell.specification import Specification

LABELS, NUMBERS = 36.0, 11.0
DATA_WIDTHS = {"section": 26.0, "indicator": 28.0, "name": 44.0, "key": 18.0, "label": 32.0, "definition": 60.0}


def to_xlsx(report: Report, spec: Specification) -> bytes:
    """The return in the service's own layout as a workbook of A4 pages on their side, every number a number.

    The same report and specification give the same bytes. Source: 002 §16.3, §16.9; semantics.md §4.
    """
    page = page_of(report, spec)
    sheets = [
        return_sheet(page, spec),
        _breakdowns(page),
        *([_budget(page)] if page.budget else []),
        _members(page),
        _definitions(page),
        _about(page, report),
        _data(report, spec),
    ]
    made_from = (report["specification"]["hash"][:8], report["data"][:8])
    foot = (_scope(page), "Specification {}, data {}".format(*made_from))
    return workbook_bytes(sheets, About(f"{page.title}, {page.period}", page.service, foot))


def _scope(page: Page) -> str:
    return f"{page.service}, {page.period}, {page.lots}, as at {page.as_at}"


def _top(page: Page, title: str) -> tuple[Line, Line]:
    return Line("title", (title,)), Line("lead", (_scope(page),))


def _breakdowns(page: Page) -> Sheet:
    lines = [*_top(page, "Breakdowns")]
    for section in page.sections:
        if section.tables or section.matrix:
            lines += [Line("blank"), Line("section", (f"{section.number}. {section.title}",))]
        for matrix in section.matrix.by_quarter if section.matrix else ():
            lines += [Line("blank"), Line("table", (matrix.name,)), *matrix_lines(matrix)]
        for table in section.tables:
            lines += table_lines(table)
    widest = max(len(line.cells) for line in lines)
    return Sheet("Breakdowns", lines, (LABELS, *(NUMBERS,) * (widest - 1)), head=2, still=1)


def table_lines(table: BreakdownTable) -> Iterator[Line]:
    """A table under its name and clause: a column for each number that its cells say, noughts and what is not known."""
    names = [_names(cells) for cells in zip(*(row.cells for row in table.rows), strict=True)]
    continued = ", continued" if table.continues else ""
    yield Line("blank")
    yield Line("table", (f"{table.name}{continued} ({table.clause})",))
    if table.note:
        yield Line("aside", (table.note,))
    heads = tuple(_heads(table.heads, names))
    yield Line("head", (table.name, *heads), frozenset(range(1, len(heads) + 1)))
    for row in table.rows:
        cells = [part for cell, own in zip(row.cells, names, strict=True) for part in _parts(cell, own)]
        yield Line("apart" if row.is_unknown else "row", (row.label, *cells))


def _names(cells: Sequence[tuple[str, ...]]) -> list[str]:
    """The names of the numbers that a column's cells say beside the main one, each once."""
    return list(dict.fromkeys(number.name for cell in cells for number in beside(cell)))


def _heads(heads: Sequence[tuple[str, str]], names: Sequence[list[str]]) -> Iterator[str]:
    for (place, name), own in zip(heads, names, strict=True):
        yield f"{place} {name}".strip()
        yield from (f"{place} {one}".strip() for one in own)


def _parts(cell: tuple[str, ...], names: Sequence[str]) -> Iterator[Cell]:
    """A cell's main number or words, then under each name its number, or nothing."""
    yield spoken(cell[0])
    said = {number.name: number for number in beside(cell)}
    for name in names:
        yield Quantity(said[name].value, said[name].unit) if name in said else None


def _budget(page: Page) -> Sheet:
    """What was planned and spent, line by line; a month belongs to the period in which it begins."""
    plan = page.budget or {}
    lines = [
        *_top(page, "Budget"),
        Line("head", (plan["title"], "Budget", "This period", "So far"), frozenset((1, 2, 3))),
    ]
    for one in (*plan["lines"], plan["total"]):
        amounts = (one[name] and Quantity(Decimal(one[name]), "pounds") for name in ("planned", "spent", "to_date"))
        lines.append(Line("apart" if one is plan["total"] else "row", (one["label"], *amounts)))
    return Sheet("Budget", [*lines, Line("aside", (plan["clause"],))], (LABELS, 14, 14, 14), 3, 1)


def _members(page: Page) -> Sheet:
    head = ("No.", "Indicator", "Counted", "Not counted", "Not due", "Excluded")
    rows = [Line("row", (one.place, one.name, *map(spoken, one.members))) for one in page.definitions]
    return Sheet(
        "Members",
        [*_top(page, "Members of each figure"), Line("head", head, frozenset(range(2, 6))), *rows],
        (6, 60, *(12,) * 4),
        3,
        2,
    )


def _definitions(page: Page) -> Sheet:
    head = ("No.", "Indicator", "What it counts", "Evidence", "Clause", "Version", "Id", "Outcome", "Outcome’s version")
    rows = [
        (
            one.place,
            one.name,
            one.counts,
            one.evidence,
            one.clause,
            one.version,
            one.id,
            one.outcome,
            one.outcome_version,
        )
        for one in page.definitions
    ]
    lines = [*_top(page, "Definitions"), Line("head", head), *(Line("row", row) for row in rows)]
    return Sheet("Definitions", lines, (6, 36, 52, 40, 20, 9, 28, 24, 10), 3, 2)


def _about(page: Page, report: Report) -> Sheet:
    start, end, as_at = (date.fromisoformat(day) for day in (*list(report["period"].values())[1:], report["as_at"]))
    known: list[tuple[Cell, ...]] = [
        ("Service", page.service),
        ("Commissioner", page.commissioner),
        ("Return", page.title),
        ("Clause of the return", page.clause),
        ("Lot", page.lots),
        ("Period", page.period),
        ("First day", start),
        ("Last day", end - timedelta(days=1)),
        ("As at", as_at, "", "only facts dated on or before that day"),
        ("Specification", report["service"]),
        ("Specification version", report["specification"]["version"]),
        ("Specification hash", report["specification"]["hash"]),
        ("Data hash", report["data"]),
        *([("Provider’s own goals", report["goals"]["hash"])] if "goals" in report else []),
    ]
    lines = [Line("row", cells) for cells in (*known, ("In short", page.answer), *map(_fact, page.facts))]
    notes = [Line("row", ("Note", note)) for note in page.footnotes]
    return Sheet("About", [*_top(page, f"{page.title}: about it"), *lines, *notes], (26, 70, 10, 50), 2, 1)


def _fact(fact: tuple[str, str, str]) -> tuple[Cell, ...]:
    """A fact: its name, its number or words, what the number is of, and a detail."""
    name, words, detail = fact
    whole = [Quantity(one.value, one.unit) for one in getattr(words, "numbers", ())[1:]]
    return (name, spoken(words), whole[0] if whole else None, f"of these: {detail}" if whole else detail)


def _data(report: Report, spec: Specification) -> Sheet:
    lines = [Line("head", COLUMNS), *(Line("blank", tuple(map(_plain, row))) for row in flat_rows(report, spec))]
    return Sheet("Data", lines, tuple(DATA_WIDTHS.get(name, 13.0) for name in COLUMNS), filtered=True)


def _plain(cell: Cell) -> Cell:
    """True and false as words, as in the CSV: LibreOffice keeps them as formulas, TRUE() and FALSE()."""
    return str(cell).lower() if isinstance(cell, bool) else cell

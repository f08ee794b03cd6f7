"""The first sheet of a return: its sections and figures in the order of the contract, boxes for words, and its foot."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from placewell.interchange.workbook import Cell, Line, Quantity, Sheet
from placewell.reports.layout import FigureRow, MilestoneRow, Page, SectionView
from placewell.reports.matrix_views import MatrixTable
from placewell.reports.spoken import matrix_rows_of
from placewell.reports.wording import NOTHING, counted

if TYPE_CHECKING:
    from placewell.specification import Specification

MEASURES = {"median": "median of {}", "mean": "mean of {}", "proportion": "share"}
WAITS = ("outstanding", "hours_unknown")
IN_WORDS = ("No.", "Indicator", "Unit", "Where it stands", "Set by", "Clause", "Notes")
LONGEST_ASIDE = 150
"""Signs of a note that runs on over the sheet; a longer one wraps under the names."""


def return_sheet(page: Page, spec: Specification) -> Sheet:
    """The return: a line for each figure with its numbers, each section under its title, the versions at the foot."""
    head = _heads(page, spec)
    names = tuple(name for name, _ in head)
    lines = [
        Line("title", (f"{page.title}: {page.service}",)),
        Line("lead", (f"{page.period}. Lot: {page.lots}. As at {page.as_at}. For {page.commissioner}.",)),
        Line("head", names, frozenset(place for place, name in enumerate(names) if name not in IN_WORDS)),
    ]
    for section in page.sections:
        lines += _section(section, page, spec, len(head))
    lines += _foot(page)
    return Sheet("Return", lines, tuple(width for _, width in head), head=3, still=2)


def _heads(page: Page, spec: Specification) -> list[tuple[str, float]]:
    """The name and width of each column."""
    boundary = spec.outcomes.hours.boundary
    aims = [("Target", 8.0), ("Reached of it", 8.0), ("Where it stands", 18.0)] if page.has_targets else []
    aims += [("Set by", 18.0)] if page.has_own_goals else []
    return [
        ("No.", 6.0),
        ("Indicator", 46.0),
        ("This period", 9.0),
        ("Unit", 14.0),
        ("Counted", 8.5),
        ("Out of, or from", 8.5),
        ("Not counted", 8.5),
        ("Not due yet", 8.5),
        ("Reached, waits for evidence or hours", 11.0),
        ("Of these, hours not known", 10.0),
        ("Counted by backup evidence", 10.0),
        (f"Counted at exactly {boundary} hours", 10.0),
        *aims,
        ("Clause", 14.0),
        ("Notes", 28.0),
    ]


def _section(section: SectionView, page: Page, spec: Specification, width: int) -> Iterator[Line]:
    yield Line("section", (f"{section.number}. {section.title}",))
    yield _note(f"{section.introduction} {section.clause}".strip())
    if section.matrix:
        yield from _quarters(section.matrix.quarters, width)
    for row in section.rows:
        yield Line("row", tuple(_figure(row, page, spec)))
    for held in section.held:
        empty = (None,) * (width - 4)
        yield Line(
            "row", (held.number, held.name, *empty, held.clause, f"Held by the evaluator, who needs {held.linkage}")
        )
    for milestone in section.milestones:
        yield Line("row", tuple(_milestone(milestone, width)))
    if section.repeated:
        yield _note(f"The figures themselves stand above, as {', '.join(section.repeated)}.")
    for note in section.footnotes:
        yield _note(note)
    for box in section.boxes:
        yield Line("table", (None, box))
        yield Line("box", (None, "Nothing written yet."))


def _quarters(table: MatrixTable, width: int) -> Iterator[Line]:
    """A matrix by quarter, under the columns of the return: its place and words, the quarters, and its clause."""
    heads = tuple(f"{short} {long}" for short, long in table.heads)
    yield Line("head", (None, table.name, *heads), frozenset(range(2, len(heads) + 2)))
    for line in table.lines:
        for words, cells in matrix_rows_of(line):
            empty = (None,) * (width - len(cells) - 4)
            yield Line("row", (line.number, words, *cells, *empty, line.clause))


def _milestone(row: MilestoneRow, width: int) -> Iterator[Cell]:
    """Something to be in place: its day under the unit, what it is good for and how it is looked at in the notes."""
    yield from (None, row.label, None, f"{row.due}{', the day has passed' if row.is_due else ''}")
    yield from (None,) * (width - 6)
    yield from (row.clause, f"Good for: {row.benefit}. Looked at: {row.monitored}")


def _note(words: str) -> Line:
    return Line("note" if len(words) > LONGEST_ASIDE else "aside", (None, words))


def _figure(row: FigureRow, page: Page, spec: Specification) -> Iterator[Cell]:
    figure, indicator = row.figure, spec.indicators.indicator(row.figure["id"])
    unit = figure["unit"]
    yield from (row.number, row.name)
    yield NOTHING if figure["value"] is None else Quantity(figure["value"], unit)
    yield MEASURES.get(indicator.measure, "{}").format("pounds an hour" if unit == "pounds" else counted(unit, 2))
    yield from (_count(figure, name) for name in ("numerator", "denominator"))
    yield from (_count(figure["members"], name) for name in ("not_counted", "not_due"))
    yield from (_count(figure, name) if indicator.evidence or figure[name] else None for name in WAITS)
    yield _count(figure, "on_backup") if indicator.evidence else None
    yield _count(figure, "on_boundary") if indicator.band else None
    if page.has_targets:
        target, reached = figure["target"], figure["value_to_date"]
        yield None if target is None else Quantity(target, unit)
        yield None if reached is None else Quantity(reached, unit)
        yield row.status
    if page.has_own_goals:
        yield row.own_goal or ("The contract" if figure["target_set_by"] else None)
    yield from (row.clause, "; ".join(row.notes))


def _count(of: Any, name: str) -> Cell:
    return None if of[name] is None else Quantity(of[name])


def _foot(page: Page) -> Iterator[Line]:
    """What stands at the foot of the return: its general notes, where definitions are, the day, and the versions."""
    yield Line("section", ("What this was made from",))
    for note in page.footnotes:
        yield _note(note)
    yield _note("The sheet Definitions says what each figure counts, with its clause and version.")
    yield _note(f"Clause of the return: {page.clause}.")
    yield _note(f"{page.period}, as at {page.as_at}: only facts dated on or before that day.")
    for name, value in page.provenance.items():
        yield _note(f"{name}: {value}")

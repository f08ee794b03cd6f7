"""The participant flow as a CONSORT diagram: an accessible SVG, and the same as the rows of a table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from placewell.evaluation import consort_layout as layout
from placewell.evaluation.boxes import PHASES, Box, Flow
from placewell.periods import in_words

if TYPE_CHECKING:
    from jinja2 import Template

TEMPLATES = Path(__file__).parent / "templates"
NOT_IN_XML = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF], "\ufffd")


@dataclass(frozen=True)
class TableRow:
    """A row of the flow as a table. `depth`: 0 a box, 1 a line, 2 a part of a line. `arm`: the arm's id, or None."""

    phase: str
    arm: str | None
    depth: int
    label: str
    count: int | None
    shown: str


def to_svg(flow: Flow, what: str, *, alone: bool = True, id: str = "consort") -> str:
    """The flow as SVG text: the same bytes for the same flow, no script, nothing from outside, text as text.

    `what` is what the flow is of, such as "Thrive Into Work trial, all four areas"; it opens the title. `alone`: with a
    white ground and the rules for forced colours, to be kept as a file; without, the page brings `stylesheet()`.
    `id` begins the ids within it. Source: CONSORT 2010, item 13; mockups/consort-desktop.png.
    """
    return (
        _template()
        .render(
            layout=layout.layout_of(flow),
            id=id,
            title=f"{what}: participant flow as at {in_words(flow.as_at)}",
            description=described(flow),
            style=stylesheet() if alone else "",
            band_width=layout.PHASE_WIDTH,
            size=layout.SIZE,
            title_size=layout.TITLE_SIZE,
            count_size=layout.COUNT_SIZE,
            pending_size=layout.SIZE,
            bar_size=layout.BAR_SIZE,
        )
        .translate(NOT_IN_XML)
        + "\n"
    )


def table_rows(flow: Flow) -> tuple[TableRow, ...]:
    """Every count of the diagram in reading order, for who reads tables rather than pictures."""
    return tuple(
        TableRow(
            PHASES[box.phase],
            box.arm,
            0 if line is None else 1 + line.depth,
            box.title if line is None else line.label,
            box.count if line is None else line.count,
            box.shown if line is None else line.shown,
        )
        for box, line in flow.counts()
    )


def described(flow: Flow) -> str:
    """The totals of the boxes in one paragraph, arm by arm: the picture's text alternative."""
    return " ".join(f"{_said(box)}." for box in flow.boxes)


def stylesheet() -> str:
    """The rules for forced colours that a page needs with a diagram that does not stand alone."""
    return (TEMPLATES / "consort.css").read_text(encoding="utf-8")


def _said(box: Box) -> str:
    parts = "; ".join(f"{line.label}: {line.shown}" if line.shown else line.label for line in box.lines)
    return f"{box.title}: {box.shown}" + (f" ({parts})" if parts else "")


@cache
def _template() -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["n"] = lambda number: f"{number:.1f}".removesuffix(".0")
    return environment.get_template("consort.svg")

"""An XmR chart as a picture that stands alone: heading, finding, icons with words, the chart, the legend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from textwrap import shorten, wrap
from typing import TYPE_CHECKING

from placewell.errors import UserError
from placewell.spc.drawing import Drawing, xmr
from placewell.spc.plot import Plot

if TYPE_CHECKING:
    from jinja2 import Template

TEMPLATES = Path(__file__).parent / "templates"
VARIATION_WORDS = {
    "improvement_high": "Improving",
    "improvement_low": "Improving",
    "concern_high": "Getting worse",
    "concern_low": "Getting worse",
    "neither_high": "Changed: up",
    "neither_low": "Changed: down",
    "common_cause": "No real change",
}
ASSURANCE_WORDS = {"pass": "Sure to meet", "hit_or_miss": "Hit or miss", "fail": "Sure to miss"}
METHOD_WORDS = {
    "mdc": "Limits of an XmR chart: the average and 2.66 times the mean moving range, all moving ranges kept.",
    "ptd": "Limits of an XmR chart: the average and 2.66 times the mean moving range, outlying moving ranges left out.",
}

MARGIN, ICON_WIDTH, LINE_HEIGHT = 24, 110, 27
LETTERS_IN_A_LINE, LETTERS_IN_A_HEADING, LETTER = 92, 60, 7.0
NOT_IN_XML = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF], "\ufffd")


@dataclass(frozen=True)
class Words:
    """A line of text at a height."""

    y: int
    text: str


@dataclass(frozen=True)
class Verdict:
    """An icon with its words, about a middle."""

    kind: str
    words: str
    is_assurance: bool
    x: int
    y: int


@dataclass(frozen=True)
class Entry:
    """A line of the legend."""

    kind: str
    words: str
    x: int


@dataclass(frozen=True)
class Sheet:
    """Where everything around the chart stands. Source: mockups/figures.md 8–12 and Icons."""

    title: str
    description: str
    heading: str
    caption: str
    foot: str
    width: int
    height: int
    finding: tuple[Words, ...]
    finding_height: int
    verdicts: tuple[Verdict, ...]
    legend: tuple[Entry, ...]
    caption_y: int
    chart_y: int
    legend_y: int
    foot_y: int
    margin: int = MARGIN
    heading_y: int = 46
    finding_y: int = 68


def to_svg(plot: Plot, what: str, where: str = "") -> str:
    """The chart of `plot` as SVG text, the same bytes for the same plot: no script, no style, nothing from outside.

    `what` is what the numbers are, `where` what they are of. The title says what, where, from and to; the description
    says average, limits, target and the finding. Raises UserError where there is nothing to draw.
    """
    drawing = xmr(plot)
    if drawing is None:
        raise UserError("A chart needs at least one number.")
    return _template().render(drawing=drawing, sheet=_sheet(plot, drawing, what, where)).translate(NOT_IN_XML) + "\n"


def _sheet(plot: Plot, drawing: Drawing, what: str, where: str) -> Sheet:
    said = wrap(drawing.sentence, LETTERS_IN_A_LINE)
    caption_y = max(68 + LINE_HEIGHT * len(said), 112 if drawing.variation else 0) + 34
    chart_y = caption_y + 4
    legend_y = chart_y + drawing.frame.height + 16
    foot_y = legend_y + (34 if drawing.legend else 0)
    span = " to ".join(dict.fromkeys((plot.labels[0], plot.labels[-1])))
    each = "" if plot.point == "point" else f" each {plot.point}"
    caption = f"{what}{each}, {span}" + (f", from {where}" if where else "")
    return Sheet(
        title=", ".join(part for part in (what, where, span) if part),
        description=f"{drawing.levels}. {drawing.sentence}" if drawing.levels else drawing.sentence,
        heading=shorten(what, LETTERS_IN_A_HEADING, placeholder=" …"),
        caption=shorten(caption, 2 * LETTERS_IN_A_HEADING, placeholder=" …"),
        foot=METHOD_WORDS[plot.method] if drawing.upper else "Without limits: too few points.",
        width=drawing.frame.width + 2 * MARGIN,
        height=foot_y + MARGIN,
        finding=tuple(Words(88 + LINE_HEIGHT * number, line) for number, line in enumerate(said)),
        finding_height=LINE_HEIGHT * len(said),
        verdicts=tuple(_verdicts(drawing)),
        legend=tuple(_entries(drawing.legend)),
        caption_y=caption_y,
        chart_y=chart_y,
        legend_y=legend_y,
        foot_y=foot_y,
    )


def _verdicts(drawing: Drawing) -> Iterator[Verdict]:
    right = drawing.frame.width + MARGIN - ICON_WIDTH // 2
    if drawing.variation:
        middle = right - (ICON_WIDTH if drawing.assurance else 0)
        yield Verdict(drawing.variation, VARIATION_WORDS[drawing.variation], False, middle, 30)
    if drawing.assurance:
        yield Verdict(drawing.assurance, ASSURANCE_WORDS[drawing.assurance], True, right, 30)


def _entries(legend: Sequence[tuple[str, str]]) -> Iterator[Entry]:
    x = MARGIN
    for kind, words in legend:
        yield Entry(kind, words, x)
        x += 26 + round(LETTER * len(words)) + 26


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
    return environment.get_template("spc/chart.svg")

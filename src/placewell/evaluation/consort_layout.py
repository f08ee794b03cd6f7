"""Where everything of a CONSORT diagram stands: heights follow from the lines, so nothing overlaps or runs out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from placewell.evaluation.boxes import PHASES, Box, Flow, Line
from placewell.evaluation.measuring_text import broken, width

WIDTH = 1136
PHASE_WIDTH, LEFT, RIGHT = 31, 54, 1134
GAP, DOWN, APART = 56, 34, 38
PAD, INDENT, LINE = 18, 18, 23
TITLE_SIZE, COUNT_SIZE, SIZE, BAR_SIZE = 17.5, 19.5, 15.4, 19
HEAD, FIRST_LINE, FOOT = 52, 58, 19
BAR, EXCLUDED_BELOW, BEFORE_BAR = 52, 70, 21
NOTE_SIZE, NOTE_LINE = 15.4, 21
BETWEEN = 12
"""The least room between a label and what stands at its end."""


@dataclass(frozen=True)
class Words:
    """A line of text at a place; `end` is what stands at the right edge of its box, if anything."""

    x: float
    y: float
    text: str
    end: str = ""
    quiet: bool = False
    bold: bool = False


@dataclass(frozen=True)
class Drawn:
    """A box where it stands, with its title and lines."""

    x: float
    y: float
    width: float
    height: float
    pending: bool
    title: tuple[Words, ...]
    lines: tuple[Words, ...]

    @property
    def right(self) -> float:
        """Where what stands at the end of a line ends."""
        return self.x + self.width - PAD

    @property
    def middle(self) -> float:
        """The middle from left to right."""
        return self.x + self.width / 2

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height


@dataclass(frozen=True)
class Band:
    """The upright label of a phase."""

    label: str
    y: float
    height: float

    @property
    def middle(self) -> float:
        """The middle from top to bottom."""
        return self.y + self.height / 2


@dataclass(frozen=True)
class Arrow:
    """A straight arrow, downwards or to the right."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class Layout:
    """The whole picture."""

    width: int
    height: int
    bands: tuple[Band, ...]
    boxes: tuple[Drawn, ...]
    bar: Drawn
    arrows: tuple[Arrow, ...]
    notes: tuple[Words, ...]


def layout_of(flow: Flow) -> Layout:
    """Lay a flow out in the proportions of mockups/consort-desktop.png, for any number of arms."""
    top = 1.0
    half = (RIGHT - LEFT - GAP) / 2
    referred = _box(flow.referred, LEFT, top, half)
    assessed = _box(flow.assessed, LEFT, referred.bottom + APART, half)
    least = assessed.bottom + EXCLUDED_BELOW - top
    excluded = _box(flow.excluded, LEFT + half + GAP, top, half, least)
    bar_y = excluded.bottom + BEFORE_BAR
    bar = Drawn(LEFT, bar_y, RIGHT - LEFT, BAR, False, _bar_words(flow.randomised, bar_y), ())
    turn = (assessed.bottom + excluded.bottom) / 2
    arrows = [
        Arrow(referred.middle, referred.bottom, referred.middle, assessed.y),
        Arrow(assessed.middle, assessed.bottom, assessed.middle, bar.y),
        Arrow(assessed.middle, turn, excluded.x, turn),
    ]
    bands = [Band(PHASES["enrolment"], top, bar.bottom - top)]
    columns = _columns(flow.columns, bar.bottom, bands)
    arrows += [
        Arrow(below.middle, above.bottom, below.middle, below.y)
        for column in columns
        for above, below in pairwise((bar, *column))
    ]
    notes = tuple(_notes(flow.notes, bands[-1].y + bands[-1].height + 30))
    height = round((notes[-1].y if notes else bands[-1].y + bands[-1].height) + 12)
    boxes = (referred, assessed, excluded, *(box for column in columns for box in column))
    return Layout(WIDTH, height, tuple(bands), boxes, bar, tuple(arrows), notes)


def _columns(columns: Sequence[Sequence[Box]], y: float, bands: list[Band]) -> list[list[Drawn]]:
    """The boxes below the bar, row by row: a row is as tall as its tallest box and as the label of its phase."""
    wide = (RIGHT - LEFT - GAP * (len(columns) - 1)) / len(columns)
    drawn: list[list[Drawn]] = [[] for _ in columns]
    for row in zip(*columns, strict=True):
        y += DOWN
        label = PHASES[row[0].phase]
        least = width(label, SIZE, bold=True) + 2 * BETWEEN
        for number, box in enumerate(row):
            drawn[number].append(_box(box, LEFT + number * (wide + GAP), y, wide))
        tallest = max([least, *(column[-1].height for column in drawn)])
        bands.append(Band(label, y, tallest))
        y += tallest
    return drawn


def _box(box: Box, x: float, y: float, wide: float, least: float = 0) -> Drawn:
    room = wide - 2 * PAD
    title_room = room - BETWEEN - width(box.shown, COUNT_SIZE, bold=True)
    named = broken(box.title, TITLE_SIZE, title_room, bold=True)
    title = tuple(
        Words(x + PAD, y + 32 + LINE * number, text, box.shown if number == 0 else "", bold=True)
        for number, text in enumerate(named)
    )
    start = y + FIRST_LINE + LINE * (len(named) - 1)
    lines: list[Words] = []
    for line in box.lines:
        lines += _line(line, x + PAD + INDENT * line.depth, start + LINE * len(lines), room - INDENT * line.depth)
    bare = HEAD + LINE * (len(named) - 1)
    height = lines[-1].y - y + FOOT if lines else bare
    return Drawn(x, y, wide, max(height, bare, least), box.pending, title, tuple(lines))


def _line(line: Line, x: float, y: float, room: float) -> list[Words]:
    taken = width(line.shown, SIZE) + BETWEEN if line.shown else 0
    texts = broken(line.label, SIZE, room - taken)
    return [
        Words(x, y + LINE * number, text, line.shown if number == 0 else "", quiet=line.depth > 0)
        for number, text in enumerate(texts)
    ]


def _bar_words(box: Box, y: float) -> tuple[Words, ...]:
    return (Words((LEFT + RIGHT) / 2, y + BAR / 2 + BAR_SIZE * 0.36, f"{box.title}\u2002{box.shown}", bold=True),)


def _notes(notes: Sequence[str], y: float) -> Iterator[Words]:
    texts = [text for note in notes for text in broken(note, NOTE_SIZE, RIGHT - LEFT)]
    for number, text in enumerate(texts):
        yield Words(LEFT, y + NOTE_LINE * number, text, quiet=True)

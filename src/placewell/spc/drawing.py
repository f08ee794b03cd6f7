"""Where everything of an XmR chart and of its smaller forms stands; the templates only draw what is said here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from placewell.spc.axes import Frame, Tick, point_ticks, room_for, scale_of, value_ticks
from placewell.spc.charts import Assurance, Chart, Point, Variation, chart
from placewell.spc.levels import Line, levels_of, lines_of
from placewell.spc.plot import Plot
from placewell.spc.sentences import sentence

KINDS = {"improvement": "better", "concern": "worse", "neither": "neither", "common": "usual"}
LEGEND = (
    ("usual", "{} within the limits"),
    ("better", "Unusual, better"),
    ("worse", "Unusual, worse"),
    ("neither", "Unusual, neither better nor worse"),
    ("waiting", "If what is outstanding is put right"),
)
CAUSES = {
    "outside": ("above the upper limit", "below the lower limit"),
    "trend": ("one of seven or more that rise", "one of seven or more that fall"),
    "two_in_three": ("two of three near the upper limit", "two of three near the lower limit"),
    "shift": ("one of seven or more above the average", "one of seven or more below the average"),
}
LARGEST_MARK, SMALLEST_MARK, MARK_SHARE = 6.0, 2.0, 0.38  # the last: of the way between two points
CHANGE_LETTER = 7.5


@dataclass(frozen=True)
class Mark:
    """A point on a chart: where it stands, and whether it is unusual and for the better or the worse.

    `ring`: where it would stand if what is outstanding were put right; `waiting` how many wait.
    """

    x: float
    y: float
    kind: str  # usual | better | worse | neither
    label: str
    value: str
    special_cause: str
    ring: float | None = None
    waiting: int = 0


@dataclass(frozen=True)
class Change:
    """An upright line between two points, with words before or after it, where there is room."""

    x: float
    y: float
    label: str
    is_before: bool


@dataclass(frozen=True)
class Drawing:
    """One chart, ready to draw, and what it says in words. Without enough points: the line only."""

    frame: Frame
    marks: tuple[Mark, ...]
    mark_size: float
    average: Line | None
    lower: Line | None
    upper: Line | None
    target: Line | None
    changes: tuple[Change, ...]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    legend: tuple[tuple[str, str], ...]
    variation: Variation | None
    assurance: Assurance | None
    sentence: str

    @property
    def path(self) -> str:
        """The line through the points, as SVG writes it."""
        return " ".join(f"{'L' if i else 'M'}{mark.x} {mark.y}" for i, mark in enumerate(self.marks))

    @property
    def nought(self) -> float | None:
        """Where 0 lies, if not at the foot of the chart."""
        return self.frame.y(0.0) if self.frame.scale.lowest < 0 else None

    @property
    def levels(self) -> str:
        """The average, the limits and the target as one clause of the chart's text alternative."""
        lines = (self.average, self.lower, self.upper, self.target)
        return ", ".join(line.label if i == 0 else line.label.lower() for i, line in enumerate(filter(None, lines)))


@dataclass(frozen=True)
class Size:
    """How large a picture is, and the least room around its chart; words at the sides may need more."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    inset: int
    has_words: bool = True
    has_level_words: bool = True


SPARK = Size(180, 52, 6, 6, 6, 6, 0, has_words=False, has_level_words=False)
WIDE = Size(1120, 330, 44, 180, 22, 52, 14)
NARROW = Size(320, 280, 32, 4, 22, 52, 10, has_level_words=False)


def spark(plot: Plot) -> Drawing | None:
    """The small chart of a row; none where there is nothing to draw. Source: mockups/figures.md 4, 12."""
    return _draw(plot, SPARK)


def xmr(plot: Plot) -> Drawing | None:
    """The large chart, with axes and labelled limits; none where there is nothing to draw."""
    return _draw(plot, WIDE)


def narrow(plot: Plot) -> Drawing | None:
    """The chart for a phone: the whole time in its width, the words of the levels left to the page."""
    return _draw(plot, NARROW)


def _draw(plot: Plot, size: Size) -> Drawing | None:
    if not plot.values:
        return None
    judged = chart(plot.values, plot.target, plot.better, plot.method)
    frame = _frame(plot, judged, size)
    lines = lines_of(levels_of(plot, judged), frame)
    marks = _marks(plot, judged, frame)
    return Drawing(
        frame=frame,
        marks=marks,
        mark_size=round(min(LARGEST_MARK, max(SMALLEST_MARK, MARK_SHARE * frame.step(len(marks)))), 1),
        average=lines.get("average"),
        lower=lines.get("lower"),
        upper=lines.get("upper"),
        target=lines.get("target"),
        changes=_changes(plot, frame),
        x_ticks=point_ticks(plot, frame),
        y_ticks=value_ticks(plot, frame),
        legend=_legend(plot, marks, has_limits=judged.enough),
        variation=judged.variation if judged.enough else None,
        assurance=judged.assurance if judged.enough else None,
        sentence=sentence(judged, plot.labels, plot.point, plot.floor, plot.form, plot.target_note),
    )


def _frame(plot: Plot, judged: Chart, size: Size) -> Frame:
    scale = scale_of(plot, judged)
    left, right = size.left, size.right
    if size.has_words:
        left = max(left, room_for([plot.axis_form(level) for level in scale.levels], 7.3, 12))
    if size.has_level_words:
        right = max(right, room_for([label for _, label in levels_of(plot, judged).values()], 7.8, 16))
    return Frame(
        size.width, size.height, left, size.width - right, size.top, size.height - size.bottom, size.inset, scale
    )


def _marks(plot: Plot, judged: Chart, frame: Frame) -> tuple[Mark, ...]:
    waiting = plot.waiting or (0,) * len(plot.values)
    return tuple(
        Mark(
            frame.x(index, len(plot.values)),
            frame.y(point.value),
            KINDS[point.variation.split("_")[0]] if judged.enough else "usual",
            label,
            plot.form(point.value),
            cause_words(point) if judged.enough else "",
            frame.y(point.value + more) if more else None,
            more,
        )
        for index, (label, point, more) in enumerate(zip(plot.labels, judged.points, waiting, strict=True))
    )


def cause_words(point: Point) -> str:
    """Why a point is unusual; nothing where it is not."""
    if point.special_cause is None:
        return ""
    up, down = CAUSES[point.special_cause]
    return up if point.variation.endswith("high") else down


def _changes(plot: Plot, frame: Frame) -> tuple[Change, ...]:
    places = [(frame.x(at, len(plot.values)), words) for at, words in plot.changes]
    return tuple(
        Change(x, frame.top - 6, words, is_before=x - 8 - CHANGE_LETTER * len(words) > 0) for x, words in places
    )


def _legend(plot: Plot, marks: Sequence[Mark], *, has_limits: bool) -> tuple[tuple[str, str], ...]:
    """Only the marks that occur; without limits no point lies within them."""
    found = {mark.kind for mark in marks} if has_limits else set()
    found |= {"waiting"} if any(mark.waiting for mark in marks) else set()
    return tuple((kind, words.format(plot.point.capitalize())) for kind, words in LEGEND if kind in found)

"""Coordinates of the spark and the XmR chart; the templates only draw what stands here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from placewell import spc
from placewell.reports.wording import amount
from placewell.spc import Chart

KINDS = {"improvement": "better", "concern": "worse", "neither": "neither", "common": "usual"}
LEGEND = (
    ("usual", "Month within the limits"),
    ("better", "Unusual, better"),
    ("worse", "Unusual, worse"),
    ("neither", "Unusual, neither better nor worse"),
    ("waiting", "If what is outstanding is put right"),
)
STEPS = (4, 8, 12, 20, 40)
WHOLE_STEPS = 4.0


@dataclass(frozen=True)
class Series:
    """Whole months, oldest first, and what to reach. Months with nothing to rest on are left out.

    `waiting`: by month, how many more reached it and wait for evidence or hours. `floor`: what no value is less than.
    `changes`: days on which the contract changed, with the words.
    """

    months: tuple[date, ...]
    values: tuple[float, ...]
    target: float | None = None
    better: str | None = "up"
    unit: str = "people"
    is_share_of_year: bool = False
    waiting: tuple[int, ...] = ()
    changes: tuple[tuple[date, str], ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(f"{month:%B %Y}" for month in self.months)

    @property
    def floor(self) -> float | None:
        return None if self.unit == "points" else 0.0

    def form(self, value: float) -> str:
        """A value as this figure writes it: 40%, £8.65, +2.1, 7.6."""
        return amount(value, self.unit)


@dataclass(frozen=True)
class Mark:
    """A month on a chart: where it stands, and whether it is unusual and for the better or the worse.

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
class Line:
    """A level across the chart, with the words at its right end; `label_y` keeps words from lying on one another."""

    y: float
    label: str
    label_y: float


@dataclass(frozen=True)
class Tick:
    x: float
    y: float
    label: str
    under: str = ""


@dataclass(frozen=True)
class Drawing:
    """One chart, ready to draw, and what it says in words."""

    width: int
    height: int
    left: float
    right: float
    top: float
    bottom: float
    marks: tuple[Mark, ...]
    average: Line | None
    lower: Line | None
    upper: Line | None
    target: Line | None
    changes: tuple[Tick, ...]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    legend: tuple[tuple[str, str], ...]
    variation: str | None
    assurance: str | None
    sentence: str

    @property
    def path(self) -> str:
        return " ".join(f"{'L' if i else 'M'}{mark.x} {mark.y}" for i, mark in enumerate(self.marks))

    @property
    def levels(self) -> str:
        """The average, the limits and the target as one clause of the chart's text alternative."""
        lines = (self.average, self.lower, self.upper, self.target)
        return ", ".join(line.label if i == 0 else line.label.lower() for i, line in enumerate(filter(None, lines)))


@dataclass(frozen=True)
class Frame:
    """The part of the picture that the line may use, and the scale of the values."""

    width: int
    height: int
    left: float
    right: float
    top: float
    bottom: float
    lowest: float
    highest: float

    def x(self, index: float, count: int) -> float:
        step = (self.right - self.left) / max(count - 1, 1)
        return round(self.left + step * index, 1)

    def y(self, value: float) -> float:
        part = (value - self.lowest) / (self.highest - self.lowest)
        return round(self.bottom - part * (self.bottom - self.top), 1)


def spark(series: Series) -> Drawing | None:
    """The small chart of an indicator's row; none where there is nothing to draw."""
    return _draw(series, 180, 52, left=6, right=6, top=6, bottom=6)


def xmr(series: Series) -> Drawing | None:
    """The large chart of a figure's page, with axes and labelled limits."""
    return _draw(series, 1120, 330, left=44, right=180, top=22, bottom=52)


def _draw(series: Series, width: int, height: int, *, left: int, right: int, top: int, bottom: int) -> Drawing | None:
    if not series.values:
        return None
    chart = spc.chart(series.values, target=series.target, better=series.better)  # type: ignore[arg-type]
    lowest, highest = _scale(series, chart)
    frame = Frame(width, height, left, width - right, top, height - bottom, lowest, highest)
    average, lower, upper, target = _lines(series, chart, frame)
    marks = _marks(series, chart, frame)
    return Drawing(
        width,
        height,
        frame.left,
        frame.right,
        frame.top,
        frame.bottom,
        marks,
        average,
        lower,
        upper,
        target,
        _changes(series, frame),
        _month_ticks(series, frame),
        _value_ticks(series, frame),
        _legend(marks, has_limits=chart.enough),
        chart.variation if chart.enough else None,
        chart.assurance if chart.enough else None,
        spc.sentence(chart, series.labels, floor=series.floor, form=series.form),
    )


def _scale(series: Series, chart: Chart) -> tuple[float, float]:
    """From 0 (or a round number under the lowest value below it) to the first round one above all that is drawn."""
    reach = [*series.values, *([series.target] if series.target is not None else [])]
    reach += [value + more for value, more in zip(series.values, series.waiting, strict=False)]
    if chart.enough and chart.upper is not None and chart.lower is not None:
        reach += [chart.upper, chart.lower if series.floor is None else 0.0]
    lowest = min(0.0, *reach)
    least = WHOLE_STEPS if all(value == round(value) for value in series.values) else 0.0  # no half people on the axis
    return (-_round_up(-lowest) if lowest < 0 else 0.0), max(_round_up(max(reach)), least)


def _marks(series: Series, chart: Chart, frame: Frame) -> tuple[Mark, ...]:
    waiting = series.waiting or (0,) * len(series.values)
    return tuple(
        Mark(
            frame.x(index, len(series.values)),
            frame.y(point.value),
            KINDS[point.variation.split("_")[0]] if chart.enough else "usual",
            label,
            series.form(point.value),
            (point.special_cause or "").replace("_", " ") if chart.enough else "",
            frame.y(point.value + more) if more else None,
            more,
        )
        for index, (label, point, more) in enumerate(zip(series.labels, chart.points, waiting, strict=True))
    )


def _legend(marks: Sequence[Mark], *, has_limits: bool) -> tuple[tuple[str, str], ...]:
    """Only the marks that occur; without limits no month lies within them."""
    found = {mark.kind for mark in marks} if has_limits else set()
    found |= {"waiting"} if any(mark.waiting for mark in marks) else set()
    return tuple((kind, words) for kind, words in LEGEND if kind in found)


def _lines(series: Series, chart: Chart, frame: Frame) -> tuple[Line | None, Line | None, Line | None, Line | None]:
    """Average, lower and upper limit, and target, their words pushed apart where the lines lie close together."""
    values: dict[str, tuple[float, str]] = {}
    if chart.enough and chart.lower is not None and chart.upper is not None:
        lower = chart.lower if series.floor is None else max(chart.lower, series.floor)
        values["average"] = (chart.mean, f"Average {series.form(chart.mean)}")
        values["lower"] = (lower, f"Lower limit {series.form(lower)}")
        values["upper"] = (chart.upper, f"Upper limit {series.form(chart.upper)}")
    if series.target is not None:
        a_month = " a month" if series.is_share_of_year else ""
        values["target"] = (series.target, f"Target {series.form(series.target)}{a_month}")
    places = _apart({name: frame.y(value) for name, (value, _) in values.items()})
    lines = {name: Line(frame.y(value), label, places[name]) for name, (value, label) in values.items()}
    return lines.get("average"), lines.get("lower"), lines.get("upper"), lines.get("target")


LABEL_HEIGHT = 19.0


def _apart(places: dict[str, float]) -> dict[str, float]:
    """The same places from the lowest line up, each at least a label's height above the one before."""
    found: dict[str, float] = {}
    above: float | None = None
    for name, y in sorted(places.items(), key=lambda item: -item[1]):
        above = y if above is None else min(y, above - LABEL_HEIGHT)
        found[name] = round(above, 1)
    return found


def _changes(series: Series, frame: Frame) -> tuple[Tick, ...]:
    """Upright lines where the contract changed, between the month before and the month that the day begins."""
    first, last = series.months[0], series.months[-1]
    found = []
    for day, words in series.changes:
        if first < day <= last:
            index = sum(month < day for month in series.months)
            found.append(Tick(frame.x(index - 0.5, len(series.months)), frame.top - 6, words))
    return tuple(found)


def _month_ticks(series: Series, frame: Frame) -> tuple[Tick, ...]:
    return tuple(
        Tick(
            frame.x(index, len(series.months)),
            frame.bottom + 20,
            f"{month:%b}",
            str(month.year) if index == 0 or month.month == 1 else "",
        )
        for index, month in enumerate(series.months)
    )


def _value_ticks(series: Series, frame: Frame) -> tuple[Tick, ...]:
    step = frame.highest / 4
    levels = [step * i for i in range(5)]
    if frame.lowest < 0:
        levels.insert(0, frame.lowest)
    return tuple(Tick(frame.left - 8, frame.y(level), _short(series, level)) for level in levels)


def _short(series: Series, value: float) -> str:
    return amount(value, series.unit) if series.unit in ("proportion", "points") else number(value)


def _round_up(value: float) -> float:
    """The first of 0.04, 0.08, 0.12, 0.2, 0.4, 4, 8 ... that is not below the value: four steps with short labels."""
    if value <= 0:
        return 4.0
    return next(
        step * scale
        for scale in (0.01, 0.1, 1.0, 10.0, 100.0, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8)
        for step in STEPS
        if value <= step * scale
    )


def number(value: float | None) -> str:
    """A value in few digits: 7, 7.5, 0.25."""
    if value is None:
        return "not known"
    text = f"{value:,.2f}"
    return text.rstrip("0").rstrip(".").replace("-", "−")

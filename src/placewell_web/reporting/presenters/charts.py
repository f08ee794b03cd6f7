"""Coordinates of the spark and the XmR chart; the templates only draw what stands here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from placewell import spc
from placewell.spc import Chart

KINDS = {"improvement": "better", "concern": "worse", "neither": "neither", "common": "usual"}
STEPS = (4, 8, 12, 20, 40)


@dataclass(frozen=True)
class Series:
    """Whole months, oldest first, and what to reach. Months with nothing to rest on are left out."""

    months: tuple[date, ...]
    values: tuple[float, ...]
    target: float | None = None
    better: str | None = "up"

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(f"{month:%B %Y}" for month in self.months)


@dataclass(frozen=True)
class Mark:
    """A month on a chart: where it stands, and whether it is unusual and for the better or the worse."""

    x: float
    y: float
    kind: str  # usual | better | worse | neither
    label: str
    value: str
    special_cause: str


@dataclass(frozen=True)
class Line:
    """A level across the chart, with the words at its right end."""

    y: float
    label: str


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
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    variation: str | None
    assurance: str | None
    sentence: str

    @property
    def path(self) -> str:
        return " ".join(f"{'L' if i else 'M'}{mark.x} {mark.y}" for i, mark in enumerate(self.marks))


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

    def x(self, index: int, count: int) -> float:
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
    return _draw(series, 1040, 330, left=44, right=160, top=16, bottom=52)


def _draw(series: Series, width: int, height: int, *, left: int, right: int, top: int, bottom: int) -> Drawing | None:
    if not series.values:
        return None
    chart = spc.chart(series.values, target=series.target, better=series.better)  # type: ignore[arg-type]
    lowest, highest = _scale(series, chart)
    frame = Frame(width, height, left, width - right, top, height - bottom, lowest, highest)
    return Drawing(
        width,
        height,
        frame.left,
        frame.right,
        frame.top,
        frame.bottom,
        _marks(series, chart, frame),
        *_limits(chart, frame),
        Line(frame.y(series.target), f"Target {number(series.target)} a month") if series.target is not None else None,
        _month_ticks(series, frame),
        _value_ticks(frame),
        chart.variation if chart.enough else None,
        chart.assurance if chart.enough else None,
        spc.sentence(chart, series.labels),
    )


def _scale(series: Series, chart: Chart) -> tuple[float, float]:
    """From 0 (or the lowest value below it) to the first round number above everything that is drawn."""
    reach = [*series.values, *([series.target] if series.target is not None else [])]
    if chart.enough and chart.upper is not None:
        reach.append(chart.upper)
    return min(0.0, *reach), _round_up(max(reach))


def _marks(series: Series, chart: Chart, frame: Frame) -> tuple[Mark, ...]:
    return tuple(
        Mark(
            frame.x(index, len(series.values)),
            frame.y(point.value),
            KINDS[point.variation.split("_")[0]] if chart.enough else "usual",
            label,
            number(point.value),
            (point.special_cause or "").replace("_", " ") if chart.enough else "",
        )
        for index, (label, point) in enumerate(zip(series.labels, chart.points, strict=True))
    )


def _limits(chart: Chart, frame: Frame) -> tuple[Line | None, Line | None, Line | None]:
    if not chart.enough or chart.lower is None or chart.upper is None:
        return None, None, None
    lower = max(chart.lower, frame.lowest)
    return (
        Line(frame.y(chart.mean), f"Average {chart.mean:.1f}"),
        Line(frame.y(lower), f"Lower limit {lower:.1f}"),
        Line(frame.y(chart.upper), f"Upper limit {chart.upper:.1f}"),
    )


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


def _value_ticks(frame: Frame) -> tuple[Tick, ...]:
    step = frame.highest / 4
    return tuple(Tick(frame.left - 8, frame.y(step * i), number(step * i)) for i in range(5))


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
    return text.rstrip("0").rstrip(".")

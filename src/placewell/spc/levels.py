"""The levels across a chart: average, limits and target, with words that do not lie on one another."""

from __future__ import annotations

from dataclasses import dataclass

from placewell.spc.axes import Frame
from placewell.spc.charts import Chart
from placewell.spc.plot import Plot

LABEL_HEIGHT = 19.0
Named = dict[str, tuple[float, str]]


@dataclass(frozen=True)
class Line:
    """A level across the chart, with the words at its right end; `label_y` keeps words from lying on one another."""

    y: float
    label: str
    label_y: float


def levels_of(plot: Plot, judged: Chart) -> Named:
    """Where average, lower and upper limit and target lie, and the words for each; under 15 points the target only."""
    found: Named = {}
    if judged.enough and judged.lower is not None and judged.upper is not None:
        lower = judged.lower if plot.floor is None else max(judged.lower, plot.floor)
        found["average"] = (judged.mean, f"Average {plot.form(judged.mean)}")
        found["lower"] = (lower, f"Lower limit {plot.form(lower)}")
        found["upper"] = (judged.upper, f"Upper limit {plot.form(judged.upper)}")
    if plot.target is not None:
        found["target"] = (plot.target, f"Target {plot.form(plot.target)}{plot.target_note}")
    return found


def lines_of(levels: Named, frame: Frame) -> dict[str, Line]:
    """The levels as lines."""
    places = apart({name: frame.y(value) for name, (value, _) in levels.items()}, frame.top)
    return {name: Line(frame.y(value), label, places[name]) for name, (value, label) in levels.items()}


def apart(places: dict[str, float], top: float) -> dict[str, float]:
    """The same places, each at least a label's height above the next lower one, and none above `top`."""
    found: dict[str, float] = {}
    below: float | None = None
    for name, y in sorted(places.items(), key=lambda item: -item[1]):
        below = y if below is None else min(y, below - LABEL_HEIGHT)
        found[name] = round(below, 1)
    highest = top - LABEL_HEIGHT
    for name in reversed(found):
        highest = found[name] = round(max(found[name], highest + LABEL_HEIGHT), 1)
    return found

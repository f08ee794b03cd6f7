"""The axes of a chart: the scale of the values, where a value and a point stand, and the words beside and under."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from textwrap import shorten

from placewell.spc.charts import Chart
from placewell.spc.plot import Plot

STEPS = (4, 8, 12, 20, 40)
PARTS = 4  # of the longer side of the axis, above or below nought
WHOLE_STEPS = 4.0
TICK_LETTER, TICK_SPACE = 7.0, 4.0  # what a letter on an axis takes, and the space between two words
LONGEST_TICK = 16


@dataclass(frozen=True)
class Tick:
    """Words at a place of an axis."""

    x: float
    y: float
    label: str
    under: str = ""


@dataclass(frozen=True)
class Scale:
    """From the lowest to the highest level of the axis, in steps."""

    lowest: float
    highest: float
    step: float

    @property
    def levels(self) -> tuple[float, ...]:
        """The levels that the axis names, lowest first."""
        below = round(-self.lowest / self.step)
        above = round(self.highest / self.step)
        return tuple(self.step * part for part in range(-below, above + 1))


@dataclass(frozen=True)
class Frame:
    """The part of the picture that the line may use; points keep `inset` off its ends."""

    width: int
    height: int
    left: float
    right: float
    top: float
    bottom: float
    inset: float
    scale: Scale

    def step(self, count: int) -> float:
        """How far two points stand apart."""
        return (self.right - self.left - 2 * self.inset) / max(count - 1, 1)

    def x(self, index: float, count: int) -> float:
        """Where a point stands across; a single one in the middle."""
        if count == 1:
            return round((self.left + self.right) / 2, 1)
        return round(self.left + self.inset + self.step(count) * index, 1)

    def y(self, value: float) -> float:
        """Where a value stands up and down."""
        part = (value - self.scale.lowest) / (self.scale.highest - self.scale.lowest)
        return round(self.bottom - part * (self.bottom - self.top), 1)


def scale_of(plot: Plot, judged: Chart) -> Scale:
    """From 0, or a step under the lowest value below it, to the first step above all that is drawn."""
    reach = [*plot.values, *([plot.target] if plot.target is not None else [])]
    reach += [value + more for value, more in zip(plot.values, plot.waiting, strict=False)]
    if judged.enough and judged.upper is not None and judged.lower is not None:
        reach += [judged.upper, judged.lower if plot.floor is None else 0.0]
    lowest, highest = min(0.0, *reach), max(0.0, *reach)
    longest = _round_up(max(-lowest, highest))
    if all(value == round(value) for value in plot.values):  # no half people on the axis
        longest = max(longest, WHOLE_STEPS)
    step = (longest or WHOLE_STEPS) / PARTS
    parts_above = PARTS if highest >= -lowest else _parts(highest, step)
    return Scale(-step * _parts(-lowest, step), step * parts_above, step)


def point_ticks(plot: Plot, frame: Frame) -> tuple[Tick, ...]:
    """The words under the points: of every point, or of every second, third ... where they would run together."""
    words = [shorten(label, LONGEST_TICK, placeholder="…") for label, _ in plot.ticks]
    widest = max(len(label) for label in words) * TICK_LETTER + TICK_SPACE
    every = max(1, ceil(widest / frame.step(len(words))))
    return tuple(
        Tick(frame.x(index, len(words)), frame.bottom + 20, label if index % every == 0 else "", under)
        for index, (label, (_, under)) in enumerate(zip(words, plot.ticks, strict=True))
    )


def value_ticks(plot: Plot, frame: Frame) -> tuple[Tick, ...]:
    """The levels at the left, and what each is."""
    return tuple(Tick(frame.left - 8, frame.y(level), plot.axis_form(level)) for level in frame.scale.levels)


def room_for(words: Sequence[str], letter: float, beside: float) -> int:
    """How wide a margin must be for the longest of the words and what stands beside them."""
    return ceil(max((len(word) for word in words), default=0) * letter + beside)


def _parts(length: float, step: float) -> int:
    return ceil(round(length / step, 9))


def _round_up(value: float) -> float:
    """The first of 0.4, 0.8, 1.2, 2, 4, 8, 12 ... that is not below the value: four steps with short labels."""
    if value <= 0:
        return 0.0
    scales = (10.0 ** (floor(log10(value)) + power) for power in (-1, 0, 1))
    return next(step * scale for scale in scales for step in STEPS if value <= step * scale)

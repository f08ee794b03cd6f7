"""Plots of numbers by month, as drawn."""

from __future__ import annotations

from datetime import date
from typing import Any

from placewell.periods import add_months
from placewell.spc import Drawing, Plot
from placewell.spc.drawing import xmr
from placewell.spc.plot import month_ticks

FIRST = date(2017, 10, 1)


def plot(*values: float, **more: Any) -> Plot:
    names = more.pop("labels", tuple(f"month {n}" for n in range(1, len(values) + 1)))
    ticks = more.pop("ticks", month_ticks([add_months(FIRST, n) for n in range(len(values))]))
    return Plot(tuple(map(float, values)), names, ticks, **more)


def drawn(*values: float, **more: Any) -> Drawing:
    drawing = xmr(plot(*values, **more))
    assert drawing is not None
    return drawing

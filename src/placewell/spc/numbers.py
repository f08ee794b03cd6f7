"""How numbers are written beside a chart: as people read them, with no more digits than tell them apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import floor, log10

MOST_DECIMALS = 6
WIDE = 1000  # values this far apart are told apart without decimals


def in_figures(number: float, decimals: int = 1) -> str:
    """A number as people read it: at most one decimal, and none where it says nothing; −3.2 below zero."""
    shown = f"{number:,.{decimals}f}"
    shown = shown.rstrip("0").rstrip(".") if "." in shown else shown
    return "0" if shown == "-0" else shown.replace("-", "−")


def few_digits(value: float) -> str:
    """A value in few digits, for an axis: 7, 7.5, 0.25, 0.004."""
    return in_figures(value, 2 if abs(value) >= 0.1 or not value else 1 - floor(log10(abs(value))))


def fitting(values: Sequence[float]) -> Callable[[float], str]:
    """How numbers like `values` are written: one decimal, more for values close together, none for far apart."""
    apart = max(values) - min(values) or max(abs(value) for value in values)
    if apart >= WIDE:
        decimals = 0
    else:
        decimals = min(max(1, 1 - floor(log10(apart))), MOST_DECIMALS) if apart else 1
    return lambda number: in_figures(number, decimals)

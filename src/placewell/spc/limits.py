"""The average and the process limits of an XmR chart. Source: semantics.md §5; Making Data Count; NHSRplotthedots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean
from typing import Literal

Method = Literal["mdc", "ptd"]

LIMIT_FACTOR = 2.66  # three sigma, from the mean moving range of two points: 3 / 1.128
SCREEN_FACTOR = 3.267  # the upper limit of a moving range of two points
ROUNDING = 1e-9  # two numbers nearer than this, for their size, are the same number


@dataclass(frozen=True)
class Limits:
    """Average, lower and upper process limit; the limits are None where there are fewer than two points."""

    mean: float
    lower: float | None
    upper: float | None

    @property
    def width(self) -> float:
        """From the average to a limit: three sigma."""
        return 0.0 if self.upper is None else self.upper - self.mean


def limits(values: Sequence[float], method: Method = "mdc") -> Limits:
    """Mean ± 2.66 × the mean moving range. `values` in order of time, at least one.

    "mdc" keeps all moving ranges; "ptd" leaves out those of 3.267 × their mean or more; the mean keeps all points.
    """
    mean = fmean(values)
    ranges = [abs(later - earlier) for earlier, later in pairwise(values)]
    if not ranges:
        return Limits(mean, None, None)
    if method == "ptd":
        ranges = [moved for moved in ranges if moved < SCREEN_FACTOR * fmean(ranges)] or ranges
    reach = LIMIT_FACTOR * fmean(ranges)
    return Limits(mean, mean - reach, mean + reach)


def side(value: float, line: float, size: float = 0.0) -> int:
    """1 above the line, -1 below it, 0 on it; differences that only rounding makes do not count.

    `size`: how large the numbers are of which the line was computed, where that may be 0 by taking one from another.
    """
    if abs(value - line) <= ROUNDING * max(abs(value), abs(line), size, 1e-300):
        return 0
    return 1 if value > line else -1

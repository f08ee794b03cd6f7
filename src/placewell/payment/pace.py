"""How long until so many more events come, from how many came lately: the middle and a range, by chance alone."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, sqrt
from statistics import NormalDist


@dataclass(frozen=True)
class Wait:
    """Whole days until the last of the events: the middle, and the ends of the range."""

    middle: int
    shortest: int
    longest: int


def wait_for(more: int, seen: int, window_days: int, range_per_cent: int) -> Wait:
    """Days until `more` events have come, when `seen` came in the last `window_days`; both counts at least 1.

    The middle is the pace of the window carried on. The range is that of the ratio of two gamma waiting times, which
    is F with 2·more and 2·seen degrees of freedom when events come by chance at a steady pace; its quantiles by the
    cube-root approximation. Source: Wilson and Hilferty, Proc. Natl Acad. Sci. 17 (1931) 684; F: Paulson (1942).
    """
    middle = more * window_days / seen
    z = NormalDist().inv_cdf(0.5 + range_per_cent / 200)
    shortest, longest = (middle * _f_quantile(2 * more, 2 * seen, side) for side in (-z, z))
    return Wait(ceil(middle), max(1, ceil(shortest)), ceil(longest))


def _f_quantile(above: int, below: int, z: float) -> float:
    """The quantile of F(above, below) at the normal deviate z, by the cube-root approximation."""
    a, b = 2 / (9 * above), 2 / (9 * below)
    spread = z * sqrt(b * (1 - a) ** 2 + a * (1 - b) ** 2 - a * b * z * z)
    return float((((1 - a) * (1 - b) + spread) / ((1 - b) ** 2 - z * z * b)) ** 3)

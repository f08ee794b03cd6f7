"""An XmR chart: limits, the special cause of each point, and what the chart says of change and of the target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite
from typing import Literal

from placewell.errors import UserError
from placewell.spc.limits import Limits, Method, limits, side
from placewell.spc.special_causes import SpecialCause, special_causes

Better = Literal["up", "down"]
Variation = Literal[
    "improvement_high",
    "improvement_low",
    "concern_high",
    "concern_low",
    "neither_high",
    "neither_low",
    "common_cause",
]
Assurance = Literal["pass", "hit_or_miss", "fail"]

ENOUGH_POINTS = 15


@dataclass(frozen=True)
class Point:
    """One point: its value, its special cause, and what that means (as `Chart.variation` says of the last point)."""

    value: float
    special_cause: SpecialCause | None
    variation: Variation


@dataclass(frozen=True)
class Chart:
    """What an XmR chart shows. `enough` is false under 15 points: draw the line only, without limits or judgement."""

    mean: float
    lower: float | None
    upper: float | None
    enough: bool
    points: tuple[Point, ...]
    variation: Variation
    assurance: Assurance | None
    target: float | None
    better: Better | None
    method: Method

    @property
    def width(self) -> float:
        """From the average to a limit: three sigma."""
        return 0.0 if self.upper is None else self.upper - self.mean


def chart(
    values: Sequence[float | Decimal],
    target: float | Decimal | None = None,
    better: Better | None = "up",
    method: Method = "mdc",
) -> Chart:
    """The XmR chart of `values`, in order of time.

    `better` says which way is an improvement (None: neither). "mdc" follows Making Data Count; "ptd" screens moving
    ranges and judges a target on a limit as hit or miss, as NHSRplotthedots does. Raises UserError for no values, or a
    value that is no number. Source: semantics.md §5.
    """
    numbers = _numbers(values)
    drawn = limits(numbers, method)
    points = tuple(
        Point(value, cause, _variation(direction, better))
        for value, (cause, direction) in zip(numbers, special_causes(numbers, drawn), strict=True)
    )
    goal = None if target is None else float(target)
    return Chart(
        drawn.mean,
        drawn.lower,
        drawn.upper,
        len(numbers) >= ENOUGH_POINTS,
        points,
        points[-1].variation,
        _assurance(drawn, goal, better, method),
        goal,
        better,
        method,
    )


def _numbers(values: Sequence[float | Decimal]) -> list[float]:
    missing = [n for n, value in enumerate(values, 1) if value is None or not isfinite(value)]
    if missing:
        raise UserError(*(f"Point {n} of the chart is no number: leave the point out, or say it." for n in missing))
    if not values:
        raise UserError("A chart needs at least one number.")
    return [float(value) for value in values]


def _variation(direction: int, better: Better | None) -> Variation:
    if direction == 0:
        return "common_cause"
    if better is None:
        return "neither_high" if direction > 0 else "neither_low"
    if direction > 0:
        return "improvement_high" if better == "up" else "concern_high"
    return "improvement_low" if better == "down" else "concern_low"


def _assurance(drawn: Limits, target: float | None, better: Better | None, method: Method) -> Assurance | None:
    """Whether the target is met at this level always, sometimes or never; mirrored where lower is better."""
    if target is None or better is None or drawn.lower is None or drawn.upper is None:
        return None
    sign = 1 if better == "up" else -1
    easy, hard = (drawn.lower, drawn.upper) if better == "up" else (drawn.upper, drawn.lower)
    over_easy, over_hard = (sign * side(target, end, drawn.width) for end in (easy, hard))
    on_a_limit_is_sure = method == "mdc"
    if over_easy < 0 or (over_easy == 0 and on_a_limit_is_sure):
        return "pass"
    return "fail" if over_hard > 0 or (over_hard == 0 and on_a_limit_is_sure) else "hit_or_miss"

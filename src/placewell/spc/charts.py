"""An XmR chart: limits, the special cause of each point, and what the chart says of change and of the target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from placewell.errors import UserError
from placewell.spc.limits import Limits, Method, limits
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


def chart(
    values: Sequence[float | Decimal],
    target: float | Decimal | None = None,
    better: Better | None = "up",
    method: Method = "mdc",
) -> Chart:
    """The XmR chart of `values`, in order of time.

    `better` says which way is an improvement (None: neither). "mdc" follows Making Data Count; "ptd" screens moving
    ranges and judges a target on a limit as hit or miss, as NHSRplotthedots does. Raises UserError for no values.
    Source: semantics.md §5.
    """
    numbers = [float(value) for value in values]
    if not numbers:
        raise UserError("A chart needs at least one number.")
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
    goal, easy, hard = sign * target, *sorted((sign * drawn.lower, sign * drawn.upper))
    strict = method == "ptd"
    if goal < easy or (goal == easy and not strict):
        return "pass"
    return "fail" if goal > hard or (goal == hard and not strict) else "hit_or_miss"

"""The four signs that a change is more than chance. Source: semantics.md §5, `spc`; domain-facts.md §6.2."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

from placewell.spc.limits import Limits, side

SpecialCause = Literal["outside", "trend", "two_in_three", "shift"]
Signs = list[int]  # one per point: 1 a sign upwards, -1 downwards, 0 none

RUN = 7
WINDOW = 3
NEAR_IN_WINDOW = 2
TWO_SIGMA = 2 / 3  # of the way from the average to a limit


def outside(values: Sequence[float], drawn: Limits) -> Signs:
    """Points strictly beyond a limit."""
    if drawn.upper is None or drawn.lower is None:
        return [0] * len(values)
    upper, lower, size = drawn.upper, drawn.lower, drawn.width
    return [1 if side(value, upper, size) > 0 else -1 if side(value, lower, size) < 0 else 0 for value in values]


def trend(values: Sequence[float]) -> Signs:
    """Every point of seven or more that each rise, or each fall, from the one before."""
    steps = [side(later, earlier) for earlier, later in pairwise(values)]
    signs = [0] * len(values)
    for start, length, direction in _runs(steps):
        if direction and length + 1 >= RUN:
            signs[start : start + length + 1] = [direction] * (length + 1)
    return signs


def two_in_three(values: Sequence[float], drawn: Limits) -> Signs:
    """The points beyond two sigma, but within the limits, where three in a row on one side of the average hold two."""
    sides = [side(value, drawn.mean, drawn.width) for value in values]
    beyond = outside(values, drawn)
    near = [
        sides[i] if not beyond[i] and side(abs(value - drawn.mean), TWO_SIGMA * drawn.width) > 0 else 0
        for i, value in enumerate(values)
    ]
    signs = [0] * len(values)
    for start in range(len(values) - WINDOW + 1):
        window = range(start, start + WINDOW)
        if abs(sum(sides[i] for i in window)) == WINDOW and sum(near[i] != 0 for i in window) >= NEAR_IN_WINDOW:
            for i in window:
                signs[i] = near[i] or signs[i]
    return signs


def shift(values: Sequence[float], drawn: Limits) -> Signs:
    """Every point of seven or more in a row on one side of the average; a point on the average ends the run."""
    signs = [0] * len(values)
    for start, length, direction in _runs([side(value, drawn.mean, drawn.width) for value in values]):
        if direction and length >= RUN:
            signs[start : start + length] = [direction] * length
    return signs


def special_causes(values: Sequence[float], drawn: Limits) -> list[tuple[SpecialCause | None, int]]:
    """For each point the first sign that applies of outside, trend, two_in_three, shift, and its direction."""
    found: list[tuple[SpecialCause, Signs]] = [
        ("outside", outside(values, drawn)),
        ("trend", trend(values)),
        ("two_in_three", two_in_three(values, drawn)),
        ("shift", shift(values, drawn)),
    ]
    return [next(((cause, signs[i]) for cause, signs in found if signs[i]), (None, 0)) for i in range(len(values))]


def _runs(signs: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """(start, length, sign) of each run of equal signs."""
    start = 0
    for i in range(1, len(signs) + 1):
        if i == len(signs) or signs[i] != signs[start]:
            yield start, i - start, signs[start]
            start = i

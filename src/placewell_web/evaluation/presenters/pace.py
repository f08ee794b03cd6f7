"""Recruitment so far against an even plan, month by month, as a drawing: our own, in the shapes of the other charts."""

from __future__ import annotations

from dataclasses import dataclass

from placewell.evaluation.recruitment import Recruitment

STEPS = (1, 2, 5)
NARROW = 500
LINE = 18
"""How far apart two labels must stand."""


@dataclass(frozen=True)
class Tick:
    """A mark on an axis."""

    at: float
    words: str
    more: str = ""


@dataclass(frozen=True)
class Pace:
    """Where everything stands; `reached` and `planned` are the points of two lines."""

    width: int
    height: int
    left: int
    bottom: float
    right: float
    reached: str
    planned: str
    last: tuple[float, float]
    ends: tuple[tuple[float, str], ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]


def pace(found: Recruitment, *, width: int = 1136, height: int = 320, every: int = 1) -> Pace | None:
    """The drawing; none before the first month. `every`: how many months lie between two names."""
    months = found.months
    if not months:
        return None
    is_wide = width > NARROW
    left, top, right, bottom = 58, 16, width - (150 if is_wide else 12), height - 44
    highest = max(found.count, months[-1].planned, 1)
    step = _step(highest)
    most = -(-highest // step) * step
    across = [left + (right - left) * (number + 1) / len(months) for number in range(len(months))]

    def up(people: int) -> float:
        return round(bottom - (bottom - top) * people / most, 1)

    reached = [(left, up(0)), *zip(across, (up(one.cumulative) for one in months), strict=True)]
    planned = [(left, up(0)), *zip(across, (up(one.planned) for one in months), strict=True)]
    return Pace(
        width,
        height,
        left,
        bottom,
        right,
        _points(reached),
        _points(planned),
        _round(reached[-1]),
        _ends(found, reached[-1][1], planned[-1][1]) if is_wide else (),
        tuple(
            Tick(round(at, 1), f"{one.day:%b}", f"{one.day:%Y}" if number == 0 or one.day.month == 1 else "")
            for number, (at, one) in enumerate(zip(across, months, strict=True))
            if number % every == 0
        ),
        tuple(Tick(up(people), f"{people:,}") for people in range(0, most + 1, step)),
    )


def _ends(found: Recruitment, reached: float, planned: float) -> tuple[tuple[float, str], ...]:
    """What stands at the right end of the two lines, never one over the other."""
    words = [(reached, f"{found.count:,} randomised"), (planned, f"{found.planned_by_now:,} by plan")]
    (upper, first), (lower, second) = sorted(words)
    return (round(upper + 5, 1), first), (round(max(lower, upper + LINE) + 5, 1), second)


def _step(highest: int) -> int:
    """A round number that goes into the axis at most six times."""
    size = 1
    while True:
        for one in STEPS:
            if highest <= one * size * 6:
                return one * size
        size *= 10


def _round(point: tuple[float, float]) -> tuple[float, float]:
    return round(point[0], 1), round(point[1], 1)


def _points(points: list[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)

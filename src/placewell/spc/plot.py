"""What is to be drawn as an XmR chart: values in order of time, their names, what to reach, and how to write them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from placewell.spc.charts import Better
from placewell.spc.limits import Method
from placewell.spc.numbers import few_digits, in_figures


@dataclass(frozen=True)
class Plot:
    """What is to be drawn: values, oldest first, what to reach, and how points and numbers are written.

    `labels` name the points in full; `ticks` are what stands under the axis, and under that. `floor`: what no value is
    less than. `waiting`: by point, how many more would count if what is outstanding were put right. `changes`: upright
    lines at a place between two points (2.5: after the third), with their words. `target_note` follows the target.
    """

    values: tuple[float, ...]
    labels: tuple[str, ...]
    ticks: tuple[tuple[str, str], ...]
    target: float | None = None
    better: Better | None = "up"
    method: Method = "mdc"
    point: str = "month"
    floor: float | None = None
    form: Callable[[float], str] = in_figures
    axis_form: Callable[[float], str] = few_digits
    target_note: str = ""
    waiting: tuple[int, ...] = ()
    changes: tuple[tuple[float, str], ...] = ()


def month_ticks(months: Sequence[date]) -> tuple[tuple[str, str], ...]:
    """Names of months, the year under the first and under each January."""
    return tuple(
        (f"{month:%b}", str(month.year) if index == 0 or month.month == 1 else "") for index, month in enumerate(months)
    )


def day_ticks(days: Sequence[date]) -> tuple[tuple[str, str], ...]:
    """Days of the month, the year under the first and under the first of each later year."""
    years = [None, *(day.year for day in days)]
    return tuple(
        (f"{day.day} {day:%b}", str(day.year) if day.year != before else "")
        for day, before in zip(days, years, strict=False)
    )

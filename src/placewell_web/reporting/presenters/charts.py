"""The months of a figure as the spark and the XmR chart: what the library draws, in the figure's own words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

from placewell.reports.wording import amount
from placewell.spc import Drawing, Plot, drawing
from placewell.spc.charts import Better
from placewell.spc.numbers import few_digits
from placewell.spc.plot import month_ticks

__all__ = ["Drawing", "Series", "narrow", "spark", "xmr"]


@dataclass(frozen=True)
class Series:
    """Whole months, oldest first, and what to reach. Months with nothing to rest on are left out.

    `waiting`: by month, how many more reached it and wait for evidence or hours. `changes`: days on which the contract
    changed, with the words.
    """

    months: tuple[date, ...]
    values: tuple[float, ...]
    target: float | None = None
    better: str | None = "up"
    unit: str = "people"
    is_share_of_year: bool = False
    waiting: tuple[int, ...] = ()
    changes: tuple[tuple[date, str], ...] = ()

    def form(self, value: float) -> str:
        """A value as this figure writes it: 40%, £8.65, +2.1, 7.6."""
        return amount(value, self.unit)


def spark(series: Series) -> Drawing | None:
    """The small chart of an indicator's row; none where there is nothing to draw."""
    return drawing.spark(_plot(series))


def xmr(series: Series) -> Drawing | None:
    """The large chart of a figure's page, with axes and labelled limits."""
    return drawing.xmr(_plot(series))


def narrow(series: Series) -> Drawing | None:
    """The same chart for a phone, whose page says the levels under it."""
    return drawing.narrow(_plot(series))


def _plot(series: Series) -> Plot:
    return Plot(
        series.values,
        tuple(f"{month:%B %Y}" for month in series.months),
        month_ticks(series.months),
        series.target,
        cast("Better | None", series.better),
        floor=None if series.unit == "points" else 0.0,
        form=series.form,
        axis_form=series.form if series.unit in ("proportion", "points") else few_digits,
        target_note=" a month" if series.is_share_of_year else "",
        waiting=series.waiting,
        changes=tuple(_changes(series)),
    )


def _changes(series: Series) -> list[tuple[float, str]]:
    """Where the contract changed, between the month before and the month that the day begins."""
    months = series.months
    return [
        (sum(month < day for month in months) - 0.5, words)
        for day, words in series.changes
        if months and months[0] < day <= months[-1]
    ]

"""A series says of each period what the figure of that period says."""

from __future__ import annotations

from datetime import date

import pytest

from placewell import synthetic
from placewell.errors import UserError
from placewell.indicators import Workings, figures, series
from placewell.periods import Period, add_months
from placewell.specification import load

SPEC = load("thrive_into_work")
DAY = date(2019, 6, 14)
DATA = synthetic.make(SPEC, people=150, seed=7, through=DAY)
MONTHS = [Period(str(n), add_months(date(2018, 10, 1), n), add_months(date(2018, 10, 1), n + 1)) for n in (0, 3, 5, 8)]


@pytest.mark.parametrize("lot", [None, "dudley"])
def test_each_value_is_the_figure_of_its_period(lot: str | None) -> None:
    workings = Workings(SPEC, DATA, DAY)
    values = series(workings, MONTHS, lot)
    for number, month in enumerate(MONTHS):
        for figure in figures(SPEC, DATA, month, DAY, lot, workings=workings):
            assert values[figure.id][number] == figure.value, (figure.id, month.label)


def test_only_what_is_asked_for_is_answered() -> None:
    assert set(series(Workings(SPEC, DATA, DAY), MONTHS, only=["engaged"])) == {"engaged"}


def test_no_periods_no_values() -> None:
    assert set(series(Workings(SPEC, DATA, DAY), []).values()) == {()}


@pytest.mark.parametrize(("lot", "only"), [("nowhere", None), (None, ["nothing"])])
def test_what_is_not_there_is_refused(lot: str | None, only: list[str] | None) -> None:
    with pytest.raises(UserError):
        series(Workings(SPEC, DATA, DAY), MONTHS, lot, only)

"""The months of a figure as charts: named as months, written in the figure's unit, with the contract's changes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from placewell.periods import add_months
from placewell_web.reporting.presenters.charts import Drawing, Series, spark, xmr


def series(*values: float, target: float | None = None, better: str | None = "up", **more: Any) -> Series:
    months = tuple(add_months(date(2017, 10, 1), i) for i in range(len(values)))
    return Series(months, tuple(map(float, values)), target, better, **more)


def drawn(*values: float, **more: Any) -> Drawing:
    drawing = xmr(series(*values, **more))
    assert drawing is not None
    return drawing


def test_nothing_to_draw_draws_nothing() -> None:
    assert spark(series()) is None
    assert xmr(series()) is None


def test_months_are_named_and_the_year_stands_under_the_first_and_each_january() -> None:
    drawing = drawn(*[1, 2] * 2, 10, *[1, 2] * 7)
    assert drawing.marks[4].label == "February 2018"
    shown = [(tick.label, tick.under) for tick in drawing.x_ticks if tick.under]
    assert shown == [("Oct", "2017"), ("Jan", "2018"), ("Jan", "2019")]


def test_few_months_are_too_few_to_judge() -> None:
    drawing = spark(series(*range(10)))
    assert drawing is not None
    assert drawing.sentence == "10 months so far. Too few to judge: 15 are needed."
    assert len(drawing.marks) == 10


@pytest.mark.parametrize(
    ("more", "labels"),
    [
        ({"target": 6}, ("Average 1.5", "Lower limit 0", "Upper limit 4.2", "Target 6")),
        (
            {"target": 44 / 12, "is_share_of_year": True},
            ("Average 1.5", "Lower limit 0", "Upper limit 4.2", "Target 3.7 a month"),
        ),
        ({"unit": "points"}, ("Average +1.5", "Lower limit −1.2", "Upper limit +4.2", None)),
        ({"unit": "pounds"}, ("Average £1.50", "Lower limit £0.00", "Upper limit £4.16", None)),
    ],
)
def test_levels_are_written_as_the_figure_is_and_no_count_has_a_limit_under_nought(
    more: dict[str, Any], labels: tuple[str | None, ...]
) -> None:
    drawing = drawn(*[1, 2] * 8, **more)
    lines = (drawing.average, drawing.lower, drawing.upper, drawing.target)
    assert tuple(line and line.label for line in lines) == labels


def test_a_share_is_written_per_cent_on_its_axis_and_in_its_sentence() -> None:
    drawing = drawn(*[0.4, 0.5] * 8, target=0.8, unit="proportion")
    assert [tick.label for tick in drawing.y_ticks] == ["0%", "20%", "40%", "60%", "80%"]
    assert "The target of 80% lies above the limits" in drawing.sentence
    assert drawing.marks[0].value == "40%"


def test_points_below_nought_are_written_with_their_sign() -> None:
    drawing = drawn(-3, 2, 1, unit="points")
    assert [tick.label for tick in drawing.y_ticks] == ["−3", "−2", "−1", "0", "+1", "+2"]


def test_what_waits_is_a_ring_above_its_month() -> None:
    drawing = drawn(4, 2, 3, waiting=(0, 5, 0))
    assert [(mark.waiting, mark.ring is None) for mark in drawing.marks] == [(0, True), (5, False), (0, True)]


@pytest.mark.parametrize(
    ("day", "between"),
    [
        (date(2017, 10, 1), None),
        (date(2017, 11, 1), (0, 1)),
        (date(2018, 1, 1), (2, 3)),
        (date(2018, 2, 1), None),
        (date(2017, 1, 1), None),
    ],
)
def test_a_change_of_the_contract_stands_between_two_months(day: date, between: tuple[int, int] | None) -> None:
    drawing = drawn(1, 2, 3, 4, changes=((day, "changed"),))
    if between is None:
        assert drawing.changes == ()
        return
    before, after = (drawing.marks[place].x for place in between)
    assert [(before < line.x < after, line.label) for line in drawing.changes] == [(True, "changed")]

"""The coordinates and words of charts, as tables of values and answers."""

from __future__ import annotations

from datetime import date

import pytest

from placewell.periods import add_months
from placewell_web.reporting.presenters.charts import Series, number, spark, xmr


def series(*values: float, target: float | None = None, better: str | None = "up") -> Series:
    months = tuple(add_months(date(2017, 10, 1), i) for i in range(len(values)))
    return Series(months, tuple(map(float, values)), target, better)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0"),
        (7, "7"),
        (7.5, "7.5"),
        (0.25, "0.25"),
        (1234, "1,234"),
        (7.0, "7"),
        (2 / 3, "0.67"),
        (None, "not known"),
    ],
)
def test_numbers_have_few_digits(value: float | None, words: str) -> None:
    assert number(value) == words


def test_nothing_to_draw_draws_nothing() -> None:
    assert spark(series()) is None
    assert xmr(series()) is None


@pytest.mark.parametrize(
    ("highest", "top_tick"),
    [
        (0, "4"),
        (3, "4"),
        (4, "4"),
        (5, "8"),
        (11, "12"),
        (13, "20"),
        (39, "40"),
        (41, "80"),
        (0.3, "0.4"),
        (0.9, "1.2"),
    ],
)
def test_the_axis_begins_at_nought_and_ends_on_a_round_number(highest: float, top_tick: str) -> None:
    drawing = xmr(series(0, highest))
    assert drawing is not None
    assert drawing.y_ticks[0].label == "0"
    assert drawing.y_ticks[-1].label == top_tick


def test_under_fifteen_points_there_is_a_line_and_no_judgement() -> None:
    drawing = spark(series(*range(10)))
    assert drawing is not None
    assert (drawing.upper, drawing.lower, drawing.average, drawing.variation, drawing.assurance) == (None,) * 5
    assert {mark.kind for mark in drawing.marks} == {"usual"}
    assert drawing.sentence == "10 months so far. Too few to judge: 15 are needed."


@pytest.mark.parametrize(("better", "kind"), [("up", "better"), ("down", "worse"), (None, "neither")])
def test_an_outlier_is_marked_by_what_it_means(better: str | None, kind: str) -> None:
    drawing = xmr(series(*[1, 2] * 2, 10, *[1, 2] * 7, better=better))
    assert drawing is not None
    outlier = drawing.marks[4]
    assert (outlier.kind, outlier.special_cause, outlier.label) == (kind, "outside", "February 2018")
    assert {mark.kind for mark in drawing.marks if mark is not outlier} == {"usual"}


def test_marks_stand_inside_the_picture_and_higher_values_higher() -> None:
    drawing = xmr(series(*[3, 9, 4, 8] * 4, target=6))
    assert drawing is not None
    for mark in drawing.marks:
        assert drawing.left <= mark.x <= drawing.right
        assert drawing.top <= mark.y <= drawing.bottom
    assert drawing.marks[1].y < drawing.marks[0].y
    assert drawing.path.startswith("M44.0 ") or drawing.path.startswith("M44 ")
    assert drawing.target is not None
    assert drawing.target.label == "Target 6 a month"


def test_one_month_is_one_mark() -> None:
    drawing = spark(series(5))
    assert drawing is not None
    assert len(drawing.marks) == 1


def test_the_year_stands_under_the_first_month_and_each_january() -> None:
    drawing = xmr(series(*range(16)))
    assert drawing is not None
    assert [(t.label, t.under) for t in drawing.x_ticks if t.under] == [
        ("Oct", "2017"),
        ("Jan", "2018"),
        ("Jan", "2019"),
    ]

"""The coordinates and words of charts, as tables of values and answers."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from placewell.periods import add_months
from placewell_web.reporting.presenters.charts import Drawing, Series, number, spark, xmr


def series(*values: float, target: float | None = None, better: str | None = "up", **more: Any) -> Series:
    months = tuple(add_months(date(2017, 10, 1), i) for i in range(len(values)))
    return Series(months, tuple(map(float, values)), target, better, **more)


def drawn(*values: float, **more: Any) -> Drawing:
    drawing = xmr(series(*values, **more))
    assert drawing is not None
    return drawing


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
        (1, "4"),
        (2, "4"),
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
    assert drawing.levels.startswith(f"{labels[0]}, lower limit")


def test_a_share_is_written_per_cent_on_its_axis_and_in_its_sentence() -> None:
    drawing = drawn(*[0.4, 0.5] * 8, target=0.8, unit="proportion")
    assert [tick.label for tick in drawing.y_ticks] == ["0%", "20%", "40%", "60%", "80%"]
    assert "The target of 80% lies above the limits" in drawing.sentence
    assert drawing.marks[0].value == "40%"


def test_values_below_nought_stand_on_a_longer_axis() -> None:
    drawing = drawn(-3, 2, 1, unit="points")
    assert [tick.label for tick in drawing.y_ticks] == ["−4", "0", "+1", "+2", "+3", "+4"]
    assert drawing.marks[0].y < drawing.bottom
    assert drawing.y_ticks[0].y == drawing.bottom


def test_words_beside_the_lines_do_not_lie_on_one_another() -> None:
    drawing = drawn(*[3, 3, 3, 4] * 5, target=3.1)
    lines = [line for line in (drawing.average, drawing.lower, drawing.upper, drawing.target) if line]
    places = sorted(line.label_y for line in lines)
    assert all(lower - upper >= 19 for upper, lower in pairwise(places))


def test_outstanding_evidence_is_a_ring_above_the_month() -> None:
    drawing = drawn(4, 2, 3, waiting=(0, 5, 0))
    assert [(mark.waiting, mark.ring is None) for mark in drawing.marks] == [(0, True), (5, False), (0, True)]
    assert drawing.marks[1].ring is not None
    assert drawing.marks[1].ring < drawing.marks[0].y, "2 and 5 more is above 4"
    assert drawing.top <= drawing.marks[1].ring
    assert drawing.legend == (("waiting", "If what is outstanding is put right"),)


def test_the_legend_explains_the_marks_that_occur() -> None:
    assert [kind for kind, _ in drawn(*[1, 2] * 2, 10, *[1, 2] * 7).legend] == ["usual", "better"]
    assert drawn(1, 2, 3).legend == (), "without limits no month lies within them"


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

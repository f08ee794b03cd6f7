"""Where the parts of a chart stand, as tables of values and answers."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.library.spc.drawn import drawn, plot

from placewell.spc.drawing import narrow, spark, xmr


def test_nothing_to_draw_draws_nothing() -> None:
    assert (spark(plot()), xmr(plot()), narrow(plot())) == (None, None, None)


def test_under_fifteen_points_there_is_a_line_and_no_judgement() -> None:
    drawing = drawn(*range(10), 30, 1, 2, 3)
    assert (drawing.upper, drawing.lower, drawing.average, drawing.variation, drawing.assurance) == (None,) * 5
    assert {mark.kind for mark in drawing.marks} == {"usual"}
    assert {mark.special_cause for mark in drawing.marks} == {""}
    assert drawing.legend == ()
    assert drawing.sentence == "14 months so far. Too few to judge: 15 are needed."
    assert drawing.path.count("L") == 13


@pytest.mark.parametrize(("better", "kind"), [("up", "better"), ("down", "worse"), (None, "neither")])
def test_an_outlier_is_marked_by_what_it_means(better: str | None, kind: str) -> None:
    drawing = drawn(*[1, 2] * 2, 10, *[1, 2] * 7, better=better)
    outlier = drawing.marks[4]
    assert (outlier.kind, outlier.special_cause, outlier.label) == (kind, "above the upper limit", "month 5")
    assert {mark.kind for mark in drawing.marks if mark is not outlier} == {"usual"}
    assert [kind for kind, _ in drawing.legend] == ["usual", kind]


@pytest.mark.parametrize(
    ("values", "up", "down"),
    [
        ([*[5, 6] * 8, 20], "above the upper limit", "below the lower limit"),
        ([*[6, 3] * 5, 5, 5.5, 6, 6.5, 7, 7.5, 8], "one of seven or more that rise", "one of seven or more that fall"),
        ([*[5, 7] * 6, 7, 10, 10], "two of three near the upper limit", "two of three near the lower limit"),
        (
            [*[6, 3] * 5, *[7] * 7],
            "one of seven or more above the average",
            "one of seven or more below the average",
        ),
    ],
)
def test_every_sign_is_said_in_words(values: list[float], up: str, down: str) -> None:
    assert drawn(*values).marks[-1].special_cause == up
    assert drawn(*(-value for value in values)).marks[-1].special_cause == down


@given(st.lists(st.integers(-9_000, 10_000), min_size=1, max_size=60), st.none() | st.integers(-9, 20_000))
def test_everything_stands_inside_the_picture(values: list[int], target: int | None) -> None:
    drawing = drawn(*values, target=target)
    frame = drawing.frame
    lines = [line for line in (drawing.average, drawing.lower, drawing.upper, drawing.target) if line]
    heights = [*(mark.y for mark in drawing.marks), *(y for line in lines for y in (line.y, line.label_y))]
    assert all(frame.left < mark.x < frame.right for mark in drawing.marks)
    assert all(frame.top <= y <= frame.bottom for y in heights)
    for (one, mark), (other, next_mark) in pairwise(zip(values, drawing.marks, strict=True)):
        assert mark.x < next_mark.x
        assert one == other or (mark.y >= next_mark.y if one < other else mark.y <= next_mark.y)


@pytest.mark.parametrize(("count", "size"), [(1, 6), (20, 6), (57, 5.9), (100, 3.3), (400, 2)])
def test_marks_grow_smaller_before_they_touch(count: int, size: float) -> None:
    assert drawn(*range(count)).mark_size == size


def test_what_is_outstanding_is_a_ring_above_its_point() -> None:
    drawing = drawn(4, 2, 3, waiting=(0, 5, 0))
    assert [(mark.waiting, mark.ring is None) for mark in drawing.marks] == [(0, True), (5, False), (0, True)]
    assert drawing.frame.top <= (drawing.marks[1].ring or 0) < drawing.marks[0].y, "2 and 5 more is above 4"
    assert drawing.legend == (("waiting", "If what is outstanding is put right"),)


@pytest.mark.parametrize(
    ("at", "before", "after", "words_before"), [(0.5, 0, 1, False), (10.5, 10, 11, True), (14.5, 14, 15, True)]
)
def test_a_change_stands_between_two_points_with_its_words_inside_the_picture(
    at: float, before: int, after: int, words_before: bool
) -> None:
    drawing = drawn(*range(16), changes=((at, "1 April 2019: the contract changed"),))
    (change,) = drawing.changes
    assert drawing.marks[before].x < change.x < drawing.marks[after].x
    assert change.is_before is words_before


def test_the_chart_for_a_phone_holds_the_whole_time_in_its_width() -> None:
    drawing = narrow(plot(*range(24), target=9))
    assert drawing is not None
    assert (drawing.frame.width, len(drawing.marks)) == (320, 24)
    assert drawing.frame.right == 316, "the words of the levels stand elsewhere"
    assert all(drawing.frame.left < mark.x < drawing.frame.right for mark in drawing.marks)
    assert drawing.sentence == drawn(*range(24), target=9).sentence

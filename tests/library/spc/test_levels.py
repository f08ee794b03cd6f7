"""Average, limits and target across a chart, and their words."""

from __future__ import annotations

from itertools import pairwise

import pytest
from tests.library.spc.drawn import drawn

from placewell.spc.levels import apart


@pytest.mark.parametrize(
    ("floor", "note", "labels"),
    [
        (0.0, "", ("Average 1.5", "Lower limit 0", "Upper limit 4.2", "Target 6")),
        (None, " a month", ("Average 1.5", "Lower limit −1.2", "Upper limit 4.2", "Target 6 a month")),
    ],
)
def test_levels_and_no_limit_under_what_a_value_can_be(floor: float | None, note: str, labels: tuple[str, ...]) -> None:
    drawing = drawn(*[1, 2] * 8, target=6, floor=floor, target_note=note)
    lines = (drawing.average, drawing.lower, drawing.upper, drawing.target)
    assert tuple(line and line.label for line in lines) == labels
    assert drawing.levels == f"{labels[0]}, l{labels[1][1:]}, u{labels[2][1:]}, t{labels[3][1:]}"


def test_screened_limits_are_drawn_where_they_are_asked_for() -> None:
    values = (*[1, 2] * 2, 10, *[1, 2] * 7)
    kept, screened = drawn(*values), drawn(*values, method="ptd")
    assert kept.upper and screened.upper
    assert (kept.upper.label, screened.upper.label) == ("Upper limit 6.8", "Upper limit 4.6")


@pytest.mark.parametrize(
    ("places", "words"),
    [
        ({"a": 100, "b": 50}, {"a": 100, "b": 50}),
        ({"a": 100, "b": 95}, {"a": 100, "b": 81}),
        ({"a": 95, "b": 100, "c": 90}, {"b": 100, "a": 81, "c": 62}),
        ({"a": 20, "b": 20, "c": 20}, {"a": 58, "b": 39, "c": 20}),  # none above the chart
        ({"a": 60, "b": 22, "c": 20}, {"a": 60, "b": 39, "c": 20}),
    ],
)
def test_words_lie_apart(places: dict[str, float], words: dict[str, float]) -> None:
    assert apart(places, top=20) == words


@pytest.mark.parametrize(("values", "target"), [([3, 3, 3, 4] * 5, 3.1), ([8] * 15, 8), ([0] * 15, 0)])
def test_words_beside_the_lines_do_not_lie_on_one_another(values: list[float], target: float) -> None:
    drawing = drawn(*values, target=target)
    lines = [line for line in (drawing.average, drawing.lower, drawing.upper, drawing.target) if line]
    places = sorted(line.label_y for line in lines)
    assert len(lines) == 4
    assert all(lower - upper >= 19 for upper, lower in pairwise(places))
    assert drawing.frame.top <= places[0] <= places[-1] <= drawing.frame.bottom

"""The four signs, each with literal rows of points: `.` nothing, `+` a sign upwards, `-` a sign downwards.

Average 0 and three sigma 3 unless said, so that two sigma lies at 2.
"""

import pytest

from placewell.spc.limits import Limits
from placewell.spc.special_causes import outside, shift, special_causes, trend, two_in_three

DRAWN = Limits(0.0, -3.0, 3.0)
MARKS = {0: ".", 1: "+", -1: "-"}


def marked(signs: list[int]) -> str:
    return "".join(MARKS[sign] for sign in signs)


@pytest.mark.parametrize(
    ("values", "signs"),
    [
        ([0, 1, 2, 3], "...."),  # on the limit is within it
        ([0, 3.01], ".+"),
        ([-3.01, 0], "-."),
        ([4, -4, 0], "+-."),
        ([-3, 3], ".."),
    ],
)
def test_outside(values: list[float], signs: str) -> None:
    assert marked(outside(values, DRAWN)) == signs


@pytest.mark.parametrize(
    ("values", "signs"),
    [
        ([1, 2, 3, 4, 5, 6], "......"),  # six points are too few
        ([1, 2, 3, 4, 5, 6, 7], "+++++++"),
        ([7, 6, 5, 4, 3, 2, 1], "-------"),
        ([1, 2, 3, 4, 4, 5, 6, 7], "........"),  # two equal points end the run
        ([0, 1, 2, 3, 4, 5, 6, 7, 8, 3], "+++++++++."),  # all of a longer run
        ([9, 1, 2, 3, 4, 5, 6, 7, 0], ".+++++++."),
        ([1, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1], "++++++-------"),  # the turning point belongs to both
        ([5, 5, 5, 5, 5, 5, 5], "......."),
        ([0.1, 0.2, 0.1 + 0.2, 0.4, 0.5, 0.6, 0.7], "+++++++"),
        ([], ""),
        ([1], "."),
    ],
)
def test_trend(values: list[float], signs: str) -> None:
    assert marked(trend(values)) == signs


@pytest.mark.parametrize(
    ("values", "signs"),
    [
        ([2.5, 2.5, 1], "++."),
        ([2.5, 1, 2.5], "+.+"),
        ([1, 2.5, 2.5], ".++"),
        ([2.5, 2.5, 2.5], "+++"),
        ([-2.5, -1, -2.5], "-.-"),
        ([2.5, 0, 2.5], "..."),  # the third is on the average
        ([2.5, -1, 2.5], "..."),  # the third is on the other side
        ([2.5, -2.5, 2.5], "..."),  # not both on one side
        ([2.5, 1, 1, 2.5], "...."),  # not within three
        ([2, 2, 1], "..."),  # two sigma is not beyond two sigma
        ([2.01, 2.01, 1], "++."),
        ([3, 3, 1], "++."),  # on the limit: still within it
        ([3.5, 2.5, 1], "..."),  # one of the two lies outside: another sign
        ([1, 2.5, 2.5, 1, -1], ".++.."),
        ([2.5, 2.5], ".."),  # two points are no three
        ([2.5, 1, 2.5, 1, 2.5], "+.+.+"),
    ],
)
def test_two_in_three(values: list[float], signs: str) -> None:
    assert marked(two_in_three(values, DRAWN)) == signs


@pytest.mark.parametrize(
    ("values", "signs"),
    [
        ([1] * 6, "......"),
        ([1] * 7, "+++++++"),
        ([-1] * 7, "-------"),
        ([1] * 3 + [0] + [1] * 6, ".........."),  # a point on the average ends the run
        ([-1] + [1] * 8 + [-1], ".++++++++."),
        ([1, 2] * 4, "++++++++"),
        ([1] * 7 + [-1] * 7, "+++++++-------"),
        ([0] * 9, "........."),
    ],
)
def test_shift(values: list[float], signs: str) -> None:
    assert marked(shift(values, DRAWN)) == signs


@pytest.mark.parametrize(
    ("values", "causes"),
    [
        # outside comes before trend, trend before two in three, two in three before shift
        ([0.5, 1, 1.5, 1.8, 2.2, 2.6, 3.5], "t t t t t t o"),
        ([0.1, 0.5, 1, 1.5, 1.9, 2.5, 2.6], "t t t t t t t"),
        ([1, 1, 1, 1, 2.5, 2.4, 1], "s s s s 2 2 s"),
        ([1, 1, 1, 1, 1, 1, 4], "s s s s s s o"),
        ([1, -1, 1, -1], ". . . ."),
    ],
)
def test_the_first_that_applies(values: list[float], causes: str) -> None:
    short = {"outside": "o", "trend": "t", "two_in_three": "2", "shift": "s", None: "."}
    assert " ".join(short[cause] for cause, _ in special_causes(values, DRAWN)) == causes


def test_directions_come_with_the_cause() -> None:
    assert special_causes([-1] * 6 + [-4], DRAWN)[-1] == ("outside", -1)
    assert special_causes([-1] * 7, DRAWN)[0] == ("shift", -1)


def test_without_limits_nothing_is_outside() -> None:
    assert outside([5.0], Limits(5.0, None, None)) == [0]
    assert special_causes([5.0], Limits(5.0, None, None)) == [(None, 0)]

"""What a chart says of change and of the target."""

from decimal import Decimal

import pytest

from placewell.errors import UserError
from placewell.spc import chart

STEADY = [5, 6, 5, 6, 5, 6, 5, 6, 5, 6, 5, 6, 5, 6, 5]  # mean 5.4667, moving range 1: 2.8067 to 8.1267
RAISED = [1, 2] * 5 + [8, 9, 8, 9, 8, 9, 8]
LOWERED = [-value for value in RAISED]


@pytest.mark.parametrize(
    ("values", "better", "variation"),
    [
        (STEADY, "up", "common_cause"),
        (STEADY, None, "common_cause"),
        (RAISED, "up", "improvement_high"),
        (RAISED, "down", "concern_high"),
        (RAISED, None, "neither_high"),
        (LOWERED, "up", "concern_low"),
        (LOWERED, "down", "improvement_low"),
        (LOWERED, None, "neither_low"),
        ([*STEADY, 20], "up", "improvement_high"),
        ([*STEADY, 20, 5], "up", "common_cause"),  # the last point decides
        ([7, 6, 5, 4, 3, 2, 1], "down", "improvement_low"),
    ],
)
def test_variation(values: list[float], better: str | None, variation: str) -> None:
    drawn = chart(values, better=better)  # type: ignore[arg-type]
    assert drawn.variation == variation == drawn.points[-1].variation


LOWER, UPPER = 82 / 15 - 2.66, 82 / 15 + 2.66


@pytest.mark.parametrize(
    ("target", "better", "method", "assurance"),
    [
        (2.8, "up", "mdc", "pass"),
        (LOWER, "up", "mdc", "pass"),  # on a limit: sure, for Making Data Count
        (LOWER, "up", "ptd", "hit_or_miss"),  # on a limit: not sure, for NHSRplotthedots
        (5, "up", "mdc", "hit_or_miss"),
        (UPPER, "up", "mdc", "fail"),
        (UPPER, "up", "ptd", "hit_or_miss"),
        (8.2, "up", "mdc", "fail"),
        (8.2, "up", "ptd", "fail"),
        (2.8, "up", "ptd", "pass"),
        (8.2, "down", "mdc", "pass"),
        (UPPER, "down", "mdc", "pass"),
        (UPPER, "down", "ptd", "hit_or_miss"),
        (5, "down", "mdc", "hit_or_miss"),
        (LOWER, "down", "mdc", "fail"),
        (2.8, "down", "mdc", "fail"),
        (5, None, "mdc", None),
        (None, "up", "mdc", None),
    ],
)
def test_assurance(target: float | None, better: str | None, method: str, assurance: str | None) -> None:
    drawn = chart(STEADY, target, better, method)  # type: ignore[arg-type]
    assert (drawn.lower, drawn.upper) == pytest.approx((LOWER, UPPER))
    if target in (LOWER, UPPER):  # the very number the chart computed
        target = drawn.lower if target == LOWER else drawn.upper
        drawn = chart(STEADY, target, better, method)  # type: ignore[arg-type]
    assert drawn.assurance == assurance


@pytest.mark.parametrize(("points", "enough"), [(1, False), (2, False), (14, False), (15, True), (40, True)])
def test_fifteen_points_are_enough(points: int, enough: bool) -> None:
    drawn = chart([5, 6] * 20 if points == 40 else ([5, 6] * 8)[:points])
    assert drawn.enough is enough
    assert (drawn.lower is None) is (points == 1)


def test_points_carry_their_value_and_cause() -> None:
    drawn = chart([Decimal("1.5"), 2, 20, 2, Decimal("1.5"), 2, 1, 2, 1], better="up")
    assert [point.value for point in drawn.points] == [1.5, 2, 20, 2, 1.5, 2, 1, 2, 1]
    assert chart([*STEADY, 20]).points[-1].special_cause == "outside"
    assert {point.special_cause for point in chart(STEADY).points} == {None}


def test_a_chart_remembers_what_it_was_asked() -> None:
    drawn = chart(STEADY, Decimal("9"), "down", "ptd")
    assert (drawn.target, drawn.better, drawn.method) == (9.0, "down", "ptd")


@pytest.mark.parametrize("method", ["mdc", "ptd"])
def test_a_constant_series_has_no_width_and_no_special_cause(method: str) -> None:
    drawn = chart([0.1] * 15, target=0.1, method=method)  # type: ignore[arg-type]
    assert (drawn.lower, drawn.mean, drawn.upper) == pytest.approx((0.1, 0.1, 0.1))
    assert (drawn.variation, {point.special_cause for point in drawn.points}) == ("common_cause", {None})
    assert drawn.assurance == ("pass" if method == "mdc" else "hit_or_miss")


def test_two_points_have_limits_and_are_too_few() -> None:
    drawn = chart([4, 6], target=20)
    assert (drawn.mean, drawn.lower, drawn.upper) == pytest.approx((5, -0.32, 10.32))
    assert (drawn.enough, drawn.variation, drawn.assurance) == (False, "common_cause", "fail")


@pytest.mark.parametrize(
    ("values", "method", "causes"),
    [
        # 18 points with one far out: all moving ranges kept, and screened (domain-facts: the published example)
        ([1, 2, 1, 2, 10, *[1, 2] * 6, 1], "mdc", "....o............."),
        ([1, 2, 1, 2, 10, *[1, 2] * 6, 1], "ptd", "....o............."),
        # screening narrows the limits: 7 lies outside them only then; all behind it is below the average
        ([1, 2, 1, 2, 10, 1, 2, 1, 2, 7, 1, 2, 1, 2, 1, 2, 1, 2], "mdc", "....o.....ssssssss"),
        ([1, 2, 1, 2, 10, 1, 2, 1, 2, 7, 1, 2, 1, 2, 1, 2, 1, 2], "ptd", "....o....ossssssss"),
        # a shift marks all its points, a trend too, from its lowest point on
        ([*[6, 3] * 5, *[7] * 7], "mdc", "..........sssssss"),
        ([*[6, 3] * 5, 5, 5.5, 6, 6.5, 7, 7.5, 8], "mdc", ".........tttttttt"),
        # two near the upper limit with the third below the average: opposite sides, no sign
        ([*[5, 7] * 6, 9.5, 2.5, 9.5], "mdc", "..............."),
        ([*[5, 7] * 6, 7, 10, 10], "mdc", ".............22"),
    ],
)
def test_the_points_of_whole_charts(values: list[float], method: str, causes: str) -> None:
    short = {"outside": "o", "trend": "t", "two_in_three": "2", "shift": "s", None: "."}
    drawn = chart(values, method=method)  # type: ignore[arg-type]
    assert "".join(short[point.special_cause] for point in drawn.points) == causes


@pytest.mark.parametrize("missing", [None, float("nan"), float("inf"), Decimal("NaN")])
def test_a_value_that_is_no_number_is_refused_with_its_place(missing: float | None) -> None:
    with pytest.raises(UserError) as refused:
        chart([1, missing, 2, missing])  # type: ignore[list-item]
    assert refused.value.problems == (
        "Point 2 of the chart is no number: leave the point out, or say it.",
        "Point 4 of the chart is no number: leave the point out, or say it.",
    )


def test_no_values_no_chart() -> None:
    with pytest.raises(UserError, match="at least one number"):
        chart([])


def test_one_point_has_no_assurance() -> None:
    assert chart([5], target=4).assurance is None

"""Average and limits against published charts and against sums done by hand."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placewell.spc import limits
from placewell.spc.limits import side

CASES = json.loads((Path(__file__).parent / "xmr_limits.json").read_text())["cases"]
PUBLISHED = [(case["name"], case["values"], method, case[name]) for case in CASES for name, method in
             (("unscreened", "mdc"), ("screened", "ptd")) if name in case]  # fmt: skip
NUMBERS = st.lists(st.integers(-1000, 1000).map(lambda n: n / 8), min_size=2, max_size=40)


@pytest.mark.parametrize(("name", "values", "method", "published"), PUBLISHED)
def test_published_limits(name: str, values: list[float], method: str, published: list[float]) -> None:
    drawn = limits(values, method)  # type: ignore[arg-type]
    assert (drawn.mean, drawn.lower, drawn.upper) == pytest.approx(published, abs=6e-5)


def test_every_published_chart_is_looked_at() -> None:
    assert len(PUBLISHED) == 5


@pytest.mark.parametrize(
    ("values", "mean", "reach"),
    [
        ([4, 6], 5, 5.32),  # one moving range of 2
        ([1, 2, 4], 7 / 3, 3.99),  # ranges 1, 2
        ([10, 10, 10], 10, 0),
        ([0, 4, 0, 4], 2, 10.64),
        ([3, 1, 2, 6], 3, 2.66 * 7 / 3),
    ],
)
def test_limits_by_hand(values: list[float], mean: float, reach: float) -> None:
    drawn = limits(values)
    assert (drawn.mean, drawn.lower, drawn.upper) == pytest.approx((mean, mean - reach, mean + reach))
    assert drawn.width == pytest.approx(reach)


def test_one_point_has_an_average_and_no_limits() -> None:
    drawn = limits([5])
    assert (drawn.mean, drawn.lower, drawn.upper, drawn.width) == (5, None, None, 0)


def test_screening_leaves_out_a_range_of_exactly_the_factor_and_keeps_the_average() -> None:
    values = [0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 20]
    kept, screened = limits(values, "mdc"), limits(values, "ptd")
    assert kept.mean == screened.mean
    assert screened.width == pytest.approx(2.66)
    assert kept.width == pytest.approx(2.66 * (11 + 19) / 12)


def test_screening_that_would_leave_nothing_leaves_all() -> None:
    assert limits([1, 1, 1], "ptd").upper == 1


@given(NUMBERS, st.integers(-50, 50))
def test_moving_every_value_moves_the_limits(values: list[float], by: int) -> None:
    before, after = limits(values), limits([value + by for value in values])
    assert (after.mean, after.lower, after.upper) == pytest.approx(
        (before.mean + by, (before.lower or 0) + by, (before.upper or 0) + by), abs=1e-9
    )


@given(NUMBERS)
def test_turning_the_values_upside_down_turns_the_limits_upside_down(values: list[float]) -> None:
    before, after = limits(values), limits([-value for value in values])
    assert (after.lower, after.upper) == pytest.approx((-(before.upper or 0), -(before.lower or 0)), abs=1e-9)


@given(NUMBERS)
def test_screened_limits_are_never_wider(values: list[float]) -> None:
    assert limits(values, "ptd").width <= limits(values, "mdc").width + 1e-9


@pytest.mark.parametrize(
    ("value", "line", "answer"),
    [(2, 1, 1), (1, 2, -1), (1, 1, 0), (0.1 + 0.2, 0.3, 0), (0, 0, 0), (1e-12, 0, 1), (-1e-12, 0, -1)],
)
def test_sides_of_a_line(value: float, line: float, answer: int) -> None:
    assert side(value, line) == answer


@pytest.mark.parametrize(
    ("value", "line", "size", "answer"),
    [(0, 2e-16, 1.33, 0), (0, 2e-16, 0, -1), (1e-6, 0, 1.33, 1), (-1e-6, 0, 1.33, -1)],
)
def test_a_line_that_only_rounding_keeps_off_nought(value: float, line: float, size: float, answer: int) -> None:
    assert side(value, line, size) == answer

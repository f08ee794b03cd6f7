"""The axes: round numbers beside, names under, and nothing that runs together."""

from __future__ import annotations

from datetime import date

import pytest
from tests.library.spc.drawn import drawn

from placewell.spc.plot import day_ticks


@pytest.mark.parametrize(
    ("highest", "top_tick"),
    [
        (0, "4"), (1, "4"), (3, "4"), (4, "4"), (5, "8"), (11, "12"), (13, "20"), (39, "40"), (41, "80"),
        (0.3, "0.4"), (0.9, "1.2"), (0.0031, "0.004"), (3e12, "4,000,000,000,000"),
    ],
)  # fmt: skip
def test_the_axis_begins_at_nought_and_ends_on_a_round_number(highest: float, top_tick: str) -> None:
    drawing = drawn(0, highest, floor=0.0)
    assert (drawing.y_ticks[0].label, drawing.y_ticks[-1].label) == ("0", top_tick)
    assert len(drawing.y_ticks) == 5


@pytest.mark.parametrize(
    ("values", "labels"),
    [
        ((-3, 2, 1), "−3 −2 −1 0 1 2"),
        ((-1, 7), "−2 0 2 4 6 8"),
        ((-0.5, -0.25), "−0.6 −0.4 −0.2 0"),
        ((-100, 3), "−120 −90 −60 −30 0 30"),
        ((-40, 40), "−40 −30 −20 −10 0 10 20 30 40"),
    ],
)
def test_values_below_nought_make_the_axis_longer_in_the_same_steps(values: tuple[float, ...], labels: str) -> None:
    drawing = drawn(*values)
    assert " ".join(tick.label for tick in drawing.y_ticks) == labels
    places = [tick.y for tick in drawing.y_ticks]
    assert places == sorted(places, reverse=True)
    assert drawing.nought == next(tick.y for tick in drawing.y_ticks if tick.label == "0")


def test_nought_is_not_drawn_twice() -> None:
    assert drawn(1, 2).nought is None


def test_wide_numbers_have_room_at_both_sides() -> None:
    few, many = drawn(*[3, 4] * 8), drawn(*[30_000_000, 40_000_000] * 8)
    assert (few.frame.left, few.frame.width - few.frame.right) == (44, 180)
    assert many.frame.left > 80
    assert many.frame.width - many.frame.right > 180


def test_the_year_stands_under_the_first_month_and_each_january() -> None:
    shown = [(tick.label, tick.under) for tick in drawn(*range(16)).x_ticks if tick.under]
    assert shown == [("Oct", "2017"), ("Jan", "2018"), ("Jan", "2019")]


def test_the_year_stands_under_the_first_day_and_the_first_of_each_year() -> None:
    days = [date(2018, 12, 24), date(2018, 12, 31), date(2019, 1, 7), date(2019, 1, 14)]
    assert day_ticks(days) == (("24 Dec", "2018"), ("31 Dec", ""), ("7 Jan", "2019"), ("14 Jan", ""))


@pytest.mark.parametrize(
    ("count", "words", "shown"),
    [
        (30, "Oct", 30),
        (35, "Oct", 35),
        (37, "Oct", 19),
        (60, "Oct", 30),
        (10, "October 2018", 10),
        (24, "October 2018", 8),
        (400, "Oct", 34),
    ],
)
def test_words_under_the_points_do_not_run_together(count: int, words: str, shown: int) -> None:
    drawing = drawn(*range(count), ticks=((words, ""),) * count)
    assert len(drawing.x_ticks) == count
    assert sum(bool(tick.label) for tick in drawing.x_ticks) == shown


def test_long_words_under_a_point_are_cut() -> None:
    assert drawn(1, ticks=(("the week after the office moved", ""),)).x_ticks[0].label == "the week after…"


def test_a_single_point_stands_in_the_middle() -> None:
    drawing = drawn(7)
    assert drawing.marks[0].x == (drawing.frame.left + drawing.frame.right) / 2

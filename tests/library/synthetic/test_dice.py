"""The dice: the same numbers for ever, spread evenly, each purpose its own."""

from datetime import date

import polars as pl
import pytest

from placewell.synthetic.dice import Dice, completed_years, days, weekday

ROWS = pl.DataFrame({"n": pl.int_range(0, 20_000, eager=True), "k": pl.int_range(0, 20_000, eager=True) % 7})


ONE_COUNTER = [4173768424, 3700999556, 3498971124, 1856599045]
TWO_COUNTERS = [478760747, 310831559, 1033773534, 1070230238]


def thrown(expression):
    return ROWS.select(expression.alias("thrown")).to_series()


def test_the_numbers_are_these_for_ever():
    """Kept as they were on the first day: data made from a seed must be the same after any upgrade."""
    one, two = Dice(1, ("n",)), Dice(1, ("n", "k"))
    assert thrown(one.roll("a")).head(4).to_list() == ONE_COUNTER
    assert thrown(two.roll("a")).head(4).to_list() == TWO_COUNTERS


@pytest.mark.parametrize("chance", [0.03, 0.5, 0.965])
def test_things_happen_as_often_as_they_should(chance):
    assert thrown(Dice(3, ("n",)).happens("it", chance)).mean() == pytest.approx(chance, abs=0.012)


def test_a_number_between_reaches_both_ends_evenly():
    counts = thrown(Dice(3, ("n",)).between("x", -2, 5)).value_counts()
    assert sorted(counts["thrown"]) == list(range(-2, 6))
    assert counts["count"].min() > 2_200


def test_a_number_about_the_middle_is_more_often_there():
    found = thrown(Dice(3, ("n",)).about("x", 10, 31))
    assert (found.min(), found.max()) == (10, 31)
    assert found.is_between(17, 24).mean() > 0.5


def test_choices_come_by_their_weights():
    found = thrown(Dice(3, ("n",)).pick("x", {"often": 3, "seldom": 1}))
    assert (found == "often").mean() == pytest.approx(0.75, abs=0.015)
    assert set(thrown(Dice(3, ("n",)).pick("x", ("a", None)))) == {"a", None}


@pytest.mark.parametrize("other", [Dice(4, ("n",)).roll("x"), Dice(3, ("n",)).roll("y"), Dice(3, ("k", "n")).roll("x")])
def test_another_seed_purpose_or_order_of_counters_is_another_throw(other):
    assert (thrown(Dice(3, ("n",)).roll("x")) == thrown(other)).sum() < 3


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (date(2019, 6, 14), date(2019, 6, 14)),
        (date(2019, 6, 15), date(2019, 6, 17)),
        (date(2019, 6, 16), date(2019, 6, 17)),
    ],
)
def test_a_weekend_becomes_monday(given, expected):
    assert pl.select(weekday(pl.lit(given))).item() == expected


def test_days_are_added_to_a_day():
    assert pl.select(pl.lit(date(2020, 2, 28)) + days(pl.lit(2))).item() == date(2020, 3, 1)


@pytest.mark.parametrize(
    ("day", "years"),
    [(date(2019, 6, 13), 24), (date(2019, 6, 14), 25), (date(2019, 6, 15), 25), (date(2020, 2, 29), 25)],
)
def test_completed_years(day, years):
    assert pl.select(completed_years(pl.lit(date(1994, 6, 14)), pl.lit(day))).item() == years

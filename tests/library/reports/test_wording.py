"""Figures in words: a table of numbers and what people read."""

from datetime import date
from decimal import Decimal

import pytest

from placewell.reports.wording import amount, counted, number, period_words, status_words, target_words, unit_words


@pytest.mark.parametrize(
    ("value", "decimals", "words"),
    [
        (0, 1, "0"),
        (1240, 1, "1,240"),
        (15.5, 1, "15.5"),
        (15.0, 1, "15"),
        (0.05, 1, "0.1"),
        (2.25, 1, "2.3"),
        (-3, 1, "−3"),
        (-0.04, 1, "0"),
        (Decimal("100"), 0, "100"),
        (60.5, 0, "61"),
        (1000000, 0, "1,000,000"),
    ],
)
def test_numbers(value, decimals, words):
    assert number(value, decimals) == words


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (None, "people", "–"),
        (52, "people", "52"),
        (0.614, "proportion", "61%"),
        (0.615, "proportion", "62%"),
        (1, "proportion", "100%"),
        (0, "proportion", "0%"),
        (6.5, "days", "6.5"),
        (9.8, "pounds", "£9.80"),
        (1234.565, "pounds", "£1,234.57"),
        (2.1, "points", "+2.1"),
        (-2.1, "points", "−2.1"),
        (0, "points", "0"),
    ],
)
def test_amounts(value, unit, words):
    assert amount(value, unit) == words


def figure(**given):
    fixed = {"unit": "people", "numerator": 5, "denominator": None, "value": 5, "target": None, "value_to_date": None}
    return fixed | {"status": "no_target"} | given


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (figure(value=1), "person"),
        (figure(value=2), "people"),
        (figure(unit="episodes", value=0), "referrals"),
        (figure(unit="jobs", value=1), "job"),
        (figure(unit="activities", value=1), "activity"),
        (figure(unit="reviews", value=1), "review"),
        (figure(unit="sessions", value=2), "sessions"),
        (figure(unit="proportion", numerator=38, denominator=62, value=0.61), "38 of 62"),
        (figure(unit="proportion", numerator=0, denominator=0, value=None), "nobody due"),
        (figure(unit="days", numerator=None, denominator=12, value=6), "days, from 12"),
        (figure(unit="days", numerator=None, denominator=0, value=None), "nothing to rest on"),
        (figure(unit="pounds", numerator=None, denominator=3, value=9.5), "pounds an hour, from 3"),
    ],
)
def test_what_stands_under_the_value(given, words):
    assert unit_words(given) == words


@pytest.mark.parametrize(
    ("given", "at_most", "target", "status"),
    [
        (figure(), False, "", "No target in the contract"),
        (
            figure(target=81, value_to_date=79, status="behind"),
            False,
            "79 so far, 81 wanted by now",
            "2 below the line",
        ),
        (figure(target=43, value_to_date=58, status="met"), False, "58 so far, 43 wanted by now", "15 above the line"),
        (figure(target=4, value_to_date=3, status="met"), True, "3 so far, at most 4 by now", "Inside the line"),
        (
            figure(unit="proportion", value=0.9, target=1, status="breached"),
            False,
            "100%",  # there is no more than all
            "10 points below the line",
        ),
        (figure(value=0, target=1, status="breached"), False, "At least 1", "1 below the line"),  # one, not all
        (figure(target=24, value_to_date=25, status="met"), False, "25 so far, 24 wanted by now", "1 above the line"),
        (figure(target=24, value_to_date=24, status="met"), False, "24 so far, 24 wanted by now", "On target"),
        (figure(target=24, value_to_date=20, status="not_due"), False, "20 so far, 24 wanted by now", "Not due yet"),
        (
            figure(unit="proportion", value=0.61, target=0.8, status="breached"),
            False,
            "At least 80%",
            "19 points below the line",
        ),
        (
            figure(unit="proportion", value=0.86, target=0.85, status="met"),
            False,
            "At least 85%",
            "1 point above the line",
        ),
        (
            figure(unit="proportion", value=0.801, target=0.8, status="met"),
            False,
            "At least 80%",
            "0.1 points above the line",
        ),
        (
            figure(unit="proportion", value=0.79999, target=0.8, status="breached"),
            False,
            "At least 80%",
            "Under 0.1 points below the line",
        ),
        (
            figure(unit="pounds", value=9.5, target=10, status="behind"),
            False,
            "At least £10.00",
            "£0.50 below the line",
        ),
        (figure(unit="days", value=6, target=10, status="met"), True, "At most 10", "Inside the line"),
        (figure(unit="days", value=12, target=10, status="breached"), True, "At most 10", "2 above the line"),
        (figure(unit="points", value=1, target=2.5, status="behind"), False, "At least +2.5", "1.5 below the line"),
        (figure(value=None, target=4, status="behind"), False, "At least 4", "Nothing to judge yet"),
    ],
)
def test_targets_and_the_distance_from_them(given, at_most, target, status):
    assert target_words(given, at_most=at_most) == target
    assert status_words(given, at_most=at_most) == status


@pytest.mark.parametrize(
    ("label", "start", "last_day", "words"),
    [
        ("Y2Q3", date(2019, 4, 1), date(2019, 6, 30), "Year 2 quarter 3, 1 April to 30 June 2019"),
        ("Y1", date(2017, 10, 1), date(2018, 9, 30), "Year 1, 1 October 2017 to 30 September 2018"),
        ("2019-01-01/2019-02-01", date(2019, 1, 1), date(2019, 1, 31), "1 January to 31 January 2019"),
    ],
)
def test_periods(label, start, last_day, words):
    assert period_words(label, start, last_day) == words


@pytest.mark.parametrize(
    ("unit", "value", "words"), [("people", 1, "person"), ("people", 2, "people"), ("proportion", 1, "proportion")]
)
def test_nouns(unit, value, words):
    assert counted(unit, value) == words

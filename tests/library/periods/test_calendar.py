"""Months, ages, working days and dates in words."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placewell.periods import (
    add_months,
    add_working_days,
    age_on,
    bank_holidays,
    in_words,
    is_working_day,
    months_between,
    working_days,
)

DAYS = st.dates(date(1950, 1, 1), date(2050, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "answer"),
    [
        ("2019-06-14", 1, "2019-07-14"),
        ("2019-01-31", 1, "2019-02-28"),
        ("2020-01-31", 1, "2020-02-29"),
        ("2019-11-30", 3, "2020-02-29"),
        ("2020-02-29", 12, "2021-02-28"),
        ("2020-02-29", 48, "2024-02-29"),
        ("2019-03-31", -1, "2019-02-28"),
        ("2019-01-15", -13, "2017-12-15"),
        ("2019-12-31", 2, "2020-02-29"),
        ("2018-09-20", 9, "2019-06-20"),
        ("2018-05-31", 9, "2019-02-28"),
        ("2019-06-14", 0, "2019-06-14"),
    ],
)
def test_months_later(day: str, months: int, answer: str) -> None:
    assert add_months(date.fromisoformat(day), months) == date.fromisoformat(answer)


@given(DAYS, DAYS)
def test_months_between_turns_add_months_round(start: date, end: date) -> None:
    months = months_between(start, end)
    assert add_months(start, months) <= end < add_months(start, months + 1)


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        ("1980-06-14", "2019-06-13", 38),
        ("1980-06-14", "2019-06-14", 39),
        ("2000-02-29", "2018-02-28", 17),
        ("2000-02-29", "2018-03-01", 18),
        ("2000-02-29", "2020-02-29", 20),
        ("2000-12-31", "2001-01-01", 0),
        ("2000-01-01", "1999-12-31", -1),
    ],
)
def test_age(born: str, day: str, age: int) -> None:
    assert age_on(date.fromisoformat(born), date.fromisoformat(day)) == age


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2019-06-14", True),  # a Friday
        ("2019-06-15", False),  # Saturday
        ("2019-06-16", False),  # Sunday
        ("2018-12-25", False),
        ("2018-12-26", False),
        ("2019-04-19", False),  # Good Friday
        ("2019-04-22", False),  # Easter Monday
        ("2020-05-08", False),  # moved from 4 May
        ("2020-05-04", True),
        ("2019-03-17", False),  # Sunday
        ("2019-07-12", True),  # a holiday in Northern Ireland only
    ],
)
def test_working_days_of_england_and_wales(day: str, works: bool) -> None:
    assert is_working_day(date.fromisoformat(day)) is works


def test_holidays_can_be_given() -> None:
    assert not is_working_day(date(2019, 6, 14), holidays={date(2019, 6, 14)})
    assert is_working_day(date(2018, 12, 25), holidays=())


@pytest.mark.parametrize(
    ("start", "end", "number"),
    [
        ("2019-06-10", "2019-06-17", 5),
        ("2018-12-24", "2018-12-29", 3),
        ("2019-06-15", "2019-06-17", 0),
        ("2019-06-14", "2019-06-14", 0),
        ("2019-06-17", "2019-06-14", 0),
    ],
)
def test_counting_working_days(start: str, end: str, number: int) -> None:
    assert working_days(date.fromisoformat(start), date.fromisoformat(end)) == number


@pytest.mark.parametrize(
    ("day", "count", "answer"),
    [
        ("2019-06-14", 0, "2019-06-14"),
        ("2019-06-14", 1, "2019-06-17"),
        ("2019-06-15", 0, "2019-06-17"),
        ("2018-12-24", 1, "2018-12-27"),
        ("2019-04-18", 1, "2019-04-23"),
        ("2019-06-14", 5, "2019-06-21"),
    ],
)
def test_adding_working_days(day: str, count: int, answer: str) -> None:
    assert add_working_days(date.fromisoformat(day), count) == date.fromisoformat(answer)


@given(st.dates(date(2012, 1, 1), date(2027, 1, 1)), st.integers(0, 30))
def test_the_day_after_n_working_days_is_a_working_day(day: date, count: int) -> None:
    later = add_working_days(day, count)
    assert is_working_day(later)
    assert working_days(add_working_days(day, 0), later) == count


def test_bank_holidays_need_no_network_and_are_never_weekends() -> None:
    assert date(2012, 1, 2) in bank_holidays()
    assert all(day.weekday() < 5 for day in bank_holidays())
    assert len(bank_holidays()) > 100


@pytest.mark.parametrize(("day", "words"), [("2019-06-14", "14 June 2019"), ("2018-04-03", "3 April 2018")])
def test_a_date_in_words(day: str, words: str) -> None:
    assert in_words(date.fromisoformat(day)) == words

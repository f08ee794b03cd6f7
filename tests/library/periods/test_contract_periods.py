"""Contract quarters and years, and reading a period: tables of what is written and what it means."""

from datetime import date
from itertools import pairwise

import pytest

from placewell.errors import UserError
from placewell.periods import (
    Period,
    PeriodError,
    contract_year,
    parse_date,
    parse_period,
    quarter_of,
    quarters_between,
    year_of,
)

OCTOBER_2017 = date(2017, 10, 1)
STARTS = {"000": date(2018, 10, 1), "001": date(2012, 4, 1), "002": OCTOBER_2017, "004": date(2016, 8, 1)}


@pytest.mark.parametrize(
    ("service", "text", "start", "end"),
    [
        ("002", "Y1Q1", "2017-10-01", "2018-01-01"),
        ("002", "Y1Q2", "2018-01-01", "2018-04-01"),
        ("002", "Y1Q4", "2018-07-01", "2018-10-01"),
        ("002", "Y2Q2", "2019-01-01", "2019-04-01"),
        ("002", "y2q3", "2019-04-01", "2019-07-01"),
        ("002", " Y2Q3 ", "2019-04-01", "2019-07-01"),
        ("002", "Y1", "2017-10-01", "2018-10-01"),
        ("002", "Y3", "2019-10-01", "2020-10-01"),
        ("000", "Y1Q1", "2018-10-01", "2019-01-01"),
        ("001", "Y1Q1", "2012-04-01", "2012-07-01"),
        ("004", "Y1Q2", "2016-11-01", "2017-02-01"),
        ("004", "Y2", "2017-08-01", "2018-08-01"),
        ("002", "2018-04-01/2018-07-01", "2018-04-01", "2018-07-01"),
        ("002", "2020-02-29/2020-03-01", "2020-02-29", "2020-03-01"),
    ],
)
def test_a_period_as_written(service: str, text: str, start: str, end: str) -> None:
    period = parse_period(text, STARTS[service])
    assert (period.start, period.end) == (date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Q1", "not a period"),
        ("Y0Q1", "not a period"),
        ("Y1Q5", "not a period"),
        ("Y1Q0", "not a period"),
        ("", "not a period"),
        ("2018-04-01", "not a period"),
        ("Y1Q²", "not a period"),
        ("2018-04-01/2018-4-30", '"2018-4-30" is not a date'),
        ("2018-02-30/2018-04-30", '"2018-02-30" is not a date'),
        ("01/04/2018", '"01" is not a date'),
        ("2018-04-01/2018-04-01", "is empty"),
        ("2018-04-01/2018-03-01", "is empty"),
    ],
)
def test_what_is_not_a_period(text: str, says: str) -> None:
    with pytest.raises(PeriodError) as refused:
        parse_period(text, OCTOBER_2017)
    assert says in str(refused.value)
    assert isinstance(refused.value, UserError)


@pytest.mark.parametrize(
    ("day", "label"),
    [
        ("2017-10-01", "Y1Q1"),
        ("2017-12-31", "Y1Q1"),
        ("2018-01-01", "Y1Q2"),
        ("2018-09-30", "Y1Q4"),
        ("2018-10-01", "Y2Q1"),
        ("2019-06-14", "Y2Q3"),
        ("2020-02-29", "Y3Q2"),
        ("2027-10-01", "Y11Q1"),
    ],
)
def test_the_quarter_of_a_day(day: str, label: str) -> None:
    quarter = quarter_of(date.fromisoformat(day), OCTOBER_2017)
    assert quarter.label == label
    assert date.fromisoformat(day) in quarter
    assert parse_period(label, OCTOBER_2017) == quarter


def test_no_quarter_before_the_first() -> None:
    with pytest.raises(PeriodError, match="before the contract's first quarter, which starts on 2017-10-01"):
        quarter_of(date(2017, 9, 30), OCTOBER_2017)


def test_quarters_follow_one_another_without_gap() -> None:
    quarters = quarters_between(date(2017, 1, 1), date(2020, 3, 31), OCTOBER_2017)
    assert [q.label for q in quarters] == [f"Y{y}Q{q}" for y in (1, 2) for q in (1, 2, 3, 4)] + ["Y3Q1", "Y3Q2"]
    assert all(a.end == b.start for a, b in pairwise(quarters))


def test_quarters_between_is_half_open() -> None:
    labels = [q.label for q in quarters_between(date(2018, 1, 1), date(2018, 4, 1), OCTOBER_2017)]
    assert labels == ["Y1Q2"]
    assert quarters_between(date(2018, 1, 1), date(2018, 1, 1), OCTOBER_2017) == ()


def test_a_year_holds_its_four_quarters() -> None:
    year = contract_year(2, OCTOBER_2017)
    quarters = quarters_between(year.start, year.end, OCTOBER_2017)
    assert (quarters[0].start, quarters[-1].end, len(quarters)) == (year.start, year.end, 4)
    assert year_of(date(2019, 9, 30), OCTOBER_2017) == year
    assert year_of(date(2019, 10, 1), OCTOBER_2017).label == "Y3"


def test_a_contract_may_start_on_the_last_day_of_a_month() -> None:
    assert parse_period("Y1Q2", date(2019, 11, 30)).start == date(2020, 2, 29)
    assert quarter_of(date(2020, 2, 28), date(2019, 11, 30)).label == "Y1Q1"
    assert quarter_of(date(2020, 2, 29), date(2019, 11, 30)).label == "Y1Q2"


def test_the_last_day_is_inside() -> None:
    period = Period("x", date(2018, 1, 1), date(2018, 4, 1))
    assert period.last_day == date(2018, 3, 31)
    assert period.last_day in period
    assert period.end not in period
    assert date(2017, 12, 31) not in period


@pytest.mark.parametrize(
    "text", ["14/06/2019", "2019-6-14", "2019-06-31", "20190614", "2019-06-14T00:00", "²019-06-14", ""]
)
def test_only_iso_dates_are_dates(text: str) -> None:
    with pytest.raises(PeriodError, match="write it as year-month-day"):
        parse_date(text)


def test_an_iso_date() -> None:
    assert parse_date("2020-02-29") == date(2020, 2, 29)


@pytest.mark.parametrize("text", ["1900-01-01", "2999-12-31"])
def test_the_first_and_last_days_anyone_asks_about(text: str) -> None:
    assert parse_date(text).isoformat() == text


@pytest.mark.parametrize("text", ["0001-01-01", "1899-12-31", "3000-01-01", "9999-12-31"])
def test_a_day_too_far_away(text: str) -> None:
    with pytest.raises(PeriodError, match="give a day of the years 1900 to 2999"):
        parse_period(f"{text}/{text}", OCTOBER_2017)

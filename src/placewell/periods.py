"""Reporting periods, contract quarters, ages, months and working days: every rule about civil dates."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from placewell.errors import UserError

MONTHS_IN_A_QUARTER = 3
QUARTERS_IN_A_YEAR = 4
MONTHS_IN_A_YEAR = 12
SATURDAY = 5
FIRST_YEAR, LAST_YEAR = 1900, 2999  # days that anyone asks about; sums with them stay within the calendar

_CONTRACT_PERIOD = re.compile(r"Y([1-9]\d?)(?:Q([1-4]))?", re.IGNORECASE | re.ASCII)
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_EXPECTED = 'write a quarter as "Y1Q2", a year as "Y1", or two dates as "2018-04-01/2018-07-01"'


class PeriodError(UserError):
    """A period that cannot be read, or that ends before it begins."""


@dataclass(frozen=True)
class Period:
    """A reporting period, half-open: `start` is its first day, `end` the first day after it."""

    label: str
    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise PeriodError(f'Period "{self.label}" is empty: its end must come after its start.')

    @property
    def last_day(self) -> date:
        """The last day inside the period."""
        return self.end - timedelta(days=1)

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end


def parse_date(text: str) -> date:
    """Read an ISO civil date ("2019-06-14") of the years 1900 to 2999 and nothing else; raises PeriodError."""
    try:
        day = date.fromisoformat(text) if _ISO_DATE.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None:
        raise PeriodError(f'"{text}" is not a date: write it as year-month-day, like 2019-06-14.')
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise PeriodError(f'"{text}" lies too far away: give a day of the years {FIRST_YEAR} to {LAST_YEAR}.')
    return day


def parse_period(text: str, first_quarter_starts: date) -> Period:
    """Read "Y1Q2", "Y1" or "2018-04-01/2018-07-01" (the second date is the first day after the period).

    Contract quarters and years are counted from `first_quarter_starts`. Raises PeriodError.
    Source: semantics.md §2.
    """
    named = _CONTRACT_PERIOD.fullmatch(text.strip())
    if named:
        year, quarter = int(named[1]), int(named[2]) if named[2] else None
        return (
            contract_year(year, first_quarter_starts)
            if quarter is None
            else _quarter((year - 1) * QUARTERS_IN_A_YEAR + quarter - 1, first_quarter_starts)
        )
    first, slash, second = text.strip().partition("/")
    if not slash:
        raise PeriodError(f'"{text}" is not a period: {_EXPECTED}.')
    return Period(f"{first}/{second}", parse_date(first), parse_date(second))


def contract_year(year: int, first_quarter_starts: date) -> Period:
    """The contract's `year`th year (1 is the first), labelled "Y1"."""
    start = add_months(first_quarter_starts, (year - 1) * MONTHS_IN_A_YEAR)
    return Period(f"Y{year}", start, add_months(first_quarter_starts, year * MONTHS_IN_A_YEAR))


def quarter_of(day: date, first_quarter_starts: date) -> Period:
    """The contract quarter that holds `day`. Raises PeriodError for a day before the first quarter."""
    if day < first_quarter_starts:
        raise PeriodError(f"{day} lies before the contract's first quarter, which starts on {first_quarter_starts}.")
    number = months_between(first_quarter_starts, day) // MONTHS_IN_A_QUARTER
    return _quarter(number, first_quarter_starts)


def quarters_between(start: date, end: date, first_quarter_starts: date) -> tuple[Period, ...]:
    """Every contract quarter that touches the half-open span [start, end), in order."""
    found: list[Period] = []
    day = max(start, first_quarter_starts)
    while day < end:
        found.append(quarter_of(day, first_quarter_starts))
        day = found[-1].end
    return tuple(found)


def year_of(day: date, first_quarter_starts: date) -> Period:
    """The contract year that holds `day`."""
    return contract_year(int(quarter_of(day, first_quarter_starts).label[1:].split("Q")[0]), first_quarter_starts)


def add_months(day: date, months: int) -> date:
    """The same day of the month `months` later (or earlier); the last day where that month is shorter."""
    year, month = divmod(day.year * MONTHS_IN_A_YEAR + day.month - 1 + months, MONTHS_IN_A_YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_between(start: date, end: date) -> int:
    """Whole months from `start` to `end`: the largest n with add_months(start, n) on or before `end`."""
    months = (end.year - start.year) * MONTHS_IN_A_YEAR + end.month - start.month
    return months if add_months(start, months) <= end else months - 1


def age_on(birth_date: date, day: date) -> int:
    """Age in completed years on `day`; a person born on 29 February comes of age on 1 March."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


@cache
def bank_holidays() -> frozenset[date]:
    """Bank holidays of England and Wales from 2012 on, from the list installed with Placewell (no network)."""
    from govuk_bank_holidays.bank_holidays import BankHolidays

    known = BankHolidays(use_cached_holidays=True)
    return frozenset(entry["date"] for entry in known.get_holidays(division=BankHolidays.ENGLAND_AND_WALES))


def is_working_day(day: date, holidays: Iterable[date] | None = None) -> bool:
    """Whether `day` is neither a Saturday, a Sunday nor a bank holiday."""
    return day.weekday() < SATURDAY and day not in (bank_holidays() if holidays is None else holidays)


def working_days(start: date, end: date) -> int:
    """How many working days lie in the half-open span [start, end); 0 when `end` is not after `start`."""
    return sum(is_working_day(start + timedelta(days=n)) for n in range((end - start).days))


def add_working_days(day: date, count: int) -> date:
    """The `count`th working day after `day` (0: `day` itself, or the next working day where it is none)."""
    while not is_working_day(day):
        day += timedelta(days=1)
    for _ in range(count):
        day += timedelta(days=1)
        while not is_working_day(day):
            day += timedelta(days=1)
    return day


def in_words(day: date) -> str:
    """A date as people write it: "14 June 2019"."""
    return f"{day.day} {day:%B %Y}"


def _quarter(number: int, first_quarter_starts: date) -> Period:
    year, quarter = divmod(number, QUARTERS_IN_A_YEAR)
    start = add_months(first_quarter_starts, number * MONTHS_IN_A_QUARTER)
    end = add_months(first_quarter_starts, (number + 1) * MONTHS_IN_A_QUARTER)
    return Period(f"Y{year + 1}Q{quarter + 1}", start, end)

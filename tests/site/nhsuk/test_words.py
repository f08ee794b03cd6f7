"""Dates, money, hours and counts as the site writes them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from placewell_web.nhsuk import words

SUMMER = datetime(2019, 6, 14, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("write", "value", "text"),
    [
        (words.day, date(2018, 4, 3), "3 April 2018"),
        (words.day, datetime(2019, 6, 14, 23, 30, tzinfo=UTC), "15 June 2019"),
        (words.day, None, "not known"),
        (words.short_day, date(2018, 4, 3), "3 April"),
        (words.short_day, None, "not known"),
        (words.week_day, date(2019, 6, 14), "Friday 14 June 2019"),
        (words.clock_time, SUMMER, "9:30"),
        (words.clock_time, time(13, 5), "13:05"),
        (words.moment, SUMMER, "14 June 2019 at 9:30"),
        (words.moment, None, "not known"),
        (words.money, Decimal(12750), "£12,750"),
        (words.money, Decimal("1234.5"), "£1,234.50"),
        (words.money, Decimal(-750), "−£750"),
        (words.money, 0, "£0"),
        (words.money, None, "not known"),
        (words.hours, Decimal("15.50"), "15.5"),
        (words.hours, Decimal(16), "16"),
        (words.hours, Decimal("100.00"), "100"),
        (words.hours, 0.25, "0.25"),
        (words.hours, None, "not known"),
        (words.initials, "Leah Morgan", "LM"),
        (words.initials, "Cher", "C"),
        (words.initials, "Mary Ann van Dyke", "MD"),
        (words.initials, "", ""),
        (words.phone, "+441632960147", "01632 960147"),
        (words.phone, "+35312345678", "+353 1 234 5678"),
        (words.phone, "none", "none"),
    ],
)
def test_writing(write: Callable[[object], str], value: object, text: str) -> None:
    assert write(value) == text


@pytest.mark.parametrize(
    ("number", "words_", "text"),
    [(1, ("person", "people"), "1 person"), (2, ("person", "people"), "2 people"), (1200, ("job",), "1,200 jobs")],
)
def test_counting(number: int, words_: tuple[str, ...], text: str) -> None:
    assert words.count(number, *words_) == text


NUMBERED = [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (13, "13th"), (21, "21st")]


@pytest.mark.parametrize(("number", "text"), [*NUMBERED, (111, "111th"), (1_002, "1,002nd")])
def test_which_of_several(number: int, text: str) -> None:
    assert words.nth(number) == text

"""How dates, money, hours and counts are written: 3 April 2018, £1,234, 15.5 hours; one place for the whole site."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
NOT_KNOWN = "not known"


def day(value: date | datetime | None) -> str:
    """3 April 2018"""
    if value is None:
        return NOT_KNOWN
    value = _local(value)
    return f"{value.day} {value:%B %Y}"


def local_day(value: datetime) -> date:
    """The day on the clock in London."""
    return value.astimezone(LONDON).date()


def short_day(value: date | datetime | None) -> str:
    """3 April: where the year is plain from what stands around it."""
    if value is None:
        return NOT_KNOWN
    value = _local(value)
    return f"{value.day} {value:%B}"


def week_day(value: date | datetime) -> str:
    """Friday 14 June 2019"""
    return f"{_local(value):%A} {day(value)}"


def clock_time(value: datetime | time) -> str:
    """9:30"""
    value = _local(value) if isinstance(value, datetime) else value
    return f"{value.hour}:{value.minute:02d}"


def moment(value: datetime | None) -> str:
    """14 June 2019 at 9:30"""
    return NOT_KNOWN if value is None else f"{day(value)} at {clock_time(value)}"


def money(value: Decimal | int | None) -> str:
    """£1,234, or £1,234.50 where there are pence; −£750 below zero."""
    if value is None:
        return NOT_KNOWN
    amount = Decimal(value)
    pounds = f"{abs(amount):,.0f}" if amount == amount.to_integral_value() else f"{abs(amount):,.2f}"
    return f"{'−' if amount < 0 else ''}£{pounds}"


def hours(value: Decimal | float | int | None) -> str:
    """15.5, or 16 for whole hours"""
    if value is None:
        return NOT_KNOWN
    text = f"{Decimal(str(value)):.2f}"
    return text.rstrip("0").rstrip(".")


def count(number: int, one: str, many: str = "") -> str:
    """1 person, 2 people, 1,200 jobs"""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def away_words(days: tuple[date, date] | None, today: date) -> str:
    """ ", away until 21 June 2019" after a name, or from which day where that is to come; nothing of who is there."""
    if days is None:
        return ""
    first, last = days
    return f", away until {day(last)}" if first <= today else f", away from {day(first)} to {day(last)}"


def nth(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th, 21st"""
    teens = number % 100 in (11, 12, 13)
    return f"{number:,}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def mid_sentence(words: str) -> str:
    """Words as they stand inside a sentence: "job type", but "GP practice"."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def initials(name: str) -> str:
    """LM for Leah Morgan"""
    words = [word for word in name.split() if word[0].isalpha()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


def phone(value: str) -> str:
    """01632 960147 as people write it, from any way it was kept."""
    import phonenumbers

    try:
        parsed = phonenumbers.parse(value, "GB")
    except phonenumbers.NumberParseException:
        return value
    if parsed.country_code == 44:
        return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _local(value: Any) -> Any:
    return value.astimezone(LONDON) if isinstance(value, datetime) and value.tzinfo else value

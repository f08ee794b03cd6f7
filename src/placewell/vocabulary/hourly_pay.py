"""What pay by the week, month or year comes to an hour. Source: 002 §17.9 xiii ("or equivalent")."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType

WEEKS_IN_A_YEAR = Decimal(52)
PERIODS = MappingProxyType({"hour": "an hour", "week": "a week", "month": "a month", "year": "a year"})
"""How often pay is told, in words; a year is 52 weeks, a month a twelfth of it."""

_A_YEAR = MappingProxyType({"week": WEEKS_IN_A_YEAR, "month": Decimal(12), "year": Decimal(1)})
PENNY = Decimal("0.01")


def hourly_pay(amount: Decimal, period: str, weekly_hours: Decimal | None) -> Decimal | None:
    """Pounds an hour, to the penny; None where the hours of a week are not known, or none are worked.

    `period` is a key of PERIODS; KeyError for another.
    """
    if period == "hour":
        return amount
    a_year = amount * _A_YEAR[period]
    if not weekly_hours or weekly_hours < 0:
        return None
    return (a_year / (WEEKS_IN_A_YEAR * weekly_hours)).quantize(PENNY, ROUND_HALF_UP)

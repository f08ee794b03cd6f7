"""Pay by the week, month or year as pay an hour."""

from decimal import Decimal

import pytest

from placewell.vocabulary import PERIODS, hourly_pay


@pytest.mark.parametrize(
    ("amount", "period", "hours", "an_hour"),
    [
        ("8.65", "hour", None, "8.65"),
        ("8.65", "hour", "20", "8.65"),
        ("200", "week", "20", "10.00"),
        ("173", "week", "20", "8.65"),
        ("866.67", "month", "20", "10.00"),
        ("10400", "year", "20", "10.00"),
        ("18000", "year", "37.5", "9.23"),  # 9.2307…
        ("100", "week", "16", "6.25"),
        ("0.05", "week", "10", "0.01"),  # half a penny goes up
        ("0", "week", "10", "0.00"),
        ("200", "week", None, None),
        ("200", "week", "0", None),
        ("200", "month", "-1", None),
    ],
)
def test_what_it_comes_to(amount: str, period: str, hours: str | None, an_hour: str | None) -> None:
    found = hourly_pay(Decimal(amount), period, Decimal(hours) if hours else None)
    assert found == (Decimal(an_hour) if an_hour else None)


def test_every_period_has_a_meaning() -> None:
    assert all(hourly_pay(Decimal(100), period, Decimal(10)) for period in PERIODS)
    with pytest.raises(KeyError):
        hourly_pay(Decimal(100), "fortnight", Decimal(10))

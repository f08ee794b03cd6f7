"""The minimum wage by age and day, with the days on which rates and ages changed."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from placewell.periods import age_on
from placewell.vocabulary import minimum_wage
from placewell.vocabulary.minimum_wage import least_pay, rates


@pytest.mark.parametrize(
    ("born", "day", "pounds"),
    [
        ("1990-01-01", "2014-09-30", None),
        ("1990-01-01", "2014-10-01", "6.50"),
        ("1990-01-01", "2016-03-31", "6.70"),
        ("1990-01-01", "2016-04-01", "7.20"),
        ("1993-05-10", "2018-05-09", "7.38"),  # the day before 25
        ("1993-05-10", "2018-05-10", "7.83"),  # 25: the living wage
        ("1998-06-01", "2019-05-31", "6.15"),
        ("1998-06-01", "2019-06-01", "7.70"),
        ("2001-06-01", "2019-05-31", "4.35"),
        ("2001-06-01", "2019-06-01", "6.15"),
        ("2003-06-01", "2019-06-01", "4.35"),
        ("2003-06-15", "2019-06-14", None),  # under 16
        ("1998-04-01", "2021-04-01", "8.91"),  # 23 from April 2021
        ("1998-04-02", "2021-04-01", "8.36"),
        ("2000-04-01", "2023-04-01", "10.42"),
        ("2001-04-01", "2023-04-01", "10.18"),
        ("2003-04-01", "2024-04-01", "11.44"),  # 21 from April 2024
        ("2003-04-02", "2024-04-01", "8.60"),
        ("1960-01-01", "2026-11-22", "12.71"),
    ],
)
def test_rates_by_age_and_day(born: str, day: str, pounds: str | None) -> None:
    expected = None if pounds is None else Decimal(pounds)
    assert minimum_wage(age_on(date.fromisoformat(born), date.fromisoformat(day)), date.fromisoformat(day)) == expected


@pytest.mark.parametrize(("day", "pounds"), [("2018-05-01", "3.70"), ("2024-05-01", "6.40")])
def test_apprentices(day: str, pounds: str) -> None:
    assert minimum_wage(30, date.fromisoformat(day), apprentice=True) == Decimal(pounds)


def test_rates_only_rise_and_older_people_never_have_less() -> None:
    table = rates()
    for column in ("living_wage", "age_18_20", "age_16_17", "apprentice"):
        known = table[column].drop_nulls()
        assert (known.diff().drop_nulls() >= 0).all()
    assert (table["age_18_20"] >= table["age_16_17"]).all()
    assert (table["age_21_and_over"] >= table["age_18_20"]).drop_nulls().all()


@pytest.mark.parametrize("day", ["2016-04-01", "2019-04-01", "2024-04-01"])
def test_one_person_and_many_agree(day: str) -> None:
    on = date.fromisoformat(day)
    ages = pl.DataFrame({"age": list(range(14, 70)), "from": [on] * 56})
    many = ages.join(rates(), on="from").select(least_pay(pl.col("age"), pl.lit(False)))
    one = [minimum_wage(age, on) for age in range(14, 70)]
    assert many.to_series().to_list() == one

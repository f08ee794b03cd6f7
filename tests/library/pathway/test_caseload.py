"""Caseload limits: by the year of the service, weighted by the share of full time."""

from datetime import date
from decimal import Decimal

import pytest
from tests.library.specification.small import FILES, small

from placewell.errors import UserError
from placewell.pathway import caseload_limit, full_time_limit, service_year
from placewell.specification import load

LIMITS = """
[[caseload_limit]]
id = "flat"
service_year = 2
usual_from = 10
usual_to = 12
maximum = 12
fte_weighted = false
clause = "009 §4"
"""


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2017, 10, 1), 1),
        (date(2018, 9, 30), 1),
        (date(2018, 10, 1), 2),
        (date(2020, 3, 31), 3),
        (date(2017, 5, 1), 1),
    ],
)
def test_the_year_of_the_service(day, year):
    assert service_year(load("thrive_into_work"), day) == year


@pytest.mark.parametrize(
    ("day", "usual", "maximum"),
    [
        (date(2017, 10, 1), (25, 30), 30),
        (date(2018, 9, 30), (25, 30), 30),
        (date(2018, 10, 1), (30, 35), 35),
        (date(2020, 3, 31), (30, 35), 35),
    ],
)
def test_the_limit_of_full_time(day, usual, maximum):
    limit = full_time_limit(load("thrive_into_work"), day)
    assert ((limit.usual_from, limit.usual_to), limit.maximum) == (usual, maximum)


@pytest.mark.parametrize(
    ("day", "fte", "cases"),
    [
        (date(2018, 1, 1), 1, 30),
        (date(2018, 1, 1), Decimal("0.5"), 15),
        (date(2018, 1, 1), Decimal("0.6"), 18),
        (date(2019, 1, 1), Decimal("0.5"), 17),
        (date(2019, 1, 1), Decimal("0.8"), 28),
        (date(2019, 1, 1), 0, 0),
        (date(2019, 1, 1), None, 0),
    ],
)
def test_the_limit_of_a_specialist(day, fte, cases):
    assert caseload_limit(load("thrive_into_work"), day, fte) == cases


def test_a_limit_that_is_not_weighted_and_years_before_the_first_entry(tmp_path):
    spec = small(tmp_path, pathway=FILES["pathway"] + LIMITS)
    assert caseload_limit(spec, date(2018, 6, 1), Decimal("0.5")) == 12
    assert caseload_limit(spec, date(2024, 6, 1), 1) == 12


def test_without_a_limit_it_is_said_what_to_add(tmp_path):
    with pytest.raises(UserError, match="caseload_limit: add one"):
        full_time_limit(small(tmp_path), date(2018, 6, 1))


@pytest.mark.parametrize("fte", [1, Decimal("0.5"), None])
def test_a_service_can_set_no_limit(tmp_path, fte):
    assert caseload_limit(small(tmp_path), date(2018, 6, 1), fte) is None
    assert caseload_limit(load("dorset_work_matters"), date(2019, 6, 1), fte) is None

"""The demo plays inside the contract, whatever service it shows."""

from __future__ import annotations

import pytest

from placewell_web.config import demo_day


@pytest.mark.parametrize(
    ("service", "day"),
    [
        ("thrive_into_work", "2019-06-14"),
        ("dorset_work_matters", "2019-06-14"),
        ("nottingham_health_employment", "2019-06-14"),
        ("ips_grow", "2019-06-14"),
        ("workwise", "2013-03-15"),  # its contract ended on 31 March 2013: 001 header
        ("no_such_service", "2019-06-14"),
        ("/no/such/folder", "2019-06-14"),
    ],
)
def test_the_day_of_a_service(service: str, day: str) -> None:
    assert demo_day.usual(service) == day

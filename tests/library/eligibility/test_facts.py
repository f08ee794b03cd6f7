"""Facts of screening that follow from the record."""

from datetime import date

import pytest

from placewell.eligibility import fact_values

DAY = date(2019, 6, 14)


@pytest.mark.parametrize(
    ("given", "facts"),
    [
        ({}, {}),
        ({"birth_date": date(2001, 6, 14)}, {"age_years": 18.0}),
        ({"birth_date": date(2001, 6, 15)}, {"age_years": 17.0}),
        ({"last_worked_on": date(2019, 5, 17)}, {"weeks_out_of_work": 4.0}),
        ({"last_worked_on": date(2019, 5, 18)}, {"weeks_out_of_work": 3.0}),
        ({"last_worked_on": DAY}, {"weeks_out_of_work": 0.0}),
        ({"employment": "unemployed"}, {"in_work": False}),
        ({"employment": "long_term_sick"}, {"in_work": False}),
        ({"employment": "off_sick"}, {"in_work": True, "weeks_out_of_work": 0.0}),
        ({"employment": "self_employed"}, {"in_work": True, "weeks_out_of_work": 0.0}),
        ({"employment": "in_work", "last_worked_on": date(2010, 1, 1)}, {"in_work": True, "weeks_out_of_work": 0.0}),
        ({"employment": "not_known"}, {}),
        ({"employment": ""}, {}),
    ],
)
def test_what_follows_from_the_record(given, facts):
    assert fact_values(DAY, **given) == facts

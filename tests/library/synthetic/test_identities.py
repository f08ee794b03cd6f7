"""Nobody made up can be mistaken for a real person."""

import polars as pl
import pytest

from placewell.synthetic.dice import Dice
from placewell.synthetic.identities import people, valid_nhs_numbers
from placewell.synthetic.names import communities
from placewell.synthetic.places import PLACES, place_of
from placewell.vocabulary.code_lists import code_list

LOTS = ("wolverhampton", "dudley", "south_central_birmingham", "sandwell_west_birmingham")


@pytest.fixture(scope="module")
def crowd():
    return people(3000, LOTS, Dice(11, ("n",)))


def check_digit_holds(number):
    total = sum(int(digit) * (10 - place) for place, digit in enumerate(number[:9]))
    return (11 - total % 11) % 11 == int(number[9])


def test_nhs_numbers_are_of_the_test_range_valid_and_different(crowd):
    numbers = crowd["nhs_number"].to_list()
    assert all(number.startswith("999") and len(number) == 10 and check_digit_holds(number) for number in numbers)
    assert len(set(numbers)) == len(numbers)


def test_the_test_range_holds_enough_numbers_for_a_region():
    assert valid_nhs_numbers().len() > 900_000
    assert valid_nhs_numbers().n_unique() == valid_nhs_numbers().len()


@pytest.mark.parametrize(
    ("column", "pattern"),
    [
        ("phone", r"^(07700 900\d{3}|0121 496 0\d{3})$"),
        ("email", r"^[a-z]+\.[a-z]+\.\d+@example\.org$"),
        ("postcode", r"^(WV|DY|B)\d{1,2} \d[A-Z]{2}$"),
    ],
)
def test_ways_to_reach_them_lead_nowhere(crowd, column, pattern):
    assert crowd[column].drop_nulls().str.contains(pattern).all()


@pytest.mark.parametrize("column", ["gender", "ethnicity", "religion", "sexual_orientation", "education", "region"])
def test_person_items_are_codes_of_their_lists(crowd, column):
    assert set(crowd[column]) <= set(code_list(column).codes)


def test_everyone_is_of_working_age_when_the_service_begins(crowd):
    assert crowd["birth_date"].min().year >= 1954
    assert crowd["birth_date"].max().year <= 1999


def test_people_live_in_the_district_of_their_lot(crowd):
    for (lot,), rows in crowd.group_by("home"):
        assert set(rows["postcode_district"]) <= set(PLACES[lot].districts)


def test_names_are_of_many_communities():
    names = communities()
    assert sum(one.share for one in names) == 1000
    assert sum(len(one.surnames) for one in names) > 250
    assert len(names) >= 8


def test_a_lot_that_is_not_listed_has_a_place_of_its_own():
    one, other = place_of("bournemouth", 0), place_of("poole", 1)
    assert one.localities == ("bournemouth",)
    assert not set(one.practices) & set(other.practices)


def test_practices_of_the_lots_are_different():
    codes = pl.Series([code for place in PLACES.values() for code in place.practices])
    assert codes.n_unique() == codes.len()

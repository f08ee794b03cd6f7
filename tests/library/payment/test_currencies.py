"""Currencies of 004: activity planned and delivered in a contract year, and the price of a unit the block implies."""

from datetime import date
from decimal import Decimal

import pytest
from tests.factories import a_job, an_appointment, an_episode, dataset
from tests.library.payment.contracts import block_contract, outcome_contract

from placewell.payment.currencies import delivered, implied_price
from placewell.specification import load

SERVICE = "nottingham"


@pytest.fixture(scope="module")
def spec(tmp_path_factory):
    return block_contract(tmp_path_factory.mktemp("004"))


def client(name, entered, seen=(), first_day=None):
    """Someone who entered, was seen on some days, and perhaps began a job."""
    episode = an_episode(name, entered=entered, referred=entered, service_id=SERVICE, lot="north")
    facts = [fact for fact in episode if fact[0] == "episodes"]
    facts += [an_appointment(name, on) for on in seen]
    return facts + ([a_job(name, f"j-{name}", first_day=first_day)] if first_day else [])


DATA = dataset(
    client("a", "2016-08-03", ["2016-08-03", "2016-09-01"]),
    client("b", "2016-08-04", ["2016-08-04"]),
    client("c", "2017-06-01", ["2017-06-01", "2017-08-01"]),  # the second session falls in year 2
    client("d", "2016-10-01", ["2016-10-01"], first_day="2016-11-01"),
)

DELIVERED = {
    "2016-07-31": None,
    "2016-08-31": ("Y1", 0, 0),
    "2016-09-01": ("Y1", 1, 0),
    "2017-07-31": ("Y1", 1, 1),
    "2017-08-01": ("Y2", 1, 0),
    "2019-07-31": ("Y3", 0, 0),
    "2025-01-01": ("Y3", 0, 0),
}


@pytest.mark.parametrize(("as_at", "expected"), DELIVERED.items())
def test_what_was_delivered_in_the_contract_year(spec, as_at, expected):
    found = delivered(spec, DATA, date.fromisoformat(as_at))
    if expected is None:
        assert found == ()
        return
    assert [(each.id, each.planned) for each in found] == [("currency_1", 85), ("currency_2", 95)]
    assert (found[0].year.label, found[0].delivered, found[1].delivered) == expected


def test_of_one_lot(spec):
    assert [each.delivered for each in delivered(spec, DATA, date(2017, 7, 31), "north")] == [1, 1]


def test_the_price_of_a_planned_unit_is_implied_by_the_years_block(spec):
    price = implied_price(spec, date(2018, 3, 1))
    assert (price.year.label, price.block, price.planned) == ("Y2", Decimal("106333.00"), 180)
    assert price.amount == Decimal("590.74")  # 106,333 / 180 = 590.738…


@pytest.mark.parametrize(("yearly", "each"), [("90.90", "0.51"), ("91.80", "0.51"), ("0.90", "0.01"), ("0.89", "0.00")])
def test_half_a_penny_is_rounded_up(tmp_path, yearly, each):
    changed = block_contract(tmp_path, ("yearly_value = 106333", f"yearly_value = {yearly}"))
    assert implied_price(changed, date(2016, 8, 1)).amount == Decimal(each)


def test_without_currencies_or_before_the_contract_no_price_is_implied(tmp_path, spec):
    assert implied_price(outcome_contract(tmp_path), date(2019, 1, 1)) is None
    assert implied_price(load("ips_grow"), date(2019, 5, 1)) is None
    assert implied_price(spec, date(2016, 7, 31)) is None
    assert delivered(load("ips_grow"), DATA, date(2019, 5, 1)) == ()

"""What each client, person in work and outcome cost: the same days for both, exact pence, nobody twice."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from tests.factories import a_document, a_job, an_allocation, an_appointment, an_episode, dataset
from tests.library.payment.contracts import block_contract

from placewell.payment.spending import Item, Spending, recorded
from placewell.payment.unit_costs import unit_costs, wanted
from placewell.specification import load

SPEC = load("thrive_into_work")
AS_AT = date(2019, 8, 15)


def a_cost(month, amount, lot="dudley"):
    return "costs", {"service_id": "thrive_into_work", "lot": lot, "month": month, "line": "staff", "amount": amount}


def client(name, entered, lot="dudley", first_day=None, proved=None, person=None):
    facts = [an_episode(name, person or f"p-{name}", entered=entered, lot=lot), an_appointment(name, entered)]
    facts += [a_job(name, f"j-{name}", first_day=first_day, hours="20")] if first_day else []
    return facts + ([a_document(name, f"j-{name}", about=first_day, verified=proved)] if proved else [])


DATA = dataset(
    client("a", "2019-04-02", first_day="2019-05-01", proved="2019-05-20"),
    client("b", "2019-04-03", first_day="2019-07-31"),
    client("c", "2019-05-06", lot="wolverhampton", first_day="2019-08-01"),  # after the last whole month
    client("d", "2019-08-02"),
    client("again", "2019-07-01", lot="wolverhampton", first_day="2019-07-02", person="p-a"),
    client("control", "2019-03-01"),
    [an_episode("k", "p-k", referred="2019-02-01"), an_allocation("k", "2019-02-02", "control")],
    a_cost("2019-07-01", "1000.00"),
    a_cost("2019-07-01", "0.01", "wolverhampton"),
    a_cost("2019-08-01", "777"),
)


def spending(pounds, through=date(2019, 7, 31), missing=()):
    items = (Item(through or AS_AT, "all", Decimal(pounds)),) if pounds else ()
    return Spending("recorded", through, items, missing)


def told(found):
    return {cost.asked.id: (cost.people["person_id"].to_list(), cost.each) for cost in found}


def test_people_and_pounds_span_the_same_days():
    found = told(unit_costs(SPEC, DATA, [spending("1000.01")], AS_AT))
    assert found == {
        "clients": (["p-control", "p-a", "p-b", "p-c"], Decimal("250.00")),
        "met_once": (["p-control", "p-a", "p-b", "p-c"], Decimal("250.00")),
        "in_work": (["p-a", "p-b"], Decimal("500.01")),  # 500.005: half a penny up
        "proved_job_start": (["p-a"], Decimal("1000.01")),
        "six_weeks": ([], None),
        "sustained_26_weeks": ([], None),
    }


@pytest.mark.parametrize(
    ("lot", "clients", "in_work"),
    [("dudley", ["p-control", "p-a", "p-b"], ["p-a", "p-b"]), ("wolverhampton", ["p-c", "p-a"], ["p-a"])],
)
def test_of_one_lot_its_own_people(lot, clients, in_work):
    found = told(unit_costs(SPEC, DATA, [recorded(SPEC, DATA, AS_AT, lot)], AS_AT, lot))
    assert (found["clients"][0], found["in_work"][0]) == (clients, in_work)


def test_a_fact_dated_after_the_as_at_day_changes_nothing():
    """The same question before August's facts were there: they are in no answer of 31 July."""
    without = dataset(
        client("a", "2019-04-02", first_day="2019-05-01", proved="2019-05-20"),
        client("b", "2019-04-03", first_day="2019-07-31"),
        client("c", "2019-05-06", lot="wolverhampton"),
        client("again", "2019-07-01", lot="wolverhampton", first_day="2019-07-02", person="p-a"),
        client("control", "2019-03-01"),
    )
    day = date(2019, 7, 31)
    assert told(unit_costs(SPEC, DATA, [spending("5")], day)) == told(unit_costs(SPEC, without, [spending("5")], day))


UNKNOWN = {
    "nothing was spent": spending(None),
    "no month has ended": spending("5", None),
    "neither": spending(None, None),
}


@pytest.mark.parametrize("asked", UNKNOWN.values(), ids=UNKNOWN.keys())
def test_without_pounds_or_days_there_is_no_cost(asked):
    assert {cost.each for cost in unit_costs(SPEC, DATA, [asked], AS_AT)} == {None}


def test_missing_months_make_it_at_least():
    [first, *_] = unit_costs(SPEC, DATA, [spending("5", missing=("2019-05",))], AS_AT)
    assert (first.each, first.at_least) == (Decimal("1.25"), True)
    [whole, *_] = unit_costs(SPEC, DATA, [spending("5")], AS_AT)
    assert whole.at_least is False


def test_two_bases_to_two_days_count_each_to_its_own():
    early = replace(spending("10", date(2019, 4, 30)), basis="contract")
    found = unit_costs(SPEC, DATA, [spending("10"), early], AS_AT)
    people = {(cost.spending.basis, cost.asked.id): cost.people.height for cost in found}
    assert (people["recorded", "clients"], people["contract", "clients"]) == (4, 3)
    assert (people["recorded", "in_work"], people["contract", "in_work"]) == (2, 0)


def test_the_day_and_the_episode_of_everyone_are_told():
    in_work = next(cost for cost in unit_costs(SPEC, DATA, [spending("1")], AS_AT) if cost.asked.id == "in_work")
    assert in_work.people.rows() == [("p-a", "a", date(2019, 5, 1)), ("p-b", "b", date(2019, 7, 31))]


def test_where_nothing_is_named_it_is_told_for_key_outcomes_and_people_at_work():
    assert [asked.id for asked in wanted(load("ips_grow"))] == [
        "clients", "engaged", "people_placed", "sustained_13_weeks_16_and_over", "sustained_13_weeks_under_16",
        "sustained_26_weeks_16_and_over", "sustained_26_weeks_under_16",
        "sustained_52_weeks_16_and_over", "sustained_52_weeks_under_16",
    ]  # fmt: skip


def test_004_names_its_own(tmp_path):
    asked = wanted(block_contract(tmp_path))
    assert [(each.id, each.indicators) for each in asked] == [
        ("clients", ()),
        ("currency_unit", ("in_work_assessed", "out_of_work_assessed")),
        ("at_work_after_12_weeks", ("in_work_after_12_weeks", "returned_to_work_after_12_weeks")),
    ]


def test_whoever_two_indicators_count_is_counted_once(tmp_path):
    spec = block_contract(tmp_path)
    episode = [("episodes", {"episode_id": "e", "person_id": "p", "service_id": "nottingham",
                             "referred_on": "2016-08-01", "accepted_on": "2016-08-01"})]  # fmt: skip
    seen = [an_appointment("e", "2016-08-02"), an_appointment("e", "2016-09-02")]
    data = dataset(episode, seen, a_job("e", "j", first_day="2016-10-03"))
    found = unit_costs(spec, data, [spending("100", date(2016, 10, 31))], date(2016, 11, 1))
    unit = next(cost for cost in found if cost.asked.id == "currency_unit")
    assert (unit.people.rows(), unit.each) == ([("p", "e", date(2016, 9, 2))], Decimal("100.00"))

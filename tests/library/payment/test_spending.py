"""What a service cost up to a day: recorded, by contract, by budget; what is missing is told."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import polars as pl
import pytest

from placewell.dataset import Dataset
from placewell.payment.block import block_of
from placewell.payment.budget import budget_of, budgeted, share, spent
from placewell.payment.ledger import SCHEMA
from placewell.payment.spending import Item, Spending, contracted, recorded
from placewell.specification import load

SPEC = load("thrive_into_work")


def cost(month, amount, line="staff", lot="dudley", service="thrive_into_work"):
    return {"service_id": service, "lot": lot, "month": f"{month}-01", "line": line, "amount": amount}


def costs(*rows):
    return Dataset.from_rows({"costs": list(rows)})


THREE = costs(
    cost("2017-10", "100.10"),
    cost("2017-11", "200.20"),
    cost("2017-11", "0.005", line="stamps"),
    cost("2017-12", "300"),
    cost("2017-12", "50", lot=None),
    cost("2017-12", "9", lot="wolverhampton"),
    cost("2017-11", "1000", service="ips_grow"),
    cost("2017-10", "7", service=None),
)


@pytest.mark.parametrize(
    ("as_at", "through", "pounds"),
    [
        (date(2017, 10, 30), None, "0.00"),
        (date(2017, 10, 31), date(2017, 10, 31), "107.10"),
        (date(2017, 11, 29), date(2017, 10, 31), "107.10"),
        (date(2017, 11, 30), date(2017, 11, 30), "307.31"),  # 307.305: half a penny up
        (date(2017, 12, 31), date(2017, 12, 31), "666.31"),
    ],
)
def test_through_the_last_whole_month(as_at, through, pounds):
    found = recorded(SPEC, THREE, as_at)
    assert (found.through, str(found.pounds), found.missing) == (through, pounds, ())
    assert found.is_known is (through is not None)


def test_every_cost_stands_behind_the_sum_in_order():
    found = recorded(SPEC, THREE, date(2017, 11, 30))
    assert [(item.on, item.line, item.lot) for item in found.items] == [
        (date(2017, 10, 1), "staff", "dudley"),
        (date(2017, 10, 1), "staff", "dudley"),
        (date(2017, 11, 1), "staff", "dudley"),
        (date(2017, 11, 1), "stamps", "dudley"),
    ]


def test_of_one_lot_what_belongs_to_none_is_left_out_and_told():
    found = recorded(SPEC, THREE, date(2017, 12, 31), "wolverhampton")
    assert found.pounds == Decimal("9.00")
    assert found.missing == ("2017-10", "2017-11")
    assert found.note == (
        "1 cost that belongs to no lot is left out. No costs are recorded for October 2017, November 2017: "
        "what is told is the least it can be."
    )
    dudley = recorded(SPEC, THREE, date(2017, 12, 31), "dudley")
    assert (dudley.missing, dudley.note) == ((), "1 cost that belongs to no lot is left out.")


MISSING = {
    "one month": ([cost("2017-10", "1"), cost("2017-12", "1")], ("2017-11",), "recorded for November 2017: what"),
    "five months": (
        [cost("2018-03", "1")],
        ("2017-10", "2017-11", "2017-12", "2018-01", "2018-02"),
        "recorded for October 2017, November 2017, December 2017 and 2 more months: what",
    ),
    "all": ([], ("2017-10", "2017-11"), "No costs are recorded: fill the table costs, one row for each month"),
}


def test_several_shared_costs_are_told_in_the_plural():
    shared = costs(cost("2017-10", "1", lot=None), cost("2017-10", "2", lot=None), cost("2017-10", "3"))
    found = recorded(SPEC, shared, date(2017, 10, 31), "dudley")
    assert (found.pounds, found.note) == (Decimal("3.00"), "2 costs that belong to no lot are left out.")


@pytest.mark.parametrize(("rows", "missing", "words"), MISSING.values(), ids=MISSING.keys())
def test_months_without_costs_are_told(rows, missing, words):
    last = {1: date(2017, 12, 31), 5: date(2018, 3, 31), 2: date(2017, 11, 30)}[len(missing)]
    found = recorded(SPEC, costs(*rows), last)
    assert (found.missing, found.is_known) == (missing, bool(rows))
    assert words in found.note


def test_a_cost_without_line_or_amount_counts_nothing():
    found = recorded(SPEC, costs({"month": "2017-10-01"}, cost("2017-10", "5")), date(2017, 10, 31))
    assert (found.pounds, found.items[-1]) == (Decimal("5.00"), Item(date(2017, 10, 1), "staff", Decimal(5), "dudley"))


def line(on, amount, state="payable"):
    return {"person_id": "p1", "lot": "dudley", "line_on": on, "state": state, "amount": Decimal(amount)}


LINES = pl.DataFrame(
    [
        line(date(2018, 2, 1), "750"),
        line(date(2018, 3, 31), "750", "paid"),
        line(date(2018, 3, 31), "-750", "clawed_back"),
        line(date(2018, 3, 31), "0", "over_cap"),
        line(date(2018, 4, 1), "750"),
    ],
    schema=SCHEMA,
)


@pytest.mark.parametrize(
    ("as_at", "through", "pounds", "behind"),
    [
        (date(2017, 12, 30), None, "0.00", 0),
        (date(2017, 12, 31), date(2017, 12, 31), "612000.00", 1),
        (date(2018, 3, 31), date(2018, 3, 31), "1224750.00", 5),
        (date(2018, 6, 29), date(2018, 3, 31), "1224750.00", 5),
        (date(2018, 6, 30), date(2018, 6, 30), "1837500.00", 7),
    ],
)
def test_the_contract_pays_blocks_that_have_ended_and_lines_up_to_then(as_at, through, pounds, behind):
    found = contracted(block_of(SPEC), LINES, as_at)
    assert (found.through, str(found.pounds), len(found.items)) == (through, pounds, behind)
    assert found.note == ("" if through else "No period of the block has ended.")


@dataclass(frozen=True)
class WithBudget:
    """A service with a budget of three lines over the contract of 002's days: what budget.toml holds."""

    budget: SimpleNamespace
    service: SimpleNamespace


def with_budget(*amounts, start=date(2012, 4, 1), end=date(2013, 3, 31)):
    lines = [SimpleNamespace(id=f"line_{n}", label=f"Line {n}", amount=Decimal(each)) for n, each in enumerate(amounts)]
    budget = SimpleNamespace(lines=lines, total=sum(each.amount for each in lines))
    return WithBudget(budget, SimpleNamespace(contract_start=start, contract_end=end))


WORKWISE = ("85920", "11000", "2000", "1500", "2000", "4780", "2500", "4870", "800", "10000")


@pytest.mark.parametrize(
    ("as_at", "through", "pounds"),
    [
        (date(2012, 4, 29), None, "0.00"),
        (date(2012, 4, 30), date(2012, 4, 30), "10447.50"),
        (date(2012, 9, 30), date(2012, 9, 30), "62685.00"),
        (date(2013, 3, 31), date(2013, 3, 31), "125370.00"),
        (date(2014, 1, 1), date(2013, 3, 31), "125370.00"),
    ],
)
def test_ten_lines_of_001_spread_over_its_twelve_months(as_at, through, pounds):
    found = budgeted(with_budget(*WORKWISE), as_at)
    assert (found.basis, found.through, str(found.pounds)) == ("budget", through, pounds)
    assert found.note == ("" if through else "No whole month of the contract has ended.")


@pytest.mark.parametrize("of_all", [1, 7, 12, 30])
@pytest.mark.parametrize("amount", ["0.01", "125370", "99.99"])
def test_all_months_make_the_sum_whole(amount, of_all):
    assert share(Decimal(amount), of_all, of_all) == Decimal(amount)


def test_each_line_beside_what_was_recorded_on_it():
    found = Spending("recorded", date(2012, 6, 30), (
        Item(date(2012, 4, 1), "line_1", Decimal("10.004")),
        Item(date(2012, 5, 1), "line_1", Decimal("10.004")),
        Item(date(2012, 5, 1), "cake", Decimal(3)),
    ))  # fmt: skip
    told = spent(with_budget("1200", "100"), found, date(2012, 7, 15))
    assert [(each.id, each.label, str(each.planned), str(each.planned_to_date), str(each.spent)) for each in told] == [
        ("line_0", "Line 0", "1200.00", "300.00", "0.00"),
        ("line_1", "Line 1", "100.00", "25.00", "20.01"),
        ("cake", "Not in the budget", "0.00", "0.00", "3.00"),
    ]


def test_a_service_without_a_budget():
    assert (budget_of(SPEC), budgeted(SPEC, date(2019, 1, 1))) == (None, None)
    assert spent(SPEC, Spending("recorded", None, ()), date(2019, 1, 1)) == ()

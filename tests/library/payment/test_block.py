"""Block payments: which sum is due on which day; every table adds up to the penny."""

from datetime import date
from decimal import Decimal

import pytest
from tests.library.payment.contracts import block_contract, outcome_contract

from placewell.payment.block import block_of, next_due, split
from placewell.specification import load

THRIVE = load("thrive_into_work")


def pounds(text):
    return Decimal(text)


@pytest.mark.parametrize(
    ("total", "parts", "remainder_to", "expected"),
    [
        ("100", 4, "last", ["25.00"] * 4),
        ("100", 3, "last", ["33.33", "33.33", "33.34"]),
        ("100", 3, "first", ["33.34", "33.33", "33.33"]),
        ("0.05", 3, "last", ["0.01", "0.01", "0.03"]),
        ("0.02", 3, "first", ["0.02", "0.00", "0.00"]),
        ("319000", 12, "last", ["26583.33"] * 11 + ["26583.37"]),
        ("0", 2, "last", ["0.00", "0.00"]),
        ("7.5", 1, "last", ["7.50"]),
    ],
)
def test_equal_whole_pence_and_the_rest_in_one_part(total, parts, remainder_to, expected):
    assert list(split(pounds(total), parts, remainder_to)) == [pounds(each) for each in expected]


@pytest.mark.parametrize("parts", range(1, 41))
@pytest.mark.parametrize("remainder_to", ["first", "last"])
def test_every_split_adds_up_exactly(parts, remainder_to):
    for total in ("0.01", "1", "6120000", "99999.99", "125370", "106333"):
        assert sum(split(pounds(total), parts, remainder_to)) == pounds(total)


def test_002_pays_ten_quarters_in_arrears():
    block = block_of(THRIVE)
    assert [(each.period.label, each.amount, each.due_on) for each in block.instalments] == [
        ("Y1Q1", pounds("612000.00"), date(2018, 1, 1)),
        ("Y1Q2", pounds("612000.00"), date(2018, 4, 1)),
        ("Y1Q3", pounds("612000.00"), date(2018, 7, 1)),
        ("Y1Q4", pounds("612000.00"), date(2018, 10, 1)),
        ("Y2Q1", pounds("612000.00"), date(2019, 1, 1)),
        ("Y2Q2", pounds("612000.00"), date(2019, 4, 1)),
        ("Y2Q3", pounds("612000.00"), date(2019, 7, 1)),
        ("Y2Q4", pounds("612000.00"), date(2019, 10, 1)),
        ("Y3Q1", pounds("612000.00"), date(2020, 1, 1)),
        ("Y3Q2", pounds("612000.00"), date(2020, 4, 1)),
    ]
    assert (block.value, block.scheduled, block.difference) == (pounds("6120000.00"), pounds("6120000.00"), 0)


@pytest.mark.parametrize(
    ("as_at", "count", "following"),
    [
        (date(2017, 10, 1), 0, date(2018, 1, 1)),
        (date(2017, 12, 31), 0, date(2018, 1, 1)),
        (date(2018, 1, 1), 1, date(2018, 4, 1)),
        (date(2020, 3, 31), 9, date(2020, 4, 1)),
        (date(2020, 4, 1), 10, None),
    ],
)
def test_what_is_due_by_a_day(as_at, count, following):
    block = block_of(THRIVE)
    assert len(block.due(as_at)) == count
    upcoming = next_due(block, as_at)
    assert (upcoming.due_on if upcoming else None) == following


def test_004_pays_its_yearly_sum_and_keeps_the_odd_pound_of_its_total(tmp_path):
    block = block_of(block_contract(tmp_path))
    assert [each.amount for each in block.instalments] == [pounds("26583.25")] * 12
    assert (block.instalments[0].due_on, block.instalments[-1].due_on) == (date(2016, 11, 1), date(2019, 8, 1))
    assert (block.value, block.scheduled, block.difference) == (
        pounds("319000.00"), pounds("318999.00"), pounds("1.00"),
    )  # fmt: skip
    assert "£318,999, a pound less" in block.note


def test_pence_of_a_year_that_do_not_divide_go_to_its_last_quarter(tmp_path):
    changes = ("yearly_value = 106333", "yearly_value = 106333.01"), ("contract_value = 319000", "contract_value = 1")
    block = block_of(block_contract(tmp_path, *changes))
    assert [each.amount for each in block.instalments[:4]] == [pounds("26583.25")] * 3 + [pounds("26583.26")]
    assert block.scheduled == pounds("318999.03")


PERIODS = {
    "month": (36, "2018-04", "25000.00", date(2018, 5, 1)),
    "quarter": (12, "Y1Q1", "75000.00", date(2018, 7, 1)),
    "year": (3, "Y1", "300000.00", date(2019, 4, 1)),
}


@pytest.mark.parametrize("every", PERIODS)
def test_by_month_quarter_or_year(tmp_path, every):
    count, label, amount, due_on = PERIODS[every]
    block = block_of(outcome_contract(tmp_path, ('every = "quarter"', f'every = "{every}"')))
    first = block.instalments[0]
    assert len(block.instalments) == count
    assert (first.period.label, first.amount, first.due_on) == (label, pounds(amount), due_on)
    assert block.scheduled == pounds("900000.00")


def test_in_advance_it_is_due_on_the_first_day(tmp_path):
    block = block_of(outcome_contract(tmp_path, ("in_arrears = true", "in_arrears = false")))
    assert [each.due_on for each in block.instalments[:2]] == [date(2018, 4, 1), date(2018, 7, 1)]


SUM = """
[[block_sum]]
id = "{id}"
year = {year}
amount = {amount}
{lot}
clause = "009 §8"
"""


def test_sums_by_year_and_lot_each_spread_over_its_own_quarters(tmp_path):
    sums = [
        SUM.format(id="one", year=1, amount=100.01, lot='lot = "north"'),
        SUM.format(id="two", year=2, amount=899_899.99, lot=""),
    ]
    block = block_of(
        outcome_contract(tmp_path, ('clause = "009 §8"\n\n[outcome', f'clause = "009 §8"\n{"".join(sums)}\n[outcome'))
    )
    told = [(each.period.label, each.lot, each.amount) for each in block.instalments]
    assert told[:4] == [
        ("Y1Q1", "north", pounds("25.00")),
        ("Y1Q2", "north", pounds("25.00")),
        ("Y1Q3", "north", pounds("25.00")),
        ("Y1Q4", "north", pounds("25.01")),
    ]
    assert [label for label, _, _ in told[4:]] == ["Y2Q1", "Y2Q2", "Y2Q3", "Y2Q4"]
    assert (block.scheduled, block.difference) == (pounds("900000.00"), 0)
    assert block.of_lot("north").scheduled == pounds("100.01")
    assert block.of_lot(None) is block


def test_a_block_not_stated_by_lot_has_no_part_in_one():
    assert block_of(THRIVE).of_lot("dudley").instalments == ()


def test_without_payment_there_is_no_block():
    assert block_of(load("ips_grow")) is None

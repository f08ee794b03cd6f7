"""Invoices by contract quarter: block, outcomes verified, what is taken back; they add up to ledger and block."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from placewell.payment.block import block_of
from placewell.payment.invoices import invoices, pounds
from placewell.payment.ledger import SCHEMA
from placewell.specification import load

SPEC = load("thrive_into_work")
BLOCK = block_of(SPEC)
NO_LINES = pl.DataFrame(schema=SCHEMA)


def line(quarter, state, amount):
    return {"person_id": "p", "quarter": quarter, "state": state, "amount": Decimal(amount)}


LINES = pl.DataFrame(
    [
        line("Y1Q1", "paid", "750.00"),
        line("Y1Q1", "payable", "750.00"),
        line("Y1Q1", "over_cap", "0.00"),
        line("Y1Q3", "clawed_back", "-750.00"),
        line("Y1Q3", "payable", "750.50"),
        line(None, "payable", "750.00"),
    ],
    schema=SCHEMA,
)


def told(lines, as_at, block=BLOCK):
    found = invoices(SPEC, block, lines, as_at)
    return [(one.quarter.label, one.block, one.lines, one.outcomes, one.clawed_back, one.total) for one in found]


def test_each_quarter_up_to_the_day_the_running_one_too():
    block = Decimal("612000.00")
    assert told(LINES, date(2018, 4, 1)) == [
        ("Y1Q1", block, 2, Decimal("1500.00"), Decimal("0.00"), Decimal("613500.00")),
        ("Y1Q2", block, 0, Decimal("0.00"), Decimal("0.00"), block),
        ("Y1Q3", block, 1, Decimal("750.50"), Decimal("-750.00"), Decimal("612000.50")),
    ]


@pytest.mark.parametrize(
    ("as_at", "count"), [(date(2017, 9, 30), 0), (date(2017, 10, 1), 1), (date(2017, 12, 31), 1), (date(2018, 1, 1), 2)]
)
def test_none_before_the_contract(as_at, count):
    assert len(told(NO_LINES, as_at)) == count


def test_an_invoice_is_due_on_the_first_day_after_its_quarter():
    assert [each.due_on for each in invoices(SPEC, BLOCK, NO_LINES, date(2018, 2, 1))] == [
        date(2018, 1, 1),
        date(2018, 4, 1),
    ]


def test_after_the_contract_only_quarters_in_which_something_falls():
    late = pl.DataFrame([line("Y3Q4", "payable", "750.00")], schema=SCHEMA)
    labels = [each[0] for each in told(late, date(2020, 12, 31))]
    assert labels[-2:] == ["Y3Q2", "Y3Q4"]  # the contract's last, then the one with a line; Y3Q3 and Y4Q1 are empty


def test_a_quarter_after_the_contract_whose_lines_even_out_is_still_told():
    rows = [line("Y3Q4", "payable", "750.00"), line("Y3Q4", "clawed_back", "-750.00")]
    assert told(pl.DataFrame(rows, schema=SCHEMA), date(2020, 12, 31))[-1][5] == Decimal("0.00")


def test_together_they_are_the_block_and_the_ledger():
    in_quarters = LINES.filter(pl.col("quarter").is_not_null())
    found = invoices(SPEC, BLOCK, in_quarters, date(2020, 6, 30))
    assert sum(each.total for each in found) == BLOCK.scheduled + pounds(in_quarters)


def test_of_a_lot_that_has_no_block_of_its_own():
    assert told(LINES, date(2018, 1, 1), BLOCK.of_lot("dudley"))[0][1:] == (
        Decimal("0.00"), 2, Decimal("1500.00"), Decimal("0.00"), Decimal("1500.00"),
    )  # fmt: skip


def test_pounds_of_no_lines():
    assert str(pounds(NO_LINES)) == "0.00"

"""The budget in a return: planned, spent in the period and so far, to the penny."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from tests.factories import dataset
from tests.library.reports.workbooks import Book, values

from placewell.periods import parse_period
from placewell.reports import report_object, to_html, to_xlsx
from placewell.reports.budget import budget
from placewell.reports.rows import COLUMNS, flat_rows
from placewell.specification import load

SPEC = load("workwise")
STARTS = SPEC.service.first_quarter_starts


def a_cost(month, line, amount, service="workwise"):
    return "costs", {"service_id": service, "month": month, "line": line, "amount": amount}


COSTS = (
    a_cost("2012-04-01", "travel", "0.10"),
    a_cost("2012-05-01", "travel", "0.20", service=None),
    a_cost("2012-07-01", "travel", "1000.01"),
    a_cost("2012-09-01", "co_ordinators", "7160"),
    a_cost("2012-10-01", "travel", "5"),
    a_cost("2012-03-01", "travel", "7"),
    a_cost("2012-07-01", "travel", "9", service="ips_grow"),
    a_cost("2012-08-01", "co_ordinators", None),
)


def spent(*more, period="Y1Q2", as_at=None):
    asked = parse_period(period, STARTS)
    found = budget(SPEC, dataset(*COSTS, *more), asked, as_at or asked.last_day)
    return {line["id"]: line for line in (*found["lines"], found["total"])}


@pytest.mark.parametrize(
    ("period", "as_at", "travel", "total"),
    [
        ("Y1Q1", None, ("0.30", "0.30"), ("0.30", "0.30")),
        ("Y1Q2", None, ("1000.01", "1000.31"), ("8160.01", "8160.31")),
        ("Y1Q2", date(2012, 8, 31), ("1000.01", "1000.31"), ("1000.01", "1000.31")),
        ("Y1Q3", None, ("5.00", "1005.31"), ("5.00", "8165.31")),
        ("Y1", None, ("1005.31", "1005.31"), ("8165.31", "8165.31")),
    ],
)
def test_what_was_spent_in_the_period_and_so_far(period, as_at, travel, total):
    lines = spent(period=period, as_at=as_at)
    assert (lines["travel"]["spent"], lines["travel"]["to_date"]) == travel
    assert (lines["total"]["spent"], lines["total"]["to_date"]) == total


def test_every_line_stands_there_in_order_with_its_plan():
    lines = spent()
    assert list(lines) == [*(line.id for line in SPEC.budget.lines), "total"]
    assert (lines["management_fee"]["planned"], lines["management_fee"]["spent"]) == ("10000.00", "0.00")
    assert lines["total"]["planned"] == "125370.00"


@pytest.mark.parametrize("line", ["biscuits", None])
def test_costs_of_no_line_of_the_budget_are_shown_apart(line):
    lines = spent(a_cost("2012-07-01", line, "3.33"))
    assert (lines["other"]["planned"], lines["other"]["spent"]) == (None, "3.33")
    assert lines["total"]["spent"] == "8163.34"


def test_the_lines_add_up_to_the_total():
    lines = spent(a_cost("2012-07-01", "biscuits", "3.33"))
    for name in ("spent", "to_date"):
        parts = [Decimal(line[name]) for id, line in lines.items() if id != "total"]
        assert sum(parts) == Decimal(lines["total"][name])


def the_report(spec=SPEC, lot=None):
    asked = parse_period("Y1Q2", STARTS)
    return report_object(spec, dataset(*COSTS), asked, asked.last_day, lot)


def test_a_service_without_a_budget_and_a_single_lot_have_none():
    assert "budget" not in the_report(lot="west_of_dorset")
    assert "budget" not in the_report(replace(SPEC, budget=None))
    assert budget(replace(SPEC, budget=None), dataset(), parse_period("Y1", STARTS), date(2013, 3, 31)) is None


def test_as_rows_of_the_flat_table():
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in flat_rows(the_report(), SPEC)]
    own = {row["key"]: row for row in rows if row["breakdown"] == "budget"}
    assert len(own) == 11
    travel = own["travel"]
    assert (travel["target"], travel["value"], travel["value_to_date"]) == (
        Decimal("11000.00"),
        Decimal("1000.01"),
        Decimal("1000.31"),
    )
    assert travel["unit"] == "pounds"


def test_on_the_page():
    text = to_html(the_report(), SPEC)
    assert '<a href="#budget">Budget</a>' in text
    assert '<th scope="row">Travel and communication</th><td class="n">£11,000.00</td>' in text
    assert "£125,370.00" in text
    assert 'id="budget"' not in to_html(the_report(replace(SPEC, budget=None)), replace(SPEC, budget=None))


def test_costs_of_no_line_have_no_plan_on_the_page():
    asked = parse_period("Y1Q2", STARTS)
    data = dataset(a_cost("2012-07-01", "biscuits", "3.33"))
    text = to_html(report_object(SPEC, data, asked, asked.last_day), SPEC)
    assert '<th scope="row">In no line of the budget</th><td class="n">–</td><td class="n">£3.33</td>' in text


def test_in_the_workbook():
    rows = Book(to_xlsx(the_report(), SPEC)).sheets["Budget"]
    by_name = {values(row)[0]: values(row)[1:] for row in rows if row}
    assert by_name["Travel and communication"] == [11000, 1000.01, 1000.31]
    assert by_name["Together"] == [125370, 8160.01, 8160.31]
    assert {cell.shown for row in rows[3:-1] for cell in row[1:]} == {"£#,##0.00"}
    assert "Budget" not in Book(to_xlsx(the_report(lot="west_of_dorset"), SPEC)).sheets

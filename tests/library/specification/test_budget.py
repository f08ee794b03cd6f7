"""budget.toml: lines to the penny that add up to the sum the document prints."""

from decimal import Decimal

import pytest
from tests.library.specification.small import problems, small, without_lines

BUDGET = """
title = "Cost of a year"
total = {total}
clause = "009 business case"

[[budget_line]]
id = "staff"
label = "Staff"
amount = {staff}
clause = "009 business case"

[[budget_line]]
id = "travel"
label = "Travel"
amount = {travel}
clause = "009 business case"
"""


@pytest.mark.parametrize(
    ("staff", "travel", "total"), [("85920", "11000", "96920"), ("0.10", "0.20", "0.30"), ("0", "0", "0")]
)
def test_lines_are_exact_pounds_and_pence(staff, travel, total, tmp_path):
    budget = small(tmp_path, budget=BUDGET.format(staff=staff, travel=travel, total=total)).budget
    assert [line.amount for line in budget.lines] == [Decimal(staff), Decimal(travel)]
    assert all(isinstance(line.amount, Decimal) for line in budget.lines)
    assert budget.total == sum(line.amount for line in budget.lines)


@pytest.mark.parametrize(
    ("staff", "travel", "total", "told"),
    [
        ("85920", "11000", "96921", "total is 96,921, but the lines add up to 96,920: correct one of them"),
        ("0.10", "0.20", "0.31", "total is 0.31, but the lines add up to 0.30"),
        ("0.101", "0", "0.101", "decimal places"),
        ("-1", "1", "0", "0"),
    ],
)
def test_what_does_not_add_up_is_refused(staff, travel, total, told, tmp_path):
    found = without_lines(problems(tmp_path, budget=BUDGET.format(staff=staff, travel=travel, total=total)))
    assert found
    assert all(problem.startswith("budget.toml: ") for problem in found)
    assert told in " ".join(found)


def test_a_budget_needs_a_line(tmp_path):
    assert problems(tmp_path, budget='title = "Cost"\ntotal = 0\nclause = "009 §8"\n')


def test_two_lines_of_one_name_are_refused(tmp_path):
    text = BUDGET.format(staff="1", travel="1", total="2").replace('id = "travel"', 'id = "staff"')
    (found,) = without_lines(problems(tmp_path, budget=text))
    assert "staff stands twice as version 1" in found


def test_a_service_need_not_have_one(tmp_path):
    assert small(tmp_path).budget is None

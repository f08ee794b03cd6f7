"""What a workbook's cells hold for the words of a page, and the lines of a matrix."""

import pytest

from placewell.reports.matrix_views import MatrixLine, MatrixTable
from placewell.reports.spoken import beside, matrix_lines, spoken
from placewell.reports.wording import Measured, Said, amount, of, resting_on

SHARE = Said("50% (1 of 2)", Measured(0.5, "proportion"), *of(1, 2).numbers)


@pytest.mark.parametrize(
    ("words", "cell"),
    [
        (amount(3, "people"), (3, "people")),
        (amount(0.5, "proportion"), (0.5, "proportion")),
        (SHARE, (0.5, "proportion")),
        (amount(None, "days"), "–"),
        ("", ""),
        ("3", "3"),
    ],
)
def test_words_that_know_their_number_become_it(words, cell):
    assert spoken(words) == cell


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ((amount(3, "people"), ""), []),
        ((amount(4.5, "days"), resting_on(7)), [("from", 7)]),
        ((SHARE,), [("counted", 1), ("of", 2)]),
        (("n/a", "small"), []),
    ],
)
def test_the_numbers_beside_the_main_one(cell, said):
    assert [(number.name, number.value) for number in beside(cell)] == said


def test_a_matrix_has_a_line_for_each_number_its_shares_rest_on():
    lines = (
        MatrixLine("1.1", "Joined", "001 table", False, (amount(3, "people"), "")),
        MatrixLine("1.2", "Take-up", "001 table", True, (SHARE, "")),
    )
    table = MatrixTable("q", "By quarter", (("Quarter 1", "Apr to Jun 2012"), ("D1", "D1, Dorset")), lines)
    assert [line.cells for line in matrix_lines(table)] == [
        ("By quarter", "Quarter 1, Apr to Jun 2012", "D1, Dorset"),
        ("1.1 Joined", (3, "people"), ""),
        ("1.2 of which: Take-up", (0.5, "proportion"), ""),
        ("1.2 of which: Take-up: counted", (1, ""), None),
        ("1.2 of which: Take-up: of", (2, ""), None),
    ]

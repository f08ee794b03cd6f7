"""A matrix in the workbook: a sheet of its own with widths of its own, named on the sheet of the return."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from tests.library.interchange.sheets import part
from tests.library.reports.services import made
from tests.library.reports.workbooks import Book, values, words

from placewell.reports import to_xlsx
from placewell.reports.layout import page_of
from placewell.reports.matrix_sheets import matrix_sheet, matrix_sheet_name

SHEETS = ["1. Performance reporting", "2. Reporting requirements", "3. Key performance indicators"]
A4_ON_ITS_SIDE = 145
"""Characters that go on it at the size they are written in, within a tenth."""


@pytest.fixture(scope="module")
def page():
    spec, report = made("workwise")
    return page_of(report, spec)


@pytest.fixture(scope="module")
def book():
    spec, report = made("workwise")
    return Book(to_xlsx(report, spec))


def sections(page):
    return [one for one in page.sections if one.matrix]


def test_each_matrix_has_its_sheet_after_the_return_and_the_return_names_it(book):
    assert list(book.sheets)[:5] == ["Return", *SHEETS, "Breakdowns"]
    told = [word for row in book.sheets["Return"] for word in words(row) if word and "quarters stand" in str(word)]
    assert told == [f"Its rows and quarters stand on the sheet “{name}”." for name in SHEETS]


def test_the_return_itself_holds_no_quarters(book):
    assert not [word for row in book.sheets["Return"] for word in words(row) if str(word).startswith("Quarter 1 ")]


@pytest.mark.parametrize("place", range(3))
def test_its_rows_are_the_matrix_with_the_clause_beside_the_last_quarter(book, page, place):
    section = sections(page)[place]
    title, lead, head, *rows = book.sheets[SHEETS[place]]
    assert words(title) == [f"{section.number}. {section.title}"]
    assert words(lead)[0].startswith("WorkWise, Year 2")
    assert [str(word)[:10].strip() for word in words(head)] == [
        "No.", "By quarter", "Quarter 1", "Quarter 2", "Quarter 3", "Quarter 4", "Clause",
    ]  # fmt: skip
    assert all(len(row) == 7 for row in rows)
    found = {(words(row)[0], words(row)[6]) for row in rows}
    assert found == {(line.number, line.clause) for line in section.matrix.quarters.lines}
    own = [row for row, before in zip(rows[1:], rows, strict=False) if words(row)[0] != words(before)[0]]
    assert len(own) + 1 == len(section.matrix.quarters.lines)


def test_a_count_is_a_number_there(book):
    rows = {words(row)[0]: values(row) for row in book.sheets[SHEETS[0]][3:]}
    assert rows["1.2"][1:3] == ["People actively supported by a co-ordinator", 14]


@pytest.mark.parametrize("place", [2, 3, 4])
def test_it_prints_on_a4_on_its_side_with_its_head_on_each_page_and_in_view(book, place):
    written = part(book.content, f"xl/worksheets/sheet{place}.xml")
    assert re.search(r'xSplit="2" ySplit="3"[^>]*state="frozen"', written)
    assert re.search(r'<pageSetup paperSize="9"[^>]*orientation="landscape"', written)
    assert f"'{SHEETS[place - 2]}'!$1:$3" in part(book.content, "xl/workbook.xml")


def test_its_widths_are_its_own_and_fill_the_page(page):
    for section in sections(page):
        sheet = matrix_sheet(section, section.matrix, "WorkWise")
        assert len(sheet.widths) == 7
        assert sheet.widths[1] > 40
        assert all(one == other for one, other in pairwise(sheet.widths[2:6]))
        assert sum(sheet.widths) <= A4_ON_ITS_SIDE


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Short", "1. Short"),
        ("Key performance indicators of the business case", "1. Key performance indicators"),
        ("In/out: who? [draft]", "1. In-out- who- -draft-"),
        ("x" * 40, f"1. {'x' * 28}"),
    ],
)
def test_a_long_title_ends_with_a_whole_word(page, title, name):
    assert matrix_sheet_name(replace(page.sections[0], title=title)) == name

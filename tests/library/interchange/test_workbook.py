"""Workbooks: what each cell is and how it is shown, what stays in view, how it prints, and the same bytes each time."""

import re
from datetime import date
from decimal import Decimal
from zipfile import ZipFile

import pytest
import xlsxwriter
from tests.library.interchange.sheets import BytesIO, filled_cells, links, part, rows_of, sheet_names, stored_cells

from placewell.errors import UserError
from placewell.interchange.workbook import About, Line, Quantity, Sheet, sheet_name, workbook_bytes

SHEET = "xl/worksheets/sheet1.xml"


def written(*lines, about=About(), **more):
    return workbook_bytes([Sheet("s", lines, **more)], about)


CELLS = [
    # cell, what is stored, how it is shown
    (Quantity(1240, "people"), ("n", "1240"), "#,##0"),
    (Quantity(0, "people"), ("n", "0"), "#,##0"),
    (Quantity(-3), ("n", "-3"), "#,##0"),
    (Quantity(5.0, "days"), ("n", "5"), "#,##0"),
    (Quantity(158.5, "days"), ("n", "158.5"), "#,##0.0"),
    (Quantity(1 / 3, "proportion"), ("n", "0.3333333333333333"), "0.0%"),
    (Quantity(0, "proportion"), ("n", "0"), "0.0%"),
    (Quantity(Decimal("750"), "pounds"), ("n", "750"), "£#,##0.00"),
    (Quantity(-2.5, "points"), ("n", "-2.5"), "+#,##0.0;-#,##0.0;0.0"),
    (7, ("n", "7"), "General"),
    (0.25, ("n", "0.25"), "General"),
    (Decimal("9.80"), ("n", "9.80"), "General"),
    (date(2019, 6, 30), ("n", "43646"), "d mmmm yyyy"),
    ("=1+1", ("s", "=1+1"), "General"),
    ("0123", ("s", "0123"), "General"),
    (Quantity(float("nan")), ("s", "nan"), "General"),
    (Quantity(float("-inf")), ("s", "-inf"), "General"),
]


@pytest.mark.parametrize(("cell", "stored", "shown"), CELLS)
def test_a_cell_is_what_it_is_and_is_shown_in_its_unit(cell, stored, shown):
    found = stored_cells(written(Line("row", (cell,))))["A1"]
    assert ((found.kind, found.value), found.shown, found.formula) == (stored, shown, False)
    assert found.quoted == (found.kind == "s")


def test_a_formula_and_a_link_would_be_seen():
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet("s")
    sheet.write_formula("A1", "=1+1", None, 2)
    sheet.write_url("A2", "http://example.org")
    book.close()
    assert stored_cells(file.getvalue())["A1"].formula
    assert links(file.getvalue()) == 1


LOOKS = ["title", "lead", "section", "table", "head", "row", "apart", "note", "aside", "box", "blank"]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "-1", "http://example.org", "mailto:a@b", "{=1}"])
def test_text_is_text_in_every_look(look, text):
    book = written(Line(look, (text, None, text)))
    cells = filled_cells(book)
    assert {(cell.kind, cell.value, cell.formula, cell.quoted) for cell in cells.values()} == {("s", text, False, True)}
    assert "<f>" not in part(book, SHEET)
    assert "hyperlink" not in part(book, SHEET)


@pytest.mark.parametrize(
    ("line", "place", "side"),
    [
        (Line("head", ("a", "b"), frozenset({1})), "A1", "left"),
        (Line("head", ("a", "b"), frozenset({1})), "B1", "right"),
        (Line("row", ("a", "–")), "B1", "right"),
        (Line("row", ("a", "b")), "B1", "left"),
        (Line("title", ("a",)), "A1", ""),
    ],
)
def test_words_over_and_among_numbers_stand_where_numbers_stand(line, place, side):
    assert stored_cells(written(line))[place].side == side


def test_a_section_is_coloured_to_the_widest_line_and_a_row_is_underlined_where_it_is_empty():
    book = written(Line("section", ("1. Jobs",)), Line("row", ("a", None, 1)), Line("aside", ("b", None)))
    assert [place for place in stored_cells(book) if place not in filled_cells(book)] == ["B1", "C1", "B2"]


LONG = "one two three four five six seven eight nine ten"


@pytest.mark.parametrize(
    ("line", "height"),
    [
        (Line("row", ("short",)), None),
        (Line("row", (LONG,)), "66.75"),
        (Line("row", ("short", LONG)), "28.5"),
        (Line("row", ("short", "x" * 45)), "28.5"),
        (Line("row", (12345678901234567890,)), None),
        (Line("aside", (LONG,)), None),
        (Line("title", ("short",)), "24"),
        (Line("section", ("short",)), "18"),
        (Line("blank"), None),
    ],
)
def test_a_line_is_as_high_as_its_words_need(line, height):
    xml = part(written(line, Line("row", ("last",)), widths=(10, 20)), SHEET)
    found = re.search(r'<row r="1"[^>]*?(?: ht="([0-9.]+)")[^>]*>', xml)
    assert (found and found[1]) == height


PRINTED = Sheet(
    "Figures & more",
    [Line("title", ("t",)), Line("head", ("a", "b")), Line("row", ("x", 1)), Line("row", ("y", 2))],
    widths=(30, 10),
    head=2,
    still=1,
    filtered=True,
)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (SHEET, '<pane xSplit="1" ySplit="2" topLeftCell="B3"'),
        (SHEET, 'state="frozen"'),
        (SHEET, '<pageSetup paperSize="9" fitToHeight="0" orientation="landscape"/>'),
        (SHEET, '<pageSetUpPr fitToPage="1"/>'),
        (SHEET, "&amp;L&amp;8 Smith &amp;&amp; Sons&amp;C&amp;8 2019&amp;R&amp;8 Page &amp;P of &amp;N"),
        (SHEET, '<autoFilter ref="A2:B4"/>'),
        (SHEET, 'numberStoredAsText="1"'),
        (SHEET, '<col min="1" max="1" width="30.7109375"'),
        ("xl/workbook.xml", "'Figures &amp; more'!$1:$2</definedName>"),
        ("docProps/core.xml", "<dc:title>A &lt; B</dc:title>"),
        ("docProps/core.xml", "<dc:subject>Service</dc:subject>"),
        ("docProps/core.xml", "2000-01-01T00:00:00Z"),
    ],
)
def test_what_stays_in_view_and_how_it_prints(name, words):
    assert words in part(workbook_bytes([PRINTED], About("A < B", "Service", ("Smith & Sons", "2019"))), name)


def test_a_foot_too_long_for_a_page_keeps_its_page_number():
    xml = part(written(Line("row", ("a",)), about=About(foot=("x" * 300, "y" * 300))), SHEET)
    foot = re.search("<oddFooter>(.*)</oddFooter>", xml)[1].replace("&amp;", "&")
    assert len(foot) <= 255
    assert foot.endswith("&R&8 Page &P of &N")


def test_a_filter_over_nothing_and_a_sheet_without_lines_are_whole():
    book = workbook_bytes([Sheet("a", [Line("head", ("x",))], filtered=True), Sheet("b", [])])
    assert (sheet_names(book), rows_of(book, 2)) == (["a", "b"], [])


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("Return", "Return"),
        ("a/b:c*[d]?\\", "a-b-c--d---"),
        ("'quoted'", "quoted"),
        ("x" * 40, "x" * 31),
        ("", "Sheet"),
    ],
)
def test_a_sheet_has_a_name_a_workbook_can_hold(name, given):
    assert sheet_name(name) == given


def test_the_same_sheets_give_the_same_bytes_and_no_moment_of_writing():
    made = [workbook_bytes([PRINTED], About("t")) for _ in range(2)]
    assert made[0] == made[1]
    with ZipFile(BytesIO(made[0])) as parts:
        assert {one.date_time for one in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_what_a_sheet_cannot_hold_is_refused(monkeypatch):
    with pytest.raises(UserError, match="Row 1 holds a text of 32,768 characters, too long for XLSX"):
        written(Line("row", ("x" * 32_768,)))
    monkeypatch.setattr("placewell.interchange.workbook.MOST_XLSX_ROWS", 2)
    with pytest.raises(UserError, match="at most 1 rows: take the CSV instead"):
        written(*[Line("row", (1,))] * 3)

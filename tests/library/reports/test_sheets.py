"""The workbook of a return: its sheets, that every number is a number and no text a formula, and the same bytes."""

import re

import pytest
from tests.library.interchange.sheets import part
from tests.library.reports.hostile import HOSTILE, hostile_report
from tests.library.reports.workbooks import Book, values, words

from placewell.reports import to_xlsx
from placewell.reports.breakdowns import BreakdownTable, TableRow
from placewell.reports.rows import COLUMNS, flat_rows
from placewell.reports.sheets import _plain, table_lines
from placewell.reports.wording import amount, of, resting_on

NAMES = ["Return", "Breakdowns", "Members", "Definitions", "About", "Data"]
CODES = {"No.", "number", "key", "label"}


@pytest.fixture(scope="module")
def book(report, spec):
    return Book(to_xlsx(report, spec))


def test_its_sheets_and_what_stands_in_view(book):
    assert list(book.sheets) == NAMES
    heads = [re.search(r'ySplit="([0-9]+)"', part(book.content, f"xl/worksheets/sheet{n}.xml"))[1] for n in range(1, 7)]
    assert heads == ["3", "2", "3", "3", "2", "1"]
    titles = re.findall(r"_xlnm.Print_Titles[^>]*>([^<]*)", part(book.content, "xl/workbook.xml"))
    assert dict(title.split("!") for title in titles) == {
        "Return": "$1:$3",
        "Breakdowns": "$1:$2",
        "Members": "$1:$3",
        "Definitions": "$1:$3",
        "About": "$1:$2",
        "Data": "$1:$1",
    }


HEAD = [
    "No.", "Indicator", "This period", "Unit", "Counted", "Out of, or from", "Not counted", "Not due yet",
    "Reached, waits for evidence or hours", "Of these, hours not known", "Counted by backup evidence",
    "Counted at exactly 16 hours", "Clause", "Notes",
]  # fmt: skip


def test_the_head_of_the_return(book):
    assert words(book.sheets["Return"][0]) == ["Quarterly Data Report: Thrive Into Work"]
    assert words(book.sheets["Return"][1])[0].endswith(
        "Lot: All lots. As at 30 June 2019. For West Midlands Combined Authority."
    )
    assert words(book.sheets["Return"][2]) == HEAD


FIGURES = [
    # number, what stands from "This period" on, how the first of it is shown
    ("1.1", [5, "people", 5, None, 0, 0, None, None, None, None, "002 App. 6"], "#,##0"),
    ("1.2", [1, "people", 1, None, 1, 0, 1, 1, 0, 0, "002 App. 6", "1 more waits for its hours"], "#,##0"),
    (
        "1.3",
        [2, "people", 2, None, 2, 0, 2, 1, 1, 1, "002 App. 6",
         "2 more wait: 1 for evidence, 1 for hours; 1 person proved by backup evidence; "
         "1 person at exactly 16 hours a week"],
        "#,##0",
    ),
    ("2.3", ["–", "median of days", None, 0, 0, 5, None, None, None, None, "002 §17.9 ii"], "General"),
    ("3.2", [0, "share", 0, 5, 5, 0, None, None, None, None, "002 §17.9 v"], "0.0%"),
    ("4.3", [28, "median of days", None, 5, 0, 0, None, None, None, None, "002 §17.9 viii"], "#,##0"),
]  # fmt: skip


@pytest.mark.parametrize(("number", "expected", "shown"), FIGURES, ids=[one[0] for one in FIGURES])
def test_a_figure_has_its_numbers_as_numbers(book, number, expected, shown):
    row = book.figure(number)
    assert values(row)[2:] == expected
    assert row[2].shown == shown


def test_targets_have_columns_only_where_there_are_any(book, report, spec):
    aimed = {**report, "indicators": [dict(figure) for figure in report["indicators"]]}
    aimed["indicators"][0].update(target=4, value_to_date=5, status="met")
    judged = Book(to_xlsx(aimed, spec))
    assert words(judged.sheets["Return"][2])[12:15] == ["Target", "Reached of it", "Where it stands"]
    assert values(judged.figure("1.1"))[12:15] == [4, 5, "1 above the line"]
    assert values(judged.figure("1.2"))[12:15] == [None, None, "No target in the contract"]


@pytest.mark.parametrize(
    "line",
    [
        "1. Key outcomes, with evidence",
        "Outcomes counted here at exactly 16 hours a week: 1.",
        "Outcomes proved by a backup document alone are marked.",
        "What explains the outcomes of this quarter?",
        "Nothing written yet.",
        "The figures themselves stand above, as 1.1, 1.2, 1.3, 1.6, 1.7.",
        "8. Running the service",
        "These figures monitor the contract; the evaluation is separate.",
        "The sheet Definitions says what each figure counts, with its clause and version.",
        "Clause of the return: 002 §16.3 i, §17.2-17.3, App. 6.",
        "Year 2 quarter 3, 1 April to 30 June 2019, as at 30 June 2019: only facts dated on or before that day.",
        "Specification: thrive_into_work, version 2017-05.1",
    ],
)
def test_what_the_return_says_beside_its_figures(book, line):
    assert any(line in words(row) for row in book.sheets["Return"])


def test_what_the_evaluator_holds_stands_with_what_they_need(book):
    held = words(book.figure("7.1"))
    assert held[2:12] == [None] * 10
    assert held[12:] == [
        "002 Fig. 2",
        "Held by the evaluator, who needs NHS number, ten digits, Code of the GP practice",
    ]


def test_a_breakdown_has_a_column_for_each_number_and_its_noughts(book):
    title, head, *rows = book.table("3. Profile and job search", "By lot")
    assert title == ["By lot (002 §1.5, §19)"]
    assert head == [
        "By lot", "3.1 Profile completed", "3.2 Applied in 4 weeks", "3.2 counted", "3.2 of",
        "3.3 Search in 30 days", "3.3 counted", "3.3 of", "3.4 Active caseload",
    ]  # fmt: skip
    assert rows == [
        ["Wolverhampton", 3, 0, 0, 3, 0, 0, 3, 0],
        ["Dudley", 2, 0, 0, 2, 0, 0, 2, 0],
        ["South and Central Birmingham", 0, "–", 0, 0, "–", 0, 0, 0],
        ["Sandwell and West Birmingham", 0, "–", 0, 0, "–", 0, 0, 0],
        ["Not known", 0, "–", 0, 0, "–", 0, 0, 0],
    ]


def test_a_table_of_any_kind_comes_out_with_its_numbers():
    """Rows of a matrix, say: quarters beside each other, cells with and without numbers."""
    rows = (
        TableRow("Poole", (("n/a", ""), (amount(0.5, "proportion"), of(1, 2)))),
        TableRow("Purbeck", ((amount(3, "people"), ""), (amount(4.5, "days"), resting_on(7)))),
    )
    table = BreakdownTable("m", "By locality", "001 §8", (("", "Quarter 1"), ("", "Quarter 2")), rows, "A note.", True)
    lines = [line.cells for line in table_lines(table)]
    assert lines == [
        (),
        ("By locality, continued (001 §8)",),
        ("A note.",),
        ("By locality", "Quarter 1", "Quarter 2", "counted", "of", "from"),
        ("Poole", "n/a", (0.5, "proportion"), (1, ""), (2, ""), None),
        ("Purbeck", (3, "people"), (4.5, "days"), None, None, (7, "")),
    ]


def test_members_and_definitions(book):
    assert values(book.figure("1.3", "Members"))[2:] == [2, 2, 0, 1]
    row = values(book.figure("1.3", "Definitions"))
    assert row[4:] == ["002 App. 6", 1, "job_start_16_and_over", "job_start", 1]
    assert row[3].endswith("Backup: declaration signed by the person.")


ABOUT = [
    ("Service", ["Thrive Into Work"]),
    ("First day", [43556]),
    ("Last day", [43646]),
    ("As at", [43646, None, "only facts dated on or before that day"]),
    ("Specification version", ["2017-05.1"]),
    ("At exactly 16 hours", [1, None, "outcomes counted in the upper band"]),
    ("Reached, not counted yet", [7, None, "evidence or hours are missing"]),
]


@pytest.mark.parametrize(("name", "said"), ABOUT)
def test_what_the_workbook_says_of_itself(book, name, said):
    assert values(next(row for row in book.sheets["About"] if words(row)[:1] == [name]))[1:] == said


def test_it_names_the_hashes_and_prints_them_on_each_page(book, report):
    said = {row[0].value: row[1].value for row in book.sheets["About"] if len(row) > 1}
    assert (said["Specification hash"], said["Data hash"]) == (report["specification"]["hash"], report["data"])
    for sheet in range(1, 7):
        xml = part(book.content, f"xl/worksheets/sheet{sheet}.xml")
        assert f"Specification {report['specification']['hash'][:8]}, data {report['data'][:8]}" in xml
        assert "as at 30 June 2019" in re.search("<oddFooter>(.*)</oddFooter>", xml)[1]


def test_a_fact_of_two_numbers_has_both(report, spec):
    aimed = {**report, "indicators": [dict(figure) for figure in report["indicators"]]}
    aimed["indicators"][0].update(target=4, value_to_date=5, status="met")
    rows = Book(to_xlsx(aimed, spec)).sheets["About"]
    fact = values(next(row for row in rows if words(row)[:1] == ["On or over the line"]))
    assert fact == ["On or over the line", 1, 1, "of these: key outcomes with a target"]


def test_the_data_are_those_of_the_csv(book, report, spec):
    head, *rows = book.sheets["Data"]
    assert words(head) == list(COLUMNS)
    expected = list(flat_rows(report, spec))
    assert len(rows) == len(expected)
    for row, wanted in zip(rows, expected, strict=True):
        found = [*values(row), *[None] * (len(COLUMNS) - len(row))]
        said = [str(cell).lower() if isinstance(cell, bool) else cell for cell in wanted]
        assert found == [None if cell == "" else cell for cell in said]


@pytest.mark.parametrize(("cell", "kept"), [(True, "true"), (False, "false"), (1, 1), ("x", "x"), (None, None)])
def test_true_and_false_are_words_as_libreoffice_keeps_formulas_for_them(cell, kept):
    assert _plain(cell) == kept


def looks_like_a_number(text):
    return bool(re.fullmatch(r"[−+£-]?[0-9][0-9,]*(\.[0-9]+)?%?|[0-9,.]+ of [0-9,.]+|from [0-9,.]+", text))


def test_every_number_is_a_number(book):
    """Text that reads as a number stands only under heads of numbering and codes."""
    for name, rows in book.sheets.items():
        head = next(words(row) for row in rows if len(row) > 3)
        for row in rows:
            for column, cell in enumerate(row):
                code = name != "Breakdowns" and column < len(head) and head[column] in CODES
                assert cell is None or cell.kind == "n" or code or not looks_like_a_number(cell.value), (name, row)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("12", True), ("−3", True), ("£9.80", True), ("61%", True), ("38 of 62", True), ("1,240", True), ("from 4", True),
     ("002 §16", False), ("2017-05.1", False), ("–", False), ("1. Jobs", False)],
)  # fmt: skip
def test_what_reads_as_a_number(text, is_one):
    assert looks_like_a_number(text) == is_one


@pytest.fixture(scope="module")
def hostile():
    spec, report = hostile_report()
    return Book(to_xlsx(report, spec))


def test_text_of_the_data_stays_text_and_nothing_is_a_formula_or_a_link(hostile):
    cells = [cell for rows in hostile.sheets.values() for row in rows for cell in row if cell]
    assert not any(cell.formula for cell in cells)
    assert all(cell.quoted for cell in cells if cell.kind == "s")
    assert {cell.kind for cell in cells} == {"s", "n"}
    for sheet in ("Breakdowns", "Data"):
        found = {cell.value for row in hostile.sheets[sheet] for cell in row if cell and cell.kind == "s"}
        assert set(HOSTILE) <= found
    for sheet in range(1, 7):
        xml = part(hostile.content, f"xl/worksheets/sheet{sheet}.xml")
        assert "<f>" not in xml and "<hyperlink" not in xml


def test_the_same_report_gives_the_same_bytes(book, report, spec):
    assert to_xlsx(report, spec) == book.content

"""CSV and XLSX for people: nothing becomes a formula, numbers stay numbers, the same content gives the same bytes."""

import csv
from datetime import date
from decimal import Decimal
from io import StringIO
from random import Random

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.library.interchange.sheets import links, stored_cells

from placewell.errors import UserError
from placewell.interchange.tabular import csv_bytes, csv_of_frame, csv_text, harmless, xlsx_bytes

STARTS = "=+-@\t\r\n\x00＝＋－＠"
ALPHABET = STARTS + "\x0b\x1b\u2028\ufeff\u200b'\";,_x£é日 aB019/()!|"
HOSTILE = st.builds(str.__add__, st.sampled_from(["", *STARTS, "'", "''", " "]), st.text(max_size=20))


def ten_thousand_strings() -> list[str]:
    dice = Random(20190614)
    made = ("".join(dice.choices(ALPHABET, k=dice.randrange(12))) for _ in range(10_000))
    return [dice.choice([*STARTS, "'", ""]) + text for text in made]


def read_back(text: str) -> list[list[str]]:
    return list(csv.reader(StringIO(text, newline="")))


@pytest.mark.parametrize("start", STARTS)
def test_each_start_of_a_formula_is_made_harmless(start: str) -> None:
    assert harmless(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("text", ["", "a", "O'Brien", "'tis", "1-2", "a=b", " =1", "£7", "0", "3 April 2018"])
def test_everything_else_is_left(text: str) -> None:
    assert harmless(text) == text


def test_ten_thousand_strings_in_a_csv_are_text_and_still_there() -> None:
    texts = ten_thousand_strings()
    cells = [row[1] for row in read_back(csv_text(["n", "text"], enumerate(texts)))[1:]]
    assert not [cell for cell in cells if cell[:1] in tuple(STARTS)]
    assert [cell if cell == text else cell.removeprefix("'") for cell, text in zip(cells, texts, strict=True)] == texts


def test_ten_thousand_strings_in_a_workbook_are_text_and_never_formulas() -> None:
    texts = ten_thousand_strings()
    cells = stored_cells(xlsx_bytes({"people": (["n", "text"], enumerate(texts))}))
    assert not [cell for cell in cells.values() if cell.formula]
    stored = {int(place[1:]) - 2: cell for place, cell in cells.items() if place[0] == "B" and place != "B1"}
    assert all((cell.kind, cell.quoted) == ("s", True) for cell in stored.values())
    assert [number for number, text in enumerate(texts) if text] == sorted(stored)
    assert sum(cells[f"A{number}"].kind == "n" for number in range(2, 10_002)) == 10_000


@given(HOSTILE)
def test_any_text_in_a_csv_is_text_and_still_there(text: str) -> None:
    cell = read_back(csv_text(["n", "text"], [[1, text]]))[1][1]
    assert cell[:1] not in tuple(STARTS)
    assert text in (cell, cell.removeprefix("'"))


@pytest.mark.parametrize(
    "text", ["=1+1", '=HYPERLINK("http://x")', "http://example.org", "@SUM(A1)", "0123", "plain", "é£"]
)
def test_text_in_a_workbook_is_the_text_itself(text: str) -> None:
    workbook = xlsx_bytes({"s": (["text"], [[text]])})
    cell = stored_cells(workbook)["A2"]
    assert (cell.kind, cell.value, cell.formula, cell.quoted) == ("s", text, False, True)
    assert links(workbook) == 0


def test_headers_are_text_too() -> None:
    assert csv_text(["=a", "b"], []) == "'=a,b\n"
    header = stored_cells(xlsx_bytes({"s": (["=a"], [])}))["A1"]
    assert (header.value, header.formula, header.quoted) == ("=a", False, True)


CELLS = [
    (None, "", None),
    (-5, "-5", ("n", "-5")),
    (0, "0", ("n", "0")),
    (-1.5, "-1.5", ("n", "-1.5")),
    (Decimal("750.00"), "750.00", ("n", "750.00")),
    (Decimal("1E+3"), "1000", ("n", "1E+3")),
    (Decimal("-0.10"), "-0.10", ("n", "-0.10")),
    (True, "true", ("b", "1")),
    (False, "false", ("b", "0")),
    (date(2019, 6, 14), "2019-06-14", ("n", "43630")),
    ("", "", None),
    ("-5", "'-5", ("s", "-5")),
    (float("inf"), "inf", ("s", "inf")),
]


@pytest.mark.parametrize(("value", "in_csv", "in_xlsx"), CELLS)
def test_values_keep_their_type(value: object, in_csv: str, in_xlsx: tuple[str, str] | None) -> None:
    assert read_back(csv_text(["a", "b"], [["x", value]]))[1] == ["x", in_csv]  # type: ignore[list-item]
    cell = stored_cells(xlsx_bytes({"s": (["a"], [[value]])})).get("A2")  # type: ignore[list-item]
    assert (cell and (cell.kind, cell.value)) == in_xlsx


def test_separators_quotes_and_line_ends_stay_inside_their_cell() -> None:
    awkward = ["a,b", 'say "no"', "two\nlines", "cr\rhere", "tab\tinside", ";=1+1"]
    assert read_back(csv_text(["n"] * 6, [awkward]))[1] == awkward


def test_the_same_content_gives_the_same_bytes() -> None:
    sheet = {"figures": (["a", "b"], [["x", 1], ["y", date(2019, 6, 14)]])}
    assert xlsx_bytes(sheet) == xlsx_bytes(sheet)
    assert csv_bytes(["a"], [["£"]]) == b"\xef\xbb\xbfa\n\xc2\xa3\n"


def test_sheets_have_the_names_a_workbook_can_hold() -> None:
    workbook = xlsx_bytes({"a/b:c": (["x"], []), "": (["x"], []), "y" * 40: (["x"], [[1]])})
    assert stored_cells(workbook, 3)["A2"].value == "1"


def test_what_a_sheet_cannot_hold_is_refused_and_the_csv_holds_it() -> None:
    long = "x" * 32_768
    with pytest.raises(UserError, match="Row 2 holds a text of 32,768 characters"):
        xlsx_bytes({"s": (["a"], [[long]])})
    assert read_back(csv_text(["a"], [[long]]))[1] == [long]


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("placewell.interchange.workbook.MOST_XLSX_ROWS", 3)
    assert xlsx_bytes({"s": (["a"], [[1], [2]])})
    with pytest.raises(UserError, match="at most 2 rows: take the CSV instead"):
        xlsx_bytes({"s": (["a"], [[1], [2], [3]])})


@given(st.lists(st.tuples(st.none() | HOSTILE, st.none() | st.booleans(), st.none() | st.dates()), max_size=5))
def test_a_frame_is_written_as_its_rows_would_be(rows) -> None:
    schema = {"text": pl.String, "flag": pl.Boolean, "day": pl.Date}
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    assert csv_of_frame(frame) == csv_text(frame.columns, frame.rows())


@pytest.mark.parametrize(
    ("number", "written"),
    [("19.2500", "19.25"), ("7.0000", "7"), ("100.0000", "100"), ("-0.0370", "-0.037"), ("0.0000", "0"), (None, "")],
)
def test_a_frames_decimals_have_no_noughts_at_their_end(number, written) -> None:
    frame = pl.DataFrame(
        {"a": ["x"], "n": [number and Decimal(number)]}, schema={"a": pl.String, "n": pl.Decimal(14, 4)}
    )
    assert csv_of_frame(frame) == f"a,n\nx,{written}\n"
    whole = pl.DataFrame({"a": ["x"], "n": [Decimal(100)]}, schema={"a": pl.String, "n": pl.Decimal(14, 0)})
    assert csv_of_frame(whole) == "a,n\nx,100\n"

"""What each type takes from text, Parquet and Python, and what it refuses."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from placewell.dataset.columns import Column, Table, Type
from placewell.dataset.conversion import EXPECTED, convert, unknown_columns


def one(type: Type) -> Table:
    return Table("t", "thing", (Column("x", type, "A thing", "002 §1"),), "002 §1")


ACCEPTED = [
    ("date", "2019-06-14", date(2019, 6, 14)),
    ("date", "2020-02-29", date(2020, 2, 29)),
    ("date", "0001-01-01", date.min),
    ("date", "9999-12-31", date.max),
    ("date", "", None),
    ("integer", "12", 12),
    ("integer", "-3", -3),
    ("integer", "007", 7),
    ("decimal", "7.5", Decimal("7.5")),
    ("decimal", "7.83001", Decimal("7.8300")),
    ("decimal", "7.83005", Decimal("7.8300")),  # half to even
    ("decimal", "7.83015", Decimal("7.8302")),
    ("decimal", "-0.0001", Decimal("-0.0001")),
    ("decimal", "16", Decimal("16")),
    ("decimal", "9999999999", Decimal("9999999999")),
    ("boolean", "true", True),
    ("boolean", "false", False),
    ("boolean", "TRUE", True),
    ("boolean", "False", False),
    ("text", "O'Brien", "O'Brien"),
    ("text", " spaced ", " spaced "),
    ("text", "", None),
    ("text", "null", "null"),
]
REFUSED = [
    ("date", "03/02/2020"),
    ("date", "2020-02-30"),
    ("date", "2019-6-14"),
    ("date", "14 June 2019"),
    ("date", "2019-06-14 "),
    ("date", "2019-06-14\n"),
    ("date", "2019-06-14T00:00:00"),
    ("date", "43630"),
    ("date", "0000-01-01"),
    ("date", "２019-06-14"),
    ("integer", "3.0"),
    ("integer", "three"),
    ("integer", "1,000"),
    ("integer", "1e3"),
    ("integer", "９"),
    ("integer", "99999999999999999999"),
    ("decimal", "£7.50"),
    ("decimal", "7,50"),
    ("decimal", "1e3"),
    ("decimal", ".5"),
    ("decimal", "5."),
    ("decimal", "NaN"),
    ("decimal", "inf"),
    ("decimal", "+5"),
    ("decimal", "99999999999"),
    ("boolean", "yes"),
    ("boolean", "1"),
    ("boolean", "t"),
]


@pytest.mark.parametrize(("type", "text", "value"), ACCEPTED)
def test_text_that_is_taken(type: Type, text: str, value: object) -> None:
    frame, found = convert(pl.DataFrame({"x": [text]}), one(type))
    assert (frame["x"].to_list(), found) == ([value], [])


@pytest.mark.parametrize(("type", "text"), REFUSED)
def test_text_that_is_refused(type: Type, text: str) -> None:
    frame, (finding,) = convert(pl.DataFrame({"x": ["", text]}), one(type), file="t.csv")
    assert frame["x"].to_list() == [None, None]
    assert (finding.severity, finding.row, finding.column, finding.value) == ("error", 3, "x", text)
    shown = text.replace("\n", r"\n")
    assert finding.sentence == f't.csv, row 3, column x: "{shown}" stands there; expected {EXPECTED[type]} (002 §1)'


MEANING_THE_SAME = [
    ("date", pl.Series([datetime(2019, 6, 14)]), date(2019, 6, 14)),
    ("date", pl.Series([datetime(2019, 6, 14, tzinfo=ZoneInfo("Europe/London"))]), date(2019, 6, 14)),  # not 13 June
    ("date", pl.Series([datetime(2019, 6, 14, tzinfo=UTC)]), date(2019, 6, 14)),
    ("date", pl.Series(["2019-06-14"], dtype=pl.Categorical()), date(2019, 6, 14)),
    ("integer", pl.Series([7], dtype=pl.Int8()), 7),
    ("integer", pl.Series([7.0]), 7),
    ("integer", pl.Series([Decimal("7")]), 7),
    ("decimal", pl.Series([7]), Decimal("7")),
    ("decimal", pl.Series([15.2]), Decimal("15.2")),
    ("decimal", pl.Series([0.1 + 0.2]), Decimal("0.3")),
    ("decimal", pl.Series([Decimal("7.83")]), Decimal("7.83")),
    ("decimal", pl.Series([1.5], dtype=pl.Float32()), Decimal("1.5")),
    ("text", pl.Series([42]), "42"),
    ("text", pl.Series(["a"], dtype=pl.Enum(["a", "b"])), "a"),
    ("boolean", pl.Series(["true"]), True),
    *((type, pl.Series([None]), None) for type in EXPECTED),
]


@pytest.mark.parametrize(("type", "given", "value"), MEANING_THE_SAME)
def test_types_that_mean_the_same(type: Type, given: pl.Series, value: object) -> None:
    frame, found = convert(pl.DataFrame({"x": given}), one(type))
    assert (frame["x"].to_list(), found) == ([value], [])
    assert frame.schema["x"] == one(type).schema["x"]


BEYOND_THE_CALENDAR = pl.Series([-800_000, 17_000, 4_000_000, None], dtype=pl.Int32()).cast(pl.Date())
NOT_THE_SAME = [
    ("date", pl.Series([datetime(2019, 6, 14, 12)]), "2019-06-14 12:00:00"),
    ("date", pl.Series([datetime(2019, 6, 14, 5, 30, tzinfo=UTC)]), "2019-06-14 05:30:00+00:00"),
    ("integer", pl.Series([7.5]), "7.5"),
    ("integer", pl.Series([2**63], dtype=pl.UInt64()), "9223372036854775808"),
    ("decimal", pl.Series([float("nan")]), "nan"),
    ("decimal", pl.Series([float("inf")]), "inf"),
    ("decimal", pl.Series([1e12]), "1000000000000.0"),
    ("decimal", pl.Series([9_999_999_999.99999]), "9999999999.99999"),  # rounds to eleven digits
    ("decimal", pl.Series([2**62]), "4611686018427387904"),
]


@pytest.mark.parametrize(("type", "given", "shown"), NOT_THE_SAME)
def test_values_that_do_not_mean_the_same(type: Type, given: pl.Series, shown: str) -> None:
    _, (finding,) = convert(pl.DataFrame({"x": given}), one(type))
    assert (finding.row, finding.value) == (2, shown)


def test_days_that_no_calendar_has() -> None:
    frame, found = convert(pl.DataFrame({"x": BEYOND_THE_CALENDAR}), one("date"))
    assert frame["x"].to_list() == [None, date(2016, 7, 18), None, None]
    assert [(f.row, f.value) for f in found] == [(2, "-0221-09-04"), (4, "+12921-08-18")]


@pytest.mark.parametrize(
    ("type", "given", "holds"),
    [
        ("date", pl.Series([43630]), "Int64"),
        ("boolean", pl.Series([1]), "Int64"),
        ("text", pl.Series([1.5]), "Float64"),
        ("text", pl.Series([True]), "Boolean"),
        ("decimal", pl.Series([True]), "Boolean"),
        ("integer", pl.Series([[1]]), "List(Int64)"),
    ],
)
def test_a_column_of_the_wrong_type_is_one_finding(type: Type, given: pl.Series, holds: str) -> None:
    frame, (finding,) = convert(pl.DataFrame({"x": pl.concat([given, given])}), one(type))
    assert (finding.row, finding.column) == (None, "x")
    assert finding.expected.endswith(f"the column holds {holds}")
    assert frame["x"].to_list() == [None, None]


def test_columns_come_in_declared_order_and_missing_ones_are_null() -> None:
    table = Table("t", "thing", tuple(Column(n, "text", "A", "002 §1") for n in "abc"), "002 §1")
    frame, found = convert(pl.DataFrame({"c": ["3"], "a": ["1"], "z": ["?"]}), table)
    assert (frame.columns, frame.row(0), found) == (["a", "b", "c"], ("1", None, "3"), [])


def test_a_column_nobody_knows_is_a_warning() -> None:
    (finding,) = unknown_columns(pl.DataFrame({"x": ["1"], "wage": ["2"]}), one("text"), "t.csv")
    assert (finding.severity, finding.column) == ("warning", "wage")
    assert finding.sentence == "t.csv, column wage: expected one of the columns x (002 §1)"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("a\nb\r\nc", r"a\nb\r\nc"),
        ("tab\there", r"tab\there"),
        ("nothing\x00", r"nothing\x00"),
        ("a mark \ufeff", r"a mark \ufeff"),
        ("café, £5", "café, £5"),
        ("x" * 500, "x" * 120 + "…"),
    ],
)
def test_a_finding_is_one_line_however_long_the_cell(value: str, shown: str) -> None:
    _, (finding,) = convert(pl.DataFrame({"x": [value]}), one("date"))
    assert finding.value == value
    assert f'"{shown}" stands there' in finding.sentence
    assert len(finding.sentence.splitlines()) == 1


def test_every_value_that_will_not_turn_is_told() -> None:
    _, found = convert(pl.DataFrame({"x": ["1", "a", "", "b", None, "c"]}), one("integer"))
    assert [(f.row, f.value) for f in found] == [(3, "a"), (5, "b"), (7, "c")]

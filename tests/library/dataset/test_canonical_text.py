"""The text that a data set's hash is taken over: one text for one content."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from placewell.dataset import Dataset, content_hash
from placewell.dataset.hashing import _days_as_text, _text
from placewell.dataset.order import in_order, rises

PERSON = {"person_id": "p1", "birth_date": "1980-02-29", "gender": "female"}


@pytest.mark.parametrize(
    ("column", "lines"),
    [
        (pl.Series([date(2020, 2, 29), None]), ["2020-02-29", "\\N"]),
        (pl.Series([Decimal("15.5"), None], dtype=pl.Decimal(14, 4)), ["15.5000", "\\N"]),
        (pl.Series([True, False, None]), ["true", "false", "\\N"]),
        (pl.Series([-3, None, 0]), ["-3", "\\N", "0"]),
        (pl.Series(["plain", None, ""]), ["plain", "\\N", ""]),
        (pl.Series(['a "b", c', "'=1+1", "é"]), ['a "b", c', "'=1+1", "é"]),
        (pl.Series(["\\N", None]), ["\\\\N", "\\N"]),
        (pl.Series(["a\tb", "a\nb", "a\rb", "a\\tb"]), ["a\\tb", "a\\nb", "a\\rb", "a\\\\tb"]),
    ],
)
def test_each_cell_has_one_form(column, lines):
    rows = pl.DataFrame({"first": ["x"] * len(column), "cell": column})
    assert _text(rows).decode().splitlines() == [f"x\t{line}" for line in lines]


@pytest.mark.parametrize(
    "days",
    [
        [date(2020, 2, 29), None],
        [date(2020, 2, 29), None, date(2020, 3, 2)],
        [date(2020, 2, 29), date(2020, 3, 1)] * 2,
        [date(9999, 12, 31), date(1, 1, 1)],
        [None, None],
    ],
)
def test_days_have_one_form_whether_each_is_written_once_or_not(days):
    cells = pl.Series("on", days, dtype=pl.Date)
    assert _text(pl.DataFrame([cells])) == _text(pl.DataFrame([_days_as_text(cells)]))


def test_many_rows_have_the_hash_of_few(monkeypatch):
    rows = [{"episode_id": str(n), "given_on": f"2019-01-{1 + n % 28:02}"} for n in range(90)]
    dataset = Dataset.from_rows({"consents": rows})
    few = content_hash(dataset)
    monkeypatch.setattr("placewell.dataset.hashing.FEW_ROWS", 10)
    assert content_hash(dataset) == few


def people(*names):
    return Dataset.from_rows({"people": [{"person_id": f"p{n}", "first_name": name} for n, name in enumerate(names)]})


@pytest.mark.parametrize(
    ("one", "other"),
    [(("a\tb",), ("a\\tb",)), ((None,), ("\\N",)), (("a", "b"), ("b", "a")), (("a\nb",), ("a", "b")), (("a",), ("A",))],
)
def test_different_contents_have_different_hashes(one, other):
    assert content_hash(people(*one)) != content_hash(people(*other))


def test_the_order_of_rows_does_not_matter():
    rows = [PERSON | {"person_id": f"p{number}"} for number in range(9)]
    assert content_hash(Dataset.from_rows({"people": rows})) == content_hash(Dataset.from_rows({"people": rows[::-1]}))


def test_empty_tables_and_columns_leave_no_trace():
    with_nothing = Dataset.from_rows({"people": [PERSON | {"religion": None}], "episodes": []})
    assert content_hash(with_nothing) == content_hash(Dataset.from_rows({"people": [PERSON]}))


def test_the_column_and_table_a_value_stands_in_matter():
    assert content_hash(Dataset.from_rows({"people": [{"person_id": "p", "gender": "x"}]})) != content_hash(
        Dataset.from_rows({"people": [{"person_id": "p", "religion": "x"}]})
    )


FRAME = pl.DataFrame({"a": ["1", "1", "2"], "b": ["1", "2", "1"], "c": [3, 2, 1]})


@pytest.mark.parametrize(
    ("given", "key"),
    [
        (FRAME, ["a", "b"]),
        (FRAME[::-1], ["a", "b"]),
        (FRAME.sample(3, shuffle=True, seed=1), ["a", "b"]),
        (FRAME[::-1], []),
    ],
)
def test_rows_come_in_key_order(given, key):
    assert in_order(given, key).equals(FRAME)


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        ([], True),
        (["1"], True),
        (["1", "2", "3"], True),
        (["1", "1"], False),
        (["2", "1"], False),
        ([None, "1"], False),
        (["1", None], False),
        ([None, None], False),
    ],
)
def test_a_key_rises_where_each_is_greater_than_the_one_before(keys, answer):
    assert rises(pl.DataFrame({"key": pl.Series(keys, dtype=pl.String)}), ["key"]) is answer


def test_rows_without_a_key_of_their_own_are_ordered_by_all_columns():
    assert in_order(FRAME[::-1], ["a"]).equals(FRAME)


def test_what_is_in_order_is_left_alone():
    assert in_order(FRAME, ["a", "b"]) is FRAME
    assert in_order(FRAME[:1], ["a"]).height == 1

"""One hash for one content: whatever the files, the order of rows and columns, or the version of the tables."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest
from tests.library.dataset.test_frames import ROWS

from placewell.dataset import Dataset, content_hash, read_folder, write_folder


def shuffled(rows: dict[str, list[dict[str, Any]]]) -> Dataset:
    whole = Dataset.from_rows(rows)
    return Dataset({name: frame.sample(fraction=1, shuffle=True, seed=7) for name, frame in whole.items()})


def test_the_same_for_csv_and_parquet(tmp_path: Path) -> None:
    dataset = Dataset.from_rows(ROWS)
    for file_type in ("csv", "parquet"):
        write_folder(dataset, tmp_path / file_type, file_type)  # type: ignore[arg-type]
    hashes = {content_hash(dataset), *(content_hash(read_folder(tmp_path / kind)) for kind in ("csv", "parquet"))}
    assert len(hashes) == 1
    assert all(len(text) == 64 and int(text, 16) for text in hashes)


def test_the_order_of_rows_says_nothing() -> None:
    assert content_hash(shuffled(ROWS)) == content_hash(Dataset.from_rows(ROWS))


def test_rows_without_a_key_are_ordered_by_all_they_hold() -> None:
    spells = [{"job_id": "j1", "from_on": f"2018-05-{n:02}", "weekly_hours": h} for n in (1, 2) for h in (8, None, 16)]
    forwards, backwards = (Dataset.from_rows({"job_hours": list(order)}) for order in (spells, reversed(spells)))
    assert content_hash(forwards) == content_hash(backwards)


CHANGES = [
    ("people", 0, {"birth_date": "1980-03-01"}),
    ("people", 1, {"gender": "2"}),
    ("jobs", 0, {"contract_hours": 15.2001}),
    ("jobs", 0, {"competitive": False}),
    ("jobs", 0, {"competitive": None}),
    ("contacts", 0, {"minutes": 46}),
    ("episodes", 2, {"lot": "x"}),
]


@pytest.mark.parametrize(("table", "row", "change"), CHANGES)
def test_any_change_changes_it(table: str, row: int, change: dict[str, Any]) -> None:
    changed = {**ROWS, table: [r | change if n == row else r for n, r in enumerate(ROWS[table])]}
    assert content_hash(Dataset.from_rows(changed)) != content_hash(Dataset.from_rows(ROWS))


def test_a_row_more_changes_it_and_so_does_the_same_row_twice() -> None:
    spell = {"job_id": "j1", "from_on": "2018-05-01"}
    once, twice = (Dataset.from_rows({"job_hours": [spell] * times}) for times in (1, 2))
    assert content_hash(once) != content_hash(twice)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (["a\tb", "c"], ["a", "b\tc"]),
        (["a", None], ["", "a"]),
        (["null", None], [None, "null"]),
        (['a"', "b"], ["a", '"b']),
        (["a\nb", "c"], ["a", "b\nc"]),
        (["\\N", None], [None, "\\N"]),
        (["1", "2"], ["12", None]),
    ],
)
def test_cells_do_not_run_into_one_another(one: list[str | None], other: list[str | None]) -> None:
    first, second = (
        Dataset.from_rows({"destinations": [{"code": cells[0], "detail": cells[1]}]}) for cells in (one, other)
    )
    assert content_hash(first) != content_hash(second)


def test_empty_text_is_absent_text() -> None:
    absent, empty = (
        Dataset.from_frames({"people": pl.DataFrame({"person_id": ["p"], "gender": [v]})}) for v in (None, "")
    )
    assert content_hash(absent) == content_hash(empty)


def test_trailing_zeros_and_types_of_number_say_nothing() -> None:
    hashes = {
        content_hash(Dataset.from_rows({"jobs": [{"job_id": "j", "hourly_wage": wage}]}))
        for wage in ("7.5", "7.50", 7.5, "7.5000", "7.50001")
    }
    assert len(hashes) == 1


def test_tables_and_columns_that_hold_nothing_leave_no_trace() -> None:
    empty = content_hash(Dataset.from_rows({}))
    assert empty == content_hash(Dataset.from_rows({"jobs": []}))
    assert empty == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"  # of no bytes at all


def test_many_rows_are_taken_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    dataset = Dataset.from_rows({"people": [{"person_id": f"p{n:04}"} for n in range(1000)]})
    whole = content_hash(dataset)
    monkeypatch.setattr("placewell.dataset.hashing.ROWS_AT_A_TIME", 7)
    assert content_hash(dataset) == whole

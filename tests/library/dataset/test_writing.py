"""Writing a folder: back as it was from both kinds of file, harmless in a spreadsheet, whole or not at all."""

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.library.dataset.test_frames import ROWS

from placewell.dataset import TABLES, Dataset, DatasetError, content_hash, read_folder, write_folder
from placewell.dataset.escaping import FORMULA_STARTS, harmless, restored

AWKWARD = [
    "=1+1",
    "'=1",
    "''=1",
    "'tis",
    "O'Brien",
    "-5",
    "+44 121",
    "@x",
    "a,b",
    'a"b',
    "a\nb",
    "a\rb",
    "\r",
    "\n",
    "\t",
    " ",
]
AWKWARD += ["＝1", "'", "''", "null", "NA", "#N/A", "日本", "\x00", "'\x00", "true", "1.0", "a\\b"]
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
HOSTILE = st.builds(str.__add__, st.sampled_from(["", "'", "''", *FORMULA_STARTS]), TEXT)


def with_texts(texts: list[str]) -> Dataset:
    episodes = [{"episode_id": "e1", "person_id": "p1"}]
    details = [{"episode_id": "e1", "detail": text} for text in texts]
    return Dataset.from_rows({"people": [{"person_id": "p1"}], "episodes": episodes, "destinations": details})


@pytest.mark.parametrize("file_type", ["csv", "parquet"])
def test_what_is_written_reads_back(tmp_path: Path, file_type: str) -> None:
    dataset = Dataset.from_rows(ROWS)
    assert write_folder(dataset, tmp_path / "d", file_type) == tmp_path / "d"  # type: ignore[arg-type]
    assert sorted(file.name for file in (tmp_path / "d").iterdir()) == sorted(f"{name}.{file_type}" for name in TABLES)
    assert read_folder(tmp_path / "d") == dataset


@pytest.mark.parametrize("file_type", ["csv", "parquet"])
def test_awkward_text_reads_back(tmp_path: Path, file_type: str) -> None:
    dataset = with_texts(AWKWARD)
    write_folder(dataset, tmp_path / "d", file_type)  # type: ignore[arg-type]
    assert read_folder(tmp_path / "d")["destinations"]["detail"].to_list() == AWKWARD


@given(st.lists(HOSTILE, max_size=12))
def test_any_text_survives_the_apostrophe(texts: list[str]) -> None:
    frame = pl.DataFrame({"x": texts}, schema={"x": pl.String()})
    written = frame.select(harmless(pl.col("x")))
    assert not [text for text in written["x"].to_list() if text[:1] in tuple(FORMULA_STARTS)]
    assert written.select(restored(pl.col("x"))).equals(frame)


def test_csv_cells_never_begin_like_a_formula(tmp_path: Path) -> None:
    write_folder(with_texts(AWKWARD), tmp_path / "d", "csv")
    cells = pl.read_csv(tmp_path / "d" / "destinations.csv", infer_schema=False)["detail"].to_list()
    assert not [cell for cell in cells if cell[:1] in tuple(FORMULA_STARTS)]
    assert cells[AWKWARD.index("O'Brien")] == "O'Brien"


def test_numbers_and_dates_are_written_plainly(tmp_path: Path) -> None:
    write_folder(Dataset.from_rows(ROWS), tmp_path / "d", "csv")
    row = pl.read_csv(tmp_path / "d" / "jobs.csv", infer_schema=False).row(0, named=True)
    assert (row["contract_hours"], row["hourly_wage"], row["competitive"]) == ("15.2000", "7.8300", "true")
    people = (tmp_path / "d" / "people.csv").read_text().splitlines()
    assert people[1].startswith("p1,1980-02-29,")


def test_rows_stand_in_key_order(tmp_path: Path) -> None:
    rows = {"people": [{"person_id": person} for person in ("p10", "p2", "p1")]}
    write_folder(Dataset.from_rows(rows), tmp_path / "d", "csv")
    assert read_folder(tmp_path / "d")["people"]["person_id"].to_list() == ["p1", "p10", "p2"]


def test_the_same_data_set_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_folder(Dataset.from_rows(ROWS), tmp_path / name)
    for file in (tmp_path / "a").iterdir():
        assert file.read_bytes() == (tmp_path / "b" / file.name).read_bytes()


def test_a_data_set_replaces_one_of_the_other_kind(tmp_path: Path) -> None:
    write_folder(Dataset.from_rows(ROWS), tmp_path / "d", "csv")
    write_folder(Dataset.from_rows({}), tmp_path / "d", "parquet")
    assert {file.suffix for file in (tmp_path / "d").iterdir()} == {".parquet"}
    assert read_folder(tmp_path / "d") == Dataset.from_rows({})
    assert [file.name for file in tmp_path.iterdir()] == ["d"]


def test_a_folder_of_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("years of work")
    with pytest.raises(DatasetError, match=r"holds only a data set; it also holds thesis\.docx"):
        write_folder(Dataset.from_rows(ROWS), tmp_path)
    with pytest.raises(DatasetError, match="a folder to write to, not a file"):
        write_folder(Dataset.from_rows(ROWS), tmp_path / "thesis.docx")
    assert (tmp_path / "thesis.docx").read_text() == "years of work"


def test_an_empty_folder_and_one_that_is_not_there_are_filled(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    write_folder(Dataset.from_rows(ROWS), tmp_path / "empty")
    write_folder(Dataset.from_rows(ROWS), tmp_path / "deep" / "down")
    assert read_folder(tmp_path / "empty") == read_folder(tmp_path / "deep" / "down")


@pytest.mark.parametrize("there_before", [True, False])
def test_a_failure_half_way_leaves_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there_before: bool
) -> None:
    place = tmp_path / "d"
    if there_before:
        write_folder(Dataset.from_rows(ROWS), place)
    written: list[str] = []

    def fails(frame: pl.DataFrame, file: Path) -> None:
        written.append(file.name)
        if len(written) == 5:
            raise OSError("no space left on device")
        file.write_bytes(b"")

    monkeypatch.setattr(pl.DataFrame, "write_parquet", fails)
    with pytest.raises(OSError, match="no space left"):
        write_folder(Dataset.from_rows({}), place)
    assert [file.name for file in tmp_path.iterdir()] == (["d"] if there_before else [])
    if there_before:
        assert read_folder(place) == Dataset.from_rows(ROWS)


def test_a_failure_to_put_the_folder_in_place_brings_the_old_one_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "d"
    write_folder(Dataset.from_rows(ROWS), place)
    rename = Path.rename

    def fails(self: Path, target: Path) -> Path:
        if self.name.endswith(".partial"):
            raise OSError("busy")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fails)
    with pytest.raises(OSError, match="busy"):
        write_folder(Dataset.from_rows({}), place)
    assert content_hash(read_folder(place)) == content_hash(Dataset.from_rows(ROWS))
    assert [file.name for file in tmp_path.iterdir()] == ["d"]


def test_what_a_stopped_run_left_behind_is_cleared(tmp_path: Path) -> None:
    (tmp_path / ".d.partial").mkdir()
    (tmp_path / ".d.partial" / "people.csv").write_text("half")
    write_folder(Dataset.from_rows(ROWS), tmp_path / "d")
    assert [file.name for file in tmp_path.iterdir()] == ["d"]

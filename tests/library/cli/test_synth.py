"""`placewell synth`: a folder that validates, the same again from the same seed, and a sentence for every refusal."""

import csv

import pytest

from placewell.cli.main import main
from placewell.dataset import read_folder


def made(folder, people="12", seed="3", *more):
    return main(["synth", "thrive_into_work", "--people", people, "--seed", seed, "--out", str(folder), *more])


@pytest.mark.parametrize("file_type", ["parquet", "csv"])
def test_people_are_made_and_pass_the_check(tmp_path, capsys, file_type):
    folder = tmp_path / "d"
    assert made(folder, "12", "3", "--file-type", file_type) == 0
    assert capsys.readouterr().err.endswith(f"{folder}: 12 made-up people, seed 3.\n")
    assert read_folder(folder)["people"].height == 12
    assert {file.suffix for file in folder.iterdir()} == {f".{file_type}"}
    assert main(["validate", str(folder), "--service", "thrive_into_work"]) == 0
    assert "0 errors" in capsys.readouterr().out


def test_a_data_set_that_stands_there_is_replaced_and_the_answer_says_so(tmp_path, capsys):
    folder = tmp_path / "d"
    made(folder, "3")
    capsys.readouterr()
    assert made(folder, "5") == 0
    assert "5 made-up people, seed 3. They replace the data set that stood there." in capsys.readouterr().err
    assert read_folder(folder)["people"].height == 5


def test_a_folder_with_anything_else_in_it_is_left_alone(tmp_path, capsys):
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    assert made(tmp_path) == 1
    assert "expected a new folder or one that holds only a data set; it also holds notes.txt" in capsys.readouterr().err
    assert [file.name for file in tmp_path.iterdir()] == ["notes.txt"]


def test_a_file_is_no_folder(tmp_path, capsys):
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    assert made(tmp_path / "file") == 1
    assert "expected a folder to write to, not a file" in capsys.readouterr().err


def test_a_place_that_cannot_be_written_is_refused_in_a_sentence(tmp_path, capsys):
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    assert made(tmp_path / "file" / "d") == 1
    told = capsys.readouterr().err.splitlines()[-1]
    assert told.startswith(f"{tmp_path / 'file' / 'd'}: cannot be written (")
    assert told.endswith("Choose a folder that is there and yours.")


@pytest.mark.parametrize(
    ("people", "seed", "said"),
    [
        ("-5", "1", 'argument --people: "-5" is not a whole number from 0 on'),
        ("many", "1", 'argument --people: "many" is not a whole number from 0 on'),
        ("2.5", "1", 'argument --people: "2.5" is not a whole number from 0 on'),
        ("5", "x", 'argument --seed: "x" is not a whole number from 0 on'),
    ],
)
def test_numbers_that_are_none(tmp_path, capsys, people, seed, said):
    assert made(tmp_path / "d", people, seed) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "d").exists()


def test_a_service_that_is_not_there(tmp_path, capsys):
    assert main(["synth", "nowhere", "--people", "5", "--seed", "1", "--out", str(tmp_path / "d")]) == 2
    assert (
        capsys.readouterr().err
        == 'There is no service "nowhere": the catalogue has ips_grow, thrive_into_work, workwise.\n'
    )


@pytest.mark.parametrize("file_type", ["parquet", "csv"])
def test_planted_faults_are_all_found_and_the_key_stands_beside_the_folder(tmp_path, capsys, file_type):
    folder = tmp_path / "d"
    assert made(folder, "120", "4", "--faults", "--file-type", file_type) == 0
    assert f"{tmp_path / 'd-faults.csv'}: the answer key to " in capsys.readouterr().err
    key = list(csv.DictReader((tmp_path / "d-faults.csv").open(encoding="utf-8")))
    assert list(key[0]) == ["file", "row", "column", "value", "wrong"]
    assert main(["validate", str(folder), "--service", "thrive_into_work"]) == 1
    told = capsys.readouterr().out
    for fault in key:
        assert f"{fault['file']}, row {fault['row']}, column {fault['column']}: " in told, fault


def test_a_folder_with_faults_can_still_be_reported(tmp_path, capsys):
    folder = tmp_path / "d"
    made(folder, "120", "4", "--faults")
    assert main(["report", "thrive_into_work", "--data", str(folder), "--period", "Y2Q2"]) == 0

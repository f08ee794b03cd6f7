"""`placewell spc`: a column of numbers as a chart in numbers and words, and every cell that is no number."""

import json

import polars as pl
import pytest
from tests.library.cli.asking import asker

MONTHS = [5, 6, 4, 5, 6, 5, 4, 6, 5, 5, 6, 4, 5, 6, 9]


@pytest.fixture
def file(tmp_path):
    place = tmp_path / "months.csv"
    place.write_text("month,starts\n" + "".join(f"m{n},{value}\n" for n, value in enumerate(MONTHS)))
    return place


@pytest.fixture
def ask(capsysbinary):
    asked = asker(capsysbinary)
    return lambda *words: asked("spc", *words)


def test_json_answers_the_object_promised(ask, file):
    status, out, told = ask(file, "--column", "starts", "--target", "9", "--format", "json")
    found = json.loads(out)
    assert (status, told) == (0, "")
    assert list(found) == ["mean", "lower", "upper", "enough", "points", "variation", "assurance"]
    assert [point["value"] for point in found["points"]] == MONTHS
    assert found["mean"] == pytest.approx(sum(MONTHS) / len(MONTHS))
    assert found["points"][-1] == {"value": 9, "special_cause": "outside"}
    assert (found["enough"], found["variation"], found["assurance"]) == (True, "improvement_high", "fail")


def test_which_way_is_better_turns_the_judgement_round(ask, file):
    _, out, _ = ask(file, "--column", "starts", "--better", "down", "--format", "json")
    assert (json.loads(out)["variation"], json.loads(out)["assurance"]) == ("concern_high", None)


def test_parquet_and_csv_are_the_same(ask, file, tmp_path):
    pl.DataFrame({"starts": MONTHS}).write_parquet(tmp_path / "months.parquet")
    assert ask(tmp_path / "months.parquet", "--column", "starts") == ask(file, "--column", "starts")


def test_the_table_reads_like_a_page(ask, file):
    _, out, _ = ask(file, "--column", "starts", "--target", "9")
    assert out.startswith("average    5.4\nlimits     ")
    assert "points     15\n" in out
    assert "   15         9  outside\n" in out
    assert "    1         5  -\n" in out


def test_few_points_say_so(ask, tmp_path):
    (tmp_path / "one.csv").write_text("x\n7\n")
    _, out, _ = ask(tmp_path / "one.csv", "--column", "x")
    assert "limits     - to -\n" in out
    assert "points     1 (too few to judge: 15 are needed)\n" in out
    assert "assurance  no target\n" in out


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        ("x\n1\ntwo\n\nnan\ninf\n", "x", [
            'x.csv, row 3, column x: expected a number, "two" stands there.',
            'x.csv, row 4, column x: expected a number, "" stands there.',
            'x.csv, row 5, column x: expected a number, "nan" stands there.',
            'x.csv, row 6, column x: expected a number, "inf" stands there.',
        ]),
        ("x,y\n1,2\n", "z", ["x.csv, column z: expected a column of that name; the file has x, y."]),
        ("", "x", ["x.csv: expected a table with a header row: empty CSV."]),
        ("x\n", "x", ["A chart needs at least one number."]),
    ],
)  # fmt: skip
def test_what_is_no_column_of_numbers(ask, tmp_path, text, column, said):
    (tmp_path / "x.csv").write_text(text)
    status, out, told = ask(tmp_path / "x.csv", "--column", column)
    assert (status, out) == (1, "")
    assert [line.removeprefix(f"{tmp_path}/") for line in told.splitlines()] == said


def test_a_file_that_is_not_there_and_a_form_that_is_to_come(ask, file, tmp_path):
    assert ask(tmp_path / "none.csv", "--column", "x")[::2] == (
        1, f"{tmp_path}/none.csv: expected a .csv or .parquet file; there is none.\n",
    )  # fmt: skip
    status, _, told = ask(file, "--column", "starts", "--format", "svg")
    assert (status, told) == (2, "--format svg is not available yet; available: table, json.\n")

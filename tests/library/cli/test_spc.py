"""`placewell spc`: a column of numbers as a chart in numbers and words, and every cell that is no number."""

import json
from xml.etree import ElementTree

import polars as pl
import pytest
from tests.library.cli.asking import asker

from placewell.cli.spc import in_words

SVG = "{http://www.w3.org/2000/svg}"
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


@pytest.mark.parametrize(
    ("words", "variation", "assurance"),
    [
        ((), "neither_high", None),  # nothing says which way is better
        (("--target", "9"), "improvement_high", "fail"),  # a target is a number to reach
        (("--better", "up"), "improvement_high", None),
        (("--better", "down"), "concern_high", None),
        (("--better", "down", "--target", "9"), "concern_high", "pass"),
        (("--better", "neither", "--target", "9"), "neither_high", None),
    ],
)
def test_which_way_is_better_turns_the_judgement_round(ask, file, words, variation, assurance):
    _, out, _ = ask(file, "--column", "starts", *words, "--format", "json")
    assert (json.loads(out)["variation"], json.loads(out)["assurance"]) == (variation, assurance)


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
            'x.csv, row 4, column x: expected a number, nothing stands there.',
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


def test_a_file_that_is_not_there(ask, tmp_path):
    assert ask(tmp_path / "none.csv", "--column", "x")[::2] == (
        1, f"{tmp_path}/none.csv: expected a .csv or .parquet file; there is none.\n",
    )  # fmt: skip


def test_svg_is_a_picture_with_its_sentence_and_the_same_bytes_each_time(ask, file, tmp_path):
    status, out, told = ask(file, "--column", "starts", "--target", "9", "--format", "svg")
    assert (status, told) == (0, "")
    root = ElementTree.fromstring(out)
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "Starts, months.csv, point 1 to point 15"
    assert "Point 15, at 9, lies above the upper limit" in (root.findtext(f"{SVG}desc") or "")
    assert ask(file, "--column", "starts", "--target", "9", "--format", "svg")[1] == out


@pytest.fixture
def labelled(tmp_path):
    place = tmp_path / "labelled.csv"
    rows = (
        f"2018-{n:02d}-01,2018-{n:02d},2018-{n:02d}-{n + 7:02d},week {n},{value}\n" for n, value in enumerate(MONTHS, 1)
    )
    place.write_text("first,month,day,week,job_starts\n" + "".join([*rows][:12]))
    return place


@pytest.mark.parametrize(
    ("column", "span", "under", "says"),
    [
        ("first", "January 2018 to December 2018", ["Jan", "2018", "Feb"], "12 months so far"),
        ("month", "January 2018 to December 2018", ["Jan", "2018", "Feb"], "12 months so far"),
        ("week", "week 1 to week 12", ["week 1", "week 2", "week 3"], "12 points so far"),
        ("day", "8 January 2018 to 19 December 2018", ["8 Jan", "2018", "9 Feb"], "12 points so far"),
    ],
)
def test_points_are_named_by_a_column(ask, labelled, column, span, under, says):
    _, out, _ = ask(labelled, "--column", "job_starts", "--labels", column, "--format", "svg")
    root = ElementTree.fromstring(out)
    assert root.findtext(f"{SVG}title") == f"Job starts, labelled.csv, {span}"
    ticks = [text.text for text in root.iter(f"{SVG}text") if text.get("text-anchor") == "middle"]
    assert ticks[:3] == under
    _, out, _ = ask(labelled, "--column", "job_starts", "--labels", column)
    assert says in out


@pytest.mark.parametrize("target", ["nine", "nan", "inf", "9%"])
def test_a_target_is_a_number(ask, file, target):
    status, out, told = ask(file, "--column", "starts", "--target", target)
    assert (status, out) == (2, "")
    assert f'"{target}" is no number' in told


@pytest.mark.parametrize(
    ("values", "words", "said"),
    [
        (MONTHS, (), "no target"),
        (MONTHS, ("--target", "9", "--better", "neither"), "neither way is better"),
        ([7], ("--target", "9"), "no limits"),
        (MONTHS, ("--target", "9"), "fail"),
    ],
)
def test_why_there_is_no_assurance(ask, tmp_path, values, words, said):
    (tmp_path / "x.csv").write_text("x\n" + "".join(f"{value}\n" for value in values))
    _, out, _ = ask(tmp_path / "x.csv", "--column", "x", *words)
    assert f"assurance  {said}\n" in out


@pytest.mark.parametrize(
    ("column", "words"),
    [("job_starts", "Job starts"), ("x", "X"), ("NHS referrals", "NHS referrals"), ("_", "_")],
)
def test_a_column_is_headed_in_words(column, words):
    assert in_words(column) == words


def test_names_that_are_not_there(ask, file):
    status, _, told = ask(file, "--column", "starts", "--labels", "day")
    assert status == 1
    assert told.endswith("column day: expected a column of that name; the file has month, starts.\n")


def test_a_null_in_parquet_is_named_by_its_row(ask, tmp_path):
    pl.DataFrame({"x": [1.0, None]}).write_parquet(tmp_path / "x.parquet")
    status, _, told = ask(tmp_path / "x.parquet", "--column", "x")
    assert (status, told.splitlines()) == (
        1, [f"{tmp_path}/x.parquet, row 3, column x: expected a number, nothing stands there."],
    )  # fmt: skip

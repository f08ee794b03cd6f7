"""`placewell report`: the return in its forms, the same bytes each time, and nothing written when refused."""

import csv
import io
import json

import pytest
from tests.library.interchange.sheets import sheet_names

from placewell.cli.main import main
from placewell.dataset import Dataset, write_folder

FORMULA = '=HYPERLINK("http://evil.example","x")'
ROWS = {
    "people": [{"person_id": "p1", "gender": "2"}],
    "episodes": [
        {
            "episode_id": "e1",
            "person_id": "p1",
            "service_id": "thrive_into_work",
            "lot": "dudley",
            "gp_practice": FORMULA,
            "referred_on": "2019-04-01",
            "accepted_on": "2019-04-02",
        }
    ],
    "profiles": [{"episode_id": "e1", "version": 1, "started_on": "2019-04-08", "completed_on": "2019-04-15"}],
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_folder(Dataset.from_rows(ROWS), tmp_path_factory.mktemp("data") / "d", "csv")


@pytest.fixture
def ask(folder, capsysbinary):
    def asked(*words):
        status = main(["report", "thrive_into_work", "--data", str(folder), *words])
        told = capsysbinary.readouterr()
        return status, told.out.decode(), told.err.decode()

    return asked


def test_json_is_one_object(ask):
    status, out, _ = ask("--period", "Y2Q3")
    found = json.loads(out)
    assert status == 0
    assert found["period"] == {"label": "Y2Q3", "start": "2019-04-01", "end": "2019-07-01"}
    assert found["as_at"] == "2019-06-30"
    assert {"version", "hash"} == set(found["specification"])
    engaged = next(one for one in found["indicators"] if one["id"] == "engaged")
    assert {
        "id", "name", "clause", "unit", "numerator", "denominator", "value", "target", "status",
        "members", "breakdowns",
    } <= set(engaged)  # fmt: skip
    assert (engaged["value"], engaged["denominator"], engaged["status"]) == (1, None, "no_target")


def test_text_that_a_spreadsheet_would_run_is_made_harmless_in_csv(ask):
    status, out, _ = ask("--period", "Y2Q3", "--format", "csv")
    assert status == 0
    rows = list(csv.DictReader(io.StringIO(out)))
    keys = {row["key"] for row in rows if row["breakdown"] == "gp_practice"}
    assert keys == {f"'{FORMULA}", "unknown"}
    assert not [cell for row in rows for cell in row.values() if cell[:1] in ("=", "+", "@", "\t")]


def test_html_goes_to_a_file(ask, tmp_path):
    out = tmp_path / "return.html"
    assert ask("--period", "Y2Q3", "--format", "html", "--out", str(out)) == (0, "", "")
    assert out.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_a_workbook_goes_to_a_file_or_through_a_pipe(ask, tmp_path, folder, capsysbinary):
    out = tmp_path / "return.xlsx"
    words = ("--period", "Y2Q3", "--format", "xlsx")
    assert ask(*words, "--out", str(out))[:2] == (0, "")
    assert main(["report", "thrive_into_work", "--data", str(folder), *words]) == 0
    assert capsysbinary.readouterr().out == out.read_bytes()
    assert sheet_names(out.read_bytes())[0] == "Return"


def test_a_workbook_is_kept_off_a_screen(ask, monkeypatch):
    monkeypatch.setattr("placewell.cli.output.sys.stdout.isatty", lambda: True, raising=False)
    status, out, told = ask("--period", "Y2Q3", "--format", "xlsx")
    assert (status, out) == (2, "")
    assert told == "--format xlsx is not text to read on a screen: name a file with --out FILE.\n"


@pytest.mark.parametrize("form", ["json", "csv", "html"])
def test_the_same_question_gives_the_same_bytes(ask, form):
    assert ask("--period", "Y2", "--format", form) == ask("--period", "Y2", "--format", form)


def test_the_same_question_gives_the_same_workbook(ask, tmp_path):
    files = [tmp_path / name for name in ("a.xlsx", "b.xlsx")]
    assert [ask("--period", "Y2", "--format", "xlsx", "--out", str(file))[0] for file in files] == [0, 0]
    assert files[0].read_bytes() == files[1].read_bytes()


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["--period", "Y2Q5"], 2, "--period: "),
        (["--period", "Y2Q3", "--as-at", "2019-03-01"], 2, "lies before the period Y2Q3, which begins on 2019-04-01"),
        (["--period", "Y2Q3", "--lot", "leeds"], 2, 'has no lot "leeds": its lots are wolverhampton, dudley'),
        (
            ["--period", "Y2Q3", "--format", "pdf"],
            2,
            "--format pdf is not available yet; available: json, csv, html, xlsx.",
        ),
        (["--period", "Y2Q3", "--audience", "public"], 2, "--audience public is not available yet"),
        (["--period", "Y2Q3", "--out", "/nowhere/x.json"], 1, "/nowhere/x.json: cannot be written"),
    ],
)
def test_what_is_refused(ask, words, status, said):
    found, out, told = ask(*words)
    assert (found, out) == (status, "")
    assert said in told


def test_a_folder_that_cannot_be_read_leaves_no_file(tmp_path, capsys):
    data, out = tmp_path / "d", tmp_path / "x.json"
    data.mkdir()
    (data / "people.csv").write_text("person_id,birth_date\np1,tomorrow\n", encoding="utf-8")
    words = ["report", "thrive_into_work", "--data", str(data), "--period", "Y2Q3", "--out", str(out)]
    assert main(words) == 1
    assert "people.csv, row 2, column birth_date" in capsys.readouterr().err
    assert not out.exists()

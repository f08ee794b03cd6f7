"""`placewell validate`: findings in three forms; errors also on standard error; the exit status tells."""

import csv
import io
import json

import pytest
from tests.library.cli.asking import SERVICE, a_folder, asker

from placewell.cli.validate import service_codes
from placewell.dataset import validate_folder
from placewell.specification import load

PEOPLE = "person_id,gender\np1,2\np2,blue\n"
EPISODES = (
    "episode_id,person_id,service_id,lot,referred_on,accepted_on,specialist_id\n"
    "e1,p1,thrive_into_work,dudley,2019-04-02,2019-04-01,s1\n"
    "e2,p2,thrive_into_work,leeds,2019-04-02,2019-04-03,s1\n"
)
ERRORS = [
    'episodes.csv, row 2, column accepted_on: "2019-04-01" stands there; expected a day on or after the referral '
    "(2019-04-02) (002 §9.11)",
    'episodes.csv, row 3, column lot: "leeds" stands there; expected one of dudley, sandwell_west_birmingham, '
    "south_central_birmingham, wolverhampton (002 §1.5)",
]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "people.csv").write_text(PEOPLE)
    (tmp_path / "episodes.csv").write_text(EPISODES)
    return tmp_path


@pytest.fixture
def ask(folder, capsysbinary):
    asked = asker(capsysbinary)
    return lambda *words: asked("validate", folder, "--service", SERVICE, *words)


def test_text_has_a_line_for_each_finding_and_a_summary(ask):
    status, out, told = ask()
    *findings, summary = out.splitlines()
    assert status == 1
    assert [line for line in findings if line.startswith("error: ")] == [f"error: {error}" for error in ERRORS]
    assert summary == "2 errors, 1 warning."
    assert told.splitlines() == ERRORS


@pytest.mark.parametrize(
    ("form", "read"),
    [("csv", lambda out: list(csv.DictReader(io.StringIO(out)))), ("json", json.loads)],
)
def test_rows_say_where_what_and_by_which_clause(ask, form, read):
    status, out, told = ask("--format", form)
    found = [row for row in read(out) if row["severity"] == "error"]
    assert status == 1
    assert [(row["file"], row["table"], str(row["row"]), row["column"], row["clause"]) for row in found] == [
        ("episodes.csv", "episodes", "2", "accepted_on", "002 §9.11"),
        ("episodes.csv", "episodes", "3", "lot", "002 §1.5"),
    ]
    assert found[1]["value"] == "leeds"
    assert told.splitlines() == ERRORS


def test_findings_go_to_a_file_and_errors_to_standard_error(ask, tmp_path):
    out = tmp_path / "findings.txt"
    status, printed, told = ask("--out", out)
    assert (status, printed) == (1, "")
    assert told.splitlines() == ERRORS
    assert out.read_text().endswith("2 errors, 1 warning.\n")


def test_warnings_alone_are_no_failure(ask, folder):
    (folder / "episodes.csv").write_text("episode_id,person_id,referred_on\ne1,p1,2019-04-02\n")
    status, out, told = ask()
    assert (status, told) == (0, "")
    assert out.endswith("0 errors, 1 warning.\n")


def test_days_after_today_are_findings(ask, folder):
    (folder / "people.csv").write_text("person_id\np1\np2\n")
    (folder / "episodes.csv").write_text("episode_id,person_id,referred_on\ne1,p1,2019-04-02\n")
    assert ask("--today", "2019-04-02")[1] == "0 errors, 0 warnings.\n"
    assert "expected a day on or before today (2019-04-01)" in ask("--today", "2019-04-01")[1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--today", "soon"), '--today: "soon" is not a date'),
        (("--format", "html"), "--format html is not a format of this command"),
    ],
)
def test_a_question_that_makes_no_sense(ask, words, said):
    status, out, told = ask(*words)
    assert (status, out) == (2, "")
    assert told.startswith(said)


def test_a_folder_that_is_not_there(capsysbinary, tmp_path):
    status, out, told = asker(capsysbinary)("validate", tmp_path / "none", "--service", SERVICE)
    assert status == 1
    assert told.endswith("none: expected a folder with one file for each table\n")
    assert out.endswith("1 error, 0 warnings.\n")


WORKWISE = (
    ("episodes", {"episode_id": "e1", "person_id": "p1", "service_id": "workwise", "referred_on": "2012-04-02"}),
    ("activities", {"activity_id": "a1", "on": "2012-04-02", "kind": "course", "attendees": 3}),
    ("costs", {"month": "2012-04-01", "line": "travel", "amount": 1}),
)


@pytest.mark.parametrize(
    ("table", "column", "code", "found"),
    [
        ("episodes", "locality", "dorset_7", []),
        ("episodes", "locality", "dorset_8", ["episodes"]),
        ("activities", "locality", "dorset_8", ["activities"]),
        ("costs", "line", "biscuits", ["costs"]),
    ],
)
def test_localities_and_budget_lines_are_those_the_service_names(table, column, code, found, tmp_path):
    facts = [(name, {**row, column: code} if name == table else row) for name, row in WORKWISE]
    a_folder(tmp_path / "d", *facts)
    findings = validate_folder(tmp_path / "d", service_codes(load("workwise")))
    assert [one.table for one in findings if one.column == column and one.severity == "error"] == found


def test_a_service_that_names_neither_leaves_them_open():
    assert {"locality", "costs.line"} & set(service_codes(load("ips_grow"))) == set()

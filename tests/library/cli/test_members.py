"""`placewell members`: every subject considered, one row each, and nothing when the question makes no sense."""

import csv
import io
import json

import pytest
from tests.library.cli.asking import SERVICE, a_folder, asker

from placewell.specification import service_ids

KNOWN = ", ".join(service_ids())
QUESTION = ("--period", "Y2Q3")
ENGAGED = "Engaged (3 appointments or a completed profile)"
COLUMNS = ["subject_id", "episode_id", "person_id", "status", "reason", "outcome_on"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return a_folder(tmp_path_factory.mktemp("data") / "d")


@pytest.fixture
def ask(folder, capsysbinary):
    asked = asker(capsysbinary)
    return lambda indicator, *words: asked("members", SERVICE, indicator, "--data", folder, *words)


def rows(out):
    return list(csv.DictReader(io.StringIO(out)))


def test_csv_has_the_columns_promised_first(ask):
    status, out, told = ask("engaged", *QUESTION)
    assert (status, told) == (0, "")
    assert out.splitlines()[0].split(",")[:6] == COLUMNS
    assert [[row[name] for name in COLUMNS] for row in rows(out)] == [
        ["p1", "e1", "p1", "counted", f"{ENGAGED} on 17 April 2019.", "2019-04-17"],
        ["p2", "e2", "p2", "not_due", "needs 3 appointments or a completed profile; has 0 appointments", ""],
    ]


def test_json_holds_the_same_rows(ask):
    _, as_csv, _ = ask("engaged", *QUESTION)
    status, out, _ = ask("engaged", *QUESTION, "--format", "json")
    found = json.loads(out)
    assert status == 0
    assert [{name: row[name] or "" for name in COLUMNS} for row in found] == [
        {name: row[name] for name in COLUMNS} for row in rows(as_csv)
    ]
    assert found[1]["outcome_on"] is None


def test_one_lot_and_another_day(ask):
    _, out, _ = ask("engaged", *QUESTION, "--lot", "wolverhampton")
    assert [row["subject_id"] for row in rows(out)] == ["p2"]
    _, out, _ = ask("engaged", *QUESTION, "--as-at", "2019-04-16")
    assert [(row["subject_id"], row["status"]) for row in rows(out)] == [("p1", "not_due")]


def test_the_subjects_are_what_is_counted(ask):
    _, jobs, _ = ask("job_starts", *QUESTION)
    _, episodes, _ = ask("referrals", *QUESTION)
    assert [row["subject_id"] for row in rows(jobs)] == ["j1"]
    assert [row["subject_id"] for row in rows(episodes)] == ["e1", "e2", "e3"]


@pytest.mark.parametrize(
    ("indicator", "words", "said"),
    [
        ("engagd", QUESTION, 'thrive_into_work has no indicator "engagd": did you mean engaged'),
        ("xyzzy", QUESTION, 'thrive_into_work has no indicator "xyzzy": did you mean engaged, job_start_under_16'),
        ("gp_appointments", QUESTION, "gp_appointments is worked out by the evaluator from linked records"),
        ("engaged", ("--period", "Q1"), '--period: "Q1" is not a period'),
        ("engaged", (*QUESTION, "--as-at", "June"), '--as-at: "June" is not a date'),
        ("engaged", (*QUESTION, "--as-at", "2019-03-31"), "--as-at 2019-03-31 lies before the period Y2Q3"),
        ("engaged", (*QUESTION, "--lot", "leeds"), 'thrive_into_work has no lot "leeds"'),
        ("engaged", (*QUESTION, "--format", "xlsx"), "--format xlsx is not a format of this command"),
    ],
)
def test_a_question_that_makes_no_sense(ask, indicator, words, said):
    status, out, told = ask(indicator, *words)
    assert (status, out) == (2, "")
    assert told.startswith(said)
    assert len(told.splitlines()) == 1


def test_an_unknown_service(capsysbinary, folder):
    status, out, told = asker(capsysbinary)("members", "nowhere", "engaged", "--data", folder, *QUESTION)
    assert (status, out) == (2, "")
    assert told == f'There is no service and no folder "nowhere": the catalogue has {KNOWN}.\n'

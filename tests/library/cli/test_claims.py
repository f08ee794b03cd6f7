"""`placewell claims`: the ledger as a table and as one object, pounds as text."""

import csv
import io
import json
from dataclasses import replace

import pytest
from tests.factories import a_job, an_episode
from tests.library.cli.asking import FACTS, SERVICE, a_folder, asker

from placewell.cli import claims

SECOND = (
    an_episode("e4", "p4", entered="2019-04-02", lot="wolverhampton"),
    a_job("e4", "j4", first_day="2019-05-01", hours=None),
    ("evidence", {"evidence_id": "by-hand", "episode_id": "e4", "outcome": "job_start", "kind": "client_declaration",
                  "about_on": "2019-05-01", "received_on": "2019-05-02", "status": "verified",
                  "decided_on": "2019-07-01"}),
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return a_folder(tmp_path_factory.mktemp("data") / "d", *FACTS, *SECOND)


@pytest.fixture
def ask(folder, capsysbinary):
    asked = asker(capsysbinary)
    return lambda *words: asked("claims", SERVICE, "--data", folder, *words)


def lines(out):
    found = csv.DictReader(io.StringIO(out))
    return [(row["person_id"], row["state"], row["amount"], row["quarter"], row["backup"]) for row in found]


@pytest.mark.parametrize(
    ("as_at", "expected"),
    [
        ("2019-05-19", []),
        ("2019-05-20", [("p1", "payable", "750.00", "Y2Q3", "false")]),
        ("2019-06-20", [("p1", "paid", "750.00", "Y2Q3", "false")]),
        ("2019-07-01", [("p1", "paid", "750.00", "Y2Q3", "false"), ("p4", "payable", "750.00", "Y2Q4", "true")]),
    ],
)
def test_the_ledger_as_at_a_day(ask, as_at, expected):
    status, out, told = ask("--as-at", as_at)
    assert (status, told) == (0, "")
    assert lines(out) == expected


def test_one_object_with_terms_totals_and_lines(ask):
    status, out, _ = ask("--as-at", "2019-12-31", "--format", "json")
    found = json.loads(out)
    assert status == 0
    assert (found["service"], found["as_at"], found["lot"]) == (SERVICE, "2019-12-31", None)
    assert (found["terms"]["amount"], found["terms"]["cap"], found["terms"]["cap_payments"]) == (
        "750.00", "680000.00", 906,
    )  # fmt: skip
    assert found["totals"]["paid"] == {"lines": 1, "amount": "750.00"}
    assert found["totals"]["to_claim"] == {"lines": 1, "amount": "750.00"}
    assert [line["person_id"] for line in found["lines"]] == ["p1", "p4"]
    assert len(found["data"]) == 64


def test_a_lot_shows_its_own_lines(ask):
    _, out, _ = ask("--as-at", "2019-12-31", "--lot", "wolverhampton")
    assert [line[0] for line in lines(out)] == ["p4"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--as-at", "31/12/2019"), '--as-at: "31/12/2019" is not a date'),
        (("--as-at", "2019-12-31", "--lot", "leeds"), 'thrive_into_work has no lot "leeds"'),
        (("--as-at", "2019-12-31", "--format", "html"), "--format html is not a format of this command"),
    ],
)
def test_a_question_that_makes_no_sense(ask, words, said):
    status, out, told = ask(*words)
    assert (status, out) == (2, "")
    assert told.startswith(said)


def test_a_service_that_pays_for_nothing(ask, monkeypatch):
    from placewell.specification import load

    spec = load(SERVICE)
    free = replace(spec, payment=None)
    monkeypatch.setattr(claims, "specification", lambda given: free)
    status, out, told = ask("--as-at", "2019-12-31")
    assert (status, out) == (2, "")
    assert told.startswith("thrive_into_work pays for no outcome")

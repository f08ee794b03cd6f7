"""Proof: which outcomes wait for a document, what is held and why it does not do, and what would."""

from typing import Any

import pytest
from tests.library.cadence.caseload import Rows, contacts, due, job, open_clocks, person, together

STARTED = "2019-04-23"
TODAY = "2019-06-14"
ACCEPTED = (
    " Accepted: contract of employment, letter from the employer, e-mail from the employer, payslip, time sheet, "
    "record of self-employment; as a backup declaration signed by the person."
)
GOOD = {"about_on": STARTED, "received_on": "2019-05-01", "status": "verified", "verified_on": "2019-05-02"}


def started(*rows: Rows, **more: Any) -> list[Rows]:
    return [
        person(entered="2019-03-01", specialist_id="s1", **more),
        contacts("2019-03-01"),
        job(STARTED, job_id="j"),
        *rows,
    ]


def document(n: int = 1, **more: Any) -> Rows:
    usual = {"evidence_id": f"v{n}", "episode_id": "e1", "job_id": "j", "outcome": "job_start", "kind": "payslip"}
    return {"evidence": [{**usual, **GOOD, "decided_by": "m1", **more}]}


TOO_EARLY = "Payslip about 28 February 2019 is too early: it must vouch for 23 April 2019 or later."
NOTE = "Note on how the service supported the person in work received on 1 May 2019 is not accepted for this."
WAITING = {"status": "received", "verified_on": None}


@pytest.mark.parametrize(
    ("documents", "held"),
    [
        ([], "No document is held."),
        ([{"about_on": "2019-02-28"}], TOO_EARLY),
        ([WAITING], "Payslip received on 1 May 2019 waits to be verified."),
        ([{"about_on": None}], "Payslip received on 1 May 2019 names no day."),
        ([{"kind": "qualitative_note"}], NOTE),
        ([{"kind": "rumour"}], "rumour received on 1 May 2019 is not accepted for this."),
        ([{"status": "rejected", "decided_on": "2019-05-03"}], "Payslip received on 1 May 2019 was rejected."),
        ([{"decided_by": "s1"}], "Payslip was verified by the person's own specialist: another must."),
        ([{"job_id": "other"}], "Payslip received on 1 May 2019 is about another job."),
        # the nearest to counting is told
        ([{"about_on": None}, WAITING], "Payslip received on 1 May 2019 waits to be verified."),
        ([WAITING, {"about_on": "2019-02-28"}], "Payslip received on 1 May 2019 waits to be verified."),
    ],
)  # fmt: skip
def test_what_is_held_and_why_it_does_not_do(documents: list[dict[str, Any]], held: str) -> None:
    rows = together(*started(), *(document(n, **more) for n, more in enumerate(documents)))
    clock = open_clocks(rows, TODAY)["evidence_job_start"]
    assert clock["why"] == f"First day worked in a competitive job: 23 April 2019. {held}{ACCEPTED}"
    assert (str(clock["due_on"]), str(clock["warn_on"])) == ("2019-05-07", "2019-04-30")


@pytest.mark.parametrize("document_rows", [document(), document(kind="client_declaration"), document(kind="contract")])
def test_proof_silences_the_clock(document_rows: Rows) -> None:
    assert "evidence_job_start" not in due(together(*started(document_rows)), TODAY)


def test_proof_verified_later_does_not_yet() -> None:
    late = document(verified_on="2019-06-20", decided_on="2019-06-20")
    assert "evidence_job_start" in due(together(*started(late)), TODAY)
    assert "evidence_job_start" not in due(together(*started(late)), "2019-06-20")


@pytest.mark.parametrize(
    ("today", "clocks"),
    [
        ("2019-06-02", ["evidence_job_start"]),
        ("2019-06-03", ["evidence_job_start", "evidence_six_weeks"]),  # the 42nd day
        ("2019-10-21", ["evidence_job_start", "evidence_six_weeks"]),
        ("2019-10-22", ["evidence_job_start", "evidence_six_weeks", "evidence_sustained_26_weeks"]),  # day 182
    ],
)
def test_each_outcome_asks_for_its_own_proof_from_its_day_on(today: str, clocks: list[str]) -> None:
    found = due(together(*started()), today)
    assert [clock for clock in found if clock.startswith("evidence_")] == clocks


def test_a_job_that_ended_before_26_weeks_asks_for_no_proof_of_them() -> None:
    rows = [person(entered="2019-03-01"), job(STARTED, ended_on="2019-09-01")]
    assert "evidence_sustained_26_weeks" not in due(together(*rows), "2019-12-01")


def test_closing_the_episode_does_not_stop_the_clock_of_proof() -> None:
    found = due(together(*started(closed_on="2019-06-01")), TODAY)
    assert list(found) == ["evidence_job_start", "evidence_six_weeks"]


def test_a_declaration_alone_does_not_do_at_26_weeks() -> None:
    days = {"about_on": "2019-10-22", "received_on": "2019-10-25", "verified_on": "2019-10-26"}
    half = document(outcome="sustained_26_weeks", kind="client_declaration", **days)
    why = open_clocks(together(*started(half)), "2019-11-01")["evidence_sustained_26_weeks"]["why"]
    assert "Declaration signed by the person does not do alone." in why
    assert why.endswith(
        "as a backup declaration signed by the person with note on how the service supported the person in work."
    )

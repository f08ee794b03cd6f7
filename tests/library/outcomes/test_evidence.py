"""Evidence: an accepted kind, for that outcome and episode, about a day late enough, verified as at the day."""

import pytest
from tests.factories import a_document, a_job, an_episode
from tests.library.outcomes.asking import ask, rows

EPISODE = an_episode("e1", entered="2019-05-01", specialist_id="s1")
JOB = a_job("e1", "j1", first_day="2019-06-01")
EMPLOYER_MADE = ("employer_letter", "employer_email", "payslip", "timesheet")
SIX, HALF_YEAR = "2019-07-12", "2019-11-30"


def proof(outcome, *documents, **asked):
    return ask(f"{outcome}_evidence", EPISODE, JOB, *documents, **asked)


@pytest.mark.parametrize(
    ("kind", "start", "six_weeks", "half_year"),
    [
        ("contract", "primary", None, None),
        *((kind, "primary", "primary", "primary") for kind in EMPLOYER_MADE),
        ("self_employment_record", "primary", "primary", "primary"),  # whatever the job says
        ("client_declaration", "backup", "backup", None),
        ("qualitative_note", None, None, None),
        ("something_else", None, None, None),
        (None, None, None, None),
    ],
)
def test_each_outcome_accepts_its_kinds(kind, start, six_weeks, half_year):
    days = {"job_start": "2019-06-01", "six_weeks": SIX, "sustained_26_weeks": HALF_YEAR}
    found = [proof(o, a_document("e1", outcome=o, about=day, kind=kind)) for o, day in days.items()]
    assert found == [start, six_weeks, half_year]


@pytest.mark.parametrize(
    ("outcome", "about", "kind"),
    [
        ("job_start", "2019-06-01", "primary"),
        ("job_start", "2019-06-30", "primary"),
        ("job_start", "2019-05-31", None),
        ("job_start", None, None),
        ("six_weeks", SIX, "primary"),
        ("six_weeks", "2019-07-11", None),
        ("sustained_26_weeks", HALF_YEAR, "primary"),
        ("sustained_26_weeks", "2019-11-29", None),
    ],
)
def test_a_document_must_vouch_for_the_outcomes_day_or_a_later_one(outcome, about, kind):
    received = None if about else "2019-06-05"
    assert proof(outcome, a_document("e1", outcome=outcome, about=about, received=received)) == kind


@pytest.mark.parametrize(
    ("document", "kind"),
    [
        (a_document("e1", "j1", about="2019-06-01"), "primary"),
        (a_document("e1", None, about="2019-06-01"), "primary"),
        (a_document("e1", "j2", about="2019-06-01"), None),  # another job
        (a_document("e2", "j1", about="2019-06-01"), None),  # another episode
        (a_document("e1", "j1", about="2019-06-01", outcome="six_weeks"), None),
    ],
)
def test_a_job_start_needs_a_document_of_that_job_or_of_none(document, kind):
    assert proof("job_start", an_episode("e2", "p-e1", entered="2019-05-01"), document) == kind


def test_later_outcomes_do_not_ask_for_the_job():
    assert proof("six_weeks", a_document("e1", "j2", outcome="six_weeks", about=SIX)) == "primary"


@pytest.mark.parametrize(
    ("days", "as_at", "kind"),
    [
        ({"received": "2019-06-10", "verified": "2019-06-20"}, "2019-06-19", None),  # late evidence
        ({"received": "2019-06-10", "verified": "2019-06-20"}, "2019-06-20", "primary"),
        ({"received": "2019-06-21", "verified": "2019-06-20"}, "2019-06-20", None),  # not received yet
        ({"received": "2019-06-10", "status": "received"}, "2019-12-31", None),
        ({"received": "2019-06-10", "rejected": "2019-06-20"}, "2019-06-15", None),
        ({"received": "2019-06-10", "rejected": "2019-06-20"}, "2019-12-31", None),
        ({"received": "2019-06-10", "verified": "2019-06-12", "rejected": "2019-06-20"}, "2019-06-11", None),
        ({"received": "2019-06-10", "verified": "2019-06-12", "rejected": "2019-06-20"}, "2019-06-12", "primary"),
        ({"received": "2019-06-10", "verified": "2019-06-12", "rejected": "2019-06-20"}, "2019-06-19", "primary"),
        ({"received": "2019-06-10", "verified": "2019-06-12", "rejected": "2019-06-20"}, "2019-06-20", None),
    ],
)
def test_a_document_counts_from_its_verification_to_its_rejection(days, as_at, kind):
    assert proof("job_start", a_document("e1", "j1", about="2019-06-01", **days), as_at=as_at) == kind


@pytest.mark.parametrize(
    ("columns", "kind"),
    [
        ({"status": "verified", "verified_on": None, "decided_on": "2019-06-20"}, "primary"),  # decided_on stands in
        ({"status": "verified", "verified_on": None, "decided_on": None}, None),  # no day: it has not happened
        ({"status": "received", "verified_on": None, "decided_on": "2019-06-20"}, None),
        ({"status": "rejected", "verified_on": None, "decided_on": None}, None),
        ({"status": None, "verified_on": None, "decided_on": None}, None),
        ({"received_on": None}, None),
    ],
)
def test_what_is_not_dated_has_not_happened(columns, kind):
    table, row = a_document("e1", "j1", about="2019-06-01")
    assert proof("job_start", (table, row | columns)) == kind


@pytest.mark.parametrize(("by", "kind"), [("s1", None), ("s2", "primary"), (None, "primary")])
def test_the_persons_own_specialist_cannot_verify(by, kind):
    assert proof("job_start", a_document("e1", "j1", about="2019-06-01", decided_by=by)) == kind


def test_who_rejects_later_says_nothing_about_who_verified():
    document = a_document("e1", "j1", about="2019-06-01", verified="2019-06-12", rejected="2019-06-20", decided_by="s1")
    assert proof("job_start", document, as_at="2019-06-15") == "primary"


@pytest.mark.parametrize(
    ("documents", "kind", "on"),
    [
        ([("client_declaration", "2019-12-02"), ("qualitative_note", "2019-12-09")], "backup", "2019-12-09"),
        ([("client_declaration", "2019-12-02")], None, None),
        ([("qualitative_note", "2019-12-09")], None, None),
        ([("client_declaration", "2019-12-02"), ("qualitative_note", None)], None, None),
        ([("client_declaration", "2019-12-02"), ("payslip", "2019-12-20")], "primary", "2019-12-20"),
        (
            [("client_declaration", "2019-12-02"), ("qualitative_note", "2019-12-09"), ("payslip", "2019-12-20")],
            "primary",
            "2019-12-20",
        ),
    ],
)
def test_at_26_weeks_a_declaration_needs_a_note_and_is_marked(documents, kind, on):
    facts = [
        a_document(
            "e1",
            outcome="sustained_26_weeks",
            about=HALF_YEAR,
            kind=document,
            verified=verified,
            status=None if verified else "received",
        )
        for document, verified in documents
    ]
    assert proof("sustained_26_weeks", *facts) == kind
    assert ask("sustained_26_weeks_evidence_on", EPISODE, JOB, *facts) == on


def test_the_first_verification_of_several_documents_is_the_day_it_was_proved():
    facts = (
        a_document("e1", "j1", about="2019-06-01", verified="2019-07-01"),
        a_document("e1", None, about="2019-06-02", verified="2019-06-20", kind="contract"),
        a_document("e1", "j1", about="2019-06-02", verified="2019-06-10", kind="client_declaration"),
    )
    assert ask("job_start_evidence_on", EPISODE, JOB, *facts) == "2019-06-20"


def test_evidence_is_asked_of_the_first_job_of_each_episode_apart():
    facts = (
        EPISODE,
        JOB,
        an_episode("e2", "p-e1", entered="2019-08-01"),
        a_job("e2", "j2", first_day="2019-08-05"),
        a_document("e2", "j2", about="2019-08-05"),
    )
    found = rows(*facts)
    assert (found["e1"]["job_start_evidence"], found["e2"]["job_start_evidence"]) == (None, "primary")


def test_there_is_no_proof_without_an_outcome():
    assert ask("six_weeks_evidence", EPISODE, a_document("e1", outcome="six_weeks", about="2019-12-31")) is None

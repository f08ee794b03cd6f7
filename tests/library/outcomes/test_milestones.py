"""Milestones: reached and proved, reached and not, due, not yet, missed; and what is missing in words."""

from datetime import date

import pytest
from tests.factories import a_document, a_job, a_profile, an_appointment, an_episode, dataset, three_appointments
from tests.library.outcomes.asking import SPEC, ask_milestones, changed

from placewell.outcomes import Facts, Outcomes, outcome_table
from placewell.outcomes.milestones import SCHEMA, milestones, milestones_of
from placewell.vocabulary import label

EPISODE = an_episode("e1", entered="2019-05-01", specialist_id="s1")
JOB = a_job("e1", "j1", first_day="2019-05-31", hours="20")
SHORT = a_job("e1", first_day="2019-05-31", ended="2019-06-09")
TWO = three_appointments("e1", "2019-05-02", "2019-05-03")


def states(*facts, as_at):
    return {id: row["state"] for id, row in ask_milestones(EPISODE, *facts, as_at=as_at).items()}


def days(*facts, as_at):
    found = ask_milestones(EPISODE, *facts, as_at=as_at)
    return {id: row["on"].isoformat() if row["on"] else None for id, row in found.items()}


def reason(outcome, *facts, as_at="2019-12-31"):
    return ask_milestones(EPISODE, *facts, as_at=as_at)[outcome]["reason"]


def test_before_a_job_nothing_is_due():
    assert states(as_at="2019-06-14") == {
        "engaged": "not_yet",
        "job_start": "not_yet",
        "six_weeks": "not_yet",
        "in_work_13_weeks": "not_yet",
        "sustained_26_weeks": "not_yet",
        "in_work_52_weeks": "not_yet",
    }
    assert set(days(as_at="2019-06-14").values()) == {None}


def test_from_the_first_day_worked_the_later_ones_are_due():
    assert states(JOB, as_at="2019-06-14") == {
        "engaged": "not_yet",
        "job_start": "unproved",
        "six_weeks": "due",
        "in_work_13_weeks": "due",
        "sustained_26_weeks": "due",
        "in_work_52_weeks": "due",
    }
    assert days(JOB, as_at="2019-06-14") == {
        "engaged": None,
        "job_start": "2019-05-31",
        "six_weeks": "2019-07-11",
        "in_work_13_weeks": "2019-08-30",
        "sustained_26_weeks": "2019-11-29",
        "in_work_52_weeks": "2020-05-29",
    }


@pytest.mark.parametrize(
    ("facts", "as_at", "state", "on"),
    [
        # 10 days, 20 out, then in work: the other 32 begin on 30 June
        ([SHORT, a_job("e1", first_day="2019-06-30")], "2019-07-05", "due", "2019-07-31"),
        ([SHORT], "2019-07-05", "not_yet", None),
        ([SHORT], "2019-06-09", "due", "2019-07-11"),
        ([JOB], "2019-07-11", "unproved", "2019-07-11"),
        ([JOB, a_document("e1", outcome="six_weeks", about="2019-07-11")], "2019-07-11", "proved", "2019-07-11"),
    ],
)
def test_six_weeks_fall_due_when_the_work_of_today_would_complete_them(facts, as_at, state, on):
    row = ask_milestones(EPISODE, *facts, as_at=as_at)["six_weeks"]
    assert (row["state"], row["on"].isoformat() if row["on"] else None) == (state, on)


def test_26_weeks_out_of_work_is_missed():
    job = a_job("e1", "j1", first_day="2019-05-31", ended="2019-10-01")
    assert states(job, as_at="2019-11-28")["sustained_26_weeks"] == "due"
    assert states(job, as_at="2019-11-29")["sustained_26_weeks"] == "missed"
    assert reason("sustained_26_weeks", job) == "Not in work on 29 November 2019."


def test_an_outcome_without_evidence_rule_is_proved_by_the_record():
    found = ask_milestones(EPISODE, JOB, a_profile("e1", "2019-05-02", "2019-05-20"), as_at="2020-06-30")
    assert [found[id]["state"] for id in ("engaged", "in_work_13_weeks", "in_work_52_weeks")] == ["proved"] * 3
    assert [found[id]["in_contract"] for id in ("engaged", "in_work_13_weeks")] == [True, False]
    assert found["engaged"]["accepted"] is None


def test_hours_and_clause_stand_beside():
    row = ask_milestones(EPISODE, JOB, as_at="2019-07-31")["six_weeks"]
    assert (row["name"], row["band"], row["weekly_hours"], row["clause"]) == (
        "6 weeks",
        "16_and_over",
        20,
        "002 Fig. 2, App. 6",
    )


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ([], "needs 3 appointments or a completed profile; has 0 appointments"),
        ([an_appointment("e1", "2019-05-02")], "needs 3 appointments or a completed profile; has 1 appointment"),
        (TWO, "needs 3 appointments or a completed profile; has 2 appointments"),
    ],
)
def test_what_engagement_still_needs(facts, words):
    assert reason("engaged", *facts) == words


START = (
    "a contract of employment, a letter from the employer, an e-mail from the employer, a payslip, "
    "a time sheet or a record of self-employment"
)


@pytest.mark.parametrize(
    ("documents", "words"),
    [
        ([], f"No evidence is held: needs {START}; as a backup a declaration signed by the person."),
        (
            [a_document("e1", "j1", about="2019-05-28", received="2019-05-24", kind="employer_letter")],
            "The letter from the employer of 24 May 2019 vouches for 28 May 2019, "
            "before the first day worked, 31 May 2019.",
        ),
        (
            [a_document("e1", "j1", about="2019-06-01", status="received")],
            "The payslip of 1 June 2019 waits to be verified.",
        ),
        (
            [a_document("e1", "j1", about="2019-06-01", rejected="2019-06-05")],
            "The payslip of 1 June 2019 was rejected on 5 June 2019.",
        ),
        ([a_document("e1", "j2", about="2019-06-01")], "The payslip of 1 June 2019 names another job."),
        (
            [a_document("e1", "j2", about="2019-06-01", kind="self_employment_record")],
            "The record of self-employment of 1 June 2019 names another job.",
        ),
        (
            [a_document("e1", "j1", about=None, received="2019-06-01")],
            "The payslip of 1 June 2019 does not say for which day it vouches.",
        ),
        (
            [a_document("e1", "j1", about="2019-06-01", decided_by="s1")],
            "The payslip of 1 June 2019 was verified by the person's own specialist: somebody else must verify it.",
        ),
        (
            [a_document("e1", "j1", about="2019-06-01", kind="photo")],
            f"The photo of 1 June 2019 is not accepted: needs {START}; as a backup a declaration signed by the person.",
        ),
        # of several, the one that is nearest to counting
        (
            [
                a_document("e1", "j1", about="2019-06-01", kind="photo"),
                a_document("e1", "j1", about="2019-06-02", status="received"),
                a_document("e1", "j1", about="2019-05-30"),
            ],
            "The payslip of 2 June 2019 waits to be verified.",
        ),
    ],
)
def test_what_is_held_and_why_it_does_not_do(documents, words):
    assert reason("job_start", JOB, *documents) == words


def test_a_later_outcome_speaks_of_its_own_day():
    early = a_document("e1", outcome="six_weeks", about="2019-07-10", kind="timesheet")
    assert reason("six_weeks", JOB, early) == (
        "The time sheet of 10 July 2019 vouches for 10 July 2019, before the day it must prove, 11 July 2019."
    )


@pytest.mark.parametrize(
    ("kind", "rest"),
    [
        ("client_declaration", "a note on how the service supported the person in work"),
        ("qualitative_note", "a declaration signed by the person"),
    ],
)
def test_half_a_backup_says_what_goes_with_it(kind, rest):
    half = a_document("e1", outcome="sustained_26_weeks", about="2019-11-29", kind=kind)
    assert reason("sustained_26_weeks", JOB, half) == (
        f"The {label('evidence_kind', kind).lower()} of 29 November 2019 is a backup that needs {rest} with it."
    )


def test_a_backup_is_marked():
    backup = a_document("e1", "j1", about="2019-06-01", kind="client_declaration", verified="2019-06-07")
    row = ask_milestones(EPISODE, JOB, backup, as_at="2019-06-30")["job_start"]
    assert (row["state"], row["evidence"], row["reason"]) == (
        "proved",
        "backup",
        "By backup evidence, verified on 7 June 2019.",
    )


def test_people_who_have_not_entered_have_no_milestones():
    assert ask_milestones(an_episode("e1", entered="2018-05-01", arm="control"), JOB) == {}


def test_a_service_that_marks_no_milestone_has_none():
    spec = changed(*(one.id for one in SPEC.outcomes.outcomes), milestone=False)
    assert ask_milestones(EPISODE, JOB, as_at="2019-12-31", spec=spec) == {}


def test_a_list_without_milestones_has_the_columns_of_one_with():
    some, none = dataset(EPISODE, JOB), changed(*(one.id for one in SPEC.outcomes.outcomes), milestone=False)
    day = date(2019, 12, 31)
    assert milestones(none, some, day).schema == milestones(SPEC, some, day).schema == SCHEMA


def test_the_milestones_are_the_same_beside_the_outcome_table():
    some, day = dataset(EPISODE, JOB, *TWO), date(2019, 12, 31)
    steps = Outcomes(Facts(SPEC, some, day))
    assert steps.table.collect().equals(outcome_table(SPEC, some, day))
    assert milestones_of(steps).equals(milestones(SPEC, some, day))
    assert steps.table.collect().equals(outcome_table(SPEC, some, day))

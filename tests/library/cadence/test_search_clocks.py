"""First contact, first application, employers, staying active, nine months, plan review: open, silent, and why."""

from functools import partial
from typing import Any

import pytest
from tests.library.cadence.caseload import Rows, contacts, due, job, open_clocks, person, table, together

ENTERED = "2019-05-17"
TODAY = "2019-06-14"
decision = partial(table, "support_decisions")
EMPLOYER = {"employer_contact_id": "x", "employer_id": "b"}


@pytest.mark.parametrize(
    ("rows", "answer"),
    [
        ([], "2019-06-11"),
        ([contacts("2019-06-02", attendance="did_not_attend")], "2019-06-11"),
        ([contacts("2019-06-02", kind="text", attendance="one_way")], "2019-06-11"),
        ([contacts("2019-06-02", with_whom="clinician")], "2019-06-11"),
        ([contacts("2019-05-31")], "2019-06-11"),  # before the referral
        ([contacts("2019-06-15")], "2019-06-11"),  # has not happened yet
        ([contacts("2019-06-02")], None),
        ([contacts("2019-06-01", kind="text")], None),  # answered: two-way
    ],
)
def test_first_contact(rows: list[Rows], answer: str | None) -> None:
    waiting = person(entered=None, referred="2019-06-01")
    assert due(together(waiting, *rows), TODAY).get("first_contact") == answer


@pytest.mark.parametrize("change", [{"declined_on": "2019-06-03"}, {"closed_on": "2019-06-14"}])
def test_a_closed_or_declined_referral_has_no_clock(change: dict[str, str]) -> None:
    assert due(together(person(entered=None, referred="2019-06-01", **change)), TODAY) == {}


def test_a_closing_dated_later_changes_nothing_yet() -> None:
    assert due(together(person(closed_on="2019-06-15")), TODAY) == due(together(person()), TODAY)


def test_the_control_group_has_no_clock() -> None:
    rows = together(person(entered=None), table("allocations", arm="control", allocated_on="2019-03-01"))
    assert due(rows, TODAY) == {}


BOTH, ONLY_APPLICATION = {"first_application", "first_employer_contact"}, {"first_application"}


@pytest.mark.parametrize(
    ("rows", "still_open"),
    [
        ([], BOTH),
        ([table("applications", application_id="a", on="2019-06-01")], set()),
        ([table("applications", application_id="a", on=ENTERED)], set()),
        ([table("applications", application_id="a", on="2019-05-16")], BOTH),  # before entry
        ([table("applications", application_id="a", on="2019-06-15")], BOTH),  # not yet
        ([table("employer_contacts", on="2019-06-01", face_to_face=True, **EMPLOYER)], ONLY_APPLICATION),
        ([table("employer_contacts", on="2019-06-01", face_to_face=False, **EMPLOYER)], BOTH),
        ([table("employer_contacts", on="2019-06-01", **EMPLOYER)], BOTH),
        ([table("employer_contacts", on="2019-05-01", face_to_face=True, **EMPLOYER)], BOTH),
        ([job("2019-06-03")], set()),  # a job needs no application any more
        ([job("2019-06-03", competitive=False)], BOTH),
    ],
)
def test_first_application_and_employer_contact(rows: list[Rows], still_open: set[str]) -> None:
    assert BOTH & due(together(person(), *rows), TODAY).keys() == still_open


@pytest.mark.parametrize(
    ("rows", "answer"),
    [
        ([contacts("2019-05-21")], "2019-06-18"),
        ([contacts("2019-05-21", "2019-06-10")], "2019-07-08"),
        ([contacts("2019-05-21"), contacts("2019-06-12", attendance="did_not_attend")], "2019-06-18"),
        ([contacts("2019-05-10")], "2019-06-14"),  # before entry: counted from entry
        ([contacts("2019-04-01")], None),  # before the referral: not yet reached, which is another clock
        (
            [contacts("2019-05-21"), decision(on="2019-06-01", limit="job_search", decision="ended")],
            None,
        ),
        (
            [contacts("2019-05-21"), decision(on="2019-06-01", limit="in_work", decision="ended")],
            None,
        ),
    ],
)
def test_active_contact(rows: list[Rows], answer: str | None) -> None:
    assert due(together(person(), *rows), TODAY).get("active_contact") == answer


def test_support_taken_up_again_starts_the_clock_again() -> None:
    ended = decision(on="2019-06-01", limit="in_work", decision="ended")
    again = decision(on="2019-06-10", limit="in_work", decision="taken_up_again")
    assert "active_contact" not in due(together(person(), contacts("2019-05-21"), ended), TODAY)
    assert "active_contact" in due(together(person(), contacts("2019-05-21"), ended, again), TODAY)


@pytest.mark.parametrize(
    ("rows", "answer"),
    [
        ([], "2020-02-17"),
        ([job("2019-06-03")], None),
        ([decision(on="2020-02-10", limit="job_search", decision="ended")], None),
        ([decision(on="2020-02-10", limit="in_work", decision="ended")], "2020-02-17"),
        (
            [
                table(
                    "support_decisions", on="2020-02-10", limit="job_search", decision="extended", until_on="2020-04-30"
                )
            ],
            "2020-04-30",
        ),
        ([decision(on="2020-03-10", limit="job_search", decision="ended")], "2020-02-17"),  # later
    ],
)
def test_nine_months(rows: list[Rows], answer: str | None) -> None:
    assert due(together(person(), *rows), "2020-02-20").get("nine_months") == answer


@pytest.mark.parametrize(
    ("plans", "answer"),
    [
        ([], None),
        ([{"agreed_on": "2019-05-20"}], "2019-08-20"),
        ([{"agreed_on": "2019-05-20", "version": 1}, {"agreed_on": "2019-06-10", "version": 2}], "2019-09-10"),
        ([{"agreed_on": "2019-05-20", "ended_on": "2019-06-01"}], None),
        ([{"agreed_on": "2019-05-20", "ended_on": "2019-07-01"}], "2019-08-20"),  # ends later
        ([{"agreed_on": "2019-05-20", "kind": "job_search"}], None),
        ([{"agreed_on": "2019-05-01"}], None),  # before entry
    ],
)
def test_plan_review(plans: list[dict[str, Any]], answer: str | None) -> None:
    rows = [table("plans", **{"kind": "vocational_action", **plan}) for plan in plans]
    assert due(together(person(), *rows), TODAY).get("plan_review") == answer


def test_what_is_due_in_words() -> None:
    texts = contacts("2019-06-01", "2019-06-07", kind="text", attendance="one_way")
    plan = table("plans", version=2, kind="vocational_action", agreed_on="2019-05-20")
    found = open_clocks(together(person(), contacts("2019-05-21"), texts, plan), TODAY)
    assert found["first_application"]["why"] == "Entered on 17 May 2019. No application yet; today is day 28."
    assert found["first_employer_contact"]["why"] == (
        "Entered on 17 May 2019. No application and no face-to-face meeting with an employer yet; today is day 28."
    )
    assert found["active_contact"]["why"] == (
        "Last two-way contact 21 May 2019. Tried 2 times since, last on 7 June 2019, without an answer. "
        "The limit is 28 days."
    )
    assert found["nine_months"]["why"] == (
        "Entered on 17 May 2019. No competitive job yet; nine months end on 17 February 2020. "
        "Agree an ending, or have an exception recorded with its reason."
    )
    assert found["plan_review"]["why"] == "Plan agreed on 20 May 2019 (version 2). Review it every three months."


def test_first_contact_and_extensions_in_words() -> None:
    tried = contacts("2019-06-03", kind="call", attendance="did_not_attend")
    found = open_clocks(together(person(entered=None, referred="2019-06-01"), tried), TODAY)
    assert found["first_contact"]["why"] == (
        "Referred on 1 June 2019. Nobody has spoken with them yet. Tried on 3 June 2019 without an answer."
    )
    longer = decision(on="2020-02-10", limit="job_search", decision="extended", until_on="2020-04-30")
    assert open_clocks(together(person(), longer), "2020-02-20")["nine_months"]["why"].startswith(
        "Entered on 17 May 2019. Support was extended on 10 February 2020 until 30 April 2020. Agree"
    )
    plan = table("plans", kind="vocational_action", agreed_on="2019-05-20")
    assert open_clocks(together(person(), plan), TODAY)["plan_review"]["why"].startswith("Plan agreed on 20 May 2019. ")
    none = open_clocks(together(person(), contacts("2019-05-10")), TODAY)["active_contact"]["why"]
    assert none == "Entered on 17 May 2019. No two-way contact since. The limit is 28 days."

"""Before and after a start, weekly, monthly, after a job, the limit of support in work: open, silent, and why."""

from dataclasses import replace
from datetime import date

import pytest
from tests.library.cadence.caseload import SPEC, Rows, contacts, due, job, open_clocks, person, table, together

from placewell.cadence import clocks
from placewell.pathway import support_limits

ENTERED = "2019-03-01"
IN_WORK = ("after_start", "in_work_weekly", "in_work_monthly")


def working(day: str, *rows: Rows, **more: object) -> list[Rows]:
    return [person(entered=ENTERED), contacts(ENTERED), job(day, **more), *rows]


AHEAD = {"first_day_worked_on": None}


@pytest.mark.parametrize(
    ("rows", "today", "answer"),
    [
        ([], "2019-06-14", "2019-06-23"),  # a start on 24 June, as in the mockups
        ([contacts("2019-06-16")], "2019-06-18", "2019-06-23"),  # more than a week before
        ([contacts("2019-06-17")], "2019-06-18", None),
        ([contacts("2019-06-20", kind="call")], "2019-06-21", "2019-06-23"),  # not face to face
        ([contacts("2019-06-20", place="remote")], "2019-06-21", "2019-06-23"),
        ([contacts("2019-06-20", kind="joint_with_clinician")], "2019-06-21", None),
        ([contacts("2019-06-20", kind="outreach", place="home")], "2019-06-21", None),
        ([contacts("2019-06-20", attendance="did_not_attend")], "2019-06-21", "2019-06-23"),
        ([contacts("2019-06-20")], "2019-06-19", "2019-06-23"),  # has not happened yet
        ([], "2019-06-24", None),  # the day of the start: too late
    ],
)
def test_before_the_start(rows: list[Rows], today: str, answer: str | None) -> None:
    assert due(together(*working("2019-06-24", *rows, **AHEAD)), today).get("before_start") == answer


@pytest.mark.parametrize(
    ("rows", "today", "clock", "answer"),
    [
        ([], "2019-06-14", "after_start", "2019-06-15"),  # a start on 12 June
        ([contacts("2019-06-11")], "2019-06-14", "after_start", "2019-06-15"),  # before the start
        ([contacts("2019-06-13", kind="video")], "2019-06-14", "after_start", "2019-06-15"),
        ([contacts("2019-06-12")], "2019-06-14", "in_work_weekly", "2019-06-19"),
        ([contacts("2019-06-12", "2019-06-19")], "2019-06-20", "in_work_weekly", "2019-06-26"),
        ([contacts("2019-06-12", "2019-06-19", "2019-07-04")], "2019-07-05", "in_work_weekly", "2019-07-11"),
        ([contacts("2019-06-12", "2019-07-10")], "2019-07-11", None, None),  # the next week passes the month's end
        ([contacts("2019-06-12", "2019-07-10")], "2019-07-13", "in_work_monthly", "2019-08-10"),
        ([contacts("2019-06-12")], "2019-07-10", "in_work_weekly", "2019-06-19"),  # late, and still in the month
        ([contacts("2019-06-12")], "2019-07-13", "in_work_monthly", "2019-07-12"),  # the month is over
        ([], "2019-07-20", "after_start", "2019-06-15"),  # never met: that comes first
        ([contacts("2019-06-12", "2019-08-13")], "2019-08-14", None, None),  # the third month has its meeting
        ([], "2019-10-13", None, None),  # past the limit of support
    ],
)
def test_meetings_in_work(rows: list[Rows], today: str, clock: str | None, answer: str | None) -> None:
    expected = {clock: answer} if clock else {}
    assert due(together(*working("2019-06-12", *rows)), today, *IN_WORK) == expected


def test_staying_in_contact_is_covered_by_a_meeting_that_is_due_first() -> None:
    found = due(together(*working("2019-06-12", contacts("2019-06-12"))), "2019-06-14")
    assert "active_contact" not in found
    assert found["in_work_weekly"] == "2019-06-19"


@pytest.mark.parametrize(
    ("rows", "answer"),
    [
        ([], "2019-06-12"),
        ([contacts("2019-06-10", kind="call")], None),
        ([contacts("2019-06-09", kind="call")], None),  # the day it ended
        ([contacts("2019-06-08")], "2019-06-12"),
        ([contacts("2019-06-10", attendance="did_not_attend")], "2019-06-12"),
        ([job("2019-06-11")], None),  # the next job has begun
        ([job("2019-06-20", first_day_worked_on=None)], "2019-06-12"),  # has not begun
        ([job("2019-04-01")], None),  # another job still runs
        ([job("2019-04-01", ended_on="2019-05-01")], "2019-06-12"),  # only the latest end is asked about
    ],
)
def test_after_a_job_has_ended(rows: list[Rows], answer: str | None) -> None:
    lost = working("2019-05-24", *rows, ended_on="2019-06-09")
    assert due(together(*lost), "2019-06-14", "job_loss") == ({"job_loss": answer} if answer else {})


def test_an_end_dated_later_is_not_known_yet() -> None:
    found = due(together(*working("2019-06-12", ended_on="2019-06-20")), "2019-06-14")
    assert "job_loss" not in found and "after_start" in found


DECIDED = "support_decisions"


@pytest.mark.parametrize(
    ("rows", "answer"),
    [
        ([], "2019-09-24"),
        ([table(DECIDED, on="2019-09-20", limit="in_work", decision="ended")], None),
        ([table(DECIDED, on="2019-09-20", limit="job_search", decision="ended")], "2019-09-24"),
        (
            [table(DECIDED, on="2019-09-20", limit="in_work", decision="extended", until_on="2019-11-30")],
            "2019-11-30",
        ),
        ([table(DECIDED, on="2019-09-22", limit="in_work", decision="taken_up_again")], "2020-01-22"),
    ],
)
def test_the_limit_of_support_in_work(rows: list[Rows], answer: str | None) -> None:
    found = due(together(*working("2019-05-24", *rows)), "2019-09-23", "in_work_limit")
    assert found == ({"in_work_limit": answer} if answer else {})


def test_the_limit_runs_from_the_first_job_and_goes_on_between_jobs() -> None:
    second = working("2019-05-24", job("2019-07-01"), ended_on="2019-06-30")
    assert due(together(*second), "2019-08-01", "in_work_limit") == {"in_work_limit": "2019-09-24"}
    between = together(*working("2019-05-24", ended_on="2019-06-30"))
    (clock,) = (row for row in open_clocks(between, "2019-08-01").values() if row["clock"] == "in_work_limit")
    assert (str(clock["due_on"]), clock["job_id"]) == ("2019-09-24", None)
    assert "First in work on 24 May 2019, between jobs now; four months end on 24 September 2019." in clock["why"]


def test_between_jobs_support_can_be_ended_and_taken_up_again() -> None:
    rows = working("2019-05-24", ended_on="2019-06-30")
    ended = table("support_decisions", on="2019-07-05", limit="in_work", decision="ended")
    again = table("support_decisions", on="2019-08-01", limit="in_work", decision="taken_up_again")
    assert "in_work_limit" not in open_clocks(together(*rows, ended), "2019-08-01")
    assert due(together(*rows, ended, again), "2019-08-02", "in_work_limit") == {"in_work_limit": "2019-12-01"}


def test_with_a_limit_from_the_current_job_nothing_runs_between_jobs() -> None:
    limits = [
        one.model_copy(update={"runs_from": "current_job_start"}) if one.id == "in_work" else one
        for one in SPEC.pathway.limits
    ]
    spec = replace(SPEC, pathway=SPEC.pathway.model_copy(update={"limits": tuple(limits)}))
    between = together(*working("2019-05-24", ended_on="2019-06-30"))
    found = clocks(spec, between, date(2019, 8, 1))
    assert "in_work_limit" not in found["clock"].to_list()


@pytest.mark.parametrize("as_at", ["2019-06-14", "2019-07-01", "2019-09-24", "2020-06-01"])
@pytest.mark.parametrize("ended", [None, "2019-05-26", "2019-06-30", "2019-12-01"])
def test_the_clock_breaks_on_the_day_support_ends_by_the_limits(ended: str | None, as_at: str) -> None:
    limit = support_limits(SPEC, date.fromisoformat(ENTERED), date(2019, 5, 24))[0]
    found = due(together(*working("2019-05-24", ended_on=ended)), as_at, "in_work_limit")
    assert found == {"in_work_limit": str(limit.ends_on)}


@pytest.mark.parametrize("competitive", [False])
def test_volunteering_has_no_clock(competitive: bool) -> None:
    found = due(together(*working("2019-06-12", competitive=competitive)), "2019-06-14")
    assert not {*IN_WORK, "in_work_limit", "evidence_job_start"} & found.keys()


def test_two_jobs_have_their_own_meetings() -> None:
    rows = together(*working("2019-06-05", job("2019-06-12")), contacts("2019-06-06"))
    found = clocks(SPEC, rows, date(2019, 6, 14)).filter(kind="in_work_weekly", job_id="j1-2019-06-05")
    assert found["due_on"].to_list() == [date(2019, 6, 13)]
    other = clocks(SPEC, rows, date(2019, 6, 14)).filter(job_id="j1-2019-06-12", kind="after_start")
    assert other["due_on"].to_list() == [date(2019, 6, 15)]


def test_what_is_due_in_words() -> None:
    early = open_clocks(together(*working("2019-06-24", **AHEAD)), "2019-06-14")
    assert (
        early["before_start"]["why"]
        == "The job starts on 24 June 2019. Meet on 17 June 2019 or later, before the start."
    )
    late = open_clocks(together(*working("2019-06-24", **AHEAD)), "2019-06-18")
    assert late["before_start"]["why"] == "The job starts on 24 June 2019. No meeting since 17 June 2019 yet."
    begun = open_clocks(together(*working("2019-06-12")), "2019-06-14")
    assert begun["after_start"]["why"] == "Started on 12 June 2019. Not met since; meet within 3 days."
    assert begun["in_work_limit"]["why"] == (
        "In work since 12 June 2019; four months of support end on 12 October 2019. "
        "Agree an ending, or have an exception recorded with its reason; support can be taken up again."
    )
    week = open_clocks(together(*working("2019-06-05", contacts("2019-06-12"))), "2019-06-14")
    assert week["in_work_weekly"]["why"] == "Started on 5 June 2019, now in week 2. Last met on 12 June 2019."
    missed = contacts("2019-06-07", kind="call", attendance="did_not_attend")
    month = open_clocks(together(*working("2019-05-01", contacts("2019-05-13"), missed)), "2019-06-14")
    assert month["in_work_monthly"]["why"] == (
        "Started on 1 May 2019. Last met on 13 May 2019. Tried on 7 June 2019 without an answer."
    )
    assert str(month["in_work_monthly"]["due_on"]) == "2019-06-13"
    ended = open_clocks(together(*working("2019-05-01", ended_on="2019-06-09")), "2019-06-14")
    assert ended["job_loss"]["why"] == "The job ended on 9 June 2019. Speak within 3 days of hearing."

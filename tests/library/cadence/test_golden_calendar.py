"""The golden calendar: for some thirty days, when every clock of the contract breaks.

Leap days, month ends, the weekends on which summer time begins and ends, Christmas, Easter and the other bank holidays
are among them. Days are days of the calendar, but where a clock counts working days; all dates are written by hand.
"""

from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.library.cadence.caseload import SPEC, Rows, contacts, due, job, person, table, together

# fmt: off
CALENDAR = [
    # start, entered that day: application, employer, active contact, plan review, nine months;
    #        job that day: after the start, a week after a first meeting, a month after it, end of support, proof
    ("2017-10-02", "2017-10-30 2017-11-01 2017-10-30 2018-01-02 2018-07-02", "2017-10-05 2017-10-09 2017-11-02 2018-02-02 2017-10-16"),  # noqa: E501
    ("2017-12-31", "2018-01-28 2018-01-30 2018-01-28 2018-03-31 2018-09-30", "2018-01-03 2018-01-07 2018-01-31 2018-04-30 2018-01-14"),  # noqa: E501
    ("2018-01-31", "2018-02-28 2018-03-02 2018-02-28 2018-04-30 2018-10-31", "2018-02-03 2018-02-07 2018-02-28 2018-05-31 2018-02-14"),  # noqa: E501
    ("2018-02-28", "2018-03-28 2018-03-30 2018-03-28 2018-05-28 2018-11-28", "2018-03-03 2018-03-07 2018-03-28 2018-06-28 2018-03-14"),  # noqa: E501
    ("2018-05-31", "2018-06-28 2018-06-30 2018-06-28 2018-08-31 2019-02-28", "2018-06-03 2018-06-07 2018-06-30 2018-09-30 2018-06-14"),  # noqa: E501
    ("2018-08-31", "2018-09-28 2018-09-30 2018-09-28 2018-11-30 2019-05-31", "2018-09-03 2018-09-07 2018-09-30 2018-12-31 2018-09-14"),  # noqa: E501
    ("2018-11-30", "2018-12-28 2018-12-30 2018-12-28 2019-02-28 2019-08-30", "2018-12-03 2018-12-07 2018-12-30 2019-03-30 2018-12-14"),  # noqa: E501
    ("2019-01-29", "2019-02-26 2019-02-28 2019-02-26 2019-04-29 2019-10-29", "2019-02-01 2019-02-05 2019-02-28 2019-05-29 2019-02-12"),  # noqa: E501
    ("2019-02-01", "2019-03-01 2019-03-03 2019-03-01 2019-05-01 2019-11-01", "2019-02-04 2019-02-08 2019-03-01 2019-06-01 2019-02-15"),  # noqa: E501
    ("2019-05-17", "2019-06-14 2019-06-16 2019-06-14 2019-08-17 2020-02-17", "2019-05-20 2019-05-24 2019-06-17 2019-09-17 2019-05-31"),  # noqa: E501
    ("2019-09-20", "2019-10-18 2019-10-20 2019-10-18 2019-12-20 2020-06-20", "2019-09-23 2019-09-27 2019-10-20 2020-01-20 2019-10-04"),  # noqa: E501
    ("2020-01-30", "2020-02-27 2020-02-29 2020-02-27 2020-04-30 2020-10-30", "2020-02-02 2020-02-06 2020-02-29 2020-05-30 2020-02-13"),  # noqa: E501
    ("2020-01-31", "2020-02-28 2020-03-01 2020-02-28 2020-04-30 2020-10-31", "2020-02-03 2020-02-07 2020-02-29 2020-05-31 2020-02-14"),  # noqa: E501
    ("2020-02-28", "2020-03-27 2020-03-29 2020-03-27 2020-05-28 2020-11-28", "2020-03-02 2020-03-06 2020-03-28 2020-06-28 2020-03-13"),  # noqa: E501
    ("2020-02-29", "2020-03-28 2020-03-30 2020-03-28 2020-05-29 2020-11-29", "2020-03-03 2020-03-07 2020-03-29 2020-06-29 2020-03-14"),  # noqa: E501
    ("2020-03-31", "2020-04-28 2020-04-30 2020-04-28 2020-06-30 2020-12-31", "2020-04-03 2020-04-07 2020-04-30 2020-07-31 2020-04-14"),  # noqa: E501
]
# fmt: on
STARTS = [row[0] for row in CALENDAR]

# fmt: off
TROUBLE = [
    # day, referred that day: first contact; entered: disclosure; known that day: problem or loss; that day: support
    # again (5 working days); changed that day: hours or pay (10 working days); a job from then: proof of 6, 26 weeks
    ("2017-10-02", "2017-10-12 2017-10-30 2017-10-05 2017-10-09 2017-10-16 2017-11-26 2018-04-16"),
    ("2017-12-22", "2018-01-01 2018-01-19 2017-12-25 2018-01-03 2018-01-10 2018-02-15 2018-07-06"),  # then Christmas
    ("2017-12-31", "2018-01-10 2018-01-28 2018-01-03 2018-01-09 2018-01-16 2018-02-24 2018-07-15"),  # Sunday, New Year
    ("2018-01-31", "2018-02-10 2018-02-28 2018-02-03 2018-02-07 2018-02-14 2018-03-27 2018-08-15"),
    ("2018-03-25", "2018-04-04 2018-04-22 2018-03-28 2018-04-04 2018-04-11 2018-05-19 2018-10-07"),  # clocks go forward
    ("2018-03-29", "2018-04-08 2018-04-26 2018-04-01 2018-04-09 2018-04-16 2018-05-23 2018-10-11"),  # then Good Friday
    ("2018-05-31", "2018-06-10 2018-06-28 2018-06-03 2018-06-07 2018-06-14 2018-07-25 2018-12-13"),
    ("2018-08-24", "2018-09-03 2018-09-21 2018-08-27 2018-09-03 2018-09-10 2018-10-18 2019-03-08"),  # August holiday
    ("2018-10-27", "2018-11-06 2018-11-24 2018-10-30 2018-11-05 2018-11-12 2018-12-21 2019-05-11"),  # clocks go back
    ("2019-01-29", "2019-02-08 2019-02-26 2019-02-01 2019-02-05 2019-02-12 2019-03-25 2019-08-13"),
    ("2019-04-18", "2019-04-28 2019-05-16 2019-04-21 2019-04-29 2019-05-07 2019-06-12 2019-10-31"),  # Easter, early May
    ("2019-05-17", "2019-05-27 2019-06-14 2019-05-20 2019-05-24 2019-06-03 2019-07-11 2019-11-29"),  # late May
    ("2019-12-23", "2020-01-02 2020-01-20 2019-12-26 2020-01-02 2020-01-09 2020-02-16 2020-07-06"),
    ("2020-02-15", "2020-02-25 2020-03-14 2020-02-18 2020-02-24 2020-03-02 2020-04-10 2020-08-29"),  # a Saturday
    ("2020-02-28", "2020-03-09 2020-03-27 2020-03-02 2020-03-06 2020-03-13 2020-04-23 2020-09-11"),
    ("2020-02-29", "2020-03-10 2020-03-28 2020-03-03 2020-03-09 2020-03-16 2020-04-24 2020-09-12"),  # a Saturday
    ("2020-03-31", "2020-04-10 2020-04-28 2020-04-03 2020-04-07 2020-04-16 2020-05-25 2020-10-13"),  # Easter again
]
# fmt: on


@pytest.mark.parametrize(("start", "searching", "working"), CALENDAR, ids=STARTS)
def test_clocks_of_the_search(start: str, searching: str, working: str) -> None:
    plan = table("plans", version=1, kind="vocational_action", agreed_on=start)
    found = due(together(person(entered=start), contacts(start), plan), start)
    names = ["first_application", "first_employer_contact", "active_contact", "plan_review", "nine_months"]
    application = searching.split()[0]
    assert found == {**dict(zip(names, searching.split(), strict=True)), "disclosure": application}


@pytest.mark.parametrize(("start", "searching", "working"), CALENDAR, ids=STARTS)
def test_clocks_in_work(start: str, searching: str, working: str) -> None:
    after, week, month, limit, proof = working.split()
    entered = str(date.fromisoformat(start) - timedelta(days=40))
    begun = [person(entered=entered), contacts(entered), job(start)]
    assert due(together(*begun), start, "after_start", "in_work_limit", "evidence_job_start") == {
        "after_start": after,
        "evidence_job_start": proof,
        "in_work_limit": limit,
    }
    met = together(*begun, contacts(start))
    assert due(met, start, "after_start", "in_work_weekly") == {"in_work_weekly": week}
    # On the last day of the first month the week that was missed still stands.
    assert due(met, month, "in_work_weekly", "in_work_monthly") == {"in_work_weekly": week}
    assert due(met, str(date.fromisoformat(month) + timedelta(days=1)), "in_work_weekly", "in_work_monthly") == {
        "in_work_monthly": month
    }


@pytest.mark.parametrize("start", STARTS)
def test_the_day_before_a_start_and_the_day_it_breaks(start: str) -> None:
    first = date.fromisoformat(start)
    entered = str(first - timedelta(days=40))
    ahead = together(person(entered=entered), contacts(entered), job(start, first_day_worked_on=None))
    day_before = str(first - timedelta(days=1))
    both = {"before_start": day_before, "benefits_before_start": day_before}
    assert due(ahead, str(first - timedelta(days=30)), *both) == both
    assert due(ahead, day_before, *both, "after_start") == both
    assert not both.keys() & due(ahead, start)
    assert "after_start" in due(ahead, start)


def begun(start: str, days_ago: int, *rows: Rows, **more: object) -> list[Rows]:
    """Somebody who works since some days before the day, and had entered forty days before that."""
    first = date.fromisoformat(start) - timedelta(days=days_ago)
    entered = str(first - timedelta(days=40))
    return [person(entered=entered), contacts(entered), job(str(first), job_id="j", **more), *rows]


@pytest.mark.parametrize(("start", "answers"), TROUBLE, ids=[row[0] for row in TROUBLE])
def test_clocks_of_trouble_and_change(start: str, answers: str) -> None:
    contact, disclosed, heard, asked, advised, six_weeks, half_a_year = answers.split()
    assert due(together(person(entered=None, referred=start)), start) == {"first_contact": contact}
    assert due(together(person(entered=start)), start, "disclosure") == {"disclosure": disclosed}
    problem = table("job_problems", job_problem_id="q", known_on=start)
    assert due(together(*begun(start, 20, problem)), start, "job_problem") == {"job_problem": heard}
    ended = {"job_loss": heard}
    assert due(together(*begun(start, 20, ended_on=start)), start, "job_loss") == ended
    earlier = str(date.fromisoformat(start) - timedelta(days=5))
    assert due(together(*begun(start, 20, ended_on=earlier, end_known_on=start)), start, "job_loss") == ended
    decided = table("support_decisions", on=earlier, limit="in_work", decision="ended")
    request = table("support_requests", support_request_id="w", on=start, asked_by="person")
    assert due(together(*begun(start, 20, request, decided)), start, "re_access") == {"re_access": asked}
    spell = {"job_hours": [{"job_id": "j", "from_on": start, "weekly_hours": 12}]}
    pay = {"job_pay": [{"job_id": "j", "from_on": start, "hourly_wage": 9}]}
    for change in (spell, pay):
        found = due(together(*begun(start, 20, change)), start, "benefits_on_change")
        assert found == {"benefits_on_change": advised}
    year_later = str(date.fromisoformat(start) + timedelta(days=365))
    proof = ("evidence_six_weeks", "evidence_sustained_26_weeks")
    assert due(together(*begun(start, 0)), year_later, *proof) == dict(
        zip(proof, (six_weeks, half_a_year), strict=True)
    )


def test_the_calendar_holds_every_clock_of_the_contract() -> None:
    written = Path(__file__).read_text(encoding="utf-8")
    assert [clock.id for clock in SPEC.pathway.clocks if f'"{clock.id}"' not in written] == []

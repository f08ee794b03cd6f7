"""The golden calendar: for sixteen days, leap days and month ends among them, when every clock breaks."""

from datetime import date, timedelta

import pytest
from tests.library.cadence.caseload import contacts, due, job, person, table, together

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


@pytest.mark.parametrize(("start", "searching", "working"), CALENDAR, ids=STARTS)
def test_clocks_of_the_search(start: str, searching: str, working: str) -> None:
    plan = table("plans", version=1, kind="vocational_action", agreed_on=start)
    found = due(together(person(entered=start), contacts(start), plan), start)
    names = ["first_application", "first_employer_contact", "active_contact", "plan_review", "nine_months"]
    assert found == dict(zip(names, searching.split(), strict=True))


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
    assert due(ahead, str(first - timedelta(days=30)), "before_start") == {"before_start": day_before}
    assert due(ahead, day_before, "before_start", "after_start") == {"before_start": day_before}
    assert "before_start" not in due(ahead, start)
    assert "after_start" in due(ahead, start)

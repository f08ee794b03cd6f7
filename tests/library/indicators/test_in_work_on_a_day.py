"""Who is in work on a day, of those who are open to the service on it."""

from decimal import Decimal

import pytest
from tests.factories import a_job, an_episode, dataset, day
from tests.library.indicators.asking import ask_figure, ask_members, with_indicator

from placewell.comparison.comparing import reading_of
from placewell.indicators import figures
from placewell.periods import parse_period
from placewell.specification import load

IN_WORK = with_indicator({"kind": "standing", "state": "in_work"}, measure="proportion", unit="proportion")
ON_30_JUNE = "Not open on the day that is looked at: not entered yet, or declined or closed by then."
NO_JOB = "Open, and not in a job on 30 June 2019."
OPEN = an_episode("e1", "p1", entered="2019-05-01")


@pytest.mark.parametrize(
    ("facts", "status", "reason"),
    [
        ([OPEN, a_job("e1", first_day="2019-06-30")], "counted", "Open, and in work that day."),
        ([OPEN, a_job("e1", first_day="2019-06-03", ended="2019-06-30")], "counted", "Open, and in work that day."),
        ([OPEN, a_job("e1", first_day="2019-06-03", ended="2019-06-29")], "not_counted", NO_JOB),
        ([OPEN], "not_counted", NO_JOB),
        ([OPEN, a_job("e1", first_day="2019-07-01")], "not_counted", NO_JOB),
        ([OPEN, a_job("e1", first_day="2019-04-30")], "not_counted", NO_JOB),  # before entry
        ([OPEN, a_job("e1", first_day="2019-06-03", competitive=False)], "not_counted", NO_JOB),
        ([OPEN, a_job("e1", first_day="2019-06-03", hours=None)], "counted", "Open, and in work that day."),
        (
            [OPEN, a_job("e1", first_day="2019-05-13", ended="2019-05-20"), a_job("e1", first_day="2019-06-24")],
            "counted",
            "Open, and in work that day.",
        ),
        (
            [an_episode("e1", entered="2019-05-01", closed="2019-06-30"), a_job("e1", first_day="2019-06-03")],
            "excluded",
            ON_30_JUNE,
        ),
        (
            [an_episode("e1", entered="2019-05-01", closed="2019-07-01"), a_job("e1", first_day="2019-06-03")],
            "counted",
            "Open, and in work that day.",
        ),
        (
            [an_episode("e1", entered="2019-07-01", referred="2019-06-03"), a_job("e1", first_day="2019-07-03")],
            "excluded",
            ON_30_JUNE,
        ),
    ],
)
def test_in_work_on_the_last_day(facts, status, reason):
    found = ask_members("asked", *facts, spec=IN_WORK, as_at="2019-08-31")["e1"]
    assert (found["status"], found["reason"], found["outcome_on"]) == (status, reason, None)


@pytest.mark.parametrize(("as_at", "value"), [("2019-06-02", 0), ("2019-06-03", 1), ("2019-06-20", 1)])
def test_before_the_period_ends_the_as_at_day_is_looked_at(as_at, value):
    facts = (OPEN, a_job("e1", first_day="2019-06-03", ended="2019-06-21"))
    assert ask_figure("asked", *facts, spec=IN_WORK, as_at=as_at).value == value


def test_the_share_is_of_people_and_each_counts_once():
    facts = (
        OPEN,
        a_job("e1", first_day="2019-06-03"),
        a_job("e1", first_day="2019-06-10", hours=Decimal(8)),
        an_episode("e2", "p2", entered="2019-05-01"),
        an_episode("e3", "p3", entered="2019-05-01", closed="2019-05-20"),
        an_episode("e4", "p3", entered="2019-06-01"),
        a_job("e4", first_day="2019-06-12"),
    )
    figure = ask_figure("asked", *facts, spec=IN_WORK, as_at="2019-06-30")
    assert (figure.numerator, figure.denominator) == (2, 3)
    assert figure.members == {"counted": 2, "not_counted": 1, "not_due": 0, "excluded": 1}


@pytest.mark.parametrize(
    ("declined", "status"), [("2019-05-01", "excluded"), ("2019-06-30", "excluded"), ("2019-07-01", "counted")]
)
def test_who_is_declined_after_entry_is_open_no_more(declined, status):
    facts = (an_episode("e1", entered="2019-05-01", declined_on=day(declined)), a_job("e1", first_day="2019-06-03"))
    assert ask_members("asked", *facts, spec=IN_WORK, as_at="2019-08-31")["e1"]["status"] == status


def test_entered_at_referral_and_turned_down_is_not_of_those_open():
    spec = reading_of(load("dorset_work_matters"), "clock.entry_event=referred")[0].spec
    columns = {"service_id": "dorset_work_matters", "lot": "dorset"}
    facts = dataset(
        an_episode("e1", referred="2018-11-01", **columns),
        an_episode("e2", referred="2018-11-01", declined_on=day("2018-11-12"), **columns),
        an_episode("e3", referred="2018-11-01", declined_on=day("2019-01-01"), **columns),
    )
    (found,) = figures(spec, facts, parse_period("Y1Q1", spec.service.first_quarter_starts), only=["in_paid_work"])
    assert (found.numerator, found.denominator, found.members["excluded"]) == (0, 2, 1)


def test_nobody_open_is_no_share():
    gone = an_episode("e1", entered="2019-05-01", closed="2019-05-20")
    assert ask_figure("asked", gone, spec=IN_WORK).value is None

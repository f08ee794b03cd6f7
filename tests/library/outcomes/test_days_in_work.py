"""Weeks in work, cumulative: a day counts once, days between jobs do not, in any number of jobs."""

import pytest
from tests.factories import a_job, an_episode
from tests.library.outcomes.asking import ask, changed, rows

EPISODE = an_episode("e1", entered="2019-05-01")


@pytest.mark.parametrize(
    ("jobs", "six_weeks"),
    [
        ([("2019-06-01", None)], "2019-07-12"),  # one unbroken job from day d: d + 41
        ([("2019-06-01", "2019-07-12")], "2019-07-12"),
        ([("2019-06-01", "2019-07-11")], None),  # 41 days
        ([("2019-06-01", "2019-06-21"), ("2019-07-01", "2019-07-21")], "2019-07-21"),  # 21 + 21, days between left out
        ([("2019-06-01", "2019-06-21"), ("2019-06-22", "2019-07-12")], "2019-07-12"),  # no day between
        ([("2019-06-01", "2019-06-21"), ("2019-06-21", "2019-07-12")], "2019-07-12"),  # a day of both counts once
        ([("2019-06-01", "2019-06-30"), ("2019-06-10", "2019-06-20"), ("2019-07-03", None)], "2019-07-14"),  # within
        ([("2019-06-01", None), ("2019-06-01", None)], "2019-07-12"),
        ([("2019-06-10", None), ("2019-06-01", "2019-06-01")], "2019-07-20"),  # 1 day, then 41
        ([("2019-06-01", "2019-06-01")] * 42, None),  # 42 jobs on one day are one day
        ([("2019-06-01", "2019-05-31"), ("2019-06-05", None)], "2019-07-16"),  # an end before the start holds no day
        ([], None),
    ],
)
def test_six_weeks_is_the_42nd_day_in_work(jobs, six_weeks):
    facts = [a_job("e1", first_day=first, ended=ended) for first, ended in jobs]
    assert ask("six_weeks_on", EPISODE, *facts) == six_weeks


def test_the_leap_day_is_a_day_in_work():
    assert ask("six_weeks_on", EPISODE, a_job("e1", first_day="2020-02-01")) == "2020-03-13"
    assert ask("six_weeks_on", EPISODE, a_job("e1", first_day="2021-02-01")) == "2021-03-14"


@pytest.mark.parametrize(
    ("as_at", "days", "six_weeks"),
    [
        ("2019-06-01", 1, None),
        ("2019-07-11", 41, None),
        ("2019-07-12", 42, "2019-07-12"),
        ("2019-08-01", 62, "2019-07-12"),
    ],
)
def test_a_job_that_lasts_holds_until_the_as_at_day(as_at, days, six_weeks):
    facts = (EPISODE, a_job("e1", first_day="2019-06-01"))
    assert ask("days_in_work", *facts, as_at=as_at) == days
    assert ask("six_weeks_on", *facts, as_at=as_at) == six_weeks


def test_an_end_after_the_as_at_day_does_not_exist_yet():
    facts = (EPISODE, a_job("e1", first_day="2019-06-01", ended="2019-07-01"))
    assert ask("days_in_work", *facts, as_at="2019-06-30") == 30
    assert ask("days_in_work", *facts, as_at="2019-07-31") == 31


def test_only_jobs_that_count_make_days_in_work():
    facts = (
        a_job("e1", first_day="2019-06-01", ended="2019-06-10"),
        a_job("e1", first_day="2019-06-01", ended="2019-12-31", competitive=False),
        a_job("e1", first_day="2019-04-01", ended="2019-12-31"),  # before entry
        an_episode("e2", "p-e1", entered="2019-05-01"),
        a_job("e2", first_day="2019-06-11", ended="2019-12-31"),  # another episode of the same person
    )
    found = rows(EPISODE, *facts)
    assert found["e1"]["days_in_work"] == 10
    assert found["e2"]["days_in_work"] == 204


def test_six_months_are_182_days_in_work():
    assert ask("six_months_on", EPISODE, a_job("e1", first_day="2019-06-01")) == "2019-11-29"
    broken = [
        a_job("e1", first_day="2019-06-01", ended="2019-09-08"),  # 100 days
        a_job("e1", first_day="2020-01-01", ended="2020-03-22"),  # 82 days, the leap day among them
    ]
    assert ask("six_months_on", EPISODE, *broken) == "2020-03-22"


@pytest.mark.parametrize(
    ("jobs", "met"),
    [
        ([("2019-06-01", None)], True),
        ([("2019-06-01", "2019-11-30")], True),  # the milestone itself: 1 June + 182
        ([("2019-06-01", "2019-11-29")], False),
        ([("2019-06-01", "2019-06-02"), ("2019-11-30", "2019-11-30")], True),  # no gap rule
        ([("2019-06-01", "2019-06-02"), ("2019-12-01", None)], False),
        ([("2019-06-01", "2019-07-01"), ("2019-07-15", None)], True),
        ([("2019-06-01", "2019-05-31")], False),
    ],
)
def test_in_work_at_26_weeks_is_in_work_on_that_day_in_any_job(jobs, met):
    facts = [a_job("e1", first_day=first, ended=ended) for first, ended in jobs]
    assert ask("sustained_26_weeks_on", EPISODE, *facts) == "2019-11-30"
    assert ask("sustained_26_weeks_met", EPISODE, *facts) is met


def test_26_weeks_is_known_from_the_first_day_and_judged_on_its_own():
    facts = (EPISODE, a_job("e1", first_day="2019-06-01", ended="2019-12-24"))
    assert ask("sustained_26_weeks_on", *facts, as_at="2019-06-01") == "2019-11-30"
    assert ask("sustained_26_weeks_met", *facts, as_at="2019-11-29") is None
    assert ask("sustained_26_weeks_met", *facts, as_at="2019-11-30") is True


def test_a_leap_year_does_not_move_26_weeks():
    assert ask("sustained_26_weeks_on", EPISODE, a_job("e1", first_day="2019-09-01")) == "2020-03-01"


@pytest.mark.parametrize(("weeks", "day"), [("in_work_13_weeks", "2019-08-31"), ("in_work_52_weeks", "2020-05-30")])
def test_13_and_52_weeks_are_marked_too(weeks, day):
    assert ask(f"{weeks}_on", EPISODE, a_job("e1", first_day="2019-06-01")) == day


@pytest.mark.parametrize(
    ("jobs", "met"),
    [
        ([("2019-06-01", "2019-07-01"), ("2019-07-16", None)], True),  # 14 days out of work
        ([("2019-06-01", "2019-07-01"), ("2019-07-17", None)], False),
        ([("2019-06-01", "2019-07-01"), ("2019-06-10", "2019-07-10"), ("2019-07-17", None)], True),
        ([("2019-06-01", "2019-12-01"), ("2020-03-01", None)], True),  # a gap after the milestone
        ([("2019-06-01", "2019-11-29")], False),
    ],
)
def test_another_service_may_limit_the_gap(jobs, met):
    spec = changed("sustained_26_weeks", max_gap_days=14)
    facts = [a_job("e1", first_day=first, ended=ended) for first, ended in jobs]
    assert ask("sustained_26_weeks_met", EPISODE, *facts, spec=spec) is met

"""Advice, problems and changes of pay around made-up jobs: plausible, tied to their jobs, and nobody else changes."""

from datetime import date, timedelta

import polars as pl
import pytest

from placewell import cadence
from placewell.specification import load
from placewell.synthetic import make
from placewell.synthetic.around_jobs import benefits_advice, job_pay, job_problems
from placewell.synthetic.dice import Dice

TABLES = ("benefits_advice", "job_problems", "job_pay")


def test_most_starts_have_advice_and_some_jobs_a_problem_or_a_rise(whole):
    jobs = whole["jobs"].height
    about = dict(whole["benefits_advice"]["about"].value_counts().iter_rows())
    assert jobs > 200
    assert 0.7 < about["before_start"] / jobs < 0.95
    assert about["change"] > 10
    assert 0.08 < whole["job_problems"].height / jobs < 0.25
    assert 0.05 < whole["job_pay"].height / jobs < 0.25
    assert whole["job_problems"]["kind"].n_unique() > 4


def test_advice_before_a_start_is_given_before_it_on_a_weekday(whole):
    advice = whole["benefits_advice"].filter(about="before_start").join(whole["jobs"], on="job_id")
    assert advice.height > 150
    assert (advice["on"] < advice["started_on"]).all()
    assert (advice["on"].dt.weekday() < 6).all()
    assert (advice["started_on"] - advice["on"]).max() <= timedelta(days=22)


def test_pay_only_rises_while_the_job_lasts(whole):
    pay = whole["job_pay"].join(whole["jobs"], on="job_id", suffix="_first")
    assert (pay["hourly_wage"] > pay["hourly_wage_first"]).all()
    assert (pay["from_on"] > pay["first_day_worked_on"]).all()
    assert (pay["from_on"] <= pay["ended_on"]).drop_nulls().all()


def test_a_problem_lies_in_the_job_and_is_mostly_spoken_about_in_time(whole):
    problems = whole["job_problems"].join(whole["jobs"], on="job_id")
    assert (problems["known_on"] > problems["first_day_worked_on"]).all()
    assert (problems["known_on"] <= problems["ended_on"]).drop_nulls().all()
    spoken = whole["contacts"].filter(with_whom="client", attendance="attended").select("episode_id", on="on")
    near = problems.join(spoken, on="episode_id").filter(
        pl.col("on").is_between(pl.col("known_on"), pl.col("known_on") + pl.duration(days=3))
    )
    assert 0.8 < near["job_problem_id"].n_unique() / problems.height <= 1


@pytest.mark.parametrize("table", TABLES)
def test_each_row_is_of_a_known_job_of_the_episode(demo, table):
    rows = demo[table].drop_nulls("job_id")
    assert rows.height
    assert rows.join(demo["jobs"], on="job_id", how="anti").is_empty()
    if "episode_id" in rows.columns:
        assert rows.join(demo["jobs"], on=["job_id", "episode_id"], how="anti").is_empty()


def test_advice_about_a_job_that_is_not_known_yet_stands_without_it(spec):
    """Cut day by day: who was advised before a start further ahead than an offer is known has no job named."""
    without = 0
    for day in (1, 8, 15):
        data = make(spec, 400, 3, through=date(2019, 6, day))
        without += data["benefits_advice"].filter(pl.col("job_id").is_null()).height
        known = data["benefits_advice"].drop_nulls("job_id").join(data["jobs"], on="job_id", how="anti")
        assert known.is_empty()
    assert without


def test_nobody_without_a_job_has_any(spec):
    nobody = pl.DataFrame(schema={"e": pl.Int64, "entered_on": pl.Date, "closed_on": pl.Date})
    columns = {"e": pl.Int64, "j": pl.Int64, "episode_id": pl.String, "job_id": pl.String, "started_on": pl.Date}
    jobs = pl.DataFrame(
        schema={**columns, "first_day_worked_on": pl.Date, "ended_on": pl.Date, "hourly_wage": pl.Decimal(14, 4)}
    )
    contacts = pl.DataFrame(
        schema={"episode_id": pl.String, "on": pl.Date, "with_whom": pl.String, "attendance": pl.String}
    )
    dice = Dice(1, ("e",))
    pay = job_pay(jobs, dice)
    assert (pay.height, job_problems(jobs, contacts, dice).height) == (0, 0)
    assert benefits_advice(nobody, jobs, pay, pay, dice).height == 0


@pytest.mark.parametrize("service", ["ips_grow", "dorset_work_matters", "workwise", "nottingham_health_employment"])
def test_other_services_have_clocks_from_made_up_histories(service):
    """Every rule runs on every service's own data; what is due names a person and a day."""
    spec = load(service)
    data = make(spec, 300, 5)
    day = data["contacts"]["on"].max() - timedelta(days=120)
    found = cadence.clocks(spec, data, day)
    assert found["due_on"].null_count() == 0
    assert not found["why"].str.contains("null|None|  ").any()

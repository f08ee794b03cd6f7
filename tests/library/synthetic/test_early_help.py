"""Made-up people of a service for people in and out of work: met a few times, asked after 12 weeks, sent to others."""

import polars as pl
import pytest
from tests.library.synthetic.test_making import findings_in

from placewell.dataset import content_hash
from placewell.indicators import figures
from placewell.outcomes import outcome_table
from placewell.periods import parse_period
from placewell.specification import load
from placewell.synthetic import make, plant
from placewell.synthetic.calendar import calendar_of
from placewell.synthetic.faults import kinds_in
from placewell.synthetic.habits import habits_of

SPEC = load("nottingham_health_employment")
END = SPEC.service.contract_end
IN_WORK = ("in_work", "off_sick", "self_employed")


@pytest.fixture(scope="module")
def people():
    return make(SPEC, 900, 3)


@pytest.mark.parametrize(("count", "seed"), [(0, 1), (1, 1), (7, 4), (900, 11)])
def test_validation_finds_no_error(count, seed, tmp_path):
    findings = findings_in(make(SPEC, count, seed), SPEC, tmp_path)
    assert [finding for finding in findings if finding.severity == "error"] == []
    assert {finding.column for finding in findings} <= {"contract_hours"}


def test_the_same_seed_gives_the_same_people(people):
    assert content_hash(make(SPEC, 900, 3)) == content_hash(people)
    assert content_hash(make(SPEC, 900, 4)) != content_hash(people)


@pytest.mark.parametrize(
    ("column", "known"),
    [
        ("source", {source.id for source in SPEC.referral.sources}),
        ("decline_reason", {reason.id for reason in SPEC.pathway.decline_reasons}),
        ("closure_reason", {reason.id for reason in SPEC.pathway.closure_reasons}),
        ("employment_at_entry", {*IN_WORK, "unemployed", "not_known"}),
    ],
)
def test_codes_are_those_the_service_knows(people, column, known):
    assert set(people["episodes"][column].drop_nulls()) <= known


def test_the_first_meeting_enters_and_is_the_first_appointment(people):
    table = outcome_table(SPEC, people, END).filter(pl.col("entered_on").is_not_null())
    assert table.height > 500
    assert (table["entered_on"] >= table["referred_on"]).all()
    first = people["contacts"].filter(pl.col("attendance") == "attended", pl.col("kind") == "appointment")
    first = first.group_by("episode_id").agg(pl.col("on").min())
    joined = table.join(first, on="episode_id")
    assert (joined["on"] == joined["entered_on"]).mean() > 0.99


def test_most_are_met_four_to_eight_times_and_a_few_go_beyond(people):
    table = outcome_table(SPEC, people, END).filter(pl.col("closed_on") > pl.col("entered_on"))
    within = table["appointments"].is_between(
        SPEC.pathway.session_guide.usual_from, SPEC.pathway.session_guide.usual_to
    )
    assert 0.4 < within.mean() < 0.9
    assert 0 < (table["appointments"] > SPEC.pathway.session_guide.usual_to).mean() < 0.2


def test_people_in_work_look_for_none(people):
    employed = people["episodes"].filter(pl.col("employment_at_entry").is_in(IN_WORK))["episode_id"]
    for table in ("jobs", "applications"):
        assert people[table].filter(pl.col("episode_id").is_in(employed.implode())).height == 0
        assert people[table].height > 0
    assert set(people["episodes"].filter(pl.col("episode_id").is_in(employed.implode()))["time_since_last_worked"]) == {
        None
    }


def test_nobody_has_been_out_of_work_for_long(people):
    since = set(people["episodes"]["time_since_last_worked"].drop_nulls())
    assert since == {"under_6_months", "6_months_to_1_year"}


def test_checks_of_work_are_near_twelve_weeks_and_in_every_state(people):
    checks = people["employment_checks"].join(
        outcome_table(SPEC, people, END).select("episode_id", "entered_on"), on="episode_id"
    )
    after = (checks["on"] - checks["entered_on"]).dt.total_days()
    assert set(checks["status"]) == {"at_work", "phased_return", "off_sick", "not_working"}
    assert 0.5 < after.is_between(70, 112).mean() < 0.95
    assert (checks["on_sick_pay"] == (checks["status"] == "off_sick")).all()
    assert checks.filter(pl.col("weekly_hours").is_not_null())["status"].unique().sort().to_list() == [
        "at_work",
        "phased_return",
    ]


def test_plans_are_to_return_to_work_and_there_is_no_profile(people):
    assert set(people["plans"]["kind"]) == {"return_to_work"}
    assert people["profiles"].height == people["evidence"].height == people["claims"].height == 0


def test_who_is_off_sick_for_too_long_is_sent_to_fit_for_work(people):
    sent = people["onward_referrals"].filter(pl.col("to") == "fit_for_work")["episode_id"]
    declined = people["episodes"].filter(pl.col("decline_reason") == "off_sick_over_4_weeks")
    assert declined.height > 10
    assert set(declined["employment_at_entry"]) == {"off_sick"}
    assert set(declined["episode_id"]) <= set(sent)
    failed = people["screenings"].filter(pl.col("answer") == "not_met", pl.col("criterion") == "sick_up_to_four_weeks")
    assert set(declined["episode_id"]) == set(failed["episode_id"])


def test_forms_are_those_that_are_asked(people):
    assert set(people["responses"]["instrument"]) == {"eq5d5l", "self_report", "satisfaction"}
    levels = people["responses"].filter(pl.col("instrument") == "eq5d5l")
    assert set(levels["item"]) == {"mobility", "self_care", "usual_activities", "pain", "anxiety"}
    assert set(levels["answer"]) == {"1", "2", "3", "4", "5"}
    assert (levels["answer"].cast(pl.Int64) <= 3).mean() > 0.6


def test_every_figure_counts_somebody_in_three_years_and_some_began_at_the_best(people):
    whole = parse_period("2016-08-01/2019-08-01", SPEC.service.first_quarter_starts)
    found = figures(SPEC, people, whole)
    assert [one.id for one in found if not one.members["counted"]] == []
    shares = [one for one in found if one.measure == "proportion"]
    assert [one.id for one in shares if not one.members["not_counted"]] == []
    assert next(one for one in found if one.id == "eq5d_improved").at_best > 0


def test_faults_are_found_all_of_them_and_no_other_error(people, tmp_path):
    spoiled, faults = plant(people, 9)
    assert {fault.table for fault in faults} == {kind.table for kind in kinds_in(people)}
    findings = findings_in(spoiled, SPEC, tmp_path)
    key = {(fault.table, fault.row, fault.column) for fault in faults}
    assert key <= {(one.table, one.row, one.column) for one in findings}
    errors = {(one.table, one.row, one.column) for one in findings if one.severity == "error"}
    assert errors <= key
    assert ("employment_checks", "status") in {(table, column) for table, _, column in errors}


@pytest.mark.parametrize(
    ("service", "days", "visits", "plan"),
    [
        ("nottingham_health_employment", (168, 42), 2, "return_to_work"),
        ("ips_grow", (427, 457), 9, "vocational_action"),
    ],
)
def test_habits_come_from_the_specification(service, days, visits, plan):
    spec = load(service)
    habits, calendar = habits_of(spec), calendar_of(spec, None)
    assert (calendar.job_search_days, calendar.in_work_days) == days
    assert (len(habits.in_work_visits), habits.plan) == (visits, plan)

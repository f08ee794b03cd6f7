"""What the standard data set, the calculator and the quality slide of 003 ask for, exactly."""

from datetime import date
from itertools import product

import pytest
from tests.factories import a_job, a_plan, a_profile, an_episode, dataset

from placewell.indicators import figures
from placewell.periods import parse_period
from placewell.specification import load

SPEC = load("ips_grow")

EXACT = [
    ("referrals", "episode", "count", "episodes", "referral", "I95"),
    ("engaged", "person", "count", "people", "engaged", "I96"),
    ("job_starts", "job", "count", "jobs", "job_start", "I97"),
    ("people_placed", "person", "count", "people", "job_start", "I88"),
    ("active_caseload", "person", "count", "people", "active_caseload", "F9"),
    ("job_search_within_4_weeks", "person", "proportion", "proportion", "job_search_within_4_weeks", "G2"),
    ("satisfied", "person", "proportion", "proportion", "satisfied", "I98"),
    ("wellbeing_change", "person", "mean", "points", "wellbeing_change", "I99"),
    ("recovery_change", "person", "mean", "points", "recovery_change", "I99"),
    ("fidelity_review", "review", "count", "reviews", "fidelity_review", "I100"),
    ("good_fidelity", "review", "proportion", "proportion", "good_fidelity", "I100"),
    ("fidelity_actions", "action", "proportion", "proportion", "fidelity_action", "I101"),
    ("self_evaluations", "review", "count", "reviews", "self_evaluation", "I102"),
    ("co_production", "activity", "count", "activities", "co_production", "I103"),
    ("clinical_team_meetings", "activity", "count", "activities", "clinical_team_meeting", "I104"),
]
SUSTAINED = list(product((13, 26, 52), ("16_and_over", "under_16")))


@pytest.mark.parametrize(("id", "subject", "measure", "unit", "outcome", "row"), EXACT)
def test_the_indicators(id, subject, measure, unit, outcome, row):
    found = SPEC.indicators.indicator(id)
    assert (found.subject, found.measure, found.unit, found.outcome) == (subject, measure, unit, outcome)
    assert row in found.serves
    assert found.band is None


@pytest.mark.parametrize(("weeks", "band"), SUSTAINED)
def test_the_rows_of_the_calculator_by_weeks_and_band(weeks, band):
    found = SPEC.indicators.indicator(f"sustained_{weeks}_weeks_{band}")
    assert (found.subject, found.measure, found.band) == ("person", "count", band)
    assert f"I{89 + SUSTAINED.index((weeks, band))}" in found.serves


def test_there_are_no_others_and_none_asks_for_a_document():
    assert len(SPEC.indicators.indicators) == len(EXACT) + len(SUSTAINED)
    assert SPEC.outcomes.evidence == ()
    assert not any(one.evidence for one in SPEC.indicators.indicators)


NUMBERS = [
    ("engaged", {"rule": "all", "appointments": None, "profile_completed": True, "plan_agreed": "vocational_action"}),
    ("job_start", {"part_time_paid_hours": 4}),
    ("sustained_13_weeks", {"weeks": 13, "hours_days": 28, "max_gap_days": None}),
    ("sustained_26_weeks", {"weeks": 26, "hours_days": 28, "max_gap_days": None}),
    ("sustained_52_weeks", {"weeks": 52, "hours_days": 28, "max_gap_days": None}),
    ("active_caseload", {"contact_days": 28, "plan_kind": "vocational_action", "job_begun_days": None}),
    ("job_search_within_4_weeks", {"days": 28, "events": ("application", "face_to_face_employer_contact")}),
    ("wellbeing_change", {"instrument": "swemwbs", "scale": "metric"}),
    ("recovery_change", {"instrument": "reqol10", "scale": "total"}),
    ("fidelity_review", {"items": 25, "within_months": 12, "least": 0, "reviews": ("external",)}),
    ("good_fidelity", {"items": 25, "within_months": None, "least": 100, "reviews": ("external", "follow_up")}),
    ("fidelity_action", {"scale": "ips25", "reviews": ("external", "follow_up"), "judged_at": ("follow_up",)}),
    ("self_evaluation", {"items": 25, "reviews": ("self_assessment",)}),
]


@pytest.mark.parametrize(("id", "numbers"), NUMBERS)
def test_the_numbers_of_the_outcomes(id, numbers):
    outcome = SPEC.outcomes.outcome(id)
    assert {name: getattr(outcome, name) for name in numbers} == numbers


def test_entry_the_side_of_16_hours_and_the_first_quarter():
    assert SPEC.outcomes.entry.event == "accepted"
    assert (SPEC.outcomes.hours.boundary, SPEC.outcomes.hours.boundary_belongs_to) == (16, "upper")
    assert SPEC.service.first_quarter_starts == date(2019, 4, 1)
    assert not SPEC.service.in_contract


def test_support_has_no_limit_and_three_things_are_left_to_other_services():
    assert (SPEC.pathway.support, SPEC.pathway.limits) == (None, ())
    assert (SPEC.payment, SPEC.trial, SPEC.governance) == (None, None, None)


def test_eight_principles_and_what_may_keep_nobody_out():
    assert len(SPEC.service.principles) == 8
    assert [fact.id for fact in SPEC.eligibility.forbidden_facts] == [
        "diagnosis", "health_condition", "benefits_claim", "time_out_of_work",
    ]  # fmt: skip
    assert [criterion.id for criterion in SPEC.eligibility.criteria] == ["wants_work"]


def test_only_fidelity_has_a_target():
    targets = {one.id: one.target for one in SPEC.indicators.indicators if one.target}
    assert set(targets) == {"fidelity_review", "good_fidelity", "fidelity_actions"}
    assert targets["fidelity_review"].quarters == (0, 0, 0, 1)
    assert targets["good_fidelity"].amount == targets["fidelity_actions"].amount == 1


@pytest.mark.parametrize(
    ("period", "target", "status"),
    [
        ("Y1Q1", 0, "not_due"),
        ("Y1Q2", 0, "not_due"),
        ("Y1Q3", 0, "not_due"),
        ("Y1Q4", 1, "breached"),
        ("Y1", 1, "breached"),
        ("Y2Q1", None, "no_target"),
    ],
)
def test_a_review_is_asked_for_by_the_end_of_the_first_year(period, target, status):
    found = figures(SPEC, dataset(), parse_period(period, SPEC.service.first_quarter_starts), only=["fidelity_review"])
    assert (found[0].target, found[0].status) == (target, status)


def test_the_return_prints_every_indicator_once():
    printed = [id for section in SPEC.report.sections for id in section.indicators]
    assert sorted(printed) == sorted(one.id for one in SPEC.indicators.indicators)


def test_what_is_not_in_the_document_says_so():
    silent = [one.id for one in SPEC.indicators.breakdowns if one.in_contract]
    assert silent == []
    assert not SPEC.report.due.in_contract


SAME_FACTS = (
    *an_episode("e1", entered="2019-05-01"),
    a_profile("e1", "2019-05-02", "2019-05-09"),
    *an_episode("e2", entered="2019-05-01"),
    a_profile("e2", "2019-05-02", "2019-05-09"),
    a_plan("e2", "2019-05-10"),
    a_job("e2", "j1", first_day="2019-05-20", hours="20"),
)


@pytest.mark.parametrize(("service", "engaged"), [("thrive_into_work", 2), ("ips_grow", 1)])
def test_services_are_compared_on_the_same_facts(service, engaged):
    """Episodes that name no service are read as those of whichever is asked: the common denominator of two services."""
    whole = dataset(*SAME_FACTS)
    of_nobody = whole.with_frames(
        episodes=whole["episodes"].with_columns(service_id=None).cast(whole["episodes"].schema)
    )
    spec = load(service)
    found = figures(spec, of_nobody, parse_period("2019-04-01/2019-07-01", spec.service.first_quarter_starts))
    assert {one.id: one.value for one in found}["engaged"] == engaged

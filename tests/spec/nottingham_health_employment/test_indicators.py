"""What the three tables of 004 §8 ask for, exactly: figures, targets, consequences, and what each contributes to."""

from datetime import date
from decimal import Decimal

import pytest
from tests.factories import dataset

from placewell.dataset import Dataset
from placewell.indicators import figures
from placewell.periods import parse_period
from placewell.specification import load
from placewell.specification.indicators import Target

SPEC = load("nottingham_health_employment")
FIRST = SPEC.service.first_quarter_starts
QUALITY, ISSUE, ACTIVITY = "not_reported_quality", "performance_issue", "not_reported"
IN, OUT = "in_work", "out_of_work"

EXACT = [
    # id, subject, measure, outcome, of whom, target, consequence, row
    ("in_work_after_12_weeks", "person", "proportion", "work_after_12_weeks", IN, "0.7", QUALITY, "I105"),
    ("returned_to_work_after_12_weeks", "person", "proportion", "work_after_12_weeks", OUT, "0.15", QUALITY, "I106"),
    ("eq5d_improved", "person", "proportion", "eq5d_improved", OUT, "1", QUALITY, "I107"),
    ("self_reported_improvement", "person", "proportion", "self_reported_improvement", None, "0.7", QUALITY, "I108"),
    ("questionnaire_completed", "person", "proportion", "questionnaire_completed", None, "0.6", QUALITY, "I109"),
    ("rated_good", "person", "proportion", "rated_good", None, "0.85", QUALITY, "I110"),
    ("in_work_assessed", "person", "count", "second_session", IN, "85", ISSUE, "I111"),
    ("out_of_work_assessed", "person", "count", "second_session", OUT, "95", ISSUE, "I112"),
    ("long_term_condition", "person", "proportion", "long_term_condition", None, "0.6", ISSUE, "I113"),
    ("sessions", "contact", "count", "session", None, None, ACTIVITY, "I114"),
    ("in_work_assessments", "person", "count", "assessed", IN, None, ACTIVITY, "I115"),
    ("out_of_work_assessments", "person", "count", "assessed", OUT, None, ACTIVITY, "I116"),
    ("employability_support", "person", "count", "employability_support", None, None, ACTIVITY, "I117"),
    ("less_nhs_use", "person", "count", "less_nhs_use", None, None, ACTIVITY, "I118"),
    ("less_medication", "person", "count", "less_medication", None, None, ACTIVITY, "I119"),
    ("to_fit_for_work", "episode", "count", "to_fit_for_work", None, None, ACTIVITY, "I120"),
    ("to_clinical_services", "person", "count", "to_clinical_service", None, None, ACTIVITY, "I121"),
    ("to_each_clinical_service", "record", "count", "to_clinical_service", None, None, ACTIVITY, "I121"),
    ("referrals", "episode", "count", "referral", None, None, ACTIVITY, "I122"),
    ("common_mental_health_problem", "person", "count", "common_mental_health_problem", None, None, ACTIVITY, "I123"),
    ("autism", "person", "count", "autism", None, None, ACTIVITY, "I124"),
    ("learning_disability", "person", "count", "learning_disability", None, None, ACTIVITY, "I125"),
    ("beyond_session_guide", "person", "count", "beyond_session_guide", None, None, None, "F7"),
]


@pytest.mark.parametrize(("id", "subject", "measure", "outcome", "among", "target", "consequence", "row"), EXACT)
def test_the_indicators(id, subject, measure, outcome, among, target, consequence, row):
    found = SPEC.indicators.indicator(id)
    assert (found.subject, found.measure, found.outcome, found.among) == (subject, measure, outcome, among)
    assert (found.target and found.target.amount) == (target and Decimal(target))
    assert found.consequence == consequence
    assert row in found.serves
    assert not found.evidence


def test_there_are_no_others():
    assert [one.id for one in SPEC.indicators.indicators] == [id for id, *_ in EXACT]
    assert {row for one in SPEC.indicators.indicators for row in one.serves} >= {f"I{n}" for n in range(105, 126)}
    assert [one.id for one in SPEC.indicators.indicators if not one.in_contract] == ["beyond_session_guide"]


NUMBERS = [
    ("work_after_12_weeks", {"days": 84, "from_days": 70, "until_days": 112, "met_by": ("at_work", "phased_return")}),
    ("eq5d_improved", {"instrument": "eq5d5l", "scale": "index", "improved": True, "since_entry": True, "best": 1}),
    ("eq5d_improved", {"value_set": "eq5d5l_uk_2026"}),
    ("self_reported_improvement", {"items": ("1", "2", "3"), "good": ("better",), "occasions": ("exit",)}),
    ("less_nhs_use", {"items": ("4",), "good": ("less",), "occasions": ("exit",)}),
    ("less_medication", {"items": ("5",), "good": ("less",), "occasions": ("exit",)}),
    ("questionnaire_completed", {"instrument": "satisfaction", "occasions": ("exit",), "item": ""}),
    ("rated_good", {"instrument": "satisfaction", "item": "overall", "good": ("good", "very_good", "excellent")}),
    ("second_session", {"appointments": 2, "rule": "any"}),
    ("beyond_session_guide", {"appointments": 9}),
    ("long_term_condition", {"column": "has_long_term_condition", "codes": ("true",)}),
    ("to_fit_for_work", {"since": "referral", "codes": ("fit_for_work",)}),
    ("to_clinical_service", {"since": "entry", "column": "to"}),
]


@pytest.mark.parametrize(("id", "numbers"), NUMBERS)
def test_the_numbers_of_the_outcomes(id, numbers):
    outcome = SPEC.outcomes.outcome(id)
    assert {name: getattr(outcome, name) for name in numbers} == numbers


def test_quarters_entry_and_groups():
    assert (SPEC.service.contract_start, SPEC.service.contract_end, FIRST) == (
        date(2016, 8, 1),
        date(2019, 7, 31),
        date(2016, 8, 1),
    )
    assert parse_period("Y3Q4", FIRST).last_day == SPEC.service.contract_end
    assert SPEC.outcomes.entry.event == "first_appointment"
    groups = {group.id: group for group in SPEC.outcomes.groups}
    assert groups["in_work"].codes == ("in_work", "off_sick", "self_employed")
    assert groups["out_of_work"].other_than == (*groups["in_work"].codes, "not_known")
    assert groups["out_of_work"].also_called == ("unemployed",)


@pytest.mark.parametrize(
    ("indicator", "period", "target"),
    [
        ("in_work_assessed", "Y1Q1", 22),  # 21.25, rounded up
        ("in_work_assessed", "Y1Q2", 43),
        ("in_work_assessed", "Y1Q3", 64),
        ("in_work_assessed", "Y1Q4", 85),
        ("in_work_assessed", "Y2Q1", 22),  # every year, August to July, begins again
        ("in_work_assessed", "Y3", 85),
        ("out_of_work_assessed", "Y1Q1", 24),  # 23.75, rounded up
        ("out_of_work_assessed", "Y1Q2", 48),
        ("out_of_work_assessed", "Y1Q3", 72),
        ("out_of_work_assessed", "Y1Q4", 95),
        ("eq5d_improved", "Y1Q1", 1),
        ("returned_to_work_after_12_weeks", "Y2Q3", 0.15),
        ("sessions", "Y1Q1", None),
    ],
)
def test_what_is_to_be_reached_by_the_end_of_a_period(indicator, period, target):
    found = figures(SPEC, dataset(), parse_period(period, FIRST), only=[indicator])
    assert found[0].target == target


@pytest.mark.parametrize(
    ("period", "status", "consequence"),
    [
        ("Y1Q1", "behind", None),
        ("Y1Q3", "behind", None),
        ("Y1Q4", "breached", "Raised as a performance issue in the quarterly review, and escalated"),
        ("Y2", "breached", "Raised as a performance issue in the quarterly review, and escalated"),
    ],
)
def test_a_years_number_is_breached_when_the_year_has_ended(period, status, consequence):
    [found] = figures(SPEC, dataset(), parse_period(period, FIRST), only=["in_work_assessed"])
    assert found.status == status
    assert (found.consequence or "").startswith(consequence or "")
    assert (found.consequence is None) == (consequence is None)


def closed_without_a_form():
    return dataset(
        ("people", {"person_id": "ann"}),
        (
            "episodes",
            {
                "episode_id": "a1",
                "person_id": "ann",
                "service_id": SPEC.id,
                "referred_on": date(2016, 8, 1),
                "closed_on": date(2016, 9, 1),
            },
        ),
        (
            "contacts",
            {
                "contact_id": "c1",
                "episode_id": "a1",
                "on": date(2016, 8, 8),
                "kind": "appointment",
                "with_whom": "client",
                "attendance": "attended",
            },
        ),
    )


@pytest.mark.parametrize(("as_at", "status"), [(date(2016, 10, 30), "behind"), (date(2016, 10, 31), "breached")])
def test_a_target_of_the_quality_table_is_breached_when_the_quarter_has_ended(as_at, status):
    quarter = parse_period("Y1Q1", FIRST)
    [found] = figures(SPEC, closed_without_a_form(), quarter, as_at, only=["questionnaire_completed"])
    assert (found.value, found.status) == (0, status)
    assert (found.consequence == "Not reporting is escalated under the procedures of this contract") == (
        status == "breached"
    )


def test_long_term_conditions_are_judged_by_the_year():
    quarter = parse_period("Y1Q1", FIRST)
    [found] = figures(SPEC, closed_without_a_form(), quarter, only=["long_term_condition"])
    assert (found.value, found.status) == (0, "behind")


def test_targets_of_the_quality_table_are_of_the_quarter_and_the_others_of_the_year():
    targets = {one.id: one.target for one in SPEC.indicators.indicators if one.target}
    assert {id: target.judged for id, target in targets.items() if target.basis == "value"} == {
        "in_work_after_12_weeks": "quarter",
        "returned_to_work_after_12_weeks": "quarter",
        "eq5d_improved": "quarter",
        "self_reported_improvement": "quarter",
        "questionnaire_completed": "quarter",
        "rated_good": "quarter",
        "long_term_condition": "year",
    }
    assert {id for id, target in targets.items() if target.basis == "year"} == {
        "in_work_assessed",
        "out_of_work_assessed",
    }
    assert all(isinstance(target, Target) and "I126" in target.serves for target in targets.values())


NATIONAL = {
    "nhsof_2_2": "2.2",
    "nhsof_2_5": "2.5",
    "ascof_1e": "1E",
    "ascof_1f": "1F",
    "phof_1_09": "1.09",
    "phof_1_08": "1.08",
}


def test_each_national_outcome_is_contributed_to():
    assert {one.id: one.code for one in SPEC.indicators.national_outcomes} == NATIONAL
    tagged = {tag for one in SPEC.indicators.indicators for tag in one.contributes_to}
    assert tagged == set(NATIONAL)
    assert "phof_1_09" not in SPEC.indicators.indicator("returned_to_work_after_12_weeks").contributes_to


def test_the_return_prints_every_indicator_in_the_order_of_the_tables():
    printed = [id for section in SPEC.report.sections[:3] for id in section.indicators]
    assert printed == [id for id, *_ in EXACT if id != "beyond_session_guide"]
    assert SPEC.report.indicator_ids()[-1] == "beyond_session_guide"
    assert SPEC.report.sections[3].indicators == ("in_work_assessments", "out_of_work_assessments")


@pytest.mark.parametrize(
    ("last_day", "due"),
    [
        (date(2016, 10, 31), date(2016, 11, 30)),
        (date(2017, 1, 31), date(2017, 2, 28)),
        (date(2017, 4, 30), date(2017, 5, 30)),
    ],
)
def test_the_return_is_due_a_month_after_the_quarter(last_day, due):
    assert SPEC.report.due.day(last_day) == due
    assert not SPEC.report.due.in_contract


def asked_at_12_weeks(*statuses):
    """People in work who entered on 8 August 2016 and were asked on 31 October."""
    rows = {"people": [], "episodes": [], "contacts": [], "employment_checks": []}
    for number, status in enumerate(statuses):
        own = {"episode_id": f"e{number}"}
        rows["people"].append({"person_id": f"p{number}"})
        episode = {"person_id": f"p{number}", "referred_on": date(2016, 8, 1), "employment_at_entry": "in_work"}
        rows["episodes"].append({**own, **episode, "service_id": SPEC.id})
        meeting = {"kind": "appointment", "with_whom": "client", "attendance": "attended"}
        rows["contacts"].append({**own, **meeting, "contact_id": f"c{number}", "on": date(2016, 8, 8)})
        if status != "nobody asked":
            rows["employment_checks"].append({**own, "on": date(2016, 10, 31), "status": status})
    return Dataset.from_rows(rows)


@pytest.mark.parametrize(
    ("statuses", "cells"),
    [
        (["at_work", "at_work", "off_sick"], {"at_work": (2, 2), "off_sick": (0, 1)}),
        (["phased_return", "not_working"], {"phased_return": (1, 1), "not_working": (0, 1)}),
        (["nobody asked", "off_sick"], {"unknown": (0, 1), "off_sick": (0, 1)}),
    ],
)
def test_who_is_off_sick_from_a_job_is_shown_apart(statuses, cells):
    quarter = parse_period("Y1Q1", FIRST)
    [found] = figures(SPEC, asked_at_12_weeks(*statuses), quarter, only=["in_work_after_12_weeks"])
    assert {cell.key: (cell.numerator, cell.denominator) for cell in found.breakdowns["work_status"]} == cells
    assert found.denominator == len(statuses)

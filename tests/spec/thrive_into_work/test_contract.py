"""What document 002 states, checked against the specification: days, numbers, lists, and what it leaves open."""

import re
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from placewell.specification import load
from placewell.specification.entries import Entry
from placewell.specification.model import FILES, entries_of

SPEC = load("thrive_into_work")


def every_entry():
    there = [(name, file) for name in FILES if (file := getattr(SPEC, name)) is not None]
    for name, file in there:
        for key, entries in entries_of(file).items():
            yield from ((f"{name}.toml {key} {entry.id}", entry) for entry in entries)


def test_the_contract():
    service = SPEC.service
    assert (service.id, service.name) == ("thrive_into_work", "Thrive Into Work")
    assert (service.contract_start, service.contract_end) == (date(2017, 10, 1), date(2020, 3, 31))
    assert service.first_quarter_starts == date(2017, 10, 1)
    assert service.commissioner == "West Midlands Combined Authority"


def test_the_lots_and_their_groupings():
    assert [lot.code for lot in SPEC.service.lots] == [
        "wolverhampton", "dudley", "south_central_birmingham", "sandwell_west_birmingham",
    ]  # fmt: skip
    four, two = SPEC.service.lot_groupings
    assert four.default
    assert not two.default
    for grouping in (four, two):
        assert sorted(lot for group in grouping.groups for lot in group.lots) == sorted(
            lot.id for lot in SPEC.service.lots
        )
    assert [len(grouping.groups) for grouping in (four, two)] == [4, 2]


@pytest.mark.parametrize(
    ("day", "phase", "randomised"),
    [
        (date(2017, 5, 1), "testing", False),
        (date(2017, 9, 30), "testing", False),
        (date(2017, 10, 1), "trial", True),
        (date(2019, 3, 31), "trial", True),
        (date(2019, 4, 1), "operational", False),
        (date(2020, 3, 31), "operational", False),
    ],
)
def test_the_phases(day, phase, randomised):
    found = SPEC.service.phase_on(day)
    assert (found.id, found.randomised) == (phase, randomised)


def test_after_the_contract_no_phase_runs():
    assert SPEC.service.phase_on(date(2020, 4, 1)) is None


@pytest.mark.parametrize(
    ("entries", "count"),
    [
        (SPEC.service.principles, 8),
        (SPEC.service.research_questions, 3),
        (SPEC.governance.policies, 14),
        (SPEC.governance.standards, 7),
        (SPEC.governance.fidelity_items, 24),
        (SPEC.eligibility.criteria, 8),
        (SPEC.eligibility.forbidden_facts, 7),
        (SPEC.eligibility.excluded_conditions, 3),
        (SPEC.indicators.data_items, 17),
        (SPEC.trial.arms, 2),
        (SPEC.governance.commitments, 29),
    ],
)
def test_how_many_there_are(entries, count):
    assert len(entries) == count


def test_the_guidelines_have_3_7_and_14_items():
    groups = [item.group for item in SPEC.governance.fidelity_items]
    assert [groups.count(group) for group in ("staffing", "organisation", "services")] == [3, 7, 14]


def test_the_eight_areas_staff_must_be_trained_in():
    wanted = {
        "cultural_awareness", "complaints", "information_governance", "boundaries", "advice_and_guidance",
        "health_and_safety", "mental_health_first_aid", "safeguarding",
    }  # fmt: skip
    assert wanted <= {area.id for area in SPEC.governance.training_areas}


@pytest.mark.parametrize("audience", ["self", "professional"])
def test_the_public_form_asks_eight_questions_of_each_reader(audience):
    form = SPEC.referral.form(audience)
    assert len(form) == 8
    asked = [field for question in form for field in question.fields if audience in field.asked_of]
    assert {"first_name", "surname", "birth_date", "lot", "wants_paid_work", "last_worked", "has_condition"} <= {
        field.id for field in asked
    }
    for question in form:
        assert getattr(question, f"title_{audience}").endswith("?")
        assert any(audience in field.asked_of for field in question.fields)


@pytest.mark.parametrize("audience", ["self", "professional"])
def test_every_choice_of_the_form_has_something_to_choose(audience):
    for question in SPEC.referral.form(audience):
        for field in question.fields:
            has_choices = bool(field.options or field.options_from)
            assert has_choices == (field.kind in ("radios", "checkboxes")), field.id


def test_no_question_asks_for_what_must_not_decide():
    forbidden = {fact.id for fact in SPEC.eligibility.forbidden_facts}
    assert not forbidden & {field.id for question in SPEC.referral.questions for field in question.fields}


CLOCKS = {clock.id: clock for clock in SPEC.pathway.clocks}


@pytest.mark.parametrize(
    ("clock", "numbers", "in_contract"),
    [
        ("first_contact", {"days": 10}, False),
        ("first_application", {"days": 28}, True),
        ("first_employer_contact", {"days": 30, "face_to_face": True}, True),
        ("active_contact", {"days": 28}, False),
        ("before_start", {"days": 7, "face_to_face": True}, True),
        ("after_start", {"days": 3, "face_to_face": True}, True),
        ("in_work_weekly", {"every_days": 7, "until_months": 1}, True),
        ("in_work_monthly", {"every_months": 1, "until_months": 3}, True),
        ("job_loss", {"days": 3}, True),
        ("job_problem", {"days": 3}, True),
        ("re_access", {"working_days": 5}, False),
        ("benefits_before_start", {"codes": ("benefits_advice",)}, True),
        ("benefits_on_change", {"working_days": 10, "from_days": 28, "codes": ("benefits_advice",)}, False),
        ("disclosure", {"days": 28}, False),
        ("nine_months", {"months": 9}, True),
        ("in_work_limit", {"months": 4}, True),
        ("evidence_job_start", {"outcome": "job_start", "days": 14}, False),
        ("plan_review", {"every_months": 3}, False),
    ],
)
def test_the_clocks(clock, numbers, in_contract):
    found = CLOCKS[clock]
    assert {name: getattr(found, name) for name in numbers} == numbers
    assert found.in_contract == in_contract


def test_a_clock_for_each_outcome_that_needs_evidence():
    due = {clock.outcome for clock in SPEC.pathway.clocks if clock.kind == "evidence_due"}
    assert due == {rule.outcome for rule in SPEC.outcomes.evidence}


def test_the_limits_of_support():
    limits = {limit.id: (limit.months, limit.runs_from, limit.in_use) for limit in SPEC.pathway.limits}
    assert limits == {
        "job_search": (9, "entry", True),
        "in_work": (4, "first_job_start", True),
        "in_work_fidelity": (3, "first_job_start", False),
    }
    assert SPEC.pathway.support.combine == "sequential"
    assert SPEC.pathway.support.re_access_asked_by == ("person", "employer")


def test_the_money():
    payment = SPEC.payment
    assert (payment.contract_value, payment.block.share_per_cent) == (Decimal(6800000), 90)
    paid = payment.outcome_payment
    assert (paid.amount, paid.cap, paid.cap_payments) == (Decimal(750), Decimal(680000), 906)
    assert (paid.subject, paid.once_in, paid.not_for_arms) == ("person", "programme", ("control",))
    assert payment.lot_caps == ()


@pytest.mark.parametrize(
    ("last_day", "meeting", "due"),
    [
        (date(2019, 6, 30), None, date(2019, 7, 30)),
        (date(2019, 6, 30), date(2019, 7, 24), date(2019, 7, 17)),  # a week before the meeting is earlier
        (date(2019, 6, 30), date(2019, 8, 30), date(2019, 7, 30)),  # one month is earlier
        (date(2017, 12, 31), None, date(2018, 1, 31)),
        (date(2018, 3, 31), None, date(2018, 4, 30)),
        (date(2018, 1, 31), None, date(2018, 2, 28)),
    ],
)
def test_the_return_is_due_a_month_after_the_quarter_or_a_week_before_the_meeting(last_day, meeting, due):
    assert (SPEC.report.due.months_after_end, SPEC.report.due.days_before_meeting) == (1, 7)
    assert SPEC.report.due.day(last_day, meeting) == due


def test_the_return_prints_every_indicator():
    assert set(SPEC.report.indicator_ids()) == {indicator.id for indicator in SPEC.indicators.indicators}


def test_the_return_begins_with_the_seven_key_outcomes_and_their_evidence():
    first = SPEC.report.sections[0]
    assert first.indicators == tuple(i.id for i in SPEC.indicators.indicators if i.group == "key_outcomes")
    assert len(first.indicators) == 7
    assert first.evidence_index
    assert first.breakdowns == ("lot", "source", "primary_condition", "gender", "gp_practice", "occupation", "industry")


def test_breakdowns_of_the_return_are_breakdowns_of_the_indicators():
    known = {breakdown.id for breakdown in SPEC.indicators.breakdowns}
    assert {name for section in SPEC.report.sections for name in section.breakdowns} <= known


def test_the_trial():
    trial = SPEC.trial
    assert (trial.opens_on, trial.closes_at) == (date(2017, 10, 1), datetime(2019, 3, 31, 23, 59))
    assert SPEC.service.randomisation_closes == trial.closes_at
    assert trial.planned_participants == sum(arm.planned for arm in trial.arms) == 5300
    assert [arm.share for arm in trial.arms] == [1, 1]
    assert [step.id for step in trial.steps] == [
        "script",
        "eligibility",
        "information",
        "consent",
        "baseline",
        "randomise",
        "next_step",
    ]
    assert trial.irreversible
    assert trial.person_once


def test_the_three_numbers_that_do_not_add_up_are_all_kept():
    people = {volume.id: volume.people for volume in SPEC.service.volumes}
    assert people["treatment_group"] + people["operational_phase"] == 3720
    assert people["served_in_all"] == 4150


def test_what_usually_happens():
    (expected,) = SPEC.service.expectations
    assert (expected.share_from, expected.share_to) == ("1/3", "1/2")
    assert (expected.months_from, expected.months_to) == (2, 6)


DUTIES = {duty.id: duty for duty in SPEC.governance.duties}


@pytest.mark.parametrize(
    ("duty", "runs_from", "within"),
    [
        ("serious_incident", "occurred", {"hours": 24}),
        ("serious_complaint", "received", {"immediately": True, "working_hours": 4}),
        ("persisting_concern", "known", {"immediately": True}),
        ("contract_change", "change", {"immediately": True}),
        ("risk_plan_review", "last_time", {"months": 12}),
    ],
)
def test_the_duties(duty, runs_from, within):
    found = DUTIES[duty]
    assert found.runs_from == runs_from
    assert {name: getattr(found, name) for name in within} == within


@pytest.mark.parametrize(
    ("ratio", "bound"),
    [
        ("specialists_per_leader", (10, None)),
        ("specialists_in_unit", (None, 2)),
        ("practices_per_specialist", (2, None)),
        ("weeks_between_individual_supervision", (4, None)),
        ("weeks_between_group_supervision", (1, None)),
    ],
)
def test_the_ratios(ratio, bound):
    found = next(item for item in SPEC.governance.ratios if item.id == ratio)
    assert (found.at_most, found.at_least) == bound


def test_every_entry_comes_from_document_002():
    assert [where for where, entry in every_entry() if not entry.clause.startswith("002 ")] == []
    assert len(list(every_entry())) > 300


def test_a_number_that_is_not_in_the_contract_says_so_in_words():
    numbered = [clock for clock in SPEC.pathway.clocks if not clock.in_contract]
    assert [clock.id for clock in numbered if not clock.note] == []


def test_entries_are_entries():
    assert all(isinstance(entry, Entry) for _, entry in every_entry())


def test_unsuitable_referrals_are_those_that_a_criterion_shuts_out():
    unsuitable = {reason.id for reason in SPEC.pathway.decline_reasons if reason.unsuitable}
    assert len(unsuitable) == len(SPEC.eligibility.criteria)
    assert {"did_not_consent", "no_answer", "duplicate", "other"} & unsuitable == set()


DEFINITIONS = Path(__file__).parents[3] / "docs" / "explanation" / "definitions.md"
READINGS = {
    *("X1", "X2", "X3", "X4", "X5", "X7", "X8", "X9", "X10", "X11", "X12", "X13", "X14", "X15", "X16", "X17", "X18"),
    *("X19", "X20", "X21", "X22", "X23", "X24", "X25", "X26", "X27", "X28", "X29", "X46", "X47", "X48", "X49", "X50"),
    *("X51", "X52"),
}
"""The rows on contradictions and gaps that document 002 has a part in."""


def test_every_reading_of_the_contract_is_explained():
    parts = re.split(r"^## ", DEFINITIONS.read_text(encoding="utf-8"), flags=re.MULTILINE)
    about_002 = "".join(part for part in parts if "(document " not in part.split("\n", 1)[0])
    rows = re.findall(r"^\| (X[\dX, ]+) \|", about_002, re.MULTILINE)
    named = [row for cell in rows for row in cell.split(", ")]
    assert READINGS - set(named) == set()


STAFF_CLOCKS = {clock.id: clock for clock in SPEC.pathway.staff_clocks}


@pytest.mark.parametrize(
    ("clock", "weeks", "codes"), [("group_supervision", 1, ("group",)), ("individual_supervision", 4, ("individual",))]
)
def test_the_clocks_of_staff(clock, weeks, codes):
    found = STAFF_CLOCKS[clock]
    assert (found.codes, found.in_contract) == (codes, True)
    assert next(ratio.at_most for ratio in SPEC.governance.ratios if ratio.id == found.ratio) == weeks

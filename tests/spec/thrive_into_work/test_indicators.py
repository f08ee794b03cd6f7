"""The indicators of 002 whose meaning all parts of the product share: subject, measure, outcome and clause, exactly."""

from datetime import date

import pytest

from placewell.specification import load

SPEC = load("thrive_into_work")

EXACT = [
    ("referrals", "episode", "count", "referral", "002 §17.9 i"),
    ("re_referrals", "episode", "count", "re_referral", "002 §9.3"),
    ("days_to_first_contact", "episode", "median", "first_contact", "002 §17.9 ii"),
    ("met_once", "person", "count", "met_once", "002 §17.9 iii"),
    ("engaged", "person", "count", "engaged", "002 App. 6"),
    ("profile_completed", "person", "count", "profile_completed", "002 §17.9 iv"),
    ("applied_within_4_weeks", "person", "proportion", "applied_within_4_weeks", "002 §17.9 v"),
    ("job_start_under_16", "person", "count", "job_start", "002 App. 6"),
    ("job_start_16_and_over", "person", "count", "job_start", "002 App. 6"),
    ("job_starts", "job", "count", "job_start", "002 §17.9 vii"),
    ("days_to_first_job", "person", "median", "job_start", "002 §17.9 viii"),
    ("six_weeks_under_16", "person", "count", "six_weeks", "002 App. 6"),
    ("six_weeks_16_and_over", "person", "count", "six_weeks", "002 App. 6"),
    ("sustained_26_weeks_under_16", "person", "count", "sustained_26_weeks", "002 App. 6"),
    ("sustained_26_weeks_16_and_over", "person", "count", "sustained_26_weeks", "002 App. 6"),
    ("six_weeks_total", "person", "count", "six_weeks", "002 §17.9 xi"),
    ("six_months_total", "person", "count", "six_months", "002 §17.9 xii"),
    ("active_caseload", "person", "count", "active_caseload", "002 App. 7 St 1"),
]
BANDED = {id for id, *_ in EXACT if id.endswith(("_under_16", "_16_and_over"))}


@pytest.mark.parametrize(("id", "subject", "measure", "outcome", "clause"), EXACT)
def test_the_shared_indicators(id, subject, measure, outcome, clause):
    found = SPEC.indicators.indicator(id)
    assert (found.subject, found.measure, found.outcome, found.clause) == (subject, measure, outcome, clause)


@pytest.mark.parametrize(("id", "subject", "measure", "outcome", "clause"), EXACT)
def test_only_banded_figures_ask_for_evidence(id, subject, measure, outcome, clause):
    found = SPEC.indicators.indicator(id)
    assert found.evidence == (id in BANDED)
    assert found.band == (id.removeprefix(f"{outcome}_") if id in BANDED else None)


NUMBERS = [
    ("met_once", {"rule": "any", "appointments": 1, "profile_completed": False}),
    ("engaged", {"rule": "any", "appointments": 3, "profile_completed": True}),
    ("profile_completed", {"appointments": None, "profile_completed": True}),
    ("applied_within_4_weeks", {"days": 28, "events": ("application",)}),
    ("job_search_within_30_days", {"days": 30, "events": ("application", "face_to_face_employer_contact")}),
    ("job_start", {"part_time_paid_hours": None}),
    ("six_weeks", {"kind": "weeks_in_work", "weeks": 6}),
    ("six_months", {"kind": "weeks_in_work", "weeks": 26}),
    ("sustained_26_weeks", {"kind": "still_in_work", "weeks": 26, "hours_days": 28, "max_gap_days": None}),
    ("active_caseload", {"contact_days": 28, "plan_kind": "vocational_action", "job_begun_days": None}),
]


@pytest.mark.parametrize(("id", "numbers"), NUMBERS)
def test_the_numbers_of_the_outcomes(id, numbers):
    outcome = SPEC.outcomes.outcome(id)
    assert {name: getattr(outcome, name) for name in numbers} == numbers


def test_programme_entry_and_the_side_of_16_hours():
    entry, hours = SPEC.outcomes.entry, SPEC.outcomes.hours
    assert (entry.event, entry.arm, entry.accepted_from) == ("allocation_or_acceptance", "ips", date(2019, 4, 1))
    assert (hours.boundary, hours.boundary_belongs_to, hours.ids) == (16, "upper", ("under_16", "16_and_over"))


ACCEPTED = {
    "job_start": {"contract", "employer_letter", "employer_email", "payslip", "timesheet", "self_employment_record"},
    "six_weeks": {"employer_letter", "employer_email", "payslip", "timesheet", "self_employment_record"},
    "sustained_26_weeks": {"employer_letter", "employer_email", "payslip", "timesheet", "self_employment_record"},
}
BACKUP = {
    "job_start": (("client_declaration",),),
    "six_weeks": (("client_declaration",),),
    "sustained_26_weeks": (("client_declaration", "qualitative_note"),),
}


@pytest.mark.parametrize("outcome", ACCEPTED)
def test_what_proves_an_outcome(outcome):
    rule = SPEC.outcomes.evidence_for(outcome)
    assert set(rule.accepted) == ACCEPTED[outcome]
    assert rule.backup == BACKUP[outcome]


def test_what_proves_nothing_else():
    assert {rule.outcome for rule in SPEC.outcomes.evidence} == set(ACCEPTED)


def test_the_breakdowns_of_every_figure():
    everywhere = [item.id for item in SPEC.indicators.breakdowns if item.everywhere]
    assert everywhere == [
        "lot", "source", "primary_condition", "gender", "gp_practice", "occupation", "industry", "self_employed",
    ]  # fmt: skip
    for indicator in SPEC.indicators.computed:
        assert [item.id for item in SPEC.indicators.breakdowns_of(indicator)][:8] == everywhere


ITEMS = [
    ("date_referred", "i"), ("source_of_referral", "ii"), ("health_condition", "iii"),
    ("consent", "iv"), ("region", "v"),
    ("first_name", "vi"), ("surname", "vii"), ("date_of_birth", "viii"), ("email", "ix"), ("phone", "x"),
    ("gender", "xi"), ("ethnicity", "xii"), ("religion", "xiii"), ("sexual_orientation", "xiv"), ("education", "xv"),
    ("time_since_last_worked", "xvi"), ("benefits", "xvii"),
]  # fmt: skip


def test_the_seventeen_items_about_a_person():
    assert [(item.id, item.clause) for item in SPEC.indicators.data_items] == [
        (id, f"002 App. 6 {numeral}") for id, numeral in ITEMS
    ]


FIGURE_2 = [
    ("job_start_under_16", "I79"), ("six_weeks_under_16", "I80"), ("sustained_26_weeks_under_16", "I81"),
    ("job_roles", "I82"), ("industries", "I82"), ("satisfied", "I83"), ("wellbeing_change", "I84"),
    ("health_change", "I85"),
]  # fmt: skip


@pytest.mark.parametrize(("id", "kind"), [("group_supervisions", "group"), ("individual_supervisions", "individual")])
def test_supervision_is_counted_by_its_kind(id, kind):
    found = SPEC.indicators.indicator(id)
    outcome = SPEC.outcomes.outcome(found.outcome)
    assert (found.subject, found.measure, found.target, found.serves) == ("row", "count", None, ("L3",))
    assert (outcome.table, outcome.column, outcome.codes) == ("supervisions", "kind", (kind,))


@pytest.mark.parametrize(("id", "row"), FIGURE_2)
def test_the_metrics_of_figure_2(id, row):
    assert row in SPEC.indicators.indicator(id).serves

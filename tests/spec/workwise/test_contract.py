"""What 001 asks for, exactly: the table in its order, the two lists, the forecast, localities, hours and the budget."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from tests.factories import an_episode, dataset, day

from placewell.eligibility import decide, overall
from placewell.indicators import figures
from placewell.periods import parse_date, parse_period
from placewell.specification import load
from placewell.specification.indicators import Target

SPEC = load("workwise")
STARTS = SPEC.service.first_quarter_starts

# (indicator, subject, unit, what of the people, the row of the requirements), in the order of the document's page
TABLE = [
    ("pending", "person", "people", "everyone referred", "I19"),
    ("active", "person", "people", "entered", "I20"),
    ("closed", "person", "people", "everyone referred", "I21"),
    ("did_not_engage", "person", "people", "everyone referred", "I22"),
    ("unsuitable", "person", "people", "everyone referred", "I23"),
    ("employer_sessions", "row", "activities", "", "I24"),
    ("jobcentre", "row", "records", "", "I25"),
    ("other_advice", "person", "people", "entered", "I26"),
    ("changed_role", "person", "people", "entered", "I27"),
    ("off_sick_pay_or_benefits", "person", "people", "entered", "I28"),
    ("retained", "person", "people", "entered", "I29"),
    ("placement_scheme", "person", "people", "entered", "I30"),
    ("workwise_training", "person", "people", "entered", "I31"),
    ("changed_employer", "person", "people", "entered", "I32"),
    ("voluntary_work", "person", "people", "entered", "I33"),
    ("self_employed", "person", "people", "entered", "I34"),
    ("supported_or_permitted_work", "person", "people", "entered", "I35"),
    ("retraining", "person", "people", "entered", "I36"),
    ("career_change", "person", "people", "entered", "I37"),
    ("education", "person", "people", "entered", "I38"),
    ("early_retirement", "person", "people", "entered", "I39"),
]
LIST = [
    ("people_referred", "I1"), ("opted_in", "I2"), ("opted_in", "I3"), ("completed", "I4"),
    ("employer_awareness", "I5"), ("employer_training", "I6"), ("jobcentre_visits", "I7"),
    ("jobcentre_referrals", "I8"), ("benefits_advice", "I9"), ("debt_counselling", "I10"), ("legal_advice", "I11"),
    ("changed_role_or_employer", "I12"), ("off_sick_pay_or_benefits", "I13"), ("off_sick_pay", "I13"),
    ("off_benefits", "I13"), ("retained", "I14"), ("placement_scheme", "I15"), ("voluntary_work", "I16"),
    ("training_or_education", "I17"),
]  # fmt: skip
BUSINESS_CASE = [
    ("people_referred", "I40"), ("take_up", "I40"), ("throughput", "I40"), ("employer_sessions", "I41"),
    ("therapist_sessions", "I42"), ("jobcentre", "I43"), ("other_advice", "I44"),
    ("changed_role_or_employer", "I45"), ("off_sick_pay_or_benefits", "I46"), ("retained", "I47"),
    ("placement_scheme", "I48"), ("voluntary_training_or_education", "I49"),
]  # fmt: skip


def section(id):
    return next(one for one in SPEC.report.sections if one.id == id)


def test_the_table_is_the_first_section_and_has_twenty_one_rows_in_the_documents_order():
    first = SPEC.report.sections[0]
    assert first.id == "table"
    assert [row.indicator for row in first.matrix.rows] == [id for id, *_ in TABLE]
    assert [row.serves for row in first.matrix.rows] == [(f"I{number}",) for number in range(19, 40)]


@pytest.mark.parametrize(("id", "subject", "unit", "of", "row"), TABLE)
def test_what_a_row_of_the_table_counts(id, subject, unit, of, row):
    found = SPEC.indicators.indicator(id)
    assert (found.subject, found.unit, found.measure) == (subject, unit, "count")
    assert found.everyone_referred == (of == "everyone referred")
    assert row in found.serves


@pytest.mark.parametrize(("name", "rows"), [("list", LIST), ("key_indicators", BUSINESS_CASE)])
def test_the_two_lists_in_their_order_each_in_its_own_words(name, rows):
    matrix = section(name).matrix
    assert [(row.indicator, row.serves[0]) for row in matrix.rows] == rows
    assert len({row.words for row in matrix.rows}) == len(matrix.rows)
    for row in matrix.rows:
        assert set(row.serves) <= set(SPEC.indicators.indicator(row.indicator).serves)


def test_every_matrix_is_across_the_localities():
    laid_out = [one.matrix for one in SPEC.report.sections if one.matrix]
    assert [matrix.across for matrix in laid_out] == ["locality"] * 3


@pytest.mark.parametrize("number", [*range(1, 18), *range(19, 55)])
def test_each_figure_of_the_document_is_an_indicator(number):
    stated = {row for one in SPEC.indicators.indicators for row in one.serves}
    stated |= {row for one in SPEC.indicators.breakdowns for row in one.serves}
    assert f"I{number}" in stated


def test_only_a_part_of_the_row_before_is_marked_as_such():
    parts = [(one.id, row.indicator) for one in SPEC.report.sections if one.matrix for row in one.matrix.rows
             if row.of_which]  # fmt: skip
    assert parts == [("table", "did_not_engage"), ("list", "off_sick_pay"), ("list", "off_benefits")]


@pytest.mark.parametrize(("service", "wider", "part"), [("workwise", "ended", "not_engaged")])
def test_whoever_did_not_engage_is_among_the_closed(service, wider, part):
    whole, some = (SPEC.outcomes.outcome(id) for id in (wider, part))
    assert whole.any_closure
    assert set(some.declined) <= set(whole.declined)
    assert some.closed == ("did_not_engage",)


def test_a_referral_that_is_turned_down_is_unsuitable_or_did_not_engage():
    unsuitable = {reason.id for reason in SPEC.pathway.decline_reasons if reason.unsuitable}
    others = {reason.id for reason in SPEC.pathway.decline_reasons} - unsuitable
    assert set(SPEC.outcomes.outcome("unsuitable").reasons) == unsuitable
    assert set(SPEC.outcomes.outcome("not_engaged").declined) == others


EVENTS = {
    "off_sick_pay_or_benefits": {"off_sick_pay", "off_benefits"},
    "changed_role_or_employer": {"changed_role", "changed_employer"},
    "training_or_education": {"training", "retraining", "mainstream_education"},
    "voluntary_training_or_education": {"mainstream_volunteering", "training", "retraining", "mainstream_education"},
    "other_advice": {"benefits_advice", "debt_advice", "legal_advice"},
}


@pytest.mark.parametrize(("outcome", "codes"), EVENTS.items())
def test_one_count_of_several_events(outcome, codes):
    assert set(SPEC.outcomes.outcome(outcome).codes) == codes


@pytest.mark.parametrize("outcome", ["other_advice", "placement_scheme", "workwise_training", "jobcentre_referral"])
def test_a_referral_onward_is_no_sign_post(outcome):
    (only,) = SPEC.outcomes.outcome(outcome).only
    assert (only.column, only.codes) == ("kind", ("referral",))


@pytest.mark.parametrize(
    ("id", "more_than", "subject"),
    [("people_helped", 600, "person"), ("employers_engaged", 50, "organisation"), ("courses", 18, "activity")],
)
def test_the_forecast_says_more_than(id, more_than, subject):
    found = SPEC.indicators.indicator(id)
    assert isinstance(found.target, Target)
    assert (found.target.kind, found.target.basis, found.subject) == ("forecast", "trajectory", subject)
    assert sum(map(Fraction, found.target.quarters)) == more_than + 1
    assert len(set(found.target.quarters)) == 1


@pytest.mark.parametrize(
    ("id", "due"),
    [("people_helped", [151, 301, 451, 601]), ("employers_engaged", [13, 26, 39, 51]), ("courses", [5, 10, 15, 19])],
)
def test_the_forecast_quarter_by_quarter(id, due):
    for number, aim in enumerate(due, 1):
        (found,) = figures(SPEC, dataset(), parse_period(f"Y1Q{number}", STARTS), only=[id])
        assert (found.target, found.status, found.consequence) == (aim, "behind", None)


@pytest.mark.parametrize("id", ["people_helped", "employers_engaged", "courses"])
@pytest.mark.parametrize(
    ("period", "as_at", "status"),
    [
        ("Y1", "2013-03-31", "behind"),  # missed, and nothing is breached: nobody promised it
        ("Y1", "2015-01-01", "behind"),
        ("Y2Q1", "2013-04-01", "no_target"),  # the forecast's last day has gone
        ("Y2Q1", "2013-06-30", "no_target"),
        ("Y2", "2014-03-31", "no_target"),
        ("Y3Q4", "2015-03-31", "no_target"),
        ("2013-03-01/2013-05-01", "2013-04-30", "no_target"),
    ],
)
def test_the_forecast_ends_with_its_last_day_and_is_never_breached(id, period, as_at, status):
    (found,) = figures(SPEC, dataset(), parse_period(period, STARTS), parse_date(as_at), only=[id])
    assert (found.status, found.consequence, found.target is None) == (status, None, status == "no_target")


def test_only_the_forecast_has_targets():
    assert [one.id for one in SPEC.indicators.indicators if one.target] == [
        "people_helped", "employers_engaged", "courses",
    ]  # fmt: skip


def test_thirteen_localities_six_and_seven():
    areas = [one.area for one in SPEC.service.localities]
    assert (areas.count("Bournemouth and Poole"), areas.count("Dorset"), len(areas)) == (6, 7, 13)
    assert len(SPEC.service.lots) == 3


def test_one_year_from_april_and_entry_by_opting_in():
    service = SPEC.service
    assert (service.contract_start, service.contract_end, STARTS) == (
        date(2012, 4, 1), date(2013, 3, 31), date(2012, 4, 1),
    )  # fmt: skip
    assert SPEC.outcomes.entry.event == "opted_in"


def test_what_the_document_leaves_open_has_no_value():
    open_points = {point.id: point for point in SPEC.service.open_points}
    assert set(open_points) == {"length_of_support", "outcome_measures", "locality_names"}
    assert all(point.is_open for point in open_points.values())
    assert (SPEC.pathway.support, SPEC.pathway.limits, SPEC.pathway.clocks) == (None, (), ())


BUDGET = {
    "co_ordinators": 85_920, "travel": 11_000, "publicity": 2_000, "staff_training": 1_500,
    "workplace_and_education": 2_000, "administration": 4_780, "database": 2_500, "project_development": 4_870,
    "miscellaneous": 800, "management_fee": 10_000,
}  # fmt: skip


def test_the_ten_lines_of_the_budget():
    assert {line.id: line.amount for line in SPEC.budget.lines} == {id: Decimal(n) for id, n in BUDGET.items()}
    assert SPEC.budget.total == Decimal("125370") == sum(line.amount for line in SPEC.budget.lines)


HOURS = [
    ("employer_engagement", 35), ("one_to_one", 30), ("signposting", 20), ("client_courses", 20),
    ("therapist_advice", 25),
]  # fmt: skip


@pytest.mark.parametrize("on", ["2012-04-01", "2012-09-01"])
def test_the_hours_of_the_small_teams_add_up(on):
    hours = {ratio.id: ratio.at_least for ratio in SPEC.as_of(day(on)).governance.ratios}
    assert [(id, hours[id]) for id, _ in HOURS] == HOURS
    assert hours["all_co_ordinators"] == sum(number for _, number in HOURS) == 130
    assert hours["administrative_support"] == 8


@pytest.mark.parametrize(("on", "hours"), [("2012-04-01", 15), ("2012-07-31", 15), ("2012-08-01", 25)])
def test_the_lead_for_bournemouth_and_poole_gets_more_hours_in_august(on, hours):
    found = {ratio.id: ratio.at_least for ratio in SPEC.as_of(day(on)).governance.ratios}
    assert found["lead_bournemouth_and_poole"] == hours


WORKS = {"struggling_at_work": True}
NEITHER = {"struggling_at_work": False, "on_sick_pay": False, "on_out_of_work_benefits": False}


@pytest.mark.parametrize(
    ("facts", "answer"),
    [
        ({"age_years": 18.0, "assessed_in_talking_therapies": True, **WORKS}, "eligible"),
        ({"age_years": 17.9, "assessed_in_talking_therapies": True, **WORKS}, "not_eligible"),
        ({"age_years": 40.0, "assessed_in_talking_therapies": False, **WORKS}, "not_eligible"),
        ({"age_years": 40.0, "assessed_in_talking_therapies": True, **NEITHER}, "not_eligible"),
        ({"age_years": 40.0, "assessed_in_talking_therapies": True, **NEITHER, "on_sick_pay": True}, "eligible"),
        ({"age_years": 40.0, "assessed_in_talking_therapies": True, "on_sick_pay": False}, "not_known"),
    ],
)
def test_who_the_service_is_for(facts, answer):
    assert overall(decide(SPEC, facts, SPEC.service.contract_start)) == answer


def test_every_indicator_is_printed():
    assert set(SPEC.report.indicator_ids()) == {one.id for one in SPEC.indicators.indicators}


@pytest.mark.parametrize(
    ("columns", "take_up", "decided"),
    [({"opted_in_on": "2012-04-30"}, 1, 1), ({"opted_in_on": "2012-07-01"}, 0, 0), ({}, 0, 0),
     ({"declined_on": "2012-04-20", "decline_reason": "no_answer"}, 0, 1), ({"closed_on": "2012-06-30"}, 0, 1),
     ({"closed_on": "2012-07-01"}, 0, 0), ({"declined_on": "2012-07-01"}, 0, 0),
     ({"opted_in_on": "2012-04-30", "declined_on": "2012-05-20"}, 1, 1)],
)  # fmt: skip
def test_take_up_is_of_the_referrals_received_and_decided(columns, take_up, decided):
    episode = an_episode("e1", referred="2012-04-02", service_id="workwise", **columns)
    (found,) = figures(SPEC, dataset(episode), parse_period("Y1Q1", STARTS), only=["take_up"])
    assert (found.numerator, found.denominator) == (take_up, decided)
    assert found.members["not_due"] == 1 - decided


EQUALITY = {"age", "gender", "ethnicity", "religion", "sexual_orientation", "learning_disability"}


def test_those_who_join_are_broken_down_by_the_equality_groups():
    joined = SPEC.indicators.indicator("opted_in")
    assert {item.id for item in SPEC.indicators.breakdowns_of(joined)} >= EQUALITY
    assert set(section("referred_and_joined").breakdowns) >= {*EQUALITY, "source"}

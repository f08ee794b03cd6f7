"""What 004 says beside its figures: who is for the service, the way through it, milestones, insurances, others."""

import re
from datetime import date
from pathlib import Path

import pytest

from placewell.eligibility import decide, overall
from placewell.indicators import figures
from placewell.periods import parse_period
from placewell.reports import report_object, to_html
from placewell.specification import folder_of, load
from placewell.synthetic import make

SPEC = load("nottingham_health_employment")
DAY = date(2017, 1, 16)
AT_WORK = {
    "age_years": 34,
    "gp_in_city": True,
    "health_affects_work": True,
    "employment": "in_work",
    "supported_elsewhere": False,
}
OUT = {**AT_WORK, "employment": "unemployed", "months_unemployed": 3}
SICK = {**AT_WORK, "employment": "off_sick", "from_fit_for_work": False}


def answered(facts):
    return {one.criterion: one for one in decide(SPEC, facts, DAY)}


DOORS = [
    AT_WORK,
    {**SICK, "days_off_sick": 10},
    {**SICK, "days_off_sick": 200, "from_fit_for_work": True},
    {**AT_WORK, "employment": "self_employed"},
    {**OUT, "awaiting_esa_assessment": True},
    {**OUT, "awaiting_esa_assessment": False, "work_ready": True, "named_by_professional": True},
]


@pytest.mark.parametrize("facts", DOORS)
def test_six_doors(facts):
    assert overall(answered(facts).values()) == "eligible"


@pytest.mark.parametrize(
    ("facts", "criterion", "sends_to"),
    [
        ({**AT_WORK, "age_years": 17}, "adult", None),
        ({**AT_WORK, "gp_in_city": False}, "city_gp", None),
        ({**AT_WORK, "health_affects_work": False}, "health_problem", None),
        ({**OUT, "awaiting_esa_assessment": False, "work_ready": False}, "entry_door", None),
        (
            {**OUT, "awaiting_esa_assessment": False, "work_ready": True, "named_by_professional": False},
            "entry_door",
            None,
        ),
        ({**SICK, "days_off_sick": 29}, "sick_up_to_four_weeks", "fit_for_work"),
        (
            {**OUT, "awaiting_esa_assessment": True, "months_unemployed": 12},
            "not_long_term_unemployed",
            "jobcentre_plus",
        ),
        ({**AT_WORK, "supported_elsewhere": True}, "not_supported_elsewhere", None),
    ],
)
def test_each_criterion_fails_alone_and_may_name_the_way(facts, criterion, sends_to):
    found = answered(facts)
    assert [id for id, one in found.items() if one.answer == "not_met"] == [criterion]
    assert found[criterion].sends_to == sends_to
    assert overall(found.values()) == "not_eligible"


@pytest.mark.parametrize(
    ("days", "answer"), [(0, "met"), (27, "met"), (28, "met"), (28.5, "not_met"), (29, "not_met"), (None, "not_known")]
)
def test_28_days_off_sick_are_still_for_this_service(days, answer):
    assert answered({**SICK, "days_off_sick": days})["sick_up_to_four_weeks"].answer == answer


@pytest.mark.parametrize(("months", "answer"), [(0, "met"), (11, "met"), (12, "not_met"), (60, "not_met")])
def test_long_term_is_twelve_months(months, answer):
    found = answered({**OUT, "awaiting_esa_assessment": True, "months_unemployed": months})
    assert found["not_long_term_unemployed"].answer == answer


def test_where_the_employer_is_may_not_be_asked():
    with pytest.raises(ValueError, match="may not be used in screening"):
        decide(SPEC, {"employer_place": "Derby"}, DAY)


def test_sources_are_those_of_section_3_5():
    assert {route.id for route in SPEC.referral.routes} == {"health", "employment", "employer", "fit_for_work", "self"}
    assert {source.id for source in SPEC.referral.sources} >= {"gp", "work_coach", "employer", "fit_for_work", "self"}


def test_a_plan_has_six_components_and_an_assessment_three():
    assert [part.id for part in SPEC.pathway.plan_parts] == [
        "health_support",
        "direct_referrals",
        "workplace_adjustments",
        "signposting",
        "housing_debt_welfare_skills",
        "digital_self_care",
    ]
    assert [part.id for part in SPEC.pathway.assessment_parts] == ["biological", "psychological", "social"]


def test_the_guide_to_sessions_limits_nothing():
    guide = SPEC.pathway.session_guide
    assert (guide.usual_from, guide.usual_to) == (4, 8)
    assert guide.alert(8) is None
    assert guide.alert(9) == "9 sessions; people usually need 4 to 8."
    assert SPEC.outcomes.outcome("beyond_session_guide").appointments == guide.usual_to + 1
    assert (SPEC.pathway.support, SPEC.pathway.limits, SPEC.pathway.caseload_limits) == (None, (), ())
    assert SPEC.indicators.indicator("beyond_session_guide").target is None


@pytest.mark.parametrize(
    ("id", "due", "monitored"),
    [
        ("staffing", date(2016, 8, 1), "quarterly"),
        ("marketing", date(2016, 8, 1), "ongoing"),
        ("web_pages", date(2017, 1, 1), "quarterly"),
    ],
)
def test_milestones(id, due, monitored):
    found = {one.id: one for one in SPEC.service.milestones}
    assert len(found) == 3
    assert (found[id].due_on, found[id].monitored) == (due, monitored)
    assert found[id].benefit


def test_two_insurances_without_a_sum():
    assert {one.id: one.least_cover for one in SPEC.governance.insurances} == {
        "employers_liability": None,
        "public_liability": None,
    }


def test_currencies_and_price():
    volumes = {one.id: one for one in SPEC.service.volumes}
    assert (volumes["in_work_a_year"].people, volumes["out_of_work_a_year"].people) == (85, 95)
    note = volumes["out_of_work_a_year"].note
    assert all(sum_ in note for sum_ in ("£106,333", "£318,999", "£319,000"))
    assert 106_333 * 3 == 318_999


def test_the_return_goes_to_the_contracts_team_with_equality_data():
    recipients = {one.id: one.receives for one in SPEC.report.recipients}
    assert recipients["contracts_team"] == ("quarterly_return",)
    equality = next(section for section in SPEC.report.sections if section.id == "equality")
    assert set(equality.breakdowns) >= {"gender", "age", "ethnicity", "religion", "sexual_orientation"}


@pytest.fixture(scope="module")
def page():
    people = make(SPEC, 250, 5)
    year = parse_period("Y2Q4", SPEC.service.first_quarter_starts)
    report = report_object(SPEC, people, year, year.last_day)
    return report, to_html(report, SPEC), figures(SPEC, people, year)


@pytest.mark.parametrize(
    "words",
    [
        "Quarterly monitoring return",
        "Return due",
        "Consequence of a breach in the contract: not reporting is escalated under the procedures of this contract",
        "Contributes to NHS Outcomes Framework 2.2",
        "“Out of work” or “unemployed”",
        "Web pages on health and employment support",
        "1 January 2017, the day has passed",
        "A target of 100% is missed by one person.",
        "4 to 8 sessions are a guide.",
    ],
)
def test_what_the_page_of_the_return_says(page, words):
    assert words in page[1]


def test_a_breach_carries_its_consequence_into_the_return(page):
    report, html, found = page
    breached = [one for one in found if one.status == "breached"]
    assert breached
    assert all(one.consequence for one in breached)
    assert [one.consequence for one in found if one.status != "breached" and one.consequence] == []
    raised = [
        one
        for one in breached
        if SPEC.indicators.consequence_of(SPEC.indicators.indicator(one.id)).follows == "missed_target"
    ]
    assert html.count("In breach. The contract: raised as a performance issue") == len(raised) > 0
    by_id = {one["id"]: one for one in report["indicators"]}
    assert all(by_id[one.id]["consequence"] == one.consequence for one in breached)


def test_no_code_that_it_uses_is_of_another_service():
    assert SPEC.payment is None or SPEC.payment.clause.startswith("004")
    assert SPEC.trial is None


READINGS = Path(__file__).parents[3] / "docs" / "explanation" / "definitions.md"


def test_every_reading_of_the_contract_is_explained_where_it_stands():
    """The rows on contradictions and gaps of document 004, each with the entry that decides."""
    own = READINGS.read_text(encoding="utf-8").split(f"## {SPEC.service.name}")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (X\d+) \|.*\| `(\w+\.toml)` (\w+) \|$", own, re.MULTILINE)
    assert [row for row, _, _ in rows] == ["X11", *(f"X{number}" for number in range(30, 39))]
    folder = folder_of(SPEC.id)
    for _, file, entry in rows:
        text = (folder / file).read_text(encoding="utf-8")
        assert f'id = "{entry}"' in text or f"[{entry}]" in text or f".{entry}]" in text, (file, entry)

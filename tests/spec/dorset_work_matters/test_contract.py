"""What 000 says, exactly; and what it leaves open, which is marked."""

from datetime import date
from pathlib import Path

import pytest

from placewell.cli.validate import service_codes
from placewell.indicators import figures
from placewell.periods import parse_period
from placewell.reports import report_object, to_html
from placewell.specification import load
from placewell.synthetic import make

SPEC, COMMON = load("dorset_work_matters"), load("ips_grow")
FIGURES = {
    "in_paid_work": ("proportion", "000 §2.2"),
    "people_placed": ("people", "003 calculator"),
    "job_starts": ("jobs", "003 data set (3)"),
    "referrals": ("episodes", "003 data set (1)"),
    "engaged": ("people", "003 data set (2)"),
    **{
        f"sustained_{weeks}_weeks_{band}": ("people", "003 calculator")
        for weeks in (13, 26, 52)
        for band in ("under_16", "16_and_over")
    },
    "active_caseload": ("people", "003 data set (2), note"),
    "job_search_within_4_weeks": ("proportion", "003 principles"),
}
DEFINITIONS = Path(__file__).parents[3] / "docs" / "explanation" / "definitions.md"
TAG = "Not in the contract</strong>"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("name", "Dorset Work Matters"),
        ("commissioner", "NHS Dorset Clinical Commissioning Group"),
        ("provider", "Dorset HealthCare"),
        ("contract_start", date(2018, 10, 1)),
        ("contract_end", date(2021, 9, 30)),
        ("first_quarter_starts", date(2018, 10, 1)),
    ],
)
def test_the_header(name, value):
    assert getattr(SPEC.service, name) == value


def test_the_review():
    assert [(one.label, one.due) for one in SPEC.service.milestones] == [("Review of the service", "October 2019")]
    assert [one.id for one in SPEC.report.meetings] == ["review"]


@pytest.mark.parametrize(
    ("label", "start", "end"),
    [
        ("Y1Q1", "2018-10-01", "2019-01-01"),
        ("Y1Q4", "2019-07-01", "2019-10-01"),
        ("Y2", "2019-10-01", "2020-10-01"),
        ("Y3Q4", "2021-07-01", "2021-10-01"),
    ],
)
def test_quarters_are_anchored_on_october(label, start, end):
    period = parse_period(label, SPEC.service.first_quarter_starts)
    assert (period.start, period.end) == (date.fromisoformat(start), date.fromisoformat(end))


def test_two_stages_follow_each_other():
    first, second = SPEC.service.phases
    assert (first.id, first.start, first.end) == ("stage_one", date(2018, 10, 1), date(2019, 9, 30))
    assert (second.id, second.start, second.end) == ("stage_two", date(2019, 10, 1), SPEC.service.contract_end)
    assert {phase.enters_by for phase in SPEC.service.phases} == {"acceptance"}


@pytest.mark.parametrize(
    ("day", "teams"),
    [
        ("2018-10-01", ["start", "community_resource_team", "mental_health_forum"]),
        ("2019-09-30", ["start", "community_resource_team", "mental_health_forum"]),
        ("2019-10-01", ["dorset_work_matters"]),
    ],
)
def test_three_teams_and_then_one(day, teams):
    assert [team.id for team in SPEC.service.teams_on(date.fromisoformat(day))] == teams


def test_each_team_is_managed_where_it_is_and_supervised_by_the_partnership():
    managed = {team.id: team.organisation for team in SPEC.service.teams}
    assert managed == {
        "start": "dorset_healthcare",
        "community_resource_team": "dorset_healthcare",
        "mental_health_forum": "dorset_mental_health_forum",
        "dorset_work_matters": "dorset_healthcare",
    }
    assert {team.supervised_by for team in SPEC.service.teams} == {"recovery_partnership"}
    assert set(SPEC.service.teams[-1].follows) == {"start", "community_resource_team", "mental_health_forum"}


@pytest.mark.parametrize(
    ("team", "areas"),
    [("start", ("Dorchester", "Bridport")), ("community_resource_team", ("Weymouth", "Portland"))],
)
def test_the_areas_that_are_named(team, areas):
    assert next(one.areas for one in SPEC.service.teams if one.id == team) == areas


def test_referral_is_by_the_care_co_ordinator_or_by_oneself():
    assert [(one.id, one.refers) for one in SPEC.referral.sources] == [
        ("care_coordinator", "professional"),
        ("self", "self"),
    ]


@pytest.mark.parametrize(
    ("criterion", "row"),
    [("adult", "C1"), ("severe_mental_illness", "C2"), ("open_to_mental_health_team", "C2"), ("wants_work", "C3")],
)
def test_who_the_service_is_for(criterion, row):
    assert row in next(one.serves for one in SPEC.eligibility.criteria if one.id == criterion)


def test_discharge_by_the_mental_health_team_closes_nothing():
    assert "discharged_by_mental_health_team" in {one.id for one in SPEC.pathway.not_closure_reasons}
    assert not {one.id for one in SPEC.pathway.closure_reasons} & {"discharged_by_mental_health_team"}
    assert (SPEC.pathway.support, SPEC.pathway.limits) == (None, ())


def test_entry_is_acceptance_and_the_document_does_not_say_so():
    assert (SPEC.outcomes.entry.event, SPEC.outcomes.entry.in_contract) == ("accepted", False)


@pytest.mark.parametrize(("id", "expected"), FIGURES.items(), ids=FIGURES)
def test_each_figure_with_its_clause_is_marked_as_not_in_the_contract(id, expected):
    found = SPEC.indicators.indicator(id)
    assert (found.unit, found.clause) == expected
    assert not found.in_contract
    assert "I0" in found.serves
    assert (found.target, found.evidence) == (None, False)


def test_there_is_no_other_figure():
    assert {one.id for one in SPEC.indicators.indicators} == set(FIGURES)
    assert next(iter(SPEC.report.indicator_ids())) == "in_paid_work"
    assert set(SPEC.report.indicator_ids()) == set(FIGURES)


@pytest.mark.parametrize("id", [one.id for one in SPEC.outcomes.outcomes if one.id != "in_paid_work"])
def test_a_definition_of_the_common_data_set_is_the_common_one(id):
    words = {"clause", "serves", "in_contract", "note"}
    assert SPEC.outcomes.outcome(id).model_dump(exclude=words) == COMMON.outcomes.outcome(id).model_dump(exclude=words)


def test_there_is_no_payment_no_trial_and_no_quality_measure():
    assert (SPEC.payment, SPEC.trial) == (None, None)
    assert not any(one.group == "quality" for one in SPEC.indicators.indicators)


def test_the_register_of_standards_has_the_one_that_is_named():
    assert [one.id for one in SPEC.governance.standards] == ["nice_cg178"]


@pytest.mark.parametrize("number", range(1, 6))
def test_the_five_domains_are_listed(number):
    assert f"nhsof_domain_{number}" in {one.id for one in SPEC.service.aims}


@pytest.fixture(scope="module")
def people():
    return make(SPEC, 700, 1)


def test_made_up_people_are_in_every_figure(people):
    whole = parse_period("2018-10-01/2021-10-01", SPEC.service.first_quarter_starts)
    assert [one.id for one in figures(SPEC, people, whole) if not one.members["counted"]] == []


def test_the_return_marks_every_figure_and_names_the_teams(people):
    period = parse_period("Y2Q1", SPEC.service.first_quarter_starts)
    report = report_object(SPEC, people, period, period.last_day)
    page = to_html(report, SPEC)
    assert page.count(TAG) == 2 * len(FIGURES)
    assert "The contract names none of these figures" in page
    for team in SPEC.service.teams:
        assert team.name in page


def test_figures_of_stage_one_stay_with_their_teams_after_the_merger(people):
    """The same quarter asked before and after the merger, but for what has been written down since."""
    period = parse_period("Y1Q3", SPEC.service.first_quarter_starts)
    then, later = (
        {one.id: one.breakdowns["team"] for one in figures(SPEC, people, period, day, only=["engaged", "referrals"])}
        for day in (period.last_day, date(2021, 9, 30))
    )
    assert then["engaged"] == later["engaged"]
    assert {cell.key for cell in then["engaged"]} == {"start", "community_resource_team", "mental_health_forum"}


def test_a_team_that_the_service_does_not_name_is_found():
    assert service_codes(SPEC)["episodes.team_id"] == {team.id for team in SPEC.service.teams}


@pytest.mark.parametrize("row", ["X44", "X45", "X11", "A8"])
def test_what_the_document_leaves_open_is_explained(row):
    _, _, own = DEFINITIONS.read_text(encoding="utf-8").partition("## Dorset Work Matters (document 000)")
    assert f"\n| {row} |" in own

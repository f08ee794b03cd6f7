"""The catalogue of 002 holds every indicator, breakdown and person item of the document, each with its clause."""

import pytest
from pydantic import ValidationError

from placewell.dataset import TABLES
from placewell.questionnaires import instrument
from placewell.specification import load
from placewell.specification.indicators import Indicator
from placewell.specification.outcomes import Engagement, OutcomesFile, ProgrammeEntry

SPEC = load("thrive_into_work")
INDICATORS = SPEC.indicators

NUMERALS = (
    "i",
    "ii",
    "iii",
    "iv",
    "v",
    "vi",
    "vii",
    "viii",
    "ix",
    "x",
    "xi",
    "xii",
    "xiii",
    "xiv",
    "xv",
    "xvi",
    "xvii",
)
EXACT = {
    "referrals": "17.9 i",
    "re_referrals": "9.3",
    "days_to_first_contact": "17.9 ii",
    "met_once": "17.9 iii",
    "engaged": "App. 6",
    "profile_completed": "17.9 iv",
    "applied_within_4_weeks": "17.9 v",
    "job_start_under_16": "App. 6",
    "job_start_16_and_over": "App. 6",
    "job_starts": "17.9 vii",
    "days_to_first_job": "17.9 viii",
    "six_weeks_under_16": "App. 6",
    "six_weeks_16_and_over": "App. 6",
    "sustained_26_weeks_under_16": "App. 6",
    "sustained_26_weeks_16_and_over": "App. 6",
    "six_weeks_total": "17.9 xi",
    "six_months_total": "17.9 xii",
    "active_caseload": "App. 7",
}


@pytest.mark.parametrize(("id", "clause"), EXACT.items())
def test_the_indicators_of_the_shared_meaning_keep_their_id_and_clause(id, clause):
    assert clause in INDICATORS.indicator(id).clause


def test_every_line_of_17_9_has_an_indicator():
    clauses = {indicator.clause for indicator in INDICATORS.computed}
    assert {f"002 §17.9 {line}" for line in NUMERALS} <= clauses


@pytest.mark.parametrize("row", [f"I{number}" for number in range(55, 86)])
def test_every_row_of_the_requirements_on_figures_is_served(row):
    served = {row for entry in (*INDICATORS.indicators, *SPEC.outcomes.outcomes) for row in entry.serves}
    assert row in served


def test_the_evaluators_five_are_listed_with_what_they_need_and_not_computed():
    held = [indicator for indicator in INDICATORS.indicators if indicator.held_by == "evaluator"]
    assert len(held) == 5
    for indicator in held:
        assert indicator not in INDICATORS.computed
        assert indicator.source_data
        for place in indicator.linkage:
            table, column = place.split(".")
            assert TABLES[table].column(column)


def test_the_seventeen_person_items_live_in_columns():
    assert [item.clause for item in INDICATORS.data_items] == [f"002 App. 6 {numeral}" for numeral in NUMERALS]
    for item in INDICATORS.data_items:
        columns = [TABLES[table].column(column) for table, column in (place.split(".") for place in item.columns)]
        assert item.identifying == any(column.audience == "identifying" for column in columns), item.id


def test_the_breakdowns_of_17_10_stand_on_every_figure_and_live_in_columns():
    everywhere = [item.id for item in INDICATORS.breakdowns if item.everywhere]
    assert everywhere == [
        "lot",
        "source",
        "primary_condition",
        "gender",
        "gp_practice",
        "occupation",
        "industry",
        "self_employed",
    ]
    for item in INDICATORS.breakdowns:
        assert item.table == "record" or TABLES[item.table].column(item.column)


def test_demographics_are_crossed_with_engaged_job_entry_and_sustainment():
    for indicator in INDICATORS.indicators:
        crossed = {item.id for item in INDICATORS.breakdowns_of(indicator)}
        if indicator.group == "key_outcomes":
            assert {"ethnicity", "religion", "sexual_orientation", "education", "time_since_last_worked"} <= crossed


def test_indicators_name_outcomes_bands_and_breakdowns_that_exist():
    outcomes = {outcome.id: outcome for outcome in SPEC.outcomes.outcomes}
    breakdowns = {item.id for item in INDICATORS.breakdowns}
    for indicator in INDICATORS.computed:
        assert indicator.outcome in outcomes
        assert indicator.band is None or indicator.band in SPEC.outcomes.hours.ids
        assert not indicator.evidence or SPEC.outcomes.evidence_for(indicator.outcome)
        assert set(indicator.breakdowns) <= breakdowns


def test_the_questionnaires_of_the_catalogue_can_be_scored():
    for outcome in SPEC.outcomes.of_kind("questionnaire_change"):
        assert instrument(outcome.instrument).scale(outcome.scale)


def test_section_20_is_empty_so_nothing_has_a_target():
    assert not any(indicator.target for indicator in INDICATORS.indicators)


def test_an_id_that_is_not_there_is_an_error():
    with pytest.raises(KeyError, match="placed"):
        INDICATORS.indicator("placed")
    with pytest.raises(KeyError, match="placed"):
        SPEC.outcomes.outcome("placed")
    assert SPEC.outcomes.evidence_for("engaged") is None


BASE = {"id": "x", "clause": "002 §17", "name": "X", "group": "operational"}


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ({}, "names no outcome"),
        ({"held_by": "evaluator"}, "names no linkage item"),
        ({"outcome": "job_start", "measure": "median"}, "a median or mean needs value"),
        ({"outcome": "job_start", "value": "hourly_wage"}, "nothing else may have it"),
        ({"outcome": "job_start", "clause": ""}, "at least 1 character"),
    ],
)
def test_an_indicator_that_is_not_whole_is_refused(columns, says):
    with pytest.raises(ValidationError, match=says):
        Indicator.model_validate(BASE | columns)


def test_entry_and_engagement_that_ask_for_nothing_are_refused():
    with pytest.raises(ValidationError, match="needs arm and accepted_from"):
        ProgrammeEntry.model_validate({"event": "allocation_or_acceptance", "clause": "002 §9"})
    with pytest.raises(ValidationError, match="asks for nothing"):
        Engagement.model_validate({"id": "x", "name": "X", "kind": "engagement", "clause": "002 §9"})


def test_a_kind_of_outcome_that_does_not_exist_is_refused():
    given = {"id": "x", "name": "X", "kind": "wish", "clause": "002 §9"}
    with pytest.raises(ValidationError, match="does not match any of the expected tags"):
        OutcomesFile.model_validate({"clause": "002 §17", "outcome": (given,)})

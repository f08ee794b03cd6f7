"""Eligibility: each criterion answered, what follows from all, and which version decided."""

from datetime import date

import pytest
from tests.library.specification.small import CRITERION, FILES, small

from placewell.eligibility import CriterionAnswer, decide, forbidden, overall
from placewell.specification import load

DAY = date(2018, 1, 15)
FITS = {
    "age_years": 34.0,
    "gp_registered_in_area": True,
    "has_condition": True,
    "condition_stops_work": True,
    "excluded_condition": "none",
    "in_work": False,
    "weeks_out_of_work": 30,
    "wants_paid_work": True,
    "has_job_offer": False,
    "on_state_programme": False,
}


def answers(on=DAY, **facts):
    return {answer.criterion: answer for answer in decide(load("thrive_into_work"), facts, on)}


def test_someone_who_fits_meets_every_criterion():
    found = answers(**FITS)
    assert {answer.answer for answer in found.values()} == {"met"}
    assert list(found) == [criterion.id for criterion in load("thrive_into_work").eligibility.criteria]


def test_nothing_known_leaves_everything_open():
    found = answers()
    assert {answer.answer for answer in found.values()} == {"not_known"}
    assert all(answer.missing for answer in found.values())
    assert overall(found.values()) == "not_known"


@pytest.mark.parametrize(
    ("changed", "criterion"),
    [
        ({"age_years": 17}, "adult"),
        ({"gp_registered_in_area": False}, "gp_in_area"),
        ({"has_condition": False}, "health_condition"),
        ({"condition_stops_work": False}, "health_condition"),
        ({"excluded_condition": "dementia"}, "no_excluded_condition"),
        ({"in_work": True}, "out_of_work_four_weeks"),
        ({"weeks_out_of_work": 3}, "out_of_work_four_weeks"),
        ({"wants_paid_work": False}, "wants_work"),
        ({"has_job_offer": True}, "no_job_offer"),
        ({"on_state_programme": True}, "not_on_state_programme"),
    ],
)
def test_each_criterion_fails_alone_and_is_enough(changed, criterion):
    found = answers(**{**FITS, **changed})
    assert [id for id, answer in found.items() if answer.answer != "met"] == [criterion]
    assert overall(found.values()) == "not_eligible"


@pytest.mark.parametrize("fact", FITS)
def test_each_fact_that_is_missing_leaves_one_criterion_open(fact):
    found = answers(**{**FITS, fact: None})
    still_open = [answer for answer in found.values() if answer.answer == "not_known"]
    assert [answer.missing for answer in still_open] == [(fact,)]
    assert overall(found.values()) == "not_known"


def test_the_answer_carries_reason_clause_and_version():
    answer = answers(**{**FITS, "age_years": 17})["adult"]
    assert (answer.answer, answer.clause, answer.version, answer.missing) == ("not_met", "002 Fig. 1", 1, ())
    assert answer.reason == "Under 18 on the day of the decision."
    assert answer.question == "Is the person 18 or older?"


def test_in_work_decides_without_the_number_of_weeks():
    assert answers(in_work=True)["out_of_work_four_weeks"].answer == "not_met"


def answered(answer):
    return CriterionAnswer("c", "?", answer, "", "", 1)


@pytest.mark.parametrize(
    ("given", "together"),
    [
        ([], "eligible"),
        (["met"], "eligible"),
        (["met", "not_known"], "not_known"),
        (["not_known", "not_met"], "not_eligible"),
        (["met", "not_met"], "not_eligible"),
    ],
)
def test_what_the_answers_say_together(given, together):
    assert overall(answered(answer) for answer in given) == together


@pytest.mark.parametrize("fact", [fact.id for fact in forbidden(load("thrive_into_work"))])
def test_zero_exclusion_refuses_what_must_not_be_used(fact):
    with pytest.raises(ValueError, match=r"may not be used in screening \(002 App. 7 Org 6\)"):
        answers(**{fact: True})


def test_there_are_seven_facts_that_must_not_be_used():
    assert len(forbidden(load("thrive_into_work"))) == 7


def test_a_fact_nobody_knows_is_refused():
    with pytest.raises(ValueError, match=r"there is no fact shoe_size in eligibility\.toml"):
        answers(shoe_size=43)


def test_a_decision_keeps_to_the_version_of_its_day(tmp_path):
    changed = CRITERION.format(id="adult", version=2, dates="in_force_from = 2019-04-01", age=21)
    spec = small(tmp_path, eligibility=FILES["eligibility"] + changed)
    before, after = (decide(spec, {"age_years": 19}, day)[0] for day in (date(2019, 3, 31), date(2019, 4, 1)))
    assert (before.answer, before.version) == ("met", 1)
    assert (after.answer, after.version) == ("not_met", 2)


@pytest.mark.parametrize(
    ("day", "asked"), [(date(2018, 4, 1), ["adult"]), (date(2018, 3, 31), []), (date(2030, 1, 1), ["adult"])]
)
def test_a_criterion_of_a_phase_is_asked_in_it_alone(tmp_path, day, asked):
    spec = small(tmp_path, ("eligibility", 'met = "Old', 'phases = ["running"]\nmet = "Old'))
    assert [answer.criterion for answer in decide(spec, {"age_years": 19}, day)] == asked

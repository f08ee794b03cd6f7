"""The check of work after 12 weeks and the questionnaire on leaving: open, silent, over, and why."""

from dataclasses import replace
from datetime import date

import pytest
from tests.library.cadence.caseload import contacts, table, together

from placewell.cadence import clocks
from placewell.errors import UserError
from placewell.specification import load

SPEC = load("nottingham_health_employment")
ENTERED = "2016-08-08"
"""12 weeks end on 31 October 2016; checks count from 17 October to 28 November."""


def person(**more):
    episode = {"episode_id": "e1", "person_id": "p1", "service_id": SPEC.id, "referred_on": "2016-08-01", **more}
    return {"people": [{"person_id": "p1"}], "episodes": [episode]}


def open_clocks(*rows, as_at, spec=SPEC, met=True):
    parts = [contacts(ENTERED)] if met else []
    found = clocks(spec, together(*parts, *rows), date.fromisoformat(as_at)).rows(named=True)
    return {row["clock"]: row for row in found}


def a_check(on):
    return table("employment_checks", on=on, status="not_working")


@pytest.mark.parametrize(
    ("as_at", "is_open"),
    [
        ("2016-10-16", False),  # too early to count
        ("2016-10-17", True),
        ("2016-10-31", True),
        ("2016-11-28", True),
        ("2016-11-29", False),  # too late to count
    ],
)
def test_work_is_asked_about_while_a_check_can_count(as_at, is_open):
    assert ("work_after_12_weeks" in open_clocks(person(), as_at=as_at)) == is_open


@pytest.mark.parametrize(
    ("on", "is_open"),
    [
        ("2016-10-16", True),
        ("2016-10-17", False),
        ("2016-10-31", False),
        ("2016-11-05", False),
        ("2016-11-06", True),  # has not happened yet
    ],
)
def test_any_check_in_the_window_will_do(on, is_open):
    assert ("work_after_12_weeks" in open_clocks(person(), a_check(on), as_at="2016-11-05")) == is_open


def test_what_the_check_says():
    row = open_clocks(person(), as_at="2016-10-20")["work_after_12_weeks"]
    assert (str(row["due_on"]), row["person_id"], row["job_id"]) == ("2016-11-28", "p1", None)
    assert row["why"] == (
        "Entered on 8 August 2016: 12 weeks on 31 October 2016. Not asked yet; a check counts until 28 November 2016."
    )
    assert (row["clause"], row["action"]) == ("004 §8.1", "record_work_status")


def test_leaving_does_not_stop_the_twelve_weeks():
    assert "work_after_12_weeks" in open_clocks(person(closed_on="2016-09-01"), as_at="2016-10-31")


def test_who_was_never_met_is_not_asked():
    assert open_clocks(person(), as_at="2016-10-31", met=False) == {}


def a_form(on, occasion="exit", instrument="satisfaction"):
    about = {"response_id": "r1", "instrument": instrument, "occasion": occasion, "item": "overall", "answer": "good"}
    return table("responses", completed_on=on, **about)


@pytest.mark.parametrize(
    ("rows", "as_at", "due"),
    [
        ([], "2016-09-30", None),  # not left yet
        ([], "2016-10-03", "2016-10-17"),
        ([], "2016-10-17", "2016-10-17"),
        ([], "2016-11-14", "2016-10-17"),
        ([], "2016-11-15", None),  # no longer chased
        ([a_form("2016-10-03")], "2016-10-05", None),
        ([a_form("2016-09-30")], "2016-10-05", None),  # filled in at the last meeting
        ([a_form("2016-10-06")], "2016-10-05", "2016-10-17"),  # not yet
        ([a_form("2016-10-03", occasion="review")], "2016-10-05", "2016-10-17"),
        ([a_form("2016-10-03", instrument="self_report")], "2016-10-05", "2016-10-17"),
    ],
)
def test_those_who_have_left_are_asked(rows, as_at, due):
    found = open_clocks(person(closed_on="2016-10-03"), *rows, as_at=as_at).get("exit_questionnaire")
    assert (found and str(found["due_on"])) == due


def test_what_the_questionnaire_says():
    row = open_clocks(person(closed_on="2016-10-03"), as_at="2016-10-05")["exit_questionnaire"]
    assert row["why"] == "Left on 3 October 2016. The questionnaire has not been completed."
    assert not next(one for one in SPEC.pathway.clocks if one.id == "exit_questionnaire").in_contract


def test_closed_before_the_first_meeting_is_not_asked():
    assert "exit_questionnaire" not in open_clocks(person(closed_on="2016-08-05"), as_at="2016-08-20")


def with_outcome(id, outcome):
    changed = tuple(one.model_copy(update={"outcome": outcome}) if one.id == id else one for one in SPEC.pathway.clocks)
    return replace(SPEC, pathway=SPEC.pathway.model_copy(update={"clocks": changed}))


@pytest.mark.parametrize(
    ("id", "outcome", "said"),
    [
        (
            "work_after_12_weeks",
            "rated_good",
            "clock work_after_12_weeks: outcome rated_good is not what work_status_check looks at",
        ),
        (
            "exit_questionnaire",
            "",
            r"clock exit_questionnaire: outcome \(none\) is not what exit_questionnaire looks at",
        ),
    ],
)
def test_a_clock_that_names_another_kind_of_outcome_is_refused(id, outcome, said):
    with pytest.raises(UserError, match=said):
        open_clocks(person(), as_at="2016-10-31", spec=with_outcome(id, outcome))


@pytest.mark.parametrize(("until", "last"), [(None, "2016-10-17"), (42, "2016-11-14")])
def test_without_a_last_day_the_questionnaire_is_asked_for_until_it_is_due(until, last):
    clock = next(one for one in SPEC.pathway.clocks if one.id == "exit_questionnaire")
    only = (clock.model_copy(update={"until_days": until}),)
    spec = replace(SPEC, pathway=SPEC.pathway.model_copy(update={"clocks": only}))
    after = str(date.fromordinal(date.fromisoformat(last).toordinal() + 1))
    assert open_clocks(person(closed_on="2016-10-03"), as_at=last, spec=spec)
    assert not open_clocks(person(closed_on="2016-10-03"), as_at=after, spec=spec)

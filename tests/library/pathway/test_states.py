"""Where an episode stands on a day, and which steps it can take."""

from datetime import date, timedelta

import pytest

from placewell.pathway import Journey, state_of, transitions_from
from placewell.specification import load

SPEC = load("thrive_into_work")
DAY = date(2018, 6, 1)
EARLIER, TOMORROW = DAY - timedelta(days=30), DAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("journey", "state"),
    [
        ({}, "received"),
        ({"accepted_on": EARLIER}, "accepted"),
        ({"accepted_on": TOMORROW}, "received"),
        ({"accepted_on": EARLIER, "screened_on": DAY}, "screened"),
        ({"accepted_on": EARLIER, "screened_on": EARLIER, "consented_on": EARLIER}, "consented"),
        ({"consented_on": EARLIER, "allocated_on": DAY, "arm": "control"}, "control"),
        ({"consented_on": EARLIER, "allocated_on": DAY, "arm": "ips", "entered_on": DAY}, "job_search"),
        ({"accepted_on": EARLIER, "entered_on": EARLIER}, "job_search"),
        ({"entered_on": EARLIER, "in_work": True}, "in_work"),
        ({"entered_on": EARLIER, "in_work": True, "support_ended_on": DAY}, "in_touch"),
        ({"entered_on": EARLIER, "support_ended_on": TOMORROW}, "job_search"),
        ({"entered_on": EARLIER, "closed_on": DAY}, "closed"),
        ({"entered_on": EARLIER, "closed_on": TOMORROW}, "job_search"),
        ({"declined_on": DAY}, "declined"),
        ({"allocated_on": EARLIER, "arm": "control", "closed_on": DAY}, "closed"),
        ({"in_work": True}, "received"),  # a job before entry is no work in the service
    ],
)
def test_the_state_on_a_day(journey, state):
    found = state_of(SPEC, Journey(**journey), DAY)
    assert found.id == state
    assert found.label


TRIAL, OPERATIONAL = date(2018, 6, 1), date(2019, 4, 1)


@pytest.mark.parametrize(
    ("state", "on", "steps"),
    [
        ("received", TRIAL, ["accept", "decline"]),
        ("accepted", TRIAL, ["decline", "assign", "confirm_eligibility", "close"]),
        ("screened", TRIAL, ["decline", "consent", "close"]),
        ("screened", OPERATIONAL, ["decline", "start_support", "close"]),
        ("consented", TRIAL, ["randomise_to_ips", "randomise_to_control", "close"]),
        ("consented", date(2019, 3, 31), ["randomise_to_ips", "randomise_to_control", "close"]),
        ("consented", OPERATIONAL, ["close"]),  # nobody is randomised after the trial
        ("consented", date(2020, 4, 1), ["close"]),  # after the contract no phase runs
        ("job_search", OPERATIONAL, ["start_work", "reach_limit", "close"]),
        ("in_work", OPERATIONAL, ["lose_work", "reach_limit", "close"]),
        ("in_touch", OPERATIONAL, ["start_work", "take_up_again", "close"]),
        ("closed", OPERATIONAL, []),
        ("control", TRIAL, []),
    ],
)
def test_steps_that_can_be_taken(state, on, steps):
    assert [step.id for step in transitions_from(SPEC, state, on)] == steps


def test_every_open_state_can_be_left_and_every_state_reached():
    transitions = SPEC.pathway.transitions
    left = {origin for step in transitions for origin in step.origins}
    reached = {step.target for step in transitions}
    assert {state.id for state in SPEC.pathway.states if state.open} <= left
    assert {state.id for state in SPEC.pathway.states} - {"received"} == reached

"""Where each person referred leaves enrolment, and why: facts and answers."""

import pytest
from tests.factories import a_person
from tests.library.evaluation.trial_facts import (
    SPEC,
    baseline,
    consented,
    dataset,
    date,
    ledger,
    number,
    randomised,
    referred,
    screened,
)

from placewell.evaluation.enrolment import enrolled
from placewell.evaluation.facts import LedgerFacts, frame_of
from placewell.outcomes.as_at import known

CLOSED, RUNNING = date(2019, 6, 14), date(2018, 6, 14)
AREA, WORK = "gp_in_area", "out_of_work_four_weeks"


def leaves(*facts, as_at=CLOSED, meetings=None, facts_of_ledger=None):
    """Leaf and reason by id."""
    tables = dataset(*facts)
    entries = facts_of_ledger or ledger(tables)
    rows = None if meetings is None else frame_of("meetings", meetings)
    found = enrolled(known(tables, as_at), SPEC, entries.as_at(as_at), as_at, rows)
    return {row["id"]: (row["leaf"], row["reason"]) for row in found.to_dicts()}


@pytest.mark.parametrize(
    ("facts", "leaf", "reason"),
    [
        ([], "not_held", "No first meeting by 31 March 2019."),
        ([screened()], "other", "Met, and neither randomised nor excluded by a recorded reason."),
        (
            [screened(not_met=[WORK])],
            f"criterion:{WORK}",
            "In work (also when off sick), or out of work for less than 4 weeks.",
        ),
        # the first in the order of the specification, whatever order they were answered in
        (
            [screened(not_met=[WORK, AREA])],
            f"criterion:{AREA}",
            "Not registered with a GP practice in one of the four areas.",
        ),
        # the last answer to a criterion counts
        (
            [screened(not_met=[AREA]), screened(met=[AREA], on="2018-01-20")],
            "other",
            "Met, and neither randomised nor excluded by a recorded reason.",
        ),
        ([screened(not_met=["Mrs Smith said no"])], "criterion:not_recorded", "Did not meet the criteria."),
        ([consented()], "baseline", "Agreed to take part on 15 January 2018; the baseline was not completed."),
        (
            [consented(), baseline()],
            "other",
            "Met, and neither randomised nor excluded by a recorded reason.",
        ),
        # met after the trial: nothing of it belongs to the trial
        ([screened(on="2019-04-02", not_met=[AREA])], "not_held", "No first meeting by 31 March 2019."),
        ([consented(on="2019-04-02")], "not_held", "No first meeting by 31 March 2019."),
    ],
)
def test_the_leaf_follows_from_the_record(facts, leaf, reason):
    assert leaves(referred(), *facts) == {"e1": (leaf, reason)}


@pytest.mark.parametrize(
    ("code", "met", "leaf", "reason"),
    [
        ("did_not_consent", True, "declined", "Did not consent to take part in the trial."),
        ("changed_mind", True, "declined", "Asked not to go on."),
        ("did_not_consent", False, "not_held", "Did not consent to take part in the trial."),
        ("no_answer", False, "not_held", "Could not be reached after documented attempts."),
        ("duplicate", True, "other", "Already has an open episode."),
        ("she is called Ann", True, "other", "Another reason."),
    ],
)
def test_a_declined_referral(code, met, leaf, reason):
    facts = referred(declined_on="2018-01-20", decline_reason=code)
    assert leaves(facts, screened() if met else []) == {"e1": (leaf, reason)}


def test_a_criterion_goes_before_declining():
    facts = referred(declined_on="2018-01-20", decline_reason="did_not_consent")
    assert leaves(facts, screened(not_met=[AREA]))["e1"][0] == f"criterion:{AREA}"


@pytest.mark.parametrize(
    ("columns", "as_at", "leaf"),
    [
        ({}, RUNNING, "open"),
        ({}, date(2019, 3, 31), "open"),
        ({}, date(2019, 4, 1), "baseline"),
        ({"closed": "2018-02-01"}, RUNNING, "baseline"),
        ({"declined_on": "2018-02-01", "decline_reason": "no_answer"}, RUNNING, "baseline"),
        ({"declined_on": "2018-07-01", "decline_reason": "no_answer"}, RUNNING, "open"),  # not known yet
    ],
)
def test_while_the_trial_runs_an_open_referral_is_still_open(columns, as_at, leaf):
    assert leaves(referred(**columns), consented(), as_at=as_at)["e1"][0] == leaf


@pytest.mark.parametrize(
    ("meeting", "leaf", "reason"),
    [
        ({"started_on": "2018-01-15", "eligible": False}, "criterion:not_recorded", "Did not meet the criteria."),
        (
            {"started_on": "2018-01-15", "declined_on": "2018-01-15", "decline_reason": "did_not_consent"},
            "declined",
            "Did not consent to take part in the trial.",
        ),
        ({"started_on": "2018-01-15", "declined_on": "2018-01-15"}, "declined", "Declined on 15 January 2018."),
        (
            {"started_on": "2018-01-15", "consented_on": "2018-01-15"},
            "baseline",
            "Agreed to take part on 15 January 2018; the baseline was not completed.",
        ),
        (
            {"started_on": "2018-01-15"},
            "other",
            "Met, and neither randomised nor excluded by a recorded reason.",
        ),
        ({"started_on": None}, "not_held", "No first meeting by 31 March 2019."),
    ],
)
def test_meetings_handed_in_go_before_what_the_tables_say(meeting, leaf, reason):
    found = leaves(referred(), baseline(), consented(), meetings=[{"episode_id": "e1", **meeting}])
    assert found == {"e1": (leaf, reason)}


@pytest.mark.parametrize(
    ("received", "met", "counted"),
    [
        ("2017-10-01", None, True),
        ("2017-09-30", None, False),
        ("2017-09-30", "2017-10-02", True),
        ("2017-09-20", "2017-09-30", False),
        ("2019-03-31", None, True),
        ("2019-04-01", None, False),
        ("2019-04-01", "2019-04-05", False),
    ],
)
def test_who_counts_as_referred(received, met, counted):
    assert bool(leaves(referred(on=received), screened(on=met) if met else [])) is counted


def test_a_person_counts_once_by_the_referral_that_came_furthest():
    twice = [
        a_person("p1"),
        referred("e1", "p1", on="2018-01-02"),
        referred("e2", "p1", on="2018-05-02"),
    ]
    assert set(leaves(*twice)) == {"e2"}
    assert set(leaves(*twice, screened("e1"))) == {"e1"}
    assert set(leaves(*twice[:1], randomised("e1", person_id="p1"), *twice[2:], screened("e2"))) == {"e1"}


def test_a_person_randomised_twice_counts_once_by_the_first_allocation():
    twice = [
        a_person("p1"),
        randomised("e1", "control", person_id="p1", on="2018-01-15"),
        randomised("e2", "ips", person_id="p1", on="2018-06-15"),
    ]
    assert leaves(*twice) == {"e1": ("randomised", "Randomised on 15 January 2018.")}


def test_who_is_only_in_the_ledger_counts_under_the_trial_number():
    entries = LedgerFacts.of(
        allocations=[
            {"person": "TIW 9", "episode_id": None, "stratum": "dudley", "arm": "ips", "allocated_on": "2018-02-01"}
        ]
    )
    assert leaves(referred(), facts_of_ledger=entries) == {
        "TIW 9": ("randomised", "Randomised on 1 February 2018."),
        "e1": ("not_held", "No first meeting by 31 March 2019."),
    }


def test_a_randomised_person_says_when():
    assert leaves(randomised("e1")) == {"e1": ("randomised", "Randomised on 15 January 2018.")}
    assert leaves(randomised("e1"), as_at=date(2018, 1, 14)) == {
        "e1": ("not_held", "No first meeting by 31 March 2019.")
    }
    assert number("e1") == "TIW E1-000"

"""A service with its provider's own goals: what becomes a target, what stays the contract's, and the same hash."""

from dataclasses import replace
from datetime import date

import pytest

from placewell.specification import load
from placewell.specification.aimed import aimed
from placewell.specification.indicators import Target

SPEC = load("thrive_into_work")
GOAL = Target(basis="year", amount=40, clause="set by the provider")
CONTRACT = Target(basis="year", amount=9, clause="002 §20")


def with_contract(id):
    changed = tuple(
        one.model_copy(update={"target": CONTRACT}) if one.id == id else one for one in SPEC.indicators.indicators
    )
    return replace(SPEC, indicators=SPEC.indicators.model_copy(update={"indicators": changed}))


@pytest.mark.parametrize(
    ("own", "goals", "targets"),
    [
        (SPEC, {}, {}),
        (SPEC, {"engaged": GOAL}, {"engaged": (40, True)}),
        (SPEC, {"engaged": GOAL, "referrals": GOAL}, {"engaged": (40, True), "referrals": (40, True)}),
        (with_contract("engaged"), {"engaged": GOAL}, {"engaged": (9, False)}),
        (with_contract("engaged"), {"referrals": GOAL}, {"engaged": (9, False), "referrals": (40, True)}),
        (SPEC, {"nothing": GOAL}, {}),
        (SPEC, {"hospital_use": GOAL}, {}),  # held by the evaluator, or not there
    ],
)
def test_goals_are_targets_where_the_contract_sets_none(own, goals, targets):
    found = aimed(own, goals)
    assert {
        one.id: (one.target.amount, one.target.local) for one in found.indicators.indicators if one.target
    } == targets
    assert set(found.goals) == {id for id, (_, local) in targets.items() if local}


@pytest.mark.parametrize("file", ["service", "referral", "eligibility", "pathway", "outcomes", "report", "payment"])
def test_all_else_is_the_service_s_own(file):
    found = aimed(SPEC, {"engaged": GOAL})
    assert getattr(found, file) == getattr(SPEC, file)
    assert (found.id, found.hash) == (SPEC.id, SPEC.hash)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"engaged": GOAL, "referrals": CONTRACT}, {"referrals": CONTRACT, "engaged": GOAL}, True),
        ({"engaged": GOAL}, {"engaged": CONTRACT}, False),
        ({"engaged": GOAL}, {"referrals": GOAL}, False),
        ({"engaged": GOAL}, {}, False),
    ],
)
def test_the_hash_is_that_of_the_goals(one, other, same):
    hashes = aimed(SPEC, one).goals_hash, aimed(SPEC, other).goals_hash
    assert (hashes[0] == hashes[1]) == same
    assert len(hashes[0]) == 64


def test_it_stays_aimed_as_of_a_day():
    found = aimed(SPEC, {"engaged": GOAL}).as_of(date(2019, 4, 1))
    assert found.indicators.indicator("engaged").target.local
    assert found.goals_hash == aimed(SPEC, {"engaged": GOAL}).goals_hash

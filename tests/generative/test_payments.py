"""The payment ledger of random nasty histories: as a second opinion has it, and deaf to what is dated later."""

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.generative.conftest import PEOPLE_AT_ONCE
from tests.generative.later import with_later_facts
from tests.generative.nasty import some_people
from tests.generative.oracle.judgement import SERVICE
from tests.generative.oracle.payment import payments

from placewell.dataset import Dataset
from placewell.payment import ledger, terms_of

PLACES = 12


@pytest.fixture(scope="module")
def capped(spec):
    """The terms of 002 with a cap that a few people reach."""
    outcome = spec.payment.outcome_payment.model_copy(update={"cap": Decimal(750 * PLACES + 500)})
    return replace(spec, payment=spec.payment.model_copy(update={"outcome_payment": outcome}))


def told(lines):
    return [
        (line["person_id"], line["job_id"], line["verified_on"], line["state"], line["backup"])
        for line in lines.iter_rows(named=True)
    ]


def test_they_agree(capped, batch):
    scene, tables = some_people(batch, PEOPLE_AT_ONCE)
    assert terms_of(capped).places == PLACES
    found = ledger(capped, Dataset.from_rows(tables), scene.as_at)
    assert told(found) == payments(tables, SERVICE, scene.as_at, PLACES)
    assert set(found.filter(found["state"] == "payable")["amount"]) <= {Decimal("750.00")}
    assert set(found.filter(found["state"] == "over_cap")["amount"]) <= {Decimal("0.00")}


def test_random_histories_reach_the_cap_and_backup_evidence(capped):
    scene, tables = some_people(0, PEOPLE_AT_ONCE)
    found = ledger(capped, Dataset.from_rows(tables), scene.as_at)
    assert set(found["state"]) == {"payable", "over_cap"}
    assert set(found["backup"]) == {True, False}


def claims_on(tables, day):
    """A claim for everyone with a document, half of them paid that day."""
    people = sorted({row["person_id"] for row in tables["episodes"]})
    return [
        {"claim_id": f"k{number}", "person_id": person, "amount": "750", "claimed_on": day,
         "paid_on": day if number % 2 else None}
        for number, person in enumerate(people)
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_a_fact_dated_after_the_as_at_day_changes_nothing(capped, seed):
    scene, tables = some_people(seed + 700, PEOPLE_AT_ONCE)
    tables["claims"] = claims_on(tables, scene.as_at)
    before = ledger(capped, Dataset.from_rows(tables), scene.as_at)
    after = ledger(capped, Dataset.from_rows(with_later_facts(tables, scene.as_at)), scene.as_at)
    assert before.rows() == after.rows()
    assert "paid" in set(before["state"])

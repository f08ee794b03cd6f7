"""The whole ledger of random nasty histories with claims, rejections, caps of lots and years: as a second opinion."""

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

import pytest
from tests.generative.nasty import LOTS, some_people
from tests.generative.oracle.judgement import SERVICE
from tests.generative.oracle.ledger import whole_ledger

from placewell.dataset import Dataset
from placewell.payment import ledger
from placewell.specification.payment import LotCap

STARTS = date(2017, 10, 1)
PEOPLE = 60
BATCHES = 30


def some_caps(dice):
    """Caps that bind: of all, of some lots, of some lots in some years; as payments by None, lot, (lot, year)."""
    caps = {None: dice.choice((1, 3, 5, 8, PEOPLE))}
    caps |= {lot: dice.choice((0, 1, 2, 3)) for lot in LOTS if dice.random() < 0.5}
    caps |= {(lot, year): dice.choice((0, 1, 2)) for lot in LOTS for year in (1, 2, 3) if dice.random() < 0.2}
    return caps


def capped(spec, caps):
    """The specification of 002 with these caps; odd pounds in each, which pay nobody."""

    def cap(place, number):
        lot, year = place if isinstance(place, tuple) else (place, None)
        pounds = Decimal(750 * caps[place]) + Decimal("749.99")
        return LotCap(id=f"cap_{number}", lot=lot, cap=pounds, year=year, clause="002 §21.4")

    paid = spec.payment.outcome_payment.model_copy(update={"cap": Decimal(750 * caps[None]) + Decimal("749.99")})
    of_lots = tuple(cap(place, number) for number, place in enumerate(caps) if place is not None)
    return replace(spec, payment=spec.payment.model_copy(update={"outcome_payment": paid, "lot_caps": of_lots}))


def some_claims(dice, tables, as_at):
    """Claims near the days on which documents were verified: paid or not, given back or not, one or more a person."""
    people = {row["episode_id"]: row["person_id"] for row in tables["episodes"]}
    claims = []
    for row in tables["evidence"]:
        verified = row.get("verified_on") or row["decided_on"]
        if verified is None or row["outcome"] != "job_start" or dice.random() < 0.1:
            continue
        claimed = verified + timedelta(days=dice.choice((-1, 0, 0, 0, 1, 20)))
        paid = claimed + timedelta(days=dice.choice((0, 1, 28))) if dice.random() < 0.3 else None
        back = paid + timedelta(days=dice.choice((0, 30))) if paid and dice.random() < 0.1 else None
        claims.append(
            {"claim_id": f"k{len(claims):04d}", "person_id": people[row["episode_id"]], "amount": 750,
             "claimed_on": claimed, "paid_on": paid, "clawed_back_on": back}
        )  # fmt: skip
    return [row for row in claims if dice.random() < 0.9 or row["claimed_on"] <= as_at]


def rejected_later(dice, tables):
    """Some documents that were verified are rejected some weeks later, several on one day."""
    days = [date(2018, 3, 1), date(2019, 2, 11), date(2019, 12, 2), date(2020, 3, 1)]
    for row in tables["evidence"]:
        first = row.get("verified_on") or row["decided_on"]
        if row["status"] == "verified" and first and dice.random() < 0.7:
            later = [day for day in days if day > first]
            day = dice.choice(later) if later and dice.random() < 0.85 else first + timedelta(days=dice.choice((1, 5)))
            row |= {"status": "rejected", "verified_on": first, "decided_on": day}


def a_case(seed):
    dice = random.Random(seed)
    scene, tables = some_people(seed + 4000, PEOPLE)
    rejected_later(dice, tables)
    as_at = max(scene.as_at, date(2019, 6, 30)) if dice.random() < 0.7 else scene.as_at
    tables["claims"] = some_claims(dice, tables, as_at)
    return some_caps(dice), tables, as_at


def told(lines):
    return [
        (row["line_on"], row["person_id"], row["job_id"], row["state"], row["amount"], row["place_on"])
        for row in lines.iter_rows(named=True)
    ]


@pytest.fixture(scope="module")
def case(spec):
    """A case with its ledger as the engine has it, worked out once."""

    @cache
    def of(seed):
        caps, tables, as_at = a_case(seed)
        return caps, tables, as_at, ledger(capped(spec, caps), Dataset.from_rows(tables), as_at)

    return of


@pytest.mark.parametrize("seed", range(BATCHES))
def test_the_whole_ledger_is_as_the_second_opinion_has_it(case, seed):
    caps, tables, as_at, found = case(seed)
    assert told(found) == whole_ledger(tables, SERVICE, as_at, caps, STARTS)


def test_no_cap_is_broken_by_what_is_not_paid_yet(case):
    """Lines that hold a place and were not paid never make a cap overflow."""
    for seed in range(BATCHES):
        caps, _, _, found = case(seed)
        lines = found.to_dicts()
        lost = {(row["person_id"], row["job_id"]) for row in lines if row["state"] == "clawed_back"}
        held = [row for row in lines if row["place_on"] and row["state"] == "payable"]
        standing = [row for row in held if (row["person_id"], row["job_id"]) not in lost]
        assert len(standing) <= caps[None]
        for lot in LOTS:
            assert sum(row["lot"] == lot for row in standing) <= caps.get(lot, len(standing))


def test_random_histories_reach_everything(case):
    """Every state, next in line on a clawback's day, caps of lots that bind, several lines of one person."""
    states, next_in_line, stopped_by_a_lot, twice = set(), 0, 0, 0
    for seed in range(BATCHES):
        caps, _, _, found = case(seed)
        rows = found.to_dicts()
        states |= {row["state"] for row in rows}
        next_in_line += sum(bool(row["place_on"]) and row["place_on"] > row["verified_on"] for row in rows)
        stopped_by_a_lot += caps[None] == PEOPLE and any(row["state"] == "over_cap" for row in rows)
        people = [row["person_id"] for row in rows if row["state"] != "clawed_back"]
        twice += len(people) - len(set(people))
    assert states == {"payable", "paid", "over_cap", "clawed_back"}
    assert min(next_in_line, stopped_by_a_lot, twice) >= 3

"""The clocks and the slow second opinion agree on every open clock of random histories, day after day."""

from collections import Counter
from datetime import timedelta

import pytest
from tests.generative.clock_histories import some_histories
from tests.generative.oracle.clocks import open_clocks

from placewell.cadence import clocks
from placewell.dataset import Dataset

SEEDS = range(16)
DAY_AFTER_DAY = range(4)


def told_by_engine(spec, tables, as_at):
    rows = clocks(spec, Dataset.from_rows(tables), as_at).to_dicts()
    found = {(row["episode_id"], row["job_id"], row["clock"]): row["due_on"] for row in rows}
    assert len(found) == len(rows), "a clock stands twice"
    return found


def differences(spec, tables, as_at):
    engine, oracle = told_by_engine(spec, tables, as_at), open_clocks(tables, as_at)
    return [
        f"{key}: engine {engine.get(key)}, oracle {oracle.get(key)}"
        for key in sorted(engine.keys() | oracle.keys(), key=str)
        if engine.get(key) != oracle.get(key)
    ]


@pytest.mark.parametrize("seed", SEEDS)
def test_they_agree(spec, seed):
    scene, tables = some_histories(seed)
    assert differences(spec, tables, scene.as_at) == []


@pytest.mark.parametrize("seed", DAY_AFTER_DAY)
def test_they_agree_on_each_of_ten_days(spec, seed):
    """A clock opens, breaks and falls silent on the right day, not a day early or late."""
    scene, tables = some_histories(100 + seed)
    for days in range(10):
        assert differences(spec, tables, scene.as_at + timedelta(days=days)) == [], f"{days} days later"


def test_random_histories_open_every_clock(spec):
    """A generator that never opens a clock proves nothing."""
    seen = Counter()
    for seed in SEEDS:
        scene, tables = some_histories(seed)
        seen.update(clock for _, _, clock in open_clocks(tables, scene.as_at))
    assert set(seen) == {clock.id for clock in spec.pathway.clocks}
    assert min(seen.values()) >= 5, seen


def spoken(day, number, episode_id, **more):
    whom = {"kind": "call", "with_whom": "client", "attendance": "attended", "place": "community", **more}
    return "contacts", {"contact_id": f"done{number}", "episode_id": episode_id, "on": day, **whom}


def met(day, number, episode_id):
    return spoken(day, number, episode_id, kind="appointment")


def dated(table, **columns):
    return lambda day, number, episode_id: (table, {"episode_id": episode_id, "on": day, **columns})


def applied(day, number, episode_id):
    return "applications", {"application_id": f"done{number}", "episode_id": episode_id, "on": day}


def agreed(day, number, episode_id):
    return "plans", {"episode_id": episode_id, "version": 9, "kind": "vocational_action", "agreed_on": day}


def ended(limit):
    return dated("support_decisions", limit=limit, decision="ended")


def proof_of(outcome):
    def done(day, number, episode_id):
        days = dict.fromkeys(("about_on", "received_on", "decided_on", "verified_on"), day)
        row = {"outcome": outcome, "kind": "payslip", "status": "verified", "decided_by": "v1", **days}
        return "evidence", {"evidence_id": f"done{number}", "episode_id": episode_id, **row}

    return done


DONE = {
    "first_contact": spoken,
    "active_contact": spoken,
    "job_problem": spoken,
    "job_loss": spoken,
    "before_start": met,
    "after_start": met,
    "in_work_weekly": met,
    "in_work_monthly": met,
    "first_application": applied,
    "first_employer_contact": applied,
    "plan_review": agreed,
    "disclosure": dated("disclosures", decision="no"),
    "benefits_before_start": dated("benefits_advice", about="before_start"),
    "benefits_on_change": dated("onward_referrals", to="benefits_advice"),
    "nine_months": ended("job_search"),
    "in_work_limit": ended("in_work"),
    "re_access": ended("in_work"),
    "evidence_job_start": proof_of("job_start"),
    "evidence_six_weeks": proof_of("six_weeks"),
    "evidence_sustained_26_weeks": proof_of("sustained_26_weeks"),
}


REPEATED = {"active_contact", "in_work_weekly", "in_work_monthly", "plan_review"}


@pytest.fixture(scope="module")
def some_days(spec):
    """A few histories with what is open in them on their day."""
    found = []
    for seed in (7, 8, 11):
        scene, tables = some_histories(seed)
        found.append((tables, scene.as_at, told_by_engine(spec, tables, scene.as_at)))
    return found


def worth_doing(tables, day, opened, clock):
    """What is open; a meeting before a start only once its week has begun, a decision only where none is of today."""
    decided = {row["episode_id"] for row in tables["support_decisions"] if row["on"] == day}
    soon = day + timedelta(days=6)
    return {
        key: due_on
        for key, due_on in opened.items()
        if key[2] == clock and key[0] not in decided and (clock != "before_start" or due_on <= soon)
    }


@pytest.mark.parametrize("clock", DONE)
def test_what_satisfies_a_clock_silences_it_or_moves_it_on(spec, some_days, clock):
    """Done today, by everyone for whom it is due; what repeats is due again later."""
    tried = 0
    for tables, day, opened in some_days:
        before = worth_doing(tables, day, opened, clock)
        done = {name: list(rows) for name, rows in tables.items()}
        for number, episode_id in enumerate(sorted({episode_id for episode_id, _, _ in before})):
            table, row = DONE[clock](day, number, episode_id)
            done[table].append(row)
        after = told_by_engine(spec, done, day) if before else {}
        left = {key: after[key] for key in before.keys() & after.keys()}
        assert clock in REPEATED or left == {}
        assert [key for key, due_on in left.items() if due_on <= day or due_on < before[key]] == []
        tried += len(before)
    assert tried


def test_every_clock_of_the_contract_can_be_done(spec):
    assert set(DONE) == {clock.id for clock in spec.pathway.clocks}

"""The engine and the second opinion agree on 003's figures for random nasty histories, many known by their hours."""

import random
from decimal import Decimal

import pytest
from tests.generative.conftest import PEOPLE_AT_ONCE
from tests.generative.holding import period_of
from tests.generative.nasty import some_people
from tests.generative.oracle import grow
from tests.generative.oracle.judgement import Question

from placewell.dataset import Dataset
from placewell.indicators import Workings, figures, members
from placewell.specification import load

SPEC = load("ips_grow")
CELLS = ("lot", "source", "primary_condition", "gender", "self_employed")
PAID = (None, "0", "3.5", "3.99", "4", "4", "4.01", "20")


def told_by_hours(seed, tables):
    """The histories as those of an IPS service: its own episodes, hours paid, and first days that are often unknown."""
    dice = random.Random(seed)
    swap = {"thrive_into_work": "ips_grow", "ips_grow": "thrive_into_work"}
    episodes = [{**row, "service_id": swap[row["service_id"]]} for row in tables["episodes"]]
    jobs = []
    for row in tables["jobs"]:
        paid = dice.choice(PAID)
        first = row["first_day_worked_on"] if dice.random() < 0.7 else None
        hours = None if paid is None else Decimal(paid)
        jobs.append({**row, "first_day_worked_on": first, "paid_hours_to_date": hours})
    return {**tables, "episodes": episodes, "jobs": jobs}


@pytest.mark.parametrize("indicator", grow.INDICATORS)
def test_the_catalogue_counts_what_the_second_opinion_counts(indicator):
    subject, measure, _ = grow.INDICATORS[indicator]
    found = SPEC.indicators.indicator(indicator)
    assert (found.subject, found.measure, found.evidence) == (subject, measure, False)


def test_they_agree(batch):
    scene, tables = some_people(batch + 1000, PEOPLE_AT_ONCE)
    tables = told_by_hours(batch, tables)
    data, period = Dataset.from_rows(tables), period_of(scene)
    shared = Workings(SPEC, data, scene.as_at)
    everyone = grow.of_service(tables, scene.as_at)
    question = Question(scene.start, scene.end, scene.as_at)
    counts = {one.id: one.members for one in figures(SPEC, data, period, scene.as_at, workings=shared)}
    for indicator in grow.INDICATORS:
        engine = members(SPEC, indicator, data, period, scene.as_at, workings=shared).to_dicts()
        oracle = grow.judge(everyone, indicator, question)
        one, other = lines(engine, lambda row: row), lines(oracle, lambda row: row["cells"])
        assert one == other, indicator
        assert {state: sum(row["status"] == state for row in oracle) for state in counts[indicator]} == counts[
            indicator
        ]


def lines(rows, cells):
    """What is compared of each member, in order."""
    names = ("subject_id", "episode_id", "person_id", "status", "outcome_on")
    return sorted(str([*(row[name] for name in names), *(cells(row)[name] for name in CELLS)]) for row in rows)


def test_random_histories_reach_every_status():
    """A generator that never makes somebody count proves nothing."""
    wanted = {(one, status) for one in grow.INDICATORS for status in ("counted", "excluded", "not_due")}
    wanted -= {(one, "not_due") for one in ("referrals", "job_starts", "active_caseload")}
    for seed in range(20):
        scene, tables = some_people(seed + 1000, PEOPLE_AT_ONCE)
        everyone = grow.of_service(told_by_hours(seed, tables), scene.as_at)
        question = Question(scene.start, scene.end, scene.as_at)
        for one in grow.INDICATORS:
            wanted -= {(one, row["status"]) for row in grow.judge(everyone, one, question)}
    assert wanted == set()

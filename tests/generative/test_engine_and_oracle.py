"""The engine and the slow second opinion agree on every member, day, figure and breakdown of random nasty histories."""

from datetime import date

import pytest
from tests.generative.conftest import PEOPLE_AT_ONCE
from tests.generative.holding import differences, told
from tests.generative.nasty import LOTS, Scene, some_people
from tests.generative.oracle import INDICATORS
from tests.generative.oracle.facts import USED, histories
from tests.generative.oracle.judgement import SERVICE, Question, judge_histories

from placewell.synthetic import make


def test_they_agree(spec, batch):
    scene, tables = some_people(batch, PEOPLE_AT_ONCE)
    lot = LOTS[batch % len(LOTS)] if batch % 3 == 2 else None
    found = differences(spec, scene, tables, lot)
    if found:
        pytest.fail(told(spec, scene, tables, found, lot), pytrace=False)


@pytest.mark.parametrize(
    "scene",
    [
        Scene(date(2019, 1, 1), date(2019, 4, 1), date(2019, 3, 31)),
        Scene(date(2018, 10, 1), date(2019, 10, 1), date(2019, 8, 13)),
        Scene(date(2019, 10, 1), date(2020, 1, 1), date(2020, 3, 31)),
    ],
    ids=str,
)
def test_they_agree_on_plausible_people(spec, scene):
    data = make(spec, 150, 20)
    tables = {name: data[name].to_dicts() for name in (*USED, "evidence")}
    found = differences(spec, scene, tables)
    if found:
        pytest.fail(told(spec, scene, tables, found), pytrace=False)


def test_the_catalogue_computes_every_indicator_the_oracle_knows(spec):
    assert set(INDICATORS) <= {indicator.id for indicator in spec.indicators.computed}


NEVER_WAITING = {"referrals", "re_referrals", "job_starts", "active_caseload"}
"""Indicators of which every subject's day has come."""


def test_random_histories_reach_every_status_of_every_indicator():
    """A generator that never makes somebody count proves nothing."""
    missing = {(one, status) for one in INDICATORS for status in ("counted", "excluded", "not_due")}
    missing -= {(one, "not_due") for one in NEVER_WAITING}
    for seed in range(20):
        scene, tables = some_people(seed, PEOPLE_AT_ONCE)
        question = Question(scene.start, scene.end, scene.as_at)
        everyone = histories(tables, SERVICE, scene.as_at)
        for one in {indicator for indicator, _ in missing}:
            missing -= {(one, row["status"]) for row in judge_histories(everyone, one, question)}
        if not missing:
            break
    assert missing == set()

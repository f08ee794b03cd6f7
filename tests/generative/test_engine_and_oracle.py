"""The engine and the slow second opinion agree on every member, day, figure and breakdown of random nasty histories."""

from datetime import date

import pytest
from tests.generative.conftest import PEOPLE_AT_ONCE
from tests.generative.holding import differences, told
from tests.generative.nasty import LOTS, Scene, some_people
from tests.generative.oracle import INDICATORS, judge
from tests.generative.oracle.facts import USED

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


def test_random_histories_reach_every_status_of_every_indicator():
    """A generator that never makes somebody count proves nothing."""
    seen = {indicator: set() for indicator in INDICATORS}
    for seed in range(12):
        scene, tables = some_people(seed, 60)
        for indicator, statuses in seen.items():
            rows = judge(tables, indicator, scene.start, scene.end, scene.as_at)
            statuses.update(row["status"] for row in rows)
    never_due = {"referrals", "re_referrals", "job_starts", "active_caseload"}
    for indicator, statuses in seen.items():
        assert {"counted", "excluded"} <= statuses, indicator
        assert indicator in never_due or "not_due" in statuses, indicator

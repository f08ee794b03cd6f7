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

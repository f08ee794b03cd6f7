"""The engine and the second opinion agree on 000's figures for random nasty histories."""

import pytest
from tests.generative.conftest import PEOPLE_AT_ONCE
from tests.generative.holding import period_of
from tests.generative.nasty import some_people
from tests.generative.oracle import dorset
from tests.generative.oracle.judgement import Question
from tests.generative.test_grow import lines, told_by_hours

from placewell.dataset import Dataset
from placewell.indicators import Workings, figures, members
from placewell.specification import load

SPEC = load("dorset_work_matters")
HELD = {one.id for one in SPEC.indicators.computed} - {"job_search_within_4_weeks"}  # held by 003's own examples


def of_dorset(seed, tables):
    """The histories as those of an IPS service in Dorset."""
    told = told_by_hours(seed, tables)
    swap = {"ips_grow": dorset.SERVICE, "thrive_into_work": "thrive_into_work"}
    return {**told, "episodes": [{**row, "service_id": swap[row["service_id"]]} for row in told["episodes"]]}


def test_the_second_opinion_is_asked_of_every_figure():
    assert set(dorset.INDICATORS) == HELD


@pytest.mark.parametrize("indicator", dorset.INDICATORS)
def test_the_catalogue_counts_what_the_second_opinion_counts(indicator):
    subject, measure, _ = dorset.INDICATORS[indicator]
    found = SPEC.indicators.indicator(indicator)
    assert (found.subject, found.measure, found.evidence) == (subject, measure, False)


def test_they_agree(batch):
    scene, tables = some_people(batch + 3000, PEOPLE_AT_ONCE)
    tables = of_dorset(batch, tables)
    data, period = Dataset.from_rows(tables), period_of(scene)
    shared = Workings(SPEC, data, scene.as_at)
    everyone = dorset.of_service(tables, scene.as_at)
    question = Question(scene.start, scene.end, scene.as_at)
    counts = {one.id: one for one in figures(SPEC, data, period, scene.as_at, workings=shared)}
    for indicator in dorset.INDICATORS:
        engine = members(SPEC, indicator, data, period, scene.as_at, workings=shared).to_dicts()
        oracle = dorset.judge(everyone, indicator, question)
        assert lines(engine, lambda row: row) == lines_of(oracle), indicator
        found = {state: sum(row["status"] == state for row in oracle) for state in counts[indicator].members}
        assert found == counts[indicator].members


def lines_of(oracle):
    return lines(oracle, lambda row: row["cells"])


def test_random_histories_reach_every_status_of_the_one_that_is_dorset_s():
    wanted = {"counted", "not_counted", "excluded"}
    for seed in range(20):
        scene, tables = some_people(seed + 3000, PEOPLE_AT_ONCE)
        everyone = dorset.of_service(of_dorset(seed, tables), scene.as_at)
        question = Question(scene.start, scene.end, scene.as_at)
        wanted -= {row["status"] for row in dorset.judge(everyone, "in_paid_work", question)}
    assert wanted == set()

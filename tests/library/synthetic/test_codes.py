"""The codes that outcomes count: each once, of the table and the kinds asked for."""

import pytest

from placewell.specification import load, service_ids
from placewell.specification.outcomes import EachRow, FirstRecord
from placewell.synthetic.codes import codes_counted
from placewell.synthetic.records import BESIDES_WEIGHT, ONWARD, with_counted

TABLES = ("destinations", "onward_referrals", "activities")


@pytest.mark.parametrize("service", service_ids())
@pytest.mark.parametrize("table", TABLES)
def test_each_code_once_and_the_two_kinds_make_the_whole(service, table):
    spec = load(service)
    every = codes_counted(spec, table)
    assert len(every) == len(set(every))
    named = {
        code
        for one in spec.outcomes.outcomes
        if isinstance(one, FirstRecord | EachRow) and one.table == table
        for code in one.codes
    }
    assert set(every) == named
    halves = [codes_counted(spec, table, (kind,)) for kind in (FirstRecord, EachRow)]
    assert set(halves[0]) | set(halves[1]) == named


def test_some_service_counts_codes_of_each_table():
    assert {table for table in TABLES for id in service_ids() if codes_counted(load(id), table)} == set(TABLES)


@pytest.mark.parametrize("service", service_ids())
def test_usual_weights_stay_and_what_is_counted_besides_has_one(service):
    spec = load(service)
    weights = with_counted(spec, "onward_referrals", ONWARD)
    assert {code: weights[code] for code in ONWARD} == ONWARD
    besides = set(codes_counted(spec, "onward_referrals", (FirstRecord,))) - set(ONWARD)
    assert {code: weight for code, weight in weights.items() if code not in ONWARD} == dict.fromkeys(
        besides, BESIDES_WEIGHT
    )

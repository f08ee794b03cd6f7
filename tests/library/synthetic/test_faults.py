"""Planted faults: each is found where the key says, nothing else is, and the same seed plants the same."""

import pytest

from placewell.cli.validate import service_codes
from placewell.dataset import validate_folder, write_folder
from placewell.specification import load, service_ids
from placewell.synthetic import make, plant
from placewell.synthetic.faults import FIRST_ROW, KINDS, PER_KIND


@pytest.fixture(scope="module")
def sound(spec):
    return make(spec, 400, 2)


@pytest.fixture(scope="module")
def planted(sound):
    return plant(sound, 9)


def test_every_kind_is_planted_as_often_and_no_row_twice(sound, planted):
    """Kinds of a table that the service does not fill have nothing to spoil."""
    _, faults = planted
    kinds = [kind for kind in KINDS if sound[kind.table].height]
    assert len(faults) == PER_KIND * len(kinds)
    assert {(fault.table, fault.column) for fault in faults} == {(kind.table, kind.column) for kind in kinds}
    assert {kind.table for kind in KINDS} - {kind.table for kind in kinds} == {"employment_checks"}
    assert len({(fault.table, fault.row) for fault in faults}) == len(faults)


@pytest.mark.parametrize("service", service_ids())
@pytest.mark.parametrize("seed", [1, 9])
def test_the_check_finds_the_answer_key_and_nothing_else(service, seed, tmp_path):
    """Neither errors nor warnings: not in clean people, and in spoiled ones only where a fault was planted."""
    of_service = load(service)
    clean = make(of_service, 300, seed)
    spoiled, faults = plant(clean, seed)
    assert {fault.table for fault in faults} >= {"episodes", "contacts", "jobs"}
    assert found_in(clean, of_service, tmp_path / "clean") == set()
    key = {(one.table, one.row, one.column) for one in faults}
    assert found_in(spoiled, of_service, tmp_path / "spoiled") == key


def found_in(data, of_service, folder):
    findings = validate_folder(write_folder(data, folder), service_codes(of_service))
    return {(one.table, one.row, one.column) for one in findings}


def test_a_row_that_others_rest_on_is_left_alone(sound):
    """A job that ends sooner would leave its spells of hours behind."""
    for seed in range(40):
        spoiled, faults = plant(sound, seed)
        rows = [fault.row - FIRST_ROW for fault in faults if (fault.table, fault.column) == ("jobs", "ended_on")]
        assert len(rows) == PER_KIND
        assert not set(spoiled["jobs"]["job_id"].gather(rows)) & set(sound["job_hours"]["job_id"])


def test_the_same_seed_plants_the_same_and_another_seed_others(sound, planted):
    assert plant(sound, 9)[1] == planted[1]
    assert plant(sound, 10)[1] != planted[1]


def test_what_is_not_spoiled_stays_as_it_was(sound, planted):
    spoiled, faults = planted
    changed = {fault.table: sum(one.table == fault.table for one in faults) for fault in faults}
    for name, frame in sound.items():
        kept = spoiled[name].join(frame, on=frame.columns, how="semi", nulls_equal=True)
        assert spoiled[name].height == frame.height
        assert frame.height - kept.height == changed.get(name, 0), name


def test_nobody_has_no_faults(spec):
    spoiled, faults = plant(make(spec, 0, 1), 1)
    assert faults == ()
    assert spoiled["jobs"].height == 0

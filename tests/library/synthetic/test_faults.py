"""Planted faults: each is found where the key says, nothing else is, and the same seed plants the same."""

import pytest

from placewell.dataset import validate_folder, write_folder
from placewell.synthetic import make, plant
from placewell.synthetic.faults import KINDS, PER_KIND


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


def test_the_check_finds_them_all_and_no_other_error(planted, tmp_path):
    spoiled, faults = planted
    write_folder(spoiled, tmp_path / "d")
    findings = validate_folder(tmp_path / "d", {})
    found = {(one.table, one.row, one.column) for one in findings}
    key = {(one.table, one.row, one.column) for one in faults}
    assert key <= found
    errors = {(one.table, one.row, one.column) for one in findings if one.severity == "error"}
    assert errors <= key


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

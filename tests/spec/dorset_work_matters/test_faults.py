"""Faults planted in made-up people of Dorset: validation finds each where the key says, and no other error."""

import polars as pl
import pytest

from placewell.cli.validate import service_codes
from placewell.dataset import validate_folder, write_folder
from placewell.specification import load
from placewell.synthetic import make, plant
from placewell.synthetic.faults import PER_KIND, kinds_in

SPEC = load("dorset_work_matters")


@pytest.fixture(scope="module")
def people():
    return make(SPEC, 400, 2)


def found_in(data, folder):
    findings = validate_folder(write_folder(data, folder), service_codes(SPEC))
    return {(one.table, one.row, one.column): one for one in findings}


@pytest.mark.parametrize("seed", [1, 9])
def test_the_check_finds_them_all_and_no_other_error(people, seed, tmp_path):
    spoiled, faults = plant(people, seed)
    found, key = found_in(spoiled, tmp_path / "d"), {(one.table, one.row, one.column) for one in faults}
    assert len(key) == len(faults) == PER_KIND * len(kinds_in(people))
    assert len(kinds_in(people)) >= 11
    assert key <= set(found)
    assert {where for where, one in found.items() if one.severity == "error"} <= key


@pytest.mark.parametrize(("table", "wrong"), [("episodes", "weymouth_team"), ("postings", "START")])
def test_a_team_that_the_service_does_not_name_is_an_error(people, table, wrong, tmp_path):
    first = people[table].with_row_index("at").filter(pl.col("team_id").is_not_null())["at"][0]
    spoiled = (
        people[table]
        .with_row_index("at")
        .with_columns(pl.when(pl.col("at") == first).then(pl.lit(wrong)).otherwise("team_id").alias("team_id"))
    )
    found = found_in(people.with_frames(**{table: spoiled.drop("at")}), tmp_path / "d")
    errors = [one for one in found.values() if one.severity == "error"]
    assert [(one.table, one.column, one.value) for one in errors] == [(table, "team_id", wrong)]
    assert "community_resource_team" in errors[0].expected

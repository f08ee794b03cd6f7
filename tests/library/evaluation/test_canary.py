"""200 planted names, numbers, postcodes and notes in every text of the input: none in any byte that leaves (T5)."""

from random import Random

import polars as pl
import pytest
from tests.library.evaluation.trial_facts import SPEC, date, number

from placewell.evaluation.consort import table_rows, to_svg
from placewell.evaluation.deviations import deviations
from placewell.evaluation.exports import export
from placewell.evaluation.facts import LedgerFacts, frame_of
from placewell.evaluation.flow import participant_flow
from placewell.evaluation.withdrawals import withdrawals
from placewell.synthetic import make

DAY = date(2019, 6, 14)
KEPT = {  # what ties rows together, or says which rows belong to the trial
    "person_id", "episode_id", "response_id", "job_id", "service_id", "arm", "occasion", "kind",
    "instrument", "attendance", "with_whom",
}  # fmt: skip
TABLES = (
    "people",
    "episodes",
    "screenings",
    "benefits",
    "responses",
    "consents",
    "contacts",
    "onward_referrals",
    "jobs",
)


def canaries():
    """Fifty each of names, numbers like those of the NHS, postcodes and notes: all different."""
    rng = Random(2018)
    names = [f"Zyx{rng.randrange(10**6):06d} Qvorth" for _ in range(50)]
    numbers = [f"{rng.randrange(10**9, 10**10)}" for _ in range(50)]
    postcodes = [f"ZZ{n} {rng.randrange(10)}QX" for n in range(50)]
    notes = [f"=Note {rng.randrange(10**9)}: her sister said" for _ in range(50)]
    return [*names, *numbers, *postcodes, *notes]


CANARIES = canaries()


def planted():
    """A made-up data set where most texts of every second row are canaries, however impossible."""
    tables = make(SPEC, 300, 4, DAY)
    rng = Random(7)
    frames = {}
    for name in TABLES:
        frame = tables[name]
        columns = [c for c, type in frame.schema.items() if type == pl.String() and c not in KEPT]
        if name == "responses":
            columns = ["item", "answer"]
        frames[name] = frame.with_columns(
            pl.Series(
                c, [rng.choice(CANARIES) if n % 2 else value for n, value in enumerate(frame[c])], dtype=pl.String
            )
            for c in columns
        )
    return tables.with_frames(**frames)


def entries_of(tables):
    """A ledger whose every code is a canary in turn."""
    found = LedgerFacts.of_dataset(tables, {id: number(id) for id in tables["allocations"]["episode_id"]})
    people = found.allocations["person"].to_list()

    def rows(column):
        return [
            {"person": person, "on": date(2018, 9, 1), column: canary}
            for person, canary in zip(people, CANARIES, strict=False)
        ]

    return LedgerFacts(
        found.allocations.with_columns(pl.Series("stratum", CANARIES * 3)[: found.allocations.height]),
        *(
            frame_of(kind, rows(column))
            for kind, column in (("voids", "reason"), ("notes", "kind"), ("withdrawals", "scope"))
        ),
    )


@pytest.fixture(scope="module")
def world():
    tables = planted()
    return tables, entries_of(tables)


def leaks(text):
    return [canary for canary in CANARIES if canary in text or canary.encode().decode() in text]


def test_the_canaries_are_in_the_input(world):
    tables, _ = world
    text = "".join(tables[name].write_csv() for name in TABLES)
    assert len(set(CANARIES)) == 200
    assert len(leaks(text)) == 200


@pytest.mark.parametrize("arms", [True, False])
def test_no_canary_leaves_in_an_export(world, arms):
    given = export(*(world[0], SPEC, world[1]), DAY, arms=arms)
    text = b"\n".join(given.files.values()).decode()
    assert given.manifest.files[0].rows > 50
    assert leaks(text) == []
    assert leaks(given.anonymity.words) == []


def test_nothing_that_ties_rows_of_the_site_together_leaves(world):
    tables, entries = world
    text = b"\n".join(export(tables, SPEC, entries, DAY, arms=True).files.values()).decode()
    cells = {cell.strip('"') for line in text.splitlines() for cell in line.split(",")}
    for table, column in (
        ("people", "person_id"),
        ("episodes", "episode_id"),
        ("responses", "response_id"),
        ("jobs", "job_id"),
    ):
        assert not cells & set(tables[table][column].drop_nulls())
    for day in tables["people"]["birth_date"].drop_nulls():
        assert day.isoformat() not in cells


@pytest.mark.parametrize("arms", [True, False])
def test_no_canary_stands_in_the_flow_or_its_picture(world, arms):
    flow = participant_flow(world[0], SPEC, world[1], DAY, arms=arms)
    members = "".join(
        (part or box).members.write_csv() for box, part in flow.counts() if (part or box).members is not None
    )
    assert flow.randomised.count > 50
    assert leaks(to_svg(flow, "Trial") + repr(table_rows(flow)) + members + flow.people.write_csv()) == []


def test_no_canary_stands_among_withdrawals_and_departures(world):
    tables, entries = world
    told = repr(withdrawals(tables, SPEC, entries, DAY, arms=True)) + repr(deviations(entries, SPEC, DAY))
    assert len(told) > 1000
    assert leaks(told) == []

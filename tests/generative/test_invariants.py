"""The seven invariants of semantics.md §4 for every indicator of every service, on plausible and nasty histories."""

import json
import random
from collections import Counter
from datetime import date
from zlib import crc32

import pytest
from tests.generative.holding import period_of
from tests.generative.later import with_later_facts
from tests.generative.nasty import Scene, some_people

from placewell.dataset import Dataset, read_folder, write_folder
from placewell.indicators import Workings, figures, members
from placewell.specification import load, service_ids
from placewell.synthetic import make

SPECS = {id: load(id) for id in service_ids()}
IDS = {id: [indicator.id for indicator in spec.indicators.computed] for id, spec in SPECS.items()}
EVERY = [pytest.param(id, one, id=f"{id}-{one}") for id, indicators in IDS.items() for one in indicators]
SCENES = {
    "thrive_into_work": (
        Scene(date(2019, 7, 1), date(2019, 10, 1), date(2019, 9, 12)),
        Scene(date(2018, 10, 1), date(2019, 10, 1), date(2019, 9, 30)),
    ),
    "ips_grow": (
        Scene(date(2021, 1, 1), date(2021, 4, 1), date(2021, 3, 12)),
        Scene(date(2020, 4, 1), date(2021, 4, 1), date(2021, 3, 31)),
    ),
    "workwise": (
        Scene(date(2012, 10, 1), date(2013, 1, 1), date(2012, 12, 12)),
        Scene(date(2012, 4, 1), date(2013, 4, 1), date(2013, 3, 31)),
    ),
}
NASTY = (3, 11)
NASTY_PEOPLE = 90
SHARES = (1, 2, 7)


class Case:
    """A data set, a scene, and what was computed from them once for all indicators."""

    def __init__(self, service, scene, data):
        self.service, self.spec = service, SPECS[service]
        self.scene, self.data, self.period = scene, data, period_of(scene)
        self.workings = Workings(self.spec, data, scene.as_at)
        found = figures(self.spec, data, self.period, scene.as_at, workings=self.workings)
        self.figures = {one.id: one for one in found}
        self._members = {}

    def members(self, indicator):
        if indicator not in self._members:
            rows = members(self.spec, indicator, self.data, self.period, self.scene.as_at, workings=self.workings)
            self._members[indicator] = rows
        return self._members[indicator]


def of_service(service, tables):
    """Nasty histories as those of another service; where people opt in, those accepted do so that day."""
    swap = {"thrive_into_work": service, service: "thrive_into_work"}
    opts_in = SPECS[service].outcomes.entry.event == "opted_in"
    return {
        **tables,
        "episodes": [
            {
                **row,
                "service_id": swap.get(row["service_id"], row["service_id"]),
                **({"opted_in_on": row["accepted_on"]} if opts_in else {}),
            }
            for row in tables["episodes"]
        ],
    }


def _cases(service):
    people = make(SPECS[service], 160, 4)
    for scene in SCENES[service]:
        yield Case(service, scene, people)
    for seed in NASTY:
        scene, tables = some_people(seed, NASTY_PEOPLE)
        yield Case(service, scene, Dataset.from_rows(of_service(service, tables)))


@pytest.fixture(scope="module")
def every_case():
    return {service: list(_cases(service)) for service in SPECS}


@pytest.fixture
def cases(every_case, service):
    return every_case[service]


def test_every_service_has_scenes():
    assert set(SCENES) == set(SPECS)


@pytest.fixture(scope="module")
def parts(every_case):
    """Each case's figures and members over people split into shards."""
    return {
        (service, number, shares): [Case(service, case.scene, shard) for shard in _split(case.data, shares)]
        for service, cases in every_case.items()
        for number, case in enumerate(cases)
        for shares in SHARES[1:]
    }


def _split(data, shares):
    """The people in shards, and the rows that belong to nobody."""
    ids = data["people"]["person_id"].to_list()
    for share in range(shares):
        yield data.for_people([one for one in ids if crc32(one.encode()) % shares == share])
    yield data.of_nobody()


@pytest.mark.parametrize(("service", "indicator"), EVERY)
def test_1_the_list_and_the_count_are_the_same_rows(cases, service, indicator):
    for case in cases:
        rows = Counter(case.members(indicator)["status"])
        assert {name: count for name, count in case.figures[indicator].members.items() if count} == dict(rows)


@pytest.mark.parametrize(("service", "indicator"), EVERY)
def test_1_nobody_counts_twice(cases, service, indicator):
    for case in cases:
        rows = case.members(indicator)
        counted = rows.filter(rows["status"] == "counted")
        assert counted["subject_id"].is_duplicated().sum() == 0


@pytest.mark.parametrize(("service", "indicator"), EVERY)
def test_2_and_3_numerator_and_denominator_are_the_members(cases, service, indicator):
    for case in cases:
        found, counts = case.figures[indicator], case.figures[indicator].members
        if found.measure == "proportion":
            assert found.denominator == counts["counted"] + counts["not_counted"]
            assert 0 <= found.numerator == counts["counted"] <= found.denominator
        elif found.measure == "count":
            assert (found.denominator, found.numerator, found.value) == (None, counts["counted"], counts["counted"])
        else:
            assert (found.numerator, found.denominator) == (None, counts["counted"])
        assert (found.value is None) == (found.denominator == 0)


@pytest.mark.parametrize(("service", "indicator"), EVERY)
def test_4_the_cells_of_a_breakdown_add_up_to_the_total(cases, service, indicator):
    for case in cases:
        found = case.figures[indicator]
        everywhere = {item.id for item in SPECS[service].indicators.breakdowns if item.everywhere}
        assert set(found.breakdowns) >= everywhere >= {"lot", "source", "primary_condition", "gender", "self_employed"}
        for cells in found.breakdowns.values():
            assert sum(cell.numerator or 0 for cell in cells) == (found.numerator or 0)
            assert sum(cell.denominator or 0 for cell in cells) == (found.denominator or 0)
            assert len({cell.key for cell in cells}) == len(cells)


@pytest.mark.parametrize("shares", SHARES[1:])
@pytest.mark.parametrize(("service", "indicator"), EVERY)
def test_5_shards_add_up(cases, parts, service, indicator, shares):
    for number, case in enumerate(cases):
        whole, pieces = case.figures[indicator], [part.figures[indicator] for part in parts[service, number, shares]]
        assert sum(piece.numerator or 0 for piece in pieces) == (whole.numerator or 0)
        assert sum(piece.denominator or 0 for piece in pieces) == (whole.denominator or 0)
        for status, count in whole.members.items():
            assert sum(piece.members[status] for piece in pieces) == count
        for name, cells in whole.breakdowns.items():
            for part in ("numerator", "denominator"):
                total = Counter({cell.key: getattr(cell, part) or 0 for cell in cells})
                added = Counter()
                for piece in pieces:
                    added.update({cell.key: getattr(cell, part) or 0 for cell in piece.breakdowns[name]})
                assert +added == +total


@pytest.mark.parametrize(("service", "indicator"), EVERY)
def test_5_member_tables_of_shards_join_to_the_whole(cases, parts, service, indicator):
    shares = SHARES[-1]
    for number, case in enumerate(cases[1:3], start=1):
        whole = sorted(map(str, case.members(indicator).iter_rows()))
        joined = sorted(
            str(row) for part in parts[service, number, shares] for row in part.members(indicator).iter_rows()
        )
        assert joined == whole


@pytest.mark.parametrize("service", SPECS)
def test_6_the_same_folder_gives_the_same_bytes(cases, service, tmp_path):
    for number, case in enumerate(cases):
        folder = tmp_path / str(number)
        write_folder(case.data, folder, "csv" if number % 2 else "parquet")
        first, second = (_bytes(Case(service, case.scene, read_folder(folder))) for _ in range(2))
        assert first == second == _bytes(case)


@pytest.mark.parametrize("service", SPECS)
def test_6_the_order_of_rows_does_not_matter(cases, service):
    for number, case in enumerate(cases):
        mixed = Dataset({name: _mixed(frame, number) for name, frame in case.data.items()})
        assert _bytes(Case(service, case.scene, mixed)) == _bytes(case)


def _mixed(frame, seed):
    order = list(range(frame.height))
    random.Random(seed).shuffle(order)
    return frame[order]


def _bytes(case):
    answers = {id: case.members(id).to_dicts() for id in IDS[case.service]}
    return json.dumps([[one.as_dict() for one in case.figures.values()], answers], default=str).encode()


@pytest.mark.parametrize("service", SPECS)
@pytest.mark.parametrize("seed", range(4))
def test_7_a_fact_dated_after_the_as_at_day_changes_nothing(service, seed):
    scene, tables = some_people(seed + 500, NASTY_PEOPLE)
    tables = of_service(service, tables)
    before = Case(service, scene, Dataset.from_rows(tables))
    later = of_service(service, of_service(service, with_later_facts(tables, scene.as_at)))
    after = Case(service, scene, Dataset.from_rows(later))
    for indicator in IDS[service]:
        assert before.members(indicator).rows() == after.members(indicator).rows(), indicator
        assert before.figures[indicator] == after.figures[indicator]

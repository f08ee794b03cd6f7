"""Person items as answered at the baseline: coded when they are kept, and exported instead of what is known today."""

import json

import polars as pl
import pytest
from tests.factories import a_person
from tests.library.evaluation.test_exports import tables_of
from tests.library.evaluation.trial_facts import SPEC, dataset, date, day, ledger, number, randomised

from placewell.evaluation.answered import Answered, as_answered, kept_items
from placewell.evaluation.balance import balance
from placewell.evaluation.exported_tables import ITEM_NAMES, NOT_LISTED
from placewell.evaluation.exports import MANIFEST, export
from placewell.randomisation.hashing import canon

DAY = date(2019, 6, 14)
THEN = {"region": "west_midlands", "gender": "2", "ethnicity": "A", "education": "level_2"}
ITEMS = {"source": "gp", "primary_condition": "diabetes", "time_since_last_worked": "never"}
NOW = {"region": "london", "gender": "1", "ethnicity": "B", "education": "level_3", "religion": "christian"}
CHANGED = {"source": "self", "primary_condition": "asthma", "time_since_last_worked": "under_6_months"}


def benefit(id, name, on, received=True):
    return ("benefits", {"episode_id": id, "benefit": name, "on": day(on), "received": received})


def kept(values=None, benefits=None, age=37):
    return kept_items(SPEC, THEN | ITEMS | (values or {}), benefits or {"pip": True, "universal_credit": False}, age)


@pytest.mark.parametrize(
    ("values", "benefits", "age", "expected"),
    [
        ({}, {}, None, {"items": {}, "benefits": {}}),
        ({"gender": "2", "religion": ""}, {}, 41, {"items": {"gender": "2"}, "benefits": {}, "age": 41}),
        ({"region": "Mrs Secretword"}, {}, 3, {"items": {"region": NOT_LISTED}, "benefits": {}, "age": 3}),
        ({}, {"pip": True, "esa of Jo": False}, 3, {"items": {}, "benefits": {"pip": 1, NOT_LISTED: 0}, "age": 3}),
        ({"source": "gp", "first_name": "Jo", "birth_date": "1980-01-01"}, {}, None,
         {"items": {"source": "gp"}, "benefits": {}}),
    ],
)  # fmt: skip
def test_only_codes_and_an_age_are_kept(values, benefits, age, expected):
    assert kept_items(SPEC, values, benefits, age) == expected


def test_what_is_kept_has_one_way_to_be_written_and_is_read_back():
    text = canon(kept()).decode()
    found = Answered.of([("e1", json.loads(text))])
    assert found.items.row(0, named=True) == {
        "episode_id": "e1", "age": 37, **dict.fromkeys(ITEM_NAMES), **THEN, **ITEMS,
    }  # fmt: skip
    assert sorted(found.benefits.rows()) == [("e1", "pip", True), ("e1", "universal_credit", False)]


def test_nothing_kept_leaves_everything_as_it_stands():
    people = pl.DataFrame({"episode_id": ["e1"], "age": [50], "gender": ["1"]})
    for answered in (None, Answered(), Answered.of([])):
        assert as_answered(people, answered).rows() == [("e1", 50, "1", False)]


def exported(*facts, arms, answered=None, **entries):
    tables = dataset(*facts)
    given = export(tables, SPEC, ledger(tables, **entries), DAY, arms=arms, answered=answered)
    return tables_of(given), json.loads(given.files[MANIFEST]), given


def a_trial(person, items, *benefits):
    """Two people: what was kept of the first is edited later; the second is as it stands."""
    return [
        a_person("p-e1", **{"birth_date": "1980-02-29"} | person),
        a_person("p-e2", birth_date="1980-02-29", **THEN),
        randomised("e1", **items),
        randomised("e2", "control", **ITEMS),
        *benefits,
    ]


EDITED = [benefit("e1", "esa", "2018-01-15"), benefit("e1", "pip", "2018-01-15", False)]


@pytest.mark.parametrize("arms", [True, False])
def test_an_edit_after_the_baseline_changes_nothing_that_leaves(arms):
    answered = Answered.of([("e1", kept())])
    before = exported(*a_trial(THEN, ITEMS, benefit("e1", "pip", "2018-01-15")), arms=arms, answered=answered)[0]
    later = a_trial(NOW | {"birth_date": "1950-01-01"}, CHANGED, *EDITED)
    after = exported(*later, arms=arms, answered=answered)[0]
    assert after == before
    assert exported(*later, arms=arms)[0] != before
    row = after["participants"][0]
    assert {name: row[name] for name in ITEM_NAMES if row[name]} == THEN | ITEMS
    assert row["age_band"] == "35_44"
    assert [(one["benefit"], one["received"]) for one in after["benefits"]] == [
        ("pip", "true"), ("universal_credit", "false"),
    ]  # fmt: skip


def test_what_was_left_open_stays_open():
    answered = Answered.of([("e1", kept_items(SPEC, {"gender": "2"}, {}, None))])
    rows = exported(*a_trial(NOW, CHANGED, *EDITED), arms=False, answered=answered)[0]
    row = rows["participants"][0]
    assert [name for name in ITEM_NAMES if row[name]] == ["gender"]
    assert row["age_band"] == "not_known"
    assert rows["benefits"] == []


@pytest.mark.parametrize(("ids", "counts"), [((), (0, 2)), (("e1",), (1, 1)), (("e1", "e2", "e9"), (2, 0))])
def test_the_manifest_says_of_how_many_the_items_were_kept(ids, counts):
    answered = Answered.of([(id, kept()) for id in ids])
    said = exported(*a_trial(NOW, CHANGED), arms=False, answered=answered)[1]
    assert (said["items_at_baseline"], said["items_as_they_stand"]) == counts


def test_balance_and_anonymity_are_of_the_same_items():
    answered = Answered.of([("e1", kept())])
    tables = dataset(*a_trial(NOW | {"birth_date": "1950-01-01"}, CHANGED))
    facts = ledger(tables)
    found = balance(tables, SPEC, facts, DAY, answered=answered)
    assert {item.id: [line.value for line in item.lines] for item in found.items} == {
        "lot": ["dudley"], "age_band": ["35_44"], "gender": ["2"], "primary_condition": ["diabetes"],
    }  # fmt: skip
    for arms in (True, False):
        given = export(tables, SPEC, facts, DAY, arms=arms, answered=answered)
        assert (given.anonymity.combinations, given.anonymity.smallest) == (1, 2)
        without = export(tables, SPEC, facts, DAY, arms=arms).anonymity
        assert (without.combinations, without.smallest) == (2, 1)


@pytest.mark.parametrize("arms", [True, False])
def test_a_correction_is_a_note_and_changes_no_answer(arms):
    notes = [
        {"person": number("e1"), "on": "2018-02-01", "kind": "baseline_answer"},
        {"person": number("e2"), "on": "2018-02-01", "kind": "another_area"},
        {"person": number("e2"), "on": "2019-06-15", "kind": "baseline_answer"},
    ]
    answered = Answered.of([("e1", kept())])
    rows = exported(
        *a_trial(NOW, CHANGED),
        arms=arms,
        answered=answered,
        notes=[row | {"on": date.fromisoformat(row["on"])} for row in notes],
    )[0]
    assert rows["corrections"] == [{"trial_number": number("e1"), "reason": "baseline_answer", "days": "17"}]
    assert rows["participants"][0]["education"] == "level_2"

"""Facts of the ledger: brought into their declared form, cut at a day, or taken from a data set without a ledger."""

from datetime import datetime

import polars as pl
import pytest
from tests.library.evaluation.trial_facts import consented, dataset, date, ledger, number, randomised

from placewell.errors import UserError
from placewell.evaluation.facts import SCHEMAS, LedgerFacts, frame_of


@pytest.mark.parametrize("kind", SCHEMAS)
def test_no_facts_have_the_declared_columns(kind):
    assert frame_of(kind).schema == SCHEMAS[kind]
    assert frame_of(kind, []).height == 0


def test_rows_are_brought_into_form():
    found = frame_of("voids", [{"person": "TIW 1A2", "on": "2018-03-01"}])
    assert found.rows() == [("TIW 1A2", date(2018, 3, 1), None)]
    assert found.schema == SCHEMAS["voids"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([{"person": "TIW 1A2", "name": "Jo"}], "The voids hold the column name; known are person, on, reason."),
        ([{"person": "TIW 1A2", "on": "yesterday"}], "The voids cannot be read"),
    ],
)
def test_what_cannot_be_read_is_refused(rows, said):
    with pytest.raises(UserError, match=said.split(";")[0]):
        frame_of("voids", rows)


def test_a_frame_is_cut_at_a_day():
    facts = LedgerFacts.of(
        allocations=[{"person": "A-1", "episode_id": "e1", "arm": "ips", "allocated_on": date(2018, 1, 15)}],
        voids=[{"person": "A-1", "on": date(2018, 2, 1)}],
        notes=[{"person": "A-1", "on": date(2018, 2, 2), "kind": "wrong_area"}],
        withdrawals=[{"person": "A-1", "on": date(2018, 2, 3), "scope": "contact"}],
    )
    heights = [
        [frame.height for frame in (cut.allocations, cut.voids, cut.notes, cut.withdrawals)]
        for cut in map(facts.as_at, (date(2018, 1, 14), date(2018, 1, 15), date(2018, 2, 2), date(2018, 2, 3)))
    ]
    assert heights == [[0, 0, 0, 0], [1, 0, 0, 0], [1, 1, 1, 0], [1, 1, 1, 1]]


def entry(kind, utc, **body):
    """The body of a ledger entry at a moment in UTC."""
    return {"kind": kind, "utc": round(datetime.fromisoformat(f"{utc}+00:00").timestamp() * 1000), **body}


def test_the_facts_in_ledger_entries():
    bodies = [
        entry("genesis", "2017-09-20T10:00:00"),
        entry("allocation", "2018-01-15T10:00:00.999", person="A-1", stratum="dudley", arm="ips", n=0),
        entry("allocation", "2018-01-15T10:00:01", person="A-2", stratum="dudley", arm="control", n=1),
        entry("note", "2018-02-01T10:00:00", person="A-1", reason="wrong_area"),
        entry("void", "2018-02-02T10:00:00", person="A-2", reason="not_eligible", second="u9"),
        entry("withdraw", "2018-02-03T10:00:00", person="A-1", reason="asked", scope="contact"),
    ]
    found = LedgerFacts.of_entries(bodies, {"A-1": "e1"})
    assert found.allocations.rows() == [
        ("A-1", "e1", "dudley", "ips", date(2018, 1, 15)),
        ("A-2", None, "dudley", "control", date(2018, 1, 15)),
    ]
    assert found.notes.rows() == [("A-1", date(2018, 2, 1), "wrong_area")]
    assert found.voids.rows() == [("A-2", date(2018, 2, 2), "not_eligible")]
    assert found.withdrawals.rows() == [("A-1", date(2018, 2, 3), "contact")]


@pytest.mark.parametrize(
    ("utc", "day"),
    [
        ("2018-03-24T23:30:00", date(2018, 3, 24)),  # winter time
        ("2018-03-25T23:30:00", date(2018, 3, 26)),  # summer time since that morning
        ("2017-09-30T23:00:00", date(2017, 10, 1)),  # the trial's first minute
        ("2018-10-28T23:30:00", date(2018, 10, 28)),
    ],
)
def test_the_day_of_an_entry_is_the_day_in_london(utc, day):
    body = entry("allocation", utc, person="A-1", stratum="dudley", arm="ips")
    assert LedgerFacts.of_entries([body], {}).allocations["allocated_on"][0] == day


def test_a_ledger_that_allocates_twice_is_not_counted():
    body = entry("allocation", "2018-01-15T10:00:00", person="A-1", stratum="dudley", arm="ips")
    with pytest.raises(UserError, match="allocates a person twice"):
        LedgerFacts.of_entries([body, body], {})


def test_without_a_ledger_the_data_set_says_who_was_randomised_and_who_left():
    tables = dataset(
        randomised("e1"), randomised("e2", "control"), consented("e2", on="2018-01-16", until="2018-04-01")
    )
    found = ledger(tables)
    assert found.allocations.rows() == [
        (number("e1"), "e1", "dudley", "ips", date(2018, 1, 15)),
        (number("e2"), "e2", "dudley", "control", date(2018, 1, 15)),
    ]
    assert found.withdrawals.rows() == [(number("e2"), date(2018, 4, 1), None)]
    assert found.voids.is_empty()


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ({"e1": "A-1"}, "1 people were randomised and have no trial number"),
        ({"e1": "A-1", "e2": ""}, "1 people were randomised and have no trial number"),
        ({"e1": "A-1", "e2": "A-1"}, "the same trial number"),
    ],
)
def test_every_person_has_a_number_of_their_own(numbers, said):
    with pytest.raises(UserError, match=said):
        LedgerFacts.of_dataset(dataset(randomised("e1"), randomised("e2")), numbers)


def test_facts_are_frames_that_nothing_shares():
    assert LedgerFacts().allocations.schema == SCHEMAS["allocations"]
    assert isinstance(LedgerFacts().withdrawals, pl.DataFrame)

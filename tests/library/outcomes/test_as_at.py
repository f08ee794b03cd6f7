"""The data set as at a day: what is dated later is not there."""

import pytest
from tests.factories import a_claim, a_contact, a_document, a_job, a_plan, a_profile, an_episode, dataset, day, hours

from placewell.dataset import TABLES, Dataset
from placewell.outcomes import known
from placewell.outcomes.as_at import DATINGS

AS_AT = day("2019-06-15")


def kept(table, row, as_at=AS_AT):
    """The row of a table as at the day, or None."""
    found = known(Dataset.from_rows({table: [row]}), as_at)[table].to_dicts()
    return found[0] if found else None


@pytest.mark.parametrize(
    ("table", "column"),
    [(table, dating.begins[0]) for table, dating in DATINGS.items() if len(dating.begins) == 1],
)
def test_a_row_exists_from_its_day_on(table, column):
    assert kept(table, {column: "2019-06-15"}) is not None
    assert kept(table, {column: "2019-06-16"}) is None
    assert kept(table, {column: None}) is None


@pytest.mark.parametrize(
    ("table", "begins"), [("profiles", ("started_on", "completed_on")), ("jobs", ("started_on", "first_day_worked_on"))]
)
def test_a_profile_or_job_exists_from_the_first_of_its_days(table, begins):
    first, second = begins
    found = kept(table, {first: "2019-06-16", second: "2019-06-15"})
    assert (found[first], found[second]) == (None, day("2019-06-15"))
    found = kept(table, {first: "2019-06-15", second: "2019-06-16"})
    assert (found[first], found[second]) == (day("2019-06-15"), None)
    assert kept(table, {first: "2019-06-16", second: "2019-06-16"}) is None


@pytest.mark.parametrize(
    ("table", "row", "column", "with_it"),
    [
        ("episodes", {"referred_on": "2019-01-01"}, "accepted_on", {}),
        ("episodes", {"referred_on": "2019-01-01"}, "declined_on", {"decline_reason": "moved"}),
        ("episodes", {"referred_on": "2019-01-01"}, "opted_in_on", {}),
        ("episodes", {"referred_on": "2019-01-01"}, "closed_on", {"closure_reason": "moved"}),
        ("consents", {"given_on": "2019-01-01"}, "withdrawn_on", {}),
        ("plans", {"agreed_on": "2019-01-01"}, "ended_on", {}),
        ("jobs", {"started_on": "2019-01-01"}, "ended_on", {"end_reason": "redundancy"}),
        ("job_hours", {"from_on": "2019-01-01"}, "to_on", {}),
        ("claims", {"claimed_on": "2019-01-01"}, "paid_on", {}),
        ("claims", {"claimed_on": "2019-01-01"}, "clawed_back_on", {}),
        ("complaints", {"received_on": "2019-01-01"}, "closed_on", {"outcome": "upheld"}),
        ("incidents", {"occurred_on": "2019-01-01"}, "reported_on", {"hours_to_report": "5"}),
    ],
)
def test_what_happened_later_to_a_row_is_not_known_yet(table, row, column, with_it):
    then = kept(table, {**row, column: "2019-06-15", **with_it})
    assert then[column] == AS_AT
    assert all(then[name] is not None for name in with_it)
    before = kept(table, {**row, column: "2019-06-16", **with_it})
    assert [before[name] for name in (column, *with_it)] == [None] * (1 + len(with_it))


def test_what_is_recorded_without_its_day_is_left_as_it_is():
    assert kept("episodes", {"referred_on": "2019-01-01", "closure_reason": "moved"})["closure_reason"] == "moved"


@pytest.mark.parametrize(
    ("columns", "status", "verified"),
    [
        ({"status": "verified", "decided_on": "2019-06-15"}, "verified", "2019-06-15"),
        ({"status": "verified", "decided_on": "2019-06-16"}, "received", None),
        ({"status": "verified", "decided_on": "2019-06-16", "verified_on": "2019-06-10"}, "verified", "2019-06-10"),
        ({"status": "rejected", "decided_on": "2019-06-16"}, "received", None),
        ({"status": "rejected", "decided_on": "2019-06-15"}, "rejected", None),
        ({"status": "rejected", "decided_on": "2019-06-16", "verified_on": "2019-06-10"}, "verified", "2019-06-10"),
        ({"status": "rejected", "decided_on": "2019-06-15", "verified_on": "2019-06-10"}, "rejected", "2019-06-10"),
        ({"status": "received"}, "received", None),
    ],
)
def test_evidence_has_the_status_it_had_that_day(columns, status, verified):
    found = kept("evidence", {"received_on": "2019-06-01", **columns})
    assert (found["status"], found["verified_on"]) == (status, day(verified))


def test_who_decided_later_is_not_known_yet():
    row = {"received_on": "2019-06-01", "status": "verified", "decided_by": "v1"}
    assert kept("evidence", {**row, "decided_on": "2019-06-15"})["decided_by"] == "v1"
    assert kept("evidence", {**row, "decided_on": "2019-06-16"})["decided_by"] is None


def test_people_and_costs_are_not_dated():
    assert set(TABLES) - set(DATINGS) == {"people", "costs"}


def test_every_date_column_is_looked_at_or_is_a_reference():
    """A new date column must be thought of here, or a figure could know the future."""
    looked_at = {(table, column) for table, dating in DATINGS.items() for column in (*dating.begins, *dating.later)}
    references = {
        ("people", "birth_date"),
        ("evidence", "about_on"),
        ("training", "expires_on"),
        ("support_decisions", "until_on"),
        ("fidelity_actions", "due_on"),
        ("costs", "month"),
    }
    dates = {(name, column.name) for name, table in TABLES.items() for column in table.columns if column.type == "date"}
    assert dates - looked_at == references


def test_known_twice_is_known_once_and_changes_nothing_that_is_past():
    facts = dataset(
        an_episode("e1", entered="2019-05-01", closed="2019-07-01"),
        a_contact("e1", "2019-06-20"),
        a_profile("e1", "2019-05-10", "2019-06-20"),
        a_plan("e1", "2019-05-10", "2019-06-20"),
        a_job("e1", "j1", first_day="2019-06-10", ended="2019-07-10"),
        hours("j1", "10", "2019-06-12", "2019-06-30"),
        a_document("e1", "j1", about="2019-06-10", verified="2019-06-12", rejected="2019-06-20"),
        a_claim("p-e1", "2019-06-14", paid_on="2019-06-30"),
    )
    once = known(facts, AS_AT)
    assert known(once, AS_AT) == once
    assert known(facts, day("2030-01-01"))["jobs"].equals(facts["jobs"])
    assert once["contacts"].is_empty()

"""Meetings that jobs asked for in some days, and whether each was held: kinds, windows, ends, other people."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.library.cadence.caseload import SPEC, Rows, contacts, job, person, table, together

from placewell.cadence import clocks, meetings_held
from placewell.cadence.held import SCHEMA
from placewell.specification import load

ENTERED = "2019-03-01"
START = "2019-06-12"  # a Wednesday: weeks to 19 and 26 June, 3 and 10 July; months to 12 August and 12 September
BEFORE, AFTER, WEEK, MONTH = "before_start", "after_start", "in_work_weekly", "in_work_monthly"


def held(*rows: Rows, to: str, days: int = 28, service: Any = SPEC) -> list[tuple[str, str, str | None]]:
    as_at = date.fromisoformat(to)
    found = meetings_held(service, together(person(entered=ENTERED), *rows), as_at - timedelta(days=days), as_at)
    assert found.schema == SCHEMA
    return [(row["clock"], str(row["due_on"]), row["held_on"] and str(row["held_on"])) for row in found.to_dicts()]


@pytest.mark.parametrize(
    ("met", "to", "answer"),
    [
        ((), "2019-06-10", []),  # the meeting before is due tomorrow
        ((), "2019-06-11", [(BEFORE, "2019-06-11", None)]),
        (("2019-06-05",), "2019-06-11", [(BEFORE, "2019-06-11", "2019-06-05")]),
        (("2019-06-04",), "2019-06-11", [(BEFORE, "2019-06-11", None)]),  # more than a week before
        (("2019-06-11", "2019-06-05"), "2019-06-11", [(BEFORE, "2019-06-11", "2019-06-05")]),  # the first that keeps it
        (("2019-06-12",), "2019-06-15", [(BEFORE, "2019-06-11", None), (AFTER, "2019-06-15", "2019-06-12")]),
        (("2019-06-16",), "2019-06-18", [(BEFORE, "2019-06-11", None), (AFTER, "2019-06-15", None)]),
    ],
)
def test_before_and_after_the_start(met: tuple[str, ...], to: str, answer: list[Any]) -> None:
    assert held(job(START), contacts(*met), to=to) == answer


@pytest.mark.parametrize(
    ("met", "answer"),
    [
        ((), [None, None, None, None]),
        (("2019-06-12",), ["2019-06-12", None, None, None]),  # the day of the start is of the first week
        (("2019-06-19",), ["2019-06-19", None, None, None]),  # a week's last day is of that week alone
        (("2019-06-20",), [None, "2019-06-20", None, None]),
        (("2019-06-20", "2019-06-26"), [None, "2019-06-20", None, None]),  # two in one week keep one
        (
            ("2019-06-19", "2019-06-26", "2019-07-03", "2019-07-10"),
            ["2019-06-19", "2019-06-26", "2019-07-03", "2019-07-10"],
        ),
        (("2019-07-11",), [None, None, None, None]),
    ],
)
def test_weeks(met: tuple[str, ...], answer: list[str | None]) -> None:
    found = held(job(START), contacts(*met), to="2019-07-12", days=60)
    assert [on for clock, _, on in found if clock == WEEK] == answer


@pytest.mark.parametrize(
    ("met", "answer"),
    [
        (("2019-07-12",), [None, None]),  # of the weeks
        (("2019-08-12",), ["2019-08-12", None]),
        (("2019-07-13", "2019-09-12"), ["2019-07-13", "2019-09-12"]),
        (("2019-08-13",), [None, "2019-08-13"]),
    ],
)
def test_months(met: tuple[str, ...], answer: list[str | None]) -> None:
    found = held(job(START), contacts(*met), to="2019-09-30", days=120)
    assert [on for clock, _, on in found if clock == MONTH] == answer


@pytest.mark.parametrize(
    ("more", "kept"),
    [
        ({}, True),
        ({"kind": "joint_with_clinician"}, True),
        ({"kind": "group"}, True),
        ({"kind": "call"}, False),  # the contract asks to meet
        ({"place": "remote"}, False),
        ({"attendance": "did_not_attend"}, False),
        ({"with_whom": "employer"}, False),
        ({"n": "2"}, False),  # somebody else's
    ],
)
def test_what_keeps_a_meeting(more: dict[str, Any], kept: bool) -> None:
    found = held(job(START), person("2", entered=ENTERED), contacts("2019-06-13", **more), to="2019-06-15", days=1)
    assert [on is not None for _, _, on in found] == [kept]


@pytest.mark.parametrize(
    ("rows", "asked"),
    [
        ([job(START)], 1),
        ([job(START, ended_on="2019-06-19")], 1),  # lasted to the meeting's last day
        ([job(START, ended_on="2019-06-18")], 0),
        ([job(START, ended_on="2019-08-01")], 1),  # ended since
        ([job(START, competitive=False)], 0),
        ([job("2019-02-12")], 0),  # began before entry
        ([job(START, first_day_worked_on=None)], 1),  # started, by its record
        ([job(START), job(START, job_id="second")], 2),
        ([], 0),
        ([job(START), table("support_decisions", limit="in_work", decision="ended", on="2019-06-18")], 0),
        ([job(START), table("support_decisions", limit="in_work", decision="ended", on="2019-06-19")], 1),
        ([job(START), table("support_decisions", limit="job_search", decision="ended", on="2019-06-13")], 1),
    ],
)
def test_which_jobs_ask(rows: list[Rows], asked: int) -> None:
    found = held(*rows, to="2019-06-19", days=1)
    assert [clock for clock, _, _ in found] == [WEEK] * asked


@pytest.mark.parametrize(("closed", "asked"), [(None, 1), ("2019-06-19", 1), ("2019-06-18", 0)])
def test_a_closed_case_is_asked_to_its_end(closed: str | None, asked: int) -> None:
    data = together(person(entered=ENTERED, closed_on=closed), job(START))
    found = meetings_held(SPEC, data, date(2019, 6, 18), date(2019, 6, 19))
    assert found.height == asked


def test_nobody_of_the_control_group_and_nobody_who_has_not_entered_is_asked() -> None:
    control = person("2", entered=None) | table("allocations", arm="control", allocated_on="2019-03-01")
    control["allocations"][0]["episode_id"] = "e2"
    data = together(control, job(START, n="2"), person("3", entered=None), job(START, n="3"))
    assert meetings_held(SPEC, data, date(2019, 6, 1), date(2019, 7, 1)).height == 0


@pytest.mark.parametrize("service", ["dorset_work_matters", "nottingham_health_employment", "workwise"])
def test_a_contract_that_names_no_days_has_no_rows(service: str) -> None:
    assert held(job(START), to="2019-07-01", service=load(service)) == []


def test_each_row_names_its_clause_and_what_was_asked() -> None:
    row = meetings_held(
        SPEC, together(person(entered=ENTERED), job(START)), date(2019, 6, 14), date(2019, 6, 15)
    ).to_dicts()
    assert [(one["clause"], one["what"], one["job_id"]) for one in row] == [
        ("002 App. 7 Sv 12", "Meet after the job has started", f"j1-{START}")
    ]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(0, 100), max_size=12).map(
        lambda days: [str(date(2019, 6, 1) + timedelta(days=n)) for n in days]
    ),
    st.integers(15, 100),
)
def test_a_meeting_held_is_one_that_no_clock_asked_for_late(met: list[str], after: int) -> None:
    """Where every meeting asked for so far was held on time, no clock of these meetings is late on the day."""
    today = date(2019, 6, 1) + timedelta(days=after)
    data = together(person(entered=ENTERED), job(START), contacts(*dict.fromkeys(met)))
    rows = meetings_held(SPEC, data, date(2019, 6, 1), today)
    late = [
        row for row in clocks(SPEC, data, today).to_dicts() if row["kind"] in (AFTER, WEEK) and row["due_on"] < today
    ]
    if late and late[0]["kind"] == AFTER:
        assert rows.filter(clock=AFTER)["held_on"].to_list() == [None]
    if rows["held_on"].null_count() == 0:
        assert [row["due_on"] for row in late if row["kind"] == AFTER] == []

"""The meetings a job start brings, all at once: days by the contract, several jobs, services that ask for none."""

from datetime import date

import polars as pl
import pytest
from tests.library.cadence.caseload import SPEC, Rows, job, person, together

from placewell import cadence
from placewell.cadence.schedule import SCHEMA
from placewell.specification import load


def meetings(service: str, *starts: tuple[str, str | None]) -> list[tuple[str, str, str, str]]:
    frame = pl.DataFrame(
        [(job, date.fromisoformat(day) if day else None) for job, day in starts],
        schema={"job_id": pl.String, "starts_on": pl.Date},
        orient="row",
    )
    found = cadence.schedule(load(service), frame)
    assert found.schema == SCHEMA
    return [(row["job_id"], row["kind"], str(row["from_on"]), str(row["due_on"])) for row in found.to_dicts()]


WEEKS = [
    ("2019-06-03", "2019-06-10"),
    ("2019-06-10", "2019-06-17"),
    ("2019-06-17", "2019-06-24"),
    ("2019-06-24", "2019-07-01"),
]


def test_the_days_of_one_job() -> None:
    """A week before, three days after, weekly for a month, monthly for two more (002 App. 7 Sv 12)."""
    assert meetings("thrive_into_work", ("j1", "2019-06-03")) == [
        ("j1", "before_start", "2019-05-27", "2019-06-02"),
        ("j1", "after_start", "2019-06-03", "2019-06-06"),
        *[("j1", "in_work_weekly", *days) for days in WEEKS],
        ("j1", "in_work_monthly", "2019-07-03", "2019-08-03"),
        ("j1", "in_work_monthly", "2019-08-03", "2019-09-03"),
    ]


@pytest.mark.parametrize(
    ("start", "months"),
    [
        ("2019-01-31", ["2019-03-31", "2019-04-30"]),  # a shorter month: its last day
        ("2018-11-30", ["2019-01-30", "2019-02-28"]),
        ("2019-12-31", ["2020-02-29", "2020-03-31"]),
    ],
)
def test_months_of_unequal_length(start: str, months: list[str]) -> None:
    found = meetings("thrive_into_work", ("j1", start))
    assert [due for _, kind, _, due in found if kind == "in_work_monthly"] == months


def test_several_jobs_each_have_their_own() -> None:
    one, other = ("j1", "2019-06-03"), ("j2", "2019-06-10")
    both = meetings("thrive_into_work", one, other)
    assert sorted(both) == sorted(meetings("thrive_into_work", one) + meetings("thrive_into_work", other))
    assert [due for *_, due in both] == sorted(due for *_, due in both)


def test_a_scale_that_names_days_where_the_contract_names_none() -> None:
    """IPS Grow is planned by its fidelity scale: monthly for a year, each said not to be in the contract."""
    found = meetings("ips_grow", ("j1", "2019-06-03"))
    assert found[:6] == meetings("thrive_into_work", ("j1", "2019-06-03"))[:6]
    months = [date(2019 + month // 12, month % 12 + 1, 3).isoformat() for month in range(7, 17 + 1)]
    assert [due for _, kind, _, due in found if kind == "in_work_monthly"] == months
    clocks = {clock.id: clock.in_contract for clock in load("ips_grow").pathway.clocks}
    assert {clocks[kind] for _, kind, _, _ in found} == {False}


@pytest.mark.parametrize("service", ["dorset_work_matters", "nottingham_health_employment", "workwise"])
def test_a_service_whose_contract_asks_for_none(service: str) -> None:
    assert meetings(service, ("j1", "2019-06-03")) == []


@pytest.mark.parametrize("starts", [(), (("j1", None),)])
def test_without_a_day_there_is_nothing_to_plan(starts: tuple[tuple[str, str | None], ...]) -> None:
    assert meetings("thrive_into_work", *starts) == []


def test_every_meeting_names_its_clause() -> None:
    frame = pl.DataFrame({"job_id": ["j1"], "starts_on": [date(2019, 6, 3)]})
    assert set(cadence.schedule(load("thrive_into_work"), frame)["clause"]) == {"002 App. 7 Sv 12"}


ALL = 8  # before, after, four weeks, two months
ENDED = {"episode_id": "e1", "limit": "in_work", "decision": "ended", "on": "2019-06-11"}
EXTENDED = ENDED | {"decision": "extended", "until_on": "2020-01-01"}


@pytest.mark.parametrize(
    ("rows", "listed"),
    [
        ([job("2019-06-03")], ALL),
        ([job("2019-06-03", competitive=None)], ALL),  # not judged yet: the clocks ask
        ([job("2019-06-03", competitive=False)], 0),
        ([job("2019-01-03")], 0),  # before entry
        ([job("2019-06-24", first_day_worked_on=None)], ALL),
        ([job("2019-06-03", ended_on="2019-06-11")], 3),  # before, after, the first week
        ([job("2019-06-03"), {"support_decisions": [ENDED]}], 3),
        ([job("2019-06-03"), {"support_decisions": [EXTENDED]}], ALL),
        ([], 0),
    ],
)
def test_only_what_the_clocks_ask_for(rows: list[Rows], listed: int) -> None:
    now = cadence.Situation.on(SPEC, together(person(entered="2019-03-01"), *rows), date(2019, 6, 14))
    found = cadence.schedule_of(now)
    assert found.schema == SCHEMA
    assert found.height == listed


def test_a_case_that_is_closed_asks_for_none() -> None:
    closed = person(entered="2019-03-01", closed_on="2019-06-12", closure_reason="moved_away")
    now = cadence.Situation.on(SPEC, together(closed, job("2019-06-03")), date(2019, 6, 14))
    assert cadence.schedule_of(now).is_empty()

"""Builds small caseloads for the clocks: one line says who entered when, was met when, and works where."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from placewell.cadence import clocks
from placewell.dataset import Dataset
from placewell.specification import load

SPEC = load("thrive_into_work")
Rows = dict[str, list[dict[str, Any]]]


def person(n: str = "1", entered: str | None = "2019-05-17", **more: Any) -> Rows:
    """A person allocated to IPS on the day (None: not entered), referred ten days before."""
    referred = more.pop("referred", None) or str(date.fromisoformat(entered or "2019-05-17") - timedelta(days=10))
    episode = {"episode_id": f"e{n}", "person_id": f"p{n}", "lot": "dudley", "referred_on": referred, **more}
    rows: Rows = {"people": [{"person_id": f"p{n}"}], "episodes": [episode]}
    if entered:
        rows["allocations"] = [{"episode_id": f"e{n}", "arm": "ips", "allocated_on": entered}]
    return rows


def contacts(*days: str, n: str = "1", kind: str = "appointment", **more: Any) -> Rows:
    """Contacts with the person: attended appointments in the community unless said."""
    usual = {"kind": kind, "with_whom": "client", "attendance": "attended", "place": "community"}
    return {
        "contacts": [
            {"contact_id": f"{n}-{kind}-{day}", "episode_id": f"e{n}", "on": day, **usual, **more} for day in days
        ]
    }


def job(day: str, n: str = "1", job_id: str = "", **more: Any) -> Rows:
    """A competitive job of 20 hours, worked from the day on."""
    usual = {"started_on": day, "first_day_worked_on": day, "competitive": True, "contract_hours": 20}
    return {"jobs": [{"job_id": job_id or f"j{n}-{day}", "episode_id": f"e{n}", **usual, **more}]}


def table(name: str, **row: Any) -> Rows:
    """One row of any table for the first episode."""
    return {name: [{"episode_id": "e1", **row}]}


def together(*parts: Rows) -> Dataset:
    """One data set of all the rows."""
    rows: Rows = {}
    for part in parts:
        for name, more in part.items():
            rows.setdefault(name, []).extend(more)
    return Dataset.from_rows(rows)


def open_clocks(dataset: Dataset, as_at: str) -> dict[str, dict[str, Any]]:
    """The open clocks of a data set about one person, by id."""
    rows = clocks(SPEC, dataset, date.fromisoformat(as_at)).rows(named=True)
    assert len({row["clock"] for row in rows}) == len(rows), "more than one job: look at the rows"
    return {row["clock"]: row for row in rows}


def due(dataset: Dataset, as_at: str, *only: str) -> dict[str, str]:
    """When each open clock breaks, as text; only the clocks named, where any are."""
    found = open_clocks(dataset, as_at)
    return {clock: str(row["due_on"]) for clock, row in found.items() if not only or clock in only}

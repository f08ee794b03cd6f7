"""What came along from the episode that this one follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from placewell_web.casework.presenters.states import job_of
from placewell_web.casework.queries.caseload import Caseload
from placewell_web.clients.actions import MOVED_ALONE
from placewell_web.nhsuk.words import hours

PARTS = (
    ("Wants", "preferences"),
    ("Experience", "experience"),
    ("Skills", "skills"),
    ("Strengths", "strengths"),
    ("How things are", "adjustment"),
    ("Education", "education"),
    ("Needs", "support_needs"),
    ("People they know", "personal_contacts"),
)


def shares(episode: Any) -> bool:
    """Whether profile and plan of the episode before may be read with this one."""
    return episode.follows_id is not None and episode.follows_how != MOVED_ALONE


def parts(profile: Any) -> list[tuple[str, str]]:
    return [(label, getattr(profile, name)) for label, name in PARTS] if profile else []


@dataclass(frozen=True)
class GoingOn:
    """A job that is kept with an earlier episode and goes on in this one."""

    title: str
    employer: str
    hours: str
    started: date
    episode_id: str


def jobs_going_on(loaded: Caseload) -> list[GoingOn]:
    """Of a caseload of one, those that have not ended."""
    titles = {row["job_id"]: row for row in loaded.beside["page_jobs"]}
    rows = [row for rows in loaded.going_on.values() for row in rows]
    return [_going_on(row, titles, loaded) for row in rows if not row["ended_on"] or row["ended_on"] > loaded.today]


def _going_on(row: dict[str, Any], titles: dict[str, Any], loaded: Caseload) -> GoingOn:
    job = job_of(row, titles.get(row["job_id"]), loaded.hours_today.get(row["job_id"]))
    weekly = "Not known" if job.hours is None else f"{hours(job.hours)} h a week"
    return GoingOn(job.title, job.employer, weekly, job.from_on, row["episode_id"])

"""Where a person stands, in one tag and a line: getting started, job search, job offer, in work, job ended."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from placewell_web.nhsuk.words import hours, short_day

Row = dict[str, Any]
_PART_ENDS = re.compile(r"[,;.]\s")
NEWS_DAYS = 28  # how long the end of a job is the first thing to know
DETAIL_CHARACTERS = 26  # what the column holds in one line


@dataclass(frozen=True)
class State:
    id: str
    label: str
    colour: str
    detail: str = ""


OUTSIDE = State("comparison", "Comparison group", "grey")
"""Of whom the trial's chance decided that they have no support: not a state of the service."""

DIED = State("died", "Died", "grey")
"""Whose support ended with their death: nothing is due and nobody is asked."""

LABELS = {
    "getting_started": ("Getting started", "grey"),
    "job_search": ("Job search", "blue"),
    "job_offer": ("Job offer", "aqua-green"),
    "in_work": ("In work", "green"),
    "job_ended": ("Job ended", "pink"),
    "closed": ("Closed", "grey"),
}


@dataclass(frozen=True)
class Job:
    """A job as a row shows it."""

    id: str
    title: str
    employer: str
    from_on: date
    worked: bool
    ended_on: date | None
    hours: Any


def job_of(row: Row, title: Row | None, weekly: Any) -> Job:
    names = title or {}
    return Job(
        id=row["job_id"],
        title=names.get("title") or "Job",
        employer=names.get("employer") or "",
        from_on=row["first_day_worked_on"] or row["started_on"],
        worked=row["first_day_worked_on"] is not None,
        ended_on=row["ended_on"],
        hours=weekly,
    )


def state_of(jobs: list[Job], profiles: list[Row], wish: str, today: date, closed: bool = False) -> State:
    """The state that says most: work now, then a job to come, then one that ended lately, then the search."""
    if closed:
        return _state("closed")
    now = [job for job in jobs if job.worked and job.from_on <= today and not (job.ended_on and job.ended_on < today)]
    if now:
        return _state("in_work", _in_work(now))
    to_come = [job for job in jobs if (not job.worked or job.from_on > today) and job.ended_on is None]
    if to_come:
        return _state("job_offer", _offer(min(to_come, key=lambda job: job.from_on), today))
    ended = [job for job in jobs if job.ended_on and (today - job.ended_on).days <= NEWS_DAYS]
    if ended:
        last = max(ended, key=lambda job: job.ended_on or today)
        return _state("job_ended", f"{last.title}, ended {short_day(last.ended_on)}")
    if jobs or any(profile["completed_on"] for profile in profiles):
        return _state("job_search", shortened(wish))
    return _state("getting_started", "Profile begun" if profiles else "No profile yet")


def shortened(text: str) -> str:
    """The first line, or as much of it as fits: whole parts of a list, else whole words and an ellipsis."""
    line = next(iter(text.strip().splitlines()), "").rstrip(".")
    if len(line) <= DETAIL_CHARACTERS:
        return line
    parts = [line[: found.start()] for found in _PART_ENDS.finditer(line) if found.start() <= DETAIL_CHARACTERS]
    if parts:
        return parts[-1]
    words = line[:DETAIL_CHARACTERS].rsplit(" ", 1)[0] if " " in line[:DETAIL_CHARACTERS] else line.split(" ")[0]
    return words if words == line else f"{words} …"


def _state(id: str, detail: str = "") -> State:
    return State(id, *LABELS[id], detail)


def _in_work(jobs: list[Job]) -> str:
    first = min(jobs, key=lambda job: job.from_on)
    known = [job.hours for job in jobs if job.hours is not None]
    what = first.title if len(jobs) == 1 else f"{first.title} and {len(jobs) - 1} more"
    return f"{what}, {hours(sum(known))} h" if len(known) == len(jobs) else f"{what}, hours not known"


def _offer(job: Job, today: date) -> str:
    starts = "Starts" if job.from_on >= today else "Was to start"
    weekly = f", {hours(job.hours)} h" if job.hours is not None else ""
    return f"{starts} {short_day(job.from_on)}{weekly}"

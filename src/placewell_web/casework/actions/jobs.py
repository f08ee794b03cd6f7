"""Jobs, the hours worked in them, and how they end."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction

from placewell.periods import in_words
from placewell_web.accounts.errors import Refused
from placewell_web.audit.actors import Actor
from placewell_web.casework.models import Job, JobHours
from placewell_web.clients.actions.entries import claim, note
from placewell_web.clients.models import Episode
from placewell_web.employers.actions import find_or_add


@dataclass(frozen=True)
class JobFacts:
    """A job as recorded; null where it is not known."""

    title: str
    employer: str
    started_on: date
    first_day_worked_on: date | None = None
    contract_hours: Decimal | None = None
    self_employed: bool | None = None
    competitive: bool | None = None
    contract_type: str = ""
    hourly_wage: Decimal | None = None
    occupation: str = ""
    industry: str = ""
    disclosed: bool | None = None


@transaction.atomic
def record_job(*, by: Actor, at: datetime, episode: Episode, facts: JobFacts) -> Job:
    """Record a job; someone may hold several at once."""
    employer = find_or_add(by=by, at=at, name=facts.employer, lot=episode.lot) if facts.employer else None
    job = Job.unscoped.create(episode=episode, employer=employer, created_at=at, **_fields(facts))
    note(by=by, at=at, verb="record_job", record=job, episode=episode, detail=_coded(facts))
    return job


@transaction.atomic
def correct_job(*, by: Actor, at: datetime, job: Job, version: int, facts: JobFacts) -> Job:
    """Correct or complete what is recorded of a job. Raises EditConflict."""
    before = _coded(_facts_of(job))
    after = _coded(facts)
    claim(job, version, "version", {name: str(value or "") for name, value in _fields(facts).items()})
    employer = find_or_add(by=by, at=at, name=facts.employer, lot=job.episode.lot) if facts.employer else None
    for name, value in _fields(facts).items():
        setattr(job, name, value)
    job.employer = employer
    job.save()
    changed = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    note(by=by, at=at, verb="correct_job", record=job, episode=job.episode, detail=changed)
    return job


@transaction.atomic
def change_hours(*, by: Actor, at: datetime, job: Job, from_on: date, weekly_hours: Decimal | None) -> JobHours:
    """From a day on, other hours: the spell before ends the day before. Spells of one job never overlap."""
    Job.unscoped.select_for_update(of=("self",)).get(pk=job.pk)
    last = JobHours.unscoped.filter(job=job).order_by("-from_on").first()
    _check_hours_day(job, last, from_on)
    if last is not None and last.from_on == from_on:
        last.weekly_hours = weekly_hours
        last.save(update_fields=["weekly_hours"])
        spell = last
    else:
        if last is not None and (last.to_on is None or last.to_on >= from_on):
            last.to_on = from_on - timedelta(days=1)
            last.save(update_fields=["to_on"])
        spell = JobHours.unscoped.create(job=job, from_on=from_on, weekly_hours=weekly_hours, created_at=at)
    detail = {"from_on": from_on.isoformat(), "weekly_hours": str(weekly_hours)}
    note(by=by, at=at, verb="change_hours", record=job, episode=job.episode, detail=detail)
    return spell


@transaction.atomic
def end_job(*, by: Actor, at: datetime, job: Job, version: int, ended_on: date, reason: str, known_on: date) -> Job:
    """Record the last day of a job, why it ended, and the day the service learned of it (002 App. 7 Sv 12)."""
    if ended_on < job.started_on:
        raise Refused(f"The job started on {in_words(job.started_on)}: its last day cannot lie before that.")
    claim(job, version, "version", {"ended_on": ended_on.isoformat(), "end_reason": reason})
    job.ended_on, job.end_reason, job.end_known_on = ended_on, reason, known_on
    job.save()
    JobHours.unscoped.filter(job=job, to_on__isnull=True, from_on__lte=ended_on).update(to_on=ended_on)
    JobHours.unscoped.filter(job=job, from_on__gt=ended_on).delete()
    detail = {"ended_on": ended_on.isoformat(), "reason": reason, "known_on": known_on.isoformat()}
    note(by=by, at=at, verb="end_job", record=job, episode=job.episode, detail=detail)
    return job


def _check_hours_day(job: Job, last: JobHours | None, from_on: date) -> None:
    begins = job.first_day_worked_on or job.started_on
    if from_on < begins:
        raise Refused(f"The job began on {in_words(begins)}: hours cannot change before that.")
    if job.ended_on is not None and from_on > job.ended_on:
        raise Refused(f"The job ended on {in_words(job.ended_on)}: hours cannot change after that.")
    if last is not None and from_on < last.from_on:
        raise Refused(f"Hours changed last on {in_words(last.from_on)}: choose that day or a later one.")


def _fields(facts: JobFacts) -> dict[str, object]:
    return {name: value for name, value in asdict(facts).items() if name != "employer"}


def _facts_of(job: Job) -> JobFacts:
    known = {name: getattr(job, name) for name in JobFacts.__dataclass_fields__ if name != "employer"}
    return JobFacts(employer=job.employer.name if job.employer else "", **known)


def _coded(facts: JobFacts) -> dict[str, str]:
    """What the chain keeps: days, hours and codes; no names, no free text."""
    kept = {name: value for name, value in _fields(facts).items() if name != "title"}
    return {name: "" if value is None else str(value) for name, value in kept.items()}

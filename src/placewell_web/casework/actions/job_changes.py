"""What changes while a job lasts: its hours, its pay, and problems that the service learns of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from placewell.periods import in_words
from placewell_web.accounts.errors import Refused
from placewell_web.audit.actors import Actor
from placewell_web.casework.models import Job, JobHours, JobPay, JobProblem
from placewell_web.clients.actions.entries import note

A_DAY = timedelta(days=1)


@transaction.atomic
def change_hours(*, by: Actor, at: datetime, job: Job, from_on: date, weekly_hours: Decimal | None) -> JobHours:
    """From a day on, other hours, until the next change or the end of the job; of a day already there, put right.

    Spells of one job never overlap: the spell before ends the day before.
    """
    _lock(job)
    _check_inside(job, from_on, "hours cannot change")
    spell = JobHours.unscoped.filter(job=job, from_on=from_on).first()
    if spell is None:
        before = JobHours.unscoped.filter(job=job, from_on__lt=from_on).order_by("-from_on").first()
        after = JobHours.unscoped.filter(job=job, from_on__gt=from_on).order_by("from_on").first()
        if before is not None and (before.to_on is None or before.to_on >= from_on):
            before.to_on = from_on - A_DAY
            before.save(update_fields=["to_on"])
        to_on = after.from_on - A_DAY if after is not None else job.ended_on
        spell = JobHours.unscoped.create(
            job=job, from_on=from_on, to_on=to_on, weekly_hours=weekly_hours, created_at=at
        )
    else:
        spell.weekly_hours = weekly_hours
        spell.save(update_fields=["weekly_hours"])
    detail = {"from_on": from_on.isoformat(), "weekly_hours": str(weekly_hours)}
    note(by=by, at=at, verb="change_hours", record=job, episode=job.episode, detail=detail)
    return spell


@transaction.atomic
def remove_hours(*, by: Actor, at: datetime, job: Job, from_on: date) -> None:
    """Take back a change of hours: the spell before lasts on until the next change or the end of the job."""
    _lock(job)
    spell = JobHours.unscoped.filter(job=job, from_on=from_on).first()
    if spell is None:
        return
    before = JobHours.unscoped.filter(job=job, from_on__lt=from_on).order_by("-from_on").first()
    if before is not None and before.to_on == from_on - A_DAY:
        before.to_on = spell.to_on
        before.save(update_fields=["to_on"])
    spell.delete()
    detail = {"from_on": from_on.isoformat()}
    note(by=by, at=at, verb="remove_hours", record=job, episode=job.episode, detail=detail)


@transaction.atomic
def change_pay(*, by: Actor, at: datetime, job: Job, from_on: date, hourly_wage: Decimal) -> None:
    """From a day on, other pay; of the first day of the job, the pay it began with."""
    _lock(job)
    _check_inside(job, from_on, "pay cannot change")
    if from_on == _begins(job):
        job.hourly_wage = hourly_wage
        job.save(update_fields=["hourly_wage"])
    else:
        paid = {"hourly_wage": hourly_wage}
        made = {**paid, "created_at": at}
        JobPay.unscoped.update_or_create(job=job, from_on=from_on, defaults=paid, create_defaults=made)
    detail = {"from_on": from_on.isoformat(), "hourly_wage": str(hourly_wage)}
    note(by=by, at=at, verb="change_pay", record=job, episode=job.episode, detail=detail)


@transaction.atomic
def remove_pay(*, by: Actor, at: datetime, job: Job, from_on: date) -> None:
    """Take back a change of pay."""
    _lock(job)
    gone, _ = JobPay.unscoped.filter(job=job, from_on=from_on).delete()
    if gone:
        detail = {"from_on": from_on.isoformat()}
        note(by=by, at=at, verb="remove_pay", record=job, episode=job.episode, detail=detail)


@dataclass(frozen=True)
class ProblemFacts:
    """A problem in a job, the day the service learned of it, and what was said of it."""

    known_on: date
    kind: str
    words: str = ""
    form_token: UUID | None = None


@transaction.atomic
def record_problem(*, by: Actor, at: datetime, job: Job, facts: ProblemFacts) -> JobProblem:
    """Record a problem once: whoever learns of one speaks with the person within three days (002 App. 7 Sv 12)."""
    _lock(job)
    if facts.form_token and (already := JobProblem.unscoped.filter(form_token=facts.form_token).first()):
        return already
    if facts.known_on < job.started_on:
        raise Refused(f"The job started on {in_words(job.started_on)}: a problem in it cannot be known before that.")
    problem = JobProblem.unscoped.create(
        episode=job.episode,
        job=job,
        known_on=facts.known_on,
        kind=facts.kind,
        words=facts.words,
        form_token=facts.form_token,
        recorded_by_id=by.id if by.kind == "user" else None,
        created_at=at,
    )
    detail = {"job": str(job.pk), "known_on": facts.known_on.isoformat(), "kind": facts.kind}
    note(by=by, at=at, verb="record_job_problem", record=problem, episode=job.episode, detail=detail)
    return problem


def _lock(job: Job) -> None:
    Job.unscoped.select_for_update(of=("self",)).get(pk=job.pk)


def _begins(job: Job) -> date:
    return job.first_day_worked_on or job.started_on


def _check_inside(job: Job, day: date, what: str) -> None:
    if day < _begins(job):
        raise Refused(f"The job began on {in_words(_begins(job))}: {what} before that.")
    if job.ended_on is not None and day > job.ended_on:
        raise Refused(f"The job ended on {in_words(job.ended_on)}: {what} after that.")

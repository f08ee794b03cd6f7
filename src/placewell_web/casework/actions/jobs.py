"""Jobs: recording one, putting it right, its first day, its end, and help with the next."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from placewell.periods import in_words
from placewell_web.accounts.errors import Refused
from placewell_web.audit.actors import Actor
from placewell_web.casework.models import BenefitsAdvice, Disclosure, Evidence, Job, JobHours, JobPay, JobProblem
from placewell_web.clients.actions.entries import claim, day_of, note
from placewell_web.clients.models import Episode
from placewell_web.employers.actions import change_employer, find_or_add
from placewell_web.employers.models import Employer

NOT_OF_THE_JOB = ("employer", "town", "advised_on", "form_token")
BEFORE_START = "before_start"


@dataclass(frozen=True)
class JobFacts:
    """A job as recorded; null where it is not known. `town` is the employer's, `advised_on` the day of advice."""

    title: str
    employer: str
    started_on: date
    first_day_worked_on: date | None = None
    contract_hours: Decimal | None = None
    self_employed: bool | None = None
    pays_minimum: bool | None = None
    open_to_anyone: bool | None = None
    set_aside: bool | None = None
    contract_type: str = ""
    hourly_wage: Decimal | None = None
    occupation: str = ""
    industry: str = ""
    disclosed: bool | None = None
    town: str = ""
    advised_on: date | None = None
    form_token: UUID | None = None

    @property
    def competitive(self) -> bool | None:
        """Paid at the minimum wage or more, open to anyone, not set aside; self-employed people have no such wage."""
        answers = [
            True if self.self_employed else self.pays_minimum,
            self.open_to_anyone,
            None if self.set_aside is None else not self.set_aside,
        ]
        if False in answers:
            return False
        return None if None in answers else True


@transaction.atomic
def record_job(*, by: Actor, at: datetime, episode: Episode, facts: JobFacts) -> Job:
    """Record a job once: the same form sent again answers with the job it made. Someone may hold several at once."""
    Episode.unscoped.select_for_update(of=("self",)).get(pk=episode.pk)
    if facts.form_token and (already := Job.unscoped.filter(form_token=facts.form_token).first()):
        return already
    employer = _employer(by=by, at=at, episode=episode, facts=facts)
    job = Job.unscoped.create(
        episode=episode,
        employer=employer,
        created_at=at,
        recorded_by_id=by.id if by.kind == "user" else None,
        form_token=facts.form_token,
        competitive=facts.competitive,
        **_fields(facts) | {"industry": facts.industry or _industry_of(employer)},
    )
    note(by=by, at=at, verb="record_job", record=job, episode=episode, detail=_coded(facts))
    _record_advice(by=by, at=at, job=job, advised_on=facts.advised_on)
    return job


@transaction.atomic
def correct_job(*, by: Actor, at: datetime, job: Job, version: int, facts: JobFacts) -> Job:
    """Correct or complete what is recorded of a job. Raises EditConflict.

    Where none of the three questions is answered, the judgement already recorded stands.
    """
    _check_changes(job, facts.first_day_worked_on or facts.started_on)
    before, after = _coded(_facts_of(job)), _coded(facts)
    claim(job, version, "version", {name: str(value or "") for name, value in _fields(facts).items()})
    unasked = facts.pays_minimum is None and facts.open_to_anyone is None and facts.set_aside is None
    for name, value in _fields(facts).items():
        setattr(job, name, value)
    job.competitive = job.competitive if unasked else facts.competitive
    job.employer = _employer(by=by, at=at, episode=job.episode, facts=facts)
    job.industry = facts.industry or _industry_of(job.employer)
    job.save()
    changed = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    note(by=by, at=at, verb="correct_job", record=job, episode=job.episode, detail=changed)
    return job


@transaction.atomic
def record_first_day(*, by: Actor, at: datetime, job: Job, version: int, worked_on: date) -> Job:
    """Record the first day worked, from which milestones count; it may lie after the start of the contract."""
    if worked_on < job.started_on:
        raise Refused(f"The contract starts on {in_words(job.started_on)}: correct that day first.")
    if job.ended_on is not None and worked_on > job.ended_on:
        raise Refused(f"The job ended on {in_words(job.ended_on)}: the first day worked cannot lie after that.")
    _check_changes(job, worked_on)
    claim(job, version, "version", {"first_day_worked_on": worked_on.isoformat()})
    job.first_day_worked_on = worked_on
    job.save()
    note(by=by, at=at, verb="record_first_day", record=job, episode=job.episode, detail={"on": worked_on.isoformat()})
    return job


@transaction.atomic
def end_job(*, by: Actor, at: datetime, job: Job, version: int, ended_on: date, reason: str, known_on: date) -> Job:
    """Record the last day of a job, why it ended, and the day the service learned of it (002 App. 7 Sv 12)."""
    if ended_on < job.started_on:
        raise Refused(f"The job started on {in_words(job.started_on)}: its last day cannot lie before that.")
    if job.first_day_worked_on is not None and ended_on < job.first_day_worked_on:
        raise Refused(f"They first worked on {in_words(job.first_day_worked_on)}: correct that day, or the last one.")
    claim(job, version, "version", {"ended_on": ended_on.isoformat(), "end_reason": reason})
    job.ended_on, job.end_reason, job.end_known_on = ended_on, reason, known_on
    job.save()
    JobHours.unscoped.filter(job=job, to_on__isnull=True, from_on__lte=ended_on).update(to_on=ended_on)
    JobHours.unscoped.filter(job=job, from_on__gt=ended_on).delete()
    JobPay.unscoped.filter(job=job, from_on__gt=ended_on).delete()
    detail = {"ended_on": ended_on.isoformat(), "reason": reason, "known_on": known_on.isoformat()}
    note(by=by, at=at, verb="end_job", record=job, episode=job.episode, detail=detail)
    return job


@transaction.atomic
def record_next_help(*, by: Actor, at: datetime, job: Job, version: int, answer: str, on: date) -> Job:
    """Record that help with another job was offered, and whether the person wants it (002 App. 7 Org 6)."""
    if job.ended_on is None:
        raise Refused("This job has not ended: help with the next is recorded after its end.")
    claim(job, version, "version", {"next_help": answer})
    job.next_help, job.next_help_on = answer, on
    job.save()
    detail = {"answer": answer, "on": on.isoformat()}
    note(by=by, at=at, verb="record_next_help", record=job, episode=job.episode, detail=detail)
    return job


@transaction.atomic
def undo_job(*, by: Actor, at: datetime, job: Job) -> None:
    """Take back a job recorded by mistake: its author, on the same day; documents stay, without the job."""
    check_can_undo(by=by, at=at, job=job)
    episode = job.episode
    note(by=by, at=at, verb="undo_job", record=job, episode=episode, detail=_coded(_facts_of(job)))
    BenefitsAdvice.unscoped.filter(job=job, created_at=job.created_at).delete()
    for model in (BenefitsAdvice, Disclosure, Evidence, JobProblem):
        model.unscoped.filter(job=job).update(job=None)
    JobHours.unscoped.filter(job=job).delete()
    JobPay.unscoped.filter(job=job).delete()
    job.delete()


def check_can_undo(*, by: Actor, at: datetime, job: Job) -> None:
    """Raises Refused where a job cannot be taken back any more."""
    if str(job.recorded_by_id) != by.id or day_of(job.created_at) != day_of(at):
        raise Refused(
            "A job can only be taken back on the day it was recorded, by the person who recorded it.",
            "Change what is wrong with it instead, or record its end.",
        )
    if Evidence.unscoped.filter(job=job, status="verified").exists():
        raise Refused("A document about this job has been verified, so it cannot be taken back. Change it instead.")


def can_undo(*, by: Actor, at: datetime, job: Job) -> bool:
    try:
        check_can_undo(by=by, at=at, job=job)
    except Refused:
        return False
    return True


def before_it_begins(job: Job, begins: date) -> str:
    """The change of hours or pay that would lie before the job begins, and what to do; empty where there is none."""
    changes = [
        (one.from_on, what) for what in ("hours", "pay") for one in getattr(job, what).filter(from_on__lt=begins)
    ]
    if not changes:
        return ""
    on, what = min(changes)
    return f"The {what} changed on {in_words(on)}, before {in_words(begins)}. Take that change of {what} back first."


def _check_changes(job: Job, begins: date) -> None:
    Job.unscoped.select_for_update(of=("self",)).get(pk=job.pk)
    if why := before_it_begins(job, begins):
        raise Refused(why)


def _employer(*, by: Actor, at: datetime, episode: Episode, facts: JobFacts) -> Employer | None:
    """The employer of that name, new if need be; a town or an industry not yet known of it is kept."""
    if not facts.employer:
        return None
    found = find_or_add(by=by, at=at, name=facts.employer, lot=episode.lot)
    told = {"town": facts.town, "industry": facts.industry}
    learned = {name: value for name, value in told.items() if value and not getattr(found, name)}
    return change_employer(by=by, at=at, employer=found, version=found.version, fields=learned) if learned else found


def _industry_of(employer: Employer | None) -> str:
    return employer.industry[:5] if employer else ""


def _record_advice(*, by: Actor, at: datetime, job: Job, advised_on: date | None) -> None:
    if advised_on is None:
        return
    advice = BenefitsAdvice.unscoped.create(
        episode=job.episode,
        job=job,
        on=advised_on,
        about=BEFORE_START,
        recorded_by_id=by.id if by.kind == "user" else None,
        created_at=at,
    )
    detail = {"on": advised_on.isoformat(), "about": BEFORE_START}
    note(by=by, at=at, verb="record_benefits_advice", record=advice, episode=job.episode, detail=detail)


def _fields(facts: JobFacts) -> dict[str, object]:
    return {name: value for name, value in asdict(facts).items() if name not in NOT_OF_THE_JOB}


def _facts_of(job: Job) -> JobFacts:
    known = {name: getattr(job, name) for name in JobFacts.__dataclass_fields__ if name not in NOT_OF_THE_JOB}
    return JobFacts(employer=job.employer.name if job.employer else "", **known)


def _coded(facts: JobFacts) -> dict[str, str]:
    """What the chain keeps: days, hours and codes; no names, no free text."""
    kept = {name: value for name, value in _fields(facts).items() if name != "title"}
    return {name: "" if value is None else str(value) for name, value in kept.items()}

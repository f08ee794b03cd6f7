"""What was covered in a contact and stands for a row of its own: the facts, and adding the rows beside the contact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from placewell_web.audit.actors import Actor
from placewell_web.casework.actions.job_search import (
    ApplicationFacts,
    DisclosureFacts,
    EmployerContactFacts,
    add_application,
    add_disclosure,
    add_employer_contact,
)
from placewell_web.casework.models import (
    Application,
    BenefitsAdvice,
    Disclosure,
    EmployerContact,
    Job,
    JobProblem,
)
from placewell_web.clients.actions.entries import note
from placewell_web.clients.models import Episode

ROWS = (Application, EmployerContact, Disclosure, BenefitsAdvice, JobProblem)
"""The models whose rows are saved together with a contact, and taken back with it."""

COVERED = (
    ("employer_contact", "Employer contact"),
    ("application", "Job application"),
    ("benefits_advice", "Benefits advice"),
    ("disclosure", "Disclosure"),
    ("adjustments", "Adjustments"),
    ("job_problem", "Problem at work"),
    ("proof_received", "Proof received"),
)
"""What else a contact can cover, as the page calls it."""

TOGETHER = ("benefits_advice", "disclosure", "adjustments")
"""What a contact of several people can cover for all of them; the rest, and what each decides, is one person's own."""


@dataclass(frozen=True)
class BenefitsAdviceFacts:
    on: date
    about: str


@dataclass(frozen=True)
class JobProblemFacts:
    """A problem and the day it was learned of; `job`: the id of the job it is in, where somebody chose it."""

    known_on: date
    kind: str
    job: str = ""


@dataclass(frozen=True)
class CoveredFacts:
    """The rows a contact brings with it; None for what was not covered."""

    application: ApplicationFacts | None = None
    employer_contact: EmployerContactFacts | None = None
    disclosure: DisclosureFacts | None = None
    benefits_advice: BenefitsAdviceFacts | None = None
    job_problem: JobProblemFacts | None = None


def add_covered(*, by: Actor, at: datetime, episode: Episode, facts: CoveredFacts) -> None:
    """Every row with its entry, in the caller's transaction."""
    if facts.application:
        add_application(by=by, at=at, episode=episode, facts=facts.application)
    if facts.employer_contact:
        add_employer_contact(by=by, at=at, episode=episode, lot=episode.lot, facts=facts.employer_contact)
    if facts.disclosure:
        add_disclosure(by=by, at=at, episode=episode, facts=facts.disclosure)
    if facts.benefits_advice:
        add_benefits_advice(by=by, at=at, episode=episode, facts=facts.benefits_advice)
    if facts.job_problem:
        add_job_problem(by=by, at=at, episode=episode, facts=facts.job_problem)


def take_back(*, by: Actor, at: datetime, episode: Episode, saved_at: datetime) -> None:
    """Delete what was saved in one go with a contact, each row with its entry."""
    for model in ROWS:
        for row in model.unscoped.filter(episode=episode, created_at=saved_at):
            note(by=by, at=at, verb="undo_contact", record=row, episode=episode)
            row.delete()


def add_benefits_advice(*, by: Actor, at: datetime, episode: Episode, facts: BenefitsAdviceFacts) -> BenefitsAdvice:
    """The row and its entry, in the caller's transaction."""
    row = BenefitsAdvice.unscoped.create(
        episode=episode,
        job=_only_job(episode, facts.on),
        on=facts.on,
        about=facts.about,
        recorded_by_id=by.id,
        created_at=at,
    )
    detail = {"on": facts.on.isoformat(), "about": facts.about}
    note(by=by, at=at, verb="record_benefits_advice", record=row, episode=episode, detail=detail)
    return row


def add_job_problem(*, by: Actor, at: datetime, episode: Episode, facts: JobProblemFacts) -> JobProblem:
    """The row and its entry, in the caller's transaction."""
    row = JobProblem.unscoped.create(
        episode=episode,
        job=_chosen_job(episode, facts.job) or _begun_job(episode, facts.known_on),
        known_on=facts.known_on,
        kind=facts.kind,
        recorded_by_id=by.id,
        created_at=at,
    )
    detail = {"known_on": facts.known_on.isoformat(), "kind": facts.kind}
    note(by=by, at=at, verb="record_job_problem", record=row, episode=episode, detail=detail)
    return row


def _chosen_job(episode: Episode, id: str) -> Job | None:
    return Job.unscoped.filter(episode=episode, pk=id).first() if id else None


def _begun_job(episode: Episode, on: date) -> Job | None:
    """The one job that had begun by the day and not ended before it: no problem is in one that lies ahead."""
    lasting = Q(ended_on__isnull=True) | Q(ended_on__gte=on)
    jobs = list(Job.unscoped.filter(lasting, episode=episode, started_on__lte=on)[:2])
    return jobs[0] if len(jobs) == 1 else None


def _only_job(episode: Episode, on: date) -> Job | None:
    """The job it must be about: the one that had not ended by the day, where there is just one."""
    jobs = list(Job.unscoped.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=on), episode=episode)[:2])
    return jobs[0] if len(jobs) == 1 else None

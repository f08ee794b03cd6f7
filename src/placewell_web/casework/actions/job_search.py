"""Applications, contacts with employers, disclosure and benefits: the job search as rows that figures count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from placewell_web.accounts.models import Lot, User
from placewell_web.audit import actions as audit
from placewell_web.audit.actors import Actor
from placewell_web.casework.actions import drafts
from placewell_web.casework.actions.drafts import NOWHERE, Writing
from placewell_web.casework.models import Application, Disclosure, EmployerContact, Job
from placewell_web.clients.actions.entries import note
from placewell_web.clients.models import Benefit, Episode
from placewell_web.employers.actions import find_or_add
from placewell_web.employers.actions.leads import add_lead
from placewell_web.employers.names import fold


@dataclass(frozen=True)
class ApplicationFacts:
    on: date
    made_by: str
    employer: str = ""
    role_title: str = ""


@dataclass(frozen=True)
class EmployerContactFacts:
    on: date
    employer: str
    purpose: str
    face_to_face: bool = False
    note: str = ""
    lead_title: str = ""
    lead_words: str = ""


class ToldAlready(Exception):
    """The same form was saved before with other words: from another page, or before the connection broke."""

    def __init__(self, contact: EmployerContact) -> None:
        super().__init__("This contact with an employer was saved before with other words.")
        self.contact = contact


@dataclass(frozen=True)
class DisclosureFacts:
    on: date
    decision: str
    to_whom: str = ""
    what: str = ""
    tell_when: str = ""


@transaction.atomic
def record_application(*, by: Actor, at: datetime, episode: Episode, facts: ApplicationFacts) -> Application:
    """Record a job application, made by the person or for them."""
    return add_application(by=by, at=at, episode=episode, facts=facts)


@transaction.atomic
def record_employer_contact(
    *,
    by: Actor,
    at: datetime,
    episodes: Iterable[Episode],
    lot: Lot | None,
    facts: EmployerContactFacts,
    writing: Writing = NOWHERE,
) -> list[EmployerContact]:
    """Record one contact with an employer, once for each person it was for; with nobody, once for none.

    A job that was heard of is shared as a lead, once. The same form sent again answers with what it already made.
    Raises ToldAlready where other words stand in it now.
    """
    User.objects.select_for_update().get(pk=by.id)  # two presses of one button wait for each other
    people: list[Episode | None] = list(episodes) or [None]
    made = _made(by, writing.form_token)
    if not made:
        made = [
            add_employer_contact(
                by=by, at=at, episode=one, lot=one.lot if one else lot, facts=facts, form_token=writing.form_token
            )
            for one in people
        ]
    elif not _are_same(made, people, facts):
        raise ToldAlready(made[0])
    if facts.lead_title:
        lead = {"title": facts.lead_title, "words": facts.lead_words}
        add_lead(by=by, at=at, employer=made[0].employer, fields=lead)
    drafts.discard(by=by, episode=None, writing=writing, saved=facts.note)
    return made


@transaction.atomic
def record_disclosure(
    *, by: Actor, at: datetime, episode: Episode, facts: DisclosureFacts, job: Job | None = None
) -> Disclosure | None:
    """Record what the person decided about telling an employer of a condition; None where the very same stands."""
    Episode.unscoped.select_for_update(of=("self",)).get(pk=episode.pk)
    if Disclosure.unscoped.filter(episode=episode, job=job, **asdict(facts)).exists():
        return None
    return add_disclosure(by=by, at=at, episode=episode, facts=facts, job=job)


@transaction.atomic
def record_benefit(*, by: Actor, at: datetime, episode: Episode, benefit: str, received: bool, on: date) -> Benefit:
    """Record that the person receives a benefit, or no longer does."""
    row = Benefit.unscoped.create(episode=episode, benefit=benefit, received=received, on=on)
    detail = {"benefit": benefit, "received": received, "on": on.isoformat()}
    note(by=by, at=at, verb="record_benefit", record=row, episode=episode, detail=detail)
    return row


def add_application(*, by: Actor, at: datetime, episode: Episode, facts: ApplicationFacts) -> Application:
    """The row and its entry, in the caller's transaction."""
    employer = find_or_add(by=by, at=at, name=facts.employer, lot=episode.lot) if facts.employer else None
    row = Application.unscoped.create(
        episode=episode,
        on=facts.on,
        made_by=facts.made_by,
        employer=employer,
        role_title=facts.role_title,
        created_at=at,
    )
    detail = {"on": facts.on.isoformat(), "made_by": facts.made_by}
    note(by=by, at=at, verb="record_application", record=row, episode=episode, detail=detail)
    return row


def add_employer_contact(
    *,
    by: Actor,
    at: datetime,
    episode: Episode | None,
    lot: Lot | None,
    facts: EmployerContactFacts,
    form_token: UUID | None = None,
) -> EmployerContact:
    """The row and its entry, in the caller's transaction."""
    row = EmployerContact.unscoped.create(
        employer=find_or_add(by=by, at=at, name=facts.employer, lot=lot),
        episode=episode,
        specialist_id=by.id,
        on=facts.on,
        face_to_face=facts.face_to_face,
        purpose=facts.purpose,
        locality=episode.locality if episode else "",
        note=facts.note,
        form_token=form_token,
        created_at=at,
    )
    detail = {"on": facts.on.isoformat(), "purpose": facts.purpose, "face_to_face": facts.face_to_face}
    if episode is not None:
        note(by=by, at=at, verb="record_employer_contact", record=row, episode=episode, detail=detail)
    else:
        audit.record(
            by=by,
            at=at,
            verb="record_employer_contact",
            target_kind="employercontact",
            target_id=row.pk,
            lot=lot.pk if lot else "",
            detail=detail,
        )
    return row


def _made(by: Actor, form_token: UUID | None) -> list[EmployerContact]:
    """What a form made before; one that another user's form carried is not theirs to see."""
    if form_token is None:
        return []
    found = EmployerContact.unscoped.filter(form_token=form_token, specialist_id=by.id)
    return list(found.select_related("employer").order_by("created_at", "id"))


def _are_same(made: list[EmployerContact], people: list[Episode | None], facts: EmployerContactFacts) -> bool:
    first = made[0]
    held = (first.on, fold(first.employer.name), first.purpose, first.face_to_face, first.note)
    said = (facts.on, fold(facts.employer), facts.purpose, facts.face_to_face, facts.note)
    return held == said and {one.episode_id for one in made} == {one.pk if one else None for one in people}


def add_disclosure(
    *, by: Actor, at: datetime, episode: Episode, facts: DisclosureFacts, job: Job | None = None
) -> Disclosure:
    """The row and its entry, in the caller's transaction."""
    row = Disclosure.unscoped.create(
        episode=episode,
        job=job,
        on=facts.on,
        decision=facts.decision,
        to_whom=facts.to_whom,
        what=facts.what,
        tell_when=facts.tell_when,
        recorded_by_id=by.id,
        created_at=at,
    )
    detail = {"on": facts.on.isoformat(), "decision": facts.decision}
    note(by=by, at=at, verb="record_disclosure", record=row, episode=episode, detail=detail)
    return row

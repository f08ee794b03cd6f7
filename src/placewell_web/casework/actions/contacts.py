"""Logging a contact, and what was done in it that stands for a table of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from placewell_web.accounts.errors import Refused
from placewell_web.audit.actors import Actor
from placewell_web.casework.actions import drafts
from placewell_web.casework.actions.job_search import (
    ApplicationFacts,
    DisclosureFacts,
    EmployerContactFacts,
    add_application,
    add_disclosure,
    add_employer_contact,
)
from placewell_web.casework.models import Application, Contact, Disclosure, EmployerContact
from placewell_web.clients.actions.entries import day_of, note
from placewell_web.clients.models import Episode


@dataclass(frozen=True)
class ContactFacts:
    """One contact as logged. `covered`: codes of what else was done; the facts after it are rows of their own."""

    on: date
    kind: str
    attendance: str
    with_whom: str = "client"
    minutes: int | None = None
    place: str = ""
    covered: tuple[str, ...] = ()
    next_on: date | None = None
    note: str = ""
    form_token: UUID | None = None
    application: ApplicationFacts | None = None
    employer_contact: EmployerContactFacts | None = None
    disclosure: DisclosureFacts | None = None


@transaction.atomic
def record_contact(*, by: Actor, at: datetime, episode: Episode, facts: ContactFacts) -> Contact:
    """Log a contact once: the same form sent again answers with the contact it already made."""
    Episode.unscoped.select_for_update(of=("self",)).get(pk=episode.pk)
    if facts.form_token and (already := Contact.unscoped.filter(form_token=facts.form_token).first()):
        return already
    contact = Contact.unscoped.create(
        episode=episode,
        specialist_id=by.id,
        on=facts.on,
        kind=facts.kind,
        with_whom=facts.with_whom,
        attendance=facts.attendance,
        minutes=facts.minutes,
        place=facts.place,
        covered=",".join(facts.covered),
        next_on=facts.next_on,
        note=facts.note,
        form_token=facts.form_token,
        created_at=at,
    )
    detail = {"on": facts.on, "kind": facts.kind, "attendance": facts.attendance, "covered": list(facts.covered)}
    note(by=by, at=at, verb="record_contact", record=contact, episode=episode, detail=_plain(detail))
    _record_what_was_covered(by=by, at=at, episode=episode, facts=facts)
    drafts.discard(episode=episode, author_id=by.id)
    return contact


@transaction.atomic
def undo_contact(*, by: Actor, at: datetime, contact: Contact) -> None:
    """Take back a contact logged by mistake: its author, on the day it was logged, with what was saved in one go."""
    if str(contact.specialist_id) != by.id or day_of(contact.created_at) != day_of(at):
        raise Refused(
            "A contact can only be taken back on the day it was logged, by the person who logged it.",
            "Log another contact that says what is wrong with this one.",
        )
    episode = contact.episode
    detail = {"on": contact.on, "kind": contact.kind, "attendance": contact.attendance, "covered": contact.covered}
    note(by=by, at=at, verb="undo_contact", record=contact, episode=episode, detail=_plain(detail))
    for model in (Application, EmployerContact, Disclosure):
        for row in model.unscoped.filter(episode=episode, created_at=contact.created_at):
            note(by=by, at=at, verb="undo_contact", record=row, episode=episode)
            row.delete()
    contact.delete()


def _record_what_was_covered(*, by: Actor, at: datetime, episode: Episode, facts: ContactFacts) -> None:
    if facts.application:
        add_application(by=by, at=at, episode=episode, facts=facts.application)
    if facts.employer_contact:
        add_employer_contact(by=by, at=at, episode=episode, lot=episode.lot, facts=facts.employer_contact)
    if facts.disclosure:
        add_disclosure(by=by, at=at, episode=episode, facts=facts.disclosure)


def _plain(detail: dict[str, object]) -> dict[str, object]:
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in detail.items()}

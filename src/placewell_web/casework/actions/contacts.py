"""Logging a contact, and what was done in it that stands for a table of its own; taking it back."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from placewell_web.accounts.errors import Refused
from placewell_web.audit.actors import Actor
from placewell_web.casework.actions import drafts
from placewell_web.casework.actions.covered import CoveredFacts, add_covered, take_back
from placewell_web.casework.actions.drafts import NOWHERE, Writing
from placewell_web.casework.models import Contact, GroupSession
from placewell_web.clients.actions.entries import day_of, note
from placewell_web.clients.models import Episode

NOT_YOURS = "This form was made for another contact, so it cannot save this one."


@dataclass(frozen=True)
class ContactFacts:
    """One contact as logged. `covered`: codes of what else was done; `rows`: those that stand for rows of their own."""

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
    rows: CoveredFacts = field(default_factory=CoveredFacts)


class SavedAlready(Exception):
    """The same form was saved before with other words: from another page, or before the connection broke."""

    def __init__(self, contact: Contact) -> None:
        super().__init__("This contact was saved before with other words.")
        self.contact = contact


@transaction.atomic
def record_contact(
    *, by: Actor, at: datetime, episode: Episode, facts: ContactFacts, writing: Writing = NOWHERE
) -> Contact:
    """Log a contact once: the same form sent again answers with the contact it already made.

    Raises SavedAlready where it was saved with other words, and keeps the newer ones as a draft is the caller's part.
    """
    _one_at_a_time(episode)
    already = _saved(by, episode, facts.form_token)
    if already is None:
        already = add_contact(by=by, at=at, episode=episode, facts=facts)
    elif not is_same(already, facts):
        raise SavedAlready(already)
    drafts.discard(by=by, episode=episode, writing=writing, saved=already.note)
    return already


@transaction.atomic
def replace_contact(
    *, by: Actor, at: datetime, episode: Episode, facts: ContactFacts, writing: Writing = NOWHERE
) -> Contact:
    """Take back what the form saved before and save what stands in it now."""
    _one_at_a_time(episode)
    already = _saved(by, episode, facts.form_token)
    if already is not None and not is_same(already, facts):
        undo_contact(by=by, at=at, contact=already)
    return record_contact(by=by, at=at, episode=episode, facts=facts, writing=writing)


def add_contact(
    *, by: Actor, at: datetime, episode: Episode, facts: ContactFacts, session: GroupSession | None = None
) -> Contact:
    """The contact, its entry and the rows it brings, in the caller's transaction."""
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
        session=session,
        created_at=at,
    )
    detail = {"on": facts.on, "kind": facts.kind, "attendance": facts.attendance, "covered": list(facts.covered)}
    note(by=by, at=at, verb="record_contact", record=contact, episode=episode, detail=_plain(detail))
    add_covered(by=by, at=at, episode=episode, facts=facts.rows)
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
    take_back(by=by, at=at, episode=episode, saved_at=contact.created_at)
    contact.delete()
    if contact.session_id and not Contact.unscoped.filter(session_id=contact.session_id).exists():
        GroupSession.unscoped.filter(pk=contact.session_id).delete()


def is_same(contact: Contact, facts: ContactFacts) -> bool:
    """Whether a contact holds just what a form says."""
    held = replace(
        facts,
        on=contact.on,
        kind=contact.kind,
        attendance=contact.attendance,
        with_whom=contact.with_whom,
        minutes=contact.minutes,
        place=contact.place,
        covered=tuple(filter(None, contact.covered.split(","))),
        next_on=contact.next_on,
        note=contact.note,
    )
    return held == facts


def _one_at_a_time(episode: Episode) -> None:
    Episode.unscoped.select_for_update(of=("self",)).get(pk=episode.pk)


def _saved(by: Actor, episode: Episode, form_token: UUID | None) -> Contact | None:
    """The contact a form made. A token someone else's form carried, or one about another person, is refused."""
    found = Contact.unscoped.filter(form_token=form_token).first() if form_token else None
    if found is not None and (found.episode_id != episode.pk or str(found.specialist_id) != by.id):
        raise Refused(NOT_YOURS, "Open the form again from the person's page, and copy your note into it.")
    return found


def _plain(detail: dict[str, object]) -> dict[str, object]:
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in detail.items()}

"""One contact with several people at once: each has their own, bound by a session, saved and taken back together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from placewell_web.accounts.errors import Refused
from placewell_web.audit.actors import Actor
from placewell_web.casework.actions import drafts
from placewell_web.casework.actions.contacts import NOT_YOURS, ContactFacts, SavedAlready, add_contact, is_same
from placewell_web.casework.actions.contacts import undo_contact as undo_one
from placewell_web.casework.actions.drafts import Writing
from placewell_web.casework.models import BenefitsAdvice, Contact, GroupSession
from placewell_web.clients.models import Episode

Each = Sequence[tuple[Episode, ContactFacts]]


@transaction.atomic
def record_several(*, by: Actor, at: datetime, each: Each, form_token: UUID, writing: Writing) -> list[Contact]:
    """Log one contact for each person, once: the same form sent again answers with what it already made.

    Raises SavedAlready where it was saved before for other people or with other words.
    """
    _one_at_a_time(each)
    session = _session(by, form_token)
    if session is None:
        made = _add(by=by, at=at, each=each, form_token=form_token)
    else:
        made = _made(session)
        if not _are_same(made, each):
            raise SavedAlready(made[0])
    saved = "\n".join(contact.note for contact in made)
    drafts.discard(by=by, episode=None, writing=writing, saved=saved)
    return made


@transaction.atomic
def replace_several(*, by: Actor, at: datetime, each: Each, form_token: UUID, writing: Writing) -> list[Contact]:
    """Take back what the form saved before and save what stands in it now."""
    _one_at_a_time(each)
    session = _session(by, form_token)
    if session is not None and not _are_same(_made(session), each):
        undo_several(by=by, at=at, session=session)
    return record_several(by=by, at=at, each=each, form_token=form_token, writing=writing)


@transaction.atomic
def undo_several(*, by: Actor, at: datetime, session: GroupSession) -> int:
    """Take back every contact of a session: its author, on the day it was logged. Answers how many there were."""
    contacts = _made(session)
    for contact in contacts:
        undo_one(by=by, at=at, contact=contact)
    return len(contacts)


def _add(*, by: Actor, at: datetime, each: Each, form_token: UUID) -> list[Contact]:
    _, first = each[0]
    session = GroupSession.unscoped.create(
        specialist_id=by.id, on=first.on, kind=first.kind, form_token=form_token, created_at=at
    )
    return [add_contact(by=by, at=at, episode=episode, facts=facts, session=session) for episode, facts in each]


def _one_at_a_time(each: Each) -> None:
    """Two presses of one button wait for each other, and so do two sessions with people in common."""
    ids = [episode.pk for episode, _ in each]
    list(Episode.unscoped.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk").values_list("pk"))


def _session(by: Actor, form_token: UUID) -> GroupSession | None:
    found = GroupSession.unscoped.filter(form_token=form_token).first()
    if found is not None and str(found.specialist_id) != by.id:
        raise Refused(NOT_YOURS, "Open the form again from your caseload, and copy your notes into it.")
    return found


def _made(session: GroupSession) -> list[Contact]:
    found = Contact.unscoped.filter(session=session).select_related("episode__person")
    return list(found.order_by("episode__person__search_name", "episode_id"))


def _are_same(made: list[Contact], each: Each) -> bool:
    said = {episode.pk: facts for episode, facts in each}
    return said.keys() == {contact.episode_id for contact in made} and all(
        is_same(contact, said[contact.episode_id]) and _is_advice_same(contact, said[contact.episode_id])
        for contact in made
    )


def _is_advice_same(contact: Contact, facts: ContactFacts) -> bool:
    """Whether the advice saved in one go with the contact, if any, was about what the form says."""
    advice = facts.rows.benefits_advice
    if advice is None:
        return True
    saved = BenefitsAdvice.unscoped.filter(episode=contact.episode_id, created_at=contact.created_at)
    return set(saved.values_list("about", flat=True)) == {advice.about}

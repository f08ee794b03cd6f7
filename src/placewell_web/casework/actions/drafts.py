"""A contact begun and not yet saved: kept on the server at once, so that a lost session loses no words."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from placewell_web.audit.actors import Actor
from placewell_web.casework.models import ContactDraft
from placewell_web.clients.actions.entries import note
from placewell_web.clients.models import Episode

MOST_CHARACTERS = 60_000


@transaction.atomic
def keep_draft(*, by: Actor, at: datetime, episode: Episode, fields: Mapping[str, Sequence[str]]) -> ContactDraft:
    """Keep what stands in the form now. The chain names the beginning of a draft, not each of its keystrokes."""
    text = json.dumps({name: list(values) for name, values in sorted(fields.items())}, ensure_ascii=False)
    draft, begun = ContactDraft.unscoped.update_or_create(
        episode=episode,
        author_id=by.id,
        defaults={"fields": text[:MOST_CHARACTERS] if len(text) <= MOST_CHARACTERS else "{}", "saved_at": at},
        create_defaults={"fields": text, "saved_at": at, "created_at": at},
    )
    if begun:
        note(by=by, at=at, verb="begin_contact_draft", record=draft, episode=episode)
    return draft


@transaction.atomic
def discard_draft(*, by: Actor, at: datetime, episode: Episode) -> None:
    """Throw the draft away because its author asked for it."""
    draft = ContactDraft.unscoped.filter(episode=episode, author_id=by.id).first()
    if draft is not None:
        note(by=by, at=at, verb="discard_contact_draft", record=draft, episode=episode)
        draft.delete()


def discard(*, episode: Episode, author_id: str) -> None:
    """The draft has become a contact; the contact's own entry tells of it."""
    ContactDraft.unscoped.filter(episode=episode, author_id=author_id).delete()

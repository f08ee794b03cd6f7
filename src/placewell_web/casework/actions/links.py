"""Giving a personal link to a client or an employer, taking it back, and what its holder does with it."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from placewell_web.audit.actors import Actor
from placewell_web.casework.models import PersonalLink
from placewell_web.casework.queries.links import hash_of
from placewell_web.clients.actions.entries import note
from placewell_web.clients.models import Episode

DAYS = 14  # a link works for, where its purpose says nothing else
SECRET_BYTES = 32


@transaction.atomic
def give_link(
    *,
    by: Actor,
    at: datetime,
    episode: Episode,
    purpose: str,
    given_to: str = "client",
    about: UUID | None = None,
    days: int = DAYS,
) -> tuple[PersonalLink, str]:
    """Make a link and its secret, which is answered here once and kept nowhere.

    `purpose` is a key of `views/links.py: PURPOSES`; `about` the id of what it is for. Links of the same purpose that
    were given before and not answered are taken back: one address works at a time.
    """
    Episode.unscoped.select_for_update(of=("self",)).get(pk=episode.pk)
    earlier = PersonalLink.unscoped.filter(episode=episode, purpose=purpose, about=about, given_to=given_to)
    earlier.filter(answered_at__isnull=True, revoked_at__isnull=True).update(revoked_at=at)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    link = PersonalLink.unscoped.create(
        episode=episode,
        purpose=purpose,
        about=about,
        given_to=given_to,
        token_hash=hash_of(secret),
        made_by_id=by.id if by.kind == "user" else None,
        expires_at=at + timedelta(days=days),
        created_at=at,
    )
    note(by=by, at=at, verb="give_link", record=link, episode=episode, detail={"purpose": purpose, "to": given_to})
    return link, secret


@transaction.atomic
def revoke_link(*, by: Actor, at: datetime, link: PersonalLink) -> None:
    """Take a link back: from now on its address answers that it no longer works."""
    if link.revoked_at is None:
        PersonalLink.unscoped.filter(pk=link.pk, revoked_at__isnull=True).update(revoked_at=at)
        note(by=by, at=at, verb="revoke_link", record=link, episode=link.episode, detail={"purpose": link.purpose})


@transaction.atomic
def mark_opened(*, at: datetime, link: PersonalLink) -> None:
    """Keep the first time the link was opened."""
    if link.opened_at is None and PersonalLink.unscoped.filter(pk=link.pk, opened_at__isnull=True).update(opened_at=at):
        note(by=actor_of(link), at=at, verb="open_link", record=link, episode=link.episode)


def mark_answered(*, at: datetime, link: PersonalLink) -> bool:
    """Close a one-time link, in the caller's transaction; false where it had been answered or taken back already."""
    open_now = PersonalLink.unscoped.filter(pk=link.pk, answered_at__isnull=True, revoked_at__isnull=True)
    if not open_now.update(answered_at=at):
        return False
    note(by=actor_of(link), at=at, verb="answer_link", record=link, episode=link.episode)
    return True


def actor_of(link: PersonalLink) -> Actor:
    """Who acts when the link is used."""
    return Actor.by_link(link.pk, link.given_to)

"""Giving a personal link to a client or an employer, taking it back, and what its holder does with it."""

from __future__ import annotations

import base64
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.crypto import salted_hmac

from placewell_web.audit.actors import Actor
from placewell_web.casework.models import PersonalLink
from placewell_web.casework.permissions import check_lives
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
    outcome: str = "",
    days: int = DAYS,
    token: str = "",
) -> tuple[PersonalLink, str]:
    """Make a link and its secret, which is answered here once and kept nowhere.

    `purpose` is a key of `views/links.py: PURPOSES`; `about` the id of what it is for. Links of the same purpose that
    were given before and not answered are taken back: one address works at a time. A form that is sent twice with the
    same `token` gets the same link twice, because the secret is made from it and the site's own key.
    """
    Episode.unscoped.select_for_update(of=("self",)).get(pk=episode.pk)
    check_lives(episode)
    secret = (
        _secret_from(token, by.id, episode.pk, purpose, about, outcome)
        if token
        else secrets.token_urlsafe(SECRET_BYTES)
    )
    again = PersonalLink.unscoped.filter(token_hash=hash_of(secret)).first() if token else None
    if again is not None:
        return again, secret
    asked = {"purpose": purpose, "about": about, "outcome": outcome, "given_to": given_to}
    earlier = PersonalLink.unscoped.filter(episode=episode, **asked)
    earlier.filter(answered_at__isnull=True, revoked_at__isnull=True).update(revoked_at=at)
    link = PersonalLink.unscoped.create(
        episode=episode,
        **asked,
        token_hash=hash_of(secret),
        made_by_id=by.id if by.kind == "user" else None,
        expires_at=at + timedelta(days=days),
        created_at=at,
    )
    note(by=by, at=at, verb="give_link", record=link, episode=episode, detail={"purpose": purpose, "to": given_to})
    return link, secret


def _secret_from(token: str, *parts: object) -> str:
    """The secret of a form's token: nobody who holds the token, or the database, can work it out."""
    made = salted_hmac("placewell.casework.link", "\n".join([token, *map(str, parts)]), algorithm="sha256").digest()
    return base64.urlsafe_b64encode(made).decode().rstrip("=")


@transaction.atomic
def mark_sent(*, by: Actor, at: datetime, link: PersonalLink, to: str) -> bool:
    """Say that the link goes by email to an address; false where it went already, so that nobody gets it twice."""
    if _locked(link).sent_at is not None:
        return False
    PersonalLink.unscoped.filter(pk=link.pk).update(sent_at=at, sent_to=to)
    note(by=by, at=at, verb="send_link", record=link, episode=link.episode, detail={"purpose": link.purpose})
    return True


@transaction.atomic
def mark_not_sent(*, by: Actor, at: datetime, link: PersonalLink) -> None:
    """The mail server did not take it: the link is taken back, for nobody has its address."""
    PersonalLink.unscoped.filter(pk=link.pk).update(sent_at=None, sent_to="", revoked_at=at)
    note(by=by, at=at, verb="revoke_link", record=link, episode=link.episode, detail={"why": "not sent"})


@transaction.atomic
def revoke_link(*, by: Actor, at: datetime, link: PersonalLink) -> None:
    """Take a link back: from now on its address answers that it no longer works."""
    if _locked(link).revoked_at is None:
        PersonalLink.unscoped.filter(pk=link.pk).update(revoked_at=at)
        note(by=by, at=at, verb="revoke_link", record=link, episode=link.episode, detail={"purpose": link.purpose})


@transaction.atomic
def mark_opened(*, at: datetime, link: PersonalLink) -> None:
    """Keep the first time the link was opened."""
    if link.opened_at is None and _locked(link).opened_at is None:
        PersonalLink.unscoped.filter(pk=link.pk).update(opened_at=at)
        note(by=actor_of(link), at=at, verb="open_link", record=link, episode=link.episode)


def mark_answered(*, at: datetime, link: PersonalLink) -> bool:
    """Close a one-time link, in the caller's transaction; false where it had been answered or taken back already."""
    now = _locked(link)
    if now.answered_at is not None or now.revoked_at is not None or now.expires_at <= at:
        return False
    PersonalLink.unscoped.filter(pk=link.pk).update(answered_at=at)
    note(by=actor_of(link), at=at, verb="answer_link", record=link, episode=link.episode)
    return True


def _locked(link: PersonalLink) -> PersonalLink:
    """The link as it stands now, held until the transaction ends, so that the second of two sees what the first did."""
    found: PersonalLink = PersonalLink.unscoped.select_for_update(of=("self",)).get(pk=link.pk)
    return found


def actor_of(link: PersonalLink) -> Actor:
    """Who acts when the link is used."""
    return Actor.by_link(link.pk, link.given_to)


def link_behind(secret: str, at: datetime) -> PersonalLink | None:
    """The link of that secret while it works: neither expired nor taken back. An answered one is still found."""
    return PersonalLink.behind(hash_of(secret), at)

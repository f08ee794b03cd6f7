"""A referral that is being written: kept on the server, found by its session or by a secret link, gone after a time."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from placewell_web.intake.answers import from_text, to_text
from placewell_web.intake.models import ReferralDraft

DRAFT_DAYS = 28  # ours, not the contract's: what nobody sends is kept no longer than that


@dataclass(frozen=True)
class Draft:
    """A draft as it stands; `reference` is empty until it was sent."""

    id: UUID
    by_whom: str
    answers: Mapping[str, Any]
    reference: str


def begin(*, at: datetime, by_whom: str) -> Draft:
    """Open an empty draft, and forget those too old. Nothing is known of anybody yet, so there is nothing to audit."""
    remove_old(at=at)
    draft = ReferralDraft(by_whom=by_whom, created_at=at, saved_at=at)
    draft.save(force_insert=True)
    return _as_it_stands(draft)


def find_draft(*, draft_id: UUID, at: datetime) -> Draft | None:
    """The draft of a session, unless it is gone or too old."""
    found = ReferralDraft.objects.filter(pk=draft_id, keyed_by=None, saved_at__gte=oldest(at)).first()
    return _as_it_stands(found) if found else None


def find_by_token(*, token: str, at: datetime) -> Draft | None:
    """The draft behind a secret link; only the hash of the secret is kept."""
    found = ReferralDraft.objects.filter(token_hash=_hash(token), keyed_by=None, saved_at__gte=oldest(at)).first()
    return _as_it_stands(found) if found else None


@transaction.atomic
def save_answers(*, at: datetime, draft_id: UUID, answers: Mapping[str, Any], asked: frozenset[str]) -> Draft | None:
    """Keep the answers to the boxes that were asked; one left empty now is forgotten. A sent draft stays as it was."""
    draft = ReferralDraft.objects.select_for_update().filter(pk=draft_id, saved_at__gte=oldest(at)).first()
    if draft is None:
        return None
    if not draft.sent_reference:
        others = {name: value for name, value in from_text(draft.answers).items() if name not in asked}
        draft.answers, draft.saved_at = to_text(others | dict(answers)), at
        draft.save(update_fields=["answers", "saved_at"])
    return _as_it_stands(draft)


@transaction.atomic
def new_link(*, at: datetime, draft_id: UUID) -> str:
    """A new secret for the draft, or nothing if the draft is gone; an earlier link stops working."""
    token = secrets.token_urlsafe(32)
    changed = ReferralDraft.objects.filter(pk=draft_id, saved_at__gte=oldest(at), sent_reference="").update(
        token_hash=_hash(token), saved_at=at
    )
    return token if changed else ""


def remove_old(*, at: datetime) -> int:
    """Forget what nobody sent within the time that drafts are kept, and what was sent that long ago."""
    removed, _ = ReferralDraft.objects.filter(saved_at__lt=oldest(at)).delete()
    return removed


def oldest(at: datetime) -> datetime:
    return at - timedelta(days=DRAFT_DAYS)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _as_it_stands(draft: ReferralDraft) -> Draft:
    return Draft(draft.pk, draft.by_whom, from_text(draft.answers), draft.sent_reference)

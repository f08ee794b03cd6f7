"""A referral is sent: once, whatever happens; it opens a person and an episode, and the referrer is told."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from placewell.specification import Specification
from placewell.specification.referral import Audience
from placewell_web.accounts.models import GpPractice, Lot
from placewell_web.accounts.queries import open_practices
from placewell_web.accounts.viewer import Viewer
from placewell_web.audit.actors import Actor
from placewell_web.clients.actions import NewEpisode, NewPerson, open_episode
from placewell_web.clients.models import Episode
from placewell_web.clients.names import fold
from placewell_web.intake import letters
from placewell_web.intake.actions.duplicates import ask_whether_known
from placewell_web.intake.answers import filled, from_text, source_of, to_text
from placewell_web.intake.models import Referral, ReferralDraft
from placewell_web.intake.permissions import check_is_own_draft
from placewell_web.intake.questions import boxes_for

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # base 32 without I, L, O and U, which are misread
GROUPS, IN_A_GROUP = 4, 3  # twelve signs of five bits: 60 bits


def new_reference() -> str:
    """A reference that nobody can guess and everybody can read aloud: K7Q-2M4-XN9-B3T."""
    signs = [secrets.choice(ALPHABET) for _ in range(GROUPS * IN_A_GROUP)]
    return "-".join("".join(signs[start : start + IN_A_GROUP]) for start in range(0, len(signs), IN_A_GROUP))


@dataclass(frozen=True)
class _Coming:
    """How a referral came: who sent it, by which route, on which day."""

    audience: Audience
    route: str
    on: date
    keyed_by: UUID | None = None


@transaction.atomic
def send(*, by: Actor, at: datetime, specification: Specification, draft_id: UUID) -> str:
    """Send a draft of the public form, and answer its reference: the same one however often it is sent.

    Known or new, eligible or not, the same things are done and the same answer is given (trust.md T2).
    """
    draft = ReferralDraft.objects.select_for_update().get(pk=draft_id, keyed_by=None)
    if draft.sent_reference:
        return draft.sent_reference
    audience: Audience = "self" if draft.by_whom == "self" else "professional"
    coming = _Coming(audience, "web", at.date())
    return _received(by, at, specification, draft, from_text(draft.answers), coming).reference


@transaction.atomic
def key_in(
    *,
    by: Actor,
    at: datetime,
    viewer: Viewer,
    specification: Specification,
    token: UUID,
    audience: Audience,
    answers: Mapping[str, Any],
    route: str,
    received_on: date,
) -> UUID:
    """Keep a referral that came by phone, by email or in person; the form's token makes it one. Answers its episode."""
    draft, _ = ReferralDraft.objects.select_for_update().get_or_create(
        pk=token, defaults={"by_whom": "staff", "keyed_by_id": viewer.user_id, "created_at": at, "saved_at": at}
    )
    check_is_own_draft(draft.keyed_by_id, viewer)
    if draft.sent_reference:
        return Referral.objects.get(pk=draft.sent_reference).episode_id
    coming = _Coming(audience, route, received_on, viewer.user_id)
    return _received(by, at, specification, draft, answers, coming).episode_id


def _received(
    by: Actor,
    at: datetime,
    specification: Specification,
    draft: ReferralDraft,
    answers: Mapping[str, Any],
    coming: _Coming,
) -> Referral:
    episode = _opened(by, at, specification, answers, coming)
    referral = Referral(
        reference=new_reference(),
        episode=episode,
        by_whom="staff" if coming.keyed_by else coming.audience,
        answers=to_text({**answers, "form": coming.audience}),
        specification_version=specification.version,
        received_at=at,
        keyed_by_id=coming.keyed_by,
    )
    referral.save(force_insert=True)
    ask_whether_known(episode)
    draft.sent_reference, draft.answers, draft.saved_at = referral.reference, "{}", at
    draft.save(update_fields=["sent_reference", "answers", "saved_at"])
    if coming.keyed_by is None:
        letter = letters.receipt(specification, coming.audience, answers, referral.reference)
        transaction.on_commit(lambda: letters.post(letter), robust=True)
    return referral


def _only_lot(specification: Specification) -> str:
    """The lot of a service that has but one: its form need not ask for it."""
    lots = specification.service.lots
    return lots[0].code if len(lots) == 1 else ""


def _opened(
    by: Actor, at: datetime, specification: Specification, answers: Mapping[str, Any], coming: _Coming
) -> Episode:
    boxes = boxes_for(specification, coming.audience)
    person = filled(specification, boxes, answers, "people")
    columns = filled(specification, boxes, answers, "episodes")
    practice = _practice(str(columns.pop("gp_practice", "")), coming.on)
    code = columns.pop("lot", "") or _only_lot(specification)
    lot = Lot.objects.filter(code=code).first() or (practice.lot if practice else None)
    columns["source"] = source_of(specification, coming.audience, answers)
    return open_episode(
        by=by,
        at=at,
        person=NewPerson(**person),
        episode=NewEpisode(
            service_id=specification.id,
            referred_on=coming.on,
            route=coming.route,
            lot=lot,
            gp_practice=practice,
            has_long_term_condition={"yes": True, "no": False}.get(str(answers.get("has_condition", ""))),
            **columns,
        ),
    )


def _practice(named: str, on: date) -> GpPractice | None:
    """The practice of that code or name, if the register holds just one such that is open on the day."""
    asked = fold(named)
    if not asked:
        return None
    found = [practice for practice in open_practices(on) if asked in (fold(practice.name), fold(practice.code))]
    return found[0] if len(found) == 1 else None

"""Consent as the person gave it: each statement answered, the signature kept encrypted, and a hash of it all."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from placewell.randomisation.hashing import Value, canon, hexdigest
from placewell.specification import Specification
from placewell.specification.trial import ConsentForm
from placewell_web.accounts.errors import Refused
from placewell_web.audit.actors import Actor
from placewell_web.clients.actions.consents import give_consents
from placewell_web.clients.actions.entries import day_of, note
from placewell_web.clients.documents import CheckedFile, EvidenceStore
from placewell_web.trial.actions.meeting import done, locked
from placewell_web.trial.models import Meeting, SignedConsent, StatementAnswer

if TYPE_CHECKING:
    from placewell_web.accounts.viewer import Viewer


@dataclass(frozen=True)
class ConsentFacts:
    """What was said and signed; `file` is the signed paper or the signature drawn on the screen."""

    agreed: Mapping[str, bool]
    signed_on: str  # paper | screen
    signed_name: str
    file: CheckedFile | None = None


def take_consent(
    *,
    by: Actor,
    at: datetime,
    viewer: Viewer,
    meeting_id: UUID,
    specification: Specification,
    facts: ConsentFacts,
    store: EvidenceStore,
) -> SignedConsent:
    """Keep a signed consent, once a meeting. A file whose record fails is removed again. Source: 002 §11.3-11.4."""
    consent_id = uuid.uuid4()
    name = store.put(consent_id, facts.file.content) if facts.file else ""
    try:
        kept = _keep(by, at, viewer, meeting_id, specification, facts, consent_id, name)
    except BaseException:
        store.forget(name)
        raise
    if kept.pk != consent_id:
        store.forget(name)  # it had been signed already
    return kept


@transaction.atomic
def _keep(
    by: Actor,
    at: datetime,
    viewer: Viewer,
    meeting_id: UUID,
    specification: Specification,
    facts: ConsentFacts,
    consent_id: UUID,
    storage_name: str,
) -> SignedConsent:
    meeting = locked(viewer, meeting_id, "consent", specification, at)
    already = SignedConsent.unscoped.filter(meeting=meeting).first()
    if already is not None:
        return already
    assert specification.trial is not None
    form = specification.trial.consent_form
    _check_answers(form, facts)
    signed = signed_form(by, at, meeting, form, facts, consent_id, storage_name)
    signed.save(force_insert=True)
    StatementAnswer.objects.bulk_create(
        StatementAnswer(consent=signed, statement=statement.id, agreed=facts.agreed[statement.id])
        for statement in form.statements
    )
    give_consents(
        by=by,
        at=at,
        episode=meeting.episode,
        kinds=kinds_given(form, facts.agreed),
        given_on=day_of(at),
        form_version=form.version,
    )
    detail = {"form_version": form.version, "signed_on": facts.signed_on, "hash": signed.hash}
    note(by=by, at=at, verb="sign_trial_consent", record=signed, episode=meeting.episode, detail=detail)
    done(by, at, meeting, "consent", "finish_trial_consent")
    return signed


def _check_answers(form: ConsentForm, facts: ConsentFacts) -> None:
    if set(facts.agreed) != {statement.id for statement in form.statements}:
        raise Refused("Every statement of the consent form must be answered.")
    if not all(facts.agreed[statement.id] for statement in form.statements if statement.needed):
        raise Refused("The person did not agree to everything that taking part needs.", "End the meeting instead.")
    if not facts.signed_name.strip() or (facts.signed_on == "paper" and facts.file is None):
        raise Refused("The consent form has not been signed.")


def kinds_given(form: ConsentForm, agreed: Mapping[str, bool]) -> list[str]:
    """The kinds of consent all of whose statements were agreed to."""
    kinds = dict.fromkeys(statement.consent for statement in form.statements)
    return [kind for kind in kinds if all(agreed[one.id] for one in form.statements if one.consent == kind)]


def signed_form(
    by: Actor,
    at: datetime,
    meeting: Meeting,
    form: ConsentForm,
    facts: ConsentFacts,
    consent_id: UUID,
    storage_name: str,
) -> SignedConsent:
    """The form as signed, not saved yet, with the hash of what was agreed to."""
    sha256 = facts.file.sha256 if facts.file else ""
    body: dict[str, Value] = {
        "id": str(consent_id),
        "participant": meeting.participant.number,
        "form_version": form.version,
        "signed_at": int(at.timestamp() * 1000),
        "signed_on": facts.signed_on,
        "signed_name": facts.signed_name,
        "signature": sha256,
        "statements": {one.id: "yes" if facts.agreed[one.id] else "no" for one in form.statements},
    }
    return SignedConsent(
        id=consent_id,
        meeting=meeting,
        form_version=form.version,
        taken_by_id=uuid.UUID(by.id),
        signed_at=at,
        signed_on=facts.signed_on,
        signed_name=facts.signed_name[:150],
        media_type=facts.file.media_type if facts.file else "",
        sha256=sha256,
        storage_name=storage_name,
        hash=hexdigest("consent", canon(body)),
    )

"""Evidence: kept encrypted when it comes in, decided by someone other than the specialist or the uploader."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from placewell_web.accounts.errors import Refused
from placewell_web.audit.actors import Actor
from placewell_web.casework import permissions
from placewell_web.casework.models import Evidence, Job, PersonalLink
from placewell_web.clients.actions.entries import day_of, note
from placewell_web.clients.documents import CheckedFile, EvidenceStore
from placewell_web.clients.models import Episode

if TYPE_CHECKING:
    from placewell_web.accounts.viewer import Viewer

VERIFIED, REJECTED = "verified", "rejected"


@dataclass(frozen=True)
class ProofFacts:
    """What a document is said to prove."""

    outcome: str
    kind: str
    about_on: date | None
    received_on: date


def upload_evidence(
    *,
    by: Actor,
    at: datetime,
    episode: Episode,
    job: Job | None,
    facts: ProofFacts,
    file: CheckedFile,
    store: EvidenceStore,
    link: PersonalLink | None = None,
) -> Evidence:
    """Keep a checked file, encrypted, with what it is said to prove. A file whose record fails is removed again.

    `link`: the personal link it came by, where nobody of the service uploaded it.
    """
    if job is not None and job.episode_id != episode.pk:
        raise Refused("That job belongs to another episode.")
    evidence_id = uuid.uuid4()
    storage_name = store.put(evidence_id, file.content)
    try:
        return _keep_evidence(by, at, episode, job, facts, file, evidence_id, storage_name, link)
    except BaseException:
        store.forget(storage_name)
        raise


@transaction.atomic
def _keep_evidence(
    by: Actor,
    at: datetime,
    episode: Episode,
    job: Job | None,
    facts: ProofFacts,
    file: CheckedFile,
    evidence_id: uuid.UUID,
    storage_name: str,
    link: PersonalLink | None,
) -> Evidence:
    evidence = Evidence.unscoped.create(
        id=evidence_id,
        episode=episode,
        job=job,
        outcome=facts.outcome,
        kind=facts.kind,
        about_on=facts.about_on,
        received_on=facts.received_on,
        uploaded_by_id=by.id if by.kind == "user" else None,
        link=link,
        file_name=file.name,
        media_type=file.media_type,
        size=len(file.content),
        sha256=file.sha256,
        storage_name=storage_name,
        created_at=at,
    )
    detail = {
        "outcome": facts.outcome,
        "kind": facts.kind,
        "about_on": facts.about_on.isoformat() if facts.about_on else "",
        "sha256": file.sha256,
        "size": len(file.content),
    }
    note(by=by, at=at, verb="upload_evidence", record=evidence, episode=episode, detail=detail)
    return evidence


@transaction.atomic
def decide_evidence(
    *, viewer: Viewer, by: Actor, at: datetime, evidence: Evidence, decision: str, reason: str = "", seen: str = ""
) -> Evidence:
    """Verify or reject. The first day of verification stays, also when it is rejected later (semantics.md §1).

    `seen`: the state that whoever decides had before their eyes; where it has changed meanwhile, they look again.
    """
    evidence = Evidence.unscoped.select_for_update(of=("self",)).select_related("episode").get(pk=evidence.pk)
    permissions.check_can_decide(viewer, evidence)
    if decision == evidence.status:
        raise Refused(f"This proof was {decision} already, by {evidence.decided_by}.")
    if seen and seen != evidence.status:
        why = f": {evidence.decision_reason}" if evidence.decision_reason else "."
        raise Refused(f"{evidence.decided_by} {evidence.status} this proof while you had it open{why}", "Look again.")
    if decision == REJECTED and not reason.strip():
        raise Refused("Say why the proof is rejected, so that the specialist knows what to ask for.")
    before = evidence.status
    evidence.status, evidence.decided_on, evidence.decision_reason = decision, day_of(at), reason[:300]
    evidence.decided_by_id = uuid.UUID(by.id)
    if decision == VERIFIED and evidence.verified_on is None:
        evidence.verified_on = day_of(at)
    evidence.save()
    detail = {"from": before, "to": decision, "outcome": evidence.outcome, "sha256": evidence.sha256}
    note(by=by, at=at, verb=f"{_VERBS[decision]}_evidence", record=evidence, episode=evidence.episode, detail=detail)
    return evidence


_VERBS = {VERIFIED: "verify", REJECTED: "reject"}

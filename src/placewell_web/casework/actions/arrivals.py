"""What comes in by a personal link: proof from a client, a declaration, and what an employer says of a job."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from placewell_web.casework.actions.links import actor_of, mark_answered
from placewell_web.casework.actions.proofs import ProofFacts, upload_evidence
from placewell_web.casework.models import Confirmation, Evidence, Job, PersonalLink
from placewell_web.clients.actions.entries import day_of
from placewell_web.clients.documents import CheckedFile, EvidenceStore


@dataclass(frozen=True)
class Said:
    """What an employer said: `started_on` none where the person never worked there, `left_on` none while they do."""

    started_on: date | None
    weekly_hours: Decimal | None
    left_on: date | None
    name: str
    role: str


def receive_proof(
    *,
    at: datetime,
    link: PersonalLink,
    job: Job,
    kind: str,
    about_on: date,
    files: Sequence[CheckedFile],
    store: EvidenceStore,
) -> bool:
    """Keep what a client sent, each file once, and close the link; false where it had been answered already."""
    different = {file.sha256: file for file in files}
    facts = ProofFacts(link.outcome, kind, about_on, day_of(at))
    with _all_or_nothing(store) as keeping, transaction.atomic():
        if not mark_answered(at=at, link=link):
            return False
        for file in different.values():
            keeping.append(_keep(at, link, job, facts, file, store))
    return True


def receive_confirmation(
    *, at: datetime, link: PersonalLink, job: Job, said: Said, file: CheckedFile, store: EvidenceStore
) -> bool:
    """Keep what an employer said, as facts and as the document of them; false where the link was answered already."""
    worked_on = None if said.started_on is None else said.left_on or day_of(at)
    facts = ProofFacts(link.outcome, "employer_email", worked_on, day_of(at))
    with _all_or_nothing(store) as keeping, transaction.atomic():
        if not mark_answered(at=at, link=link):
            return False
        evidence = _keep(at, link, job, facts, file, store)
        keeping.append(evidence)
        Confirmation.unscoped.create(
            episode=link.episode,
            job=job,
            link=link,
            evidence=evidence,
            on=day_of(at),
            started_on=said.started_on,
            weekly_hours=said.weekly_hours,
            left_on=said.left_on,
            name=said.name,
            role=said.role,
            created_at=at,
        )
    return True


def _keep(
    at: datetime, link: PersonalLink, job: Job, facts: ProofFacts, file: CheckedFile, store: EvidenceStore
) -> Evidence:
    return upload_evidence(
        by=actor_of(link), at=at, episode=link.episode, job=job, facts=facts, file=file, store=store, link=link
    )


@contextmanager
def _all_or_nothing(store: EvidenceStore) -> Iterator[list[Evidence]]:
    """Files of records that were not kept after all are removed."""
    kept: list[Evidence] = []
    try:
        yield kept
    except BaseException:
        for evidence in kept:
            store.forget(evidence.storage_name)
        raise

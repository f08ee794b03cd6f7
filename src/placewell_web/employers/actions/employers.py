"""Adding employers, changing what the service knows of them, and handing one over to a colleague."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from placewell_web.accounts.editing import claim, day_of
from placewell_web.accounts.models import Lot
from placewell_web.audit.actors import Actor
from placewell_web.employers.actions.entries import note
from placewell_web.employers.models import Employer, EmployerStatus
from placewell_web.employers.names import fold

FIELDS = ("name", "town", "industry", "size", "contact_name", "contact_phone", "contact_email", "needs")


def find_or_add(*, by: Actor, at: datetime, name: str, lot: Lot | None) -> Employer:
    """The employer of that name among those the lot's provider knows, else a new one; in the caller's transaction.

    A name under which two records were made one finds the record that is kept.
    """
    known = Q(lot__isnull=True) | (Q(lot__provider_id=lot.provider_id) if lot else Q(pk__in=()))
    found = Employer.unscoped.filter(known, search_name=fold(name)).order_by("merged_into", "created_at", "id").first()
    return kept(found) if found else add_employer(by=by, at=at, lot=lot, fields={"name": name.strip()})


def kept(employer: Employer) -> Employer:
    """The record that holds an employer's rows now: itself, or the one it was made one with, however often."""
    while employer.merged_into is not None:
        employer = employer.merged_into
    return employer


@transaction.atomic
def add_employer(*, by: Actor, at: datetime, lot: Lot | None, fields: Mapping[str, str]) -> Employer:
    """Add an employer of this lot, owned by whoever added it."""
    employer = Employer(
        lot=lot,
        owner_id=by.id if by.kind == "user" else None,
        created_at=at,
        search_name=fold(fields["name"]),
        **{name: fields.get(name, "") for name in FIELDS},
    )
    employer.save(force_insert=True)
    changed = sorted(name for name in FIELDS if fields.get(name))
    note(by=by, at=at, verb="add_employer", record=employer, lot=employer.lot_id, detail={"changed": changed})
    return employer


@transaction.atomic
def change_employer(
    *, by: Actor, at: datetime, employer: Employer, version: int, fields: Mapping[str, str]
) -> Employer:
    """Change what is known of an employer. Raises EditConflict where someone else did so meanwhile."""
    written = {name: fields[name] for name in FIELDS if name in fields}
    claim(employer, version, "version", written)
    changed = sorted(name for name, value in written.items() if getattr(employer, name) != value)
    for name in changed:
        setattr(employer, name, written[name])
    employer.search_name = fold(employer.name)
    employer.save()
    note(by=by, at=at, verb="change_employer", record=employer, lot=employer.lot_id, detail={"changed": changed})
    return employer


@transaction.atomic
def hand_over(*, by: Actor, at: datetime, employer: Employer, owner_id: object) -> None:
    """Make a colleague the one who looks after the employer."""
    locked = Employer.unscoped.select_for_update(of=("self",)).get(pk=employer.pk)
    was = str(locked.owner_id or "")
    if was == str(owner_id):
        return
    Employer.unscoped.filter(pk=employer.pk).update(owner_id=owner_id)
    detail = {"was": was, "is": str(owner_id)}
    note(by=by, at=at, verb="hand_over_employer", record=locked, lot=locked.lot_id, detail=detail)


@transaction.atomic
def set_relationship(*, by: Actor, at: datetime, employer: Employer, relationship: str, words: str = "") -> None:
    """Say where the relationship stands from today on; the history keeps what it was. The same again is nothing new."""
    locked = Employer.unscoped.select_for_update(of=("self",)).get(pk=employer.pk)
    said = locked.statuses.filter(relationship=relationship, words=words, from_on=day_of(at))
    if locked.relationship == relationship and (not words or said.exists()):
        return
    row = EmployerStatus.unscoped.create(
        employer=locked,
        relationship=relationship,
        words=words,
        from_on=day_of(at),
        recorded_by_id=by.id,
        created_at=at,
    )
    Employer.unscoped.filter(pk=locked.pk).update(relationship=relationship)
    detail = {"employer": str(locked.pk), "was": locked.relationship, "is": relationship}
    note(by=by, at=at, verb="set_relationship", record=row, lot=locked.lot_id, detail=detail)

"""Adding employers and changing what the service knows of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from placewell_web.accounts.models import Lot
from placewell_web.audit import actions as audit
from placewell_web.audit.actors import Actor
from placewell_web.employers.models import Employer
from placewell_web.employers.names import fold

FIELDS = ("name", "town", "industry", "contact_name", "contact_phone", "contact_email", "needs")


def find_or_add(*, by: Actor, at: datetime, name: str, lot: Lot | None) -> Employer:
    """The employer of that name among those the lot's provider knows, else a new one; in the caller's transaction."""
    known = Q(lot__isnull=True) | (Q(lot__provider_id=lot.provider_id) if lot else Q(pk__in=()))
    found = Employer.unscoped.filter(known, search_name=fold(name)).order_by("created_at", "id").first()
    return found or add_employer(by=by, at=at, lot=lot, fields={"name": name.strip()})


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
    _note(
        by=by,
        at=at,
        verb="add_employer",
        employer=employer,
        changed=sorted(name for name in FIELDS if fields.get(name)),
    )
    return employer


@transaction.atomic
def change_employer(*, by: Actor, at: datetime, employer: Employer, fields: Mapping[str, str]) -> Employer:
    """Change what is known of an employer."""
    changed = sorted(name for name in FIELDS if name in fields and getattr(employer, name) != fields[name])
    for name in changed:
        setattr(employer, name, fields[name])
    employer.search_name = fold(employer.name)
    employer.save()
    _note(by=by, at=at, verb="change_employer", employer=employer, changed=changed)
    return employer


def _note(*, by: Actor, at: datetime, verb: str, employer: Employer, changed: list[str]) -> None:
    audit.record(
        by=by,
        at=at,
        verb=verb,
        target_kind="employer",
        target_id=employer.pk,
        lot=employer.lot_id or "",
        detail={"changed": changed},
    )

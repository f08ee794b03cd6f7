"""The directory of other services: added, changed, looked through again, and taken out when a service is gone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from placewell_web.accounts.editing import claim, day_of
from placewell_web.accounts.models import Lot
from placewell_web.audit.actors import Actor
from placewell_web.employers.actions.entries import note
from placewell_web.employers.models import OutsideService

FIELDS = ("name", "kind", "help", "phone", "web", "how_to_refer", "who_for", "access", "public", "valid_until")


@transaction.atomic
def add_service(*, by: Actor, at: datetime, kept_for: Lot, fields: Mapping[str, Any]) -> OutsideService:
    """Add a service to the directory of this lot's provider; the same name and kind stands once."""
    Lot.objects.select_for_update().get(pk=kept_for.pk)
    same = OutsideService.unscoped.filter(
        kept_for__provider_id=kept_for.provider_id, name__iexact=fields["name"], kind=fields["kind"]
    )
    if (already := same.first()) is not None:
        return already
    row = OutsideService(kept_for=kept_for, reviewed_on=day_of(at), reviewed_by_id=by.id, created_at=at, **_of(fields))
    row.save(force_insert=True)
    note(by=by, at=at, verb="add_outside_service", record=row, lot=kept_for.pk, detail={"kind": row.kind})
    return row


@transaction.atomic
def change_service(
    *, by: Actor, at: datetime, service: OutsideService, version: int, fields: Mapping[str, Any]
) -> OutsideService:
    """Change an entry, which also says that it was looked through today. Raises EditConflict."""
    written = _of(fields)
    claim(service, version, "version", {name: "" if value is None else str(value) for name, value in written.items()})
    changed = sorted(name for name, value in written.items() if getattr(service, name) != value)
    for name in changed:
        setattr(service, name, written[name])
    service.reviewed_on, service.reviewed_by_id = day_of(at), by.id
    service.save()
    detail = {"changed": changed}
    note(by=by, at=at, verb="change_outside_service", record=service, lot=service.kept_for_id, detail=detail)
    return service


@transaction.atomic
def confirm_service(*, by: Actor, at: datetime, service: OutsideService) -> None:
    """Say that an entry was looked through today and still holds."""
    stored = OutsideService.unscoped.select_for_update(of=("self",)).get(pk=service.pk)
    if stored.reviewed_on == day_of(at):
        return
    stored.reviewed_on, stored.reviewed_by_id = day_of(at), by.id
    stored.save(update_fields=["reviewed_on", "reviewed_by"])
    note(by=by, at=at, verb="review_outside_service", record=stored, lot=service.kept_for_id)


@transaction.atomic
def end_service(*, by: Actor, at: datetime, service: OutsideService) -> None:
    """Nobody is sent there from today on; whoever was keeps their record."""
    last = day_of(at) - timedelta(days=1)
    stored = OutsideService.unscoped.select_for_update(of=("self",)).get(pk=service.pk)
    if stored.valid_until is not None and stored.valid_until <= last:
        return
    stored.valid_until = last
    stored.save(update_fields=["valid_until"])
    note(by=by, at=at, verb="end_outside_service", record=stored, lot=service.kept_for_id)


def _of(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {**{name: fields[name] for name in FIELDS if name in fields}, "only_lot_id": fields.get("only_lot") or None}

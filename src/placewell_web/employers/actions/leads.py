"""Leads: found, shared with the teams of the provider, and closed when nobody need try any more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from placewell_web.accounts.editing import day_of
from placewell_web.accounts.models import Lot
from placewell_web.audit.actors import Actor
from placewell_web.employers.actions.employers import find_or_add
from placewell_web.employers.actions.entries import note
from placewell_web.employers.models import Employer, EmployerLead

CLOSING = ("closed_on", "closed_by", "closed_because")


@transaction.atomic
def share_lead(*, by: Actor, at: datetime, lot: Lot | None, fields: Mapping[str, Any]) -> EmployerLead:
    """Share a lead at the employer of that name, known or new."""
    employer = find_or_add(by=by, at=at, name=fields["employer"], lot=lot)
    return add_lead(by=by, at=at, employer=employer, fields=fields)


@transaction.atomic
def add_lead(*, by: Actor, at: datetime, employer: Employer, fields: Mapping[str, Any]) -> EmployerLead:
    """Share a lead. The same job at the same employer, found by the same person on a day, is one lead."""
    Employer.unscoped.select_for_update(of=("self",)).get(pk=employer.pk)
    found_on = day_of(at)
    same = employer.leads.filter(title__iexact=fields["title"], found_by_id=by.id, found_on=found_on)
    if (already := same.filter(closed_on__isnull=True).first()) is not None:
        return already
    row = EmployerLead.unscoped.create(
        employer=employer,
        title=fields["title"],
        hours=fields.get("hours"),
        until_on=fields.get("until_on"),
        words=fields.get("words", ""),
        found_by_id=by.id,
        found_on=found_on,
        created_at=at,
    )
    detail = {"employer": str(employer.pk), "until_on": row.until_on.isoformat() if row.until_on else ""}
    note(by=by, at=at, verb="add_lead", record=row, lot=employer.lot_id, detail=detail)
    return row


@transaction.atomic
def close_lead(*, by: Actor, at: datetime, lead: EmployerLead, because: str) -> None:
    """Close a lead, once; whoever closes it second changes nothing."""
    stored = EmployerLead.unscoped.select_for_update(of=("self",)).get(pk=lead.pk)
    if stored.closed_on is not None:
        return
    stored.closed_on, stored.closed_by_id, stored.closed_because = day_of(at), by.id, because
    stored.save(update_fields=CLOSING)
    note(by=by, at=at, verb="close_lead", record=stored, lot=lead.employer.lot_id, detail={"because": because})


@transaction.atomic
def open_lead_again(*, by: Actor, at: datetime, lead: EmployerLead) -> None:
    """Open a lead again that was closed by mistake."""
    stored = EmployerLead.unscoped.select_for_update(of=("self",)).get(pk=lead.pk)
    if stored.closed_on is None:
        return
    stored.closed_on, stored.closed_by, stored.closed_because = None, None, ""
    stored.save(update_fields=CLOSING)
    note(by=by, at=at, verb="open_lead_again", record=stored, lot=lead.employer.lot_id)

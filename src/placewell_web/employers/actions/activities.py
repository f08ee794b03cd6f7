"""Service activity not about one person: recorded once, and taken back on the day if it was wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from placewell_web.accounts import service
from placewell_web.accounts.editing import day_of
from placewell_web.accounts.models import Lot
from placewell_web.audit.actors import Actor
from placewell_web.employers import permissions
from placewell_web.employers.actions.employers import find_or_add
from placewell_web.employers.actions.entries import note
from placewell_web.employers.models import Activity


@dataclass(frozen=True)
class ActivityFacts:
    """One activity. `employer` is a name, of an employer the service knows or comes to know; `outside` any other."""

    on: date
    kind: str
    locality: str = ""
    employer: str = ""
    outside: str = ""
    attendees: int | None = None
    hours: Decimal | None = None
    words: str = ""
    form_token: UUID | None = None


@transaction.atomic
def record_activity(*, by: Actor, at: datetime, lot: Lot | None, facts: ActivityFacts) -> Activity:
    """Record an activity once: the same form sent again answers with the one it already made."""
    if facts.form_token and (already := Activity.unscoped.filter(form_token=facts.form_token).first()):
        return already
    employer = find_or_add(by=by, at=at, name=facts.employer, lot=lot) if facts.employer else None
    row = Activity.unscoped.create(
        service_id=service.current().service.id,
        on=facts.on,
        kind=facts.kind,
        locality=facts.locality,
        organisation=employer,
        outside_name=facts.outside,
        attendees=facts.attendees,
        hours=facts.hours,
        words=facts.words,
        specialist_id=by.id,
        lot=lot,
        form_token=facts.form_token,
        created_at=at,
    )
    note(by=by, at=at, verb="record_activity", record=row, lot=row.lot_id, detail=_facts(row))
    return row


@transaction.atomic
def change_attendees(*, by: Actor, at: datetime, activity: Activity, attendees: int) -> None:
    """How many came, counted again."""
    if activity.attendees == attendees:
        return
    detail = {"was": activity.attendees, "is": attendees}
    activity.attendees = attendees
    activity.save(update_fields=["attendees"])
    note(by=by, at=at, verb="count_attendees", record=activity, lot=activity.lot_id, detail=detail)


@transaction.atomic
def undo_activity(*, by: Actor, at: datetime, activity: Activity) -> None:
    """Take back an activity recorded by mistake. The audit keeps that it stood there."""
    permissions.check_can_undo(activity, by.id, day_of(at))
    take_out(by=by, at=at, activity=activity)


@transaction.atomic
def take_out(*, by: Actor, at: datetime, activity: Activity) -> None:
    """Remove an activity whose reason is gone, as the session of a course whose register was taken back."""
    note(by=by, at=at, verb="undo_activity", record=activity, lot=activity.lot_id, detail=_facts(activity))
    activity.delete()


def _facts(row: Activity) -> dict[str, object]:
    return {"on": row.on.isoformat(), "kind": row.kind, "locality": row.locality}

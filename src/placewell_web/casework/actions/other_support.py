"""What else is done for a person and becomes of them: recorded once, and taken back on the day if it was wrong."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from placewell_web.accounts.errors import Refused
from placewell_web.audit.actors import Actor
from placewell_web.casework.models import Destination, OnwardReferral, Record, WorkMethod
from placewell_web.clients.actions.entries import day_of, note
from placewell_web.clients.models import Episode
from placewell_web.employers.models import OutsideService

UNDONE = {OnwardReferral: "undo_onward_referral", WorkMethod: "undo_method", Destination: "undo_destination"}


@transaction.atomic
def record_onward_referral(
    *,
    by: Actor,
    at: datetime,
    episode: Episode,
    to: str,
    kind: str,
    on: date,
    service: OutsideService | None = None,
    service_name: str = "",
) -> OnwardReferral | None:
    """Another service the person was referred on to or told about. Source: 002 §9.8.

    `service`: its entry in the directory, which says its kind; `service_name`: what it is called where it has none.
    """
    if service is not None:
        facts = {"on": on, "to": service.kind, "kind": kind, "service": service}
    else:
        facts = {"on": on, "to": to, "kind": kind} | ({"service_name": service_name} if service_name else {})
    return _once(OnwardReferral, "record_onward_referral", by, at, episode, facts)


@transaction.atomic
def say_what_came(*, by: Actor, at: datetime, record: OnwardReferral, outcome: str, on: date) -> None:
    """What came of sending the person there, as known on a day; the last word stands."""
    stored = OnwardReferral.unscoped.select_for_update(of=("self",)).get(pk=record.pk)
    if (stored.outcome, stored.outcome_on) == (outcome, on):
        return
    detail = {"was": stored.outcome, "is": outcome, "on": on.isoformat()}
    stored.outcome, stored.outcome_on = outcome, on
    stored.save(update_fields=["outcome", "outcome_on"])
    note(by=by, at=at, verb="onward_outcome", record=stored, episode=record.episode, detail=detail)


@transaction.atomic
def record_methods(*, by: Actor, at: datetime, episode: Episode, methods: Iterable[str], on: date) -> list[WorkMethod]:
    """Methods the person uses to manage health and work. Source: 002 §17.9 x."""
    rows = [
        _once(WorkMethod, "record_method", by, at, episode, {"on": on, "method": method})
        for method in dict.fromkeys(methods)
    ]
    return [row for row in rows if row is not None]


@transaction.atomic
def record_destination(
    *, by: Actor, at: datetime, episode: Episode, code: str, on: date, detail: str = ""
) -> Destination | None:
    """A step that is no job: education, work experience, volunteering … Source: 002 §17.9 xvii."""
    facts = {"on": on, "code": code}
    return _once(Destination, "record_destination", by, at, episode, facts, detail=detail)


@transaction.atomic
def undo(*, by: Actor, at: datetime, record: OnwardReferral | WorkMethod | Destination) -> None:
    """Take back what was recorded by mistake: who recorded it, on the same day. The audit keeps that it stood there."""
    if not can_undo(record, by.id, day_of(at)):
        raise Refused(
            "This can only be taken back on the day it was recorded, by the person who recorded it.",
            "Ask a team leader what to do about an older one.",
        )
    codes = {name: getattr(record, name) for name in ("to", "kind", "method", "code") if hasattr(record, name)}
    detail = {"on": record.on.isoformat(), **codes}
    note(by=by, at=at, verb=UNDONE[type(record)], record=record, episode=record.episode, detail=detail)
    record.delete()


def can_undo(record: Any, user_id: object, today: date) -> bool:
    return str(record.recorded_by_id) == str(user_id) and day_of(record.created_at) == today


def _once(model: Any, verb: str, by: Actor, at: datetime, episode: Episode, facts: dict[str, Any], **more: str) -> Any:
    """The row and its entry; nothing where the very same stands there already."""
    Episode.unscoped.select_for_update(of=("self",)).get(pk=episode.pk)
    if model.unscoped.filter(episode=episode, **facts).exists():
        return None
    row: Record = model.unscoped.create(episode=episode, recorded_by_id=by.id, created_at=at, **facts, **more)
    detail = {name: _plain(value) for name, value in facts.items() if name != "service_name"}
    note(by=by, at=at, verb=verb, record=row, episode=episode, detail=detail)
    return row


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(getattr(value, "pk", value))

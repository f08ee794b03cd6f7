"""Checks of work status: what somebody's work was on a day, asked after 12 weeks or when benefits and pay change."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from placewell_web.accounts.errors import Refused
from placewell_web.audit.actors import Actor
from placewell_web.casework.models import EmploymentCheck
from placewell_web.clients.actions.entries import day_of, note
from placewell_web.clients.models import Episode


@dataclass(frozen=True)
class CheckFacts:
    """What was asked and answered; None is not known."""

    on: date
    status: str
    weekly_hours: Decimal | None = None
    on_sick_pay: bool | None = None
    on_benefits: bool | None = None


@transaction.atomic
def record_check(*, by: Actor, at: datetime, episode: Episode, facts: CheckFacts) -> EmploymentCheck | None:
    """Record a check; nothing where the very same stands there already. Source: 004 §8.1; 001 §4."""
    Episode.unscoped.select_for_update(of=("self",)).get(pk=episode.pk)
    if EmploymentCheck.unscoped.filter(episode=episode, **asdict(facts)).exists():
        return None
    check = EmploymentCheck.unscoped.create(episode=episode, recorded_by_id=by.id, created_at=at, **asdict(facts))
    detail = {"on": facts.on.isoformat(), "status": facts.status}
    note(by=by, at=at, verb="record_check", record=check, episode=episode, detail=detail)
    return check


@transaction.atomic
def undo_check(*, by: Actor, at: datetime, check: EmploymentCheck) -> None:
    """Take back a check recorded by mistake: who recorded it, on the same day."""
    if not can_undo_check(check, by.id, day_of(at)):
        raise Refused(
            "A check can only be taken back on the day it was recorded, by the person who recorded it.",
            "Record another check with what is right: of one day the later one counts.",
        )
    detail = {"on": check.on.isoformat(), "status": check.status}
    note(by=by, at=at, verb="undo_check", record=check, episode=check.episode, detail=detail)
    check.delete()


def can_undo_check(check: EmploymentCheck, user_id: object, today: date) -> bool:
    """Whether this user may take the check back today."""
    return str(check.recorded_by_id) == str(user_id) and day_of(check.created_at) == today

"""Booking a meeting."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from placewell_web.audit.actors import Actor
from placewell_web.casework.models import Appointment
from placewell_web.casework.permissions import check_lives
from placewell_web.clients.actions.entries import note
from placewell_web.clients.models import Episode


@transaction.atomic
def book_appointment(
    *, by: Actor, at: datetime, episode: Episode, starts_at: datetime, place: str, purpose: str = ""
) -> Appointment:
    """Book a meeting with the person."""
    check_lives(episode)
    row = Appointment.unscoped.create(
        episode=episode, specialist_id=by.id, starts_at=starts_at, place=place, purpose=purpose, created_at=at
    )
    detail = {"starts_at": starts_at.isoformat()}
    note(by=by, at=at, verb="book_appointment", record=row, episode=episode, detail=detail)
    return row

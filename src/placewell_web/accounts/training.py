"""What courses staff have taken: one written down, one taken back that was wrong; who may randomise hangs on it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from placewell_web.accounts import queries
from placewell_web.accounts.errors import Refused
from placewell_web.accounts.models import Training, User
from placewell_web.accounts.permissions import check_can_record_training
from placewell_web.accounts.viewer import Viewer
from placewell_web.audit.actions import record
from placewell_web.audit.actors import Actor


def record_training(
    *,
    viewer: Viewer,
    user: User,
    course: str,
    completed_on: date,
    expires_on: date | None,
    by: Actor,
    at: datetime,
) -> Training:
    """Write down a course somebody has completed. Source: 002 App. 5, §11.10."""
    check_can_record_training(viewer, user)
    _refuse_not_theirs(viewer, user, at.date())
    if completed_on > at.date():
        raise Refused("A course is written down when it is completed. Enter a day that has come.")
    if expires_on is not None and expires_on <= completed_on:
        raise Refused("The day to take the course again must come after the day it was completed.")
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        if Training.objects.filter(user=user, course=course, completed_on=completed_on).exists():
            raise Refused("This course is written down for that day already.")
        taken = Training.objects.create(
            user=user,
            course=course,
            completed_on=completed_on,
            expires_on=expires_on,
            recorded_by_id=by.id if by.kind == "user" else None,
            recorded_at=at,
        )
        _audit("record_training", taken, by, at)
    return taken


def take_back_training(*, viewer: Viewer, training: Training, by: Actor, at: datetime) -> None:
    """Take out a course that was written down by mistake; the audit keeps what it said."""
    check_can_record_training(viewer, training.user)
    _refuse_not_theirs(viewer, training.user, at.date())
    with transaction.atomic():
        standing = Training.objects.select_for_update().filter(pk=training.pk).first()
        if standing is None:
            raise Refused("This course was taken back meanwhile.")
        _audit("take_back_training", standing, by, at)
        standing.delete()


def _refuse_not_theirs(viewer: Viewer, user: User, day: date) -> None:
    if queries.trained_user_visible_to(viewer, UUID(str(user.pk)), day) is None:
        raise Refused("This person does not work in your teams or lots. Their own leader or administrator does it.")


def _audit(verb: str, training: Training, by: Actor, at: datetime) -> None:
    detail = {
        "user": str(training.user_id),
        "course": training.course,
        "completed_on": training.completed_on.isoformat(),
        "expires_on": training.expires_on.isoformat() if training.expires_on else "",
    }
    record(by=by, at=at, verb=verb, target_kind="training", target_id=training.pk, detail=detail)

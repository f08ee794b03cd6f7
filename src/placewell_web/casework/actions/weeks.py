"""The tick of a leader under a specialist's weekly sheet, and its withdrawal on the day."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from placewell_web.accounts.errors import Refused
from placewell_web.accounts.models import User
from placewell_web.audit import actions as audit
from placewell_web.audit.actors import Actor
from placewell_web.casework.models import WeekReview
from placewell_web.clients.actions.entries import day_of


@transaction.atomic
def review_week(*, by: Actor, at: datetime, specialist: User, monday: date, words: str = "") -> WeekReview:
    """The week was looked at with the specialist; who says so second changes nothing. Source: 002 App. 7 Sv 6."""
    if monday > day_of(at):
        raise Refused("That week has not begun.", "Review it when there is something in it.")
    User.objects.select_for_update().get(pk=specialist.pk)
    if (already := WeekReview.objects.filter(specialist=specialist, monday=monday).first()) is not None:
        return already
    row = WeekReview.objects.create(
        specialist=specialist,
        monday=monday,
        reviewed_on=day_of(at),
        reviewed_by_id=by.id,
        words=words,
        created_at=at,
    )
    _noted(by, at, "review_week", row)
    return row


@transaction.atomic
def undo_review(*, by: Actor, at: datetime, review: WeekReview) -> None:
    """Take back a tick set by mistake, on the day, by whoever set it."""
    if str(review.reviewed_by_id) != by.id or review.reviewed_on != day_of(at):
        raise Refused("A review can only be taken back on its day, by the person who made it.")
    _noted(by, at, "undo_week_review", review)
    review.delete()


def _noted(by: Actor, at: datetime, verb: str, row: WeekReview) -> None:
    audit.record(
        by=by,
        at=at,
        verb=verb,
        target_kind="weekreview",
        target_id=row.pk,
        detail={"specialist": str(row.specialist_id), "monday": row.monday.isoformat()},
    )

"""Cover for a colleague's caseload: arranged by a leader, ended by itself or taken back (002 App. 7 Org 4)."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from placewell.periods import in_words
from placewell_web.accounts.errors import Refused
from placewell_web.accounts.models import Cover, User
from placewell_web.audit import actions as audit
from placewell_web.audit.actors import Actor
from placewell_web.casework import permissions
from placewell_web.clients.actions.entries import day_of
from placewell_web.clients.queries import specialist_loads

if TYPE_CHECKING:
    from placewell_web.accounts.viewer import Viewer


@transaction.atomic
def arrange_cover(
    *,
    viewer: Viewer,
    by: Actor,
    at: datetime,
    token: UUID,
    specialist_id: UUID,
    colleague_id: UUID,
    lots: list[str],
    from_on: date,
    to_on: date,
    reason: str = "",
) -> list[Cover]:
    """A colleague sees and does what the specialist would, from a day to a last day, in each of these lots.

    The form's token makes it one; two people do not cover the same days of one lot, and whoever is away covers nobody.
    """
    both = User.objects.select_for_update().filter(pk__in=(specialist_id, colleague_id))
    list(both.order_by("pk").values_list("pk"))
    if Cover.objects.filter(pk=token).exists():
        return []
    for lot in lots:
        permissions.check_can_lead(viewer, lot)
    here = [lot for lot in lots if colleague_id in {one.user_id for one in specialist_loads(viewer, lot, day_of(at))}]
    if not here or colleague_id == specialist_id:
        raise Refused("Choose a specialist of the same area, other than the one who is away.")
    _check_free(specialist_id, here, from_on, to_on)
    _check_there(specialist_id, colleague_id, from_on, to_on)
    made = [
        Cover(
            pk=token if number == 0 else _next(token, number),
            specialist_id=specialist_id,
            colleague_id=colleague_id,
            lot_id=lot,
            from_on=from_on,
            to_on=to_on,
            reason=reason,
            arranged_by_id=viewer.user_id,
            arranged_at=at,
        )
        for number, lot in enumerate(here)
    ]
    for cover in made:
        cover.save(force_insert=True)
        _note(by, at, cover, "arrange_cover")
    return made


@transaction.atomic
def take_cover_back(*, viewer: Viewer, by: Actor, at: datetime, cover: Cover) -> None:
    """End cover at once; a second press changes nothing."""
    permissions.check_can_lead(viewer, cover.lot_id)
    found = Cover.objects.select_for_update().get(pk=cover.pk)
    if found.taken_back_at is not None:
        return
    found.taken_back_at = at
    found.save(update_fields=["taken_back_at"])
    _note(by, at, found, "take_cover_back")


def _check_free(specialist_id: UUID, lots: list[str], from_on: date, to_on: date) -> None:
    there = Cover.objects.filter(specialist_id=specialist_id, lot__in=lots, taken_back_at=None)
    other = there.filter(from_on__lte=to_on, to_on__gte=from_on).select_related("colleague").first()
    if other is not None:
        raise Refused(
            f"{other.colleague.name} covers already from {in_words(other.from_on)} to {in_words(other.to_on)}.",
            "Take that back first, or choose other days.",
        )


def _check_there(specialist_id: UUID, colleague_id: UUID, from_on: date, to_on: date) -> None:
    """Nobody covers on days on which they are covered themselves, in whatever lot, and nobody who covers goes away."""
    days = Cover.objects.filter(from_on__lte=to_on, to_on__gte=from_on, taken_back_at=None)
    days = days.select_related("specialist", "colleague").order_by("from_on")
    if own := days.filter(specialist_id=colleague_id).first():
        raise Refused(
            f"{own.specialist.name} is away from {in_words(own.from_on)} to {in_words(own.to_on)}: "
            f"{own.colleague.name} covers then.",
            "Choose someone who is there, or other days.",
        )
    if other := days.filter(colleague_id=specialist_id).first():
        raise Refused(
            f"{other.colleague.name} covers for {other.specialist.name} from {in_words(other.from_on)} "
            f"to {in_words(other.to_on)}.",
            f"Take that cover back first, and choose someone else for {other.specialist.name}.",
        )


def _next(token: UUID, number: int) -> UUID:
    return UUID(int=token.int ^ number)


def _note(by: Actor, at: datetime, cover: Cover, verb: str) -> None:
    audit.record(
        by=by,
        at=at,
        verb=verb,
        target_kind="cover",
        target_id=cover.pk,
        lot=cover.lot_id,
        detail={
            "specialist": str(cover.specialist_id),
            "colleague": str(cover.colleague_id),
            "from_on": cover.from_on.isoformat(),
            "to_on": cover.to_on.isoformat(),
        },
    )

"""Supervision is kept and signed: by the supervisor at once, by the specialist with their own sign-in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from placewell_web.accounts.errors import Refused
from placewell_web.accounts.models import User
from placewell_web.audit import actions as audit
from placewell_web.audit.actors import Actor
from placewell_web.casework import permissions
from placewell_web.casework.models import GroupSupervision, Supervision, SupervisionAction
from placewell_web.casework.queries.supervisions import GROUP, INDIVIDUAL
from placewell_web.clients.actions.entries import day_of

if TYPE_CHECKING:
    from placewell_web.accounts.viewer import Viewer


@dataclass(frozen=True)
class Agreed:
    """Something agreed at a supervision."""

    what: str
    who: UUID
    due_on: date | None = None


@transaction.atomic
def keep_supervision(
    *,
    viewer: Viewer,
    by: Actor,
    at: datetime,
    token: UUID,
    specialist_id: UUID,
    lot: str,
    sheet: str,
    notes: str,
    agreed: Sequence[Agreed] = (),
    done: Sequence[UUID] = (),
) -> Supervision:
    """Keep an individual supervision of today, signed by whoever holds it; the sheet stays as it was.

    The form's token makes it one. Source: 002 App. 7 Org 5.
    """
    permissions.check_can_lead(viewer, lot)
    if specialist_id == viewer.user_id:
        raise Refused("Nobody supervises themselves. Another team leader or manager can hold it.")
    list(User.objects.select_for_update().filter(pk=specialist_id).values_list("pk"))
    if already := Supervision.unscoped.filter(form_token=token).first():
        return already
    made = Supervision.unscoped.create(
        specialist_id=specialist_id,
        supervisor_id=viewer.user_id,
        lot_id=lot,
        on=day_of(at),
        kind=INDIVIDUAL,
        sheet=sheet,
        notes=notes,
        signed_at=at,
        form_token=token,
        created_at=at,
    )
    for one in agreed:
        if one.who not in (specialist_id, viewer.user_id):
            raise Refused("An action is for one of the two who meet. Choose one of them.")
        SupervisionAction.unscoped.create(
            supervision=made, what=one.what, who_id=one.who, due_on=one.due_on, created_at=at
        )
    opened = SupervisionAction.scoped.visible_to(viewer).filter(supervision__specialist_id=specialist_id, done_on=None)
    finished = opened.filter(pk__in=done).update(done_on=day_of(at))
    _note(by, at, made, "keep_supervision", {"actions": len(agreed), "done": finished})
    return made


@transaction.atomic
def sign_supervision(*, viewer: Viewer, by: Actor, at: datetime, supervision: Supervision) -> Supervision:
    """The specialist signs what the supervisor kept; a second press changes nothing."""
    if supervision.specialist_id != viewer.user_id:
        raise Refused("Only the specialist it was held with signs it here.")
    found = Supervision.unscoped.select_for_update().get(pk=supervision.pk)
    if found.accepted_at is None:
        found.accepted_at = at
        found.save(update_fields=["accepted_at"])
        _note(by, at, found, "sign_supervision")
    return found


@transaction.atomic
def tick_action(*, viewer: Viewer, by: Actor, at: datetime, action: SupervisionAction) -> None:
    """Done, said by whoever agreed to do it; a second press changes nothing."""
    if action.who_id != viewer.user_id:
        raise Refused(f"{action.who.name} agreed to do this, and says when it is done.")
    found = SupervisionAction.unscoped.select_for_update().get(pk=action.pk)
    if found.done_on is None:
        found.done_on = day_of(at)
        found.save(update_fields=["done_on"])
        _note(by, at, action.supervision, "do_supervision_action", {"action": str(found.pk)})


@transaction.atomic
def hold_group(
    *,
    viewer: Viewer,
    by: Actor,
    at: datetime,
    token: UUID,
    on: date,
    came: Mapping[UUID, str],
    leads: str = "",
    notes: str = "",
) -> GroupSupervision:
    """Keep the group's weekly meeting: one press, a supervision for each who came (specialist to lot)."""
    for lot in sorted(set(came.values())):
        permissions.check_can_lead(viewer, lot)
    if not came:
        raise Refused("Tick who came.")
    list(User.objects.select_for_update().filter(pk=viewer.user_id).values_list("pk"))
    if already := GroupSupervision.unscoped.filter(form_token=token).first():
        return already
    held = GroupSupervision.unscoped.create(
        lot_id=min(came.values()),
        on=on,
        led_by_id=viewer.user_id,
        leads=leads,
        notes=notes,
        form_token=token,
        created_at=at,
    )
    for specialist_id, lot in sorted(came.items()):
        row = Supervision.unscoped.create(
            specialist_id=specialist_id,
            supervisor_id=viewer.user_id,
            lot_id=lot,
            on=on,
            kind=GROUP,
            group=held,
            signed_at=at,
            created_at=at,
        )
        _note(by, at, row, "hold_group_supervision")
    return held


def _note(by: Actor, at: datetime, row: Supervision, verb: str, detail: Mapping[str, object] | None = None) -> None:
    said = {"specialist": str(row.specialist_id), "kind": row.kind, **(detail or {})}
    audit.record(
        by=by, at=at, verb=verb, target_kind="supervision", target_id=row.pk, lot=row.lot_id or "", detail=said
    )

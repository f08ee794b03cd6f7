"""The audit entry of an action on one episode; and what every change of a record needs, under the name it has here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Model

from placewell_web.accounts.editing import claim as claim
from placewell_web.accounts.editing import day_of as day_of
from placewell_web.audit import actions as audit
from placewell_web.audit.actors import Actor
from placewell_web.clients.models import Episode


def note(
    *, by: Actor, at: datetime, verb: str, record: Model, episode: Episode, detail: Mapping[str, Any] | None = None
) -> None:
    """Write the entry of an action on a record of this episode."""
    audit.record(
        by=by,
        at=at,
        verb=verb,
        target_kind=record._meta.model_name or "",
        target_id=record.pk,
        person_id=episode.person_id,
        lot=episode.lot_id or "",
        detail=detail,
    )

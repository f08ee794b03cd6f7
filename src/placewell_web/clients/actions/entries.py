"""The audit entry of an action on one episode, and the version that tells two editors apart."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import F, Model
from django.utils import timezone

from placewell_web.accounts.errors import EditConflict
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


def day_of(at: datetime) -> date:
    """The civil day of a moment."""
    return timezone.localdate(at)


def claim(record: Model, version: int, field: str, written: Mapping[str, str]) -> None:
    """Take the right to change a record that was read at `version`. Raises EditConflict with both versions.

    The row is locked, so the count moves only for the first of two editors; the second sees what the first saved.
    """
    rows = type(record)._base_manager.filter(pk=record.pk)
    if rows.select_for_update().values_list(field, flat=True).get() == version:
        rows.update(**{field: F(field) + 1})
        setattr(record, field, version + 1)
        return
    record.refresh_from_db()
    stored = {name: _shown(getattr(record, name)) for name in written}
    raise EditConflict(str(record._meta.verbose_name).capitalize(), stored, written)


def _shown(value: object) -> str:
    return "" if value is None else str(value)

"""The audit entry of what is done to an employer, an activity or the directory."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Model

from placewell_web.audit import actions as audit
from placewell_web.audit.actors import Actor


def note(
    *, by: Actor, at: datetime, verb: str, record: Model, lot: object = "", detail: Mapping[str, Any] | None = None
) -> None:
    """Write the entry, in the caller's transaction. `detail` holds codes and days, never a name."""
    audit.record(
        by=by,
        at=at,
        verb=verb,
        target_kind=record._meta.model_name or "",
        target_id=record.pk,
        lot=str(lot or ""),
        detail=detail,
    )

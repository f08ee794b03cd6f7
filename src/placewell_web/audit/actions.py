"""The one writer of the audit chain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from placewell_web.audit import chain
from placewell_web.audit.actors import Actor
from placewell_web.audit.models import Entry

HEAD_LOCK = 0x506C6163  # any number of our own; held to the end of the transaction


class OutsideTransaction(RuntimeError):
    """An entry must stand or fall with what it records: call `record` inside `transaction.atomic`."""


def record(
    *,
    by: Actor,
    at: datetime,
    verb: str,
    target_kind: str,
    target_id: object,
    person_id: object = "",
    lot: str = "",
    detail: Mapping[str, Any] | None = None,
    is_view: bool = False,
) -> Entry:
    """Append one entry in the transaction of what it records.

    `detail` says what changed, from what, to what, in ids and codes: what identifies a person stays in their record.
    """
    if not isinstance(by, Actor):
        raise TypeError("An audit entry names an Actor.")
    if not connection.in_atomic_block:
        raise OutsideTransaction(OutsideTransaction.__doc__)
    _lock_head()
    head = Entry.objects.order_by("-sequence").only("sequence", "hash").first()
    entry = Entry(
        sequence=head.sequence + 1 if head else 1,
        at=at,
        actor_kind=by.kind,
        actor_id=by.id,
        actor_name=by.name[:200],
        verb=verb,
        is_view=is_view,
        target_kind=target_kind,
        target_id=str(target_id),
        person_id=str(person_id or ""),
        lot=lot or "",
        detail=chain.canonical(detail) if detail else "",
        previous_hash=head.hash if head else chain.GENESIS,
    )
    entry.hash = chain.link_hash(entry)
    entry.save(force_insert=True)
    return entry


def record_view(
    *,
    by: Actor,
    at: datetime,
    verb: str,
    target_kind: str,
    target_id: object,
    person_id: object = "",
    lot: str = "",
    detail: Mapping[str, Any] | None = None,
) -> Entry:
    """Write down that someone looked at a person, in a short transaction of its own."""
    with transaction.atomic():
        return record(
            by=by,
            at=at,
            verb=verb,
            target_kind=target_kind,
            target_id=target_id,
            person_id=person_id,
            lot=lot,
            detail=detail,
            is_view=True,
        )


def record_list_view(*, by: Actor, at: datetime, verb: str, ids: Iterable[object], lot: str = "") -> Entry:
    """Write down that someone opened a list: one entry, naming the list and every id shown."""
    shown = [str(one) for one in ids]
    return record_view(
        by=by,
        at=at,
        verb=verb,
        target_kind="list",
        target_id=verb,
        lot=lot,
        detail={"shown": shown, "count": len(shown)},
    )


def _lock_head() -> None:
    """One writer at a time: SQLite's BEGIN IMMEDIATE has it already, PostgreSQL takes an advisory lock."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [HEAD_LOCK])

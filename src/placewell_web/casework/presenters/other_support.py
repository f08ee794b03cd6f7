"""What else was done for a person and became of them, in rows: newest first, what can still be taken back marked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from placewell.vocabulary import label
from placewell_web.casework.actions.other_support import can_undo


@dataclass(frozen=True)
class Done:
    id: UUID
    on: date
    title: str
    more: str
    undoable: bool


def rows(kind: str, records: Iterable[Any], user_id: object, today: date) -> list[Done]:
    """The records of one kind (`onward`, `method`, `step`) as the page shows them to a user."""
    return [
        Done(record.pk, record.on, *_WORDS[kind](record), undoable=can_undo(record, user_id, today))
        for record in records
    ]


def _onward(record: Any) -> tuple[str, str]:
    return label("onward_service", record.to), label("onward_kind", record.kind)


def _method(record: Any) -> tuple[str, str]:
    return label("work_method", record.method), ""


def _step(record: Any) -> tuple[str, str]:
    return label("destination", record.code), record.detail


_WORDS = {"onward": _onward, "method": _method, "step": _step}

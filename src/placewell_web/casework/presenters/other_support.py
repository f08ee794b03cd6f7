"""What else was done for a person and became of them, in rows: newest first, what can still be taken back marked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from placewell.vocabulary import label
from placewell_web.casework.actions.other_support import can_undo
from placewell_web.casework.onward_outcomes import OUTCOMES
from placewell_web.nhsuk.words import day


@dataclass(frozen=True)
class Done:
    id: UUID
    on: date
    title: str
    more: str
    undoable: bool
    came: str = ""


def rows(kind: str, records: Iterable[Any], user_id: object, today: date) -> list[Done]:
    """The records of one kind (`onward`, `method`, `step`) as the page shows them to a user."""
    return [
        Done(record.pk, record.on, *_WORDS[kind](record), can_undo(record, user_id, today), came_of(record))
        for record in records
    ]


def title_of(record: Any) -> str:
    """The other service, by its name or else its kind."""
    return _onward(record)[0]


def came_of(record: Any) -> str:
    """What came of sending the person there; nothing for other records, and where nothing is known."""
    outcome = getattr(record, "outcome", "")
    return f"{OUTCOMES.get(outcome, outcome)}, {day(record.outcome_on)}" if outcome else ""


def _onward(record: Any) -> tuple[str, str]:
    kind, how = label("onward_service", record.to), label("onward_kind", record.kind)
    named = record.service.name if record.service else record.service_name
    return (named, f"{kind}. {how}") if named else (kind, how)


def _method(record: Any) -> tuple[str, str]:
    return label("work_method", record.method), ""


def _step(record: Any) -> tuple[str, str]:
    return label("destination", record.code), record.detail


_WORDS = {"onward": _onward, "method": _method, "step": _step}

"""Checks of work status in rows: newest first, what can still be taken back marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from placewell.vocabulary import label
from placewell_web.casework.actions.employment_checks import can_undo_check
from placewell_web.nhsuk.words import hours


@dataclass(frozen=True)
class CheckRow:
    id: str
    on: date
    status: str
    more: str
    undoable: bool


def rows(checks: Iterable[Any], user_id: object, today: date) -> list[CheckRow]:
    """The checks as the page shows them to a user."""
    return [
        CheckRow(
            str(one.pk),
            one.on,
            label("work_status", one.status),
            ", ".join(_more(one)),
            can_undo_check(one, user_id, today),
        )
        for one in checks
    ]


def _more(check: Any) -> Iterator[str]:
    if check.weekly_hours is not None:
        yield f"{hours(check.weekly_hours)} hours a week"
    for known, what in ((check.on_sick_pay, "sick pay"), (check.on_benefits, "out-of-work benefits")):
        if known is not None:
            yield what if known else f"no {what}"

"""Barriers, adjustments and Access to Work in rows: what holds, what became of it, what can still be taken back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from placewell.vocabulary import label
from placewell_web.casework.actions.other_support import can_undo
from placewell_web.casework.presenters.documents import job_words
from placewell_web.nhsuk.words import day


@dataclass(frozen=True)
class Noted:
    """A dated row; `open` says that it can still be moved on."""

    id: UUID
    on: date
    title: str
    more: str
    words: str
    state: str
    open: bool
    undoable: bool


def barriers(records: Iterable[Any], user_id: object, today: date) -> list[Noted]:
    return [_barrier(one, can_undo(one, user_id, today)) for one in records]


def adjustments(records: Iterable[Any], user_id: object, today: date) -> list[Noted]:
    return [_adjustment(one, can_undo(one, user_id, today)) for one in records]


def access_to_work(records: Iterable[Any], user_id: object, today: date) -> list[Noted]:
    return [
        Noted(
            one.pk,
            one.on,
            label("access_to_work_step", one.step),
            job_words(one.job),
            one.words,
            "",
            False,
            can_undo(one, user_id, today),
        )
        for one in records
    ]


def _barrier(one: Any, undoable: bool) -> Noted:
    state = f"Until {day(one.ended_on)}" if one.ended_on else "Stands in the way"
    title = label("work_barrier", one.barrier)
    return Noted(one.pk, one.on, title, "", one.words, state, one.ended_on is None, undoable)


def _adjustment(one: Any, undoable: bool) -> Noted:
    return Noted(
        one.pk,
        one.on,
        label("adjustment_kind", one.kind),
        job_words(one.job),
        one.words,
        adjustment_state(one),
        one.in_place_on is None,
        undoable,
    )


def adjustment_state(one: Any) -> str:
    """What became of it, the latest first."""
    if one.in_place_on:
        return f"In place since {day(one.in_place_on)}"
    if one.refused_on:
        return f"Refused on {day(one.refused_on)}"
    if one.agreed_on:
        return f"Agreed on {day(one.agreed_on)}, not in place yet"
    return "Asked for, no answer yet"


def barriers_in_words(records: Iterable[Any], today: date) -> str:
    """What stands in the way now, in a line."""
    now = [label("work_barrier", one.barrier) for one in records if one.ended_on is None or one.ended_on >= today]
    return "; ".join(now) or "None recorded"


def adjustments_in_words(records: Iterable[Any]) -> str:
    """How many are in place, and how many were asked for and are not."""
    rows = list(records)
    in_place = sum(1 for one in rows if one.in_place_on)
    waiting = sum(1 for one in rows if not one.in_place_on and not one.refused_on)
    said = [f"{in_place} in place"] if in_place else []
    said += [f"{waiting} asked for and not in place"] if waiting else []
    return ", ".join(said) or ("None in place" if rows else "None asked for")


def access_to_work_in_words(last: Any) -> str:
    """The last step with Access to Work."""
    return f"{label('access_to_work_step', last.step)}, {day(last.on)}" if last else "Not considered yet"

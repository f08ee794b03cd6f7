"""What stands in the way of work and what is changed at work: recorded once, moved on, taken back on the day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from placewell_web.accounts.errors import Refused
from placewell_web.audit.actors import Actor
from placewell_web.casework.actions.other_support import can_undo
from placewell_web.casework.models import AccessToWork, Adjustment, Barrier, Job
from placewell_web.clients.actions.entries import day_of, note
from placewell_web.clients.models import Episode

UNDONE = {Barrier: "undo_barrier", Adjustment: "undo_adjustment", AccessToWork: "undo_access_to_work"}
STEPS = {"agreed": "agreed_on", "in_place": "in_place_on", "refused": "refused_on"}
"""What can become of an adjustment that was asked for, and the day that says so."""


@transaction.atomic
def record_barrier(
    *, by: Actor, at: datetime, episode: Episode, barrier: str, on: date, words: str = ""
) -> Barrier | None:
    """Something stands in the way; None where it is recorded and has not ended. Source: 002 App. 7 St 2."""
    _lock(episode)
    if Barrier.unscoped.filter(episode=episode, barrier=barrier, ended_on__isnull=True).exists():
        return None
    row = Barrier.unscoped.create(
        episode=episode, barrier=barrier, on=on, words=words, recorded_by_id=by.id, created_at=at
    )
    _note(by, at, "record_barrier", row, barrier=barrier)
    return row


@transaction.atomic
def end_barrier(*, by: Actor, at: datetime, barrier: Barrier, ended_on: date) -> None:
    """It no longer stands in the way: its last day, said once."""
    barrier = Barrier.unscoped.select_for_update(of=("self",)).get(pk=barrier.pk)
    if barrier.ended_on is None:
        barrier.ended_on = ended_on
        barrier.save(update_fields=["ended_on"])
        _note(by, at, "end_barrier", barrier, barrier=barrier.barrier, ended_on=ended_on.isoformat())


@transaction.atomic
def ask_adjustment(
    *, by: Actor, at: datetime, episode: Episode, kind: str, on: date, job: Job | None = None, words: str = ""
) -> Adjustment | None:
    """The person asks for a change at work; None where the very same was asked for on that day."""
    _lock(episode)
    facts = {"kind": kind, "on": on, "job": job, "words": words}
    if Adjustment.unscoped.filter(episode=episode, **facts).exists():
        return None
    row = Adjustment.unscoped.create(episode=episode, recorded_by_id=by.id, created_at=at, **facts)
    _note(by, at, "ask_adjustment", row, kind=kind)
    return row


@transaction.atomic
def move_adjustment(*, by: Actor, at: datetime, adjustment: Adjustment, step: str, on: date) -> Adjustment:
    """It was agreed, is in place or was refused, from that day; what was said of a step before is put right."""
    row = Adjustment.unscoped.select_for_update(of=("self",)).get(pk=adjustment.pk)
    if on < row.on:
        raise Refused("The day lies before the adjustment was asked for.", "Enter that day or a later one.")
    if getattr(row, STEPS[step]) != on:
        setattr(row, STEPS[step], on)
        if step != "refused":
            row.refused_on = None
        row.save(update_fields=[*STEPS.values()])
        _note(by, at, "move_adjustment", row, kind=row.kind, step=step)
    return row


@transaction.atomic
def record_access_to_work(
    *, by: Actor, at: datetime, episode: Episode, step: str, on: date, job: Job | None = None, words: str = ""
) -> AccessToWork | None:
    """A step with Access to Work; None where the very same stands there. Source: 002 App. 7 Sv 1."""
    _lock(episode)
    facts = {"step": step, "on": on, "job": job}
    if AccessToWork.unscoped.filter(episode=episode, **facts).exists():
        return None
    row = AccessToWork.unscoped.create(episode=episode, words=words, recorded_by_id=by.id, created_at=at, **facts)
    _note(by, at, "record_access_to_work", row, step=step)
    return row


@transaction.atomic
def undo(*, by: Actor, at: datetime, record: Barrier | Adjustment | AccessToWork) -> None:
    """Take back what was recorded by mistake: who recorded it, on the same day. The audit keeps that it stood there."""
    if not can_undo(record, by.id, day_of(at)):
        raise Refused(
            "This can only be taken back on the day it was recorded, by the person who recorded it.",
            "A barrier that is gone is ended; an adjustment that came to nothing is refused.",
        )
    codes = {name: getattr(record, name) for name in ("barrier", "kind", "step") if hasattr(record, name)}
    _note(by, at, UNDONE[type(record)], record, **codes)
    record.delete()


def _lock(episode: Episode) -> None:
    Episode.unscoped.select_for_update(of=("self",)).get(pk=episode.pk)


def _note(by: Actor, at: datetime, verb: str, row: Any, **detail: str) -> None:
    detail = {"on": row.on.isoformat(), **detail}
    note(by=by, at=at, verb=verb, record=row, episode=row.episode, detail=detail)

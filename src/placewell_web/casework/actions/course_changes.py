"""A course or a session put right or cancelled. What a register has recorded stays as it is."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Q, QuerySet

from placewell_web.accounts.errors import Refused
from placewell_web.audit.actors import Actor
from placewell_web.casework.actions.courses import DayTaken, check_stands, note_course, session_on
from placewell_web.casework.models import Course, CourseSession
from placewell_web.clients.actions.entries import day_of


@transaction.atomic
def change_course(*, by: Actor, at: datetime, course: Course, name: str, words: str, locality: str) -> Course:
    """What the course is called, what it is about and where; contacts and activities of its registers keep theirs."""
    locked = _locked(course)
    check_stands(locked)
    facts = {"name": name, "words": words, "locality": locality}
    changed = [field for field, value in facts.items() if getattr(locked, field) != value]
    if changed:
        _set(locked, {field: facts[field] for field in changed})
        note_course(by, at, "change_course", locked, {"changed": changed})
    return locked


@transaction.atomic
def change_session(
    *, by: Actor, at: datetime, session: CourseSession, on: date, hours: Decimal | None, place: str
) -> CourseSession:
    """Another day, other hours or another place; once its register is taken, the place alone."""
    course = _locked(session.course)
    locked = CourseSession.objects.select_for_update(of=("self",)).get(pk=session.pk)
    check_stands(locked)
    facts: dict[str, object] = {"on": on, "hours": hours, "place": place}
    changed = [field for field, value in facts.items() if getattr(locked, field) != value]
    if {"on", "hours"} & set(changed) and locked.register.exists():
        raise Refused("Its register has been taken, so its day and hours stay.", "Take the register back first.")
    taken = session_on(course, on)
    if taken is not None and taken.pk != locked.pk:
        raise DayTaken(taken)
    if changed:
        was = locked.on.isoformat()
        _set(locked, {field: facts[field] for field in changed})
        detail = {"session": str(locked.pk), "was": was, "on": on.isoformat(), "changed": changed}
        note_course(by, at, "change_course_session", course, detail)
    return locked


@transaction.atomic
def cancel_session(*, by: Actor, at: datetime, session: CourseSession, reason: str) -> CourseSession:
    """The session is not held. Cancelled twice it is cancelled once, for the reason that was said first."""
    course = _locked(session.course)
    locked = CourseSession.objects.select_for_update(of=("self",)).get(pk=session.pk)
    if locked.cancelled_on is not None:
        return locked
    if locked.register.exists():
        raise Refused(
            "Its register has been taken, so it was held.", "Take the register back first, on the day it was taken."
        )
    if not reason and had_place(course, locked.on):
        raise Refused("Say why it is cancelled: people have a place on it.")
    _set(locked, {"cancelled_on": day_of(at), "cancel_reason": reason})
    note_course(by, at, "cancel_course_session", course, {"session": str(locked.pk), "on": locked.on.isoformat()})
    return locked


@transaction.atomic
def cancel_course(*, by: Actor, at: datetime, course: Course, reason: str) -> Course:
    """The course ends: sessions from today on without a register are not held. Earlier ones and places stay."""
    locked = _locked(course)
    if locked.cancelled_on is not None:
        return locked
    today = day_of(at)
    if not reason and had_place(locked, today):
        raise Refused("Say why it is cancelled: people have a place on it.")
    ahead = list(to_come(locked, today).select_for_update(of=("self",)))
    for session in ahead:
        _set(session, {"cancelled_on": today, "cancel_reason": reason})
    _set(locked, {"cancelled_on": today, "cancel_reason": reason})
    note_course(by, at, "cancel_course", locked, {"sessions": [one.on.isoformat() for one in ahead]})
    return locked


def to_come(course: Course, today: date) -> QuerySet[CourseSession]:
    """The sessions that cancelling the course cancels."""
    marked = course.sessions.filter(register__isnull=False).values("pk")
    return course.sessions.filter(on__gte=today, cancelled_on__isnull=True).exclude(pk__in=marked)


def had_place(course: Course, on: date) -> bool:
    """Whether anybody has a place on that day."""
    return course.places.filter(Q(left_on__isnull=True) | Q(left_on__gt=on)).exists()


def _locked(course: Course) -> Course:
    return Course.unscoped.select_for_update(of=("self",)).get(pk=course.pk)


def _set(row: Course | CourseSession, facts: dict[str, object]) -> None:
    for field, value in facts.items():
        setattr(row, field, value)
    row.save(update_fields=list(facts))

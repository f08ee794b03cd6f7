"""Courses: planned in sessions, places given, and a register whose lines become contacts and an activity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from placewell_web.accounts.errors import Refused
from placewell_web.accounts.models import Lot
from placewell_web.audit import actions as audit
from placewell_web.audit.actors import Actor
from placewell_web.casework.actions.contacts import ContactFacts, record_contact, undo_contact
from placewell_web.casework.models import Course, CourseAttendance, CoursePlace, CourseSession
from placewell_web.clients.actions.entries import day_of, note
from placewell_web.clients.models import Episode
from placewell_web.employers.actions.activities import ActivityFacts, change_attendees, record_activity, take_out

KIND, PLACE, CAME = "course", "community", "attended"
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class CourseFacts:
    """A course as planned: so many sessions, one a week from the first day on."""

    name: str
    first_on: date
    sessions: int
    hours: Decimal | None = None
    place: str = ""
    words: str = ""
    locality: str = ""
    form_token: UUID | None = None


@transaction.atomic
def add_course(*, by: Actor, at: datetime, lot: Lot, facts: CourseFacts) -> Course:
    """Plan a course, once: the same form sent again answers with the one it already made."""
    if facts.form_token and (already := Course.unscoped.filter(form_token=facts.form_token).first()):
        return already
    course = Course.unscoped.create(
        lot=lot,
        name=facts.name,
        words=facts.words,
        locality=facts.locality,
        led_by_id=by.id,
        form_token=facts.form_token,
        created_at=at,
    )
    days = [facts.first_on + number * WEEK for number in range(facts.sessions)]
    CourseSession.objects.bulk_create(
        CourseSession(course=course, on=on, hours=facts.hours, place=facts.place) for on in days
    )
    note_course(by, at, "add_course", course, {"sessions": [on.isoformat() for on in days]})
    return course


@transaction.atomic
def add_session(
    *, by: Actor, at: datetime, course: Course, on: date, hours: Decimal | None = None, place: str = ""
) -> CourseSession:
    """One more session; a day has one. The same sent again answers with the one it made; another is DayTaken."""
    check_stands(Course.unscoped.select_for_update(of=("self",)).get(pk=course.pk))
    already = session_on(course, on)
    if already is not None and (already.hours, already.place) == (hours, place):
        return already
    if already is not None:
        raise DayTaken(already)
    session = CourseSession.objects.create(course=course, on=on, hours=hours, place=place)
    note_course(by, at, "add_course_session", course, {"on": on.isoformat()})
    return session


class DayTaken(Exception):
    """The course has a session on that day already."""

    def __init__(self, session: CourseSession) -> None:
        super().__init__(f"{session.on} is taken")
        self.session = session


def session_on(course: Course, on: date) -> CourseSession | None:
    """The session of a day; what was cancelled leaves its day free."""
    return course.sessions.filter(on=on, cancelled_on__isnull=True).first()


def check_stands(cancellable: Course | CourseSession) -> None:
    """Refuse where it is cancelled."""
    if cancellable.cancelled_on is not None:
        what = "This course" if isinstance(cancellable, Course) else "This session"
        raise Refused(f"{what} is cancelled.", "Plan another one where it is held after all.")


@transaction.atomic
def change_places(
    *, by: Actor, at: datetime, course: Course, offered: Iterable[Episode], chosen: Iterable[Episode]
) -> tuple[int, int]:
    """Give places to those chosen and end those of the others who were offered; how many each. The rest keep theirs."""
    check_stands(Course.unscoped.select_for_update(of=("self",)).get(pk=course.pk))
    wanted = {one.pk for one in chosen}
    places = {one.episode_id: one for one in course.places.select_for_update()}
    given = ended = 0
    for episode in offered:
        place = places.get(episode.pk)
        holds = place is not None and place.left_on is None
        if episode.pk in wanted and not holds:
            given += 1
            _give(by, at, course, episode, place)
        elif episode.pk not in wanted and place is not None and holds:
            ended += 1
            place.left_on = max(day_of(at), place.from_on)
            place.save(update_fields=["left_on"])
            note(by=by, at=at, verb="end_course_place", record=place, episode=episode)
    return given, ended


def _give(by: Actor, at: datetime, course: Course, episode: Episode, place: CoursePlace | None) -> None:
    if place is None:
        place = CoursePlace(episode=episode, course=course, from_on=day_of(at), created_at=at)
    place.left_on = None
    place.save()
    note(by=by, at=at, verb="give_course_place", record=place, episode=episode, detail={"course": str(course.pk)})


@transaction.atomic
def take_register(
    *, by: Actor, at: datetime, session: CourseSession, marks: Mapping[Episode, str]
) -> list[CourseAttendance]:
    """Mark who came: a group contact of each person, and an activity of the service. A line that stands is kept."""
    locked = CourseSession.objects.select_for_update(of=("self",)).select_related("course__lot").get(pk=session.pk)
    check_stands(locked)
    if locked.on > day_of(at):
        raise Refused("This session is still to come.", "Take the register on its day or after.")
    have = set(locked.register.values_list("episode_id", flat=True))
    lines = [_mark(by, at, locked, one, mark) for one, mark in marks.items() if one.pk not in have]
    if lines:
        _count(by, at, locked)
    return lines


def _mark(by: Actor, at: datetime, session: CourseSession, episode: Episode, attendance: str) -> CourseAttendance:
    minutes = int(session.hours * 60) if session.hours and attendance == CAME else None
    facts = ContactFacts(
        on=session.on,
        kind="group",
        attendance=attendance,
        minutes=minutes,
        place=PLACE,
        note=f"Course: {session.course.name}",
    )
    contact = record_contact(by=by, at=at, episode=episode, facts=facts)
    return CourseAttendance.unscoped.create(episode=episode, session=session, contact=contact, created_at=at)


@transaction.atomic
def undo_register(*, by: Actor, at: datetime, session: CourseSession) -> int:
    """Take back the lines this user wrote today, with their contacts; the activity goes with the last of them."""
    locked = CourseSession.objects.select_for_update(of=("self",)).select_related("course").get(pk=session.pk)
    lines = locked.register.filter(contact__specialist_id=by.id).select_related("contact__episode")
    mine = [one for one in lines if day_of(one.created_at) == day_of(at)]
    if not mine:
        raise Refused("A register can only be taken back on the day it was taken, by the person who took it.")
    for line in mine:
        contact = line.contact
        line.delete()
        undo_contact(by=by, at=at, contact=contact)
    _count(by, at, locked)
    return len(mine)


def _count(by: Actor, at: datetime, session: CourseSession) -> None:
    """The activity says how many came; without any line of the register there is none."""
    came = session.register.filter(contact__attendance=CAME).count()
    activity = session.activity
    if activity is not None and not session.register.exists():
        session.activity = None
        session.save(update_fields=["activity"])
        take_out(by=by, at=at, activity=activity)
    elif activity is not None:
        change_attendees(by=by, at=at, activity=activity, attendees=came)
    elif session.register.exists():
        facts = ActivityFacts(
            on=session.on,
            kind=KIND,
            locality=session.course.locality,
            attendees=came,
            hours=session.hours,
            words=session.course.name,
        )
        session.activity = record_activity(by=by, at=at, lot=session.course.lot, facts=facts)
        session.save(update_fields=["activity"])


def note_course(by: Actor, at: datetime, verb: str, course: Course, detail: dict[str, Any]) -> None:
    audit.record(by=by, at=at, verb=verb, target_kind="course", target_id=course.pk, lot=course.lot_id, detail=detail)

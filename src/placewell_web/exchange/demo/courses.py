"""The demo's courses: one in each lot; its sessions so far are group contacts that people had, and some are to come."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta

from placewell_web.accounts.models import Lot
from placewell_web.casework.models import Contact, Course, CourseAttendance, CoursePlace, CourseSession
from placewell_web.clients.models import Episode
from placewell_web.exchange.demo.places import site_id
from placewell_web.exchange.demo.words import pick

NAMES = ("Staying well at work", "Back to work, step by step", "Talking about health at work")
ABOUT = "Six mornings in a small group: what helps at work, what to say to a manager, and a plan to take away."
BEHIND, AHEAD, PLACES, REACH = 3, 2, 5, timedelta(days=90)


def load_courses(at: datetime) -> None:
    """Courses from the group contacts of the last weeks, so that each line of a register is a contact that is there."""
    since = at.date() - REACH
    groups = Contact.unscoped.filter(kind="group", with_whom="client", on__gte=since, on__lte=at.date())
    rows = groups.select_related("episode").exclude(episode__allocation__arm="control")
    by_lot: dict[str, list[Contact]] = defaultdict(list)
    for one in rows.order_by("on", "pk"):
        if one.episode.lot_id and one.episode.accepted_on:
            by_lot[one.episode.lot_id].append(one)
    for number, lot in enumerate(Lot.objects.filter(code__in=by_lot).order_by("code")):
        _course(lot, NAMES[number % len(NAMES)], by_lot[lot.code], at)


def _course(lot: Lot, name: str, contacts: list[Contact], at: datetime) -> None:
    course = Course.unscoped.create(
        id=site_id("courses", lot.code),
        lot=lot,
        name=name,
        words=ABOUT,
        led_by=contacts[-1].specialist,
        created_at=at,
    )
    place = pick(("Central library", "Community hall", "Health centre"), lot.code)
    behind = sorted({one.on for one in contacts})[-BEHIND:]
    ahead = [at.date() + timedelta(days=4 + 7 * number) for number in range(AHEAD)]
    sessions = {on: CourseSession(course=course, on=on, hours=2, place=place) for on in (*behind, *ahead)}
    CourseSession.objects.bulk_create(sessions.values())
    came: dict[tuple[object, date], Contact] = {(one.episode_id, one.on): one for one in contacts if one.on in behind}
    first = {one.episode_id: one.on for one in reversed(came.values())} | _next_in(lot, contacts[-1].specialist_id, at)
    CoursePlace.unscoped.bulk_create(
        CoursePlace(episode_id=episode, course=course, from_on=on, created_at=at) for episode, on in first.items()
    )
    CourseAttendance.unscoped.bulk_create(
        CourseAttendance(episode_id=episode, session=sessions[on], contact=contact, created_at=at)
        for (episode, on), contact in came.items()
    )


def _next_in(lot: Lot, specialist_id: object, at: datetime) -> dict[object, date]:
    """A few of the leading specialist's people, who begin with the next session."""
    mine = Episode.unscoped.filter(
        lot=lot, specialist_id=specialist_id, closed_on__isnull=True, accepted_on__isnull=False
    )
    helped = mine.exclude(allocation__arm="control").order_by("person__number")
    return {one.pk: at.date() for one in helped[:PLACES]}

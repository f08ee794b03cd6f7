"""Courses of the viewer's lots; who has a place on them by need to know."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet
from django.shortcuts import get_object_or_404

from placewell_web.accounts.viewer import Viewer
from placewell_web.casework.models import Course, CourseSession
from placewell_web.casework.queries import episodes
from placewell_web.clients.models import Episode

MOST_PEOPLE = 300


def courses(viewer: Viewer) -> QuerySet[Course]:
    """The newest first, with the first and last day, the number of sessions and of places: `places_held`."""
    held = Count("places", filter=Q(places__left_on__isnull=True), distinct=True)
    found = Course.scoped.visible_to(viewer).select_related("lot", "led_by")
    return found.annotate(
        first_on=Min("sessions__on"),
        last_on=Max("sessions__on"),
        number=Count("sessions", filter=Q(sessions__cancelled_on__isnull=True), distinct=True),
        places_held=held,
    ).order_by("-last_on", "name")


def one(viewer: Viewer, course_id: object) -> Course:
    return get_object_or_404(courses(viewer), pk=course_id)


def session(viewer: Viewer, session_id: object) -> CourseSession:
    """A session of a course the viewer may see."""
    seen = Course.scoped.visible_to(viewer).values("pk")
    found = CourseSession.objects.filter(course__in=seen).select_related("course__lot", "course__led_by")
    return get_object_or_404(found, pk=session_id)


def sessions_of(course: Course) -> list[Any]:
    """The sessions in order, each with how many lines its register has, how many came, how many have no mark yet."""
    came = Count("register", filter=Q(register__contact__attendance="attended"))
    found = list(course.sessions.annotate(marked=Count("register"), came=came).order_by("on"))
    places = list(course.places.values_list("episode_id", "left_on"))
    lines = set(course.sessions.values_list("pk", "register__episode_id"))
    for row in found:
        due = (episode for episode, left_on in places if left_on is None or left_on > row.on)
        row.not_marked = sum((row.pk, episode) not in lines for episode in due)  # type: ignore[attr-defined]
    return found


def with_places(viewer: Viewer, course: Course, on: date | None = None) -> tuple[list[Episode], int]:
    """Those with a place (on a day) whom the viewer may see, by name; and how many others there are."""
    held = course.places.filter(left_on__isnull=True)
    if on is not None:
        held = course.places.filter(Q(left_on__isnull=True) | Q(left_on__gt=on))
    ids = list(held.values_list("episode_id", flat=True))
    seen = list(episodes.episodes(viewer).filter(pk__in=ids).order_by("person__search_name"))
    return seen, len(ids) - len(seen)


def may_have_places(viewer: Viewer, course: Course) -> list[Episode]:
    """Whom the viewer may give a place: their own caseload, a leader the lot's; and those who have one already."""
    mine = episodes.caseload_of(viewer, viewer.user_id)
    offered = mine if mine.exists() else episodes.supported(viewer).filter(lot=course.lot)
    seen, _ = with_places(viewer, course)
    found = {one.pk: one for one in (*seen, *offered.order_by("person__search_name")[:MOST_PEOPLE])}
    return sorted(found.values(), key=lambda one: one.person.search_name)


def register_of(session: CourseSession) -> dict[object, str]:
    """By episode: what its line of the register says."""
    return dict(session.register.values_list("episode_id", "contact__attendance"))


def marked_by(viewer: Viewer, session: CourseSession, day: date) -> bool:
    """Whether the viewer wrote a line of this register on that day."""
    return session.register.filter(contact__specialist_id=viewer.user_id, created_at__date=day).exists()

"""Courses and sessions put right and cancelled: what was held stays, what was cancelled counts in no register."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from tests.site.casework.factories import TODAY, ago, make_course, make_episode
from tests.site.conftest import NOW, World

from placewell_web.accounts.errors import Refused
from placewell_web.accounts.models import User
from placewell_web.audit.models import Entry
from placewell_web.casework.actions import course_changes as actions
from placewell_web.casework.actions import courses as planning
from placewell_web.casework.models import Contact, Course, CourseAttendance, CoursePlace, CourseSession
from placewell_web.clients.models import Episode
from placewell_web.employers.models import Activity

SignIn = Callable[[User | None], Client]
REASON = "The room is closed."


@pytest.fixture(autouse=True)
def _still(frozen: object) -> None:
    """Friday 14 June 2019."""


@pytest.fixture
def specialist(world: World, client_for: SignIn) -> Client:
    return client_for(world.user("specialist"))


@pytest.fixture
def course(world: World) -> Course:
    """A session yesterday and one in six days, with a place for one person."""
    made = make_course(world)
    CourseSession.objects.create(course=made, on=ago(-6), hours=2, place="Library")
    CoursePlace.unscoped.create(episode=make_episode(world), course=made, from_on=ago(9), created_at=NOW)
    return made


@pytest.fixture
def held(course: Course) -> CourseSession:
    return course.sessions.get(on=ago(1))


@pytest.fixture
def ahead(course: Course) -> CourseSession:
    return course.sessions.get(on=ago(-6))


def boxes(on: date, **more: str) -> dict[str, str]:
    return {"on-day": str(on.day), "on-month": str(on.month), "on-year": str(on.year)} | more


def of(session: CourseSession, page: str) -> str:
    return f"/employers/courses/sessions/{session.pk}/{page}"


def mark(world: World, session: CourseSession) -> None:
    marks = {Episode.unscoped.get(): "attended"}
    planning.take_register(by=world.actor("specialist"), at=NOW, session=session, marks=marks)


def verbs() -> list[str]:
    entries = Entry.objects.filter(is_view=False, target_kind="course").order_by("sequence")
    return list(entries.values_list("verb", flat=True))


def text(answer: Any) -> str:
    return answer.content.decode()


# --- A day that has a session ---


def test_adding_on_a_day_that_has_a_session_keeps_what_was_typed(
    specialist: Client, course: Course, ahead: CourseSession
) -> None:
    sent = boxes(ahead.on, hours="3.5", place="Community centre")
    page = text(specialist.post(f"/employers/courses/{course.pk}/sessions/", sent, follow=True))
    assert "Back to work has a session on 20 June 2019 already (Library)." in page
    assert "Session added." not in page
    assert 'value="3.5"' in page
    assert 'value="Community centre"' in page
    assert (course.sessions.count(), verbs()) == (2, [])


def test_the_same_session_sent_twice_is_added_once(specialist: Client, course: Course) -> None:
    for _ in range(2):
        sent = boxes(ago(-13), hours="2", place="Library")
        assert "Session added." in text(specialist.post(f"/employers/courses/{course.pk}/sessions/", sent, follow=True))
    assert (course.sessions.count(), verbs()) == (3, ["add_course_session"])


def test_the_day_of_a_cancelled_session_is_free_again(world: World, course: Course, ahead: CourseSession) -> None:
    by = {"by": world.actor("specialist"), "at": NOW}
    actions.cancel_session(**by, session=ahead, reason=REASON)
    planning.add_session(**by, course=course, on=ahead.on, place="Town hall")
    assert course.sessions.filter(on=ahead.on).count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        CourseSession.objects.create(course=course, on=ahead.on)


# --- Changed ---


def test_a_course_is_changed(specialist: Client, course: Course) -> None:
    for _ in range(2):
        sent = {"name": "Back into work", "words": "Two hours a week"}
        page = text(specialist.post(f"/employers/courses/{course.pk}/change/", sent, follow=True))
    assert "Back into work" in page
    assert "Two hours a week" in page
    assert verbs() == ["change_course"]
    assert "Two hours" not in str(list(Entry.objects.values_list("detail", flat=True)))


def test_a_session_moves_to_a_free_day_alone(specialist: Client, held: CourseSession, ahead: CourseSession) -> None:
    sent = boxes(held.on, hours="2", place="Library")
    page = text(specialist.post(of(ahead, "change/"), sent))
    assert "has a session on 13 June 2019 already" in page
    assert 'value="Library"' in page
    sent = boxes(ago(-8), hours="1.5", place="Town hall")
    page = text(specialist.post(of(ahead, "change/"), sent, follow=True))
    assert "The session is changed." in page
    assert "Town hall" in page
    ahead.refresh_from_db()
    assert (ahead.on, float(ahead.hours or 0)) == (ago(-8), 1.5)
    assert verbs() == ["change_course_session"]


def test_a_session_whose_register_is_taken_keeps_its_day_and_hours(
    world: World, specialist: Client, held: CourseSession
) -> None:
    mark(world, held)
    page = text(specialist.get(of(held, "change/")))
    assert "its day and hours stay" in page
    assert 'name="on-day"' not in page
    specialist.post(of(held, "change/"), boxes(ago(-2), hours="9", place="Town hall"))
    held.refresh_from_db()
    assert (held.on, float(held.hours or 0), held.place) == (ago(1), 2, "Town hall")
    with pytest.raises(Refused, match="day and hours stay"):
        actions.change_session(
            by=world.actor("specialist"), at=NOW, session=held, on=ago(-2), hours=held.hours, place=held.place
        )


@pytest.mark.parametrize(
    ("page", "sent", "said"),
    [
        ("change/", {"on-day": "31", "on-month": "5", "on-year": "2030"}, "Date must be on or before"),
        ("change/", {}, "Enter the date of the session."),
        ("cancel/", {"reason": ""}, "Say why: people have a place, and may ask."),
        ("cancel/", {"reason": "x" * 301}, "300 characters or fewer"),
    ],
)
def test_what_is_wrong_is_said(
    specialist: Client, ahead: CourseSession, page: str, sent: dict[str, str], said: str
) -> None:
    assert said in text(specialist.post(of(ahead, page), sent))
    assert verbs() == []


# --- Cancelled ---


def test_a_cancelled_session_is_shown_as_such_and_has_no_register(
    world: World, specialist: Client, course: Course, ahead: CourseSession
) -> None:
    for reason in (REASON, "Another reason"):
        page = text(specialist.post(of(ahead, "cancel/"), {"reason": reason}, follow=True))
    assert "Cancelled" in page
    assert REASON in page
    assert "Another reason" not in page
    assert verbs() == ["cancel_course_session"]
    assert REASON not in str(list(Entry.objects.values_list("detail", flat=True)))
    CourseSession.objects.filter(pk=ahead.pk).update(on=ago(2))
    register = text(specialist.get(of(ahead, "")))
    assert "This session is cancelled" in register
    assert "Save register" not in register
    sent = {f"mark_{Episode.unscoped.get().pk}": "attended"}
    assert specialist.post(of(ahead, ""), sent).status_code == 403
    assert specialist.post(of(ahead, "change/"), boxes(TODAY)).status_code == 403
    assert not (Contact.unscoped.exists() or Activity.unscoped.exists())


def test_a_session_that_was_held_is_not_cancelled(world: World, specialist: Client, held: CourseSession) -> None:
    mark(world, held)
    answer = specialist.post(of(held, "cancel/"), {"reason": REASON})
    assert answer.status_code == 403
    assert "Its register has been taken" in text(answer)
    held.refresh_from_db()
    assert (held.cancelled_on, CourseAttendance.unscoped.count()) == (None, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        CourseSession.objects.filter(pk=held.pk).update(cancelled_on=TODAY)


def test_where_nobody_had_a_place_no_reason_is_asked_for(
    world: World, specialist: Client, ahead: CourseSession
) -> None:
    CoursePlace.unscoped.update(left_on=TODAY)
    specialist.post(of(ahead, "cancel/"), {"reason": ""})
    ahead.refresh_from_db()
    assert ahead.cancelled_on == TODAY
    CoursePlace.unscoped.update(left_on=None)
    with pytest.raises(Refused, match="people have a place"):
        actions.cancel_course(by=world.actor("specialist"), at=NOW, course=ahead.course, reason="")


def test_a_cancelled_course_keeps_what_was_held(
    world: World, specialist: Client, course: Course, held: CourseSession, ahead: CourseSession
) -> None:
    mark(world, held)
    address = f"/employers/courses/{course.pk}/"
    assert "1 session to come will be cancelled." in text(specialist.get(f"{address}cancel/"))
    for _ in range(2):
        page = text(specialist.post(f"{address}cancel/", {"reason": REASON}, follow=True))
    assert "Cancelled on 14 June 2019: The room is closed." in page
    assert "Give places" not in page
    ahead.refresh_from_db()
    held.refresh_from_db()
    assert (ahead.cancelled_on, ahead.cancel_reason, held.cancelled_on) == (TODAY, REASON, None)
    assert (Contact.unscoped.count(), Activity.unscoped.get().attendees) == (1, 1)
    assert verbs() == ["cancel_course"]
    assert "Cancelled" in text(specialist.get("/employers/courses/"))
    for refused in ("sessions/", "change/", "places/"):
        sent = boxes(ago(-20)) | {"name": "Again", "people": []}
        assert specialist.post(f"{address}{refused}", sent).status_code == 403, refused


def test_a_register_of_yesterday_can_still_be_taken_after_the_course_was_cancelled(
    world: World, course: Course, held: CourseSession
) -> None:
    actions.cancel_course(by=world.actor("specialist"), at=NOW, course=course, reason=REASON)
    held.refresh_from_db()
    mark(world, held)
    assert Activity.unscoped.get().attendees == 1


@pytest.mark.parametrize("page", ["change/", "cancel/"])
def test_of_another_lot_it_is_not_there(
    world: World, client_for: SignIn, course: Course, ahead: CourseSession, page: str
) -> None:
    other = client_for(world.user("specialist", "wolverhampton"))
    sent = boxes(ago(-9)) | {"reason": REASON, "name": "Mine"}
    assert other.post(of(ahead, page), sent).status_code == 404
    assert other.post(f"/employers/courses/{course.pk}/{page}", sent).status_code == 404
    assert verbs() == []

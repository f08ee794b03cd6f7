"""Courses: planned, places by need to know, and registers whose lines are contacts of people and an activity."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client
from tests.site.casework.factories import TODAY, ago, make_course, make_episode, make_person
from tests.site.conftest import NOW, World

from placewell.indicators import figures
from placewell.periods import parse_period
from placewell.specification import load
from placewell_web.accounts import service
from placewell_web.accounts.errors import Refused
from placewell_web.accounts.models import Team, User
from placewell_web.audit.models import Entry
from placewell_web.casework import dataset_rows as rows
from placewell_web.casework.actions import contacts as logging
from placewell_web.casework.actions import courses as actions
from placewell_web.casework.models import Contact, Course, CourseAttendance, CoursePlace, CourseSession
from placewell_web.clients.models import Allocation, Episode
from placewell_web.employers.models import Activity

SignIn = Callable[[User | None], Client]


@pytest.fixture(autouse=True)
def _still(frozen: object) -> None:
    """Friday 14 June 2019."""


@pytest.fixture
def specialist(world: World, client_for: SignIn) -> Client:
    return client_for(world.user("specialist"))


@pytest.fixture
def course(world: World) -> Course:
    """One session, yesterday."""
    return make_course(world)


def place(course: Course, *people: Episode, from_on: date | None = None) -> None:
    for one in people:
        CoursePlace.unscoped.create(episode=one, course=course, from_on=from_on or ago(9), created_at=NOW)


def mark(client: Client, course: Course, marks: dict[Episode, str]) -> Any:
    session = course.sessions.get()
    sent = {f"mark_{one.pk}": said for one, said in marks.items()}
    return client.post(f"/employers/courses/sessions/{session.pk}/", sent, follow=True)


def verbs() -> list[str]:
    return list(Entry.objects.filter(is_view=False).order_by("sequence").values_list("verb", flat=True))


class TestPlanned:
    def send(self, client: Client, token: Any = None, **answers: str) -> Any:
        given = {"name": "Back to work", "sessions": "3", "hours": "2", "place": "Library", "on-day": "3"}
        given |= {"on-month": "6", "on-year": "2019", "form_token": str(token or uuid.uuid4())}
        return client.post("/employers/courses/new/", given | answers, follow=True)

    def test_once_with_a_session_a_week(self, world: World, specialist: Client) -> None:
        token = uuid.uuid4()
        for _ in range(2):
            page = self.send(specialist, token).content.decode()
        made = Course.unscoped.get()
        assert [one.on for one in made.sessions.all()] == [date(2019, 6, 3), date(2019, 6, 10), date(2019, 6, 17)]
        assert (made.lot_id, made.led_by) == ("dudley", world.user("specialist"))
        for words in ("Back to work", "Monday 3 June 2019", "Not marked", "Not yet", "Nobody yet."):
            assert words in page, words
        assert verbs() == ["add_course"]

    @pytest.mark.parametrize(
        ("answers", "sentence"),
        [
            ({"name": ""}, "Enter the name of the course."),
            ({"sessions": "0"}, "How many sessions, one a week must be 1 or more"),
            ({"sessions": "1.5"}, "How many sessions must be a whole number, like 6."),
            ({"sessions": "31"}, "must be 1 or more, and 30 or fewer."),
            ({"on-year": "2030"}, "First day must be on or before"),
            ({"on-day": ""}, "First day must include a day."),
            ({"hours": "13"}, "Hours must be more than 0, and 12 or fewer."),
        ],
    )
    def test_what_is_wrong_is_said(self, specialist: Client, answers: dict[str, str], sentence: str) -> None:
        assert sentence in self.send(specialist, **answers).content.decode()
        assert not Course.unscoped.exists()

    def test_one_more_session_a_day_has_one(self, specialist: Client, course: Course) -> None:
        day = {"on-day": "20", "on-month": "6", "on-year": "2019"}
        for _ in range(2):
            specialist.post(f"/employers/courses/{course.pk}/sessions/", day)
        assert course.sessions.count() == 2
        assert verbs() == ["add_course_session"]

    def test_of_the_viewers_lots(self, world: World, client_for: SignIn, course: Course) -> None:
        other = client_for(world.user("specialist", "wolverhampton"))
        assert "Back to work" not in other.get("/employers/courses/").content.decode()
        assert other.get(f"/employers/courses/{course.pk}/").status_code == 404


class TestPlaces:
    def send(self, client: Client, course: Course, *people: Episode) -> Any:
        chosen = {"people": [str(one.pk) for one in people]}
        return client.post(f"/employers/courses/{course.pk}/places/", chosen, follow=True)

    def test_given_ended_and_given_again(self, world: World, specialist: Client, course: Course) -> None:
        one, two = make_episode(world), make_episode(world)
        assert "2 places given, 0 ended." in self.send(specialist, course, one, two).content.decode()
        assert "0 places given, 1 ended." in self.send(specialist, course, one).content.decode()
        assert "1 place given, 0 ended." in self.send(specialist, course, one, two).content.decode()
        assert CoursePlace.unscoped.filter(left_on__isnull=True).count() == 2
        assert verbs() == ["give_course_place", "give_course_place", "end_course_place", "give_course_place"]

    def test_those_of_other_teams_keep_theirs_unnamed(self, world: World, specialist: Client, course: Course) -> None:
        team = Team.objects.create(name="Dudley north", lot=world.own)
        other = make_episode(
            world, person=make_person("Kelvin", "Osei"), team=team, specialist=world.user("team_leader")
        )
        place(course, other)
        page = self.send(specialist, course, make_episode(world)).content.decode()
        assert "1 person of other teams" in page
        assert "Osei" not in page
        assert CoursePlace.unscoped.get(episode=other).left_on is None

    def test_nobody_of_another_lot(self, world: World, specialist: Client, course: Course) -> None:
        make_episode(world)
        page = self.send(specialist, course, make_episode(world, "wolverhampton")).content.decode()
        assert "Choose only answers in the list." in page
        assert not CoursePlace.unscoped.exists()

    def test_nobody_of_the_comparison_group(self, world: World, specialist: Client, course: Course) -> None:
        control, helped = make_episode(world), make_episode(world, person=make_person("Ann", "Lee"))
        Allocation.unscoped.create(episode=control, arm="control", allocated_on=ago(3))
        page = specialist.get(f"/employers/courses/{course.pk}/places/").content.decode()
        assert "Ann Lee" in page
        assert "Sandhu" not in page
        assert helped.pk


class TestRegister:
    def test_each_mark_is_a_contact_and_the_session_an_activity(
        self, world: World, specialist: Client, course: Course
    ) -> None:
        came, missed, unmarked = (make_episode(world) for _ in range(3))
        place(course, came, missed, unmarked)
        page = mark(specialist, course, {came: "attended", missed: "did_not_attend", unmarked: ""}).content.decode()
        assert "2 people marked." in page
        contact = Contact.unscoped.get(episode=came)
        assert (contact.kind, contact.attendance, contact.minutes, contact.on) == ("group", "attended", 120, ago(1))
        assert Contact.unscoped.get(episode=missed).minutes is None
        activity = Activity.unscoped.get()
        assert (activity.kind, activity.on, activity.attendees, activity.hours) == ("course", ago(1), 1, Decimal(2))
        assert not Contact.unscoped.filter(episode=unmarked).exists()
        assert verbs() == ["record_contact", "record_contact", "record_activity"]

    def test_sent_twice_it_stands_once_and_a_late_mark_is_added(
        self, world: World, specialist: Client, course: Course
    ) -> None:
        one, late = make_episode(world), make_episode(world)
        place(course, one, late)
        for _ in range(2):
            mark(specialist, course, {one: "attended"})
        assert (Contact.unscoped.count(), Activity.unscoped.get().attendees) == (1, 1)
        mark(specialist, course, {one: "did_not_attend", late: "attended"})
        assert Contact.unscoped.get(episode=one).attendance == "attended", "a line that stands is kept"
        assert Activity.unscoped.get().attendees == 2
        assert verbs().count("count_attendees") == 1

    def test_a_session_to_come_is_printed_and_not_marked(self, world: World, specialist: Client) -> None:
        course, one = make_course(world, on=TODAY + timedelta(days=3)), make_episode(world)
        place(course, one)
        page = specialist.get(f"/employers/courses/sessions/{course.sessions.get().pk}/").content.decode()
        assert "still to come" in page
        assert "Jaswinder Sandhu" in page
        assert "Save register" not in page
        assert mark(specialist, course, {one: "attended"}).status_code == 403
        assert not Contact.unscoped.exists()

    def test_an_unknown_mark_and_a_person_without_a_place(
        self, world: World, specialist: Client, course: Course
    ) -> None:
        one, other = make_episode(world), make_episode(world)
        place(course, one)
        assert "Choose one of the answers" in mark(specialist, course, {one: "asleep"}).content.decode()
        assert "Nobody new was marked." in mark(specialist, course, {other: "attended"}).content.decode()
        assert not Contact.unscoped.exists()

    @pytest.mark.parametrize(("left_on", "listed"), [(None, True), (ago(1), False), (TODAY, True)])
    def test_who_had_a_place_on_that_day(
        self, world: World, specialist: Client, course: Course, left_on: date | None, listed: bool
    ) -> None:
        one = make_episode(world)
        place(course, one)
        CoursePlace.unscoped.update(left_on=left_on)
        page = specialist.get(f"/employers/courses/sessions/{course.sessions.get().pk}/").content.decode()
        assert ("Jaswinder Sandhu" in page) is listed

    def test_of_someone_gone_to_the_comparison_group_nothing_is_recorded(
        self, world: World, specialist: Client, course: Course
    ) -> None:
        one = make_episode(world)
        place(course, one)
        Allocation.unscoped.create(episode=one, arm="control", allocated_on=ago(3))
        assert mark(specialist, course, {one: "attended"}).status_code == 403
        assert not Contact.unscoped.exists()


class TestTurnout:
    """Who came, of everyone who has a place on the day."""

    @pytest.mark.parametrize(
        ("marks", "words"),
        [
            ((), "Not marked"),
            (("attended",), "1 came, 5 not marked"),
            (("attended", "did_not_attend"), "1 came, 1 did not come, 4 not marked"),
            (("did_not_attend",), "0 came, 1 did not come, 5 not marked"),
            (("attended",) * 6, "6 came"),
        ],
    )
    def test_in_words(
        self, world: World, specialist: Client, course: Course, marks: tuple[str, ...], words: str
    ) -> None:
        people = [make_episode(world) for _ in range(6)]
        left = make_episode(world)
        place(course, *people, left)
        CoursePlace.unscoped.filter(episode=left).update(left_on=ago(2))
        if marks:
            mark(specialist, course, dict(zip(people, marks, strict=False)))
        page = specialist.get(f"/employers/courses/{course.pk}/").content.decode()
        assert f'data-label="Came">{words}</td>' in page

    def test_someone_marked_whose_place_ended_before_is_counted_as_come(
        self, world: World, specialist: Client, course: Course
    ) -> None:
        one = make_episode(world)
        place(course, one)
        mark(specialist, course, {one: "attended"})
        CoursePlace.unscoped.update(left_on=ago(2))
        assert ">1 came</td>" in specialist.get(f"/employers/courses/{course.pk}/").content.decode()

    def test_the_list_counts_its_courses(self, world: World, specialist: Client, course: Course) -> None:
        assert "1 course or workshop for people you support." in specialist.get("/employers/courses/").content.decode()
        make_course(world)
        assert "2 courses and workshops for" in specialist.get("/employers/courses/").content.decode()


class TestTakenBack:
    @pytest.fixture
    def marked(self, world: World, specialist: Client, course: Course) -> tuple[Episode, Episode]:
        one, two = make_episode(world), make_episode(world)
        place(course, one, two)
        mark(specialist, course, {one: "attended", two: "attended"})
        return one, two

    def undo(self, client: Client, course: Course) -> Any:
        return client.post(f"/employers/courses/sessions/{course.sessions.get().pk}/undo/", follow=True)

    def test_on_the_day_with_contacts_and_activity(
        self, specialist: Client, course: Course, marked: tuple[Episode, Episode]
    ) -> None:
        assert "2 lines of the register taken back." in self.undo(specialist, course).content.decode()
        assert not (Contact.unscoped.exists() or Activity.unscoped.exists() or CourseAttendance.unscoped.exists())
        mark(specialist, course, {marked[0]: "did_not_attend"})
        assert Activity.unscoped.get().attendees == 0

    def test_not_by_another_nor_the_day_after(
        self, world: World, client_for: SignIn, course: Course, marked: tuple[Episode, Episode]
    ) -> None:
        assert self.undo(client_for(world.user("team_leader")), course).status_code == 403
        with time_machine.travel(NOW + timedelta(days=1), tick=False):
            assert self.undo(client_for(world.user("specialist")), course).status_code == 403
        assert Contact.unscoped.count() == 2

    def test_a_contact_taken_back_on_its_own_takes_its_line(
        self, world: World, course: Course, marked: tuple[Episode, Episode]
    ) -> None:
        contact = Contact.unscoped.get(episode=marked[0])
        logging.undo_contact(by=world.actor("specialist"), at=NOW, contact=contact)
        assert CourseAttendance.unscoped.count() == 1

    def test_the_activity_is_not_taken_back_without_its_register(
        self, specialist: Client, marked: tuple[Episode, Episode]
    ) -> None:
        row = Activity.unscoped.get()
        page = specialist.post(f"/employers/activities/{row.pk}/undo/")
        assert page.status_code == 403
        assert "Take the register back" in page.content.decode()


def test_nothing_of_a_register_stands_where_one_line_fails(
    world: World, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = make_episode(world), make_episode(world)
    record, made = actions.record_contact, []

    def fails_second(**facts: Any) -> Contact:
        if made:
            raise Refused("The second fails.")
        made.append(record(**facts))
        return made[0]

    monkeypatch.setattr(actions, "record_contact", fails_second)
    with pytest.raises(Refused):
        actions.take_register(
            by=world.actor("specialist"),
            at=NOW,
            session=course.sessions.get(),
            marks={one: "attended", two: "attended"},
        )
    assert not (Contact.unscoped.exists() or CourseAttendance.unscoped.exists() or Activity.unscoped.exists())


def test_the_figures_of_001_count_the_course_and_who_came(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = load("workwise")
    monkeypatch.setattr(service, "current", lambda: spec)
    monkeypatch.setattr(actions, "day_of", lambda at: date(2012, 7, 10))
    course = make_course(world, on=date(2012, 7, 2))
    entered = {"service_id": "workwise", "referred_on": date(2012, 5, 1), "accepted_on": date(2012, 5, 2)}
    people = [make_episode(world, opted_in_on=date(2012, 5, 2), **entered) for _ in range(3)]
    marks = dict(zip(people, ("attended", "attended", "did_not_attend"), strict=True))
    actions.take_register(by=world.actor("specialist"), at=NOW, session=course.sessions.get(), marks=marks)
    period = parse_period("Y1Q2", spec.service.first_quarter_starts)
    found = figures(spec, rows.read_all(), period, only=["courses", "group_places"])
    assert {one.id: one.numerator for one in found} == {"courses": 1, "group_places": 2}


def test_a_session_belongs_to_its_course(course: Course) -> None:
    assert str(CourseSession.objects.get()) == f"Back to work {ago(1)}"

"""Courses of staff: recorded by leader, manager or administrator for their own people, said who may not randomise."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from tests.site.conftest import NOW, World, make_user

from placewell_web.accounts import queries
from placewell_web.accounts import training as register
from placewell_web.accounts.errors import Refused
from placewell_web.accounts.models import Role, Team, Training, User
from placewell_web.audit.clock import LONDON
from placewell_web.audit.models import Entry

pytestmark = pytest.mark.django_db
Clients = Callable[[User | None], Client]
TRIAL_DAY = datetime(2018, 11, 14, 10, 0, tzinfo=LONDON)
DAY = TRIAL_DAY.date()
TRAINERS = (Role.ADMINISTRATOR, Role.TEAM_LEADER, Role.MANAGER)
BRIEFING = "Briefing on consent and randomisation"


@pytest.fixture(autouse=True)
def _in_the_trial() -> Any:
    """Wednesday 14 November 2018, while the trial runs."""
    with time_machine.travel(TRIAL_DAY, tick=False):
        yield


def sent(course: str = "trial_briefing", completed: date = DAY, expires: date | None = None) -> dict[str, str]:
    fields = {"course": course}
    for name, day in (("completed_on", completed), ("expires_on", expires)):
        for part in ("day", "month", "year"):
            fields[f"{name}-{part}"] = str(getattr(day, part)) if day else ""
    return fields


def took(user: User, course: str = "trial_briefing", completed: date = DAY, expires: date | None = None) -> Training:
    return Training.objects.create(
        user=user, course=course, completed_on=completed, expires_on=expires, recorded_at=TRIAL_DAY
    )


def page_of(user: User) -> str:
    return f"/training/{user.pk}/"


@pytest.mark.parametrize("role", TRAINERS)
def test_a_course_is_recorded_and_the_audit_says_by_whom(world: World, client_for: Clients, role: Role) -> None:
    specialist, trainer = world.user(Role.SPECIALIST), world.user(role)
    client = client_for(trainer)
    page = client.post(page_of(specialist), sent(expires=date(2019, 11, 14)), follow=True).content.decode()
    assert f"{BRIEFING} is recorded for {specialist.name}." in page
    taken = Training.objects.get()
    assert (taken.user, taken.course, taken.completed_on) == (specialist, "trial_briefing", DAY)
    assert (taken.expires_on, taken.recorded_by, taken.recorded_at) == (date(2019, 11, 14), trainer, TRIAL_DAY)
    entry = Entry.objects.get(verb="record_training")
    assert entry.actor_name == trainer.name
    assert json.loads(entry.detail)["course"] == "trial_briefing"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (sent() | {"course": ""}, "Choose the course"),
        (sent() | {"course": "juggling"}, "Choose one of the answers"),
        (sent() | {"completed_on-day": ""}, "must include a day"),
        (sent() | {"completed_on-month": "13"}, "must be a real date"),
        (sent(completed=DAY + timedelta(days=1)), "must be on or before 14 November 2018"),
        (sent(expires=DAY), "must come after the day it was completed"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    world: World, client_for: Clients, fields: dict[str, str], words: str
) -> None:
    answer = client_for(world.user(Role.MANAGER)).post(page_of(world.user(Role.SPECIALIST)), fields)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Training.objects.exists()


def test_the_same_course_of_the_same_day_is_recorded_once(world: World, client_for: Clients) -> None:
    client, page = client_for(world.user(Role.MANAGER)), page_of(world.user(Role.SPECIALIST))
    assert client.post(page, sent()).status_code == 302
    again = client.post(page, sent())
    assert again.status_code == 422
    assert "written down for that day already" in again.content.decode()
    assert client.post(page, sent(completed=DAY - timedelta(days=300))).status_code == 302


@pytest.mark.parametrize("role", [Role.TEAM_LEADER, Role.MANAGER])
def test_nobody_makes_themselves_trained(world: World, client_for: Clients, role: Role) -> None:
    own = world.user(role)
    client = client_for(own)
    assert "Record a course" not in client.get(page_of(own)).content.decode()
    answer = client.post(page_of(own), sent())
    assert answer.status_code == 422
    assert "You cannot record your own training." in answer.content.decode()
    assert not Training.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role not in TRAINERS])
def test_other_roles_keep_no_training(world: World, role: Role) -> None:
    viewer = world.viewer(role)
    assert list(queries.trained_users_of(viewer, DAY)) == []
    with pytest.raises(Refused, match="Only an administrator, team leader or manager"):
        register.record_training(
            viewer=viewer, user=world.user(Role.SPECIALIST, "wolverhampton"), course="ips", completed_on=DAY,
            expires_on=None, by=world.actor(role), at=TRIAL_DAY,
        )  # fmt: skip


@pytest.mark.parametrize("role", TRAINERS)
def test_people_of_another_lot_are_not_there(world: World, client_for: Clients, role: Role) -> None:
    theirs = world.user(Role.SPECIALIST, "wolverhampton")
    client = client_for(world.user(role))
    assert theirs.name not in client.get("/training/").content.decode()
    assert client.get(page_of(theirs)).status_code == 404
    assert client.post(page_of(theirs), sent()).status_code == 404
    taken = took(theirs)
    assert client.post(f"/training/take-back/{taken.pk}/", {"sure": "1"}).status_code == 404
    with pytest.raises(Refused, match="does not work in your teams or lots"):
        register.take_back_training(viewer=world.viewer(role), training=taken, by=world.actor(role), at=TRIAL_DAY)
    assert Training.objects.exists()


def test_a_leader_keeps_the_own_team_and_a_manager_the_lot(world: World) -> None:
    second = Team.objects.create(name="Second team", lot=world.own)
    other = make_user("second@example.org", "Of The Second Team", Role.SPECIALIST, world.own, second)
    assert other not in queries.trained_users_of(world.viewer(Role.TEAM_LEADER), DAY)
    assert other in queries.trained_users_of(world.viewer(Role.MANAGER), DAY)
    leading_all = make_user("all@example.org", "Leads All", Role.TEAM_LEADER, world.own, None)
    assert other in queries.trained_users_of(queries.viewer_of(leading_all, DAY), DAY)


def test_whoever_has_left_is_not_in_the_list(world: World) -> None:
    specialist = world.user(Role.SPECIALIST)
    specialist.postings.update(to_on=DAY - timedelta(days=1))
    assert specialist not in queries.trained_users_of(world.viewer(Role.MANAGER), DAY)


MAY, MAY_NOT = "Every specialist in this list may.", "Who may not randomise"


@pytest.mark.parametrize(
    ("course", "expires", "may"),
    [
        ("trial_briefing", None, True),
        ("trial_briefing", DAY + timedelta(days=1), True),
        ("trial_briefing", DAY, False),
        ("ips", None, False),
        (None, None, False),
    ],
)
def test_the_page_says_who_may_not_randomise(
    world: World, client_for: Clients, course: str | None, expires: date | None, may: bool
) -> None:
    specialist = world.user(Role.SPECIALIST)
    if course:
        took(specialist, course, DAY - timedelta(days=100), expires)
    client = client_for(world.user(Role.TEAM_LEADER))
    page = client.get("/training/").content.decode()
    assert (MAY in page) is may
    assert "002 §11.10" in page
    assert BRIEFING in page
    assert ("May not randomise" in client.get(page_of(specialist)).content.decode()) is not may


@pytest.mark.parametrize(
    ("day", "runs"),
    [
        (date(2017, 9, 29), False),
        (date(2017, 10, 2), True),
        (date(2019, 3, 31), True),
        (date(2019, 4, 1), False),
        (NOW.date(), False),
    ],
)
def test_outside_the_trial_nothing_is_said_of_randomising(
    world: World, client_for: Clients, day: date, runs: bool
) -> None:
    world.user(Role.MANAGER).postings.update(from_on=date(2017, 1, 1))
    world.user(Role.SPECIALIST).postings.update(from_on=date(2017, 1, 1))
    with time_machine.travel(datetime(day.year, day.month, day.day, 10, tzinfo=LONDON), tick=False):
        page = client_for(world.user(Role.MANAGER)).get("/training/").content.decode()
    assert (MAY_NOT in page) is runs


def test_the_latest_of_a_course_taken_twice_counts(world: World, client_for: Clients) -> None:
    specialist = world.user(Role.SPECIALIST)
    took(specialist, completed=date(2017, 10, 9), expires=date(2018, 10, 9))
    client = client_for(world.user(Role.MANAGER))
    assert MAY not in client.get("/training/").content.decode()
    took(specialist, completed=date(2018, 10, 12), expires=date(2019, 10, 12))
    assert MAY in client.get("/training/").content.decode()
    assert client.get(page_of(specialist)).content.decode().count("Take back<") == 2


def test_a_course_is_taken_back_once_and_the_audit_keeps_it(world: World, client_for: Clients) -> None:
    taken = took(world.user(Role.SPECIALIST))
    client, address = client_for(world.user(Role.MANAGER)), f"/training/take-back/{taken.pk}/"
    assert f"Take back “{BRIEFING}”" in client.get(address).content.decode()
    assert client.post(address).status_code == 422
    assert Training.objects.exists()
    page = client.post(address, {"sure": "1"}, follow=True).content.decode()
    assert "is taken out of the list" in page
    assert not Training.objects.exists()
    assert json.loads(Entry.objects.get(verb="take_back_training").detail)["completed_on"] == "2018-11-14"
    assert client.post(address, {"sure": "1"}).status_code == 404
    with pytest.raises(Refused, match="taken back meanwhile"):
        register.take_back_training(
            viewer=world.viewer(Role.MANAGER), training=taken, by=world.actor(Role.MANAGER), at=TRIAL_DAY
        )


def test_own_courses_are_not_taken_back(world: World, client_for: Clients) -> None:
    own = world.user(Role.MANAGER)
    taken = took(own)
    answer = client_for(own).post(f"/training/take-back/{taken.pk}/", {"sure": "1"})
    assert answer.status_code == 422
    assert Training.objects.exists()

"""The weekly tracking sheet: filled by the logging, from Monday to Sunday; looked at and ticked by a leader."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from tests.site.casework.factories import (
    make_contact,
    make_employer,
    make_employer_contact,
    make_episode,
    make_job,
    make_lead,
    make_person,
)
from tests.site.conftest import NOW, World, make_user

from placewell.specification import load
from placewell_web.accounts.models import Role, Team, User
from placewell_web.audit.models import Entry
from placewell_web.casework.models import Application, LeadTaken, WeekReview
from placewell_web.casework.presenters import weeks as told
from placewell_web.casework.queries import weeks

SignIn = Callable[[User | None], Client]
MONDAY, SUNDAY = date(2019, 6, 10), date(2019, 6, 16)


@pytest.fixture(autouse=True)
def _still(frozen: object) -> None:
    """Friday 14 June 2019."""


def numbers(world: World, monday: date = MONDAY) -> dict[str, int]:
    week = weeks.week_of(world.viewer("specialist"), world.user("specialist"), monday)
    return {one.name: one.value for one in told.numbers(week, load("thrive_into_work"))}


class TestFilledByTheLogging:
    def test_nothing_logged(self, world: World, client_for: SignIn) -> None:
        assert set(numbers(world).values()) == {0}
        page = client_for(world.user("specialist")).get("/my-week/").content.decode()
        assert "My week, 10 to 16 June 2019" in page
        assert page.count(">None<") == 7
        assert "Not reviewed yet" in page

    @pytest.mark.parametrize(
        ("day", "counted"),
        [(MONDAY - timedelta(days=1), 0), (MONDAY, 1), (SUNDAY, 1), (SUNDAY + timedelta(days=1), 0)],
    )
    def test_from_monday_to_sunday(self, world: World, day: date, counted: int) -> None:
        episode, employer = make_episode(world), make_employer()
        make_employer_contact(episode, employer, day, face_to_face=True)
        make_contact(episode, day)
        Application.unscoped.create(episode=episode, on=day, made_by="client", created_at=NOW)
        make_job(episode, day)
        lead = make_lead(world, employer, found_on=day)
        LeadTaken.unscoped.create(episode=episode, lead=lead, on=day, taken_by=world.user("specialist"), created_at=NOW)
        names = ("Employer contacts", "Face to face, for a client", "Contacts with clients", "Attended contacts")
        found = numbers(world)
        assert {found[name] for name in (*names, "Applications", "Job starts", "New leads")} == {counted}

    def test_face_to_face_for_a_client_counts_as_fidelity_does(self, world: World) -> None:
        one, two, employer = make_episode(world), make_episode(world), make_employer()
        for episode, given in ((one, {"face_to_face": True}), (two, {"face_to_face": True}), (one, {})):
            make_employer_contact(episode, employer, MONDAY, note=str(given), **given)
        nobody = {"specialist": world.user("specialist"), "face_to_face": True}
        make_employer_contact(None, employer, MONDAY, **nobody)
        found = numbers(world)
        assert found["Face to face, for a client"] == 2, "one visit for two people is two; one for nobody is none"
        assert found["Employer contacts"] == 3, "one visit is one contact"

    def test_only_what_this_specialist_logged(self, world: World) -> None:
        episode, employer = make_episode(world), make_employer()
        make_employer_contact(episode, employer, MONDAY, specialist=world.user("team_leader"))
        make_contact(episode, MONDAY, specialist=world.user("team_leader"))
        make_lead(world, employer, found_on=MONDAY, found_by=world.user("team_leader"))
        assert set(numbers(world).values()) == {0}

    def test_a_call_to_a_clinician_and_a_missed_meeting(self, world: World) -> None:
        episode = make_episode(world)
        make_contact(episode, MONDAY, with_whom="clinician")
        make_contact(episode, MONDAY, attendance="did_not_attend")
        found = numbers(world)
        assert (found["Contacts with clients"], found["Attended contacts"]) == (1, 0)

    def test_whose_contact_it_was_by_need_to_know(self, world: World, client_for: SignIn) -> None:
        """Someone who moved to another team since stays unnamed, and the contact stays counted."""
        team = Team.objects.create(name="Dudley north", lot=world.own)
        gone = make_episode(
            world, person=make_person("Kelvin", "Osei"), team=team, specialist=world.user("team_leader")
        )
        make_employer_contact(gone, make_employer(), MONDAY, specialist=world.user("specialist"), note="Kelvin")
        page = client_for(world.user("specialist")).get("/my-week/").content.decode()
        assert "another client" in page
        assert "Kelvin" not in page
        assert numbers(world)["Employer contacts"] == 1


@pytest.mark.parametrize(
    ("service", "number", "words"),
    [
        ("thrive_into_work", None, "The fidelity guidelines state no number"),
        ("ips_grow", 6, "The fidelity scale asks for 6 contacts a week"),
        ("workwise", None, ""),
    ],
)
def test_the_number_of_the_scale_where_the_service_has_one(service: str, number: int | None, words: str) -> None:
    assert told.scale_number(load(service)) == number
    assert told.scale_words(load(service)) == words


@pytest.mark.parametrize(
    ("monday", "words"),
    [
        (date(2019, 6, 10), "10 to 16 June 2019"),
        (date(2019, 4, 29), "29 April to 5 May 2019"),
        (date(2018, 12, 31), "31 December 2018 to 6 January 2019"),
    ],
)
def test_the_week_in_words(monday: date, words: str) -> None:
    assert told.span(monday) == words


@pytest.mark.parametrize(
    ("day", "monday"),
    [(date(2019, 6, 10), MONDAY), (date(2019, 6, 16), MONDAY), (date(2019, 1, 1), date(2018, 12, 31))],
)
def test_the_monday_of_a_day(day: date, monday: date) -> None:
    assert weeks.monday_of(day) == monday


class TestWhoseWeek:
    def get(self, client: Client, **asked: Any) -> Any:
        return client.get("/my-week/", {key: str(value) for key, value in asked.items()})

    @pytest.mark.parametrize(
        ("asked", "shown"),
        [
            ({}, "10 to 16 June 2019"),
            ({"week": "2019-06-05"}, "3 to 9 June 2019"),
            ({"week": "2030-01-01"}, "10 to 16 June 2019"),
            ({"week": "rubbish"}, "10 to 16 June 2019"),
            ({"specialist": "rubbish"}, "My week"),
        ],
    )
    def test_the_week_asked_for(self, world: World, client_for: SignIn, asked: dict[str, str], shown: str) -> None:
        assert shown in self.get(client_for(world.user("specialist")), **asked).content.decode()

    def test_a_leader_looks_at_each_of_the_lot_and_a_specialist_at_none(self, world: World, client_for: SignIn) -> None:
        colleague = make_user("c@example.org", "Owen Price", Role.SPECIALIST, world.own, world.teams["dudley"])
        leader = client_for(world.user("team_leader"))
        page = self.get(leader, specialist=colleague.pk)
        assert "Owen Price, 10 to 16 June 2019" in page.content.decode()
        other = world.user("specialist", "wolverhampton")
        assert self.get(leader, specialist=other.pk).status_code == 404
        assert self.get(client_for(world.user("specialist")), specialist=colleague.pk).status_code == 404

    def test_people_shown_are_written_down(self, world: World, client_for: SignIn) -> None:
        episode = make_episode(world)
        make_employer_contact(episode, make_employer(), MONDAY)
        self.get(client_for(world.user("specialist")))
        assert str(episode.pk) in Entry.objects.get(verb="view_week").detail


class TestReviewed:
    def send(self, client: Client, user: User, week: str = "2019-06-10", page: str = "review") -> Any:
        address = f"/my-week/{page}/?week={week}&specialist={user.pk}"
        return client.post(address, {"words": "Visit two more bakeries."}, follow=True)

    def test_by_a_leader_once_with_day_and_name(self, world: World, client_for: SignIn) -> None:
        specialist = world.user("specialist")
        for role in ("team_leader", "manager"):
            page = self.send(client_for(world.user(role)), specialist).content.decode()
        assert "Reviewed on 14 June 2019 by Team leader Dudley" in page
        assert "Visit two more bakeries." in page
        assert WeekReview.objects.get().monday == MONDAY
        assert Entry.objects.filter(verb="review_week").count() == 1
        own = client_for(specialist).get("/my-week/").content.decode()
        assert "Reviewed on 14 June 2019" in own
        assert "I went through this week" not in own

    def test_not_by_a_specialist_nor_of_another_lot(self, world: World, client_for: SignIn) -> None:
        specialist = world.user("specialist")
        assert self.send(client_for(specialist), specialist).status_code == 403
        other = client_for(world.user("team_leader", "wolverhampton"))
        assert self.send(other, specialist).status_code == 404
        assert not WeekReview.objects.exists()

    def test_not_by_oneself(self, world: World, client_for: SignIn) -> None:
        both = make_user("b@example.org", "Both", Role.SPECIALIST, world.own, world.teams["dudley"])
        post = both.postings.get()
        post.pk, post.role = None, Role.TEAM_LEADER
        post.save(force_insert=True)
        client = client_for(both)
        assert "I went through this week" not in client.get(f"/my-week/?specialist={both.pk}").content.decode()
        assert self.send(client, both).status_code == 403

    def test_taken_back_on_the_day_by_who_made_it(self, world: World, client_for: SignIn) -> None:
        specialist, leader = world.user("specialist"), client_for(world.user("team_leader"))
        self.send(leader, specialist)
        assert self.send(client_for(world.user("manager")), specialist, page="review/undo").status_code == 403
        with time_machine.travel(NOW + timedelta(days=1), tick=False):
            again = client_for(world.user("team_leader"))
            assert self.send(again, specialist, page="review/undo").status_code == 403
        leader = client_for(world.user("team_leader"))
        for _ in range(2):
            assert self.send(leader, specialist, page="review/undo").status_code == 200
        assert not WeekReview.objects.exists()

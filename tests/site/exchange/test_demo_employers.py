"""What the demo adds to employers: every part of the pages has something, the same on every load, none ahead."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.site.casework.factories import (
    TODAY,
    ago,
    make_contact,
    make_employer,
    make_employer_contact,
    make_episode,
    make_job,
)
from tests.site.conftest import NOW, World
from tests.site.employers.factories import make_activity

from placewell.vocabulary import labels
from placewell_web.casework.models import CourseAttendance, CoursePlace, CourseSession, OnwardReferral, WeekReview
from placewell_web.clients.models import Allocation, Episode
from placewell_web.employers.choices import ROLES, SIZES
from placewell_web.employers.models import (
    Activity,
    Employer,
    EmployerFeedback,
    EmployerLead,
    EmployerPerson,
    OutsideService,
)
from placewell_web.exchange.demo import employer_words as words
from placewell_web.exchange.demo.courses import load_courses
from placewell_web.exchange.demo.employers import load_relationships
from placewell_web.exchange.demo.places import Places


@pytest.fixture
def places(world: World) -> Places:
    staff = {"one": world.user("specialist"), "two": world.user("team_leader")}
    return Places({"dudley": world.own}, world.teams, {}, staff)


@pytest.fixture
def episode(world: World) -> Episode:
    """Someone with a job at the first of twenty employers, a contact with it, and a referral on."""
    employers = [make_employer(name=f"shop {number:02d}") for number in range(20)]
    one = make_episode(world)
    make_job(one, ago(30), employer=employers[0])
    make_employer_contact(one, employers[0], ago(3))
    OnwardReferral.unscoped.create(episode=one, on=ago(9), to="debt_advice", kind="referral", created_at=NOW)
    make_activity(world, kind="employer_awareness", on=ago(4))
    return one


def shown() -> dict[str, list[object]]:
    return {
        "employers": list(Employer.unscoped.order_by("name").values_list("name", "owner", "size", "relationship")),
        "people": list(EmployerPerson.unscoped.order_by("pk").values_list("pk", "name", "left_on")),
        "leads": list(EmployerLead.unscoped.order_by("pk").values_list("pk", "title", "until_on", "closed_on")),
        "services": list(OutsideService.unscoped.order_by("pk").values_list("pk", "name")),
        "reviews": list(WeekReview.objects.order_by("pk").values_list("pk", "monday", "words")),
    }


def test_every_part_has_something_and_nothing_is_of_the_future(places: Places, episode: Episode) -> None:
    load_relationships(places, NOW)
    assert all(shown().values())
    first = Employer.unscoped.get(name="shop 00")
    assert first.relationship in ("working_together", "resting")
    assert EmployerFeedback.unscoped.get().employer == first
    assert not EmployerLead.unscoped.filter(found_on__gt=TODAY).exists()
    assert not EmployerFeedback.unscoped.filter(on__gt=TODAY).exists()
    assert not WeekReview.objects.filter(reviewed_on__gt=TODAY).exists()
    assert {row.weekday() for row in WeekReview.objects.values_list("monday", flat=True)} == {0}
    sent = OnwardReferral.unscoped.get()
    assert sent.service is not None
    assert sent.service.kind == sent.to
    assert sent.outcome_on is None or ago(9) <= sent.outcome_on <= TODAY
    assert Activity.unscoped.get().organisation is not None


def test_the_same_on_every_load(places: Places, episode: Episode) -> None:
    load_relationships(places, NOW)
    first = shown()
    for model in (EmployerFeedback, EmployerPerson, EmployerLead, OutsideService):
        if model is OutsideService:
            OnwardReferral.unscoped.update(service=None)
        if model is EmployerLead:
            for lead in EmployerLead.unscoped.all():
                lead.taken.all().delete()
        model.unscoped.all().delete()
    WeekReview.objects.all().delete()
    for employer in Employer.unscoped.all():
        employer.statuses.all().delete()
    load_relationships(places, NOW)
    assert shown() == first


def test_with_nobody_and_nothing(places: Places) -> None:
    """A service whose people are all still waiting has no employer yet."""
    load_relationships(places, NOW)
    load_courses(NOW)
    assert not EmployerLead.unscoped.exists()
    assert OutsideService.unscoped.count() == len(words.SERVICES)


def test_registers_are_made_of_contacts_that_are_there(world: World, episode: Episode) -> None:
    control = make_episode(world)
    Allocation.unscoped.create(episode=control, arm="control", allocated_on=ago(60))
    for one, days in ((episode, 20), (episode, 13), (control, 13), (episode, 200)):
        make_contact(one, ago(days), kind="group")
    load_courses(NOW)
    assert [line.contact.on for line in CourseAttendance.unscoped.order_by("session__on")] == [ago(20), ago(13)]
    assert set(CoursePlace.unscoped.values_list("episode_id", flat=True)) == {episode.pk}
    coming = CourseSession.objects.filter(on__gt=TODAY)
    assert [one.on for one in coming] == [TODAY + timedelta(days=4), TODAY + timedelta(days=11)]
    assert not CourseAttendance.unscoped.filter(session__in=coming).exists()


def test_its_words_are_in_the_lists() -> None:
    assert {one.kind for one in words.SERVICES} <= set(labels("onward_service"))
    assert {role for _, role, _ in words.PEOPLE} <= set(ROLES)
    assert set(words.ACTIVITIES) | set(words.OUTSIDE) <= set(labels("activity_kind"))
    assert {"micro", "small", "medium", "large"} == set(SIZES)

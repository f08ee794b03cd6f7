"""The inbox: who waits, in which state, oldest first, in pages; and only those whom the viewer may see."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from tests.site.conftest import NOW, World

from placewell_web.accounts.models import Role
from placewell_web.audit.models import Entry
from placewell_web.clients.models import Allocation, Episode, Person
from placewell_web.intake import queries
from placewell_web.intake.models import PossibleDuplicate

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
TODAY = NOW.date()


def waiting(world: World, number: int, lot: str = "dudley", **more: object) -> list[Episode]:
    """Referrals of the last days, each a day older than the one before."""
    place = world.own if lot == "dudley" else world.other
    people = [
        Person(
            number=f"TW-{lot[:1]}{at + 10000}",
            first_name="Person",
            surname=f"N{at:03}",
            search_name=f"person n{at:03}",
            created_at=NOW,
        )
        for at in range(number)
    ]
    Person.unscoped.bulk_create(people)
    episodes = [
        Episode(
            person=person,
            service_id="thrive_into_work",
            lot=place,
            referred_on=TODAY - timedelta(days=at),
            source="gp",
            route="web",
            created_at=NOW,
            **more,
        )
        for at, person in enumerate(people)
    ]
    return Episode.unscoped.bulk_create(episodes)


def test_an_empty_inbox_says_so(world: World, client_for: Callable[..., Client]) -> None:
    text = client_for(world.user(Role.TEAM_LEADER)).get("/referrals/").content.decode()
    assert "0 referrals wait." in text
    assert "Nothing waits here." in text


@pytest.mark.parametrize(("number", "first", "last"), [(1, 299, 250), (2, 249, 200), (6, 49, 0), (9, 49, 0)])
def test_300_referrals_are_in_pages_oldest_first(
    world: World, client_for: Callable[..., Client], number: int, first: int, last: int
) -> None:
    waiting(world, 300)
    text = client_for(world.user(Role.TEAM_LEADER)).get("/referrals/", {"page": number}).content.decode()
    assert [int(one) for one in re.findall(r"Person N(\d+)</a>", text)] == list(range(first, last - 1, -1))
    assert f"Page {min(number, 6)} of 6" in text
    assert "300 referrals wait." in text


@pytest.mark.parametrize("number", [3, 300])
def test_the_inbox_asks_as_often_for_3_as_for_300(
    world: World, number: int, django_assert_num_queries: Callable
) -> None:
    episodes = waiting(world, number)
    other = episodes[0].person
    PossibleDuplicate.objects.bulk_create(
        PossibleDuplicate(episode=episode, other=other, matched_on="nhs_number") for episode in episodes[1:]
    )
    viewer = world.viewer(Role.MANAGER)
    with django_assert_num_queries(5):
        found = queries.inbox(viewer, TODAY)
    assert found.counts == {"new": 1, "duplicate": number - 1}


ASKED = ["", "new", "ready", "nothing", "\x00", "x" * 500]


@pytest.mark.parametrize("show", ASKED)
@pytest.mark.parametrize("page", ["", "0", "-3", "x", "9" * 30, "٣", "\x00"])
def test_strange_questions_show_something(
    world: World, client_for: Callable[..., Client], show: str, page: str
) -> None:
    waiting(world, 2)
    client = client_for(world.user(Role.MANAGER))
    assert client.get("/referrals/", {"show": show, "page": page}).status_code == 200


STATES = [
    ({}, "new"),
    ({"accepted_on": TODAY}, "ready"),
    ({"declined_on": TODAY}, None),
    ({"accepted_on": TODAY, "closed_on": TODAY}, None),
]


@pytest.mark.parametrize(("columns", "state"), STATES)
def test_the_state_of_a_referral(world: World, columns: dict, state: str | None) -> None:
    waiting(world, 1, **columns)
    found = queries.inbox(world.viewer(Role.MANAGER), TODAY)
    assert found.counts == ({state: 1} if state else {})


def test_one_who_has_a_specialist_waits_no_more(world: World) -> None:
    waiting(world, 1, accepted_on=TODAY, specialist=world.user(Role.SPECIALIST))
    assert queries.inbox(world.viewer(Role.MANAGER), TODAY).counts == {}


def test_a_participant_of_the_control_group_waits_for_no_specialist(world: World) -> None:
    (episode,) = waiting(world, 1, accepted_on=TODAY)
    Allocation.unscoped.create(episode=episode, arm="control", allocated_on=TODAY)
    assert queries.inbox(world.viewer(Role.MANAGER), TODAY).counts == {}


def test_another_area_has_an_inbox_of_its_own(world: World, client_for: Callable[..., Client]) -> None:
    waiting(world, 2, "wolverhampton")
    assert queries.inbox(world.viewer(Role.MANAGER), TODAY).counts == {}
    assert queries.inbox(world.viewer(Role.MANAGER, "wolverhampton"), TODAY).counts == {"new": 2}
    assert "Person N" not in client_for(world.user(Role.MANAGER)).get("/referrals/").content.decode()


LATE = [(10, False), (11, True)]


@pytest.mark.parametrize(("days", "late"), LATE)
def test_longer_than_the_aim_is_late(world: World, client_for: Callable[..., Client], days: int, late: bool) -> None:
    episode = waiting(world, 1)[0]
    Episode.unscoped.filter(pk=episode.pk).update(referred_on=TODAY - timedelta(days=days))
    text = client_for(world.user(Role.MANAGER)).get("/referrals/").content.decode()
    assert ("pw-inbox__late" in text) is late


def test_looking_at_the_inbox_is_written_down_with_everyone_on_the_page(
    world: World, client_for: Callable[..., Client]
) -> None:
    episodes = waiting(world, 3)
    client_for(world.user(Role.MANAGER)).get("/referrals/")
    entry = Entry.objects.filter(verb="view_inbox").get()
    assert all(str(episode.person_id) in entry.detail for episode in episodes)

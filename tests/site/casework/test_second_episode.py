"""Someone who comes back: entry and payment hang on the earlier episode, and pages show the present one only."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from tests.site.casework.factories import (
    ago,
    day,
    make_contact,
    make_employer,
    make_episode,
    make_evidence,
    make_job,
    make_person,
)
from tests.site.conftest import NOW, World

from placewell_web.accounts.models import User
from placewell_web.casework.presenters.cases import cases
from placewell_web.casework.queries import caseload
from placewell_web.clients.models import Allocation, Episode

SignIn = Callable[[User | None], Client]


@pytest.fixture(autouse=True)
def _still(frozen: object) -> None:
    """Friday 14 June 2019."""


@pytest.fixture
def earlier(world: World) -> Episode:
    """Randomised to the service in the trial; a job start, proved and verified; closed."""
    first = make_episode(
        world, referred_on=day("2017-11-01"), accepted_on=day("2017-11-20"), closed_on=day("2018-09-01")
    )
    Allocation.unscoped.create(episode=first, arm="ips", allocated_on=day("2017-11-20"))
    job = make_job(first, day("2018-02-05"), ended_on=day("2018-04-06"), title="Porter", employer=make_employer())
    leader = world.user("team_leader")
    dates = {name: day("2018-02-20") for name in ("about_on", "received_on", "decided_on", "verified_on")}
    make_evidence(first, job, status="verified", decided_by=leader, **dates)
    make_contact(first, day("2018-03-01"), note="Of the earlier time")
    return first


@pytest.fixture
def again(world: World, earlier: Episode) -> Episode:
    """Accepted again while the trial ran: entered, because the allocation is held already."""
    episode = make_episode(world, person=earlier.person, referred_on=day("2018-12-10"), accepted_on=day("2018-12-31"))
    make_contact(episode, ago(20))
    return episode


def test_an_earlier_allocation_lets_the_later_episode_enter(again: Episode) -> None:
    loaded = caseload.load(Episode.unscoped.filter(pk=again.pk), NOW.date())
    assert loaded.outcome["entered_on"] == day("2018-12-31")
    (case,) = cases(loaded)
    assert [due.clock for due in case.dues if due.clock == "active_contact"] == ["active_contact"]
    assert {row["episode_id"] for row in loaded.clocks + loaded.milestones} == {str(again.pk)}


def test_without_the_earlier_allocation_nobody_enters(earlier: Episode, again: Episode) -> None:
    Allocation.unscoped.all().delete()
    loaded = caseload.load(Episode.unscoped.filter(pk=again.pk), NOW.date())
    assert loaded.outcome["entered_on"] is None


def test_the_page_shows_the_present_episode(world: World, client_for: SignIn, again: Episode) -> None:
    client = client_for(world.user("specialist"))
    page = client.get(f"/people/{again.pk}/").content.decode()
    assert "Porter" not in page
    assert "Of the earlier time" not in page
    assert "1, 1 attended" in page


def test_no_second_payment_is_promised(world: World, client_for: SignIn, again: Episode) -> None:
    make_job(again, ago(30))
    page = client_for(world.user("specialist")).get(f"/people/{again.pk}/jobs/").content.decode()
    assert "Waits for proof." not in page
    assert "verified on 20 February 2018" in page


def test_two_people_of_one_name_do_not_share(world: World, again: Episode) -> None:
    other = make_episode(world, person=make_person("Kelvin", "Osei"))
    loaded = caseload.load(Episode.unscoped.filter(pk__in=[again.pk, other.pk]), NOW.date())
    assert len(cases(loaded)) == 2
    assert loaded.active == set()

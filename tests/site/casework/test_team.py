"""The team board: caseloads against the limit, what is late, who nears a limit; of the leader's own lots only."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.site.casework.factories import (
    ago,
    make_caseload,
    make_contact,
    make_episode,
    make_job,
    make_person,
    make_plan,
)
from tests.site.conftest import World

from placewell_web.accounts.models import Posting, User
from placewell_web.audit.models import Entry
from placewell_web.clients.models import Episode

SignIn = Callable[[User | None], Client]


@pytest.fixture(autouse=True)
def _still(frozen: object) -> None:
    """Friday 14 June 2019."""


def board(world: World, client_for: SignIn, role: str = "team_leader") -> str:
    page = client_for(world.user(role)).get("/team/")
    assert page.status_code == 200
    return page.content.decode()


def test_a_row_counts_open_active_late_and_in_work(world: World, client_for: SignIn) -> None:
    quiet = make_episode(world, person=make_person("Quiet", "One"))
    make_contact(quiet, ago(40))
    active = make_episode(world, person=make_person("Active", "One"))
    make_contact(active, ago(5))
    make_plan(active, ago(20))
    make_job(active, ago(3))
    page = board(world, client_for)
    assert "1 specialist, 2 open cases." in page
    assert "<strong>1</strong> of 35" in page
    assert 'data-label="Open">2<' in page
    assert 'data-label="In work">1<' in page
    assert "show=late" in page
    assert "Employment specialist Dudley" in page


def test_what_is_late_and_who_nears_a_limit_is_named_with_the_specialist(world: World, client_for: SignIn) -> None:
    late = make_episode(world, person=make_person("Stuck", "Case"))
    make_contact(late, ago(40))
    near = make_episode(world, person=make_person("Near", "Limit"), referred_on=ago(25), accepted_on=ago(20))
    make_contact(near, ago(3))
    page = board(world, client_for)
    stuck, limits = page.split("Near a limit of search or support")
    assert "Stuck Case" in stuck
    assert "days late" in stuck
    assert "Near Limit" not in stuck
    assert limits.count("Near Limit") == 1, "each person once, with the nearest"
    assert "send the first application" in limits
    assert 'href="/contract/#clocks-first_application"' in limits


def test_long_lists_are_cut_and_say_so(world: World, client_for: SignIn) -> None:
    make_caseload(world, 40)
    page = board(world, client_for)
    assert page.count('class="cw-team-due') <= 30
    assert "more on the caseloads." in page


def test_only_the_leaders_own_lots_are_there(world: World, client_for: SignIn) -> None:
    foreign = make_episode(world, "wolverhampton", person=make_person("Other", "Lot"))
    page = board(world, client_for)
    assert "Other Lot" not in page
    assert "Employment specialist Wolverhampton" not in page
    assert str(foreign.pk) not in Entry.objects.filter(verb="view_team").latest("sequence").detail


def test_a_lot_without_specialists_says_what_to_do(world: World, client_for: SignIn) -> None:
    Posting.objects.filter(user=world.user("specialist")).update(to_on=ago(30))
    assert "No specialists in your lots." in board(world, client_for)
    assert "Late, or breaks by tomorrow" not in board(world, client_for, "manager")


def test_the_unassigned_are_counted(world: World, client_for: SignIn) -> None:
    make_episode(world, specialist=None)
    assert "1 accepted person has no specialist yet." in board(world, client_for)
    Episode.unscoped.update(closed_on=ago(1), closure_reason="moved_away")
    assert "no specialist yet" not in board(world, client_for)


def test_nothing_late_says_so(world: World, client_for: SignIn) -> None:
    page = board(world, client_for)
    assert "Nothing is late, and nothing breaks by tomorrow." in page
    assert "Nobody nears a limit in the next 3 weeks." in page


@pytest.mark.parametrize("role", ["specialist", "commissioner", "evaluator", "administrator", "programme"])
def test_others_are_refused(world: World, client_for: SignIn, role: str) -> None:
    assert client_for(world.user(role)).get("/team/").status_code == 403


def test_the_same_few_queries_whatever_the_team(world: World, client_for: SignIn) -> None:
    make_caseload(world, 3)
    client = client_for(world.user("team_leader"))
    client.get("/team/")
    with CaptureQueriesContext(connection) as few:
        client.get("/team/")
    more = [make_episode(world, person=make_person(f"More{n}", "People")) for n in range(40)]
    with CaptureQueriesContext(connection) as many:
        client.get("/team/")
    assert len(more) == 40
    assert len(few) == len(many) <= 14

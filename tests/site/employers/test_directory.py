"""The directory of other services: kept by leaders, read by all who work with people, part of it by anyone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.site.casework.factories import TODAY, ago
from tests.site.conftest import World
from tests.site.employers.factories import make_service

from placewell_web.accounts.models import User
from placewell_web.audit.models import Entry
from placewell_web.employers.models import OutsideService
from placewell_web.employers.queries import directory

SignIn = Callable[[User | None], Client]
DEBT = {"name": "Debt line", "kind": "debt_advice", "help": "Rent and bills", "phone": "01384 960003"}


@pytest.fixture(autouse=True)
def _still(frozen: object) -> None:
    """Friday 14 June 2019."""


@pytest.fixture
def leader(world: World, client_for: SignIn) -> Client:
    return client_for(world.user("team_leader"))


def verbs() -> list[str]:
    return list(Entry.objects.filter(is_view=False).order_by("sequence").values_list("verb", flat=True))


def test_added_once_and_read_by_specialists(world: World, leader: Client, client_for: SignIn) -> None:
    for _ in range(2):
        leader.post("/employers/directory/new/", DEBT | {"web": "https://www.example.org/"})
    row = OutsideService.unscoped.get()
    assert (row.phone, row.web, row.reviewed_on, row.public) == ("+441384960003", "www.example.org", TODAY, False)
    page = client_for(world.user("specialist")).get("/employers/directory/").content.decode()
    for words in ("Debt advice", "Debt line", "Rent and bills", "www.example.org", "Looked through 14 June 2019"):
        assert words in page, words
    assert "Add a service" not in page
    assert verbs() == ["add_outside_service"]


@pytest.mark.parametrize("page", ["new/", "{id}/", "{id}/confirm/", "{id}/end/"])
def test_a_specialist_keeps_it_not(world: World, client_for: SignIn, page: str) -> None:
    row = make_service(world)
    address = f"/employers/directory/{page.format(id=row.pk)}"
    assert client_for(world.user("specialist")).post(address, DEBT).status_code == 403


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"name": ""}, "Enter the name of the service."),
        ({"kind": ""}, "Choose the kind of service."),
        ({"kind": "the_moon"}, "Choose one of the answers in the list."),
        ({"web": "javascript:alert(1)"}, "Enter a website, like www.example.org."),
        ({"web": "not a site"}, "Enter a website, like www.example.org."),
        ({"phone": "1"}, "Enter a phone number"),
        ({"help": "x" * 501}, "What it helps with must be 500 characters or fewer."),
        (
            {"valid_until-day": "13", "valid_until-month": "6", "valid_until-year": "2019"},
            "must be on or after 14 June",
        ),
    ],
)
def test_what_is_wrong_is_said(leader: Client, answers: dict[str, str], sentence: str) -> None:
    assert sentence in leader.post("/employers/directory/new/", DEBT | answers).content.decode()
    assert not OutsideService.unscoped.exists()


def test_two_keepers_see_both_versions(world: World, leader: Client, client_for: SignIn) -> None:
    row = make_service(world)
    address = f"/employers/directory/{row.pk}/"
    client_for(world.user("manager")).post(address, DEBT | {"who_for": "Tenants", "version": "1"})
    page = leader.post(address, DEBT | {"who_for": "Anyone", "version": "1"})
    assert page.status_code == 409
    assert "Tenants" in page.content.decode()
    assert "Anyone" in page.content.decode()
    leader.post(address, DEBT | {"who_for": "Anyone, first tenants", "version": "2"})
    row.refresh_from_db()
    assert (row.who_for, row.reviewed_by) == ("Anyone, first tenants", world.user("team_leader"))


def test_looked_through_again_and_taken_out(world: World, leader: Client) -> None:
    row = make_service(world, reviewed_on=TODAY - timedelta(days=400))
    page = leader.get("/employers/directory/").content.decode()
    assert "Last looked through" in page
    assert "It still holds" in page
    for _ in range(2):
        leader.post(f"/employers/directory/{row.pk}/confirm/")
    for _ in range(2):
        page = leader.post(f"/employers/directory/{row.pk}/end/", follow=True).content.decode()
    row.refresh_from_db()
    assert (row.reviewed_on, row.valid_until) == (TODAY, ago(1))
    assert "Ended 13 June 2019" in page
    assert verbs() == ["review_outside_service", "end_outside_service"]


@pytest.mark.parametrize(
    ("given", "lot", "offered"),
    [
        ({}, "dudley", True),
        ({"valid_until": TODAY}, "dudley", True),
        ({"valid_until": ago(1)}, "dudley", False),
        ({"only_lot_id": "dudley"}, "dudley", True),
        ({"only_lot_id": "dudley"}, "wolverhampton", False),
        ({"only_lot_id": "dudley"}, None, True),
    ],
)
def test_whom_it_is_offered_to(world: World, given: dict[str, Any], lot: str | None, offered: bool) -> None:
    make_service(world, **given)
    assert directory.offered(world.viewer("specialist"), TODAY, lot).exists() is offered


def test_another_provider_has_its_own(world: World, client_for: SignIn) -> None:
    row = make_service(world)
    other = client_for(world.user("team_leader", "wolverhampton"))
    assert "Debt line" not in other.get("/employers/directory/").content.decode()
    assert other.get(f"/employers/directory/{row.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("given", "shown"), [({"public": True}, True), ({}, False), ({"public": True, "valid_until": ago(1)}, False)]
)
def test_what_anyone_may_read(world: World, client_for: SignIn, given: dict[str, Any], shown: bool) -> None:
    make_service(world, help="Rent <b>and</b> bills", phone="+441384960003", **given)
    page = client_for(None).get("/pages/support/").content.decode()
    assert ("Debt line" in page) is shown
    assert ("Rent &lt;b&gt;and&lt;/b&gt; bills" in page) is shown
    assert "Access to Work" in page, "what the specification names stays"


def test_an_empty_directory_says_who_fills_it(world: World, leader: Client, client_for: SignIn) -> None:
    assert "Add the services you send people to." in leader.get("/employers/directory/").content.decode()
    page = client_for(world.user("specialist")).get("/employers/directory/").content.decode()
    assert "A team leader or manager adds the services" in page

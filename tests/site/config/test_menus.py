"""Every page that a menu offers opens, whichever service the site runs: the links that each role finds are followed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from tests.site.conftest import World, make_user, sign_in

from placewell.specification.service import ServiceFile
from placewell_web.accounts import service
from placewell_web.accounts.models import Lot, Organisation, Posting, Role, Team
from placewell_web.accounts.queries import viewer_of
from placewell_web.config import navigation, specification

NORTHSHIRE = str(Path(__file__).parents[2] / "spec" / "sixth_service" / "northshire")
PAYS_FOR_OUTCOMES = {
    "thrive_into_work": True,
    "dorset_work_matters": False,
    "workwise": False,
    "nottingham_health_employment": False,  # a block, and no payment by outcome: 004 §10.1
    "ips_grow": False,
    NORTHSHIRE: True,
}
ASKS_FOR_PROOF = {"thrive_into_work", NORTHSHIRE}
ROLES = (Role.TEAM_LEADER, Role.MANAGER)
QUARTER = ["This quarter"]


def forget() -> None:
    service.current.cache_clear()
    specification.current.cache_clear()


@pytest.fixture
def running(request: pytest.FixtureRequest, settings: Any, db: None) -> Iterator[ServiceFile]:
    """The site runs the service named by the test's parameter, ten weeks after its contract began."""
    settings.PLACEWELL_SERVICE = request.param
    forget()
    found = service.current().service
    begins = datetime.combine(found.contract_start, time(12))
    with time_machine.travel(begins + timedelta(weeks=10), tick=False):
        yield found
    forget()


@pytest.mark.parametrize(
    ("running", "pays"),
    PAYS_FOR_OUTCOMES.items(),
    indirect=["running"],
    ids=[Path(one).name for one in PAYS_FOR_OUTCOMES],
)
def test_every_page_of_the_menus_opens(running: ServiceFile, pays: bool) -> None:
    provider = Organisation.objects.create(name="Provider", kind="provider")
    lot = Lot.objects.create(code=running.lots[0].code, name=running.lots[0].name, provider=provider)
    team = Team.objects.create(name="Team", lot=lot)
    for role in ROLES:
        user = make_user(f"{role}@example.org", "One", role, lot, team)
        Posting.objects.update(from_on=running.contract_start)
        client = Client()
        sign_in(client, user)
        menu = navigation.links_for(viewer_of(user, date.today()), "/")
        assert len(menu) >= 6
        assert ("Claims" in [link.label for link in menu]) == (pays and role == Role.MANAGER)
        assert {link.url: client.get(link.url).status_code for link in menu} == {link.url: 200 for link in menu}
        page = client.get("/quarter/").content.decode()
        assert ("Achieved, evidence outstanding" in page) == (settings.PLACEWELL_SERVICE in ASKS_FOR_PROOF)
        assert [link.url for link in menu if f'<a href="{link.url}"' not in page] == []
    others = ["/fidelity/", "/contract/", "/quarter/return.xlsx", "/quarter/return.csv", "/quarter/return.html"]
    assert {one: client.get(one).status_code for one in others} == dict.fromkeys(others, 200)


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/quarter/", QUARTER),
        ("/figures/engaged/", QUARTER),
        ("/fidelity/", QUARTER),
        ("/claims/", ["Claims"]),
        ("/team/", ["Team"]),
        ("/team/group-supervision/", ["Team"]),
        ("/evidence/", ["Evidence"]),
        ("/contract/", []),
    ],
)
def test_a_page_lights_the_link_that_it_lies_under(path: str, current: list[str], world: World) -> None:
    menu = navigation.links_for(world.viewer(Role.MANAGER), path)
    assert [link.label for link in menu if link.current] == current


@pytest.mark.parametrize(
    ("roles", "times"),
    [({Role.MANAGER}, 1), ({Role.TEAM_LEADER}, 1), ({Role.MANAGER, Role.TEAM_LEADER}, 1), ({Role.SPECIALIST}, 0)],
)
def test_whoever_leads_has_the_team_board_once(roles: set[Role], times: int, world: World) -> None:
    viewer = replace(world.viewer(Role.MANAGER), roles=frozenset(roles))
    assert [link.label for link in navigation.links_for(viewer, "/")].count("Team") == times

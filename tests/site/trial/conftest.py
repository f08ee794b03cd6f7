"""The day of the meetings of these tests: Wednesday 14 November 2018, two minutes past ten."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.test import Client
from tests.site.conftest import World
from tests.site.trial.walking import DAY, prepared

from placewell_web.accounts.models import User
from placewell_web.clients.models import Episode

Clients = Callable[[User | None], Client]


@pytest.fixture
def meeting_day() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(DAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def kel(world: World, meeting_day: time_machine.Traveller) -> Episode:
    """Accepted and assigned to a trained specialist."""
    return prepared(world)


@pytest.fixture
def specialist(world: World, client_for: Clients) -> Client:
    return client_for(world.user("specialist"))

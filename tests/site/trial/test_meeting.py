"""The meeting step by step: its order is the data's, its answers are kept, and the press decides once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from tests.site.conftest import World
from tests.site.trial.walking import DAY, STEPS, address, prepared, press, send, text_of, walk

from placewell_web.accounts.models import User
from placewell_web.clients.models import Allocation, Episode
from placewell_web.trial.models import Meeting

pytestmark = pytest.mark.django_db
Clients = Callable[[User | None], Client]


@pytest.fixture(autouse=True)
def _on_the_day(time_machine: None = None) -> object:
    import time_machine as machine

    with machine.travel(DAY, tick=False):
        yield


@pytest.fixture
def episode(world: World) -> Episode:
    return prepared(world)


@pytest.fixture
def client(world: World, client_for: Clients) -> Client:
    return client_for(world.user("specialist"))


def test_a_whole_meeting_ends_in_an_arm(client: Client, episode: Episode, open_trial: object) -> None:
    walk(client, episode)
    page = client.get(address(episode, "review"))
    assert page.status_code == 200
    response = press(client, episode)
    assert (response.status_code, response["Location"]) == (303, address(episode, "result"))
    result = client.get(address(episode, "result"))
    assert result.status_code == 200
    print(text_of(result))
    assert Allocation.unscoped.filter(episode=episode).count() == 1

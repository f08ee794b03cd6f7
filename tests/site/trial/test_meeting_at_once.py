"""Two presses at the same moment, from two browsers: one arm, and both are led to the same result."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from tests.site.conftest import World
from tests.site.trial.walking import address, press, text_of, walk

from placewell_web.accounts.models import User
from placewell_web.clients.models import Allocation, Episode
from placewell_web.trial.models import LedgerEntry

Clients = Callable[[User | None], Client]


@pytest.mark.django_db(transaction=True)
def test_two_press_at_the_same_moment(
    transactional_db: None, world: World, kel: Episode, client_for: Clients, open_trial: object
) -> None:
    clients = [client_for(world.user("specialist")) for _ in range(2)]
    walk(clients[0], kel)
    together = Barrier(2)

    def pressed(client: Client) -> tuple[int, str]:
        together.wait(timeout=20)
        try:
            response = press(client, kel)
            return response.status_code, response.headers.get("Location", text_of(response)[:400])
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(pressed, clients))
    assert answers == [(303, address(kel, "result"))] * 2
    assert LedgerEntry.objects.filter(kind="allocation").count() == Allocation.unscoped.count() == 1
    shown = {text_of(client.get(address(kel, "result"))) for client in clients}
    assert len(shown) == 1

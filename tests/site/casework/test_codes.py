"""Job roles and industries looked up as one types: who may, what comes back, whatever is asked."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.site.conftest import World

from placewell_web.accounts.models import User

SignIn = Callable[[User | None], Client]


@pytest.mark.parametrize(
    ("address", "words", "first"),
    [
        ("/codes/occupations/", "barista", {"code": "9266", "title": "Coffee shop workers", "because": "barista"}),
        ("/codes/industries/", "banks", {"code": "64191", "title": "Banks", "because": ""}),
    ],
)
def test_what_is_found(world: World, client_for: SignIn, address: str, words: str, first: dict[str, str]) -> None:
    answer = client_for(world.user("specialist")).get(address, {"q": words})
    assert answer["Content-Type"] == "application/json"
    assert answer.json()["found"][0] == first


@pytest.mark.parametrize("words", ["", "zzz", "x" * 5_000, "<script>", "\x00", "%27"])
def test_nothing_is_found_without_harm(world: World, client_for: SignIn, words: str) -> None:
    answer = client_for(world.user("specialist")).get("/codes/occupations/", {"q": words})
    assert (answer.status_code, answer.json()) == (200, {"found": []})


def test_looking_up_asks_no_more_of_the_database_for_more_words(world: World, client_for: SignIn) -> None:
    client = client_for(world.user("specialist"))
    client.get("/codes/occupations/")
    with CaptureQueriesContext(
        connection,
    ) as none:
        client.get("/codes/occupations/")
    with CaptureQueriesContext(connection) as some:
        client.get("/codes/occupations/", {"q": "care assistant in a home"})
    assert len(some) == len(none)

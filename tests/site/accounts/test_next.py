"""Where one wanted to go survives signing in, a wrong password and the second step; another site is never gone to."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from tests.site.accounts.test_second_factor import code_of, set_up
from tests.site.conftest import PASSWORD, World

from placewell_web.accounts.models import Role, User

pytestmark = pytest.mark.django_db
Clients = Callable[[User | None], Client]
WANTED = "/users/?page=2"


def hidden_next(page: str) -> str:
    """The address the sign-in form carries along."""
    return re.search(r'name="next" value="([^"]+)"', page).group(1).replace("&amp;", "&")


def test_it_survives_a_wrong_password_and_the_second_step(
    world: World, client_for: Clients, frozen: time_machine.Traveller
) -> None:
    user = world.user(Role.ADMINISTRATOR)
    secret = set_up(client_for(user))
    frozen.shift(timedelta(minutes=2))
    client = Client()
    asked = client.get(WANTED)
    page = client.get(asked["Location"]).content.decode()
    fields = {"login": user.email, "password": "wrong", "next": hidden_next(page)}
    page = client.post("/accounts/login/", fields).content.decode()
    fields |= {"password": PASSWORD, "next": hidden_next(page)}
    second = client.post("/accounts/login/", fields)["Location"]
    assert second.startswith("/accounts/2fa/authenticate/")
    page = client.get(second).content.decode()
    carried = {"next": hidden_next(page)} if 'name="next"' in page else {}
    done = client.post("/accounts/2fa/authenticate/", {"code": code_of(secret), **carried})
    assert done["Location"] == WANTED


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example.org/",
        "//evil.example.org/",
        "///evil.example.org/",
        "/\\evil.example.org/",
        "\\\\evil.example.org",
        "http:evil.example.org",
        "javascript:alert(1)",
        "https://testserver@evil.example.org/",
        "https://testserver.evil.example.org/",
        "data:text/html,x",
        " https://evil.example.org/",
        "\thttps://evil.example.org/",
        "/%0d%0aSet-Cookie: a=b",
    ],
)
@pytest.mark.parametrize("way", ["query", "field"])
def test_another_site_is_never_gone_to(world: World, wanted: str, way: str) -> None:
    client, fields = Client(), {"login": world.user(Role.ADMINISTRATOR).email, "password": PASSWORD}
    if way == "query":
        response = client.post("/accounts/login/", fields, query_params={"next": wanted})
    else:
        response = client.post("/accounts/login/", {**fields, "next": wanted})
    assert response.status_code == 302
    assert response["Location"] in ("/accounts/start/", "/%0d%0aSet-Cookie:%20a=b")
    assert "a" not in response.cookies


@pytest.mark.parametrize(
    ("path", "fields"), [("/accounts/logout/", {}), ("/accounts/reauthenticate/", {"password": PASSWORD})]
)
def test_nor_on_signing_out_or_confirming(world: World, client_for: Clients, path: str, fields: dict[str, str]) -> None:
    client = client_for(world.user(Role.ADMINISTRATOR))
    response = client.post(path, {**fields, "next": "https://evil.example.org/"})
    assert response.status_code == 302
    assert response["Location"].startswith("/")
    assert not response["Location"].startswith("//")

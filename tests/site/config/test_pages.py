"""The site's own pages and every page's headers: health, errors in our words, strict CSP, nothing kept in caches."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory
from tests.site.conftest import World

from placewell_web.accounts.models import Role, User
from placewell_web.config import views

Clients = Callable[[User | None], Client]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/health/", 200, "ok"),
        ("/accounts/login/", 200, "Sign in"),
        ("/accounts/signup/", 404, "Page not found"),
        ("/accounts/email/", 404, "Page not found"),
        ("/no-such-page/", 404, "Page not found"),
        ("/users/7/", 404, "Page not found"),
    ],
)
def test_answers(client: Client, address: str, status: int, words: str) -> None:
    response = client.get(address)
    assert response.status_code == status
    assert words in response.content.decode()


@pytest.mark.parametrize(
    ("page", "status", "words"),
    [
        (views.bad_request, 400, "We could not read that request"),
        (views.forbidden, 403, "You cannot open this page"),
        (views.csrf_failure, 403, "This form is no longer fresh"),
        (views.not_found, 404, "Page not found"),
        (views.broken, 500, "Something went wrong on our side"),
    ],
)
def test_error_pages_have_our_look(
    rf: RequestFactory, page: Callable[[HttpRequest], object], status: int, words: str
) -> None:
    """They are drawn from a bare request: what failed may be any part of it."""
    response = page(rf.get("/"))
    text = response.content.decode()
    assert response.status_code == status
    assert words in text
    assert "pw-header" in text
    assert text.count("<h1") == 1


@pytest.mark.django_db
def test_a_broken_view_shows_no_detail(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("placewell_web.config.views.connection", None)
    client.raise_request_exception = False
    response = client.get("/health/")
    assert response.status_code == 500
    assert "Traceback" not in response.content.decode()


@pytest.mark.django_db
def test_scripts_carry_the_nonce_of_the_header_and_nothing_is_inline(world: World, client_for: Clients) -> None:
    response = client_for(world.user(Role.ADMINISTRATOR)).get("/users/")
    page = response.content.decode()
    (nonce,) = set(re.findall(r'nonce="([^"]+)"', page))
    assert f"'nonce-{nonce}'" in response["Content-Security-Policy"]
    assert " style=" not in page
    assert not re.search(r"\son[a-z]+=", page)
    assert "<style" not in page


@pytest.mark.django_db
def test_cookies_are_for_the_server_alone(world: World, client: Client) -> None:
    client.get("/accounts/login/")
    for name in ("csrf",):
        assert client.cookies[name]["httponly"]
        assert client.cookies[name]["samesite"] == "Lax"


@pytest.mark.django_db
def test_a_post_without_its_token_is_refused(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.user(Role.ADMINISTRATOR))
    response = client.post("/users/add/", {"name": "x"})
    assert response.status_code == 403
    assert "no longer fresh" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("size", "status"), [(100_000, 422), (1_100_000, 400)], ids=["a long form", "more than a form can be"]
)
def test_a_body_has_a_limit(world: World, client_for: Clients, size: int, status: int) -> None:
    response = client_for(world.user(Role.ADMINISTRATOR)).post("/users/add/", {"name": "x" * size})
    assert response.status_code == status

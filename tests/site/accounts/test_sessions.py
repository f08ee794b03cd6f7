"""Sessions: limits by a frozen clock, fixation, replay, killed sessions, and text that survives the end of one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from tests.site.conftest import NOW, PASSWORD, World

from placewell_web.accounts import actions
from placewell_web.accounts.models import Role, User
from placewell_web.audit.models import Entry

pytestmark = pytest.mark.django_db
Clients = Callable[[User | None], Client]
PAGE = "/accounts/"


def log_in(client: Client, user: User, password: str = PASSWORD, **more: str) -> object:
    return client.post("/accounts/login/", {"login": user.email, "password": password, **more})


def is_open(client: Client) -> bool:
    return client.get(PAGE).status_code == 200


@pytest.mark.parametrize(
    ("minutes_between", "times", "still_open"),
    [(14, 1, True), (13, 10, True), (16, 1, False), (13, 37, False), (13, 36, True), (60, 1, False)],
)
def test_idle_and_absolute_limit(
    world: World,
    client_for: Clients,
    frozen: time_machine.Traveller,
    minutes_between: int,
    times: int,
    still_open: bool,
) -> None:
    """15 minutes without use, or 8 hours (36 × 13 minutes are under them, 37 over), end the session."""
    client = client_for(world.user(Role.SPECIALIST))
    assert is_open(client)
    for _ in range(times - 1):
        frozen.shift(timedelta(minutes=minutes_between))
        assert is_open(client)
    frozen.shift(timedelta(minutes=minutes_between))
    assert is_open(client) is still_open


def test_the_sign_in_page_says_why(world: World, client_for: Clients, frozen: time_machine.Traveller) -> None:
    client = client_for(world.user(Role.SPECIALIST))
    client.get(PAGE)
    frozen.shift(timedelta(minutes=16))
    response = client.get(PAGE, follow=True)
    assert response.redirect_chain == [("/accounts/login/?next=/accounts/", 302)]
    assert "You were signed out" in response.content.decode()


def test_sign_in_makes_a_new_session(world: World) -> None:
    """Fixation: a session id planted before sign-in is worth nothing after it."""
    client = Client()
    client.get("/accounts/login/")
    planted = client.session
    planted["seen"] = True
    planted.save()
    client.cookies["placewell"] = planted.session_key
    log_in(client, world.user(Role.SPECIALIST))
    assert client.cookies["placewell"].value != planted.session_key
    thief = Client()
    thief.cookies["placewell"] = planted.session_key
    assert not is_open(thief)


def test_a_cookie_kept_from_before_signing_out_is_refused(world: World) -> None:
    client = Client()
    log_in(client, world.user(Role.SPECIALIST))
    kept = client.cookies["placewell"].value
    assert is_open(client)
    client.post("/accounts/logout/")
    replay = Client()
    replay.cookies["placewell"] = kept
    assert not is_open(replay)
    assert not Session.objects.filter(session_key=kept).exists()


def test_signing_out_takes_a_post(world: World, client_for: Clients) -> None:
    client = client_for(world.user(Role.SPECIALIST))
    assert client.get("/accounts/logout/").status_code == 200
    assert is_open(client)


@pytest.mark.parametrize("action", [actions.switch_off, actions.end_sessions])
def test_killed_sessions_are_refused_at_once(
    world: World, client_for: Clients, action: Callable[..., None], now: object
) -> None:
    user = world.user(Role.SPECIALIST)
    clients = [client_for(user), client_for(user)]
    assert all(is_open(client) for client in clients)
    viewer, by = world.viewer(Role.ADMINISTRATOR), world.actor(Role.ADMINISTRATOR)
    action(viewer=viewer, user=user, by=by, at=now)
    assert not any(is_open(client) for client in clients)


def test_a_switched_off_user_cannot_sign_in(world: World, now: object) -> None:
    user = world.user(Role.SPECIALIST)
    viewer, by = world.viewer(Role.ADMINISTRATOR), world.actor(Role.ADMINISTRATOR)
    actions.switch_off(viewer=viewer, user=user, by=by, at=now)
    client = Client()
    log_in(client, user)
    assert not is_open(client)
    actions.switch_on(viewer=viewer, user=user, by=by, at=now)
    log_in(client, user)
    assert is_open(client)


def test_a_new_password_ends_the_other_sessions(world: World, client_for: Clients) -> None:
    user = world.user(Role.SPECIALIST)
    here, elsewhere = client_for(user), client_for(user)
    new = "another long password here"
    fields = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert here.post("/accounts/password/change/", fields).status_code == 302
    assert is_open(here)
    assert not is_open(elsewhere)


def test_an_ended_post_takes_its_pages_away(world: World, client_for: Clients, frozen: time_machine.Traveller) -> None:
    user = world.user(Role.ADMINISTRATOR)
    client = client_for(user)
    assert client.get("/users/").status_code == 200
    user.postings.update(to_on=NOW.date() - timedelta(days=1))
    assert client.get("/users/").status_code == 403


def test_text_sent_after_the_session_ended_is_kept(
    world: World, client_for: Clients, frozen: time_machine.Traveller
) -> None:
    user, note = world.user(Role.ADMINISTRATOR), "A long note that took twenty minutes to write.\nSecond line."
    client = client_for(user)
    client.get("/users/add/")
    frozen.shift(timedelta(minutes=20))
    response = client.post("/users/add/", {"name": note, "email": "x@example.org", "password": "secret"})
    assert response["Location"] == "/accounts/login/?next=/users/add/"
    response = log_in(client, user, next="/users/add/")
    assert response["Location"] == "/users/add/"
    page = client.get("/users/add/").content.decode()
    assert "What you had typed is back: check it and save" in page
    assert f'value="{note}"' in page
    assert "secret" not in page
    listed = client.get("/accounts/not-sent/").content.decode()
    assert note in listed
    assert 'action="/users/add/"' in listed
    assert "secret" not in listed


def test_kept_text_is_shown_to_nobody_else(world: World, client_for: Clients, frozen: time_machine.Traveller) -> None:
    client = client_for(world.user(Role.ADMINISTRATOR))
    client.get("/users/add/")
    frozen.shift(timedelta(minutes=20))
    client.post("/users/add/", {"name": "Someone's private words"})
    log_in(client, world.user(Role.SPECIALIST), next="/users/add/")
    assert "private words" not in client.get("/users/add/").content.decode()
    assert client.get("/accounts/not-sent/").status_code == 404


@pytest.mark.parametrize("size", [299_000, 301_000])
def test_only_what_fits_is_kept(world: World, client_for: Clients, frozen: time_machine.Traveller, size: int) -> None:
    client = client_for(world.user(Role.ADMINISTRATOR))
    client.get("/users/add/")
    frozen.shift(timedelta(minutes=20))
    user = world.user(Role.ADMINISTRATOR)
    log_in_after = client.post("/users/add/", {"name": "x" * size})
    assert log_in_after["Location"] == "/accounts/login/?next=/users/add/"
    log_in(client, user)
    assert ("xxx" in client.get("/users/add/").content.decode()) is (size < 300_000)


def test_sign_in_and_out_and_failures_are_in_the_audit(world: World) -> None:
    client, user = Client(), world.user(Role.SPECIALIST)
    log_in(client, user, "wrong password")
    client.post("/accounts/login/", {"login": "nobody@example.org", "password": "x"})
    log_in(client, user)
    client.post("/accounts/logout/")
    assert list(Entry.objects.values_list("verb", "target_id", "actor_kind")) == [
        ("sign_in_failed", str(user.pk), "public"),
        ("sign_in_failed", "unknown", "public"),
        ("sign_in", str(user.pk), "user"),
        ("sign_out", str(user.pk), "user"),
    ]
    assert not Entry.objects.filter(detail__contains="@").exists()

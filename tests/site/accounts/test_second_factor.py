"""The second step: an authenticator app, recovery codes that work once, and limits on guessing."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.test import Client
from tests.site.conftest import PASSWORD, World

from placewell_web.accounts.models import Role, User

pytestmark = pytest.mark.django_db
Clients = Callable[[User | None], Client]


@pytest.fixture(autouse=True)
def _required(settings: object, frozen: time_machine.Traveller) -> None:
    settings.SECOND_FACTOR_REQUIRED = True


def code_of(secret: str) -> str:
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def set_up(client: Client) -> str:
    """Set up an app as a person would: read the key on the page, type the code it gives."""
    page = client.get("/accounts/2fa/totp/activate/").content.decode()
    secret = re.search(r'class="pw-key">([A-Z2-7]+)<', page).group(1)
    response = client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    assert response["Location"] == "/accounts/2fa/recovery-codes/"
    return secret


def begin(user: User) -> Client:
    """Past the password, before the code."""
    client = Client()
    response = client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert response["Location"] == "/accounts/2fa/authenticate/"
    return client


def enter(client: Client, code: str) -> bool:
    client.post("/accounts/2fa/authenticate/", {"code": code})
    return client.get("/accounts/").status_code == 200


@pytest.fixture
def user(world: World) -> User:
    return world.user(Role.SPECIALIST)


def test_the_whole_set_up_and_sign_in(user: User, client_for: Clients, frozen: time_machine.Traveller) -> None:
    first = client_for(user)
    secret = set_up(first)
    assert first.get("/accounts/").status_code == 200
    frozen.shift(timedelta(minutes=2))
    client = begin(user)
    assert client.get("/accounts/")["Location"].startswith("/accounts/login/")
    assert "Enter your code" in client.get("/accounts/2fa/authenticate/").content.decode()
    assert enter(client, code_of(secret))


def test_a_code_works_once(user: User, client_for: Clients, frozen: time_machine.Traveller) -> None:
    secret = set_up(client_for(user))
    frozen.shift(timedelta(minutes=2))
    code = code_of(secret)
    assert enter(begin(user), code)
    assert not enter(begin(user), code)


@pytest.mark.parametrize("code", ["000000", "", "abc", "1" * 50])
def test_a_wrong_code_is_refused_in_words(user: User, client_for: Clients, code: str) -> None:
    set_up(client_for(user))
    client = begin(user)
    page = client.post("/accounts/2fa/authenticate/", {"code": code}).content.decode()
    assert "There is a problem" in page
    assert "<title>Error: " in page
    assert client.get("/accounts/").status_code == 302


def test_recovery_codes_work_once_each(user: User, client_for: Clients, frozen: time_machine.Traveller) -> None:
    first = client_for(user)
    set_up(first)
    page = first.get("/accounts/2fa/recovery-codes/").content.decode()
    codes = re.findall(r"<li><code>(\d+)</code></li>", page)
    assert len(codes) == 10
    assert enter(begin(user), codes[0])
    assert not enter(begin(user), codes[0])
    assert enter(begin(user), codes[1])
    download = first.get("/accounts/2fa/recovery-codes/download/")
    assert codes[5] in download.content.decode()
    assert codes[0] not in download.content.decode()


def test_guessing_codes_is_stopped(user: User, client_for: Clients, frozen: time_machine.Traveller) -> None:
    secret = set_up(client_for(user))
    frozen.shift(timedelta(minutes=2))
    client = begin(user)
    for guess in range(12):
        client.post("/accounts/2fa/authenticate/", {"code": f"{guess:06d}"})
    assert not enter(client, code_of(secret))


def test_guessing_passwords_is_stopped(user: User, frozen: time_machine.Traveller) -> None:
    client = Client()
    fields = {"login": user.email, "password": "wrong"}
    for _ in range(12):
        client.post("/accounts/login/", fields)
    response = client.post("/accounts/login/", {**fields, "password": PASSWORD})
    assert response.status_code in (200, 429)
    assert not Authenticator.objects.filter(user=user).exists()
    assert client.get("/accounts/").status_code == 302
    frozen.shift(timedelta(minutes=6))
    assert client.post("/accounts/login/", {**fields, "password": PASSWORD}).status_code == 302


def test_removing_the_app_closes_the_pages_again(user: User, client_for: Clients) -> None:
    client = client_for(user)
    set_up(client)
    assert client.post("/accounts/2fa/totp/deactivate/").status_code == 302
    assert client.get("/accounts/")["Location"] == "/accounts/second-factor/"


def test_changing_how_one_signs_in_asks_again_after_a_while(
    user: User, client_for: Clients, frozen: time_machine.Traveller
) -> None:
    client = client_for(user)
    frozen.shift(timedelta(minutes=10))
    response = client.get("/accounts/2fa/totp/activate/")
    assert response["Location"].startswith("/accounts/reauthenticate/")
    page = client.get(response["Location"]).content.decode()
    assert "Confirm that it is you" in page
    assert client.post(response["Location"], {"password": PASSWORD}).status_code == 302
    assert client.get("/accounts/2fa/totp/activate/").status_code == 200


def test_a_forgotten_password(user: User) -> None:
    client = Client()
    for address in (user.email, "nobody@example.org"):
        response = client.post("/accounts/password/reset/", {"email": address}, follow=True)
        assert "If an account has that address" in response.content.decode()
    (message,) = mail.outbox
    assert message.to == [user.email]
    link = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", message.body).group(1)
    form = client.get(link, follow=True)
    path = form.redirect_chain[-1][0]
    short = client.post(path, {"password1": "short", "password2": "short"}).content.decode()
    assert "at least 12 characters" in short
    new = "a quite different long password"
    assert client.post(path, {"password1": new, "password2": new}).status_code == 302
    user.refresh_from_db()
    assert user.check_password(new)
    again = Client().get(link, follow=True).content.decode()
    assert "This link no longer works" in again

"""A recent sign-in counts as confirmation, an old one does not; and every change of credentials is in the audit."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from tests.site.accounts.test_second_factor import begin, code_of, enter, set_up
from tests.site.conftest import PASSWORD, World

from placewell_web.accounts import credentials
from placewell_web.accounts.credentials import Credentials
from placewell_web.accounts.models import Role, User
from placewell_web.audit.models import Entry

pytestmark = pytest.mark.django_db
Clients = Callable[[User | None], Client]
NEW = "a quite different long password"


def log_in(user: User) -> Client:
    client = Client()
    assert client.post("/accounts/login/", {"login": user.email, "password": PASSWORD}).status_code == 302
    return client


def written() -> list[tuple[str, str]]:
    """Verb and detail of every entry, the sign-in's own pages apart."""
    return list(Entry.objects.filter(target_kind="user").order_by("sequence").values_list("verb", "detail"))


@pytest.mark.parametrize("demo_day", [None, date(2019, 6, 14), date(2031, 1, 1)])
@pytest.mark.parametrize(("minutes", "asked"), [(0, False), (4, False), (6, True), (14, True)])
def test_a_sign_in_of_the_last_five_minutes_counts(
    world: World, settings: object, frozen: time_machine.Traveller, demo_day: date | None, minutes: int, asked: bool
) -> None:
    """Whatever day the demo's clock shows: the confirmation is counted by the real one."""
    settings.DEMO, settings.DEMO_DAY = demo_day is not None, demo_day
    client = log_in(world.user(Role.MANAGER))
    frozen.shift(timedelta(minutes=minutes))
    response = client.get("/exports/")
    assert response.status_code == (302 if asked else 200)
    assert not asked or response["Location"] == "/accounts/reauthenticate/?next=%2Fexports%2F"


def test_what_was_being_sent_goes_on_after_confirming(world: World, frozen: time_machine.Traveller) -> None:
    client = log_in(world.user(Role.MANAGER))
    frozen.shift(timedelta(minutes=6))
    asked = client.post("/exports/", {"file_type": "csv"})
    assert asked["Location"] == "/accounts/reauthenticate/?next=%2Fexports%2F"
    wrong = client.post("/accounts/reauthenticate/", {"password": "wrong", "next": "/exports/"})
    assert "There is a problem" in wrong.content.decode()
    done = client.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": "/exports/"})
    assert (done.status_code, done["Content-Type"]) == (200, "application/zip")
    assert [verb for verb, _ in written()] == ["sign_in", "sign_in_failed", "confirm_identity"]


def test_a_password_alone_does_not_confirm_a_sign_in_that_is_not_whole(
    world: World, client_for: Clients, frozen: time_machine.Traveller
) -> None:
    set_up(client_for(world.user(Role.MANAGER)))
    client = begin(world.user(Role.MANAGER))
    assert client.get("/exports/")["Location"].startswith("/accounts/login/")


def test_how_someone_signed_in_is_kept(world: World, client_for: Clients, frozen: time_machine.Traveller) -> None:
    user = world.user(Role.MANAGER)
    secret = set_up(client_for(user))
    page = client_for(user).get("/accounts/2fa/recovery-codes/").content.decode()
    code = re.search(r"<li><code>(\d+)</code></li>", page).group(1)
    frozen.shift(timedelta(minutes=2))
    assert enter(begin(user), code_of(secret))
    assert enter(begin(user), code)
    assert [detail for verb, detail in written() if verb == "sign_in"] == [
        '{"methods":["password","totp"]}',
        '{"methods":["password","recovery_codes"]}',
    ]


def test_every_change_of_credentials_is_written_down(
    world: World, client_for: Clients, frozen: time_machine.Traveller
) -> None:
    user = world.user(Role.SPECIALIST)
    client = client_for(user)
    set_up(client)
    client.get("/accounts/2fa/recovery-codes/")
    client.post("/accounts/2fa/recovery-codes/generate/")
    client.post("/accounts/2fa/totp/deactivate/")
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    codes = '{"kind":"recovery_codes"}'
    assert written() == [
        ("add_second_step", '{"kind":"totp"}'),
        ("add_second_step", codes),
        ("see_recovery_codes", ""),
        ("remove_second_step", codes),
        ("add_second_step", codes),
        ("remove_second_step", '{"kind":"totp"}'),
        ("remove_second_step", codes),
        ("change_password", ""),
    ]
    assert set(Entry.objects.values_list("actor_id", flat=True)) == {str(user.pk)}


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/accounts/password/change/", {"oldpassword": "wrong", "password1": NEW, "password2": NEW}),
        ("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": "short", "password2": "short"}),
        ("/accounts/2fa/totp/activate/", {"code": "000000"}),
    ],
)
def test_what_changes_nothing_writes_nothing(
    world: World, client_for: Clients, path: str, fields: dict[str, str]
) -> None:
    client = client_for(world.user(Role.SPECIALIST))
    client.get(path)
    assert client.post(path, fields).status_code == 200
    assert written() == []


def test_a_password_chosen_by_link(world: World) -> None:
    user, client = world.user(Role.SPECIALIST), Client()
    client.post("/accounts/password/reset/", {"email": user.email})
    link = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", mail.outbox[0].body).group(1)
    path = client.get(link, follow=True).redirect_chain[-1][0]
    client.post(path, {"password1": NEW, "password2": NEW})
    entry = Entry.objects.get()
    assert (entry.verb, entry.target_id, entry.actor_name) == ("change_password", str(user.pk), user.name)
    for nobody in ("zz", "0" * 32):
        bad = client.post(f"/accounts/password/reset/key/{nobody}-set-password/", {"password1": NEW, "password2": NEW})
        assert "This link no longer works" in bad.content.decode()
    assert Entry.objects.count() == 1


def test_a_change_falls_where_its_entry_cannot_be_written(
    world: World, client_for: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: object) -> None:
        raise RuntimeError("the audit is not there")

    user = world.user(Role.SPECIALIST)
    client = client_for(user)
    client.raise_request_exception = False
    monkeypatch.setattr(credentials, "record", fail)
    response = client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    assert response.status_code == 500
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_renaming_a_passkey_is_written_down(world: World, client_for: Clients) -> None:
    user = world.user(Role.SPECIALIST)
    data = {"name": "Work phone", "passwordless": True, "credential": {}}
    key = Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data=data)
    client = client_for(user)
    assert client.post(f"/accounts/2fa/webauthn/keys/{key.pk}/edit/", {"name": "Old phone"}).status_code == 302
    assert client.post(f"/accounts/2fa/webauthn/keys/{key.pk}/remove/").status_code == 302
    assert written() == [
        ("rename_second_step", '{"kind":"webauthn"}'),
        ("remove_second_step", '{"kind":"webauthn"}'),
    ]


TOTP, KEY = {1: ("totp", "")}, {2: ("webauthn", "Phone")}


@pytest.mark.parametrize(
    ("before", "after", "verbs"),
    [
        (Credentials("a", {}), Credentials("a", {}), []),
        (Credentials("a", {}), Credentials("b", {}), ["change_password"]),
        (Credentials("a", TOTP), Credentials("a", TOTP | KEY), ["add_second_step"]),
        (Credentials("a", TOTP | KEY), Credentials("a", KEY), ["remove_second_step"]),
        (Credentials("a", TOTP), Credentials("b", KEY), ["change_password", "remove_second_step", "add_second_step"]),
        (Credentials("a", KEY), Credentials("a", {2: ("webauthn", "Key")}), ["rename_second_step"]),
        (Credentials("a", TOTP), Credentials("a", TOTP, codes_seen=True), ["see_recovery_codes"]),
        (Credentials("a", TOTP, codes_seen=True), Credentials("a", TOTP), []),
    ],
)
def test_what_a_difference_is_called(before: Credentials, after: Credentials, verbs: list[str]) -> None:
    assert [verb for verb, _ in before.changes_to(after)] == verbs


@pytest.mark.parametrize(
    ("path", "fields", "words"),
    [
        ("/accounts/password/change/", {}, ["Enter the password you have now", "Choose a new password"]),
        ("/accounts/password/change/", {"oldpassword": "x", "password1": NEW}, ["not the password you have now"]),
        ("/accounts/reauthenticate/", {}, ["Enter your password"]),
        ("/accounts/reauthenticate/", {"password": "x"}, ["That is not your password."]),
        ("/accounts/2fa/totp/activate/", {}, ["Enter the 6 numbers the app shows"]),
        ("/accounts/2fa/totp/activate/", {"code": "000000"}, ["That code is not right"]),
    ],
)
def test_what_is_wrong_is_said_in_our_words(
    world: World, client_for: Clients, path: str, fields: dict[str, str], words: list[str]
) -> None:
    """And no page shows markup of the sign-in library as text."""
    client = client_for(world.user(Role.SPECIALIST))
    opened = client.get(path).content.decode()
    page = client.post(path, fields).content.decode()
    assert [one for one in words if one not in page] == []
    assert "&lt;" not in opened + page
    assert "This field is required" not in page


def test_a_wrong_code_is_written_down_as_a_wrong_password_is(
    world: World, client_for: Clients, frozen: time_machine.Traveller
) -> None:
    user = world.user(Role.MANAGER)
    set_up(client_for(user))
    client = begin(user)
    client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    page = client.post("/accounts/2fa/authenticate/", {"code": ""}).content.decode()
    assert "Enter the code" in page
    signed_in = client_for(user)
    signed_in.post("/accounts/2fa/reauthenticate/", {"code": "000000"})
    failed = Entry.objects.filter(verb="sign_in_failed")
    assert [entry.target_id for entry in failed] == [str(user.pk)] * 2

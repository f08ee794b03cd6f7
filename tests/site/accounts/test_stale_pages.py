"""A page whose token is no longer good: its writer finds the form again with the words; nobody else gains anything."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from tests.site.conftest import World, sign_in

from placewell_web.accounts.models import Role, User

pytestmark = pytest.mark.django_db

HERE, PAGE = "http://testserver", "/users/add/"
BACK, NOT_FRESH = "What you had typed is back: check it and save", "This form is no longer fresh"
FROM_HERE = {"Origin": HERE, "Referer": f"{HERE}{PAGE}?from=list"}
NAME = "Words typed for some time"


@pytest.fixture
def writer(world: World) -> User:
    return world.user(Role.ADMINISTRATOR)


class Tab:
    """A page opened before its reader signed in again in another tab."""

    def __init__(self, user: User) -> None:
        self.client = Client(enforce_csrf_checks=True)
        sign_in(self.client, user)
        html = self.client.get(PAGE).content.decode()
        names = ("csrfmiddlewaretoken", "writer")
        self.hidden = {name: html.split(f'name="{name}" value="')[1].split('"')[0] for name in names}
        self.signs_in_elsewhere(user)

    def signs_in_elsewhere(self, user: User) -> None:
        self.client.cookies.clear()
        sign_in(self.client, user)
        self.client.get(PAGE)  # the browser has the new token

    def saves(self, headers: dict[str, str] | None = None, **fields: object) -> HttpResponse:
        headers = FROM_HERE if headers is None else headers
        return self.client.post(PAGE, {**self.hidden, "name": NAME, **fields}, headers=headers)


def test_the_form_is_there_again_and_saves(writer: User) -> None:
    tab, before = Tab(writer), User.objects.count()
    answer = tab.saves(password="secret words")
    assert (answer.status_code, answer["Location"]) == (302, f"{PAGE}?from=list")
    again = tab.client.get(answer["Location"]).content.decode()
    assert BACK in again
    assert f'value="{NAME}"' in again
    assert "secret words" not in again
    assert tab.hidden["csrfmiddlewaretoken"] not in again
    assert User.objects.count() == before, "nothing is saved by itself"
    assert BACK in tab.client.get(PAGE).content.decode(), "nor lost by loading the page once more"
    token = again.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    tab.saves(csrfmiddlewaretoken=token)  # wrong in other ways: the form says so, with the words
    assert BACK not in tab.client.get(PAGE).content.decode()


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example.org", "Referer": f"{HERE}{PAGE}"},
        {"Origin": "null", "Referer": f"{HERE}{PAGE}"},
        {"Origin": "http://testserver.evil.example.org"},
        {"Origin": "//testserver"},
        {"Referer": f"https://evil.example.org/?{HERE}{PAGE}"},
        {},
    ],
)
def test_what_another_site_sends_is_not_shown(writer: User, headers: dict[str, str]) -> None:
    tab = Tab(writer)
    answer = tab.saves(headers)
    assert answer.status_code == 403
    assert NOT_FRESH in answer.content.decode()
    assert NAME not in answer.content.decode()
    assert NAME not in tab.client.get(PAGE).content.decode()


@pytest.mark.parametrize("proof", ["", "made-up", "someone:1abc:signature"])
def test_nor_what_proves_nobodys_page(writer: User, proof: str) -> None:
    answer = Tab(writer).saves(writer=proof)
    assert (answer.status_code, NAME in answer.content.decode()) == (403, False)


def test_nor_what_somebody_else_typed(writer: User, world: World) -> None:
    tab = Tab(writer)
    tab.signs_in_elsewhere(world.user(Role.ADMINISTRATOR, "wolverhampton"))
    answer = tab.saves()
    assert answer.status_code == 403
    assert "somebody else signed in at this browser" in answer.content.decode()
    assert NAME not in tab.client.get(PAGE).content.decode()
    assert tab.client.get("/accounts/not-sent/").status_code == 404


def test_a_script_gets_no_page(writer: User) -> None:
    assert Tab(writer).saves({**FROM_HERE, "Sec-Fetch-Mode": "cors"}).status_code == 403


def test_a_file_must_be_chosen_again(writer: User) -> None:
    tab = Tab(writer)
    answer = tab.saves(picture=SimpleUploadedFile("a.png", b"picture of a payslip", "image/png"))
    again = tab.client.get(answer["Location"]).content.decode()
    assert "Choose the file again" in again
    assert "payslip" not in again


def test_too_much_to_keep_is_shown_at_once(writer: User) -> None:
    answer = Tab(writer).saves(name="long " * 70_000)
    assert answer.status_code == 403
    assert "long long" in answer.content.decode()
    assert "This was not saved yet" in answer.content.decode()


def test_a_huge_body_is_refused(writer: User) -> None:
    assert Tab(writer).saves(name="x" * 1_100_000).status_code == 400


def test_every_cookie_is_gone(writer: User, world: World) -> None:
    tab = Tab(writer)
    tab.client.cookies.clear()
    answer = tab.saves()
    assert answer["Location"].startswith("/accounts/login/?next=/users/add/")
    assert "You were signed out" in tab.client.get("/accounts/login/").content.decode()
    sign_in(tab.client, writer)
    assert f'value="{NAME}"' in tab.client.get(PAGE).content.decode()


def test_words_wait_an_hour(writer: User, frozen: time_machine.Traveller) -> None:
    tab = Tab(writer)
    tab.client.cookies.clear()
    tab.saves()
    frozen.shift(timedelta(minutes=61))
    sign_in(tab.client, writer)
    assert NAME not in tab.client.get(PAGE).content.decode()
    assert tab.client.get("/accounts/not-sent/").status_code == 404


def test_a_proof_is_good_for_a_week(writer: User, frozen: time_machine.Traveller) -> None:
    tab = Tab(writer)
    tab.client.cookies.clear()
    frozen.shift(timedelta(days=8))
    tab.saves()
    sign_in(tab.client, writer)
    assert NAME not in tab.client.get(PAGE).content.decode()


def test_thrown_away(writer: User) -> None:
    tab = Tab(writer)
    tab.saves()
    tab.client.handler.enforce_csrf_checks = False
    assert NAME in tab.client.get("/accounts/not-sent/").content.decode()
    answer = tab.client.post("/accounts/not-sent/")
    assert NAME not in tab.client.get(answer["Location"]).content.decode()


def test_a_page_that_is_gone_leads_to_the_words(writer: User, client_for: Callable[[User], Client]) -> None:
    """What is typed for an address that has no page of its own, or none any more."""
    client, tab = client_for(writer), Tab(writer)
    gone = "/practices/M99999/close/"
    fields = {"writer": tab.hidden["writer"], "reason": "They moved together"}
    client.cookies.clear()
    client.post(gone, fields, headers={"Referer": HERE + gone})
    sign_in(client, writer)
    assert client.get(gone)["Location"] == "/accounts/not-sent/"
    assert "They moved together" in client.get("/accounts/not-sent/").content.decode()
    assert client.get(gone).status_code == 404, "led there once"

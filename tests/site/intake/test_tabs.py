"""Forms in two tabs, old tokens, lost sessions, links used twice: answers never mix, and nothing typed is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from tests.site.conftest import NOW
from tests.site.intake.conftest import PROFESSIONAL, SELF

from placewell_web.clients.models import Episode, Person
from placewell_web.intake.actions import begin
from placewell_web.intake.models import ReferralDraft

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world", "frozen")]
KELVIN, SAMINA = {"first_name": "Kelvin", "surname": "Osei"}, {"first_name": "Samina", "surname": "Rehman"}
STALE = "This page was open for a long time"


def begun(client: Client, who: str = "self") -> tuple[str, str]:
    """Begins a form in a new tab: the address of its first question, and the name of its draft in that page."""
    address = client.post("/refer/who/", {"who": who})["Location"]
    return address, named_in(client.get(address).content.decode())


def named_in(page: str) -> str:
    return re.search(r'name="draft" value="([^"]+)"', page).group(1)


def token_in(page: str) -> str:
    return re.search(r'csrfmiddlewaretoken" value="([^"]+)"', page).group(1)


def test_two_tabs_have_two_forms(client: Client) -> None:
    (first, draft), (second, other) = begun(client), begun(client)
    assert (first, second) == ("/refer/question/name/", "/refer/question/name/?form=1")
    assert draft != other
    on = client.post("/refer/question/name/", {**SAMINA, "draft": other})["Location"]
    assert on == "/refer/question/birth_date/?form=1"
    assert client.post("/refer/question/name/", {**KELVIN, "draft": draft})["Location"] == "/refer/question/birth_date/"
    assert "Kelvin" in client.get(first).content.decode()
    assert "Samina" in client.get(second).content.decode()


def test_back_and_change_stay_in_their_tab(client: Client) -> None:
    begun(client)
    _, other = begun(client)
    for page, answers in SELF.items():
        client.post(f"/refer/question/{page}/", {**answers, "draft": other})
    assert 'href="/refer/question/name/?form=1"' in client.get("/refer/question/birth_date/?form=1").content.decode()
    text = client.get("/refer/check/?form=1").content.decode()
    assert "/refer/question/gp/?form=1&amp;change=1" in text
    assert 'href="/refer/save/?form=1"' in text
    assert client.post("/refer/check/", {"draft": named_in(text)})["Location"] == "/refer/sent/?form=1"
    assert client.get("/refer/check/")["Location"] == "/refer/question/name/"
    assert Person.unscoped.get().surname == "Rehman"


def test_two_forms_are_sent_as_two_people(client: Client) -> None:
    drafts = {"Osei": begun(client, "professional")[1], "Rehman": begun(client, "professional")[1]}
    for page, answers in PROFESSIONAL.items():
        for surname, draft in drafts.items():
            named = {"surname": surname} if page == "person" else {}
            client.post(f"/refer/question/{page}/", {**answers, **named, "draft": draft})
    receipts = {client.post("/refer/check/", {"draft": draft})["Location"] for draft in drafts.values()}
    assert receipts == {"/refer/sent/", "/refer/sent/?form=1"}
    assert set(Person.unscoped.values_list("surname", flat=True)) == {"Osei", "Rehman"}


@pytest.mark.parametrize("number", ["7", "-1", "x", "", "9" * 40, "\x00", "1.5"])
def test_a_tab_that_is_not_there(client: Client, number: str) -> None:
    begun(client)
    assert client.get("/refer/question/name/", {"form": number}).status_code in (200, 410)


def test_many_tabs_let_the_oldest_go(client: Client) -> None:
    for _ in range(12):
        begun(client)
    assert client.get("/refer/question/name/").status_code == 410
    assert client.get("/refer/question/name/?form=11").status_code == 200
    assert len(client.session["referral_drafts"]) == 8


def test_the_start_page_goes_on_with_the_newest(client: Client) -> None:
    _, first = begun(client)
    client.post("/refer/question/name/", {**KELVIN, "draft": first})
    begun(client)
    assert 'href="/refer/check/"' in client.get("/refer/").content.decode()
    client.post("/refer/question/name/?form=1", SAMINA)
    assert 'href="/refer/check/?form=1"' in client.get("/refer/").content.decode()


def test_another_browser_does_not_see_a_tab(client: Client) -> None:
    begun(client)
    assert Client().get("/refer/question/name/").status_code == 410


def strict() -> Client:
    return Client(enforce_csrf_checks=True)


def with_token(client: Client, path: str, data: dict[str, Any]) -> Any:
    return client.post(path, {**data, "csrfmiddlewaretoken": token_in(client.get(path).content.decode())})


def test_a_stale_question_comes_again_with_what_was_typed() -> None:
    client = strict()
    address = with_token(client, "/refer/who/", {"who": "self"})["Location"]
    page = client.get(address).content.decode()
    client.cookies.clear()
    response = client.post("/refer/question/name/", {**SAMINA, "draft": named_in(page), "csrfmiddlewaretoken": "x"})
    text = response.content.decode()
    assert response.status_code == 403
    assert STALE in text
    assert 'value="Rehman"' in text
    assert ReferralDraft.objects.get().answers == "{}"
    again = {**SAMINA, "draft": named_in(text), "csrfmiddlewaretoken": token_in(text)}
    assert client.post("/refer/question/name/", again)["Location"] == "/refer/question/birth_date/"


@pytest.mark.parametrize(("page", "data"), [("who", {"who": "self"}), ("check", {}), ("save", {})])
def test_a_stale_button_says_so_and_does_nothing(answer: Callable[..., Client], page: str, data: dict) -> None:
    client = answer(Client(), "self")
    draft = named_in(client.get("/refer/check/").content.decode())
    client.handler.enforce_csrf_checks = True
    response = client.post(f"/refer/{page}/", {**data, "draft": draft}, follow=True)
    assert STALE in response.content.decode()
    assert Episode.unscoped.count() == 0


def test_without_a_draft_a_stale_page_is_refused(client: Client) -> None:
    for path in ("/refer/question/name/", "/refer/check/", "/refer/save/"):
        response = strict().post(path, SAMINA)
        assert response.status_code == 403
        assert "no longer fresh" in response.content.decode()


def link_of(client: Client) -> str:
    return re.search(r"/refer/return/[^<\s]+/", client.post("/refer/save/").content.decode()).group(0)


def test_a_link_works_twice_and_in_any_browser(client: Client) -> None:
    begun(client)
    client.post("/refer/question/name/", SAMINA)
    link = link_of(client)
    for browser in (Client(), client, Client()):
        assert browser.get(link)["Location"] == "/refer/question/birth_date/"


def test_a_new_link_replaces_the_old_one(client: Client) -> None:
    begun(client)
    old, new = link_of(client), link_of(client)
    assert Client().get(old).status_code == 410
    assert Client().get(new).status_code == 302


def test_a_link_after_sending_shows_the_receipt(client: Client, answer: Callable[..., Client]) -> None:
    link = link_of(answer(client, "self"))
    assert Client().get(link)["Location"] == "/refer/check/"
    client.post("/refer/check/")
    assert Client().get(link)["Location"] == "/refer/sent/"


@pytest.mark.parametrize("token", ["x", "x" * 5000, "%00", "..%2f..", "é"])
def test_a_wrong_link_finds_nothing(client: Client, token: str) -> None:
    begun(client)
    assert client.get(f"/refer/return/{token}/").status_code in (404, 410)


def test_a_link_is_too_old_after_28_days(client: Client, frozen: Any) -> None:
    begun(client)
    link = link_of(client)
    frozen.shift(timedelta(days=28))
    assert Client().get(link).status_code == 302
    frozen.shift(timedelta(seconds=1))
    assert Client().get(link).status_code == 410


def test_the_link_is_sent_by_email_without_a_name(client: Client) -> None:
    begun(client)
    client.post("/refer/question/name/", SAMINA)
    text = client.post("/refer/save/", {"email": "sam@example.org"}).content.decode()
    assert "It went to sam@example.org" in text
    letter = mail.outbox[0]
    assert "/refer/return/" in letter.body
    assert "Samina" not in letter.body + letter.subject


@pytest.mark.parametrize("typed", ["", "sam", "a@b\r\nBcc: all@example.org", "x" * 300 + "@example.org"])
def test_an_address_that_is_none_sends_nothing(client: Client, typed: str) -> None:
    begun(client)
    assert "There is a problem" in client.post("/refer/save/", {"email": typed}).content.decode()
    assert mail.outbox == []


def test_a_mail_server_that_is_down_shows_the_link(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(*_: object, **__: object) -> int:
        raise OSError

    begun(client)
    monkeypatch.setattr("django.core.mail.EmailMessage.send", down)
    text = client.post("/refer/save/", {"email": "sam@example.org"}).content.decode()
    assert "We could not send the email" in text
    assert "/refer/return/" in text


def test_stopping_in_the_middle_keeps_what_is_right_and_names_the_rest(client: Client) -> None:
    begun(client)
    half = {**SELF["contact"], "phone": "12", "save_for_later": "1"}
    text = client.post("/refer/question/contact/", half, follow=True).content.decode()
    assert "Not kept, because we could not read it: phone number." in text
    assert "Afternoons" not in text
    kept = client.get("/refer/question/contact/").content.decode()
    assert 'value="DY3 2NA"' in kept


def test_old_drafts_are_forgotten_when_the_next_is_begun() -> None:
    begin(at=NOW - timedelta(days=29), by_whom="self")
    begin(at=NOW - timedelta(days=27), by_whom="self")
    begin(at=NOW, by_whom="self")
    assert ReferralDraft.objects.count() == 2

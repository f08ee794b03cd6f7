"""The public referral form: from the start page to the receipt, back, again, later, and with nothing left."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from tests.site.conftest import NOW
from tests.site.intake.conftest import PROFESSIONAL, SELF, masked

from placewell_web.clients.models import Episode, Person
from placewell_web.intake.models import Referral, ReferralDraft

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world", "frozen")]
Through = Callable[..., Client]
Send = Callable[..., str]


def test_a_person_refers_herself(client: Client, send: Send) -> None:
    reference = send(client)
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{3}-){3}[0-9A-HJKMNP-TV-Z]{3}", reference)
    person, episode = Person.unscoped.get(), Episode.unscoped.get()
    assert (person.first_name, person.surname, person.called) == ("Samina", "Rehman", "Sam")
    assert (person.phone, person.postcode, person.contact_preference) == ("+447700900418", "DY3 2NA", "text")
    assert person.communication_needs == "Easy read"
    assert person.safe_to_leave_message is True
    assert str(person.birth_date) == "1991-08-09"
    assert (episode.lot_id, episode.gp_practice.name) == ("dudley", "Dudley Surgery")
    assert (episode.source, episode.route, episode.prompted_by) == ("self", "web", "leaflet")
    assert episode.referred_on == NOW.date()
    assert episode.has_long_term_condition is True
    assert episode.time_since_last_worked == "6_months_to_1_year"


def test_a_gp_refers_and_gets_a_receipt_without_a_word_of_health(
    client: Client, send: Send, django_capture_on_commit_callbacks: Callable
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        reference = send(client, "professional")
    episode = Episode.unscoped.get()
    assert (episode.source, episode.referrer_name, episode.referrer_role) == ("gp", "Dr Amara Obi", "GP partner")
    assert Person.unscoped.get().nhs_number == "9990000018"
    letter = mail.outbox[0]
    assert letter.to == ["amara.obi@example.org"]
    assert reference in letter.body
    assert "\n" not in letter.subject
    for told in ("Kelvin", "Osei", "Fibromyalgia", "anxious", "07700"):
        assert told not in letter.body + letter.subject


@pytest.mark.parametrize(("who", "pages"), [("self", SELF), ("professional", PROFESSIONAL)])
def test_every_question_says_where_it_stands(client: Client, who: str, pages: dict) -> None:
    client.post("/refer/who/", {"who": who})
    for number, page in enumerate(pages, 1):
        text = client.get(f"/refer/question/{page}/").content.decode()
        assert f"Question {number} of 8" in text
        assert text.count("<h1") == 1
        client.post(f"/refer/question/{page}/", pages[page])
    assert client.get("/refer/check/").status_code == 200


@pytest.mark.parametrize("page", list(SELF))
def test_an_empty_answer_is_asked_for_at_the_top(client: Client, page: str) -> None:
    client.post("/refer/who/", {"who": "self"})
    response = client.post(f"/refer/question/{page}/", {})
    if page == "needs":
        assert response.status_code == 302
        return
    text = response.content.decode()
    assert "There is a problem" in text
    assert "<title>Error: " in text


def test_answers_stand_in_groups_and_can_be_changed(client: Client, answer: Through) -> None:
    answer(client, "self")
    text = client.get("/refer/check/").content.decode()
    for words in ("About you", "Work and health", "Reaching you", "9 August 1991", "07700 900418", "Easy read"):
        assert words in text
    assert "/refer/question/gp/?change=1" in text
    response = client.post("/refer/question/gp/", {"lot": "wolverhampton", "change": "1"})
    assert response["Location"] == "/refer/check/"
    assert "Wolverhampton" in client.get("/refer/check/").content.decode()


def test_what_was_answered_is_shown_again_and_never_asked_twice(client: Client, answer: Through) -> None:
    answer(client, "self")
    text = client.get("/refer/question/birth_date/").content.decode()
    assert all(f'value="{part}"' in text for part in ("9", "8", "1991"))
    asked = [box for pages in (SELF, PROFESSIONAL) for box in {name for page in pages.values() for name in page}]
    assert len(asked) == sum(len({n for p in pages.values() for n in p}) for pages in (SELF, PROFESSIONAL))


NEEDED = [("phone", {"phone": ""}), ("email", {"phone": "", "email": ""}), ("letter", {"postcode": ""})]


@pytest.mark.parametrize(("way", "empty"), NEEDED)
def test_the_chosen_way_needs_its_number(client: Client, way: str, empty: dict) -> None:
    client.post("/refer/who/", {"who": "self"})
    response = client.post("/refer/question/contact/", {**SELF["contact"], "contact_preference": way, **empty})
    assert "or choose another way" in response.content.decode()


HINTS = [
    ({"birth_date": {"birth_date-year": "2004"}}, "aged 18 or older"),
    ({"last_worked": {"last_worked": "in_work"}}, "out of work for 4 weeks or more"),
    ({"last_worked": {"last_worked": "under_4_weeks"}}, "out of work for 4 weeks or more"),
    ({"wants_work": {"wants_paid_work": "no"}}, "who want to find paid work"),
    ({"condition": {"has_condition": "no"}}, "with a health condition or disability"),
]


@pytest.mark.parametrize(("changes", "hint"), HINTS)
def test_the_forms_own_answers_give_a_hint_and_it_can_be_sent(
    client: Client, send: Send, answer: Through, changes: dict, hint: str
) -> None:
    answer(client, "self", changes)
    text = client.get("/refer/check/").content.decode()
    assert hint in text
    assert "You can still send it." in text
    assert client.post("/refer/check/").status_code == 302
    assert Referral.objects.count() == 1


def test_no_hint_where_all_is_well(client: Client, answer: Through) -> None:
    answer(client, "self")
    assert "You can still send it." not in client.get("/refer/check/").content.decode()


def test_sending_twice_makes_one_referral_and_one_answer(client: Client, answer: Through) -> None:
    answer(client, "self")
    for _ in range(3):
        assert client.post("/refer/check/")["Location"] == "/refer/sent/"
    first, second = masked(client.get("/refer/sent/")), masked(client.get("/refer/sent/"))
    assert first == second
    assert Referral.objects.count() == 1


def test_going_back_after_sending_shows_the_receipt(client: Client, send: Send) -> None:
    send(client)
    for page in ("/refer/check/", "/refer/question/gp/", "/refer/save/"):
        assert client.get(page)["Location"] == "/refer/sent/"
    assert client.post("/refer/question/gp/", {"lot": "wolverhampton"})["Location"] == "/refer/sent/"
    assert Episode.unscoped.get().lot_id == "dudley"


def test_a_draft_is_emptied_when_it_is_sent(client: Client, send: Send) -> None:
    send(client)
    assert ReferralDraft.objects.get().answers == "{}"


def test_check_sends_the_reader_to_what_is_missing(client: Client) -> None:
    client.post("/refer/who/", {"who": "self"})
    assert client.get("/refer/check/")["Location"] == "/refer/question/name/"
    assert client.post("/refer/check/")["Location"] == "/refer/question/name/"
    assert Referral.objects.count() == 0


def test_without_a_draft_the_page_says_what_to_do(client: Client) -> None:
    for path in ("/refer/question/name/", "/refer/check/", "/refer/save/"):
        response = client.get(path)
        assert response.status_code == 410
        assert "start again" in response.content.decode()
    assert client.get("/refer/sent/")["Location"] == "/refer/"


def test_when_the_session_is_gone_the_page_still_knows_its_draft(client: Client, answer: Through) -> None:
    answer(client, "self")
    page = client.get("/refer/question/needs/").content.decode()
    named = re.search(r'name="draft" value="([^"]+)"', page).group(1)
    fresh = Client()
    response = fresh.post("/refer/question/needs/", {"language": "Urdu", "draft": named})
    assert response["Location"] == "/refer/check/"
    assert "Urdu" in fresh.get("/refer/check/").content.decode()


@pytest.mark.parametrize("forged", ["", "x", "a:b:c", "\x00", "é" * 100, "z" * 5000])
def test_a_forged_draft_name_finds_nothing(client: Client, answer: Through, forged: str) -> None:
    answer(client, "self")
    assert Client().post("/refer/question/needs/", {"draft": forged}).status_code == 410


def test_an_unknown_question_is_not_found(client: Client) -> None:
    client.post("/refer/who/", {"who": "self"})
    assert client.get("/refer/question/nothing/").status_code == 404
    assert client.get("/refer/question/referrer/").status_code == 404


def test_a_draft_is_gone_after_its_time(client: Client, answer: Through, frozen) -> None:
    answer(client, "self")
    frozen.shift(timedelta(days=29))
    assert ReferralDraft.objects.count() == 1
    client.cookies.clear()
    fresh = Client()
    assert fresh.get("/refer/check/").status_code == 410


def test_the_start_page_offers_to_go_on(client: Client, answer: Through) -> None:
    assert "Go on where you stopped" not in client.get("/refer/").content.decode()
    answer(client, "self")
    assert "Go on where you stopped" in client.get("/refer/").content.decode()


@pytest.mark.parametrize("who", ["self", "professional", "", "nobody", "\x00", "<script>"])
def test_the_start_page_takes_any_hint_of_who(client: Client, who: str) -> None:
    response = client.get("/refer/", {"who": who})
    assert response.status_code == 200
    assert ('name="who"' in response.content.decode()) is (who in ("self", "professional"))

"""How staff give personal links: to whom, by which way, once, and never to an employer without a yes."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from tests.site.casework.factories import ago, make_employer, make_episode, make_job
from tests.site.conftest import NOW, World

from placewell_web.accounts.models import User
from placewell_web.audit.models import Entry
from placewell_web.casework.actions import links
from placewell_web.casework.actions.links import link_behind
from placewell_web.casework.models import Disclosure, Job, PersonalLink
from placewell_web.casework.presenters import links as told
from placewell_web.clients.models import Alert, Consent, Episode

SignIn = Callable[[User | None], Client]
HEALTH = re.compile(r"health|mental|anxi|depress|illness|disab|therap|thrive", re.I)


@pytest.fixture(autouse=True)
def _still(frozen: object) -> None:
    pass


@pytest.fixture
def episode(world: World) -> Episode:
    made = make_episode(world)
    made.person.email = "jas@example.org"
    made.person.save()
    return made


@pytest.fixture
def job(episode: Episode) -> Job:
    employer = make_employer()
    employer.contact_email, employer.contact_name = "rota@marlowe.example", "Ada Byrne"
    employer.save()
    return make_job(episode, ago(30), employer=employer)


@pytest.fixture
def specialist(world: World, client_for: SignIn) -> Client:
    return client_for(world.user("specialist"))


def address(episode: Episode, purpose: str = "proof", **asked: str) -> str:
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return reverse("casework:give_link", args=[episode.pk, purpose]) + (f"?{query}" if query else "")


def agree(episode: Episode, **fields: Any) -> Consent:
    given = {"kind": "contact_employer", "given_on": ago(20)} | fields
    return Consent.unscoped.create(episode=episode, **given)


def send(client: Client, url: str, how: str = "show", token: str = "one", **more: str) -> Any:
    return client.post(url, {"how": how, "token": token, **more})


def shown_secret(page: str) -> str:
    found = re.search(r"/l/([\w-]{43})/", page)
    assert found is not None
    return found[1]


def test_the_link_is_shown_once_and_works(specialist: Client, episode: Episode, job: Job) -> None:
    page = send(specialist, address(episode)).content.decode()
    link = link_behind(shown_secret(page), NOW)
    assert link is not None
    assert (link.purpose, link.about, link.outcome, link.given_to, link.sent_to) == (
        "proof",
        job.pk,
        "job_start",
        "client",
        "",
    )
    listed = specialist.get(reverse("casework:links", args=[episode.pk])).content.decode()
    assert shown_secret(page) not in listed
    assert "Ask for proof of work" in listed


@pytest.mark.parametrize("how", ["show", "email"])
def test_pressing_twice_gives_one_link_and_one_email(specialist: Client, episode: Episode, job: Job, how: str) -> None:
    answers = [send(specialist, address(episode), how) for _ in range(2)]
    assert PersonalLink.unscoped.count() == 1
    assert len(mail.outbox) == (how == "email")
    if how == "show":
        assert len({shown_secret(answer.content.decode()) for answer in answers}) == 1


def test_a_token_that_emailed_a_link_does_not_show_its_address(specialist: Client, episode: Episode, job: Job) -> None:
    """Else whoever sends a link to an employer could answer it in their place."""
    send(specialist, address(episode), "email")
    emailed = shown_secret(mail.outbox[0].body)
    assert shown_secret(send(specialist, address(episode), "show").content.decode()) != emailed
    assert link_behind(emailed, NOW) is None


def test_a_page_used_again_after_the_link_was_taken_back_says_so(
    world: World, specialist: Client, episode: Episode, job: Job
) -> None:
    send(specialist, address(episode))
    links.revoke_link(by=world.actor("specialist"), at=NOW, link=PersonalLink.unscoped.get())
    answer = send(specialist, address(episode))
    assert answer.status_code == 403
    assert "was used before" in answer.content.decode()


@pytest.mark.parametrize("purpose", list(told.PURPOSES.values()), ids=lambda one: one.id)
def test_no_message_speaks_of_health_or_names_the_service(world: World, episode: Episode, purpose: Any) -> None:
    message = told.message(purpose, episode, "Sam Okafor", "https://example.org/l/x/", NOW, "0800 000 000")
    for words in (message.subject, message.text, message.short):
        assert not HEALTH.search(words), words
    assert "https://example.org/l/x/" in message.text
    assert "https://example.org/l/x/" in message.short


@pytest.mark.parametrize(
    ("person", "closed"),
    [
        ({}, ""),
        ({"contact_preference": "email"}, ""),
        ({"contact_preference": "text"}, "asked to be reached in another way"),
        ({"safe_to_leave_message": False}, "not safe to leave messages"),
        ({"safe_to_leave_message": False, "contact_preference": "email"}, "not safe to leave messages"),
        ({"email": ""}, "No email address of Jaswinder"),
    ],
)
def test_a_client_is_emailed_only_as_they_want(
    specialist: Client, episode: Episode, job: Job, person: dict[str, Any], closed: str
) -> None:
    for name, value in person.items():
        setattr(episode.person, name, value)
    episode.person.save()
    page = html.unescape(specialist.get(address(episode)).content.decode())
    assert ('value="email"' in page) is not bool(closed)
    assert closed in page
    send(specialist, address(episode), "email")
    assert [sent.to for sent in mail.outbox] == ([] if closed else [["jas@example.org"]])
    assert PersonalLink.unscoped.count() == (not closed)


@pytest.mark.parametrize(
    ("person", "offered"),
    [
        ({}, True),
        ({"contact_preference": "text"}, True),
        ({"contact_preference": "phone"}, False),
        ({"safe_to_leave_message": False}, False),
    ],
)
def test_a_text_message_is_offered_only_as_they_want(
    specialist: Client, episode: Episode, job: Job, person: dict[str, Any], offered: bool
) -> None:
    for name, value in person.items():
        setattr(episode.person, name, value)
    episode.person.save()
    assert ("sms:+447700900218" in send(specialist, address(episode)).content.decode()) is offered


def test_what_must_be_known_first_stands_above_the_form(specialist: Client, episode: Episode, job: Job) -> None:
    Alert.unscoped.create(person=episode.person, kind="contact", title="Partner reads her messages", reviewed_on=ago(3))
    assert "Partner reads her messages" in specialist.get(address(episode)).content.decode()


@pytest.mark.parametrize(
    ("consent", "may"),
    [
        (None, False),
        ({"kind": "contact_family"}, False),
        ({"given_on": ago(-1)}, False),
        ({"withdrawn_on": ago(0)}, False),
        ({"withdrawn_on": ago(-1)}, True),
        ({"kind": "contact_previous_employer"}, False),
        ({}, True),
    ],
)
def test_an_employer_is_asked_only_with_a_consent_that_holds_today(
    specialist: Client, episode: Episode, job: Job, consent: dict[str, Any] | None, may: bool
) -> None:
    if consent is not None:
        agree(episode, **consent)
    url = address(episode, "employment")
    assert specialist.get(url).status_code == (200 if may else 403)
    answer = send(specialist, url, "email")
    assert answer.status_code == (302 if may else 403)
    assert len(mail.outbox) == may
    if not may:
        assert "has not agreed" in answer.content.decode()


@pytest.mark.parametrize(
    ("decision", "more", "given", "says"),
    [
        (None, {}, True, "Nothing is recorded yet"),
        ("yes", {}, True, "nothing about health or support"),
        ("no", {}, False, "decided not to tell the employer"),
        ("no", {"agreed": "on"}, True, "decided not to tell the employer"),
        ("undecided", {}, False, "has not decided"),
    ],
)
def test_who_does_not_want_the_employer_to_know_is_asked_once_more(
    specialist: Client,
    episode: Episode,
    job: Job,
    decision: str | None,
    more: dict[str, str],
    given: bool,
    says: str,
) -> None:
    agree(episode)
    if decision:
        Disclosure.unscoped.create(episode=episode, job=job, on=ago(25), decision=decision, created_at=NOW)
    url = address(episode, "employment")
    assert says in html.unescape(specialist.get(url).content.decode())
    send(specialist, url, "email", **more)
    assert (PersonalLink.unscoped.count(), len(mail.outbox)) == (given, given)


def test_an_employers_email_goes_to_the_address_on_record_and_names_only_person_and_sender(
    specialist: Client, episode: Episode, job: Job
) -> None:
    agree(episode)
    send(specialist, address(episode, "employment"), "email")
    sent = mail.outbox[0]
    assert sent.to == ["rota@marlowe.example"]
    assert PersonalLink.unscoped.get().sent_to == "rota@marlowe.example"
    assert "Jaswinder Sandhu" in sent.body
    assert not HEALTH.search(sent.subject + sent.body)
    kept = " ".join(str(entry.detail) for entry in Entry.objects.all())
    assert "marlowe.example" not in kept


def test_a_mail_server_that_is_down_leaves_no_link_that_nobody_has(
    specialist: Client, episode: Episode, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("placewell_web.casework.views.giving.post", lambda letter: False)
    answer = send(specialist, address(episode), "email")
    assert answer.status_code == 403
    assert "could not be sent" in answer.content.decode()
    kept = PersonalLink.unscoped.get()
    assert (kept.sent_to, kept.sent_at, kept.revoked_at is None) == ("", None, False)


@pytest.mark.parametrize(
    ("purpose", "asked", "status"),
    [
        ("proof", {"about": "job"}, 200),
        ("proof", {"outcome": "six_weeks"}, 200),
        ("proof", {"outcome": "engaged"}, 404),
        ("proof", {"about": "foreign"}, 404),
        ("proof", {"about": "not-an-id"}, 200),
        ("nothing", {}, 404),
        ("x" * 200, {}, 404),
    ],
)
def test_what_a_link_can_be_about(
    world: World, specialist: Client, episode: Episode, job: Job, purpose: str, asked: dict[str, str], status: int
) -> None:
    foreign = make_job(make_episode(world, "wolverhampton"), ago(10))
    given = {name: {"job": str(job.pk), "foreign": str(foreign.pk)}.get(value, value) for name, value in asked.items()}
    assert specialist.get(address(episode, purpose, **given)).status_code == status


def test_without_a_job_there_is_nothing_to_prove(specialist: Client, episode: Episode) -> None:
    answer = specialist.get(address(episode))
    assert answer.status_code == 403
    assert "No job has been recorded" in answer.content.decode()


def test_taking_back_stops_the_link_and_twice_is_as_once(specialist: Client, episode: Episode, job: Job) -> None:
    secret = shown_secret(send(specialist, address(episode)).content.decode())
    url = reverse("casework:take_back_link", args=[PersonalLink.unscoped.get().pk])
    assert {specialist.post(url).status_code for _ in range(2)} == {302}
    assert link_behind(secret, NOW) is None
    assert specialist.get(url).status_code == 405
    assert Entry.objects.filter(verb="revoke_link").count() == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Given"),
        ({"sent_at": NOW, "sent_to": "a@example.org"}, "Emailed"),
        ({"opened_at": NOW}, "Opened"),
        ({"opened_at": NOW, "answered_at": NOW}, "Answered"),
        ({"expires_at": NOW + timedelta(seconds=1)}, "Given"),
        ({"expires_at": NOW, "created_at": NOW - timedelta(days=14)}, "Run out"),
        ({"revoked_at": NOW, "opened_at": NOW}, "Taken back"),
    ],
)
def test_the_list_says_what_became_of_a_link(
    world: World, episode: Episode, fields: dict[str, Any], words: str
) -> None:
    link, _ = links.give_link(by=world.actor("specialist"), at=NOW, episode=episode, purpose="proof")
    for name, value in fields.items():
        setattr(link, name, value)
    assert told.state(link, NOW).words == words

"""Personal links: one works at a time, its secret is kept nowhere, and what has run out looks like what never was."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from tests.site.casework.factories import make_episode
from tests.site.conftest import NOW, World

from placewell_web.audit.models import Entry
from placewell_web.casework.actions import links
from placewell_web.casework.actions.links import link_behind
from placewell_web.casework.models import PersonalLink, PlanComment
from placewell_web.casework.queries.links import links_of

pytestmark = pytest.mark.django_db


def give(world: World, **given: object) -> tuple[PersonalLink, str]:
    episode = given.pop("episode", None) or make_episode(world)
    asked = {"purpose": "plan", "at": NOW, "by": world.actor("specialist")} | given
    return links.give_link(episode=episode, **asked)  # type: ignore[arg-type]


def test_the_secret_is_kept_nowhere(world: World) -> None:
    link, secret = give(world)
    kept = [str(getattr(link, field.attname)) for field in PersonalLink._meta.concrete_fields]
    assert len(secret) >= 43
    assert secret not in " ".join(kept) + " ".join(str(entry.detail) for entry in Entry.objects.all())


@pytest.mark.parametrize(
    ("after", "works"),
    [(timedelta(0), True), (timedelta(days=14) - timedelta(seconds=1), True), (timedelta(days=14), False)],
)
def test_a_link_works_for_its_days(world: World, after: timedelta, works: bool) -> None:
    _, secret = give(world)
    assert (link_behind(secret, NOW + after) is not None) is works


def test_a_newer_link_of_the_same_purpose_replaces_an_older_one(world: World) -> None:
    episode = make_episode(world)
    _, first = give(world, episode=episode)
    _, other = give(world, episode=episode, purpose="feedback")
    _, second = give(world, episode=episode)
    assert [link_behind(secret, NOW) is not None for secret in (first, other, second)] == [False, True, True]


def test_a_link_taken_back_stops_at_once_and_the_audit_says_so_once(world: World) -> None:
    link, secret = give(world)
    for _ in range(2):
        links.revoke_link(by=world.actor("specialist"), at=NOW, link=PersonalLink.unscoped.get(pk=link.pk))
    assert link_behind(secret, NOW) is None
    assert Entry.objects.filter(verb="revoke_link").count() == 1


def test_a_one_time_link_is_answered_once(world: World) -> None:
    link, _ = give(world)
    assert [links.mark_answered(at=NOW, link=link) for _ in range(2)] == [True, False]


def test_only_those_who_see_the_person_see_the_links(world: World) -> None:
    link, _ = give(world)
    seen = {lot: list(links_of(world.viewer("specialist", lot), link.episode)) for lot in ("dudley", "wolverhampton")}
    assert seen == {"dudley": [link], "wolverhampton": []}


def test_one_that_never_was_has_run_out_or_was_taken_back_answers_the_same(world: World, client: Client) -> None:
    link, taken_back = give(world)
    links.revoke_link(by=world.actor("specialist"), at=NOW, link=link)
    _, expired = give(world, at=NOW - timedelta(days=20))
    secrets = ("never", "x" * 400, taken_back, expired)
    answers = {one: client.get(reverse("casework:link", args=[one])) for one in secrets}
    assert {answer.status_code for answer in answers.values()} == {404}
    pages = {re.sub(r'nonce="[^"]*"', "", answer.content.decode().replace(one, "")) for one, answer in answers.items()}
    assert len(pages) == 1
    assert "no longer works" in pages.pop()


# --- open for too long ---

WORDS = "I would rather work in a kitchen, <b>not</b> a shop"


def stale(secret: str, **fields: str) -> HttpResponse:
    """Sent from a page whose token is gone."""
    strict = Client(enforce_csrf_checks=True)
    return strict.post(reverse("casework:link", args=[secret]), {"csrfmiddlewaretoken": "x", **fields})


@pytest.mark.usefixtures("frozen")
def test_a_page_open_too_long_sends_what_was_typed_with_one_more_press(world: World) -> None:
    _, secret = give(world, purpose="plan")
    strict, path = Client(enforce_csrf_checks=True), reverse("casework:link", args=[secret])
    token = str(uuid.uuid4())
    answer = strict.post(path, {"text": WORDS, "form_token": token, "comment": "1"})
    page = answer.content.decode()
    assert (answer.status_code, answer["X-Robots-Tag"][:7]) == (403, "noindex")
    assert "This was not sent yet" in page
    assert page.count(escape(WORDS)) == 2, "to read, and to send"
    assert "<b>" not in page
    assert not PlanComment.unscoped.exists()
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    assert strict.post(path, {name: unescape(value) for name, value in fields.items()}).status_code == 302
    assert PlanComment.unscoped.get().text == WORDS


@pytest.mark.usefixtures("frozen")
@pytest.mark.parametrize("secret", ["never", "expired"])
@pytest.mark.parametrize("with_token", [True, False])
def test_a_link_that_ended_while_somebody_wrote_gives_the_words_back(
    world: World, secret: str, with_token: bool
) -> None:
    if secret == "expired":
        _, secret = give(world, at=NOW - timedelta(days=20), purpose="plan")
    sent = {"text": WORDS, "comment": "1"}
    answer = Client().post(reverse("casework:link", args=[secret]), sent) if with_token else stale(secret, **sent)
    page = answer.content.decode()
    assert answer.status_code == 404
    assert "This link no longer works" in page
    assert "Nothing was sent" in page
    assert escape(WORDS) in page
    assert "Send it now" not in page


@pytest.mark.parametrize(
    ("fields", "shown"),
    [({"q1": "better", "finish": "yes"}, 0), ({"q1": "two words"}, 1), ({"a": " ", "b": "x" * 100}, 0), ({}, 0)],
)
@pytest.mark.usefixtures("frozen")
def test_only_what_was_written_is_shown_to_copy(world: World, fields: dict[str, str], shown: int) -> None:
    _, secret = give(world)
    assert stale(secret, **fields).content.decode().count("<textarea") == shown


@pytest.mark.usefixtures("frozen")
def test_too_much_is_not_carried_along(world: World) -> None:
    _, secret = give(world)
    page = stale(secret, text="a b " * 30_000).content.decode()
    assert len(page) < 20_000
    assert "Open the page again" in page


def test_opening_a_link_that_ended_says_nothing_of_sending(client: Client) -> None:
    assert "Nothing was sent" not in client.get(reverse("casework:link", args=["never"])).content.decode()

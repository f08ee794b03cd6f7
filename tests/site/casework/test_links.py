"""Personal links: one works at a time, its secret is kept nowhere, and what has run out looks like what never was."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.site.casework.factories import make_episode
from tests.site.conftest import NOW, World

from placewell_web.audit.models import Entry
from placewell_web.casework.actions import links
from placewell_web.casework.actions.links import link_behind
from placewell_web.casework.models import PersonalLink
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

"""Pages name clauses of their own service's documents alone, and offer only the limits that its contract sets."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.site.casework.factories import ago, make_contact, make_episode, make_job, make_plan, make_profile
from tests.site.conftest import World

from placewell.specification import load, service_ids
from placewell.specification.loader import folder_of
from placewell_web import accounts
from placewell_web.accounts import service
from placewell_web.accounts.models import User
from placewell_web.casework.models import SupportDecision
from placewell_web.casework.presenters.about import items
from placewell_web.clients.models import Episode, Person

SignIn = Callable[[User | None], Client]
SITE = Path(accounts.__file__).parents[1]
HARD_CODED = re.compile(r"00\d (App|§|header)|App\. \d|\bSv \d|\bOrg \d|§ ?\d")
TRIAL = (
    "evaluation/",
    "accounts/templates/accounts/training",
)  # pages of a trial: one service of the catalogue has one
KNOWN: tuple[str, ...] = ("casework/presenters/saving.py",)
PAGES = (
    "", "about/", "profile/", "plan/", "assessment/", "work-and-health/", "job-search/", "jobs/", "benefits/",
    "other-support/", "contacts/", "history/", "questionnaires/", "support/", "close/",
)  # fmt: skip


def documents(name: str) -> set[str]:
    """The numbers of the documents that a service's own specification cites."""
    clauses = (line for path in folder_of(name).glob("*.toml") for line in path.read_text().splitlines())
    return {number for line in clauses if line.startswith("clause") for number in re.findall(r"\b00\d\b", line)}


@pytest.fixture(autouse=True)
def _still(frozen: object) -> None:
    """Friday 14 June 2019."""


def serve(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    spec = load(name)
    monkeypatch.setattr(service, "current", lambda: spec)


def somebody(world: World, name: str) -> Any:
    episode = make_episode(world, service_id=name)
    make_profile(episode, ago(50), ago(40))
    make_plan(episode, ago(40))
    make_contact(episode, ago(3))
    return episode, make_job(episode, ago(30), ended_on=ago(5))


@pytest.mark.parametrize("name", sorted(service_ids()))
def test_no_page_of_a_person_names_the_document_of_another_service(
    world: World, client_for: SignIn, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    serve(monkeypatch, name)
    episode, job = somebody(world, name)
    client = client_for(world.user("specialist"))
    others = "|".join(sorted({f"00{number}" for number in range(6)} - documents(name)))
    for address in (*(f"/people/{episode.pk}/{page}" for page in PAGES), f"/jobs/{job.pk}/next/"):
        answer = client.get(address)
        assert answer.status_code == 200, address
        page = answer.content.decode()
        assert not re.findall(rf"\b(?:{others}) (?:App|§|header|principles|data set)[^<]*", page), address
        if name != "thrive_into_work":
            assert not re.findall(r"App\. \d[^<]*", page), address


def test_no_template_or_presenter_holds_a_clause() -> None:
    found = []
    for path in sorted([*SITE.glob("**/templates/**/*.html"), *SITE.glob("**/presenters/**/*.py")]):
        short = str(path.relative_to(SITE))
        text = path.read_text()
        text = re.sub(r'"""[\s\S]*?"""|(?m:#(?!\{).*$)|\{#[\s\S]*?#\}', "", text)
        if HARD_CODED.search(text) and not short.startswith(TRIAL) and short not in KNOWN:
            found.append(short)
    assert found == []


@pytest.mark.parametrize("name", sorted(service_ids()))
def test_only_limits_of_the_contract_can_be_decided(
    world: World, client_for: SignIn, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    serve(monkeypatch, name)
    episode, _ = somebody(world, name)
    client = client_for(world.user("team_leader"))
    address = f"/people/{episode.pk}/support/"
    page = client.get(address).content.decode()
    has = bool(load(name).pathway.limits)
    assert ("sets no limit of support" in page) is not has
    assert ("Support to find a job" in page) is has
    client.post(address, {"limit": "job_search", "decision": "ended"})
    assert SupportDecision.unscoped.count() == has


@pytest.mark.parametrize(
    ("name", "asked", "clause"),
    [("thrive_into_work", 17, "002 App. 6 i–xvii"), ("nottingham_health_employment", 0, ""), ("workwise", 0, "")],
)
def test_the_items_are_those_the_contract_asks_for(world: World, name: str, asked: int, clause: str) -> None:
    found = items(load(name), make_episode(world), [], [])
    assert (found.asked, found.clause) == (asked, clause)


@pytest.mark.parametrize("name", sorted(service_ids()))
@pytest.mark.parametrize(
    ("way", "words"),
    [
        ("text", "Text"),
        ("phone", "Phone"),
        ("call", "Phone"),
        ("email", "Email"),
        ("letter", "Letter"),
        ("", "Not known"),
    ],
)
def test_the_best_way_to_reach_someone_is_in_words(
    world: World, client_for: SignIn, monkeypatch: pytest.MonkeyPatch, name: str, way: str, words: str
) -> None:
    serve(monkeypatch, name)
    episode: Episode = make_episode(world, service_id=name)
    Person.unscoped.filter(pk=episode.person_id).update(contact_preference=way)
    page = client_for(world.user("specialist")).get(f"/people/{episode.pk}/about/").content.decode()
    shown = re.search(r"<dt>Best way to reach them</dt><dd[^>]*>([^<]*)", page)
    assert shown and shown[1] != way and shown[1].startswith(words)

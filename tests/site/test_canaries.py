"""People planted in the database reach no page of a commissioner, the programme team, an evaluator, an administrator.

Two hundred people with names and NHS numbers found nowhere else; every address is asked for, with the questions a
curious reader would add. No name, no number; and no figure: with nobody or with two hundred, the pages are equal.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import product

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests.site.casework.factories import ago, make_contact, make_job, make_profile
from tests.site.conftest import NOW, World, sign_in
from tests.site.matrix_samples import ADDRESSES, ANONYMOUS, WITHOUT_POST, Made, load, user_of

from placewell_web.accounts.models import Role, User
from placewell_web.clients.models import Episode, Person
from placewell_web.evaluation import queries as evaluation
from placewell_web.reporting import queries as figures

pytestmark = pytest.mark.django_db
WHO = (ANONYMOUS, WITHOUT_POST, Role.PROGRAMME, Role.COMMISSIONER, Role.EVALUATOR, Role.ADMINISTRATOR)
UNCOUNTED = (Role.PROGRAMME, Role.COMMISSIONER, Role.EVALUATOR)
"""Whose pages are equal with nobody and with two hundred."""
QUESTIONS = ("", "?q=Zyxwv", "?period=Y2Q1&lot=dudley&show=counted", "?lot=wolverhampton&page=2&by=gp_practice")
CHANGES = re.compile(r'nonce="[^"]+"|name="csrfmiddlewaretoken" value="[^"]+"|pw-key">[^<]+|data:image/svg[^"]+')
COUNTED = "/evaluation/"  # what stands there is tests/site/evaluation's to hold
CHALLENGE = re.compile(r'"(?:challenge|id)": ?"[^"]+"')


def plant(world: World) -> list[str]:
    """Two hundred people in two lots, some in work; what would give each of them away."""
    secrets = []
    for number in range(200):
        surname, nhs = f"Zyxwv{number:03d}q", f"9{number:09d}"
        person = Person.unscoped.create(
            number=f"TW-{80000 + number}",
            first_name=f"Qwrt{number:03d}k",
            surname=surname,
            search_name=f"qwrt{number:03d}k {surname.lower()}",
            nhs_number=nhs,
            phone=f"+4477009{number:05d}",
            postcode=f"ZQ{number % 90 + 1} 9ZZ",
            created_at=NOW,
        )
        lot = (world.own.code, world.other.code)[number % 2]
        episode = Episode.unscoped.create(
            person=person,
            service_id="thrive_into_work",
            lot_id=lot,
            team=world.teams[lot],
            specialist=world.user("specialist", lot),
            gp_practice=world.practices[lot],
            referred_on=ago(70),
            accepted_on=ago(60),
            source="gp",
            created_at=NOW,
        )
        if number % 5 == 0:
            make_contact(episode, ago(20))
            make_profile(episode, ago(50), ago(40))
            make_job(episode, ago(30))
        secrets += [surname, nhs, person.first_name, person.phone, person.postcode, str(person.pk), str(episode.pk)]
    return secrets


def urls_of(world: World) -> list[str]:
    """Every address without arguments or with a shared one, and every question."""
    made, samples = Made(world, world.own.code), load()
    found = []
    for address in ADDRESSES.values():
        sample = samples.get(address.name)
        if not address.arguments or (sample and sample.shared):
            found.append(reverse(address.name, kwargs=sample.arguments(made) if sample else {}))
    return [url + question for url, question in product(found, QUESTIONS)]


def pages(world: World, who: str, urls: list[str]) -> dict[str, HttpResponse]:
    """What each of them answers to that person."""
    client = Client(raise_request_exception=False)
    user = user_of(world, who)
    found = {}
    for url in urls:
        if user is not None and "_auth_user_id" not in client.session:
            sign_in(client, user)
        found[url] = client.get(url)
    return found


def text_of(response: HttpResponse) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body.decode(errors="replace") + str(dict(response.headers))


@contextmanager
def planted(world: World) -> Iterator[list[str]]:
    """The two hundred while it is open; nothing that was worked out from them is left."""
    with transaction.atomic():
        yield plant(world)
        transaction.set_rollback(True)
    cache.clear()
    figures.forget()
    evaluation.forget()


@pytest.mark.parametrize("who", WHO)
def test_no_planted_person_is_found_and_no_figure(world: World, who: str, frozen: object) -> None:
    """Nothing a page says may depend on the people in the database; the evaluator's own pages count people."""
    urls = urls_of(world)
    with planted(world) as secrets:
        full = pages(world, str(who), urls)
        for url, response in full.items():
            text = text_of(response)
            assert response.status_code < 500
            assert [secret for secret in secrets if secret in text] == [], f"{who} found a planted person at {url}"
        said = {url: _lasting(response) for url, response in full.items()}
    if who not in UNCOUNTED:
        return
    empty = {
        url: _lasting(response)
        for url, response in pages(world, str(who), urls).items()
        if who != Role.EVALUATOR or not url.startswith(COUNTED)
    }
    assert [url for url in empty if empty[url] != said[url]] == []
    assert len(empty) > 100


def _lasting(response: HttpResponse) -> tuple[int, str]:
    page = CHALLENGE.sub("", CHANGES.sub("", response.content.decode(errors="replace")))
    return response.status_code, page


def test_the_search_would_find_them(world: World, client_for: Callable[[User | None], Client], frozen: object) -> None:
    """A manager sees people of the own lot at the same addresses: the canaries can be heard."""
    secrets = plant(world)
    found = pages(world, str(Role.MANAGER), urls_of(world))
    heard = {url for url, one in found.items() if any(secret in text_of(one) for secret in secrets)}
    assert "/people/search/?q=Zyxwv" in heard
    assert [url for url in heard if url.startswith("/figures/")]

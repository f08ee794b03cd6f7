"""The profile as a living document: who was asked, with whose consent, what changed, when a new version is wanted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from tests.site.casework.factories import TODAY, ago, make_employer, make_episode, make_job, make_profile
from tests.site.conftest import NOW, World

from placewell_web.accounts.errors import Refused
from placewell_web.accounts.models import User
from placewell_web.audit.models import Entry
from placewell_web.casework.actions import profiles
from placewell_web.casework.actions.profiles import ALLOWED_BY, SOURCES
from placewell_web.casework.forms.profiles import PART_LABELS
from placewell_web.casework.models import Profile, ProfileSource
from placewell_web.casework.presenters.profiles import changes, wanted
from placewell_web.casework.queries.profiles import last_change, last_completed
from placewell_web.clients.models import Consent, Episode

SignIn = Callable[[User | None], Client]
HOSTILE = "<script>alert(1)</script>{{ 7*7 }}"


@pytest.fixture(autouse=True)
def _still(frozen: object) -> None:
    """Friday 14 June 2019."""


@pytest.fixture
def episode(world: World) -> Episode:
    return make_episode(world)


@pytest.fixture
def by(world: World) -> dict[str, Any]:
    return {"by": world.actor("specialist"), "at": NOW}


def agreed(episode: Episode, kind: str, given: date, withdrawn: date | None = None) -> Consent:
    return Consent.unscoped.create(episode=episode, kind=kind, given_on=given, withdrawn_on=withdrawn)


def test_every_source_has_a_consent_of_the_list() -> None:
    assert set(ALLOWED_BY) == set(SOURCES)


@pytest.mark.parametrize(
    ("given", "withdrawn", "on", "allowed"),
    [
        (None, None, TODAY, False),
        (ago(5), None, TODAY, True),
        (ago(5), None, ago(5), True),
        (ago(5), None, ago(6), False),
        (ago(5), ago(2), ago(3), True),
        (ago(5), ago(2), ago(2), False),
    ],
)
def test_a_source_needs_a_consent_that_held_that_day(
    episode: Episode, by: dict[str, Any], given: date | None, withdrawn: date | None, on: date, allowed: bool
) -> None:
    if given:
        agreed(episode, "contact_clinician", given, withdrawn)
    agreed(episode, "contact_family", ago(30))
    asked = {"profile": make_profile(episode, ago(8)), "who": "clinician", "name": "Dr Rao", "on": on}
    if allowed:
        row = profiles.add_source(**asked, **by)
        assert row is not None
        assert (row.consent.kind, row.consent.given_on) == ("contact_clinician", given)
        return
    with pytest.raises(Refused, match="record their consent under About"):
        profiles.add_source(**asked, **by)
    assert ProfileSource.unscoped.count() == 0


def test_the_same_source_twice_is_one(episode: Episode, by: dict[str, Any]) -> None:
    agreed(episode, "contact_family", ago(5))
    asked = {"profile": make_profile(episode, ago(8)), "who": "family", "name": "Sister", "on": ago(1)}
    assert [profiles.add_source(**asked, **by) is not None for _ in range(2)] == [True, False]
    assert Entry.objects.filter(verb="add_profile_source").count() == 1
    assert "Sister" not in "".join(Entry.objects.values_list("detail", flat=True)), "names stay out of the chain"


def test_a_completed_version_keeps_its_sources(episode: Episode, by: dict[str, Any]) -> None:
    agreed(episode, "contact_family", ago(50))
    done = make_profile(episode, ago(40))
    row = profiles.add_source(profile=done, who="family", name="Sister", on=ago(39), **by)
    Profile.unscoped.filter(pk=done.pk).update(completed_on=ago(30))
    assert row is not None
    row.refresh_from_db()
    with pytest.raises(Refused, match="kept as it was"):
        profiles.remove_source(source=ProfileSource.unscoped.select_related("profile__episode").get(), **by)
    with pytest.raises(Refused, match="Start a new version"):
        profiles.add_source(profile=done, who="family", name="Brother", on=ago(39), **by)


def test_naming_someone_on_the_page(world: World, client_for: SignIn, episode: Episode) -> None:
    client, address = client_for(world.user("specialist")), f"/people/{episode.pk}/profile/asked/"
    day = {"on-day": "13", "on-month": "6", "on-year": "2019"}
    form = {"who": "previous_employer", "name": HOSTILE, **day}
    assert client.post(address, form).status_code == 302, "without an open version there is nothing to add to"
    make_profile(episode, ago(8))
    refused = client.post(address, form).content.decode()
    assert "had not agreed to “Talking with previous employers” on 13 June 2019" in refused
    agreed(episode, "contact_previous_employer", ago(3))
    page = client.post(address, form, follow=True).content.decode()
    assert "Previous employer: &lt;script&gt;" in page
    assert HOSTILE not in page
    assert "{{ 7*7 }}" in page, "a name is text, never a template"
    source = ProfileSource.unscoped.get()
    client.post(f"/people/{episode.pk}/profile/asked/{source.pk}/remove/")
    assert ProfileSource.unscoped.count() == 0


def test_another_persons_source_is_not_there(world: World, client_for: SignIn, episode: Episode) -> None:
    other = make_episode(world)
    agreed(other, "contact_family", ago(5))
    profile = make_profile(other, ago(8))
    consent = Consent.unscoped.get()
    row = ProfileSource.unscoped.create(
        profile=profile, who="family", name="Sister", on=ago(1), consent=consent, created_at=NOW
    )
    answer = client_for(world.user("specialist")).post(f"/people/{episode.pk}/profile/asked/{row.pk}/remove/")
    assert answer.status_code == 404
    assert ProfileSource.unscoped.count() == 1


def test_what_changed_from_version_to_version(episode: Episode) -> None:
    first = make_profile(episode, ago(40), ago(30), preferences="Shop work", skills="Till")
    same = make_profile(episode, ago(20), ago(10), version=2, preferences="Shop work", skills="Till")
    other = make_profile(episode, ago(5), ago(2), version=3, preferences="Office work", skills="")
    assert changes(None, first, PART_LABELS) == ""
    assert changes(first, same, PART_LABELS) == "Nothing is changed since version 1."
    assert changes(same, other, PART_LABELS) == ("Changed since version 2: what the person wants from work; skills.")


@pytest.mark.parametrize(
    ("completed", "started", "ended", "said"),
    [
        (None, ago(10), None, ""),
        (ago(30), None, None, ""),
        (ago(30), ago(40), None, ""),
        (ago(30), ago(30), None, ""),
        (ago(30), ago(29), None, "began on 16 May 2019"),
        (ago(30), ago(40), ago(3), "ended on 11 June 2019"),
        (ago(2), ago(40), ago(3), ""),
        (ago(30), date(2019, 6, 20), None, ""),
    ],
)
def test_a_new_version_is_wanted_after_each_job(
    episode: Episode, completed: date | None, started: date | None, ended: date | None, said: str
) -> None:
    make_profile(episode, ago(60), completed)
    if started:
        make_job(episode, started, ended_on=ended)
    words = wanted(last_change(episode, TODAY), last_completed(episode), "Jas")
    assert (said in words) if said else words == ""


def test_the_wish_for_a_new_version_stands_on_profile_and_person(
    world: World, client_for: SignIn, episode: Episode
) -> None:
    make_profile(episode, ago(60), ago(50))
    make_job(episode, ago(10), title="", employer=make_employer())
    client = client_for(world.user("specialist"))
    for page in ("profile/", ""):
        text = client.get(f"/people/{episode.pk}/{page}").content.decode()
        assert "A new version of the profile is wanted" in text
        assert "job (Marlowe Home Store) began on 4 June 2019" in text
    make_profile(episode, TODAY, version=2)
    assert "A new version of the profile is wanted" not in client.get(f"/people/{episode.pk}/profile/").content.decode()


def test_consents_stand_beside_the_profile(world: World, client_for: SignIn, episode: Episode) -> None:
    agreed(episode, "contact_family", ago(5))
    agreed(episode, "contact_employer", ago(9), ago(2))
    page = client_for(world.user("specialist")).get(f"/people/{episode.pk}/profile/").content.decode()
    assert page.count("Given 9 June 2019") == 1
    assert page.count("Not given") == len(set(ALLOWED_BY.values())) - 1
    assert f"/people/{episode.pk}/consents/?for=profile" in page


@pytest.mark.parametrize(("asked", "leads_to"), [("?for=profile", "profile"), ("", "about"), ("?for=//evil", "about")])
def test_a_consent_recorded_from_the_profile_leads_back_to_it(
    world: World, client_for: SignIn, episode: Episode, asked: str, leads_to: str
) -> None:
    day = {"on-day": "13", "on-month": "6", "on-year": "2019"}
    form = {"kinds": ["contact_family"], "form_version": "", **day}
    answer = client_for(world.user("specialist")).post(f"/people/{episode.pk}/consents/{asked}", form)
    assert answer["Location"] == f"/people/{episode.pk}/{leads_to}/"

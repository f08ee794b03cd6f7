"""Showing a profile or an assessment by the personal link: off unless chosen, and version by version."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from tests.site.casework.factories import TODAY, ago, make_episode, make_profile
from tests.site.conftest import NOW, World

from placewell.specification import load
from placewell_web.accounts import service
from placewell_web.accounts.errors import Refused
from placewell_web.accounts.models import User
from placewell_web.audit.models import Entry
from placewell_web.casework.actions import assessments, links
from placewell_web.casework.actions.assessments import PartFacts
from placewell_web.casework.actions.showing import show_by_link
from placewell_web.casework.models import Assessment, Profile
from placewell_web.clients.models import Episode

SignIn = Callable[[User | None], Client]
OFF = {
    "health": "Tired by four",
    "adjustment": "Behind with rent",
    "personal_contacts": "Aunt May",
    "support_needs": "A stool",
}


@pytest.fixture(autouse=True)
def _still(frozen: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Friday 14 June 2019, at the service of document 004, which asks for an assessment."""
    spec = load("nottingham_health_employment")
    monkeypatch.setattr(service, "current", lambda: spec)


@pytest.fixture
def episode(world: World) -> Episode:
    return make_episode(world)


@pytest.fixture
def by(world: World) -> dict[str, Any]:
    return {"by": world.actor("specialist"), "at": NOW}


@pytest.fixture
def staff(world: World, client_for: SignIn) -> Client:
    return client_for(world.user("specialist"))


@pytest.fixture
def hers(episode: Episode, client: Client, by: dict[str, Any]) -> Callable[[], str]:
    """Her page, as whoever holds the link reads it."""
    secret = links.give_link(episode=episode, purpose="plan", **by)[1]
    return lambda: client.get(f"/l/{secret}/").content.decode()


def assessed(episode: Episode, by: dict[str, Any], words: str) -> Assessment:
    draft = assessments.start_assessment(episode=episode, **by)
    said = {"parts": {"social": PartFacts(words, "<i>Early</i> shifts")}, "face_to_face": True, "completed_on": TODAY}
    return assessments.save_assessment(assessment=draft, edit_version=draft.edit_version, **said, **by)


def press(client: Client, episode: Episode, document: str, version: Any, button: str = "show") -> Any:
    return client.post(f"/people/{episode.pk}/{document}/{version.pk}/show/", {button: "1"}, follow=True)


def test_an_assessment_is_shown_once_chosen_and_no_longer_when_taken_back(
    episode: Episode, staff: Client, hers: Callable[[], str], by: dict[str, Any]
) -> None:
    first = assessed(episode, by, "Lives by the canal")
    assert "canal" not in hers()
    assert "Jaswinder can read version 1" in press(staff, episode, "assessment", first).content.decode()
    page = hers()
    assert "Your assessment" in page and "Lives by the canal" in page and "&lt;i&gt;Early" in page
    assert (
        "can read the assessment, version 1, since 14 June 2019"
        in staff.get(f"/people/{episode.pk}/assessment/").content.decode()
    )
    press(staff, episode, "assessment", first)
    press(staff, episode, "assessment", first, "hide")
    assert "canal" not in hers()
    said = Entry.objects.filter(verb__in=("show_by_link", "hide_from_link")).order_by("sequence")
    assert [(one.verb, one.detail) for one in said] == [
        ("show_by_link", '{"version":1}'),
        ("hide_from_link", '{"version":1}'),
    ]


def test_a_newer_version_is_hidden_until_it_is_chosen_too(
    episode: Episode, staff: Client, hers: Callable[[], str], by: dict[str, Any]
) -> None:
    press(staff, episode, "assessment", assessed(episode, by, "Lives by the canal"))
    draft = assessments.start_assessment(episode=episode, **by)
    assert "canal" in hers(), "a draft changes nothing"
    said = {"parts": {"social": PartFacts("Moved out")}, "face_to_face": True, "completed_on": TODAY}
    assessments.save_assessment(assessment=draft, edit_version=draft.edit_version, **said, **by)
    assert "canal" not in hers() and "Moved out" not in hers()


def test_of_a_profile_what_she_said_of_work_stands_always_and_the_rest_once_chosen(
    episode: Episode, staff: Client, hers: Callable[[], str]
) -> None:
    said = {"preferences": "Shop work", "goal": "A job near home", "experience": "In kitchens", "education": "Level 2"}
    profile = make_profile(episode, ago(9), ago(8), **said, **OFF)
    page = hers()
    assert all(words in page for words in said.values())
    assert not any(words in page for words in OFF.values())
    told = staff.get(f"/people/{episode.pk}/profile/").content.decode()
    assert "Jaswinder can read what Jaswinder wants from work, goal for work, past experience" in told
    assert "strengths, and education and training. The other parts are not shown." in told
    press(staff, episode, "profile", profile)
    page = hers()
    assert all(words in page for words in OFF.values())
    assert "People you know" in page and "What you want from work" in page


@pytest.mark.parametrize("model", [Profile, Assessment])
def test_a_draft_is_never_shown(episode: Episode, by: dict[str, Any], model: Any) -> None:
    facts = {"version": 1, "started_on": ago(1), "written_by": episode.specialist, "created_at": NOW}
    draft = model.unscoped.create(episode=episode, **facts)
    with pytest.raises(Refused, match="draft"):
        show_by_link(version=draft, shown=True, **by)
    draft.refresh_from_db()
    assert draft.shown_on is None


def test_who_may_choose(world: World, episode: Episode, staff: Client, client_for: SignIn) -> None:
    profile, other = make_profile(episode, ago(9), ago(8)), make_episode(world)
    assert press(client_for(world.user("specialist", "wolverhampton")), episode, "profile", profile).status_code == 404
    assert press(staff, other, "profile", profile).status_code == 404
    assert staff.post(f"/people/{episode.pk}/assessment/{uuid4()}/show/").status_code == 404
    assert staff.get(f"/people/{episode.pk}/profile/{profile.pk}/show/").status_code == 405
    profile.refresh_from_db()
    assert profile.shown_on is None


def test_the_assessment_on_paper(episode: Episode, staff: Client, by: dict[str, Any]) -> None:
    address = f"/people/{episode.pk}/print/assessment/"
    assert "No version has been completed yet." in staff.get(address).content.decode()
    assert address not in staff.get(f"/people/{episode.pk}/assessment/").content.decode()
    assessed(episode, by, "Lives by the canal")
    assessments.start_assessment(episode=episode, **by).parts.update(words="DRAFT")
    page = staff.get(address).content.decode()
    for words in ("Biopsychosocial assessment", "Version 1. Completed 14 June 2019", "Lives by the canal", "Not said"):
        assert words in page, words
    assert "DRAFT" not in page and "<i>Early" not in page

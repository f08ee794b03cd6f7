"""The assessment: parts of the service's contract, drafts, completed versions that stay, two editors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.site.casework.factories import TODAY, ago, make_episode
from tests.site.conftest import NOW, World

from placewell.specification import load
from placewell_web.accounts import service
from placewell_web.accounts.errors import EditConflict, Refused
from placewell_web.accounts.models import User
from placewell_web.audit.models import Entry
from placewell_web.casework.actions import assessments
from placewell_web.casework.actions.assessments import PartFacts
from placewell_web.casework.models import Assessment
from placewell_web.clients.models import Episode

SignIn = Callable[[User | None], Client]
NAMES = ("biological", "psychological", "social")


@pytest.fixture(autouse=True)
def _still(frozen: object) -> None:
    """Friday 14 June 2019."""


@pytest.fixture
def of_004(monkeypatch: pytest.MonkeyPatch) -> None:
    """The site serves the service of document 004, which asks for an assessment."""
    spec = load("nottingham_health_employment")
    monkeypatch.setattr(service, "current", lambda: spec)


@pytest.fixture
def episode(world: World) -> Episode:
    return make_episode(world)


@pytest.fixture
def by(world: World) -> dict[str, Any]:
    return {"by": world.actor("specialist"), "at": NOW}


def test_a_service_that_asks_for_none_says_so(world: World, client_for: SignIn, episode: Episode) -> None:
    client, address = client_for(world.user("specialist")), f"/people/{episode.pk}/assessment/"
    assert "asks for no assessment" in client.get(address).content.decode()
    client.post(address + "start/")
    assert Assessment.unscoped.count() == 0
    assert "Assessment</a>" not in client.get(f"/people/{episode.pk}/profile/").content.decode()


@pytest.mark.usefixtures("of_004")
def test_from_start_to_completed(world: World, client_for: SignIn, episode: Episode) -> None:
    client, address = client_for(world.user("specialist")), f"/people/{episode.pk}/assessment/"
    assert "No assessment yet" in client.get(address).content.decode()
    for _ in range(2):
        client.post(address + "start/")
    assert Assessment.unscoped.count() == 1
    refused = client.post(address, {"edit_version": "1", "complete": "1"}).content.decode()
    for words in ("Choose whether you met face to face.", "before you complete: health", "work and life around it"):
        assert words in refused, words
    said = {f"{name}_words": f"<b>{name}</b>" for name in NAMES} | {"social_obstacles": "Early shifts"}
    client.post(address, {"edit_version": "1", "save": "1", "social_obstacles": "Early shifts"})
    assert Assessment.unscoped.get().completed_on is None
    client.post(address, {"edit_version": "2", "complete": "1", "face_to_face": "yes", **said})
    done = Assessment.unscoped.get()
    assert (done.completed_on, done.face_to_face, done.parts.count()) == (TODAY, True, 3)
    page = client.get(address).content.decode()
    assert "Completed 14 June 2019 by Employment specialist Dudley, face to face" in page
    assert "&lt;b&gt;social&lt;/b&gt;" in page
    assert "<b>social" not in page
    assert page.count("Not said") == 5
    verbs = list(Entry.objects.filter(is_view=False).order_by("sequence").values_list("verb", flat=True))
    assert verbs == ["start_assessment", "begin_document_draft", "save_assessment", "complete_assessment"]
    assert "Early" not in "".join(Entry.objects.values_list("detail", flat=True))


def test_the_next_version_starts_from_the_last(episode: Episode, by: dict[str, Any]) -> None:
    first = assessments.start_assessment(episode=episode, **by)
    parts = {"social": PartFacts("Lives alone", "Debt", "A friend"), "biological": PartFacts()}
    saved = {"edit_version": 1, "parts": parts, "face_to_face": False, "completed_on": TODAY}
    assessments.save_assessment(assessment=first, **saved, **by)
    second = assessments.start_assessment(episode=episode, **by)
    assert (second.version, second.face_to_face) == (2, None)
    assert [(one.part, one.obstacles) for one in second.parts.all()] == [("social", "Debt")]
    with pytest.raises(Refused, match="kept as it was"):
        assessments.save_assessment(assessment=first, **saved, **by)


def test_the_second_of_two_editors_sees_both(episode: Episode, by: dict[str, Any]) -> None:
    draft = assessments.start_assessment(episode=episode, **by)
    saved = {"assessment": draft, "edit_version": 1, "face_to_face": None}
    assessments.save_assessment(parts={"social": PartFacts("Theirs")}, **saved, **by)
    with pytest.raises(EditConflict) as conflict:
        assessments.save_assessment(parts={"social": PartFacts("Mine"), "biological": PartFacts("New")}, **saved, **by)
    assert (conflict.value.stored["social_words"], conflict.value.written["social_words"]) == ("Theirs", "Mine")
    assert conflict.value.stored["biological_words"] == ""
    assert draft.parts.get().words == "Theirs"


@pytest.mark.usefixtures("of_004")
def test_a_conflict_on_the_page_loses_no_text(world: World, client_for: SignIn, episode: Episode, by: Any) -> None:
    draft = assessments.start_assessment(episode=episode, **by)
    theirs = {"social": PartFacts("Theirs: alone")}
    assessments.save_assessment(assessment=draft, edit_version=1, parts=theirs, face_to_face=None, **by)
    address = f"/people/{episode.pk}/assessment/"
    mine = {"edit_version": "1", "social_words": "Mine: with family", "save": "1"}
    answer = client_for(world.user("specialist")).post(address, mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    for words in ("Theirs: alone", "Mine: with family", "Work and life around it: As things are"):
        assert words in page, words


@pytest.mark.usefixtures("of_004")
def test_not_after_support_ended(world: World, client_for: SignIn) -> None:
    closed = make_episode(world, closed_on=ago(2), closure_reason="moved_away")
    assert client_for(world.user("specialist")).post(f"/people/{closed.pk}/assessment/start/").status_code == 403
    assert Assessment.unscoped.count() == 0

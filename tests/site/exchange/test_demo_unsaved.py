"""The demo's drafts: two for each specialist, one of them old, the same on every run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.test import Client
from tests.site.casework.factories import make_episode, make_person
from tests.site.conftest import NOW, World

from placewell_web.accounts.models import User
from placewell_web.casework.models import ContactDraft
from placewell_web.exchange.demo.places import Places
from placewell_web.exchange.demo.unsaved import leave_unsaved


def test_a_specialist_finds_two_drafts_on_today(
    world: World, client_for: Callable[[User | None], Client], frozen: object
) -> None:
    specialist = world.user("specialist")
    for name in ("Cy", "Bo", "Al"):
        make_episode(world, person=make_person(name, "Of Demo"))
    make_episode(world, person=make_person("Aa", "Closed"), closed_on=NOW.date(), closure_reason="moved_away")
    leave_unsaved(Places({}, {}, {}, {"S1": specialist, "S2": world.user("specialist", "wolverhampton")}), NOW)
    kept = ContactDraft.unscoped.order_by("-saved_at")
    assert [(one.episode.person.first_name, NOW - one.saved_at) for one in kept] == [
        ("Al", timedelta(minutes=35)),
        ("Bo", timedelta(days=3)),
    ]
    page = client_for(specialist).get("/today/").content.decode()
    assert "Rang between two visits." in page
    assert "Draft of 11 June 2019" in page
    assert (
        "Talked about the bus" in client_for(specialist).get(f"/people/{kept[1].episode_id}/contact/").content.decode()
    )


def test_a_service_without_people_has_no_drafts(world: World) -> None:
    leave_unsaved(Places({}, {}, {}, {"S1": world.user("specialist")}), NOW)
    assert not ContactDraft.unscoped.exists()

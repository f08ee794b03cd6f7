"""A job role found as one types: with the keyboard, with a slip of the finger, and taken from the job title."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from tests.journeys.steps import given, then, when
from tests.journeys.steps.journey import Journey
from tests.site.casework.factories import make_episode
from tests.site.conftest import World

from placewell_web.accounts.models import Role


@pytest.mark.screens("wide", "phone")
def test_a_role_is_found_with_the_keyboard(journey: Journey, world: World) -> None:
    episode = make_episode(world)
    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.visit(f"/people/{episode.pk}/jobs/new/")
    role = journey.page.get_by_role("combobox", name="Job role")
    role.press_sequentially("warehuose")
    options = journey.page.get_by_role("option")
    expect(options.first).to_contain_text("Warehouse operatives")
    expect(role).to_have_attribute("aria-expanded", "true")
    journey.check()  # accessible with the list open

    role.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    role.press("Enter")
    expect(role).to_have_value("9252 Warehouse operatives")
    expect(journey.page.locator("input[name=occupation]")).to_have_value("9252")
    assert "/jobs/new/" in journey.page.url  # Enter chose, and sent nothing

    role.press_sequentially("x")  # other words: the choice is gone
    expect(journey.page.locator("input[name=occupation]")).to_have_value("")
    role.press("Escape")
    expect(role).to_have_attribute("aria-expanded", "false")


@pytest.mark.screens("wide", "phone")
def test_the_job_title_suggests_a_role(journey: Journey, world: World) -> None:
    episode = make_episode(world)
    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.visit(f"/people/{episode.pk}/jobs/new/")
    title = journey.page.get_by_label("Job title")
    title.fill("Barista")
    title.press("Tab")
    journey.page.get_by_role("button", name="9266 Coffee shop workers").click()
    expect(journey.page.locator("input[name=occupation]")).to_have_value("9266")
    journey.check()


@pytest.mark.screens("wide-no-script", "phone-no-script")
def test_without_script_a_search_finds_it_and_loses_nothing(journey: Journey, world: World) -> None:
    episode = make_episode(world)
    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.visit(f"/people/{episode.pk}/jobs/new/")
    when.fills(journey, {"Job title": "Barista", "Employer": "Bean and Leaf"})
    when.presses(journey, "Search for job role")
    then.sees(journey, "Found for “Barista”", "9266 Coffee shop workers", "None of these")
    when.chooses(journey, "9266 Coffee shop workers “barista”")
    expect(journey.page.locator("#id_employer")).to_have_value("Bean and Leaf")

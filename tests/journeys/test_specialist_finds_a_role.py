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


@pytest.mark.screens("wide", "phone", "phone-no-script")
def test_after_an_error_what_was_found_is_there_to_choose(journey: Journey, world: World) -> None:
    """Words without a choice: the answer shows what they find, before anything is typed again."""
    episode = make_episode(world)
    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.visit(f"/people/{episode.pk}/jobs/new/")
    journey.page.locator("#id_occupation").fill("kichen porter")
    journey.page.keyboard.press("Escape")
    when.presses(journey, "Record job")
    then.sees(journey, "Choose one of those found for “kichen porter”", "Found for “kichen porter”")
    first = journey.page.locator(".pw-look__found input[name=occupation]").first
    code = first.get_attribute("value")
    first.check()
    when.presses(journey, "Record job")
    assert "Choose one of those found" not in journey.page.locator("main").inner_text()
    if not journey.screen.script:
        expect(journey.page.locator(f"input[name=occupation][value='{code}']")).to_be_checked()
        return
    box = journey.page.locator("input[type=hidden][name=occupation]")
    expect(box).to_have_value(str(code))
    journey.page.locator("#id_occupation").press_sequentially("x")  # other words: the choice is gone
    expect(box).to_have_value("")

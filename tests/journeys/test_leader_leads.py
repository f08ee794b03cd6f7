"""A team leader's week: the board, a sheet that prints on two pages, a signature of each, cover, and a handover."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from tests.journeys.steps import given, then, when
from tests.journeys.steps.journey import Journey
from tests.site.casework.factories import ago, make_contact, make_episode, make_job, make_person
from tests.site.conftest import NOW, World, make_user

from placewell_web.accounts.models import Role
from placewell_web.clients.models import Episode

pytestmark = pytest.mark.browser


def full_caseload(world: World) -> None:
    """Thirty people with much that is late, stuck or missing: every list of the sheet is cut."""
    for n in range(30):
        one = make_episode(
            world, person=make_person(f"Person{n}", "Of-Many"), referred_on=ago(290 - n), accepted_on=ago(285 - n)
        )
        make_contact(one, ago(30 + n))
        if n % 2:
            make_job(one, ago(130 - n), end_reason="")


@pytest.mark.screens("wide")
def test_the_sheet_prints_on_two_pages_and_both_sign(journey: Journey, world: World) -> None:
    full_caseload(world)
    given.signed_in(journey, world.user(Role.TEAM_LEADER))
    journey.visit("/team/")
    journey.picture("team-board")
    when.follows(journey, "Sheet of Employment specialist Dudley")
    journey.picture("supervision-sheet")
    pages = len(re.findall(rb"/Type\s*/Page\b", journey.page.pdf(format="A4")))
    assert pages <= 2, "a full caseload still prints on two pages"
    when.presses(journey, "Keep and sign")
    then.is_told_of_errors(journey, "Write a note or agree an action: an empty sheet says nothing to whoever reads it.")
    when.fills(journey, {"Notes": "Two leads a week.", "Action 1": "Ring the bakery"})
    when.presses(journey, "Keep and sign")
    then.sees(journey, "has not signed yet", "Ring the bakery")
    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.visit("/today/")
    then.sees(journey, "From supervision", "Ring the bakery")
    when.follows(journey, "Read and sign the supervision of 14 June 2019")
    when.presses(journey, "Sign")
    then.sees(journey, "and by Employment specialist Dudley on 14 June 2019")


@pytest.mark.screens("handheld", "handheld-no-script")
def test_thirty_people_are_handed_over_on_a_phone(journey: Journey, world: World) -> None:
    colleagues = [
        make_user(f"{name}@example.org", name, "specialist", world.own, world.teams["dudley"])
        for name in ("Priya", "Tom")
    ]
    full_caseload(world)
    given.signed_in(journey, world.user(Role.TEAM_LEADER))
    journey.visit(f"/team/{world.user(Role.SPECIALIST).pk}/hand-over/")
    journey.picture("hand-over-thirty")
    assert journey.page.evaluate("document.documentElement.scrollHeight") < 3500
    journey.page.get_by_label("Tom, 0 open of 35: room for 35").uncheck()
    when.presses(journey, "Share out again")
    chosen = [one.input_value() for one in journey.page.locator("select").all()]
    assert chosen == [str(colleagues[0].pk)] * 30
    note = journey.page.locator(".cw-note").first
    note.fill("Likes to be rung in the morning")
    assert note.bounding_box()["width"] > 300, "what is written is seen whole"


def test_a_caseload_is_handed_over_and_taken_back(journey: Journey, world: World) -> None:
    make_user("priya@example.org", "Priya Nair", "specialist", world.own, world.teams["dudley"])
    for n in range(4):
        make_episode(world, person=make_person(f"Person{n}", "Of-Many"))
    given.signed_in(journey, world.user(Role.TEAM_LEADER))
    journey.visit(f"/team/{world.user(Role.SPECIALIST).pk}/hand-over/")
    journey.picture("hand-over")
    when.presses(journey, "Hand over")
    then.is_told_of_errors(journey, "Say why the caseload is handed over.")
    when.fills(journey, {"Why?": "Leaves the service"})
    when.presses(journey, "Hand over")
    then.sees(journey, "4 people from 14 June 2019", "Priya Nair")
    assert Episode.unscoped.filter(specialist__name="Priya Nair").count() == 4
    when.presses(journey, "Take it back")
    then.sees(journey, "Taken back.")
    assert Episode.unscoped.filter(specialist__name="Priya Nair").count() == 0


@pytest.mark.screens("phone")
def test_the_pages_of_leading_on_a_phone(journey: Journey, world: World) -> None:
    make_user("priya@example.org", "Priya Nair", "specialist", world.own, world.teams["dudley"])
    full = make_episode(world)
    given.signed_in(journey, world.user(Role.TEAM_LEADER))
    who = world.user(Role.SPECIALIST).pk
    for address in (
        "/team/",
        f"/team/{who}/people/?show=late",
        f"/team/{who}/supervision/",
        "/team/group-supervision/",
        f"/people/{full.pk}/close/",
        f"/people/{full.pk}/move/",
    ):
        journey.visit(address)
    journey.visit(f"/team/{who}/cover/")
    when.fills(journey, {"Who covers?": "Priya Nair", "Last day": (NOW + timedelta(days=6)).date()})
    when.presses(journey, "Arrange cover")
    then.sees(journey, "Covered by Priya Nair to 20 June 2019")

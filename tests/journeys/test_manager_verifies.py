"""A manager verifies a payslip: the figure rises by one, and the person stands in its list with the reason."""

from __future__ import annotations

import pytest
from tests.journeys.steps import given, then, when
from tests.journeys.steps.journey import Journey
from tests.site.casework.factories import ago, make_contact, make_episode, make_evidence, make_job, make_person
from tests.site.conftest import World

from placewell_web.accounts.models import Role
from placewell_web.casework.models import Evidence
from placewell_web.clients.models import Episode

pytestmark = pytest.mark.browser

FIGURE = "Job start, 16 hours and over"


def in_work(world: World, first_name: str, surname: str, **evidence: object) -> Episode:
    """Accepted two months ago, in a job of 20 hours for ten days, with a payslip."""
    person = make_person(first_name, surname)
    episode = make_episode(world, person=person, referred_on=ago(70), accepted_on=ago(65))
    make_contact(episode, ago(4))
    make_evidence(episode, make_job(episode, ago(10)), about_on=ago(3), received_on=ago(2), **evidence)
    return episode


def number(journey: Journey) -> int:
    return int(journey.page.locator(".pw-hero__number strong").inner_text())


@pytest.mark.screens("phone", "wide-no-script")
def test_a_figure_rises_by_one(journey: Journey, world: World) -> None:
    manager = world.user(Role.MANAGER)
    verified = {"status": "verified", "decided_on": ago(1), "verified_on": ago(1), "decided_by": manager}
    in_work(world, "Kelvin", "Osei", **verified)
    in_work(world, "Jaswinder", "Sandhu")

    given.signed_in(journey, manager)
    journey.visit("/quarter/")
    then.heading_is(journey, "This quarter")
    journey.picture("quarter")
    when.follows(journey, FIGURE)
    before = number(journey)
    assert before == 1
    then.sees(journey, "1 achieved, evidence outstanding.", "Jaswinder Sandhu", "waits to be verified.")
    then.does_not_see(journey, "Kelvin Osei")
    journey.picture("figure-not-counted")
    when.follows(journey, "Counted 1")
    then.sees(journey, "Kelvin Osei")
    then.does_not_see(journey, "Jaswinder Sandhu")

    journey.visit("/evidence/")
    then.sees(journey, "1 document waits for a decision.", "Jaswinder Sandhu", "Payslip")
    when.follows(journey, "Payslip of Jaswinder Sandhu")
    then.sees(journey, "The claim", "The proof", "Does it fit?")
    when.presses(journey, "Save decision")
    then.is_told_of_errors(journey, "Choose whether the document proves the claim.")
    when.chooses(journey, "No, reject it")
    when.presses(journey, "Save decision")
    then.is_told_of_errors(journey, "Say why it is rejected, so that the specialist knows what to ask for.")
    when.chooses(journey, "Yes, verify it")
    journey.picture("decide")
    when.presses(journey, "Save decision")
    then.sees(journey, "Nothing waits for a decision.", "Verified", "Payslip of Jaswinder Sandhu")
    assert Evidence.unscoped.filter(status="verified").count() == 2

    journey.visit("/quarter/")
    when.follows(journey, FIGURE)
    assert number(journey) == before + 1
    then.sees(journey, "Kelvin Osei", "Jaswinder Sandhu", "payslip")
    then.does_not_see(journey, "evidence outstanding.")
    journey.picture("figure")
    when.follows(journey, "Jaswinder Sandhu")
    then.sees(journey, "Day 1")

    journey.visit("/contract/")
    then.sees(journey, "People who started a job of 16 hours a week or more")


@pytest.mark.screens("wide", "phone-no-script")
def test_what_is_rejected_goes_back_with_its_reason(journey: Journey, world: World) -> None:
    episode = in_work(world, "Jaswinder", "Sandhu")
    given.signed_in(journey, world.user(Role.TEAM_LEADER))
    journey.visit("/evidence/")
    when.follows(journey, "Payslip of Jaswinder Sandhu")
    when.chooses(journey, "No, reject it")
    when.fills(journey, {"Reason, if you reject it": "The payslip is of another employer."})
    when.presses(journey, "Save decision")
    then.sees(journey, "Rejected", "The payslip is of another employer.")

    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.visit(f"/people/{episode.pk}/jobs/")
    then.sees(journey, "The payslip is of another employer.")


@pytest.mark.screens("wide", "phone-no-script")
def test_a_quarter_in_which_nothing_happened(journey: Journey, world: World) -> None:
    given.signed_in(journey, world.user(Role.MANAGER))
    journey.visit("/quarter/")
    then.heading_is(journey, "This quarter")
    when.follows(journey, FIGURE)
    assert number(journey) == 0
    then.sees(journey, "Nobody is in this list.")


@pytest.mark.screens("wide", "phone")
def test_an_address_that_makes_no_sense_says_so(journey: Journey, world: World) -> None:
    given.signed_in(journey, world.user(Role.MANAGER))
    journey.expects(404)
    journey.visit("/figures/no_such_figure/")
    journey.expects(422)
    journey.visit("/quarter/?period=Y99Q9")
    then.heading_is(journey, "Choose what to show")

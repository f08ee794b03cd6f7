"""The ten journeys that casework is measured by, in taps and seconds: printed at the end against journeys.md."""

from __future__ import annotations

import pytest
from tests.journeys.steps import given, then, when
from tests.journeys.steps.journey import Journey
from tests.journeys.steps.timing import Record, timed
from tests.site.casework.factories import ago, make_contact, make_episode, make_person, make_plan, make_profile
from tests.site.conftest import World

from placewell_web.accounts.models import Role
from placewell_web.casework.models import Contact
from placewell_web.clients.models import Episode

pytestmark = [pytest.mark.browser, pytest.mark.screens("wide", "handheld")]


@pytest.fixture
def jas(world: World) -> Episode:
    """Two appointments, a profile and a plan: next is the first application."""
    episode = make_episode(world, person=make_person(preferred_name="Jas"), referred_on=ago(32), accepted_on=ago(30))
    for days in (20, 12):
        make_contact(episode, ago(days))
    make_profile(episode, ago(20), completed=ago(12))
    make_plan(episode, ago(12))
    return episode


def test_a_contact_is_logged(
    journey: Journey, world: World, jas: Episode, record_property: Record
) -> None:  # journey 1
    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.visit(f"/people/{jas.pk}/contact/")
    with timed(journey, record_property, "1 Log a contact", taps=6, seconds=20):
        when.chooses(journey, "Appointment", "Attended", "45", "Community", "2 weeks 28 June")
        when.presses(journey, "Save and next")
    then.sees(journey, "Contact with Jas saved.")
    assert Contact.unscoped.filter(episode=jas).count() == 3

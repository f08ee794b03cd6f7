"""A group of eight in which two did not come, logged in one go: with the clock in hand, and without JavaScript."""

from __future__ import annotations

import pytest
from tests.journeys.steps import given, then, when
from tests.journeys.steps.journey import Journey
from tests.journeys.steps.timing import Record, timed
from tests.site.casework.factories import ago, make_contact, make_episode, make_person
from tests.site.conftest import World

from placewell_web.accounts.models import Role
from placewell_web.casework.models import BenefitsAdvice, Contact
from placewell_web.clients.models import Episode

pytestmark = [pytest.mark.browser, pytest.mark.screens("wide", "wide-no-script", "handheld", "handheld-no-script")]
NAMES = (
    ("Jaswinder", "Sandhu"),
    ("Kelvin", "Osei"),
    ("Shabnam", "Akhtar"),
    ("Paul", "Dykes"),
    ("Moira", "Kerr"),
    ("Tomasz", "Nowak"),
    ("Grace", "Adeyemi"),
    ("Li", "Chen"),
)


@pytest.fixture
def people(world: World) -> list[Episode]:
    """Eight on one caseload: all were met twice, but for the last two."""
    found = [make_episode(world, person=make_person(*name)) for name in NAMES]
    for one in found[:6]:
        for days in (20, 12):
            make_contact(one, ago(days))
    return found


def test_a_group_on_benefits_is_logged(
    journey: Journey, world: World, people: list[Episode], record_property: Record
) -> None:
    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.visit("/contacts/several/")
    journey.picture("several-choose")
    with timed(journey, record_property, "A group of eight", taps=21, seconds=55):
        when.chooses(journey, *(" ".join(name) for name in NAMES))
        when.presses(journey, "Log a contact for them")
        journey.picture("several-empty")
        when.chooses(journey, "Group", "Attended", "90", "Community", "1 week 21 June")
        when.chooses(journey, "Benefits advice", "Starting work")
        for name in ("Paul Dykes", "Li Chen"):
            journey.taps += 2
            own = journey.page.get_by_role("group", name=name, exact=True)
            own.get_by_label("Did it happen?").select_option(label="Did not attend")
        journey.picture("several-filled")
        when.presses(journey, "Save for 8 people")
    journey.picture("several-saved")
    then.sees(journey, "Group for 8 people saved.")
    assert Contact.unscoped.filter(session__isnull=False).count() == 8
    assert BenefitsAdvice.unscoped.count() == 6


@pytest.mark.screens("wide-no-script", "handheld")
def test_somebody_was_forgotten(journey: Journey, world: World, people: list[Episode]) -> None:
    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.visit("/contacts/several/")
    when.chooses(journey, "Kelvin Osei", "Paul Dykes")
    when.presses(journey, "Log a contact for them")
    when.chooses(journey, "Group", "Attended", "90", "Community", "None")
    when.fills(journey, {"Note for all": "How Universal Credit changes with a job."})
    journey.picture("several-bar")
    when.presses(journey, "Change who it is for")
    when.chooses(journey, "Li Chen")
    when.presses(journey, "Log a contact for them")
    then.heading_is(journey, "Log a contact with 3 people")
    journey.picture("several-kept")
    when.presses(journey, "Save for 3 people")
    then.sees(journey, "Group for 3 people saved.")
    notes = Contact.unscoped.filter(session__isnull=False).values_list("note", flat=True)
    assert list(notes) == ["How Universal Credit changes with a job."] * 3

"""What the contract asks about a person, entered where it is learnt: about them, consent, alerts, what else helps."""

from __future__ import annotations

from datetime import date

import pytest
from tests.journeys.steps import given, then, when
from tests.journeys.steps.journey import Journey
from tests.site.casework.factories import make_episode
from tests.site.conftest import World

from placewell_web.accounts.models import GpPractice, Role
from placewell_web.casework.models import Destination, OnwardReferral, WorkMethod
from placewell_web.clients.models import Consent, Episode, Person

pytestmark = pytest.mark.browser


@pytest.mark.screens("phone", "wide-no-script")
def test_a_specialist_fills_in_what_is_asked_about_a_person(journey: Journey, world: World) -> None:
    episode = make_episode(world)
    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.visit(f"/people/{episode.pk}/about/")
    then.heading_is(journey, "About Jaswinder")
    then.sees(journey, "of the 17 items the contract asks for are recorded", "gender, ethnic group", "Not asked yet")

    when.follows(journey, "Change equality monitoring")
    when.fills(
        journey,
        {
            "Gender": "Female",
            "Ethnic group": "Asian or Asian British: Indian",
            "Religion or belief": "Prefers not to say",
            "Sexual orientation": "Not known",
            "Highest qualification": "Level 3 (A level)",
            "Region they live in": "West Midlands",
        },
    )
    journey.picture("about-equality")
    when.presses(journey, "Save")
    then.sees(journey, "Saved: 6 changes.", "Prefers not to say")

    when.follows(journey, "Change health and work")
    when.fills(
        journey,
        {
            "Main health condition": "Long-lasting pain",
            "Do they have a long-term condition?": "Yes",
            "Are they autistic?": "No",
            "Work when they were referred": "Out of work, long-term sick or disabled",
            "Time since they last worked": "1 year to less than 2 years",
        },
    )
    when.presses(journey, "Save")
    then.sees(journey, "Saved: 5 changes.", "Long-lasting pain")

    when.follows(journey, "Change name and contact details")
    when.fills(journey, {"Last name": "", "NHS number": "999 000 0019"})
    when.presses(journey, "Save")
    then.is_told_of_errors(journey, "Enter their last name", "Enter the 10 digits of the NHS number")
    when.fills(
        journey,
        {
            "Last name": "Sandhu-Gill",
            "NHS number": "999 000 0018",
            "Date of birth": date(1984, 3, 4),
            "Email address": "jas@example.org",
            "Is it safe to leave a message?": "No",
        },
    )
    journey.picture("about-details")
    when.presses(journey, "Save")
    then.sees(journey, "Saved: 5 changes.", "Jaswinder Sandhu-Gill", "4 March 1984", "999 000 0018")
    then.sees(journey, "15 of the 17 items", "Still to ask: consent, benefits.")
    journey.picture("about")

    person = Person.unscoped.get()
    assert (person.religion, person.search_name) == ("M", "jaswinder sandhu gill")
    assert Episode.unscoped.get().has_common_mental_health_problem is None


@pytest.mark.screens("wide", "phone-no-script")
def test_consent_is_given_and_taken_back_and_an_alert_stands_first(journey: Journey, world: World) -> None:
    episode = make_episode(world)
    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.visit(f"/people/{episode.pk}/about/")
    when.follows(journey, "Record consent")
    when.presses(journey, "Record consent")
    then.is_told_of_errors(journey, "Choose what they agreed to")
    when.chooses(journey, "Contacting employers", "Talking with clinicians and seeing clinical records")
    journey.picture("consent")
    when.presses(journey, "Record consent")
    then.sees(journey, "2 consents recorded.", "Given 14 June 2019")
    when.follows(journey, "Withdraw contacting employers")
    when.presses(journey, "Withdraw consent")
    then.sees(journey, "The consent is withdrawn.", "Given 14 June 2019; withdrawn 14 June 2019")
    assert Consent.unscoped.count() == 2

    when.follows(journey, "Add an alert")
    when.presses(journey, "Add alert")
    then.is_told_of_errors(journey, "Choose what it is about", "Enter what everyone must know")
    when.chooses(journey, "A risk")
    when.fills(journey, {"In a few words": "Do not visit at home alone"})
    journey.picture("alert")
    when.presses(journey, "Add alert")
    then.sees(journey, "Risk: do not visit at home alone", "Reviewed 14 June 2019")
    when.presses(journey, "Still holds Do not visit at home alone")
    then.sees(journey, "The alert still holds, reviewed today.")
    when.presses(journey, "End Do not visit at home alone")
    then.sees(journey, "It stays in the record.", "It held until 13 June 2019")
    then.does_not_see(journey, "Risk: do not visit")


@pytest.mark.screens("phone", "wide-no-script")
def test_what_else_was_done_takes_four_taps_and_one_to_undo(journey: Journey, world: World) -> None:
    episode = make_episode(world)
    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.visit(f"/people/{episode.pk}/other-support/")
    then.sees(journey, "To no other service yet.", "None recorded yet.")

    when.follows(journey, "Record a service")
    when.presses(journey, "Record")
    then.is_told_of_errors(journey, "Choose the service", "Choose whether you referred them or told them about it")
    when.chooses(journey, "Debt advice", "I told them about it")
    journey.picture("other-support-onward")
    when.presses(journey, "Record")
    then.sees(journey, "Debt advice", "Sign-posted")

    when.follows(journey, "Record methods")
    when.chooses(journey, "Pacing and breaks", "Exercise and activity")
    when.presses(journey, "Record")
    then.sees(journey, "2 methods recorded.", "Pacing and breaks", "Exercise and activity")

    when.follows(journey, "Record a step")
    when.chooses(journey, "Mainstream volunteering")
    when.presses(journey, "Record")
    then.sees(journey, "Mainstream volunteering")
    journey.picture("other-support")
    assert (OnwardReferral.unscoped.count(), WorkMethod.unscoped.count(), Destination.unscoped.count()) == (1, 2, 1)

    when.presses(journey, "Undo debt advice")
    then.sees(journey, "Taken back.", "To no other service yet.")
    assert OnwardReferral.unscoped.count() == 0


@pytest.mark.screens("wide", "phone-no-script")
def test_the_second_of_two_editors_sees_both_versions(journey: Journey, world: World) -> None:
    episode = make_episode(world)
    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.visit(f"/people/{episode.pk}/about/equality/")
    Person.unscoped.update(religion="I", version=2)
    when.fills(journey, {"Religion or belief": "No religion"})
    journey.expects(409)
    when.presses(journey, "Save")
    then.sees(journey, "Someone else saved this while you were writing", "Sikh")
    journey.picture("about-conflict")
    when.presses(journey, "Save")
    then.sees(journey, "Saved: 1 change.", "No religion")


@pytest.mark.screens("wide", "phone-no-script")
def test_an_administrator_keeps_the_practices(journey: Journey, world: World) -> None:
    given.signed_in(journey, world.user(Role.ADMINISTRATOR))
    journey.visit("/practices/")
    then.sees(journey, "1 practice in your lots", "Dudley Surgery")
    when.follows(journey, "Add a practice")
    journey.expects(422)
    when.presses(journey, "Add the practice")
    then.is_told_of_errors(journey, "Enter the code of the practice", "Choose the lot")
    when.fills(journey, {"Practice code": "m83007", "Name": "Priory Lane Surgery"})
    when.chooses(journey, "Dudley")
    when.presses(journey, "Add the practice")
    then.sees(journey, "Priory Lane Surgery is added.", "M83007")
    when.follows(journey, "Dudley Surgery")
    when.follows(journey, "Close the practice")
    when.presses(journey, "Close the practice")
    then.sees(journey, "Dudley Surgery is closed from 14 June 2019.", "Closed")
    journey.picture("practices")
    when.follows(journey, "Dudley Surgery")
    when.presses(journey, "Open it again")
    then.sees(journey, "Dudley Surgery is open again.")
    assert GpPractice.objects.filter(closed_on=None).count() == 3

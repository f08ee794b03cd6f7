"""A person refers herself: eight questions, check, send; stops in the middle and comes back."""

from __future__ import annotations

from datetime import date

import pytest
from tests.journeys.steps import given, then, when
from tests.journeys.steps.journey import Journey
from tests.site.conftest import World

from placewell_web.clients.models import Episode, Person
from placewell_web.intake.models import Referral

pytestmark = pytest.mark.browser


@pytest.mark.screens("phone", "wide-no-script")
def test_a_person_refers_herself(journey: Journey, world: World) -> None:
    journey.visit("/")
    journey.picture("home")
    when.follows(journey, "Refer yourself")
    journey.picture("refer-start")
    when.presses(journey, "Start now")

    when.presses(journey, "Continue")
    then.is_told_of_errors(journey, "Enter your first name", "Enter your last name")
    when.fills(journey, {"First name": "Samina", "Last name": "Rehman"})
    when.presses(journey, "Continue")

    when.fills(journey, {"What is your date of birth?": date(1991, 8, 9)})
    when.presses(journey, "Continue")

    when.chooses(journey, "Dudley")
    journey.picture("refer-question")
    when.presses(journey, "Continue")
    when.chooses(journey, "Yes")
    when.presses(journey, "Continue")
    when.chooses(journey, "More than 6 months ago, less than 1 year")
    when.presses(journey, "Continue")
    when.chooses(journey, "Yes")
    when.fills(journey, {"Tell us a little about it": "Fibromyalgia, and I get anxious with new people."})
    when.presses(journey, "Continue")

    when.chooses(journey, "Text message")
    when.presses(journey, "Continue")
    then.is_told_of_errors(journey, "Enter the phone number, or choose another way")
    when.fills(journey, {"Phone number": "07700 900 418", "Is it safe to leave a message?": "Yes"})
    when.presses(journey, "Continue")
    when.fills(journey, {"Language": "Urdu"})
    when.presses(journey, "Continue")

    then.heading_is(journey, "Check your answers")
    then.sees(journey, "Samina", "9 August 1991", "Dudley", "07700 900418")
    journey.picture("refer-check")
    when.presses(journey, "Send my referral")
    journey.picture("refer-sent")
    reference = Referral.objects.get().reference
    then.sees(journey, "Referral sent", reference, "within 10 days")
    assert Episode.unscoped.get().source == "self"

    journey.page.go_back()
    journey.visit("/refer/check/")
    then.sees(journey, reference)
    assert Person.unscoped.count() == 1


@pytest.mark.screens("wide", "phone-no-script")
def test_she_stops_in_the_middle_and_comes_back(journey: Journey, world: World) -> None:
    journey.visit("/refer/who/")
    when.presses(journey, "Continue")
    then.is_told_of_errors(journey, "Choose who this is for")
    when.chooses(journey, "Myself")
    when.presses(journey, "Continue")
    when.fills(journey, {"First name": "Samina", "Last name": "Rehman"})
    when.presses(journey, "Save and come back later")
    then.heading_is(journey, "Your answers are saved")
    when.presses(journey, "Show me the link")
    link = journey.page.locator(".pw-link-box").inner_text().strip()

    given.session_gone(journey)
    journey.expects(410)
    journey.visit("/refer/question/name/")
    then.heading_is(journey, "We cannot find your answers")
    journey.visit(link.removeprefix(journey.address))
    then.heading_is(journey, "What is your date of birth?")
    when.follows(journey, "Back")
    assert journey.page.get_by_label("First name").input_value() == "Samina"


@pytest.mark.screens("phone", "wide-no-script")
def test_her_page_was_open_too_long(journey: Journey, world: World) -> None:
    journey.visit("/refer/?who=self")
    when.presses(journey, "Start now")
    when.fills(journey, {"First name": "Samina", "Last name": "Rehman"})
    journey.page.context.clear_cookies()
    journey.expects(403)
    when.presses(journey, "Continue")
    then.sees(journey, "This page was open for a long time")
    assert journey.page.get_by_label("Last name").input_value() == "Rehman"
    when.presses(journey, "Continue")
    then.heading_is(journey, "What is your date of birth?")

    when.fills(journey, {"What is your date of birth?": date(2030, 2, 1)})
    when.presses(journey, "Continue")
    then.is_told_of_errors(journey, "Date of birth must be on or before 14 June 2019.")


PAGES = ["accessibility", "privacy", "complaints", "languages", "support", "professionals", "employers"]


@pytest.mark.screens("wide", "phone-no-script")
def test_the_pages_that_stand_still(journey: Journey, world: World) -> None:
    for page in PAGES:
        journey.visit(f"/pages/{page}/")
        journey.picture(f"page-{page}")

"""A GP refers a patient: says who she is, whom she refers, changes an answer, sends, and refers another."""

from __future__ import annotations

from datetime import date

import pytest
from tests.journeys.steps import then, when
from tests.journeys.steps.journey import Journey
from tests.site.conftest import World

from placewell_web.clients.models import Episode
from placewell_web.intake.models import Referral

pytestmark = pytest.mark.browser


@pytest.mark.screens("phone", "wide-no-script")
def test_a_gp_refers(journey: Journey, world: World) -> None:
    journey.visit("/")
    when.follows(journey, "Refer someone")
    when.presses(journey, "Start now")
    when.fills(
        journey,
        {
            "Your name": "Dr Amara Obi",
            "Where do you work?": "GP",
            "Your role": "GP partner",
            "Practice or organisation": "Dudley Surgery",
            "Your email address": "amara.obi",
            "Have they agreed that you refer them?": "Yes",
        },
    )
    when.presses(journey, "Continue")
    then.is_told_of_errors(journey, "Enter an email address, like name@example.org.")
    when.fills(journey, {"Your email address": "amara.obi@example.org"})
    when.presses(journey, "Continue")

    when.fills(journey, {"First name": "Kelvin", "Last name": "Osei", "Date of birth": date(2004, 3, 2)})
    when.fills(journey, {"NHS number": "999 000 0018"})
    when.presses(journey, "Continue")
    when.chooses(journey, "Dudley")
    when.presses(journey, "Continue")
    when.chooses(journey, "Yes")
    when.presses(journey, "Continue")
    when.chooses(journey, "1 to 2 years ago")
    when.presses(journey, "Continue")
    when.chooses(journey, "Yes")
    when.presses(journey, "Continue")
    when.fills(journey, {"What is the best way?": "Phone call", "Phone number": "01632 960 983"})
    when.fills(journey, {"Is it safe to leave a message?": "No"})
    when.presses(journey, "Continue")
    when.presses(journey, "Continue")

    then.heading_is(journey, "Check your answers")
    then.sees(journey, "aged 18 or older", "You can still send it.", "Dr Amara Obi")
    journey.picture("refer-check-gp")
    journey.page.locator("a[href*='question/person/']").nth(2).click()
    journey.check()
    when.fills(journey, {"Date of birth": date(1984, 3, 2)})
    when.presses(journey, "Continue")
    then.heading_is(journey, "Check your answers")
    then.does_not_see(journey, "You can still send it.")

    when.presses(journey, "Send the referral")
    then.sees(journey, "Referral sent", Referral.objects.get().reference, "We email you a receipt")
    episode = Episode.unscoped.get()
    assert (episode.source, episode.referrer_name) == ("gp", "Dr Amara Obi")
    when.follows(journey, "Send another referral")
    then.heading_is(journey, "Refer yourself or someone else")

"""A team leader works through the inbox: compares, screens, accepts, assigns, declines, keys one in."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.journeys.steps import given, then, when
from tests.journeys.steps.journey import Journey
from tests.site.conftest import NOW, World
from tests.site.intake.conftest import PROFESSIONAL

from placewell_web.accounts.models import Posting, Role
from placewell_web.clients.actions import NewEpisode, NewPerson, open_episode
from placewell_web.clients.models import Episode

pytestmark = pytest.mark.browser


def referred(world: World, surname: str = "Osei", nhs_number: str = "999 000 0018") -> Episode:
    """A referral that a GP sent on the website."""
    sender = Client()
    sender.post("/refer/who/", {"who": "professional"})
    for page, answers in PROFESSIONAL.items():
        person = {"surname": surname, "nhs_number": nhs_number} if page == "person" else {}
        sender.post(f"/refer/question/{page}/", {**answers, **person})
    sender.post("/refer/check/")
    return Episode.unscoped.get(person__surname=surname, route="web")


def known(world: World) -> Episode:
    """The same person, referred a year ago and known under another spelling."""
    person = NewPerson("Kelvin", "Ossei", nhs_number="9990000018", email="kelvin@example.org")
    episode = NewEpisode("thrive_into_work", NOW.date().replace(year=2018), lot=world.own, source="gp")
    opened = open_episode(by=world.actor(Role.TEAM_LEADER), at=NOW, person=person, episode=episode)
    opened.accepted_on, opened.closed_on = opened.referred_on, NOW.date().replace(month=1)
    opened.save()
    return opened


@pytest.mark.screens("phone", "wide-no-script")
def test_a_leader_accepts_and_assigns(journey: Journey, world: World) -> None:
    earlier = known(world)
    referred(world)
    given.signed_in(journey, world.user(Role.TEAM_LEADER))
    journey.visit("/referrals/")
    then.sees(journey, "1 referral waits", "Kelvin Osei", "Duplicate?")
    journey.picture("inbox")

    when.follows(journey, "Kelvin Osei")
    then.sees(journey, "May be someone we know", "NHS number", "Not screened yet")
    journey.picture("referral")
    when.follows(journey, "Compare the two records")
    journey.picture("duplicate")
    when.presses(journey, "Decide")
    then.is_told_of_errors(journey, "Choose whether they are the same person")
    when.chooses(journey, "Yes, keep the earlier record")
    when.presses(journey, "Decide")
    then.sees(journey, "Earlier episodes", "Joined with Kelvin Osei")

    when.follows(journey, "Screen")
    journey.picture("screen")
    when.fills(
        journey,
        {
            "Does the condition or disability stop them from getting work?": "Yes",
            "Do they have a job offer?": "No",
            "For how many weeks": "40",
        },
    )
    when.presses(journey, "Keep the screening")
    then.sees(journey, "Not known yet", "Out of work for 4 weeks or more.", "Has no job offer.", "2017-05.1")
    journey.picture("referral-screened")

    when.presses(journey, "Accept")
    then.heading_is(journey, "Name the specialist")
    then.sees(journey, "0 open of 35: room for 35")
    journey.picture("assign")
    when.presses(journey, "Assign")
    then.is_told_of_errors(journey, "Choose a specialist")
    when.chooses(journey, world.user(Role.SPECIALIST).name)
    when.presses(journey, "Assign")
    then.sees(journey, f"Their specialist is {world.user(Role.SPECIALIST).name}.", "Accepted 14 June 2019")

    journey.visit("/referrals/")
    then.sees(journey, "0 referrals wait", "Nothing waits here.")
    episode = Episode.unscoped.get(accepted_on=NOW.date())
    assert episode.person_id == earlier.person_id


@pytest.mark.screens("wide", "phone-no-script")
def test_a_leader_declines_with_a_reason(journey: Journey, world: World) -> None:
    referred(world)
    given.signed_in(journey, world.user(Role.TEAM_LEADER))
    journey.visit("/referrals/")
    when.follows(journey, "Kelvin Osei")
    when.follows(journey, "Decline with a reason")
    when.presses(journey, "Decline the referral")
    then.is_told_of_errors(journey, "Choose the reason", "Enter what you will tell the person")
    journey.picture("decline")
    when.chooses(journey, "Has a job offer")
    when.fills(journey, {"What you will tell the person": "Congratulations. Come back if it does not work out."})
    when.presses(journey, "Decline the referral")
    then.sees(journey, "Declined 14 June 2019", "Has a job offer", "Congratulations.")
    journey.visit("/referrals/")
    then.sees(journey, "1 declined, 1 of them unsuitable")


@pytest.mark.screens("phone", "wide-no-script")
def test_what_stands_in_the_way_is_said_where_it_is(journey: Journey, world: World) -> None:
    episode = referred(world)
    Posting.objects.filter(user=world.user(Role.SPECIALIST)).update(fte="0.01")
    given.signed_in(journey, world.user(Role.TEAM_LEADER))
    journey.visit(f"/referrals/{episode.pk}/screen/")
    when.fills(journey, {"For how many weeks": "many"})
    when.presses(journey, "Keep the screening")
    then.is_told_of_errors(journey, "The answer must be a number, like 15.5.")
    when.fills(journey, {"For how many weeks": "2", "What is their main health condition?": "Long-lasting pain"})
    when.fills(journey, {"Do they have a job now?": "No"})
    when.presses(journey, "Keep the screening")
    then.sees(journey, "Not eligible", "Screening found that the person is not eligible")

    journey.visit(f"/referrals/{episode.pk}/assign/")
    when.chooses(journey, world.user(Role.SPECIALIST).name)
    when.presses(journey, "Assign")
    then.is_told_of_errors(journey, "has 0 open cases, and the limit is 0.")

    given.signed_in(journey, world.user(Role.MANAGER))
    journey.visit(f"/referrals/{episode.pk}/")
    if not journey.page.get_by_label("Reason for going against the criteria").is_visible():
        journey.page.get_by_text("Go against the criteria").click()
    when.presses(journey, "Set the screening aside")
    then.is_told_of_errors(journey, "Enter the reason for going against the criteria")
    when.fills(journey, {"Reason for going against the criteria": "The two weeks were a mistake"})
    when.presses(journey, "Set the screening aside")
    then.sees(journey, "Set aside by", "The two weeks were a mistake")
    Episode.unscoped.filter(pk=episode.pk).update(declined_on=NOW.date())
    when.presses(journey, "Accept")
    then.sees(journey, "This referral was declined on 14 June 2019.", "Start a new referral instead.")


@pytest.mark.screens("wide", "phone-no-script")
def test_a_referral_by_phone_is_keyed_in(journey: Journey, world: World) -> None:
    given.signed_in(journey, world.user(Role.TEAM_LEADER))
    journey.visit("/referrals/new/")
    when.presses(journey, "Keep the referral")
    then.is_told_of_errors(journey, "Choose how the referral came", "Enter their first name", "Enter their last name")
    journey.picture("key-in")
    when.fills(journey, {"How did it come?": "By phone", "First name": "Paul", "Last name": "Dykes"})
    when.chooses(journey, "Dudley")
    when.presses(journey, "Keep the referral")
    then.sees(journey, "Paul Dykes", "by phone", "keyed in by")
    journey.visit("/referrals/")
    then.sees(journey, "1 referral waits", "Paul Dykes")
    assert Episode.unscoped.get().route == "phone"


@pytest.mark.screens("phone", "wide-no-script")
def test_a_specialist_sees_why_the_inbox_is_not_hers(journey: Journey, world: World) -> None:
    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.expects(403)
    journey.visit("/referrals/")

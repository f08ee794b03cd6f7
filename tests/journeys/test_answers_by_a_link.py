"""A person's own answers: her plan and a questionnaire by a link, the same from paper, and the confidential survey."""

from __future__ import annotations

import re

import pytest
from tests.journeys.steps import given, then, when
from tests.journeys.steps.journey import Journey
from tests.journeys.steps.timing import Record, timed
from tests.site.casework.factories import TODAY, ago, make_episode, make_person
from tests.site.conftest import NOW, World

from placewell_web.accounts.models import Role
from placewell_web.casework.actions import plans
from placewell_web.casework.actions.plans import StepFacts
from placewell_web.casework.models import AskedQuestionnaire, PersonalLink, Plan, PlanComment, SurveyRound
from placewell_web.clients.models import Episode, Response

pytestmark = pytest.mark.browser

REMARK = "My specialist listens."


@pytest.fixture
def jas(world: World) -> Episode:
    return make_episode(world, person=make_person(preferred_name="Jas"))


def offered(world: World, episode: Episode) -> Plan:
    """A draft that the person may read."""
    by = {"by": world.actor(Role.SPECIALIST), "at": NOW}
    plan = plans.start_plan(episode=episode, kind="vocational_action", **by)
    steps = [StepFacts("Write a CV", by_whom="client")]
    plans.save_plan(plan=plan, edit_version=1, goal="Work in a shop", steps=steps, offered_on=TODAY, **by)
    return plan


@pytest.mark.screens("phone", "wide-no-script")
def test_a_client_comments_on_her_plan_and_agrees_it(
    journey: Journey, world: World, jas: Episode, record_property: Record
) -> None:
    plan = offered(world, jas)
    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.visit(f"/people/{jas.pk}/plan/")
    when.follows(journey, "Give Jas a link")
    when.presses(journey, "Make the link")
    address = journey.page.get_by_label("Link alone").input_value().removeprefix(journey.address)

    given.session_gone(journey)
    journey.visit(address)
    then.heading_is(journey, "Jas, this is your plan")
    then.sees(journey, "Goal: Work in a shop", "Write a CV")
    journey.picture("link-plan")
    words = "I would rather work in a kitchen."
    when.presses(journey, "Send")
    then.is_told_of_errors(journey, "Write what you want to say, then send it.")
    with timed(journey, record_property, "Comment on a plan and agree it by a link", taps=3, seconds=30):
        when.fills(journey, {"Write to your specialist about this": words})
        when.presses(journey, "Send")
        then.sees(journey, "Your specialist will read what you wrote.", words)
        when.presses(journey, "I agree this plan")
    then.sees(journey, "Thank you. You agreed your plan.")
    assert journey.page.get_by_role("button", name="I agree this plan").count() == 0
    journey.picture("link-plan-agreed")
    plan.refresh_from_db()
    assert (plan.agreed_on, PlanComment.unscoped.get().text) == (TODAY, words)
    assert PersonalLink.unscoped.get().answered_at is None

    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.visit("/today/")
    then.sees(journey, "Comments on plans", words)
    journey.picture("link-comment-on-today")
    when.follows(journey, "Jas Sandhu")
    when.follows(journey, "Read what Jas wrote")
    then.sees(journey, words)
    when.presses(journey, "Mark as read")
    journey.visit("/today/")
    then.does_not_see(journey, "Comments on plans")


@pytest.mark.screens("phone", "wide-no-script")
def test_a_client_answers_a_questionnaire_by_a_link(
    journey: Journey, world: World, jas: Episode, record_property: Record
) -> None:
    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.visit(f"/people/{jas.pk}/questionnaires/")
    when.follows(journey, "Ask another")
    when.fills(journey, {"Which questionnaire?": "Satisfaction with the service"})
    when.chooses(journey, "On leaving", "By a personal link, on their own phone or computer")
    journey.picture("ask-questionnaire")
    when.presses(journey, "Go on")
    then.heading_is(journey, "Send a questionnaire")
    when.presses(journey, "Make the link")
    then.heading_is(journey, "Link for Jas")
    journey.picture("questionnaire-link")
    address = journey.page.get_by_label("Link alone").input_value().removeprefix(journey.address)

    given.session_gone(journey)
    journey.visit(address)
    then.heading_is(journey, "A few questions for you")
    then.does_not_see(journey, "Jas", "Sandhu")
    journey.picture("link-questionnaire")
    when.chooses(journey, "Fair")
    when.presses(journey, "Keep my answers and go on later")
    then.sees(journey, "Your answers so far are kept.")
    journey.visit(address)
    assert journey.page.get_by_label("Fair", exact=True).is_checked()
    with timed(journey, record_property, "Answer a question by a link", taps=2, seconds=15):
        when.chooses(journey, "Very good")
        when.presses(journey, "Finish")
    then.sees(journey, "Your answers have reached us.")
    assert Response.unscoped.get().answer == "very_good"
    journey.visit(address)
    then.sees(journey, "Your answers have reached us.")
    assert journey.page.locator("form").count() == 0

    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.visit(f"/people/{jas.pk}/questionnaires/")
    then.sees(journey, "Satisfaction with the service", "Very good")
    journey.picture("questionnaires")


@pytest.mark.screens("wide", "phone-no-script")
@pytest.mark.parametrize("way", ["On this screen, together", "On paper: I key it in"])
def test_a_specialist_records_the_answers(journey: Journey, world: World, jas: Episode, way: str) -> None:
    paper = way.startswith("On paper")
    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.visit(f"/people/{jas.pk}/questionnaires/ask/?instrument=satisfaction&occasion=exit")
    when.chooses(journey, way)
    when.presses(journey, "Go on")
    when.presses(journey, "Keep the answers")
    assert not Response.unscoped.exists()
    if paper:
        then.is_told_of_errors(journey, "Enter the date on the form.")
        when.fills(journey, {"Date on the form": ago(3)})
    when.fills(journey, {"All in all, how do you rate the service?": "Good"})
    journey.picture("answer-paper" if paper else "answer-screen")
    when.presses(journey, "Keep the answers")
    then.sees(journey, "Satisfaction with the service is kept.")
    kept = Response.unscoped.get()
    assert (kept.answer, kept.completed_on) == ("good", ago(3) if paper else TODAY)
    assert AskedQuestionnaire.unscoped.get().way == ("paper" if paper else "screen")


@pytest.mark.screens("wide", "phone-no-script")
def test_the_confidential_survey_is_answered_by_code(journey: Journey, world: World, record_property: Record) -> None:
    given.signed_in(journey, world.user(Role.MANAGER))
    journey.visit("/quarter/")
    journey.picture("quarter-with-survey")
    when.follows(journey, "Confidential survey")
    when.fills(journey, {"Lot": "Dudley", "First day": TODAY, "Last day": ago(-14)})
    when.presses(journey, "Start")
    when.fills(journey, {"How many codes?": "10"})
    when.presses(journey, "Make codes")
    then.sees(journey, "10 new codes", "Results are shown once the survey has closed")
    journey.picture("survey-codes")
    address = journey.page.locator(".cq-address").first.inner_text().removeprefix(journey.address)
    assert re.fullmatch(r"/survey/[\w-]+/", address)

    given.session_gone(journey)
    journey.visit(address)
    then.heading_is(journey, "Tell us what you think")
    journey.picture("survey")
    when.presses(journey, "Send")
    then.is_told_of_errors(journey, "Answer a question, or write something.")
    with timed(journey, record_property, "Answer the confidential survey", taps=3, seconds=30):
        when.chooses(journey, "Good")
        when.fills(journey, {"Is there anything else you want to tell us?": REMARK})
        when.presses(journey, "Send")
    then.heading_is(journey, "Thank you")
    round = SurveyRound.objects.get()
    assert list(round.counts.filter(number__gt=0).values_list("answer", "number")) == [("good", 1)]
    assert (round.forms, round.unused.count(), round.remarks.get().text) == (1, 9, REMARK)

    journey.expects(410)
    journey.visit(address)
    then.heading_is(journey, "This code does not work")
    journey.picture("survey-gone")
    given.signed_in(journey, world.user(Role.MANAGER))
    journey.visit(f"/surveys/{round.pk}/")
    then.does_not_see(journey, REMARK, "Good")

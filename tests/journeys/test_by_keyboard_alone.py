"""What is written with someone, what a team leader does, what comes by a link: by keyboard alone, focus in sight."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.journeys.steps import given, keys, then
from tests.journeys.steps.journey import Journey
from tests.journeys.steps.timing import Record, keyed
from tests.site.casework.factories import (
    TODAY,
    ago,
    make_caseload,
    make_employer,
    make_episode,
    make_job,
    make_person,
)
from tests.site.casework.hostile import picture
from tests.site.conftest import NOW, World, make_user

from placewell_web.accounts.models import Cover, Role, User
from placewell_web.casework.actions import links, plans
from placewell_web.casework.actions.plans import StepFacts
from placewell_web.casework.models import (
    Confirmation,
    Evidence,
    Plan,
    PlanComment,
    Profile,
    Supervision,
    SupervisionAction,
)
from placewell_web.clients.models import Consent, Episode, Response

pytestmark = pytest.mark.browser
WIDE, PHONE = pytest.mark.screens("wide"), pytest.mark.screens("phone")


@pytest.fixture(autouse=True)
def _kept_apart(settings: Any, tmp_path: Path) -> None:
    settings.EVIDENCE_FOLDER = tmp_path


@pytest.fixture
def jas(world: World) -> Episode:
    return make_episode(world, person=make_person(preferred_name="Jas"))


@pytest.fixture
def priya(world: World) -> User:
    return make_user("priya@example.org", "Priya Nair", "specialist", world.own, world.teams["dudley"])


def link_of(world: World, episode: Episode, **asked: object) -> str:
    """Where a fresh link leads."""
    _, secret = links.give_link(by=world.actor(Role.SPECIALIST), at=NOW, episode=episode, **asked)
    return f"/l/{secret}/"


# --- What a specialist writes with someone ---


@WIDE
def test_profile_plan_and_a_step_ticked_off(
    journey: Journey, world: World, jas: Episode, record_property: Record
) -> None:
    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.opens(f"/people/{jas.pk}/profile/")
    with keyed(journey, record_property, "Profile started and completed", most=95):
        keys.skips_to_content(journey)
        keys.opens(journey, "button", "Start the profile")
        keys.fills(journey, {"What the person wants from work": "Mornings", "Skills": "Bread"})
        keys.opens(journey, "button", "Complete profile")
    then.sees(journey, "Profile completed.", "Version 1, completed 14 June 2019")
    with keyed(journey, record_property, "Plan with a step, agreed and ticked off", most=230):
        keys.skips_to_content(journey)
        keys.opens(journey, "link", "Vocational action plan")
        keys.skips_to_content(journey)
        keys.opens(journey, "button", "Start the plan")
        keys.fills(journey, {"Goal": "Work in a bakery", "Step": "Write a CV"})
        keys.enters(journey)  # in a box, it keeps what is written; nothing is agreed
        then.sees(journey, "Plan saved as a draft.")
        keys.selects(journey, "Who", "Jas")
        keys.opens(journey, "button", "Jas agrees")
        then.sees(journey, "Plan agreed.")
        keys.opens(journey, "button", "Tick off: Write a CV")
    step = Plan.unscoped.get().steps.get()
    assert (step.text, step.by_whom, step.done_on) == ("Write a CV", "client", TODAY)
    assert Profile.unscoped.get().skills == "Bread"


@WIDE
def test_a_questionnaire_from_paper_and_the_end_of_support(
    journey: Journey, world: World, jas: Episode, record_property: Record
) -> None:
    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.opens(f"/people/{jas.pk}/questionnaires/ask/?instrument=satisfaction&occasion=exit")
    with keyed(journey, record_property, "Questionnaire keyed in from paper", most=35):
        keys.skips_to_content(journey)
        keys.picks(journey, "On paper: I key it in")
        keys.opens(journey, "button", "Go on")
        keys.skips_to_content(journey)
        keys.fills(journey, {"Date on the form": ago(3)})
        keys.picks(journey, "Good")
        keys.opens(journey, "button", "Keep the answers")
    kept = Response.unscoped.get()
    assert (kept.answer, kept.completed_on) == ("good", ago(3))

    journey.opens(f"/people/{jas.pk}/")
    with keyed(journey, record_property, "Support ended", most=75):
        keys.skips_to_content(journey)
        keys.opens(journey, "link", "End support")
        keys.picks(journey, "Moved out of the area")
        keys.ticks(journey, "I have told the person how to come back to the service")
        keys.opens(journey, "button", "End support today")
    then.sees(journey, "Support")
    jas.refresh_from_db()
    assert jas.closed_on == TODAY


@WIDE
def test_the_radar_and_a_decision(journey: Journey, world: World, jas: Episode, record_property: Record) -> None:
    job = make_job(jas, ago(30), employer=make_employer())
    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.opens("/evidence/radar/")
    with keyed(journey, record_property, "Radar: proof uploaded", most=45):
        keys.skips_to_content(journey)
        keys.opens(journey, "button", "Upload proof …")
        keys.skips_to_content(journey)
        keys.picks(journey, "Payslip")
        keys.fills(journey, {"Day it vouches for": ago(3)})
        keys.attaches(journey, "File", "payslip.png", picture())
        keys.opens(journey, "button", "Upload proof")
    then.sees(journey, "Proof uploaded.")
    assert Evidence.unscoped.get().job == job

    given.signed_in(journey, world.user(Role.MANAGER))
    journey.opens("/evidence/")
    with keyed(journey, record_property, "Proof decided on", most=30):
        keys.skips_to_content(journey)
        keys.opens(journey, "button", "Decide: Payslip of Jas Sandhu")
        keys.skips_to_content(journey)
        keys.picks(journey, "No, reject it")
        keys.fills(journey, {"Reason, if you reject it": "Blurred"})
        keys.opens(journey, "button", "Save and next")
    assert (Evidence.unscoped.get().status, Evidence.unscoped.get().decision_reason) == ("rejected", "Blurred")


# --- A team leader ---


@WIDE
def test_supervision_from_the_board(journey: Journey, world: World, priya: User, record_property: Record) -> None:
    """Journey 7."""
    make_caseload(world, 3)
    given.signed_in(journey, world.user(Role.TEAM_LEADER))
    journey.opens("/team/")
    with keyed(journey, record_property, "7 Behind a number, the sheet, an action, signed", most=120):
        keys.skips_to_content(journey)
        keys.opens(journey, "link", "3 of Employment specialist Dudley")
        then.sees(journey, "Person0 Of Many")
        journey.page.go_back()
        keys.skips_to_content(journey)
        keys.opens(journey, "link", "Sheet of Employment specialist Dudley")
        keys.skips_to_content(journey)
        keys.fills(journey, {"Notes": "Two leads.", "Action 1": "Ring the bakery"})
        keys.selects(journey, "By when is action 1 done", "In 1 week")
        keys.opens(journey, "button", "Keep and sign")
    kept = SupervisionAction.unscoped.get()
    assert (kept.what, kept.due_on) == ("Ring the bakery", ago(-7))
    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.opens("/today/")
    with keyed(journey, record_property, "7 … read and signed, the action done", most=55):
        keys.skips_to_content(journey)
        keys.opens(journey, "link", "Read and sign the supervision of 14 June 2019")
        keys.skips_to_content(journey)
        keys.opens(journey, "button", "Sign")
    assert Supervision.unscoped.get().accepted_at is not None


@WIDE
def test_cover_and_a_handover(journey: Journey, world: World, priya: User, record_property: Record) -> None:
    make_caseload(world, 3)
    given.signed_in(journey, world.user(Role.TEAM_LEADER))
    journey.opens("/team/")
    with keyed(journey, record_property, "– Arrange cover", most=55):
        keys.skips_to_content(journey)
        keys.opens(journey, "link", "Cover for Employment specialist Dudley")
        keys.skips_to_content(journey)
        keys.selects(journey, "Who covers?", "Priya Nair")
        keys.fills(journey, {"First day": TODAY, "Last day": TODAY + timedelta(days=6)})
        keys.opens(journey, "button", "Arrange cover")
    assert Cover.objects.get().colleague == priya
    journey.opens("/team/")
    with keyed(journey, record_property, "– Hand over 3 cases", most=70):
        keys.skips_to_content(journey)
        keys.opens(journey, "link", "Hand over the caseload of Employment specialist Dudley")
        keys.skips_to_content(journey)
        keys.fills(journey, {"Why?": "Leaves the service"})
        keys.fills(journey, {"Note about Person0 Of Many": "Ring after four"})
        keys.opens(journey, "button", "Hand over")
    then.sees(journey, "3 people from 14 June 2019", "Ring after four")
    assert set(Episode.unscoped.values_list("specialist__name", flat=True)) == {"Priya Nair"}


# --- What comes by a link ---


@PHONE
def test_a_client_writes_about_her_plan_and_agrees_it(
    journey: Journey, world: World, jas: Episode, record_property: Record
) -> None:
    by = {"by": world.actor(Role.SPECIALIST), "at": NOW}
    plan = plans.start_plan(episode=jas, kind="vocational_action", **by)
    steps = [StepFacts("Write a CV", by_whom="client")]
    plans.save_plan(plan=plan, edit_version=1, goal="Work in a shop", steps=steps, offered_on=TODAY, **by)
    journey.opens(link_of(world, jas, purpose="plan"))
    with keyed(journey, record_property, "A link: comment on a plan and agree it", most=25):
        keys.skips_to_content(journey)
        keys.fills(journey, {"Write to your specialist about this": "A kitchen."})
        keys.opens(journey, "button", "Send")
        keys.opens(journey, "button", "I agree this plan")
    assert (PlanComment.unscoped.get().text, Plan.unscoped.get().agreed_on) == ("A kitchen.", TODAY)


@PHONE
def test_a_client_sends_a_paper(journey: Journey, world: World, jas: Episode, record_property: Record) -> None:
    job = make_job(jas, ago(30), employer=make_employer())
    journey.opens(link_of(world, jas, purpose="proof", about=job.pk, outcome="job_start"))
    with keyed(journey, record_property, "A link: send a paper", most=30):
        keys.skips_to_content(journey)
        keys.picks(journey, "Payslip")
        keys.fills(journey, {"Last day the paper covers": TODAY})
        keys.attaches(journey, "Or choose photos or files", "payslip.png", picture())
        keys.opens(journey, "button", "Send")
    then.heading_is(journey, "Thank you, it has arrived")
    assert Evidence.unscoped.get().kind == "payslip"


@PHONE
def test_an_employer_confirms_a_job(journey: Journey, world: World, jas: Episode, record_property: Record) -> None:
    job = make_job(jas, ago(30), employer=make_employer())
    Consent.unscoped.create(episode=jas, kind="contact_employer", given_on=ago(20))
    asked = {"purpose": "employment", "given_to": "employer", "about": job.pk, "outcome": "job_start"}
    journey.opens(link_of(world, jas, **asked))
    with keyed(journey, record_property, "A link: an employer confirms a job", most=50):
        keys.skips_to_content(journey)
        keys.picks(journey, "Yes")
        keys.fills(journey, {"First day Jas worked": ago(28), "Hours a week": "16"})
        keys.fills(journey, {"Your name": "Ada Byrne", "Your role": "Manager"})
        keys.opens(journey, "button", "Send")
    then.heading_is(journey, "Thank you, your answer has arrived")
    said = Confirmation.unscoped.get()
    assert (said.started_on, said.weekly_hours, said.name) == (ago(28), 16, "Ada Byrne")

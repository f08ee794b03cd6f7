"""A team leader's supervision, cover and handover, and what a specialist writes with someone: down to the paper."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from tests.journeys.steps import given, then, when
from tests.journeys.steps.journey import Journey
from tests.journeys.steps.timing import Record, timed
from tests.site.casework.factories import (
    TODAY,
    ago,
    make_caseload,
    make_episode,
    make_job,
    make_person,
    make_plan,
    make_profile,
)
from tests.site.conftest import NOW, World, make_user

from placewell.questionnaires import instrument
from placewell.specification import load
from placewell_web.accounts import service
from placewell_web.accounts.models import Cover, Role, User
from placewell_web.casework.models import (
    AccessToWork,
    Adjustment,
    Assessment,
    Barrier,
    BetterOff,
    Disclosure,
    GroupSupervision,
    Plan,
    Profile,
    ProfileSource,
    Supervision,
    SupervisionAction,
)
from placewell_web.clients.models import Consent, Episode, Response

pytestmark = pytest.mark.browser
LEADING = pytest.mark.screens("wide", "phone-no-script")
WRITING = pytest.mark.screens("phone", "wide-no-script")


@pytest.fixture
def priya(world: World) -> User:
    return make_user("priya@example.org", "Priya Nair", "specialist", world.own, world.teams["dudley"])


@pytest.fixture
def jas(world: World) -> Episode:
    return make_episode(world, person=make_person(preferred_name="Jas"), referred_on=ago(80), accepted_on=ago(75))


def pages(journey: Journey) -> int:
    """How many sheets of A4 the page prints on; Chromium prints whether scripts run or not."""
    return len(re.findall(rb"/Type\s*/Page\b", journey.page.pdf(format="A4")))


def fills_in(journey: Journey, group: str, answers: Mapping[str, object]) -> None:
    """Fill boxes and lists of one group: a form that asks the same several times has a legend for each."""
    box = journey.page.get_by_role("group", name=group, exact=True)
    for label, answer in answers.items():
        one = box.get_by_label(label, exact=True)
        journey.taps += 1
        journey.keys += len(str(answer))
        if one.evaluate("element => element.tagName") == "SELECT":
            one.select_option(label=str(answer))
        else:
            one.fill(str(answer))


# --- A team leader ---


@LEADING
def test_supervision_from_the_board_to_todays_tasks(
    journey: Journey, world: World, priya: User, record_property: Record
) -> None:  # journey 7
    make_caseload(world, 12)
    given.signed_in(journey, world.user(Role.TEAM_LEADER))
    journey.visit("/team/")
    journey.picture("jteam-board")
    with timed(journey, record_property, "7 Supervise one specialist", taps=7, seconds=600):
        when.follows(journey, "Sheet of Employment specialist Dudley")
        journey.picture("jteam-sheet")
        when.fills(journey, {"Notes": "Two leads a week.", "Action 1": "Ring the bakery", "Action 2": "Book a course"})
        when.fills(journey, {"Who does action 2": "Team leader Dudley", "By when is action 2 done": "In 1 week"})
        when.presses(journey, "Keep and sign")
    then.sees(journey, "Employment specialist Dudley has not signed yet", "Ring the bakery", "Book a course")
    journey.visit("/team/")
    then.sees(journey, "You agreed at supervision", "Book a course", "By 21 June 2019")
    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.visit("/today/")
    then.sees(journey, "From supervision", "Ring the bakery", "By 12 July 2019")
    then.does_not_see(journey, "Book a course")
    when.follows(journey, "Read and sign the supervision of 14 June 2019")
    when.presses(journey, "Sign")
    journey.picture("jteam-signed")
    kept = Supervision.unscoped.get()
    assert (kept.signed_at is not None, kept.accepted_at is not None) == (True, True)
    journey.visit("/today/")
    when.presses(journey, "Done: Ring the bakery")
    then.does_not_see(journey, "Read and sign", "Done: Ring the bakery")
    assert SupervisionAction.unscoped.get(what="Ring the bakery").done_on == TODAY


@LEADING
def test_the_group_is_supervised_in_one_press(
    journey: Journey, world: World, priya: User, record_property: Record
) -> None:
    given.signed_in(journey, world.user(Role.TEAM_LEADER))
    journey.visit("/team/")
    with timed(journey, record_property, "7 Keep the group's supervision", taps=3, seconds=60):
        when.follows(journey, "Group supervision")
        journey.picture("jteam-group")
        when.fills(journey, {"Leads shared": "Bakery in Tipton wants two"})
        when.presses(journey, "Keep")
    then.sees(journey, "2 specialists came", "Priya Nair", "Bakery in Tipton wants two")
    assert GroupSupervision.unscoped.count() == 1
    given.signed_in(journey, priya)
    journey.visit("/supervision/")
    then.sees(journey, "14 June 2019")
    then.does_not_see(journey, "To sign")


@LEADING
def test_thirty_people_are_handed_over(journey: Journey, world: World, priya: User, record_property: Record) -> None:
    make_user("sam@example.org", "Sam Reid", "specialist", world.own, world.teams["dudley"])
    make_caseload(world, 30)
    given.signed_in(journey, world.user(Role.TEAM_LEADER))
    journey.visit("/team/")
    with timed(journey, record_property, "– Hand over 30 cases", taps=6, seconds=300):
        when.follows(journey, "Hand over the caseload of Employment specialist Dudley")
        journey.picture("jteam-hand-over")
        when.fills(journey, {"Why?": "Leaves the service", "Note about Person3 Of Many": "Ring after four"})
        journey.taps += 1
        journey.page.get_by_label("Who takes over Person3 Of Many").select_option(value=str(priya.pk))
        when.presses(journey, "Hand over")
    journey.picture("jteam-handed-over")
    then.sees(journey, "30 people from 14 June 2019", "Ring after four")
    taken = Episode.unscoped.values_list("specialist__name", flat=True)
    assert {name: list(taken).count(name) for name in set(taken)} in (
        {"Priya Nair": 15, "Sam Reid": 15},
        {"Priya Nair": 16, "Sam Reid": 14},
    ), "shared out by the room there is"
    assert Episode.unscoped.get(person__first_name="Person3").specialist == priya
    when.follows(journey, "Person3 Of Many")
    then.sees(journey, "Handed over with: Ring after four")
    journey.page.go_back()
    when.presses(journey, "Take it back")
    then.sees(journey, "Taken back.")
    assert Episode.unscoped.filter(specialist=world.user(Role.SPECIALIST)).count() == 30


@LEADING
def test_cover_and_its_end(journey: Journey, world: World, priya: User, record_property: Record) -> None:
    make_caseload(world, 3)
    given.signed_in(journey, world.user(Role.TEAM_LEADER))
    journey.visit("/team/")
    with timed(journey, record_property, "– Arrange cover", taps=6, seconds=60):
        when.follows(journey, "Cover for Employment specialist Dudley")
        when.fills(journey, {"Who covers?": "Priya Nair", "First day": TODAY, "Last day": TODAY + timedelta(days=6)})
        when.presses(journey, "Arrange cover")
    then.sees(journey, "Covered by Priya Nair to 20 June 2019")
    given.signed_in(journey, priya)
    journey.visit("/caseload/")
    then.sees(journey, "Person0 Of Many", "Covering Employment specialist Dudley")
    with time_machine.travel(NOW + timedelta(days=7), tick=True):
        given.signed_in(journey, priya)
        journey.visit("/caseload/")
        then.does_not_see(journey, "Person0 Of Many")
    given.signed_in(journey, world.user(Role.TEAM_LEADER))
    journey.visit("/team/")
    when.presses(journey, "Take back the cover by Priya Nair for Employment specialist Dudley")
    then.does_not_see(journey, "Covered by Priya Nair")
    given.signed_in(journey, priya)
    journey.visit("/caseload/")
    then.does_not_see(journey, "Person0 Of Many")
    assert Cover.objects.get().taken_back_at is not None


# --- What a specialist writes with someone ---


@WRITING
def test_a_profile_with_who_was_asked_and_a_new_version_after_a_job(
    journey: Journey, world: World, jas: Episode
) -> None:
    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.visit(f"/people/{jas.pk}/profile/")
    when.presses(journey, "Start the profile")
    when.fills(journey, {"Skills": "Bread and cakes"})
    when.presses(journey, "Complete profile")
    then.is_told_of_errors(journey, "Write what the person wants from work before you complete the profile.")
    when.fills(journey, {"What the person wants from work": "Early mornings, by bus"})
    when.presses(journey, "Save draft")
    then.sees(journey, "Profile saved as a draft.", "Only Jas so far.")
    journey.picture("jteam-profile-draft")
    when.follows(journey, "Add who was asked")
    asked = {"Who was asked?": "Family member", "Name": "Her sister Amrit", "Date": TODAY}
    when.fills(journey, asked)
    when.presses(journey, "Record")
    assert journey.page.locator(".nhsuk-error-summary").count() == 1
    then.sees(journey, "family")
    assert not ProfileSource.unscoped.exists(), "nobody is asked without consent"
    journey.picture("jteam-source-refused")
    journey.visit(f"/people/{jas.pk}/profile/")
    when.follows(journey, "Record consent")
    when.chooses(journey, "Talking with family")
    when.presses(journey, "Record consent")
    then.sees(journey, "1 consent recorded.", "Vocational profile, version 1: draft")
    when.follows(journey, "Add who was asked")
    when.fills(journey, asked)
    when.presses(journey, "Record")
    then.sees(journey, "Her sister Amrit")
    when.presses(journey, "Complete profile")
    then.sees(journey, "Profile completed.", "Version 1, completed 14 June 2019")
    assert ProfileSource.unscoped.get().consent == Consent.unscoped.get()
    make_job(jas, ago(30), ended_on=ago(2), end_reason="dismissed")
    Profile.unscoped.update(completed_on=ago(40), started_on=ago(45))
    journey.visit(f"/people/{jas.pk}/profile/")
    then.sees(journey, "A new version of the profile is wanted.")
    journey.picture("jteam-profile-wanted")
    when.presses(journey, "Start a new version")
    assert journey.page.get_by_label("Skills").input_value() == "Bread and cakes", "it starts from the last"
    when.fills(journey, {"Past experience": "A month at a bakery"})
    when.presses(journey, "Complete profile")
    then.sees(journey, "Version 2, completed 14 June 2019")
    then.does_not_see(journey, "is wanted")
    assert list(Profile.unscoped.order_by("version").values_list("version", "experience")) == [
        (1, ""),
        (2, "A month at a bakery"),
    ]


@WRITING
@pytest.mark.parametrize("kind", ["vocational_action", "job_search"])
def test_a_plan_with_steps_owners_and_days(journey: Journey, world: World, jas: Episode, kind: str) -> None:
    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.visit(f"/people/{jas.pk}/plan/{kind}/")
    when.presses(journey, "Start the plan")
    when.fills(journey, {"Goal": "Work in a bakery"})
    if kind == "job_search":
        when.fills(journey, {"Kinds of job": "Baking, no nights", "Employers to approach": "Shops in Tipton"})
    when.presses(journey, "Jas agrees")
    then.sees(journey, "Write at least one step before the plan is agreed.")
    fills_in(journey, "Step 1", {"Step": "Bring the CV up to date", "Who": "Jas"})
    due = {"Day": "28", "Month": "6", "Year": "2019"}
    fills_in(journey, "Step 2", {"Step": "Write to Tipton Bakery", "Who": "Someone else", "Name": "Amrit", **due})
    journey.picture(f"jteam-plan-{kind}")
    when.presses(journey, "Jas agrees")
    then.sees(journey, "Plan agreed.", "Bring the CV up to date", "Amrit", "28 June 2019")
    when.presses(journey, "Tick off: Bring the CV up to date")
    plan = Plan.unscoped.get()
    assert (plan.kind, plan.goal, plan.agreed_on) == (kind, "Work in a bakery", TODAY)
    steps = plan.steps.order_by("position").values_list("text", "by_whom", "owner", "due_on", "done_on")
    assert list(steps) == [
        ("Bring the CV up to date", "client", "", None, TODAY),
        ("Write to Tipton Bakery", "other", "Amrit", ago(-14), None),
    ]


@WRITING
def test_what_stands_in_the_way_and_what_helps(journey: Journey, world: World, jas: Episode) -> None:
    make_job(jas, ago(20))
    given.signed_in(journey, world.user(Role.SPECIALIST))
    here = f"/people/{jas.pk}/work-and-health/"
    journey.visit(here)
    when.follows(journey, "Record a barrier")
    when.presses(journey, "Record")
    then.is_told_of_errors(journey, "Choose what stands in the way.")
    when.fills(journey, {"What stands in the way?": "Transport", "More about it": "No bus before eight"})
    when.presses(journey, "Record")
    when.follows(journey, "Record an adjustment")
    when.fills(journey, {"What kind of adjustment?": "Breaks", "In a few words": "Ten minutes each hour"})
    when.presses(journey, "Record")
    when.follows(journey, "What became of it")
    when.fills(journey, {"What became of it?": "The employer agreed"})
    when.presses(journey, "Record")
    when.follows(journey, "Record a step")
    when.chooses(journey, "Applied for")
    when.presses(journey, "Record")
    when.follows(journey, "No longer")
    when.presses(journey, "Record")
    then.sees(journey, "No bus before eight", "Ten minutes each hour", "Applied for")
    journey.picture("jteam-work-and-health")
    assert Barrier.unscoped.get().ended_on == TODAY
    assert Adjustment.unscoped.get().agreed_on == TODAY
    assert AccessToWork.unscoped.get().step == "applied"


@WRITING
def test_a_better_off_sum_and_a_decision_on_telling(journey: Journey, world: World, jas: Episode) -> None:
    make_job(jas, ago(3))
    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.visit(f"/people/{jas.pk}/benefits/")
    when.follows(journey, "Work out a new one")
    when.fills(journey, {"What is it about?": "Starting work", "Wages after tax with the job": "180"})
    when.presses(journey, "Record the sum")
    then.is_told_of_errors(journey, "Enter both amounts: 0 where there is none.")
    amounts = {"Wages after tax": (0, 180), "Universal Credit": (92, 31), "Travel": (0, 24)}
    for what, (before, after) in amounts.items():
        when.fills(journey, {f"{what} without the job": before, f"{what} with the job": after})
    when.fills(journey, {"Who must be told of the earnings?": ("Landlord",)})
    journey.picture("jteam-better-off")
    when.presses(journey, "Record the sum")
    then.sees(journey, "Better off by £95.00 a week")
    assert BetterOff.unscoped.get().amounts.count() == 3
    when.follows(journey, "Record a decision")
    when.presses(journey, "Record decision")
    then.is_told_of_errors(journey, "Choose what the person decided.")
    when.chooses(journey, "Yes, tell the employer")
    when.fills(journey, {"Whom to tell": "Line manager", "What to tell": "Adjustments needed"})
    when.fills(journey, {"When to tell": "After the start"})
    when.presses(journey, "Record decision")
    then.sees(journey, "Decision recorded.", "Line manager", "the last word")
    journey.picture("jteam-disclosure")
    kept = Disclosure.unscoped.get()
    assert (kept.decision, kept.to_whom, kept.what, kept.tell_when) == (
        "yes",
        "line_manager",
        "adjustments",
        "after_start",
    )


@WRITING
def test_documents_go_on_a_sheet_or_two_of_a4(journey: Journey, world: World, jas: Episode) -> None:
    make_profile(jas, ago(40), ago(30), preferences="Early mornings. " * 20, experience="A bakery. " * 30)
    make_plan(jas, ago(20), steps=tuple(f"Step {n}" for n in range(8)))
    plan = make_plan(jas, ago(20), version=2, steps=tuple(f"Look {n}" for n in range(8)))
    Plan.unscoped.filter(pk=plan.pk).update(kind="job_search", version=1, employers="Garden centres")
    given.signed_in(journey, world.user(Role.SPECIALIST))
    for what, most in (("profile", 2), ("plan/vocational_action", 1), ("plan/job_search", 1), ("job-search", 2)):
        journey.visit(f"/people/{jas.pk}/print/{what}/")
        journey.picture(f"jteam-print-{what.replace('/', '-')}")
        assert pages(journey) <= most, what
        assert journey.page.get_by_role("button", name="Print").count() == int(journey.screen.script)
        when.follows(journey, "Back to Jas")


@WRITING
def test_an_assessment_where_the_contract_asks_for_one(
    journey: Journey, world: World, jas: Episode, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = load("nottingham_health_employment")
    monkeypatch.setattr(service, "current", lambda: spec)
    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.visit(f"/people/{jas.pk}/assessment/")
    when.presses(journey, "Start the assessment")
    when.presses(journey, "Complete assessment")
    assert journey.page.locator(".nhsuk-error-summary a").count() == 4
    for box in journey.page.locator("fieldset.cd-section").all():
        box.locator("textarea").first.fill("Sleeps badly, walks daily")
    when.chooses(journey, "Face to face")
    journey.picture("jteam-assessment")
    when.presses(journey, "Complete assessment")
    then.sees(journey, "Completed 14 June 2019", "face to face", "Sleeps badly, walks daily")
    done = Assessment.unscoped.get()
    assert (done.completed_on, done.face_to_face, done.parts.count()) == (TODAY, True, 3)
    journey.visit(f"/people/{jas.pk}/plan/")
    when.presses(journey, "Start the plan")
    then.sees(journey, "The contract asks that the plan covers")


# --- Scores over time ---


@LEADING
def test_scores_are_shown_over_time(journey: Journey, world: World, jas: Episode) -> None:
    for occasion, days, answer in (("baseline", 70, "2"), ("exit", 3, "4")):
        form, said = uuid4(), {"instrument": "swemwbs", "occasion": occasion, "completed_on": ago(days)}
        Response.unscoped.bulk_create(
            Response(episode=jas, form_id=form, item=item, answer=answer, created_at=NOW, **said)
            for item in instrument("swemwbs").items
        )
    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.visit(f"/people/{jas.pk}/questionnaires/")
    journey.picture("jteam-scores")
    then.sees(journey, "2 forms", "Since the baseline: up", "Meaningful improvement")
    when.follows(journey, "11 June 2019")
    then.sees(journey, "11 June 2019")

"""“I got the job!”, what happens in it afterwards, and employers spoken with: journeys 2, 3 and 6 by the clock."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from tests.journeys.steps import given, then, when
from tests.journeys.steps.journey import Journey
from tests.journeys.steps.timing import Record, timed
from tests.site.casework.factories import (
    ago,
    make_contact,
    make_episode,
    make_job,
    make_person,
    make_plan,
    make_profile,
)
from tests.site.conftest import NOW, World

from placewell_web.accounts.models import Role
from placewell_web.casework.models import BenefitsAdvice, Contact, EmployerContact, Job, JobProblem
from placewell_web.clients.models import Episode
from placewell_web.employers.models import Employer, EmployerLead

pytestmark = [pytest.mark.browser, pytest.mark.screens("wide", "phone-no-script")]
TODAY = NOW.date()
SHELF_FILLERS, SUPERMARKETS = "9241", "47110"


@pytest.fixture
def jas(world: World) -> Episode:
    """Well on the way: met, with a profile and a plan."""
    return make_known(world, "Jas")


def make_known(world: World, called: str, surname: str = "Sandhu") -> Episode:
    person = make_person(first_name=called, surname=surname, preferred_name=called)
    episode = make_episode(world, person=person, referred_on=ago(60), accepted_on=ago(55))
    make_contact(episode, ago(4))
    make_profile(episode, ago(50), ago(40))
    make_plan(episode, ago(40))
    return episode


def looks_up(journey: Journey, label: str, words: str, found: str) -> None:
    """Find a code by its words: in the list that opens as one types, or with the button and radios."""
    page = journey.page
    journey.taps, journey.keys = journey.taps + 2, journey.keys + len(words)
    if journey.screen.script:
        page.get_by_role("combobox", name=re.compile(f"^{label}")).press_sequentially(words)
        page.get_by_role("option", name=found).first.click()
        return
    page.get_by_label(re.compile(f"^{label}")).first.fill(words)
    when.presses(journey, f"Search for {label[0].lower()}{label[1:]}")
    page.get_by_role("radio", name=re.compile(f"^{found}")).check(force=True)


def test_i_got_the_job(journey: Journey, world: World, jas: Episode, record_property: Record) -> None:  # journey 6
    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.visit(f"/people/{jas.pk}/jobs/new/")
    with timed(journey, record_property, "6 Record a job", taps=25, seconds=90):
        when.fills(journey, {"Employer": "Marlowe Home Store", "Town of the employer": "Dudley"})
        when.fills(journey, {"Job title": "Night stacker"})
        looks_up(journey, "Job role", "shelf", SHELF_FILLERS)
        looks_up(journey, "Industry of the employer", "supermarket", SUPERMARKETS)
        when.fills(
            journey,
            {
                "Start date in the contract": date(2019, 6, 10),
                "First day worked": date(2019, 6, 11),
                "Hours a week in the contract": "20",
                "Pay": "8.65",
                "Paid": "an hour",
                "Kind of contract": "Permanent",
                "Self-employed?": "No",
                "Could anyone have applied?": "Yes",
                "Is it set aside for people with a condition or disability?": "No",
                "Does the employer know of a condition?": "Yes",
                "Have they had advice on what this job does to their benefits?": "Yes",
            },
        )
        journey.picture("job-form")
        when.presses(journey, "Record job")
    then.sees(journey, "Job of Jas recorded.", "Milestones, if the job lasts", "26 weeks", "Waits for proof.")
    then.sees(journey, "Meetings", "Weekly in-work contact", "Payment", "£", "Ask for proof by link")
    then.sees(journey, "Given 14 June 2019", "20 a week", "£8.65", "Shelf fillers")
    journey.picture("job-starts")
    job = Job.unscoped.get()
    assert (job.occupation, job.industry, job.contract_type) == (SHELF_FILLERS, SUPERMARKETS, "permanent")
    assert (job.started_on, job.first_day_worked_on) == (date(2019, 6, 10), date(2019, 6, 11))
    assert (job.contract_hours, job.hourly_wage) == (Decimal(20), Decimal("8.65"))
    assert (job.competitive, job.disclosed, job.self_employed) == (True, True, False)
    employer = Employer.unscoped.get()
    assert (employer.name, employer.town, job.employer) == ("Marlowe Home Store", "Dudley", employer)
    advice = BenefitsAdvice.unscoped.get()
    assert (advice.on, advice.job, advice.about) == (TODAY, job, "before_start")

    when.follows(journey, "Ask for proof by link")
    then.sees(journey, "Jas")


def test_what_is_missing_is_said_and_nothing_typed_is_lost(journey: Journey, world: World, jas: Episode) -> None:
    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.visit(f"/people/{jas.pk}/jobs/new/")
    when.fills(journey, {"Employer": "Marlowe Home Store", "Pay": "0.50", "Paid": "an hour"})
    if not journey.screen.script:
        looks_up(journey, "Job role", "shelf", SHELF_FILLERS)
        assert journey.page.get_by_label("Employer", exact=False).first.input_value() == "Marlowe Home Store"
    when.presses(journey, "Record job")
    then.is_told_of_errors(
        journey, "Enter the job title.", "Enter the start date.", "Choose whether anyone could have applied."
    )
    assert not Job.unscoped.exists()
    journey.picture("job-errors")
    when.fills(journey, {"Job title": "Shelf filler", "Start date in the contract": TODAY})
    when.fills(journey, {"Self-employed?": "No", "Could anyone have applied?": "Yes"})
    when.fills(journey, {"Is it set aside for people with a condition or disability?": "No"})
    when.presses(journey, "Record job")
    then.sees(journey, "minimum wage")
    job = Job.unscoped.get()
    assert (job.hourly_wage, job.competitive) == (Decimal("0.50"), False)
    assert job.occupation == ("" if journey.screen.script else SHELF_FILLERS)

    when.presses(journey, "Take this job back")
    then.sees(journey, "The job was taken back.")
    assert not Job.unscoped.exists()


@pytest.mark.screens("wide", "phone")
def test_keys_alone_find_the_role(journey: Journey, world: World, jas: Episode) -> None:
    """Type, arrow down, Enter; Escape closes; the list is announced and passes the check while it stands open."""
    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.visit(f"/people/{jas.pk}/jobs/new/")
    page = journey.page
    page.get_by_role("textbox", name="Job title").focus()
    page.keyboard.type("Barista")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Coffee shop workers").wait_for()
    box = page.get_by_role("combobox", name=re.compile("^Job role"))
    assert box.evaluate("one => one === document.activeElement")
    page.keyboard.type("cleaner")
    page.get_by_role("option").first.wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    picked = page.locator("#id_occupation-list [role=option][aria-selected=true]")
    assert box.get_attribute("aria-activedescendant") == picked.get_attribute("id")
    journey.check()
    journey.picture("job-combobox")
    code = picked.locator(".pw-look__code").inner_text()
    page.keyboard.press("Escape")
    assert box.get_attribute("aria-expanded") == "false"
    page.keyboard.press("ArrowDown")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.locator("input[name=occupation]").input_value() == code
    assert box.input_value().startswith(code)
    journey.check()


@pytest.mark.screens("phone", "wide-no-script")
def test_what_changes_in_a_job_until_it_ends(journey: Journey, world: World, jas: Episode) -> None:
    job = make_job(jas, ago(20))
    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.visit(f"/people/{jas.pk}/jobs/")
    when.follows(journey, "Record a change of hours")
    when.fills(journey, {"From": ago(2), "Hours a week": "24"})
    journey.picture("job-hours")
    when.presses(journey, "Record change")
    when.follows(journey, "Record a change of pay")
    when.fills(journey, {"From": ago(2), "Pay": "9.10", "Paid": "an hour"})
    when.presses(journey, "Record change")
    then.sees(journey, "£9.10", "24 a week")
    when.follows(journey, "Record a problem")
    when.fills(journey, {"What is the problem?": "Adjustments not in place", "What happened": "No stool at the till."})
    journey.picture("job-problem")
    when.presses(journey, "Record problem")
    then.sees(journey, "Problem recorded. Speak with Jas within 3 days of it.", "No stool at the till.")
    journey.picture("jobs")
    problem = JobProblem.unscoped.get()
    assert (problem.job, problem.kind, problem.known_on) == (job, "adjustments", TODAY)

    when.follows(journey, "Record the end")
    when.presses(journey, "Record end")
    then.is_told_of_errors(journey, "Enter the last day of the job.", "Choose why the job ended.")
    when.fills(journey, {"Last day of the job": ago(1), "Why did it end?": "Health"})
    when.presses(journey, "Record end")
    then.heading_is(journey, "Help with the next job")
    then.sees(journey, "End of the job recorded.", "Log a contact", "Start a new version of the profile")
    journey.picture("job-next-help")
    when.fills(journey, {"Help with the next job": "Offered, and they want it"})
    when.presses(journey, "Record")
    then.sees(journey, "Help with the next job recorded.", "Ended")
    job.refresh_from_db()
    assert (job.ended_on, job.end_reason, job.end_known_on) == (ago(1), "health", TODAY)
    assert (job.next_help, job.next_help_on) == ("accepted", TODAY)
    assert [one.hourly_wage for one in job.pay.all()][-1] == Decimal("9.10")


def test_an_employer_is_spoken_with_for_two(
    journey: Journey, world: World, jas: Episode, record_property: Record
) -> None:  # journey 3
    kim = make_known(world, "Kim", "Okafor")
    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.visit("/employers/contact/")
    with timed(journey, record_property, "3 Log an employer contact", taps=8, seconds=30):
        when.fills(journey, {"Employer": "Marlowe Home Store", "We met face to face": True})
        when.chooses(journey, "Job lead", "Jas Sandhu", "Kim Okafor")
        journey.picture("employer-contact")
        when.presses(journey, "Record contact")
    then.sees(journey, "Contact with Marlowe Home Store recorded.", "Job lead", "Jas Sandhu", "Kim Okafor")
    rows = EmployerContact.unscoped.all()
    assert {row.episode for row in rows} == {jas, kim}
    assert {(row.employer.name, row.purpose, row.face_to_face, row.on) for row in rows} == {
        ("Marlowe Home Store", "lead", True, TODAY)
    }

    when.follows(journey, "Share a lead")
    when.fills(journey, {"Job": "Kitchen porter", "Hours a week": "16"})
    when.presses(journey, "Share lead")
    then.sees(journey, "Lead shared with the teams.", "Kitchen porter, 16 hours a week", "Marlowe Home Store")
    journey.picture("leads")
    assert EmployerLead.unscoped.get().employer.name == "Marlowe Home Store"

    journey.visit("/my-week/")
    then.sees(journey, "My week, 10", "Marlowe Home Store", "Job lead", "Jas Sandhu", "Kim Okafor")
    journey.picture("my-week")


def test_one_text_to_several_from_the_caseload(
    journey: Journey, world: World, jas: Episode, record_property: Record
) -> None:  # journey 2
    others = [make_known(world, "Kim", "Okafor"), make_known(world, "Ade", "Bello")]
    make_contact(others[0], ago(1))
    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.visit("/caseload/")
    journey.picture("caseload")
    with timed(journey, record_property, "2 One text to three people", taps=14, seconds=60):
        if journey.screen.width > 600:  # a phone's list is always by what breaks first
            when.follows(journey, "Last two-way contact")
        when.chooses(journey, "Choose several people")
        when.chooses(journey, "Choose Jas Sandhu", "Choose Kim Okafor", "Choose Ade Bello")
        when.presses(journey, "Log the same contact for these")
        when.chooses(journey, "Text", "Message only", "1 week 21 June")
        when.fills(journey, {"Note for all": "Job fair on Friday."})
        journey.picture("several")
        when.presses(journey, "Save for 3 people")
    texts = Contact.unscoped.filter(kind="text", on=TODAY)
    assert {one.episode for one in texts} == {jas, *others}
    assert {(one.note, one.attendance, one.next_on) for one in texts} == {
        ("Job fair on Friday.", "one_way", date(2019, 6, 21))
    }
    journey.visit("/today/")
    then.sees(journey, "Done today")

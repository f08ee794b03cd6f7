"""A specialist's day: who is new, screening, a contact, profile and plan, a job and its payslip."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.journeys.steps import given, then, when
from tests.journeys.steps.journey import Journey
from tests.site.casework.factories import (
    ago,
    make_contact,
    make_episode,
    make_job,
    make_person,
    make_plan,
    make_profile,
)
from tests.site.casework.hostile import EICAR, picture
from tests.site.conftest import NOW, PASSWORD, World

from placewell_web.accounts.models import Role
from placewell_web.casework.models import Contact, ContactDraft, Evidence, Job, Plan, Profile
from placewell_web.clients.models import Episode
from placewell_web.intake.models import Screening

pytestmark = pytest.mark.browser
TODAY = NOW.date()


@pytest.fixture
def jas(world: World) -> Episode:
    """Accepted three days ago and assigned; nobody has spoken with her yet."""
    person = make_person(preferred_name="Jas", contact_preference="text", email="jas@example.org")
    return make_episode(world, person=person, referred_on=ago(5), accepted_on=ago(3))


@pytest.mark.screens("phone", "wide-no-script")
def test_the_first_meeting_with_someone_new(journey: Journey, world: World, jas: Episode) -> None:
    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.visit("/today/")
    then.sees(
        journey,
        "0 by tomorrow, 1 in the next 7 days.",
        "Jas Sandhu: make the first contact",
        "New referrals",
        "Jas Sandhu",
        "Waiting 5 days",
    )
    when.follows(journey, "Book first meeting")
    when.presses(journey, "Book")
    then.is_told_of_errors(journey, "Enter the date of the meeting.", "Enter the time, like 14:30.")
    when.fills(journey, {"Date": TODAY, "Time": "15:30", "Where": "Dudley Surgery"})
    when.presses(journey, "Book")
    then.sees(journey, "Meeting with Jas booked.")
    journey.visit("/today/")
    then.sees(journey, "Booked", "First meeting today at 15:30")

    when.follows(journey, "Jas Sandhu")
    when.follows(journey, "Referral and screening")
    when.follows(journey, "Screen")
    when.fills(
        journey,
        {
            "Do they have a long-term health condition or disability, in their own view?": "Yes",
            "Does the condition or disability stop them from getting work?": "Yes",
            "Does one of these apply?": "None",
            "Do they have a job now?": "No",
            "For how many weeks": "40",
            "Have they said that they want to find paid work?": "Yes",
            "Do they have a job offer?": "No",
            "Are they on an employment programme": "No",
        },
    )
    when.presses(journey, "Keep the screening")
    then.sees(journey, "Screening kept.", "Eligible", "Out of work for 4 weeks or more")
    assert Screening.objects.get().episode_id == jas.pk

    journey.visit(f"/people/{jas.pk}/")
    when.follows(journey, "Log a contact")
    then.sees(journey, "When you save", "No contact yet")
    when.presses(journey, "Save")
    then.is_told_of_errors(journey, "Choose how you were in contact.", "Choose whether it happened.")
    when.chooses(journey, "Appointment", "Attended", "45", "Community", "2 weeks 28 June")
    when.fills(journey, {"Note": "Wants shop work near home. Brings a CV next time."})
    journey.picture("contact")
    when.presses(journey, "Save and next")
    then.sees(journey, "Contact with Jas saved.")
    contact = Contact.unscoped.get()
    assert (contact.kind, contact.minutes, contact.next_on) == ("appointment", 45, date(2019, 6, 28))
    journey.visit("/today/")
    then.sees(journey, "Done today", "appointment logged.", "Undo")


@pytest.mark.screens("wide", "phone-no-script")
def test_what_saving_does_follows_what_is_chosen(journey: Journey, world: World, jas: Episode) -> None:
    make_job(jas, ago(2))
    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.visit(f"/people/{jas.pk}/contact/")
    counts, stays = "Counts as the 1st appointment", "Only meeting face to face clears it"
    then.sees(journey, counts, "unless it is a text, email, letter or outreach", "if you met face to face")
    when.chooses(journey, "Appointment", "Attended")
    then.sees(journey, counts, "if you met face to face")
    then.does_not_see(journey, stays, "unless it is")
    when.chooses(journey, "Call")
    then.sees(journey, counts, stays)
    then.does_not_see(journey, "if you met face to face")
    journey.picture("contact-call")
    when.chooses(journey, "Text")
    then.sees(journey, stays)
    then.does_not_see(journey, "Counts as")
    journey.page.get_by_text("Change who or when").click()
    when.chooses(journey, "Clinician")
    then.sees(journey, "Nothing is cleared or counted")
    then.does_not_see(journey, "Counts as", "Clears", "Keeps")
    when.chooses(journey, "Jas", "Did not attend")
    then.sees(journey, "Nothing is cleared or counted")


@pytest.mark.screens("wide", "phone-no-script")
def test_profile_and_plan_in_versions(journey: Journey, world: World, jas: Episode) -> None:
    make_contact(jas, ago(1))
    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.visit(f"/people/{jas.pk}/profile/")
    then.sees(journey, "No profile yet.")
    when.presses(journey, "Start the profile")
    when.presses(journey, "Complete profile")
    then.is_told_of_errors(journey, "Write what the person wants from work before you complete the profile.")
    when.fills(journey, {"What the person wants from work": "Shop work, days", "Strengths": "Careful with stock"})
    when.presses(journey, "Save draft")
    then.sees(journey, "Profile saved as a draft.")
    when.presses(journey, "Complete profile")
    then.sees(journey, "Profile completed.", "Shop work, days", "Version 1, completed 14 June 2019")
    journey.picture("profile")

    when.follows(journey, "Action plan")
    when.presses(journey, "Start the plan")
    when.presses(journey, "Jas agrees")
    then.sees(journey, "Write the goal in the person's words.", "Write at least one step before the plan is agreed.")
    when.fills(journey, {"Goal": "A part-time job by the autumn"})
    first = journey.page.get_by_role("group", name="Step 1", exact=True)
    first.get_by_label("Step", exact=True).fill("Finish the CV")
    first.get_by_label("Who", exact=True).select_option(label="Jas")
    when.presses(journey, "Jas agrees")
    then.sees(journey, "Plan agreed.", "A part-time job by the autumn", "Finish the CV")
    when.presses(journey, "Tick off: Finish the CV")
    then.sees(journey, "done 14 June 2019")
    when.presses(journey, "Review: start a new version")
    then.sees(journey, "Vocational action plan, version 2: draft", "Vocational action plan that holds")
    assert Profile.unscoped.get().completed_on == Plan.unscoped.get(version=1).agreed_on == TODAY

    journey.visit(f"/people/{jas.pk}/")
    wide = ("Careful with stock", "Jas agreed this plan on 14 June 2019")
    folded = ("Profile Completed 14 June 2019", "Plan Agreed 14 June 2019")
    then.sees(journey, "Timeline", *(wide if journey.screen.width > 600 else folded))
    journey.picture("person-new")


@pytest.mark.screens("phone", "wide-no-script")
def test_a_job_and_its_payslip(journey: Journey, world: World, jas: Episode) -> None:
    jas.referred_on, jas.accepted_on = ago(60), ago(55)
    jas.save()
    make_contact(jas, ago(4))
    make_profile(jas, ago(50), ago(40), preferences="Shop work")
    make_plan(jas, ago(40))
    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.visit(f"/people/{jas.pk}/jobs/")
    then.sees(journey, "No job")
    when.follows(journey, "Record a job")
    when.presses(journey, "Record job")
    then.is_told_of_errors(journey, "Enter the job title.", "Enter the start date.")
    when.fills(
        journey,
        {
            "Job title": "Stock assistant",
            "Employer": "Marlowe Home Store",
            "Start date in the contract": ago(10),
            "First day worked": ago(10),
            "Hours a week in the contract": "20",
            "Pay": "8.65",
            "Self-employed?": "No",
            "Could anyone have applied?": "Yes",
            "Is it set aside for people with a condition or disability?": "No",
        },
    )
    journey.picture("job")
    when.presses(journey, "Record job")
    then.sees(journey, "Job of Jas recorded.", "Milestones, if the job lasts", "26 weeks", "Waits for proof.")
    then.sees(journey, "Weekly in-work contact", "Competitive: it pays at least the minimum wage")
    journey.picture("job-saved")
    when.follows(journey, "Go to Jas")
    then.sees(journey, "Day 1", "No evidence is held", "Waits for proof.")
    journey.picture("person-in-work")

    when.follows(journey, "1 job")
    when.follows(journey, "Record a change of hours")
    when.fills(journey, {"From": ago(2), "Hours a week": "24"})
    when.presses(journey, "Record change")
    then.sees(journey, "Change of hours recorded.", "Hours 24 a week, since 12 June 2019")

    when.follows(journey, "Upload proof")
    when.fills(
        journey, {"What does it prove?": "Job start", "Kind of document": "Payslip", "Day it vouches for": ago(3)}
    )
    journey.page.locator("input[type=file]").set_input_files(
        {"name": "payslip.png", "mimeType": "image/png", "buffer": EICAR}
    )
    when.presses(journey, "Upload proof")
    then.is_told_of_errors(journey, "“payslip.png” is not what its name says it is.")
    journey.page.locator("input[type=file]").set_input_files(
        {"name": "payslip.png", "mimeType": "image/png", "buffer": picture(exif=True)}
    )
    journey.picture("upload")
    when.presses(journey, "Upload proof")
    then.sees(journey, "Proof uploaded.", "Waits for verification", "waits to be verified.")
    kept = Evidence.unscoped.get()
    assert (kept.outcome, kept.kind, kept.media_type, kept.status) == ("job_start", "payslip", "image/png", "received")
    assert kept.job_id == Job.unscoped.get().pk

    journey.visit("/caseload/?show=proof")
    then.sees(journey, "Jas Sandhu", "Day 1: met, proof missing")
    journey.visit(f"/people/{jas.pk}/history/")
    then.sees(journey, "recorded a job", "uploaded proof")


@pytest.mark.screens("phone", "wide-no-script")
def test_a_note_outlives_the_session(journey: Journey, world: World, jas: Episode) -> None:
    me = world.user(Role.SPECIALIST)
    given.signed_in(journey, me)
    journey.visit(f"/people/{jas.pk}/contact/")
    when.chooses(journey, "Call", "Attended", "15")
    when.fills(journey, {"Note": "She starts on Monday if the bus runs."})
    given.session_gone(journey)
    when.presses(journey, "Save")
    then.heading_is(journey, "Sign in")
    assert ContactDraft.unscoped.get().author == me
    when.fills(journey, {"Email address": me.email, "Password": PASSWORD})
    when.presses(journey, "Sign in")
    journey.visit(f"/people/{jas.pk}/contact/")
    then.sees(journey, "It will still be here if you are signed out.", "Discard draft")
    assert journey.page.get_by_label("Note").input_value() == "She starts on Monday if the bus runs."
    assert journey.page.get_by_label("Call", exact=True).is_checked()
    when.chooses(journey, "1 week 21 June")
    when.presses(journey, "Save")
    then.sees(journey, "Contact with Jas saved.", "She starts on Monday if the bus runs.")
    assert not ContactDraft.unscoped.exists()


@pytest.mark.screens("wide", "phone-no-script")
def test_two_editors_lose_nothing(journey: Journey, world: World, jas: Episode) -> None:
    draft = make_profile(jas, ago(2))
    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.visit(f"/people/{jas.pk}/profile/")
    when.fills(journey, {"What the person wants from work": "Mine: an office, mornings"})
    draft.preferences, draft.edit_version = "Theirs: a shop, days", draft.edit_version + 1
    draft.save()
    journey.expects(409)
    when.presses(journey, "Save draft")
    then.sees(journey, "Theirs: a shop, days")
    assert journey.page.get_by_label("What the person wants from work").input_value() == "Mine: an office, mornings"
    journey.picture("two-editors")
    when.presses(journey, "Save draft")
    then.sees(journey, "Profile saved as a draft.")
    draft.refresh_from_db()
    assert draft.preferences == "Mine: an office, mornings"


@pytest.mark.screens("wide", "phone")
def test_keys_alone_are_enough_to_log_a_contact(journey: Journey, world: World, jas: Episode) -> None:
    """Tab to each group, arrows or space to choose, the focus never under the bar that stays below."""
    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.visit(f"/people/{jas.pk}/contact/")
    page = journey.page
    chosen: set[str] = set()
    page.locator("summary", has_text="Change who or when").focus()
    for _ in range(40):
        page.keyboard.press("Tab")
        name, kind = page.evaluate("[document.activeElement.name || '', document.activeElement.type || '']")
        covered = page.evaluate(
            """() => { const me = document.activeElement.getBoundingClientRect();
            const bar = document.querySelector('.cw-save');
            const box = bar.getBoundingClientRect(); return !bar.contains(document.activeElement)
              && me.top >= box.top && me.bottom <= box.bottom; }"""
        )
        assert not covered, f"{name} is hidden under the bar"
        if name == "note":
            page.keyboard.type("By keys alone.")
        elif kind == "radio" and name not in chosen:
            page.keyboard.press("Space")
            chosen.add(name)
        if name == "go_on":
            break
    assert {"kind", "attendance", "minutes", "place", "next"} <= chosen
    with page.expect_navigation():
        page.keyboard.press("Enter")
    journey.check()
    assert Contact.unscoped.get().note == "By keys alone."
    assert Contact.unscoped.get().created_at - NOW < timedelta(minutes=10)

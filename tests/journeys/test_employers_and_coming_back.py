"""What is known of an employer, activities, courses, other services; then how support ends and begins again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.journeys.steps import given, then, when
from tests.journeys.steps.journey import Journey
from tests.site.casework.factories import (
    ago,
    make_contact,
    make_course,
    make_employer,
    make_employer_contact,
    make_episode,
    make_job,
    make_lead,
    make_person,
    make_plan,
    make_profile,
)
from tests.site.conftest import NOW, World
from tests.site.employers.factories import make_service

from placewell_web.accounts.models import Role
from placewell_web.casework.models import Appointment, Contact, CourseSession, LeadTaken, OnwardReferral, SupportRequest
from placewell_web.clients.models import Episode
from placewell_web.employers.models import Activity, EmployerFeedback, EmployerPerson

pytestmark = [pytest.mark.browser, pytest.mark.screens("wide", "phone-no-script")]
TODAY = NOW.date()


@pytest.fixture
def jas(world: World) -> Episode:
    person = make_person(preferred_name="Jas")
    episode = make_episode(world, person=person, referred_on=ago(60), accepted_on=ago(55))
    make_contact(episode, ago(4))
    return episode


def test_the_page_of_an_employer(journey: Journey, world: World, jas: Episode) -> None:
    store = make_employer()
    make_lead(world, store)
    make_employer_contact(jas, store, ago(3), note="They like to meet people first.")
    me = world.user(Role.SPECIALIST)
    given.signed_in(journey, me)
    journey.visit("/employers/")
    when.follows(journey, "Marlowe Home Store")
    then.sees(journey, "Kitchen porter", "They like to meet people first.", "Jas Sandhu", "Nobody yet. Hand over")
    when.follows(journey, "Take it for a client")
    when.presses(journey, "Take lead")
    then.is_told_of_errors(journey, "Choose at least one person.")
    when.chooses(journey, "Jas Sandhu")
    journey.picture("take-lead")
    when.presses(journey, "Take lead")
    then.sees(journey, "Lead taken for 1 person.")
    assert LeadTaken.unscoped.get().episode == jas

    journey.visit(f"/employers/{store.pk}/")
    when.follows(journey, "Add")
    when.fills(journey, {"Name": "Bina Roy", "What they do there": "Human resources"})
    when.presses(journey, "Save")
    then.sees(journey, "Bina Roy", "Human resources")
    when.follows(journey, "Record feedback")
    when.fills(journey, {"Date": TODAY, "What they said": "Good to have one person to ring."})
    when.presses(journey, "Save")
    then.sees(journey, "Feedback recorded.", "Good to have one person to ring.", "Nothing done about it yet.")
    when.follows(journey, "Hand over")
    when.fills(journey, {"Who looks after this employer?": me.name})
    when.presses(journey, "Hand over")
    then.sees(journey, f"Looked after by {me.name}")
    journey.picture("employer")
    store.refresh_from_db()
    assert store.owner == me
    assert EmployerPerson.unscoped.get().role == "human_resources"
    assert EmployerFeedback.unscoped.get().words == "Good to have one person to ring."


@pytest.mark.screens("phone", "wide-no-script")
def test_an_activity_and_a_course(journey: Journey, world: World, jas: Episode) -> None:
    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.visit("/employers/activities/")
    when.follows(journey, "Record an activity")
    when.presses(journey, "Record activity")
    then.is_told_of_errors(journey, "Choose what it was.")
    when.fills(
        journey,
        {
            "What was it?": "Raising awareness with employers",
            "Date": TODAY,
            "With which organisation": "Marlowe Home Store",
            "How many came": "12",
        },
    )
    when.presses(journey, "Record activity")
    then.sees(journey, "Activity recorded.", "Raising awareness with employers", "Marlowe Home Store", "12")
    journey.picture("activities")
    made = Activity.unscoped.get()
    assert (made.kind, made.attendees, made.on) == ("employer_awareness", 12, TODAY)

    course = make_course(world)
    when.follows(journey, "Courses")
    when.follows(journey, "Back to work")
    when.follows(journey, "Give places")
    when.chooses(journey, "Jas Sandhu")
    when.presses(journey, "Save places")
    then.sees(journey, "1 place given, 0 ended.", "Jas Sandhu", "Not marked")
    journey.picture("course")
    when.follows(journey, "Register")
    when.fills(journey, {"Jaswinder Sandhu": "Came"})
    journey.picture("register")
    when.presses(journey, "Save register")
    then.sees(journey, "1 person marked.")
    journey.visit(f"/employers/courses/{course.pk}/")
    then.sees(journey, "1 came")
    contact = Contact.unscoped.get(kind="group")
    assert (contact.episode, contact.attendance, contact.on) == (jas, "attended", ago(1))

    CourseSession.objects.create(course=course, on=ago(-6), hours=2, place="Library")
    journey.visit(f"/employers/courses/{course.pk}/")
    journey.picture("course-two-sessions")
    when.follows(journey, "Cancel the session of 20 June 2019")
    when.presses(journey, "Cancel it")
    then.is_told_of_errors(journey, "Say why: people have a place, and may ask.")
    when.fills(journey, {"Why is it cancelled?": "The room is closed."})
    journey.picture("course-cancel")
    when.presses(journey, "Cancel it")
    then.sees(journey, "The session of 20 June 2019 is cancelled.", "Cancelled", "The room is closed.")
    journey.picture("course-cancelled")
    assert CourseSession.objects.get(on=ago(-6)).cancelled_on == TODAY


def test_the_directory_and_its_card(journey: Journey, world: World, jas: Episode) -> None:
    make_service(world, phone="+441384555010", web="www.example.org", help="Debt and bills.")
    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.visit("/employers/directory/")
    then.sees(journey, "Debt line", "Debt and bills.")
    then.does_not_see(journey, "Add a service")
    journey.picture("directory")
    journey.visit(f"/people/{jas.pk}/other-support/")
    when.follows(journey, "Record a service")
    when.presses(journey, "Record")
    then.is_told_of_errors(journey, "Choose the service.")
    kinds = journey.page.get_by_label("Which service of the directory?")
    named = kinds.locator("option", has_text="Debt line").inner_text()
    when.fills(journey, {"Which service of the directory?": named, "How?": "I told them about it"})
    journey.picture("refer-on")
    when.presses(journey, "Record")
    then.sees(journey, "Recorded.", "Debt line", "Not known yet what came of it")
    when.follows(journey, "Card")
    then.sees(journey, "Debt line", "For Jas", "01384 555010", "www.example.org")
    then.sees(journey, "You can get in touch with them yourself.")
    journey.page.emulate_media(media="print")
    assert journey.page.locator(".pw-crumbs, .pw-find, .pw-me").locator("visible=true").count() == 0
    journey.picture("card-printed")
    entry = OnwardReferral.unscoped.get()
    assert (entry.service.name, entry.kind, entry.on) == ("Debt line", "signpost", TODAY)


def test_support_ends_with_what_is_open_and_begins_again(journey: Journey, world: World, jas: Episode) -> None:
    soon = NOW + timedelta(days=3)
    meeting = Appointment.unscoped.create(episode=jas, specialist=jas.specialist, starts_at=soon, created_at=NOW)
    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.visit(f"/people/{jas.pk}/")
    when.follows(journey, "End support")
    then.sees(
        journey,
        "The meeting on 17 June 2019 is cancelled. Tell those who were to come.",
        "Missed appointments alone".lower(),
    )
    when.presses(journey, "End support today")
    then.is_told_of_errors(
        journey, "Choose why support ends.", "Tell the person how they can come back, then tick the box."
    )
    journey.picture("close")
    when.fills(journey, {"Why does support end?": "Moved out of the area", "I have told the person": True})
    when.presses(journey, "End support today")
    then.sees(journey, "Support for Jas has ended.")
    journey.picture("person-closed")
    jas.refresh_from_db()
    meeting.refresh_from_db()
    assert (jas.closed_on, jas.closure_reason) == (TODAY, "moved_away")
    assert meeting.cancelled_at is not None

    when.follows(journey, "Refer again")
    when.fills(journey, {"Who refers?": "GP"})
    journey.picture("refer-again")
    when.presses(journey, "Start the referral")
    then.sees(journey, "Referred again. What was known of the person is here already.")
    made = Episode.unscoped.get(follows=jas)
    assert (made.person, made.follows_how, made.accepted_on) == (jas.person, "referred_again", None)


def test_support_in_work_is_asked_for_again(journey: Journey, world: World, jas: Episode) -> None:
    make_job(jas, ago(40))
    Episode.unscoped.filter(pk=jas.pk).update(closed_on=ago(5), closure_reason="in_work_support_ended")
    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.visit(f"/people/{jas.pk}/support-again/")
    then.sees(journey, "The record was closed and stays so")
    when.presses(journey, "Record")
    then.is_told_of_errors(journey, "Choose who asks.", "Choose what was decided.")
    when.chooses(journey, "The person", "Support in work is taken up again")
    journey.picture("support-again")
    when.presses(journey, "Record")
    then.sees(journey, "A new referral for support in work waits to be accepted.")
    asked = SupportRequest.unscoped.get()
    assert (asked.asked_by, asked.granted) == ("person", True)
    assert Episode.unscoped.get(follows=jas).follows_how == "support_again"


@pytest.mark.screens("phone", "wide-no-script")
def test_someone_moves_to_another_area(journey: Journey, world: World, jas: Episode) -> None:
    make_profile(jas, ago(50), ago(40), preferences="Shop work, days")
    make_plan(jas, ago(40))
    given.signed_in(journey, world.user(Role.TEAM_LEADER))
    journey.visit(f"/people/{jas.pk}/move/")
    when.presses(journey, "Move")
    then.is_told_of_errors(journey, "Choose the area they move to.", "Say why they move.")
    when.fills(journey, {"Why?": "New flat", "Does the person agree that their profile and plan go along?": "Yes"})
    when.chooses(journey, "Wolverhampton, Wolverhampton Into Work")
    journey.picture("move")
    when.presses(journey, "Move")
    then.sees(journey, "Support here has ended.", "has the referral to accept.")
    jas.refresh_from_db()
    made = Episode.unscoped.get(follows=jas)
    assert (jas.closed_on, jas.closure_reason) == (TODAY, "moved_lot")
    assert (made.lot_id, made.person, made.accepted_on) == ("wolverhampton", jas.person, None)

    Episode.unscoped.filter(pk=made.pk).update(
        accepted_on=TODAY, specialist=world.user(Role.SPECIALIST, "wolverhampton")
    )
    given.signed_in(journey, world.user(Role.SPECIALIST, "wolverhampton"))
    journey.visit(f"/people/{made.pk}/from-before/")
    then.sees(journey, "Moved from Dudley on 14 June 2019", "Shop work, days")
    journey.picture("from-before")

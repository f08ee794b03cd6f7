"""A specialist's day by keyboard alone: Tab, Enter, Space, arrows and letters, and the focus always in sight."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from tests.journeys.steps import given, keys, then
from tests.journeys.steps.journey import Journey
from tests.journeys.steps.timing import Record, keyed
from tests.site.casework.factories import TODAY, ago, make_contact, make_episode, make_person, make_plan, make_profile
from tests.site.conftest import World

from placewell_web.accounts.models import Role
from placewell_web.casework.models import BenefitsAdvice, Contact, EmployerContact, Job
from placewell_web.clients.models import Episode
from placewell_web.employers.models import Employer

pytestmark = pytest.mark.browser
EVERYWHERE = pytest.mark.screens("wide", "phone", "wide-no-script")
SHELF_FILLERS, SUPERMARKETS = "9241", "47110"


@pytest.fixture
def jas(world: World) -> Episode:
    """Well on the way: met, with a profile and a plan."""
    return make_known(world, "Jas")


def make_known(world: World, called: str, surname: str = "Sandhu", met: int = 15) -> Episode:
    person = make_person(first_name=called, surname=surname, preferred_name=called)
    episode = make_episode(world, person=person, referred_on=ago(60), accepted_on=ago(55))
    make_contact(episode, ago(met))
    make_profile(episode, ago(50), ago(40))
    make_plan(episode, ago(40))
    return episode


@EVERYWHERE
def test_from_today_to_a_contact_and_the_next(
    journey: Journey, world: World, jas: Episode, record_property: Record
) -> None:  # journey 1
    make_known(world, "Kim", "Okafor", met=14)
    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.opens("/today/")
    most = 60 if journey.screen.width > 600 else 90  # a phone shows no tabs, and more of the form
    with keyed(journey, record_property, "1 Today, a person, a contact, the next", most=most):
        keys.skips_to_content(journey)
        keys.opens(journey, "link", "Jas Sandhu")
        keys.skips_to_content(journey)
        keys.opens(journey, "button", "Log a contact")
        keys.skips_to_content(journey)
        keys.picks(journey, "Appointment", "Attended", "45", "Community", "2 weeks 28 June")
        keys.fills(journey, {"Note …": "By keys."})
        keys.opens(journey, "button", "Save and next")
    then.sees(journey, "Contact with Jas saved.", "Kim Okafor")
    kept = Contact.unscoped.get(note="By keys.")
    assert (kept.kind, kept.attendance, kept.minutes, kept.place) == ("appointment", "attended", 45, "community")
    assert kept.next_on == date(2019, 6, 28)


@pytest.mark.screens("wide", "phone")
def test_the_caseload_by_a_clock_and_someone_by_three_letters(
    journey: Journey, world: World, jas: Episode, record_property: Record
) -> None:  # journey 2
    make_known(world, "Kim", "Okafor")
    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.opens("/caseload/")
    with keyed(journey, record_property, "2 The caseload: one clock, sorted, a person", most=85):
        keys.skips_to_content(journey)
        keys.unfolds(journey, "One kind of clock")
        keys.opens(journey, "link", "Job search 2")
        keys.skips_to_content(journey)
        keys.opens(journey, "link", "Last two-way contact" if journey.screen.width > 900 else "Last contact …")
        then.sees(journey, "Sorted by last two-way contact, longest ago first.")
        keys.skips_to_content(journey)
        keys.opens(journey, "link", "Kim Okafor")
    then.heading_is(journey, "Kim Okafor Job search")
    with keyed(journey, record_property, "2 Someone by three letters", most=40):
        keys.searches(journey, "san")
        keys.skips_to_content(journey)
        keys.opens(journey, "link", "Jas Sandhu")
    then.sees(journey, "Jas Sandhu")


@EVERYWHERE
def test_a_new_employer_for_two(journey: Journey, world: World, jas: Episode, record_property: Record) -> None:
    """Journey 3."""
    kim = make_known(world, "Kim", "Okafor")
    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.opens("/employers/contact/")
    with keyed(journey, record_property, "3 A new employer spoken with for two", most=45):
        keys.skips_to_content(journey)
        keys.fills(journey, {"Employer": "Marlowe Home Store"})
        keys.ticks(journey, "We met face to face")
        keys.picks(journey, "Job lead")
        keys.ticks(journey, "Jas Sandhu", "Kim Okafor")
        keys.opens(journey, "button", "Record contact")
    then.sees(journey, "Contact with Marlowe Home Store recorded.", "Jas Sandhu", "Kim Okafor")
    rows = EmployerContact.unscoped.all()
    assert {(one.episode, one.employer.name, one.face_to_face) for one in rows} == {
        (jas, "Marlowe Home Store", True),
        (kim, "Marlowe Home Store", True),
    }


@EVERYWHERE
def test_i_got_the_job(journey: Journey, world: World, jas: Episode, record_property: Record) -> None:
    """Journey 6."""
    given.signed_in(journey, world.user(Role.SPECIALIST))
    journey.opens(f"/people/{jas.pk}/jobs/new/")
    with keyed(journey, record_property, "6 “I got the job!”", most=160):
        keys.skips_to_content(journey)
        keys.fills(journey, {"Employer": "Marlowe Home Store", "Town of the employer": "Dudley"})
        keys.fills(journey, {"Job title": "Night stacker"})
        keys.looks_up(journey, "Job role", "shelf", SHELF_FILLERS)
        keys.looks_up(journey, "Industry of the employer", "supermarket", SUPERMARKETS)
        keys.fills(journey, {"Start date in the contract": date(2019, 6, 10), "First day worked": date(2019, 6, 11)})
        keys.fills(journey, {"Hours a week in the contract": "20", "Pay": "8.65"})
        keys.selects(journey, "Paid", "an hour")
        keys.selects(journey, "Kind of contract", "Permanent")
        keys.picks(journey, "No", group="Self-employed?")
        keys.picks(journey, "Yes", group="Could anyone have applied?")
        keys.picks(journey, "No", group="Is it set aside for people with a condition or disability?")
        keys.picks(journey, "Yes", group="Have they had advice on what this job does to their benefits?")
        keys.opens(journey, "button", "Record job")
    then.sees(journey, "Job of Jas recorded.", "Weekly in-work contact")
    job = Job.unscoped.get()
    assert (job.occupation, job.industry, job.contract_type) == (SHELF_FILLERS, SUPERMARKETS, "permanent")
    assert (job.started_on, job.first_day_worked_on) == (date(2019, 6, 10), date(2019, 6, 11))
    assert (job.contract_hours, job.hourly_wage, job.competitive) == (Decimal(20), Decimal("8.65"), True)
    assert Employer.unscoped.get().town == "Dudley"
    assert BenefitsAdvice.unscoped.get().on == TODAY
    with keyed(journey, record_property, "6 … and proof asked for by a link", most=35):
        keys.skips_to_content(journey)
        keys.opens(journey, "button", "Ask for proof by link")
        keys.skips_to_content(journey)
        keys.opens(journey, "button", "Make the link")
    then.sees(journey, "It is shown only now")

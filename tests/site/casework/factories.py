"""Small records for the tests of casework: a person with an episode, and what is recorded about them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from tests.site.conftest import NOW, World

from placewell_web.accounts.models import Cover, User
from placewell_web.casework.models import (
    Contact,
    Course,
    CourseSession,
    EmployerContact,
    Evidence,
    GroupSession,
    Job,
    JobHours,
    Plan,
    PlanStep,
    Profile,
)
from placewell_web.clients.models import Episode, Person
from placewell_web.clients.names import search_name
from placewell_web.employers.models import Employer, EmployerLead

TODAY = NOW.date()


def day(text: str) -> date:
    return date.fromisoformat(text)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def make_person(first_name: str = "Jaswinder", surname: str = "Sandhu", **fields: Any) -> Person:
    number = f"TW-{10000 + Person.unscoped.count()}"
    given = {"number": number, "birth_date": day("1984-03-03"), "created_at": NOW, "phone": "+447700900218"} | fields
    return Person.unscoped.create(
        first_name=first_name, surname=surname, search_name=search_name(first_name, surname), **given
    )


def make_episode(world: World, lot: str = "dudley", person: Person | None = None, **fields: Any) -> Episode:
    """Accepted in the operational phase, so entered; with that lot's specialist."""
    given = {
        "service_id": "thrive_into_work",
        "lot_id": lot,
        "team": world.teams[lot],
        "specialist": world.user("specialist", lot),
        "gp_practice": world.practices[lot],
        "referred_on": day("2019-04-01"),
        "accepted_on": day("2019-04-03"),
        "source": "gp",
        "created_at": NOW,
    } | fields
    return Episode.unscoped.create(person=person or make_person(), **given)


def make_cover(world: World, away: User, colleague: User, from_on: date, to_on: date, **fields: Any) -> Cover:
    given = {"lot": world.own, "arranged_by": world.user("team_leader"), "arranged_at": NOW} | fields
    return Cover.objects.create(pk=uuid4(), specialist=away, colleague=colleague, from_on=from_on, to_on=to_on, **given)


def make_contact(episode: Episode, on: date, **fields: Any) -> Contact:
    given = {
        "kind": "appointment",
        "with_whom": "client",
        "attendance": "attended",
        "minutes": 45,
        "place": "community",
        "specialist": episode.specialist,
        "created_at": NOW - timedelta(days=2),
    } | fields
    return Contact.unscoped.create(episode=episode, on=on, **given)


def make_session(episodes: list[Episode], on: date, **fields: Any) -> GroupSession:
    """One contact of several people, each with their own."""
    given = {"kind": "group", "specialist": episodes[0].specialist, "created_at": NOW} | fields
    session = GroupSession.unscoped.create(on=on, form_token=uuid4(), **given)
    for one in episodes:
        make_contact(one, on, session=session, **given)
    return session


def make_job(episode: Episode, starts: date, **fields: Any) -> Job:
    given = {
        "title": "Stock assistant",
        "first_day_worked_on": starts,
        "contract_hours": 20,
        "competitive": True,
        "hourly_wage": "8.65",
        "created_at": NOW,
    } | fields
    return Job.unscoped.create(episode=episode, started_on=starts, **given)


def make_hours(job: Job, from_on: date, weekly: float | None, to_on: date | None = None) -> JobHours:
    return JobHours.unscoped.create(job=job, from_on=from_on, to_on=to_on, weekly_hours=weekly, created_at=NOW)


def make_profile(
    episode: Episode, started: date, completed: date | None = None, version: int = 1, **fields: Any
) -> Profile:
    return Profile.unscoped.create(
        episode=episode,
        version=version,
        started_on=started,
        completed_on=completed,
        written_by=episode.specialist,
        created_at=NOW,
        **fields,
    )


def make_plan(
    episode: Episode,
    agreed: date | None,
    version: int = 1,
    steps: tuple[str, ...] = ("Write a CV",),
    kind: str = "vocational_action",
) -> Plan:
    plan = Plan.unscoped.create(
        episode=episode,
        version=version,
        kind=kind,
        goal="Work in a shop",
        agreed_on=agreed,
        written_by=episode.specialist,
        created_at=NOW,
    )
    for position, text in enumerate(steps, 1):
        PlanStep.unscoped.create(plan=plan, position=position, text=text, created_at=NOW)
    return plan


def make_evidence(episode: Episode, job: Job | None = None, **fields: Any) -> Evidence:
    given = {
        "outcome": "job_start",
        "kind": "payslip",
        "about_on": TODAY,
        "received_on": TODAY,
        "uploaded_by": episode.specialist,
        "created_at": NOW,
    } | fields
    return Evidence.unscoped.create(episode=episode, job=job, **given)


def make_employer(lot: str | None = "dudley", name: str = "Marlowe Home Store", at: datetime = NOW) -> Employer:
    return Employer.unscoped.create(name=name, search_name=name.lower(), lot_id=lot, created_at=at)


def make_lead(world: World, employer: Employer, **fields: Any) -> EmployerLead:
    given = {"title": "Kitchen porter", "found_by": world.user("specialist"), "found_on": ago(2), "created_at": NOW}
    return EmployerLead.unscoped.create(employer=employer, **(given | fields))


def make_employer_contact(episode: Episode | None, employer: Employer, on: date, **fields: Any) -> EmployerContact:
    given = {"purpose": "lead", "created_at": NOW} | ({"specialist": episode.specialist} if episode else {}) | fields
    return EmployerContact.unscoped.create(episode=episode, employer=employer, on=on, **given)


def make_course(world: World, lot: str = "dudley", on: date | None = None, **fields: Any) -> Course:
    """A course of one session, yesterday unless told."""
    given = {"lot_id": lot, "name": "Back to work", "led_by": world.user("specialist", lot), "created_at": NOW}
    course = Course.unscoped.create(**(given | fields))
    CourseSession.objects.create(course=course, on=on or ago(1), hours=2, place="Library")
    return course


def make_caseload(world: World, size: int) -> list[Episode]:
    """People of one specialist in bulk, each with a few contacts, a profile, a plan; every third has a job."""
    specialist = world.user("specialist")
    numbers = range(size)
    people = Person.unscoped.bulk_create(
        Person(
            number=f"TW-{n}",
            first_name=f"Person{n}",
            surname="Of Many",
            search_name=f"person{n} of many",
            created_at=NOW,
        )
        for n in numbers
    )
    episodes = Episode.unscoped.bulk_create(
        Episode(
            person=one,
            service_id="thrive_into_work",
            lot_id="dudley",
            team=world.teams["dudley"],
            specialist=specialist,
            referred_on=day("2019-04-01"),
            accepted_on=day("2019-04-03"),
            created_at=NOW,
        )
        for one in people
    )
    Contact.unscoped.bulk_create(
        Contact(
            episode=one,
            specialist=specialist,
            on=ago(3 + n % 40),
            kind="appointment",
            with_whom="client",
            attendance="attended",
            created_at=NOW,
        )
        for n, one in enumerate(episodes * 3)
    )
    Profile.unscoped.bulk_create(
        Profile(
            episode=one,
            version=1,
            started_on=ago(60),
            completed_on=ago(50),
            preferences="Shop work",
            written_by=specialist,
            created_at=NOW,
        )
        for one in episodes
    )
    Job.unscoped.bulk_create(
        Job(
            episode=one,
            title="Cleaner",
            started_on=ago(45),
            first_day_worked_on=ago(45),
            contract_hours=16,
            competitive=True,
            created_at=NOW,
        )
        for one in episodes[::3]
    )
    return episodes

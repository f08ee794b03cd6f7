"""Jobs: recording, pay under the minimum wage, hours that never overlap, several at once, the end."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from tests.site.casework.factories import TODAY, ago, day, make_episode, make_hours, make_job, make_person
from tests.site.conftest import NOW, World

from placewell_web.accounts.errors import EditConflict, Refused
from placewell_web.accounts.models import User
from placewell_web.audit.models import Entry
from placewell_web.casework.actions import jobs
from placewell_web.casework.actions.jobs import JobFacts
from placewell_web.casework.models import Job, JobHours
from placewell_web.clients.models import Episode

SignIn = Callable[[User | None], Client]
FORM = {
    "title": "Kitchen assistant",
    "employer": "Fernbank Care Home",
    "started_on-day": "3",
    "started_on-month": "6",
    "started_on-year": "2019",
    "first_day_worked_on-day": "4",
    "first_day_worked_on-month": "6",
    "first_day_worked_on-year": "2019",
    "contract_hours": "15.5",
    "hourly_wage": "8.65",
    "self_employed": "no",
    "competitive": "yes",
    "occupation": "92",
    "industry": "Q",
}


@pytest.fixture(autouse=True)
def _still(frozen: object) -> None:
    """Friday 14 June 2019."""


@pytest.fixture
def episode(world: World) -> Episode:
    return make_episode(world)


@pytest.fixture
def by(world: World) -> dict[str, Any]:
    return {"by": world.actor("specialist"), "at": NOW}


def test_a_job_is_recorded_with_its_employer(world: World, client_for: SignIn, episode: Episode) -> None:
    answer = client_for(world.user("specialist")).post(f"/people/{episode.pk}/jobs/new/", FORM)
    job = Job.unscoped.get()
    assert answer.status_code == 302
    assert (job.title, job.employer.name, job.contract_hours) == (
        "Kitchen assistant",
        "Fernbank Care Home",
        Decimal("15.5"),
    )
    assert (job.first_day_worked_on, job.competitive, job.disclosed) == (day("2019-06-04"), True, None)
    detail = Entry.objects.get(verb="record_job").detail
    assert "Kitchen" not in detail
    assert "2019-06-04" in detail


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title": ""}, "Enter the job title."),
        ({"started_on-day": ""}, "must include a day"),
        ({"first_day_worked_on-day": "2"}, "The first day worked must be on or after 3 June 2019"),
        ({"first_day_worked_on-day": "20"}, "First day worked must be on or before 14 June 2019"),
        ({"contract_hours": "169"}, "must be more than 0, and 168 or fewer"),
        ({"contract_hours": "0"}, "must be more than 0"),
        ({"contract_hours": "a lot"}, "must be a number"),
        ({"self_employed": ""}, "Choose yes or no."),
        ({"occupation": "ZZ"}, "Choose one of the answers in the list."),
        ({"hourly_wage": "7.00"}, "£7 an hour is under the minimum wage of £8.21 on 4 June 2019 at this age."),
    ],
)
def test_what_is_wrong_is_said(world: World, client_for: SignIn, episode: Episode, fields: Any, sentence: str) -> None:
    page = client_for(world.user("specialist")).post(f"/people/{episode.pk}/jobs/new/", FORM | fields).content.decode()
    assert sentence in page.replace("&#39;", "'")
    assert Job.unscoped.count() == 0


@pytest.mark.parametrize(
    ("born", "wage", "fields", "kept"),
    [
        ("1984-03-03", "7.00", {"competitive": "no"}, True),  # kept, and said aloud
        ("1984-03-03", "7.00", {"self_employed": "yes"}, True),
        ("2000-03-03", "6.15", {}, True),  # 18 to 20 on that day
        ("2000-03-03", "6.14", {}, False),
        ("2000-03-03", "3.90", {"contract_type": "apprenticeship"}, True),
        (None, "1.00", {}, True),  # age not known: nothing can be said
    ],
)
def test_the_minimum_wage_goes_by_age_and_day(
    world: World, client_for: SignIn, born: str | None, wage: str, fields: Any, kept: bool
) -> None:
    episode = make_episode(world, person=make_person(birth_date=day(born) if born else None))
    form = FORM | {"hourly_wage": wage} | fields
    client_for(world.user("specialist")).post(f"/people/{episode.pk}/jobs/new/", form)
    assert Job.unscoped.exists() is kept


def spells(job: Job) -> list[tuple[Any, Any, Any]]:
    return [(one.from_on, one.to_on, one.weekly_hours) for one in JobHours.unscoped.filter(job=job).order_by("from_on")]


def test_a_change_of_hours_ends_the_spell_before(episode: Episode, by: dict[str, Any]) -> None:
    job = make_job(episode, ago(60))
    jobs.change_hours(job=job, from_on=ago(40), weekly_hours=Decimal(16), **by)
    jobs.change_hours(job=job, from_on=ago(10), weekly_hours=Decimal(20), **by)
    assert spells(job) == [(ago(40), ago(11), 16), (ago(10), None, 20)]
    jobs.change_hours(job=job, from_on=ago(10), weekly_hours=None, **by)
    assert spells(job) == [(ago(40), ago(11), 16), (ago(10), None, None)]


@pytest.mark.parametrize(("days_ago", "why"), [(61, "began on"), (41, "changed last on"), (-1, None)])
def test_hours_change_inside_the_job(episode: Episode, by: dict[str, Any], days_ago: int, why: str | None) -> None:
    job = make_job(episode, ago(60))
    make_hours(job, ago(40), 16)
    if why is None:
        jobs.change_hours(job=job, from_on=ago(days_ago), weekly_hours=Decimal(20), **by)
        return
    with pytest.raises(Refused, match=why):
        jobs.change_hours(job=job, from_on=ago(days_ago), weekly_hours=Decimal(20), **by)


def test_the_end_of_a_job_ends_its_hours(episode: Episode, by: dict[str, Any]) -> None:
    job = make_job(episode, ago(60))
    make_hours(job, ago(40), 16, ago(11))
    make_hours(job, ago(10), 20)
    jobs.end_job(job=job, version=1, ended_on=ago(5), reason="health", known_on=TODAY, **by)
    assert spells(job) == [(ago(40), ago(11), 16), (ago(10), ago(5), 20)]
    assert (job.end_known_on, job.version) == (TODAY, 2)
    with pytest.raises(Refused, match="hours cannot change after that"):
        jobs.change_hours(job=job, from_on=ago(4), weekly_hours=Decimal(8), **by)


def test_a_job_does_not_end_before_it_starts(episode: Episode, by: dict[str, Any]) -> None:
    job = make_job(episode, ago(60))
    with pytest.raises(Refused, match="cannot lie before"):
        jobs.end_job(job=job, version=1, ended_on=ago(61), reason="health", known_on=TODAY, **by)


def test_two_who_correct_one_job(episode: Episode, by: dict[str, Any]) -> None:
    job = make_job(episode, ago(60))
    facts = JobFacts(title="Cleaner", employer="", started_on=ago(60), contract_hours=Decimal(12))
    jobs.correct_job(job=job, version=1, facts=facts, **by)
    with pytest.raises(EditConflict):
        jobs.correct_job(job=job, version=1, facts=facts, **by)
    assert '"contract_hours":["20","12"]' in Entry.objects.get(verb="correct_job").detail.replace(" ", "")


def test_several_jobs_at_once_are_all_shown(world: World, client_for: SignIn, episode: Episode) -> None:
    make_job(episode, ago(40), title="Cleaner", contract_hours=10)
    make_job(episode, ago(20), title="Baker", contract_hours=8)
    client = client_for(world.user("specialist"))
    jobs_page = client.get(f"/people/{episode.pk}/jobs/").content.decode()
    assert "Cleaner" in jobs_page
    assert "Baker" in jobs_page
    assert "Cleaner and 1 more, 18 h" in client.get("/caseload/").content.decode()

"""What saving a job starts: milestones, meetings and payment with their days; once, and taken back on the same day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from tests.site.casework.factories import (
    TODAY,
    ago,
    day,
    make_employer,
    make_episode,
    make_evidence,
    make_hours,
    make_job,
)
from tests.site.conftest import NOW, World

from placewell.specification import load
from placewell_web.accounts import service
from placewell_web.accounts.errors import Refused
from placewell_web.accounts.models import User
from placewell_web.audit.models import Entry
from placewell_web.casework.actions import jobs
from placewell_web.casework.actions.jobs import JobFacts
from placewell_web.casework.models import BenefitsAdvice, Evidence, Job, JobHours, JobProblem
from placewell_web.clients.models import Episode
from placewell_web.employers.models import Employer

SignIn = Callable[[User | None], Client]
STARTS = TODAY + timedelta(days=10)  # 24 June 2019


@pytest.fixture(autouse=True)
def _still(frozen: object) -> None:
    """Friday 14 June 2019."""


@pytest.fixture
def episode(world: World) -> Episode:
    return make_episode(world)


@pytest.fixture
def by(world: World) -> dict[str, Any]:
    return {"by": world.actor("specialist"), "at": NOW}


def page(world: World, client_for: SignIn, job: Job) -> str:
    text = client_for(world.user("specialist")).get(f"/jobs/{job.pk}/saved/").content.decode()
    return " ".join(text.split())


def test_every_milestone_has_its_day_before_the_job_starts(world: World, client_for: SignIn, episode: Episode) -> None:
    job = make_job(episode, STARTS, first_day_worked_on=None)
    text = page(world, client_for, job)
    for name, on in (
        ("Day 1", "24 June 2019"),
        ("6 weeks", "4 August 2019"),
        ("13 weeks", "23 September 2019"),
        ("26 weeks", "23 December 2019"),
        ("52 weeks", "22 June 2020"),
    ):
        assert f'<strong>{name}</strong> <span class="cw-starts__day">{on}</span>' in text
    assert text.count("Not an outcome of this contract.") == 2
    assert "Record it" in text  # the first day worked


def test_the_meetings_go_from_a_week_before_to_the_end_of_support(
    world: World, client_for: SignIn, episode: Episode
) -> None:
    text = page(world, client_for, make_job(episode, STARTS, first_day_worked_on=None))
    shown = [
        "17 June 2019 to 23 June 2019",
        "by 27 June 2019",
        "by 1 July 2019",
        "by 24 August 2019",
        "by 24 September 2019",
    ]
    assert [words for words in shown if words not in text] == []
    assert "(past)" not in text
    begun = page(world, client_for, make_job(episode, ago(10)))
    assert begun.count("(past)") == 3  # before the start, after it, the first week


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, ("£750", "May be earned.", "Day 1 is 24 June 2019.", "Paid once per person")),
        ({"competitive": False}, ("£0", "No payment from this job", "Only a competitive job earns it.")),
        ({"competitive": None}, ("£0", "whether this one is competitive is not known yet.")),
    ],
)
def test_the_payment_it_may_earn_and_why_not(
    world: World, client_for: SignIn, episode: Episode, fields: Any, words: tuple[str, ...]
) -> None:
    text = page(world, client_for, make_job(episode, STARTS, first_day_worked_on=None, **fields))
    assert [said for said in words if said not in text] == []


def test_a_payment_already_due_is_not_promised_twice(world: World, client_for: SignIn, episode: Episode) -> None:
    first = make_job(episode, ago(40))
    done = {"status": "verified", "decided_on": ago(3), "verified_on": ago(3), "decided_by": world.user("manager")}
    make_evidence(episode, first, about_on=ago(35), received_on=ago(5), **done)
    text = page(world, client_for, make_job(episode, STARTS, first_day_worked_on=None))
    assert "Payable" in text and "so later milestones add no money." in text
    assert "May be earned." not in text


@pytest.mark.parametrize(
    ("name", "money", "meetings", "milestone"),
    [
        ("thrive_into_work", True, True, "26 weeks"),
        ("ips_grow", False, True, "26 weeks"),  # by its fidelity scale
        ("dorset_work_matters", False, False, "13 weeks"),
        ("nottingham_health_employment", False, False, ""),
        ("workwise", False, False, ""),
    ],
)
def test_each_service_shows_what_its_contract_has(
    world: World, client_for: SignIn, monkeypatch: Any, name: str, money: bool, meetings: bool, milestone: str
) -> None:
    monkeypatch.setattr(service, "current", lambda: load(name))
    episode = make_episode(world, service_id=name)
    text = page(world, client_for, make_job(episode, STARTS, first_day_worked_on=None))
    assert ("cw-payment__amount" in text) is money
    assert ("This contract sets no days for meetings" in text) is not meetings
    assert ("This service counts no milestones of a job." in text) is not bool(milestone)
    assert not milestone or f"<strong>{milestone}</strong>" in text


def test_someone_of_another_team_finds_nothing(world: World, client_for: SignIn, episode: Episode) -> None:
    job = make_job(episode, STARTS)
    assert client_for(world.user("specialist", "wolverhampton")).get(f"/jobs/{job.pk}/saved/").status_code == 404


FACTS = JobFacts(
    title="Cleaner", employer="Fernbank Care Home", started_on=ago(3), open_to_anyone=True, set_aside=False
)


def changed(**fields: Any) -> JobFacts:
    return JobFacts(**{name: getattr(FACTS, name) for name in JobFacts.__dataclass_fields__} | fields)


def test_the_same_form_sent_twice_makes_one_job(episode: Episode, by: dict[str, Any]) -> None:
    facts = changed(form_token=uuid4(), advised_on=ago(4))
    assert jobs.record_job(episode=episode, facts=facts, **by) == jobs.record_job(episode=episode, facts=facts, **by)
    assert (Job.unscoped.count(), BenefitsAdvice.unscoped.count(), Employer.unscoped.count()) == (1, 1, 1)
    assert Entry.objects.filter(verb="record_job").count() == 1


def test_two_forms_make_two_jobs(episode: Episode, by: dict[str, Any]) -> None:
    for _ in range(2):
        jobs.record_job(episode=episode, facts=changed(form_token=uuid4()), **by)
    assert Job.unscoped.count() == 2


def test_advice_on_benefits_is_kept_with_the_job(episode: Episode, by: dict[str, Any]) -> None:
    job = jobs.record_job(episode=episode, facts=changed(advised_on=ago(4)), **by)
    advice = BenefitsAdvice.unscoped.get()
    assert (advice.job, advice.on, advice.about, advice.episode) == (job, ago(4), "before_start", episode)
    assert Entry.objects.filter(verb="record_benefits_advice").count() == 1


@pytest.mark.parametrize(
    ("known", "typed", "of_job", "of_employer"),
    [
        ("", "", "", ""),
        ("", "87300", "87300", "87300"),
        ("81210", "", "81210", "81210"),
        ("81210", "87300", "87300", "81210"),
    ],
)
def test_the_employers_industry_is_taken_and_learned(
    episode: Episode, by: dict[str, Any], known: str, typed: str, of_job: str, of_employer: str
) -> None:
    Employer.unscoped.filter(pk=make_employer(name="fernbank care home").pk).update(industry=known)
    job = jobs.record_job(episode=episode, facts=changed(industry=typed), **by)
    assert (job.industry, Employer.unscoped.get().industry) == (of_job, of_employer)


@pytest.mark.parametrize(
    ("known", "typed", "kept"), [("", "Dudley", "Dudley"), ("Stourbridge", "Dudley", "Stourbridge")]
)
def test_a_town_is_learned_once(episode: Episode, by: dict[str, Any], known: str, typed: str, kept: str) -> None:
    Employer.unscoped.filter(pk=make_employer(name="fernbank care home").pk).update(town=known)
    jobs.record_job(episode=episode, facts=changed(town=typed), **by)
    assert Employer.unscoped.get().town == kept


def test_a_mistake_is_taken_back_and_its_documents_are_kept(episode: Episode, by: dict[str, Any]) -> None:
    job = jobs.record_job(episode=episode, facts=changed(advised_on=ago(4), contract_hours=Decimal(16)), **by)
    make_hours(job, ago(2), 20)
    document = make_evidence(episode, job)
    problem = JobProblem.unscoped.create(episode=episode, job=job, known_on=TODAY, kind="health", created_at=NOW)
    jobs.undo_job(job=job, **by)
    assert (Job.unscoped.count(), JobHours.unscoped.count(), BenefitsAdvice.unscoped.count()) == (0, 0, 0)
    document.refresh_from_db()
    problem.refresh_from_db()
    assert (document.job, problem.job) == (None, None)
    assert "Cleaner" not in Entry.objects.get(verb="undo_job").detail


@pytest.mark.parametrize(
    ("who", "days", "verified", "why"),
    [
        ("manager", 0, False, "by the person who recorded it"),
        ("specialist", 1, False, "on the day it was recorded"),
        ("specialist", 0, True, "has been verified"),
    ],
)
def test_what_cannot_be_taken_back(
    world: World, episode: Episode, by: dict[str, Any], who: str, days: int, verified: bool, why: str
) -> None:
    job = jobs.record_job(episode=episode, facts=FACTS, **by)
    if verified:
        make_evidence(episode, job, status="verified", verified_on=TODAY, decided_on=TODAY)
    with pytest.raises(Refused, match=why):
        jobs.undo_job(job=job, by=world.actor(who), at=NOW + timedelta(days=days))
    assert Job.unscoped.exists()


def test_undo_from_the_page(world: World, client_for: SignIn, episode: Episode, by: dict[str, Any]) -> None:
    job = jobs.record_job(episode=episode, facts=FACTS, **by)
    client = client_for(world.user("specialist"))
    assert "Take this job back" in client.get(f"/jobs/{job.pk}/saved/").content.decode()
    assert client.get(f"/jobs/{job.pk}/undo/").status_code == 405
    assert "The job was taken back." in client.post(f"/jobs/{job.pk}/undo/", follow=True).content.decode()
    assert client.post(f"/jobs/{job.pk}/undo/").status_code == 404  # pressed twice
    assert Evidence.unscoped.count() == 0


def test_correcting_keeps_a_judgement_nobody_asked_about(episode: Episode, by: dict[str, Any]) -> None:
    job = make_job(episode, ago(60), competitive=False)
    facts = JobFacts(title="Cleaner", employer="", started_on=ago(60))
    assert jobs.correct_job(job=job, version=1, facts=facts, **by).competitive is False
    asked = changed(pays_minimum=True)
    assert jobs.correct_job(job=job, version=2, facts=asked, **by).competitive is True


def test_a_job_judged_before_shows_the_answers_it_stands_for(
    world: World, client_for: SignIn, episode: Episode
) -> None:
    job = make_job(episode, ago(60), occupation="92", contract_type="not_known")
    text = client_for(world.user("specialist")).get(f"/jobs/{job.pk}/").content.decode()
    for name, value in (("pays_minimum", "yes"), ("open_to_anyone", "yes"), ("set_aside", "no")):
        assert f'name="{name}" value="{value}" checked' in text
    assert 'name="occupation" type="radio" value="92" checked' in text
    assert 'value="20"' in text, "hours as people write them"


def test_a_search_without_script_loses_nothing(world: World, client_for: SignIn, episode: Episode) -> None:
    form = {
        "title": "Barista",
        "employer": "Bean & Leaf",
        "started_on-day": "31",
        "started_on-month": "2",
        "pay": "lots",
        "set_aside": "no",
        "search": "occupation",
    }
    text = client_for(world.user("specialist")).post(f"/people/{episode.pk}/jobs/new/", form).content.decode()
    assert 'name="occupation" type="radio" value="9266"' in text  # found by the job title
    for kept in (
        'value="Barista"',
        'value="Bean &amp; Leaf"',
        'value="31"',
        'value="lots"',
        'name="set_aside" value="no" checked',
    ):
        assert kept in text
    assert "There is a problem" not in text
    assert Job.unscoped.count() == 0


def test_two_editors_see_both_versions(world: World, client_for: SignIn, episode: Episode, by: dict[str, Any]) -> None:
    job = make_job(episode, day("2019-06-03"))
    form = {
        "version": "1",
        "title": "Porter",
        "started_on-day": "3",
        "started_on-month": "6",
        "started_on-year": "2019",
        "self_employed": "no",
        "open_to_anyone": "yes",
        "set_aside": "no",
    }
    jobs.correct_job(job=job, version=1, facts=changed(title="Cleaner", started_on=day("2019-06-03")), **by)
    answer = client_for(world.user("team_leader")).post(f"/jobs/{job.pk}/", form)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Porter" in text and "Cleaner" in text
    assert Job.unscoped.get().title == "Cleaner"

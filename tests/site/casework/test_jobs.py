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
from placewell_web.casework.actions import job_changes as changes
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
    "pay": "8.65",
    "pay_period": "hour",
    "self_employed": "no",
    "open_to_anyone": "yes",
    "set_aside": "no",
    "occupation": "9263",
    "industry": "87300",
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
        ({"self_employed": ""}, "Choose whether they are self-employed."),
        ({"open_to_anyone": ""}, "Choose whether anyone could have applied."),
        ({"set_aside": ""}, "Choose whether it is set aside."),
        ({"open_to_anyone": "perhaps"}, "Choose one of the answers in the list."),
        ({"occupation": "ZZ"}, "Choose one of the answers found for the job role."),
        ({"occupation": "", "occupation_words": "cook"}, "Choose one of those found for “cook”"),
        ({"industry": "", "industry_words": "zzz"}, "No industry was found for “zzz”."),
        ({"started_on-year": "2018"}, "must be on or after 1 April 2019"),
        ({"started_on-year": "2021"}, "must be on or before 14 June 2020"),
        ({"started_on-month": "13"}, "must be a real date"),
        ({"pay": "1e999"}, "Pay must be a number"),
        ({"pay": "NaN"}, "Pay must be a number"),
        ({"pay": "Infinity"}, "Pay must be a number"),
        ({"pay": "-8"}, "Pay must be more than 0"),
        ({"pay": "0"}, "Pay must be more than 0"),
        ({"pay": "8.655"}, "no more than 2 decimal places"),
        ({"pay": "999999", "pay_period": "hour"}, "Pay comes to no sensible sum an hour."),
        ({"pay": "0.01", "pay_period": "year"}, "Pay comes to no sensible sum an hour."),
        ({"pay": "800", "pay_period": "fortnight"}, "Choose one of the answers in the list."),
        ({"pay": "800", "pay_period": "month", "contract_hours": ""}, "Enter the hours a week, so that the pay"),
        ({"contract_hours": "1e999"}, "must be a number"),
        ({"contract_hours": "NaN"}, "must be a number"),
        ({"advised": "yes"}, "Enter the day of the advice."),
        ({"title": "x" * 121}, "must be 120 characters or fewer"),
        ({"employer": "x" * 201}, "must be 200 characters or fewer"),
    ],
)
def test_what_is_wrong_is_said(world: World, client_for: SignIn, episode: Episode, fields: Any, sentence: str) -> None:
    page = client_for(world.user("specialist")).post(f"/people/{episode.pk}/jobs/new/", FORM | fields).content.decode()
    assert sentence in page.replace("&#39;", "'")
    assert Job.unscoped.count() == 0


WARNED = "an hour is under the minimum wage of"


@pytest.mark.parametrize(
    ("born", "wage", "fields", "pays", "said"),
    [
        ("1984-03-03", "8.21", {}, True, ""),
        ("1984-03-03", "8.20", {}, False, WARNED),
        ("1984-03-03", "8.20", {"pays_minimum": "yes"}, False, WARNED),  # the sum counts more than the answer
        ("1984-03-03", "7.00", {"self_employed": "yes"}, None, ""),  # nobody need pay themselves
        ("1984-03-03", "", {"pays_minimum": "yes"}, True, ""),
        ("1984-03-03", "", {"pays_minimum": "not_known"}, None, ""),
        ("1994-06-05", "7.70", {}, True, WARNED),  # 24 until the next day: right at the start, under it today
        ("1994-06-04", "7.70", {}, False, WARNED),  # 25 on the first day worked
        ("1998-06-05", "6.15", {}, True, WARNED),  # 20 until the next day
        ("1998-06-04", "6.15", {}, False, WARNED),  # 21
        ("2001-06-05", "4.35", {}, True, WARNED),  # 17 until the next day
        ("2001-06-04", "4.35", {}, False, WARNED),  # 18
        ("2000-03-03", "3.90", {"contract_type": "apprenticeship"}, True, ""),
        ("2000-03-03", "3.89", {"contract_type": "apprenticeship"}, False, WARNED),
        ("2005-03-03", "1.00", {}, None, ""),  # under 16: there is no rate
        (None, "1.00", {}, None, "The date of birth is not known"),
        ("1984-03-03", "127.27", {"pay_period": "week"}, True, ""),  # 15.5 hours: £8.21
        ("1984-03-03", "127.10", {"pay_period": "week"}, False, WARNED),  # £8.20
        ("1984-03-03", "6620", {"pay_period": "year"}, True, ""),
    ],
)
def test_the_minimum_wage_warns_and_never_blocks(
    world: World, client_for: SignIn, born: str | None, wage: str, fields: Any, pays: bool | None, said: str
) -> None:
    episode = make_episode(world, person=make_person(birth_date=day(born) if born else None))
    answer = save(world, client_for, episode, {"pay": wage} | fields, follow=True).content.decode()
    assert Job.unscoped.get().pays_minimum is pays
    assert (WARNED in answer, "date of birth is not known" in answer) == (said == WARNED, said.startswith("The date"))


@pytest.mark.parametrize(
    ("answers", "competitive", "words"),
    [
        ({}, True, "Competitive: it pays"),
        ({"open_to_anyone": "no"}, False, "Not competitive: not anyone could apply."),
        ({"set_aside": "yes"}, False, "Not competitive: it is set aside"),
        ({"pay": "8.00"}, False, "Not competitive: it pays under the minimum wage."),
        ({"pay": "", "pays_minimum": "yes"}, True, "Competitive: it pays"),
        ({"pay": ""}, None, "Not known yet whether it is competitive."),
        ({"open_to_anyone": "not_known"}, None, "Not known yet whether it is competitive."),
        ({"open_to_anyone": "not_known", "set_aside": "yes"}, False, "Not competitive: it is set aside"),
        ({"pay": "1.00", "self_employed": "yes"}, True, "does not apply to self-employed people."),
        (
            {"pay": "3.00", "self_employed": "yes", "pays_minimum": "no"},
            True,
            "does not apply to self-employed people.",
        ),
        ({"self_employed": "yes", "set_aside": "yes", "pays_minimum": "no"}, False, "Not competitive: it is set aside"),
    ],
)
def test_three_plain_questions_judge_a_job(
    world: World, client_for: SignIn, episode: Episode, answers: Any, competitive: bool | None, words: str
) -> None:
    page = save(world, client_for, episode, answers, follow=True).content.decode()
    assert Job.unscoped.get().competitive is competitive
    assert words in page


def save(world: World, client_for: SignIn, episode: Episode, fields: Any = None, follow: bool = False) -> Any:
    form = FORM | (fields or {})
    return client_for(world.user("specialist")).post(f"/people/{episode.pk}/jobs/new/", form, follow=follow)


def spells(job: Job) -> list[tuple[Any, Any, Any]]:
    return [(one.from_on, one.to_on, one.weekly_hours) for one in JobHours.unscoped.filter(job=job).order_by("from_on")]


def test_a_change_of_hours_ends_the_spell_before(episode: Episode, by: dict[str, Any]) -> None:
    job = make_job(episode, ago(60))
    changes.change_hours(job=job, from_on=ago(40), weekly_hours=Decimal(16), **by)
    changes.change_hours(job=job, from_on=ago(10), weekly_hours=Decimal(20), **by)
    assert spells(job) == [(ago(40), ago(11), 16), (ago(10), None, 20)]
    changes.change_hours(job=job, from_on=ago(10), weekly_hours=None, **by)
    assert spells(job) == [(ago(40), ago(11), 16), (ago(10), None, None)]


@pytest.mark.parametrize(("days_ago", "why"), [(61, "began on"), (4, "ended on")])
def test_hours_change_inside_the_job(episode: Episode, by: dict[str, Any], days_ago: int, why: str) -> None:
    job = make_job(episode, ago(60), ended_on=ago(5))
    with pytest.raises(Refused, match=why):
        changes.change_hours(job=job, from_on=ago(days_ago), weekly_hours=Decimal(20), **by)
    with pytest.raises(Refused, match=why):
        changes.change_pay(job=job, from_on=ago(days_ago), hourly_wage=Decimal(9), **by)


def test_a_change_of_hours_found_out_later_goes_between(episode: Episode, by: dict[str, Any]) -> None:
    job = make_job(episode, ago(60))
    for days_ago, weekly in ((10, 20), (40, 16), (30, 18)):
        changes.change_hours(job=job, from_on=ago(days_ago), weekly_hours=Decimal(weekly), **by)
    assert spells(job) == [(ago(40), ago(31), 16), (ago(30), ago(11), 18), (ago(10), None, 20)]
    changes.remove_hours(job=job, from_on=ago(30), **by)
    assert spells(job) == [(ago(40), ago(11), 16), (ago(10), None, 20)]
    changes.remove_hours(job=job, from_on=ago(10), **by)
    changes.remove_hours(job=job, from_on=ago(10), **by)  # twice
    assert spells(job) == [(ago(40), None, 16)]
    assert Entry.objects.filter(verb="remove_hours").count() == 2


def test_the_end_of_a_job_ends_its_hours(episode: Episode, by: dict[str, Any]) -> None:
    job = make_job(episode, ago(60))
    make_hours(job, ago(40), 16, ago(11))
    make_hours(job, ago(10), 20)
    jobs.end_job(job=job, version=1, ended_on=ago(5), reason="health", known_on=TODAY, **by)
    assert spells(job) == [(ago(40), ago(11), 16), (ago(10), ago(5), 20)]
    assert (job.end_known_on, job.version) == (TODAY, 2)
    with pytest.raises(Refused, match="hours cannot change after that"):
        changes.change_hours(job=job, from_on=ago(4), weekly_hours=Decimal(8), **by)


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

"""Putting right a job that milestones, proof and payment hang on: what it undoes is said before it is saved."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from tests.site.casework.factories import ago, day, make_episode, make_evidence, make_hours, make_job
from tests.site.conftest import NOW, World

from placewell_web.accounts.errors import Refused
from placewell_web.accounts.models import User
from placewell_web.audit.models import Entry
from placewell_web.casework.actions import jobs
from placewell_web.casework.actions.jobs import JobFacts
from placewell_web.casework.models import Job, JobPay

SignIn = Callable[[User | None], Client]
STARTED = day("2019-05-27")
PROVED = "Day 1 is met, proved, 27 May 2019."
LOST = "It would be met, proof missing, 12 June 2019. The payslip of 11 June 2019 vouches for 30 May 2019, before"


@pytest.fixture(autouse=True)
def _still(frozen: object) -> None:
    """Friday 14 June 2019."""


@pytest.fixture
def client(world: World, client_for: SignIn) -> Client:
    return client_for(world.user("specialist"))


@pytest.fixture
def job(world: World) -> Job:
    """Begun on 27 May, Day 1 proved."""
    job = make_job(make_episode(world), STARTED, pays_minimum=True, open_to_anyone=True, set_aside=False)
    done = {"status": "verified", "decided_on": ago(2), "verified_on": ago(2), "decided_by": world.user("manager")}
    make_evidence(job.episode, job, about_on=day("2019-05-30"), received_on=ago(3), **done)
    return job


def form(job: Job, starts: date, **fields: str) -> dict[str, str]:
    boxes = {
        f"{name}-{part}": str(getattr(starts, part))
        for name in ("started_on", "first_day_worked_on")
        for part in ("day", "month", "year")
    }
    answers = {"self_employed": "no", "open_to_anyone": "yes", "set_aside": "no", "pays_minimum": "yes"}
    return {"version": str(job.version), "title": "Stock assistant", **boxes, **answers, **fields}


def sent(client: Client, address: str, data: dict[str, str]) -> str:
    return " ".join(client.post(address, data, follow=True).content.decode().replace("&#39;", "'").split())


def button(text: str) -> str:
    found = re.search(r'name="read" value="(\w+)"', text)
    return found.group(1) if found else ""


def test_what_a_new_first_day_undoes_is_said_before_it_is_saved(job: Job, client: Client) -> None:
    later = form(job, day("2019-06-12"))
    asked = sent(client, f"/jobs/{job.pk}/", later)
    assert f"{PROVED} {LOST}" in asked
    assert "The payment is £750, payable. It would be no payment." in asked
    job.refresh_from_db()
    assert job.first_day_worked_on == STARTED and not Entry.objects.filter(verb="correct_job").exists()
    assert "Job changed." in sent(client, f"/jobs/{job.pk}/", later | {"read": button(asked)})
    job.refresh_from_db()
    assert job.first_day_worked_on == day("2019-06-12")


def test_what_was_read_holds_for_just_that(job: Job, client: Client) -> None:
    """Another day typed after the warning is asked about again; so is Enter, which presses no named button."""
    read = button(sent(client, f"/jobs/{job.pk}/", form(job, day("2019-06-12"))))
    again = sent(client, f"/jobs/{job.pk}/", form(job, day("2019-06-10")) | {"read": read})
    assert "Nothing is saved yet" in again and button(again) not in ("", read)


@pytest.mark.parametrize(
    ("starts", "fields", "asked"),
    [
        ("2019-05-27", {}, ""),
        ("2019-05-27", {"title": "Baker", "contract_hours": "30"}, ""),
        ("2019-05-28", {}, "It would be met, proved, 28 May 2019."),
        ("2019-05-27", {"set_aside": "yes"}, "It would be not yet."),
    ],
)
def test_only_what_is_reached_and_changes_is_asked_about(
    job: Job, client: Client, starts: str, fields: dict[str, str], asked: str
) -> None:
    text = sent(client, f"/jobs/{job.pk}/", form(job, day(starts), **fields))
    assert ("Nothing is saved yet" in text, "Job changed." in text) == (bool(asked), not asked)
    assert asked in text


def test_a_job_that_nothing_hangs_on_is_saved_at_once(world: World, client: Client) -> None:
    job = make_job(make_episode(world), STARTED, competitive=False, pays_minimum=True, open_to_anyone=False)
    assert "Job changed." in sent(client, f"/jobs/{job.pk}/", form(job, day("2019-06-12"), open_to_anyone="no"))


def test_the_first_day_worked_asks_as_well(job: Job, client: Client) -> None:
    first = {"version": "1", "worked_on-day": "12", "worked_on-month": "6", "worked_on-year": "2019"}
    asked = sent(client, f"/jobs/{job.pk}/first-day/", first)
    assert LOST in asked
    assert "First day worked recorded." in sent(client, f"/jobs/{job.pk}/first-day/", first | {"read": button(asked)})


def test_someone_of_another_team_is_told_nothing(job: Job, world: World, client_for: SignIn) -> None:
    other = client_for(world.user("specialist", "wolverhampton"))
    assert other.post(f"/jobs/{job.pk}/", form(job, day("2019-06-12"))).status_code == 404


@pytest.mark.parametrize(("what", "starts", "refused"), [("hours", 12, True), ("pay", 12, True), ("hours", 10, False)])
def test_hours_and_pay_never_stand_before_the_start(
    job: Job, world: World, client: Client, what: str, starts: int, refused: bool
) -> None:
    if what == "hours":
        make_hours(job, day("2019-06-10"), 20)
    else:
        JobPay.unscoped.create(job=job, from_on=day("2019-06-10"), hourly_wage="9.00", created_at=NOW)
    later = day(f"2019-06-{starts}")
    words = f"The {what} changed on 10 June 2019, before 12 June 2019. Take that change of {what} back first."
    assert (words in sent(client, f"/jobs/{job.pk}/", form(job, later))) is refused
    by: dict[str, Any] = {"by": world.actor("specialist"), "at": NOW}
    facts = JobFacts(title="Baker", employer="", started_on=later)
    if refused:
        with pytest.raises(Refused, match="changed on 10 June 2019"):
            jobs.correct_job(job=job, version=1, facts=facts, **by)
        with pytest.raises(Refused, match="changed on 10 June 2019"):
            jobs.record_first_day(job=job, version=1, worked_on=later, **by)
    else:
        assert jobs.correct_job(job=job, version=1, facts=facts, **by).started_on == later


def test_the_page_says_of_a_document_what_the_library_says(job: Job, world: World, client: Client) -> None:
    """Too early is too early, though it also waits: one standing in two places."""
    Job.unscoped.filter(pk=job.pk).update(started_on=day("2019-06-12"), first_day_worked_on=day("2019-06-12"))
    make_evidence(job.episode, job, kind="employer_email", about_on=day("2019-06-03"), received_on=ago(1))
    text = " ".join(client.get(f"/people/{job.episode_id}/jobs/").content.decode().split())
    assert "waits for verification." not in text and "before the first day worked, 12 June 2019." in text

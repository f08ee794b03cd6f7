"""What changes in a job: pay, the first day worked, a problem, the end, and help with the next."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from tests.site.casework.factories import TODAY, ago, make_episode, make_hours, make_job
from tests.site.conftest import NOW, World

from placewell_web.accounts.errors import EditConflict, Refused
from placewell_web.accounts.models import User
from placewell_web.audit.models import Entry
from placewell_web.casework.actions import job_changes as changes
from placewell_web.casework.actions import jobs
from placewell_web.casework.actions.job_changes import ProblemFacts
from placewell_web.casework.models import Job, JobPay, JobProblem
from placewell_web.clients.models import Episode

SignIn = Callable[[User | None], Client]


@pytest.fixture(autouse=True)
def _still(frozen: object) -> None:
    """Friday 14 June 2019."""


@pytest.fixture
def job(world: World) -> Job:
    """20 hours a week at £8.65, for sixty days."""
    return make_job(make_episode(world), ago(60))


@pytest.fixture
def by(world: World) -> dict[str, Any]:
    return {"by": world.actor("specialist"), "at": NOW}


@pytest.fixture
def client(world: World, client_for: SignIn) -> Client:
    return client_for(world.user("specialist"))


def boxes(name: str, on: date) -> dict[str, str]:
    return {f"{name}-day": str(on.day), f"{name}-month": str(on.month), f"{name}-year": str(on.year)}


def paid(job: Job) -> list[tuple[date, Decimal]]:
    return list(JobPay.unscoped.filter(job=job).values_list("from_on", "hourly_wage"))


def said(client: Client, address: str, form: dict[str, str]) -> str:
    text = client.post(address, form, follow=True).content.decode()
    return " ".join(text.replace("&#39;", "'").split())


def test_pay_changes_from_a_day_on(job: Job, by: dict[str, Any]) -> None:
    for days_ago, wage in ((30, "9.00"), (10, "9.50"), (30, "9.10")):  # the first put right
        changes.change_pay(job=job, from_on=ago(days_ago), hourly_wage=Decimal(wage), **by)
    assert paid(job) == [(ago(30), Decimal("9.10")), (ago(10), Decimal("9.50"))]
    changes.remove_pay(job=job, from_on=ago(30), **by)
    changes.remove_pay(job=job, from_on=ago(30), **by)  # twice
    assert paid(job) == [(ago(10), Decimal("9.50"))]
    assert Entry.objects.filter(verb="remove_pay").count() == 1


def test_pay_of_the_first_day_is_the_pay_it_began_with(job: Job, by: dict[str, Any]) -> None:
    changes.change_pay(job=job, from_on=ago(60), hourly_wage=Decimal("9.00"), **by)
    job.refresh_from_db()
    assert (job.hourly_wage, paid(job)) == (Decimal("9.00"), [])


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"pay": "9.20"}, "Change of pay recorded: £9.20 an hour."),
        ({"pay": "184", "pay_period": "week"}, "Change of pay recorded: £9.20 an hour."),
        ({"pay": "8.00"}, "£8 an hour is under the minimum wage of £8.21 on 4 June 2019 at this age."),
        ({"pay": ""}, "Enter the new pay."),
        ({"pay": "0"}, "Pay must be more than 0"),
        ({"pay": "1e999"}, "Pay must be a number"),
        ({"pay": "NaN"}, "Pay must be a number"),
        ({"pay": "999999"}, "Pay comes to no sensible sum an hour."),
        ({"pay": "9", "pay_period": "moon"}, "Choose one of the answers in the list."),
        (boxes("from_on", ago(61)) | {"pay": "9"}, "From must be on or after 15 April 2019."),
    ],
)
def test_what_is_typed_as_new_pay(client: Client, job: Job, form: dict[str, str], words: str) -> None:
    given = boxes("from_on", ago(10)) | {"pay_period": "hour"} | form
    assert words in said(client, f"/jobs/{job.pk}/pay/", given)
    assert bool(paid(job)) is ("recorded" in words or "under the minimum" in words)


def test_weekly_pay_needs_the_hours(client: Client, job: Job) -> None:
    make_hours(job, ago(5), None)
    form = boxes("from_on", ago(3)) | {"pay": "184", "pay_period": "week"}
    assert "The hours a week are not known, so enter the pay by the hour." in said(client, f"/jobs/{job.pk}/pay/", form)
    assert paid(job) == []


def test_changes_are_shown_and_taken_back_on_their_page(client: Client, job: Job, by: dict[str, Any]) -> None:
    changes.change_pay(job=job, from_on=ago(10), hourly_wage=Decimal("9.50"), **by)
    changes.change_hours(job=job, from_on=ago(10), weekly_hours=Decimal(24), **by)
    page = client.get(f"/people/{job.episode_id}/jobs/").content.decode()
    assert "£9.50 an hour from 4 June 2019" in page and "24 hours a week from 4 June 2019" in page
    day = ago(10).isoformat()
    assert "taken back" in said(client, f"/jobs/{job.pk}/pay/", {"remove": day})
    assert "taken back" in said(client, f"/jobs/{job.pk}/hours/", {"remove": day})
    assert (paid(job), job.hours.count()) == ([], 0)


@pytest.mark.parametrize("remove", ["", "yesterday", "2019-99-99", "' or 1=1", "9" * 5_000])
def test_taking_back_what_is_not_there_does_nothing(client: Client, job: Job, remove: str) -> None:
    make_hours(job, ago(5), 24)
    client.post(f"/jobs/{job.pk}/hours/", {"remove": remove})
    assert job.hours.count() == 1


def test_the_first_day_worked_comes_later(client: Client, world: World) -> None:
    job = make_job(make_episode(world), ago(10), first_day_worked_on=None)
    assert "Record it" in client.get(f"/people/{job.episode_id}/jobs/").content.decode()
    form = boxes("worked_on", ago(7)) | {"version": "1"}
    assert "First day worked recorded." in said(client, f"/jobs/{job.pk}/first-day/", form)
    job.refresh_from_db()
    assert (job.first_day_worked_on, job.version) == (ago(7), 2)


@pytest.mark.parametrize(
    ("days_ago", "words"), [(11, "must be on or after 4 June 2019"), (-1, "must be on or before 14 June 2019")]
)
def test_the_first_day_worked_lies_in_the_job(client: Client, world: World, days_ago: int, words: str) -> None:
    job = make_job(make_episode(world), ago(10), first_day_worked_on=None)
    form = boxes("worked_on", ago(days_ago)) | {"version": "1"}
    assert words in said(client, f"/jobs/{job.pk}/first-day/", form)
    assert Job.unscoped.get().first_day_worked_on is None


def test_a_first_day_after_the_end_is_refused(job: Job, by: dict[str, Any]) -> None:
    jobs.end_job(job=job, version=1, ended_on=ago(5), reason="health", known_on=TODAY, **by)
    with pytest.raises(Refused, match="cannot lie after that"):
        jobs.record_first_day(job=job, version=2, worked_on=ago(4), **by)
    with pytest.raises(Refused, match="correct that day first"):
        jobs.record_first_day(job=job, version=2, worked_on=ago(61), **by)


def test_a_problem_is_recorded_once_and_shown(client: Client, job: Job) -> None:
    form = boxes("known_on", ago(1)) | {"kind": "attendance", "words": "Late twice <b>", "form_token": str(uuid4())}
    assert "Problem recorded." in said(client, f"/jobs/{job.pk}/problem/", form)
    said(client, f"/jobs/{job.pk}/problem/", form)  # pressed twice
    problem = JobProblem.unscoped.get()
    assert (problem.job, problem.known_on, problem.kind) == (job, ago(1), "attendance")
    page = client.get(f"/people/{job.episode_id}/jobs/").content.decode()
    assert "Attendance or lateness, heard of on 13 June 2019: Late twice &lt;b&gt;" in page
    assert "Late" not in Entry.objects.get(verb="record_job_problem").detail
    overview = client.get(f"/people/{job.episode_id}/").content.decode()
    assert "Stock assistant: problem, attendance or lateness" in overview  # the timeline as a list
    assert "problem in a job" in overview  # its legend
    assert "<strong>Problem</strong> Attendance or lateness" in overview
    JobProblem.unscoped.update(known_on=ago(28))
    assert "<strong>Problem</strong>" not in client.get(f"/people/{job.episode_id}/").content.decode()


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"kind": ""}, "Choose what the problem is."),
        ({"kind": "aliens"}, "Choose one of the answers in the list."),
        (boxes("known_on", ago(-1)), "must be on or before 14 June 2019"),
        (boxes("known_on", ago(61)), "must be on or after 15 April 2019"),
        ({"known_on-day": ""}, "must include a day"),
        ({"words": "x" * 501}, "must be 500 characters or fewer"),
    ],
)
def test_what_is_wrong_with_a_problem_is_said(client: Client, job: Job, form: dict[str, str], words: str) -> None:
    given = boxes("known_on", ago(1)) | {"kind": "health"} | form
    assert words in said(client, f"/jobs/{job.pk}/problem/", given)
    assert JobProblem.unscoped.count() == 0


def test_a_problem_before_the_job_is_refused(job: Job, by: dict[str, Any]) -> None:
    with pytest.raises(Refused, match="cannot be known before that"):
        changes.record_problem(job=job, facts=ProblemFacts(ago(61), "health"), **by)


END = boxes("ended_on", ago(5)) | boxes("known_on", ago(3)) | {"version": "1", "reason": "health"}


def test_the_end_leads_to_help_with_the_next_job(client: Client, job: Job) -> None:
    text = said(client, f"/jobs/{job.pk}/end/", END)
    assert "ended on 9 June 2019: health; heard of on 11 June 2019." in text
    assert f"/people/{job.episode_id}/profile/start/" in text or "Start a new version of the profile" in text
    assert "Not recorded yet" in client.get(f"/people/{job.episode_id}/jobs/").content.decode()
    form = boxes("on", ago(2)) | {"version": "2", "answer": "accepted"}
    assert "Offered and wanted, 12 June 2019" in said(client, f"/jobs/{job.pk}/next/", form)
    job.refresh_from_db()
    assert (job.next_help, job.next_help_on, job.end_known_on) == ("accepted", ago(2), ago(3))


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (boxes("ended_on", ago(61)), "must be on or after 15 April 2019"),
        (boxes("ended_on", date(2021, 1, 1)), "must be on or before"),
        (boxes("known_on", ago(-1)), "Day we heard of it must be on or before 14 June 2019"),
        ({"reason": ""}, "Choose why the job ended."),
        ({"ended_on-month": "Feb", "ended_on-day": "30"}, "must be a real date"),
        ({"version": "NaN"}, "There is a problem"),
        ({"version": "9" * 40}, "There is a problem"),
    ],
)
def test_what_is_wrong_with_an_end_is_said(client: Client, job: Job, form: dict[str, str], words: str) -> None:
    assert words in said(client, f"/jobs/{job.pk}/end/", END | form)
    assert Job.unscoped.get().ended_on is None


def test_an_end_can_be_put_right(client: Client, job: Job) -> None:
    said(client, f"/jobs/{job.pk}/end/", END)
    assert 'value="9"' in client.get(f"/jobs/{job.pk}/end/").content.decode()
    said(client, f"/jobs/{job.pk}/end/", END | boxes("ended_on", ago(4)) | {"version": "2", "reason": "better_job"})
    job.refresh_from_db()
    assert (job.ended_on, job.end_reason, job.version) == (ago(4), "better_job", 3)


def test_help_with_the_next_is_for_jobs_that_ended(client: Client, job: Job, by: dict[str, Any]) -> None:
    assert client.get(f"/jobs/{job.pk}/next/").headers["Location"] == f"/jobs/{job.pk}/end/"
    with pytest.raises(Refused, match="has not ended"):
        jobs.record_next_help(job=job, version=1, answer="accepted", on=TODAY, **by)


def test_two_who_end_one_job(job: Job, by: dict[str, Any]) -> None:
    ended = {"ended_on": ago(5), "reason": "health", "known_on": TODAY}
    jobs.end_job(job=job, version=1, **ended, **by)
    with pytest.raises(EditConflict):
        jobs.end_job(job=job, version=1, **ended, **by)
    with pytest.raises(EditConflict):
        jobs.record_next_help(job=job, version=1, answer="declined", on=TODAY, **by)


def test_pay_after_the_end_goes_with_it(job: Job, by: dict[str, Any]) -> None:
    changes.change_pay(job=job, from_on=ago(10), hourly_wage=Decimal("9.50"), **by)
    jobs.end_job(job=job, version=1, ended_on=ago(20), reason="health", known_on=TODAY, **by)
    assert paid(job) == []


@pytest.mark.parametrize("page", ["hours", "pay", "first-day", "problem", "end", "next"])
def test_each_page_opens_and_another_team_finds_nothing(world: World, client_for: SignIn, job: Job, page: str) -> None:
    Job.unscoped.update(ended_on=ago(1), end_reason="health")
    assert client_for(world.user("specialist")).get(f"/jobs/{job.pk}/{page}/").status_code == 200
    assert client_for(world.user("specialist", "wolverhampton")).get(f"/jobs/{job.pk}/{page}/").status_code == 404


def test_someone_in_the_comparison_group_gets_no_job(world: World, client: Client) -> None:
    episode: Episode = make_episode(world)
    from placewell_web.clients.models import Allocation

    Allocation.unscoped.create(episode=episode, arm="control", allocated_on=ago(20))
    job = make_job(episode, ago(10))
    assert client.post(f"/jobs/{job.pk}/problem/", boxes("known_on", ago(1)) | {"kind": "health"}).status_code == 403
    assert JobProblem.unscoped.count() == 0

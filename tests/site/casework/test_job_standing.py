"""How a job stands, wherever it is shown: competitive or not and why, the pay beside the minimum wage of today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from tests.site.casework.factories import TODAY, ago, day, make_episode, make_job, make_person
from tests.site.conftest import NOW, World

from placewell_web.accounts.models import User
from placewell_web.casework.models import Job, JobPay

SignIn = Callable[[User | None], Client]
UNDER = {"competitive": False, "pays_minimum": False, "open_to_anyone": True, "set_aside": False, "hourly_wage": "7.00"}
NOT_COMPETITIVE = (
    "Not competitive: it pays under the minimum wage. "
    "It counts for no milestone, and no meeting falls due because of it."
)
WARNED = "£7 an hour is under the minimum wage of £8.21 on 14 June 2019 at this age."


@pytest.fixture(autouse=True)
def _still(frozen: object) -> None:
    """Friday 14 June 2019."""


@pytest.fixture
def client(world: World, client_for: SignIn) -> Client:
    return client_for(world.user("specialist"))


def shown(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().replace("&#39;", "'").split())


def pages(client: Client, job: Job) -> dict[str, str]:
    """Every page that shows the job."""
    person = f"/people/{job.episode_id}/"
    addresses = {"person": person, "jobs": f"{person}jobs/", "starts": f"/jobs/{job.pk}/saved/"}
    return {name: shown(client, address) for name, address in addresses.items()}


def test_a_job_that_is_not_competitive_says_so_for_as_long_as_it_is(world: World, client: Client) -> None:
    """A kitchen porter on £7: no page says of it what another denies."""
    found = pages(client, make_job(make_episode(world), day("2019-06-10"), title="Kitchen porter", **UNDER))
    assert [name for name, text in found.items() if WARNED not in text] == []
    assert NOT_COMPETITIVE in found["person"] and NOT_COMPETITIVE in found["jobs"]
    assert "No competitive job yet; nine months end" in found["person"]
    assert "Not competitive: it pays under the minimum wage." in found["starts"]
    assert "sets days for meetings only around a competitive job" in found["starts"]
    assert "cw-meeting" not in found["starts"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"competitive": True}, ""),
        ({"competitive": None}, "Not known yet whether it is competitive. Until it is, it counts for no milestone."),
        ({"competitive": False}, "Judged not competitive. It counts for no milestone"),
        ({"competitive": False, "open_to_anyone": False}, "Not competitive: not anyone could apply. It counts for no"),
        (
            {"competitive": False, "pays_minimum": False, "set_aside": True},
            "Not competitive: it pays under the minimum wage, it is set aside for people with a condition",
        ),
    ],
)
def test_the_judgement_with_its_reason(world: World, client: Client, fields: dict[str, Any], words: str) -> None:
    found = pages(client, make_job(make_episode(world), ago(4), **fields))
    for name in ("person", "jobs"):
        assert (words in found[name]) if words else ("competitive:" not in found[name].lower())


@pytest.mark.parametrize(
    ("starts", "fields", "warned"),
    [
        ("2018-05-01", {"hourly_wage": "7.83"}, "£7.83 an hour is under the minimum wage of £8.21 on 14 June 2019"),
        ("2018-05-01", {"hourly_wage": "8.21"}, ""),
        ("2018-05-01", {"hourly_wage": None}, ""),
        ("2018-05-01", {"hourly_wage": "7.83", "ended_on": ago(1)}, ""),  # over
        ("2018-05-01", {"hourly_wage": "7.83", "ended_on": TODAY}, "on 14 June 2019"),  # its last day
        ("2018-05-01", {"hourly_wage": "3.00", "self_employed": True}, ""),
        ("2019-06-24", {"hourly_wage": "7.83", "first_day_worked_on": None}, "on 24 June 2019"),
    ],
)
def test_pay_is_held_against_the_wage_and_the_rate_of_today(
    world: World, client: Client, starts: str, fields: dict[str, Any], warned: str
) -> None:
    found = pages(client, make_job(make_episode(world, referred_on=day("2018-03-01")), day(starts), **fields))
    for text in found.values():
        assert ("under the minimum wage of" in text) is bool(warned)
        assert warned in text


@pytest.mark.parametrize(
    ("wage", "from_on", "warned"),
    [
        ("8.50", ago(2), False),
        ("8.50", TODAY, False),
        ("8.50", TODAY + timedelta(days=1), True),
        ("8.00", ago(2), True),
    ],
)
def test_a_rise_ends_the_warning_on_its_day(
    world: World, client: Client, wage: str, from_on: date, warned: bool
) -> None:
    job = make_job(make_episode(world), ago(10), hourly_wage="7.00")
    JobPay.unscoped.create(job=job, from_on=from_on, hourly_wage=wage, created_at=NOW)
    assert {("under the minimum wage of" in text) for text in pages(client, job).values()} == {warned}


def test_without_a_date_of_birth_it_says_that_nothing_was_compared(world: World, client: Client) -> None:
    job = make_job(make_episode(world, person=make_person(birth_date=None)), ago(4), hourly_wage="7.00")
    assert all("could not be compared with the minimum wage" in text for text in pages(client, job).values())


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"competitive": True}, "Competitive: anyone could take it up, and it is not set aside. The minimum wage"),
        ({"competitive": False, "pays_minimum": False, "set_aside": True}, "Not competitive: it is set aside"),
        ({"competitive": None}, "Not known yet whether it is competitive."),
    ],
)
def test_of_the_self_employed_nothing_is_said_of_a_minimum_wage(
    world: World, client: Client, fields: dict[str, Any], words: str
) -> None:
    job = make_job(make_episode(world), ago(4), hourly_wage="3.00", self_employed=True, **fields)
    text = pages(client, job)["starts"]
    assert words in text
    assert "it pays" not in text and "Judge it again" not in text


RISEN = "The job was judged to pay under the minimum wage. It now pays £8.50 an hour, and the minimum wage is £8.21."
FALLEN = "The job was judged to pay at least the minimum wage, and now it does not."


@pytest.mark.parametrize(
    ("judged", "wage", "fields", "words"),
    [
        (False, "8.50", {}, RISEN),
        (False, "8.00", {}, ""),
        (True, "8.00", {}, FALLEN),
        (True, "8.21", {}, ""),
        (None, "8.00", {}, ""),  # the question was never answered
        (True, "8.00", {"self_employed": True}, ""),
        (True, "8.00", {"ended_on": ago(1)}, ""),
    ],
)
def test_pay_that_denies_the_judgement_leads_to_judging_anew(
    world: World, client: Client, judged: bool | None, wage: str, fields: dict[str, Any], words: str
) -> None:
    job = make_job(make_episode(world), ago(10), hourly_wage="7.00", pays_minimum=judged, **fields)
    JobPay.unscoped.create(job=job, from_on=ago(2), hourly_wage=wage, created_at=NOW)
    for text in pages(client, job).values():
        assert (words in text) and ("Judge it again" in text) is bool(words)


def judged_anew(job: Job, pays: str) -> dict[str, str]:
    started = {"started_on-day": "4", "started_on-month": "6", "started_on-year": "2019"}
    first = {name.replace("started_on", "first_day_worked_on"): value for name, value in started.items()}
    answers = {"self_employed": "no", "open_to_anyone": "yes", "set_aside": "no", "pays_minimum": pays}
    return {
        "version": str(job.version),
        "title": "Porter",
        "pay": "7",
        "pay_period": "hour",
        **started,
        **first,
    } | answers


@pytest.mark.parametrize(
    ("risen", "pays", "competitive"),
    [(True, "yes", True), (True, "no", False), (True, "", False), (False, "yes", False)],
)
def test_a_rise_is_recorded_and_the_job_judged_again(
    world: World, client: Client, risen: bool, pays: str, competitive: bool
) -> None:
    """The sum of the first day counts more than the answer, but not once the pay has changed."""
    job = make_job(make_episode(world), ago(10), **UNDER)
    if risen:
        form = {"from_on-day": "12", "from_on-month": "6", "from_on-year": "2019", "pay": "8.50", "pay_period": "hour"}
        said = client.post(f"/jobs/{job.pk}/pay/", form, follow=True).content.decode()
        assert f"Change of pay recorded: £8.50 an hour. {RISEN} Use Judge it again" in " ".join(said.split())
        assert "It pays £8.50 an hour since 12 June 2019." in shown(client, f"/jobs/{job.pk}/")
    client.post(f"/jobs/{job.pk}/", judged_anew(job, pays))
    job.refresh_from_db()
    assert (job.title, job.competitive, job.pays_minimum) == ("Porter", competitive, competitive)


@pytest.mark.parametrize(("starts", "words"), [(4, "Starts"), (0, "Started"), (-4, "Started")])
def test_a_job_that_lies_ahead_starts(world: World, client: Client, starts: int, words: str) -> None:
    job = make_job(make_episode(world), ago(-starts), first_day_worked_on=None)
    assert all(f"<dt>{words}</dt>" in text for text in pages(client, job).values())

"""What an employer says against the record reaches whoever works with the person, and changes nothing by itself."""

from __future__ import annotations

import html
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.site.casework.factories import TODAY, ago, make_contact, make_employer, make_episode, make_job
from tests.site.casework.test_deciding_arrivals import confirmed
from tests.site.conftest import World

from placewell_web.accounts.models import User
from placewell_web.casework.models import Confirmation, Evidence, Job
from placewell_web.casework.queries.confirmations import against_the_record
from placewell_web.clients.models import Episode

SignIn = Callable[[User | None], Client]
NEVER: dict[str, Any] = {"started_on": None}
LEFT = {"left_on": ago(3)}
SAID = {
    "never": (NEVER, "said on 14 June 2019 that Ada never worked there."),
    "left": (LEFT, "said on 14 June 2019 that Ada left on 11 June 2019."),
}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _still(frozen: object, settings: Any, tmp_path: Path) -> None:
    settings.EVIDENCE_FOLDER = tmp_path


@pytest.fixture
def episode(world: World) -> Episode:
    found = make_episode(world)
    found.person.first_name, found.person.preferred_name = "Ada", ""
    found.person.save()
    return found


@pytest.fixture
def job(episode: Episode) -> Job:
    return make_job(episode, ago(30), employer=make_employer())


def text(client: Client, address: str) -> str:
    return html.unescape(client.get(address).content.decode())


@pytest.mark.parametrize("what", SAID)
def test_it_stands_on_today_the_person_and_the_jobs(
    world: World, client_for: SignIn, episode: Episode, job: Job, what: str
) -> None:
    answer, words = SAID[what]
    client = client_for(world.user("specialist"))
    pages = ("/today/", f"/people/{episode.pk}/", f"/people/{episode.pk}/jobs/")
    assert not any(words in text(client, page) for page in pages)
    confirmed(world, job, **answer)
    where = f"/jobs/{job.pk}/{'end/' if what == 'left' else ''}"
    for page in pages:
        shown = text(client, page)
        assert words in shown, page
        assert f'href="{where}"' in shown, page
        assert "Speak with Ada by 17 June 2019." in shown, "three days, as of the loss of a job"
    job.refresh_from_db()
    assert job.ended_on is None, "received, never believed"


@pytest.mark.parametrize("agrees", [{}, {"weekly_hours": 24}, {"started_on": ago(29)}])
def test_an_answer_that_they_still_work_there_is_no_news(world: World, job: Job, agrees: dict[str, Any]) -> None:
    confirmed(world, job, **agrees)
    assert against_the_record(world.viewer("specialist"), [job.episode], TODAY) == []


def test_who_was_spoken_with_since_is_not_asked_for_again(
    world: World, client_for: SignIn, episode: Episode, job: Job
) -> None:
    confirmed(world, job, **LEFT)
    make_contact(episode, TODAY)
    shown = text(client_for(world.user("specialist")), "/today/")
    assert SAID["left"][1] in shown
    assert "Speak with Ada" not in shown


@pytest.mark.parametrize("what", SAID)
def test_it_goes_once_the_job_has_its_last_day(world: World, job: Job, what: str) -> None:
    confirmed(world, job, **SAID[what][0])
    Job.unscoped.filter(pk=job.pk).update(ended_on=ago(3))
    assert against_the_record(world.viewer("specialist"), [job.episode], TODAY) == []


def test_it_goes_once_the_employer_says_otherwise(world: World, job: Job) -> None:
    confirmed(world, job, **NEVER)
    assert len(against_the_record(world.viewer("specialist"), [job.episode], TODAY)) == 1
    confirmed(world, job)
    assert against_the_record(world.viewer("specialist"), [job.episode], TODAY) == []


@pytest.mark.parametrize("status", ["verified", "rejected"])
def test_what_a_verifier_decides_of_the_document_does_not_hide_it(world: World, job: Job, status: str) -> None:
    evidence = confirmed(world, job, **LEFT)
    Evidence.unscoped.filter(pk=evidence.pk).update(status=status, decided_on=TODAY)
    assert len(against_the_record(world.viewer("specialist"), [job.episode], TODAY)) == 1


@pytest.mark.parametrize(("days", "shown"), [(59, 1), (60, 0)])
def test_it_is_news_for_sixty_days(world: World, job: Job, days: int, shown: int) -> None:
    confirmed(world, job, **LEFT)
    Confirmation.unscoped.update(on=ago(days))
    assert len(against_the_record(world.viewer("specialist"), [job.episode], TODAY)) == shown


def test_of_each_job_the_last_answer(world: World, episode: Episode, job: Job) -> None:
    second = make_job(episode, ago(20), title="Cleaner", employer=make_employer(name="Other"))
    confirmed(world, job, **LEFT)
    confirmed(world, second, **NEVER)
    found = against_the_record(world.viewer("specialist"), [episode], TODAY)
    assert {one.job_id for one in found} == {job.pk, second.pk}


def test_nobody_is_told_of_other_areas(world: World, client_for: SignIn, job: Job) -> None:
    confirmed(world, job, **NEVER)
    assert against_the_record(world.viewer("specialist", "wolverhampton"), Episode.unscoped.all(), TODAY) == []
    assert "never worked there" not in text(client_for(world.user("specialist", "wolverhampton")), "/today/")


def test_a_service_without_days_for_a_loss_names_none(world: World, job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    from placewell_web.casework.presenters import employers_said

    assert employers_said._speak_by(_without_clocks(), date(2019, 6, 14)) is None


def _without_clocks() -> Any:
    from dataclasses import replace

    from placewell.specification import load

    spec = load("thrive_into_work")
    return replace(spec, pathway=spec.pathway.model_copy(update={"clocks": ()}))

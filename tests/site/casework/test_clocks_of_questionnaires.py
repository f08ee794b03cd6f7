"""The clocks of 004 that a check of work or a form on leaving stops: a caseload reads what they look at."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

import pytest
from tests.site.casework.factories import make_contact, make_episode
from tests.site.conftest import NOW, World

from placewell.specification import load, service_ids
from placewell_web.accounts import service
from placewell_web.casework.dataset_rows import CASELOAD_TABLES
from placewell_web.casework.models import EmploymentCheck
from placewell_web.casework.queries import caseload
from placewell_web.clients.models import Episode, Response

SPEC = load("nottingham_health_employment")
ENTERED, LEFT = date(2019, 3, 18), date(2019, 6, 3)


@pytest.mark.parametrize("id", service_ids())
def test_only_the_service_that_needs_them_reads_them(id: str) -> None:
    more = caseload.tables_of(load(id))[len(CASELOAD_TABLES) :]
    needed = {SPEC.id: ("employment_checks", "responses"), "thrive_into_work": ("support_requests",)}
    assert more == needed.get(id, ())


def clocks(episode: Episode, today: date) -> set[str]:
    found = caseload.load(Episode.unscoped.filter(pk=episode.pk), today)
    return {row["clock"] for row in found.clocks} & {"work_after_12_weeks", "exit_questionnaire"}


@pytest.fixture
def episode(world: World, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(service, "current", lambda: SPEC)
    one = make_episode(world, service_id=SPEC.id, referred_on=ENTERED, accepted_on=ENTERED)
    make_contact(one, ENTERED)
    return one


@pytest.mark.django_db
def test_a_check_stops_the_twelve_weeks(episode: Episode) -> None:
    today = date(2019, 6, 14)
    assert clocks(episode, today) == {"work_after_12_weeks"}
    EmploymentCheck.unscoped.create(episode=episode, on=date(2019, 6, 10), status="at_work", created_at=NOW)
    assert clocks(episode, today) == set()


@pytest.mark.django_db
def test_a_form_stops_the_question_on_leaving(episode: Episode) -> None:
    episode.closed_on = LEFT
    episode.save()
    today = date(2019, 6, 3)
    assert "exit_questionnaire" in clocks(episode, today)
    kind = {"instrument": "satisfaction", "occasion": "exit", "item": "overall", "answer": "good"}
    Response.unscoped.create(episode=episode, form_id=uuid.uuid4(), completed_on=LEFT, created_at=NOW, **kind)
    assert "exit_questionnaire" not in clocks(episode, today)

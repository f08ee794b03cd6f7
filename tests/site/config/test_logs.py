"""Logs hold routes, statuses and ids, never what identifies a person."""

from __future__ import annotations

import json
import logging

import pytest
import structlog
from django.test import Client
from tests.site.conftest import NOW, World

from placewell_web.casework.actions import surveys
from placewell_web.casework.models import SurveyCount
from placewell_web.config import logs


@pytest.fixture(autouse=True)
def _as_in_production() -> object:
    django = logging.getLogger("django")
    kept = structlog.get_config(), list(django.handlers), django.level, django.propagate
    logs.set_up()
    yield
    structlog.configure(**kept[0])
    django.handlers, django.propagate = kept[1], kept[3]
    django.setLevel(kept[2])


def test_only_listed_keys_pass() -> None:
    event = {"event": "request", "status": 200, "name": "Jas Sandhu", "postcode": "DY1 1HF"}
    assert logs.only_allowed(None, "info", event) == {"event": "request", "status": 200}


@pytest.mark.django_db
def test_a_request_is_one_line_without_its_path(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up()
    Client().get("/users/5f0f7d0e-0000-4000-8000-000000000000/?q=Sandhu")
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines() if line.startswith("{")]
    (line,) = [line for line in lines if line["event"] == "request"]
    assert (line["route"], line["status"], line["method"]) == ("accounts:user", 302, "GET")
    assert "Sandhu" not in str(lines)
    assert "5f0f7d0e" not in str(lines)


@pytest.mark.django_db
@pytest.mark.usefixtures("frozen")
def test_the_confidential_survey_has_no_line(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    """Not of opening, answering or coming back with a used code: a moment would date an answer (ADR 15)."""
    held = {"by": world.actor("manager"), "at": NOW}
    round = surveys.start_round(**held, lot=world.own, opens_on=NOW.date(), closes_on=NOW.date())
    code = surveys.make_codes(**held, round=round, number=10, made_before=0)[0]
    logs.set_up()
    for _ in range(2):
        Client().get(f"/survey/{code}/")
        Client().post(f"/survey/{code}/", {"q1": "good"}, follow=True)
    Client().get("/health/")
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines() if line.startswith("{")]
    assert [line["route"] for line in lines if line["event"] == "request"] == ["health"]
    assert SurveyCount.objects.get(number=1).answer == "good"


def test_an_error_is_named_without_its_message(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up()
    try:
        raise ValueError("Jas Sandhu, born 3 March 1984")
    except ValueError:
        logging.getLogger("django.request").error("Internal Server Error: %s", "/people/Sandhu/", exc_info=True)
    (text,) = [line for line in capsys.readouterr().err.splitlines() if line.startswith("{")]
    line = json.loads(text)
    assert line["error"] == "ValueError"
    assert line["where"].endswith(f"test_logs.py:{line['where'].rsplit(':', 1)[1]}")
    assert "Sandhu" not in text

"""A service whose specification asks no question: its public pages say how else to reach it."""

from __future__ import annotations

import pytest
from django.test import Client

from placewell.specification import load
from placewell_web.intake.views import sending

GROW = load("ips_grow")


@pytest.fixture
def without_a_form(monkeypatch: pytest.MonkeyPatch) -> None:
    assert GROW.referral.questions == ()
    monkeypatch.setattr(sending, "current", lambda: GROW)


@pytest.mark.django_db
@pytest.mark.usefixtures("without_a_form")
def test_the_first_page_says_how_to_reach_the_service(client: Client) -> None:
    page = client.get("/refer/").content.decode()
    assert "has no form here" in page
    assert "Start now" not in page
    assert "It has 0 questions" not in page


@pytest.mark.django_db
@pytest.mark.usefixtures("without_a_form")
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_is_led_into_a_form_without_a_question(client: Client, method: str) -> None:
    answer = getattr(client, method)("/refer/who/", {"who": "self"})
    assert (answer.status_code, answer["Location"]) == (302, "/refer/")


@pytest.mark.django_db
def test_a_service_with_a_form_leads_into_it(client: Client) -> None:
    page = client.get("/refer/").content.decode()
    assert "has no form here" not in page
    assert "Start now" in page

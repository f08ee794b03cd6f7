"""The public pages that stand still: what they say comes from the specification, and is true of this site."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.site.conftest import World

from placewell_web.accounts.service import current
from placewell_web.intake.actions import DRAFT_DAYS
from placewell_web.intake.presenters import information

pytestmark = pytest.mark.django_db
PAGES = ["accessibility", "privacy", "complaints", "languages", "support", "professionals", "employers"]


def text_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.mark.parametrize("path", ["/", *(f"/pages/{page}/" for page in PAGES)])
def test_each_has_one_heading_and_says_how_to_reach_us(client: Client, settings, path: str) -> None:
    page = client.get(path).content.decode()
    assert page.count("<h1") == 1
    assert settings.SERVICE_PHONE in page
    assert "None" not in text_of(client, path)


def test_home_says_who_and_where(client: Client) -> None:
    text = text_of(client, "/")
    assert "in Dudley, Sandwell and West Birmingham, South and Central Birmingham, and Wolverhampton" in text
    assert "South and Central Birmingham, or Wolverhampton" in text
    assert "out of work for 4 weeks or more" in text


def test_every_other_service_of_the_specification_is_in_the_directory(client: Client) -> None:
    text = text_of(client, "/pages/support/")
    listed = [service for service in current().governance.other_services if service.public]
    assert listed
    assert all(service.label in text for service in listed)
    assert information.directory(current())[-1].title == "Other help near you"


def test_professionals_learn_what_keeps_nobody_out(client: Client) -> None:
    text = text_of(client, "/pages/professionals/")
    for fact in current().eligibility.forbidden_facts:
        assert fact.label[1:] in text
    for barred in ("dementia", "job offer", "state-funded employment programme", "4 weeks"):
        assert barred in text


def test_every_material_is_offered_with_its_formats(client: Client) -> None:
    text = text_of(client, "/pages/languages/")
    for material in current().referral.materials:
        assert material.label in text
    assert "Print, web, easy read, large print or braille. In English; ask us for others." in text


def test_the_privacy_notice_counts_our_cookies_and_days(client: Client, world: World) -> None:
    text = text_of(client, "/pages/privacy/")
    assert f"{DRAFT_DAYS} days after you last changed them" in text
    assert "two cookies" in text
    fresh = Client()
    fresh.post("/refer/who/", {"who": "self"})
    fresh.get("/refer/question/name/")
    assert set(fresh.cookies) == {"placewell", "csrf"}


def test_a_complaint_may_go_to_the_commissioner(client: Client) -> None:
    assert f"You can complain straight to {current().service.commissioner}" in text_of(client, "/pages/complaints/")


@pytest.mark.parametrize(("names", "said"), [(("A",), "A"), (("A", "B"), "A or B"), (("A", "B", "C"), "A, B or C")])
def test_names_in_a_sentence(names: tuple[str, ...], said: str) -> None:
    assert information._listed(names, "or") == said

"""Signing in to the demo: one person for each post, without JavaScript, and nowhere else."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.site.conftest import NOW, PASSWORD, World

from placewell_web.accounts.models import Role

pytestmark = pytest.mark.django_db
FORM = re.compile(r'name="login" value="([^"]+)"><input type="hidden" name="password" value="([^"]+)"')


@pytest.fixture
def demo(settings: object, world: World) -> World:
    settings.DEMO, settings.DEMO_DAY, settings.DEMO_PASSWORD = True, NOW.date(), PASSWORD
    return world


def test_one_person_for_each_post(demo: World) -> None:
    page = Client().get("/accounts/login/").content.decode()
    found = FORM.findall(page)
    assert len(found) == len(Role.values)
    assert all(password == PASSWORD for _, password in found)
    assert "The clock says Friday 14 June 2019" in page


@pytest.mark.parametrize("place", range(len(Role.values)))
def test_each_button_signs_in(demo: World, place: int) -> None:
    client = Client(enforce_csrf_checks=True)
    page = client.get("/accounts/login/?next=/accounts/").content.decode()
    email, password = FORM.findall(page)[place]
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page).group(1)
    fields = {"csrfmiddlewaretoken": token, "login": email, "password": password, "next": "/accounts/"}
    response = client.post("/accounts/login/", fields, follow=True)
    assert email in response.content.decode()


def test_outside_the_demo_nobody_is_offered(world: World) -> None:
    page = Client().get("/accounts/login/").content.decode()
    assert FORM.findall(page) == []
    assert "demonstration" not in page
    assert PASSWORD not in page


@pytest.mark.parametrize(
    ("role", "lands"),
    [(Role.ADMINISTRATOR, "/users/"), (Role.SPECIALIST, "/today/"), (Role.EVALUATOR, "/evaluation/flow/")],
)
def test_where_each_role_lands(world: World, role: str, lands: str) -> None:
    client = Client()
    client.force_login(world.user(role))
    assert client.get("/accounts/start/")["Location"] == lands

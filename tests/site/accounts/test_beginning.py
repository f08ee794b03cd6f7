"""How a new site begins: the first administrator by command, then teams and users by page."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from tests.site.conftest import NOW, World

from placewell_web.accounts.models import Lot, Role, Team, User
from placewell_web.accounts.queries import viewer_of
from placewell_web.audit.models import Entry

pytestmark = pytest.mark.django_db
Clients = Callable[[User | None], Client]
RUTH = {"provider": "Black Country Work", "name": "Ruth Adeyemi", "email": "ruth@example.org"}


def begin(*lots: str, **changes: str) -> str:
    out = StringIO()
    words = [word for key, value in {**RUTH, **changes}.items() for word in (f"--{key}", value)]
    call_command("add_administrator", *words, *(word for lot in lots for word in ("--lot", lot)), stdout=out)
    return out.getvalue()


def test_the_first_administrator(frozen: object, settings: object) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    said = begin("dudley", "wolverhampton")
    user = User.objects.get()
    viewer = viewer_of(user, NOW.date())
    assert (viewer.roles, viewer.lots) == ({"administrator"}, {"dudley", "wolverhampton"})
    assert Lot.objects.get(code="dudley").name == "Dudley"
    assert [entry.verb for entry in Entry.objects.all()] == ["add_provider"]
    link = re.search(r"https://testserver(/accounts/password/reset/key/\S+)", said).group(1)
    client = Client()
    path = client.get(link, follow=True).redirect_chain[-1][0]
    new = "three odd words together"
    assert client.post(path, {"password1": new, "password2": new}).status_code == 302
    user.refresh_from_db()
    assert user.check_password(new)


@pytest.mark.parametrize(
    ("lots", "changes", "words"),
    [
        (("dudley", "atlantis"), {}, "No lot atlantis in this service. Its lots: "),
        (("dudley",), {"provider": "Another Provider", "email": "x@example.org"}, "A lot has one provider"),
        (("dudley",), {}, "has an account already"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_left(lots: tuple[str, ...], changes: dict[str, str], words: str) -> None:
    begin("dudley")
    before = (User.objects.count(), Lot.objects.count(), Entry.objects.count())
    with pytest.raises(CommandError, match=words):
        begin(*lots, **changes)
    assert (User.objects.count(), Lot.objects.count(), Entry.objects.count()) == before


def test_adding_a_team(world: World, client_for: Clients, frozen: object) -> None:
    client = client_for(world.user(Role.ADMINISTRATOR))
    page = client.post("/teams/", {"name": "Dudley north", "lot": "dudley"}, follow=True).content.decode()
    assert "Dudley north is added." in page
    assert Team.objects.get(name="Dudley north").lot_id == "dudley"
    assert Entry.objects.get().verb == "add_team"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": "", "lot": "dudley"}, "Enter the name of the team"),
        ({"name": "X", "lot": "wolverhampton"}, "Choose one of the answers"),
        ({"name": "dudley TEAM", "lot": "dudley"}, "Give this one another name"),
    ],
)
def test_a_team_that_cannot_be(world: World, client_for: Clients, fields: dict[str, str], words: str) -> None:
    before = Team.objects.count()
    response = client_for(world.user(Role.ADMINISTRATOR)).post("/teams/", fields)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert Team.objects.count() == before

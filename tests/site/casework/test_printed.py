"""Documents on paper: name, number and day, the words as they are, no navigation; and each is written down."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from tests.site.casework.factories import ago, make_employer, make_episode, make_plan, make_profile
from tests.site.conftest import NOW, World

from placewell_web.accounts.models import User
from placewell_web.audit.models import Entry
from placewell_web.casework.models import Application, Plan
from placewell_web.casework.presenters.job_search_sheet import ROOM, SheetRow, room
from placewell_web.clients.models import Episode

SignIn = Callable[[User | None], Client]
SHEETS = ("profile", "plan/vocational_action", "plan/job_search", "job-search")


@pytest.fixture(autouse=True)
def _still(frozen: object) -> None:
    """Friday 14 June 2019."""


@pytest.fixture
def episode(world: World) -> Episode:
    return make_episode(world)


@pytest.fixture
def specialist(world: World, client_for: SignIn) -> Client:
    return client_for(world.user("specialist"))


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_sheet_has_who_and_when_and_no_navigation(episode: Episode, specialist: Client, sheet: str) -> None:
    page = specialist.get(f"/people/{episode.pk}/print/{sheet}/").content.decode()
    for words in ("Jaswinder Sandhu", episode.person.number, "Printed 14 June 2019", "casework/printed"):
        assert words in page, words
    for words in ("pw-bar", "Caseload</a>", 'class="nhsuk-header'):
        assert words not in page, words
    assert Entry.objects.filter(is_view=True, verb="view_person").count() == 1


@pytest.mark.parametrize(
    ("sheet", "says"), [(SHEETS[0], "No version has been completed"), (SHEETS[1], "No plan has been begun")]
)
def test_a_sheet_without_anything_says_so(episode: Episode, specialist: Client, sheet: str, says: str) -> None:
    assert says in specialist.get(f"/people/{episode.pk}/print/{sheet}/").content.decode()


def test_the_profile_is_the_last_completed_one(episode: Episode, specialist: Client) -> None:
    make_profile(episode, ago(40), ago(30), preferences="OLD")
    make_profile(episode, ago(20), ago(10), version=2, preferences="<i>Shop</i> work")
    make_profile(episode, ago(2), version=3, preferences="DRAFT")
    page = specialist.get(f"/people/{episode.pk}/print/profile/").content.decode()
    assert "&lt;i&gt;Shop&lt;/i&gt; work" in page
    assert "Version 2, completed 4 June 2019" in page
    assert "OLD" not in page
    assert "DRAFT" not in page


def test_the_plan_has_steps_with_owner_and_day_and_room_to_sign(episode: Episode, specialist: Client) -> None:
    plan = make_plan(episode, ago(9), steps=("Write a CV", "Ask at the shop"))
    plan.steps.filter(position=1).update(by_whom="client", due_on=ago(-5), done_on=ago(1))
    page = specialist.get(f"/people/{episode.pk}/print/plan/vocational_action/").content.decode()
    for words in ("Write a CV", "<td>Jaswinder</td>", "<td>19 June 2019</td>", "<td>13 June 2019</td>", "No day"):
        assert words in page, words
    assert "Signed by Jaswinder" in page


def test_the_job_search_sheet_holds_the_plan_the_applications_and_room(episode: Episode, specialist: Client) -> None:
    plan = make_plan(episode, ago(9), steps=("Look on Mondays",))
    Plan.unscoped.filter(pk=plan.pk).update(kind="job_search", employers="Garden centres")
    shop = make_employer(name="Oakline Foods")
    given = {"employer": shop, "role_title": "Picker", "created_at": NOW}
    Application.unscoped.create(episode=episode, on=ago(5), made_by="client", **given)
    page = specialist.get(f"/people/{episode.pk}/print/job-search/").content.decode()
    for words in ("Garden centres", "Look on Mondays", "Oakline Foods", "Applied: Picker"):
        assert words in page, words
    assert page.count('class="cp-empty"') == ROOM - 1


@pytest.mark.parametrize(("written", "empty"), [(0, 12), (5, 7), (6, 6), (40, 6)])
def test_there_is_always_room_to_write(written: int, empty: int) -> None:
    assert room([SheetRow(ago(1), "Shop", "Applied")] * written) == empty

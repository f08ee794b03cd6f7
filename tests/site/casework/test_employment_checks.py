"""Checks of work: in the data set once, refused with the reason, taken back the same day by their author."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from tests.site.casework.factories import ago, make_episode
from tests.site.conftest import NOW, World, sign_in

from placewell_web.casework.actions.employment_checks import CheckFacts, record_check
from placewell_web.casework.dataset_rows import read_all

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def staff(client: Client, world: World) -> Client:
    sign_in(client, world.user("specialist"))
    return client


def url(name: str, *arguments: object) -> str:
    return reverse(f"casework:{name}", args=arguments)


def check_sent(**more: str) -> dict[str, str]:
    return {"on-day": "13", "on-month": "6", "on-year": "2019", "status": "at_work", "weekly_hours": "16.5"} | more


def test_a_check_is_in_the_data_set_once_and_can_be_taken_back_today(staff: Client, world: World) -> None:
    episode = make_episode(world)
    for _ in range(2):
        staff.post(url("check_work", episode.pk), check_sent(on_benefits="no"))
    row = read_all(("employment_checks",))["employment_checks"].row(0, named=True)
    wanted = (str(episode.pk), ago(1), "at_work", 16.5, None, False)
    assert tuple(row.values()) == wanted
    page = staff.get(url("questionnaires", episode.pk)).content.decode()
    assert "16.5 hours a week, no out-of-work benefits" in page
    staff.post(url("undo_check", episode.pk, episode.employment_checks.get().pk))
    assert not episode.employment_checks.exists()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"status": ""}, "Choose what their work was that day."),
        ({"status": "retired"}, "Choose one of the answers in the list."),
        ({"on-day": "15"}, "on or before 14 June 2019"),
        ({"on-year": "2018"}, "on or after 1 April 2019"),
        ({"weekly_hours": "169"}, "168 or fewer"),
        ({"status": "not_working"}, "Take the hours out"),
    ],
)
def test_a_check_that_cannot_be_says_why(staff: Client, world: World, more: dict[str, str], said: str) -> None:
    episode = make_episode(world)
    assert said in staff.post(url("check_work", episode.pk), check_sent(**more)).content.decode()
    assert not episode.employment_checks.exists()


def test_another_day_or_another_person_cannot_take_a_check_back(staff: Client, world: World) -> None:
    episode = make_episode(world)
    facts = CheckFacts(ago(5), "off_sick", Decimal("10"))
    yesterday = record_check(by=world.actor("specialist"), at=NOW - timedelta(days=1), episode=episode, facts=facts)
    leaders = record_check(by=world.actor("team_leader"), at=NOW, episode=episode, facts=CheckFacts(ago(4), "at_work"))
    for one in (yesterday, leaders):
        assert one is not None
        assert staff.post(url("undo_check", episode.pk, one.pk)).status_code == 403
    assert episode.employment_checks.count() == 2

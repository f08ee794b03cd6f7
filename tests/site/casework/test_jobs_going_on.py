"""A job that runs when somebody moves or comes back: shown, and its clocks go on, where that is right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from tests.site.casework.factories import TODAY, ago, make_contact, make_episode, make_hours, make_job
from tests.site.conftest import World

from placewell_web.accounts.models import User
from placewell_web.casework.dataset_rows import read_all
from placewell_web.casework.queries import caseload
from placewell_web.clients.models import Episode

SignIn = Callable[[User | None], Client]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _still(frozen: object) -> None:
    """Friday 14 June 2019."""


def came(world: World, how: str, lot: str = "dudley", started: date | None = None, **of_the_job: Any) -> Episode:
    """In work for five weeks, closed ten days ago, and accepted again since."""
    before = make_episode(world, closed_on=ago(10), closure_reason="in_work_support_ended")
    job = make_job(before, started or ago(35), **of_the_job)
    make_hours(job, ago(14), 24)
    days = {"referred_on": ago(10), "accepted_on": ago(8)}
    after = make_episode(world, lot, before.person, follows=before, follows_how=how, **days)
    make_contact(after, ago(8))
    return after


def loaded(episode: Episode) -> caseload.Caseload:
    return caseload.load(Episode.unscoped.filter(pk=episode.pk), TODAY)


@pytest.mark.parametrize(
    ("how", "lot", "goes_on"),
    [
        ("support_again", "dudley", True),
        ("referred_again", "dudley", True),
        ("moved_lot", "wolverhampton", True),
        ("moved_alone", "wolverhampton", False),
        ("referred_again", "wolverhampton", False),
        ("", "wolverhampton", False),
    ],
)
def test_what_the_new_record_says(world: World, client_for: SignIn, how: str, lot: str, goes_on: bool) -> None:
    after = came(world, how, lot)
    found = loaded(after)
    assert ("in_work_monthly" in {row["clock"] for row in found.clocks}) is goes_on
    assert [row["job_id"] is not None for row in found.jobs[str(after.pk)]] == [True] * goes_on
    page = client_for(world.user("specialist", lot)).get(f"/people/{after.pk}/").content.decode()
    assert ("Stock assistant" in page) is goes_on
    assert ("24 h a week" in page) is goes_on
    assert ("No job yet." in page) is not goes_on
    assert ("In work" in page) is goes_on


def test_in_one_area_the_job_is_changed_where_it_is_kept(world: World, client_for: SignIn) -> None:
    after = came(world, "support_again")
    client = client_for(world.user("specialist"))
    kept = f"/people/{after.follows_id}/jobs/"
    assert f'href="{kept}"' in client.get(f"/people/{after.pk}/").content.decode()
    assert client.get(kept).status_code == 200


def test_another_area_is_told_where_it_is_kept_and_cannot_open_it(world: World, client_for: SignIn) -> None:
    after = came(world, "moved_lot", "wolverhampton")
    client = client_for(world.user("specialist", "wolverhampton"))
    page = client.get(f"/people/{after.pk}/").content.decode()
    assert "kept in the record before this one" in page
    assert str(after.follows_id) not in page
    assert client.get(f"/people/{after.follows_id}/jobs/").status_code == 404


@pytest.mark.parametrize("ended", [20, 11])
def test_a_job_that_was_over_before_is_history(world: World, client_for: SignIn, ended: int) -> None:
    after = came(world, "support_again", ended_on=ago(ended))
    assert loaded(after).jobs[str(after.pk)] == []
    assert "No job yet." in client_for(world.user("specialist")).get(f"/people/{after.pk}/").content.decode()


def test_one_that_ended_since_is_trouble_to_speak_about(world: World, client_for: SignIn) -> None:
    after = came(world, "support_again", ended_on=ago(1), end_known_on=ago(1))
    assert "job_loss" in {row["clock"] for row in loaded(after).clocks}
    page = client_for(world.user("specialist")).get(f"/people/{after.pk}/").content.decode()
    assert "Job ended" in page


def test_the_data_set_says_what_goes_on_from_where(world: World) -> None:
    rows = {how: came(world, how) for how in ("support_again", "moved_lot", "moved_alone", "referred_again")}
    said = {row["episode_id"]: (row["follows"], row["shares"]) for row in read_all()["episodes"].to_dicts()}
    assert {how: said[str(one.pk)] == (str(one.follows_id), True) for how, one in rows.items()} == {
        "support_again": True,
        "moved_lot": True,
        "moved_alone": False,
        "referred_again": False,
    }
    assert all(said[str(one.follows_id)][0] is None for one in rows.values())

"""The page of exports: who may open it, what it gives, what it says of those who took one before."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.site.casework.factories import make_caseload, make_episode
from tests.site.conftest import World

from placewell_web.accounts.models import Lot, Posting, Role, User
from placewell_web.audit.models import Entry
from placewell_web.casework.dataset_rows import SOURCES

ADDRESS = "/exports/"


@pytest.fixture
def client(world: World, client_for: Callable[[User], Client], frozen: Any) -> Client:
    return client_for(world.user(Role.MANAGER))


@pytest.mark.parametrize("file_type", ["csv", "parquet"])
def test_a_manager_takes_a_zip(world: World, client: Client, file_type: str) -> None:
    make_episode(world)
    response = client.post(ADDRESS, {"file_type": file_type})
    assert (response.status_code, response["Content-Type"]) == (200, "application/zip")
    assert response["Content-Disposition"] == f'attachment; filename="thrive_into_work-2019-06-14-1204-{file_type}.zip"'
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        assert {"manifest.json", f"people.{file_type}", f"episodes.{file_type}"} <= set(archive.namelist())
        assert archive.testzip() is None


@pytest.mark.parametrize("given", [{}, {"file_type": ""}, {"file_type": "xlsx"}, {"file_type": "../csv"}])
def test_a_wrong_choice_is_said_and_nothing_leaves(client: Client, given: dict[str, str]) -> None:
    before = Entry.objects.count()
    response = client.post(ADDRESS, given)
    assert response.status_code == 422
    assert "There is a problem" in response.content.decode()
    assert Entry.objects.count() == before


def test_the_page_names_who_took_one_before(world: World, client: Client) -> None:
    assert "Nobody has taken a data set of these lots yet" in client.get(ADDRESS).content.decode()
    client.post(ADDRESS, {"file_type": "csv"})
    page = client.get(ADDRESS).content.decode()
    assert world.user(Role.MANAGER).name in page
    assert "14 June 2019 at 12:04" in page
    assert Entry.objects.latest("sequence").target_id[:12] in page
    assert "<td>dudley</td>" in page


def test_whoever_works_in_many_lots_takes_them_all(world: World, client: Client) -> None:
    """Their names together are longer than the audit's own column of one lot."""
    manager = world.user(Role.MANAGER)
    for code in ("south_central_birmingham", "sandwell_west_birmingham"):
        lot = Lot.objects.create(code=code, name=code, provider=world.own.provider)
        Posting.objects.create(
            user=manager, role=Role.MANAGER, organisation=lot.provider, lot=lot, from_on=date(2018, 1, 1)
        )
    assert client.post(ADDRESS, {"file_type": "csv"}).status_code == 200
    taken = Entry.objects.filter(verb="download_data_set").latest("sequence")
    assert taken.lot == ""
    assert "dudley, sandwell_west_birmingham, south_central_birmingham" in client.get(ADDRESS).content.decode()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.MANAGER])
def test_other_roles_are_refused(world: World, client_for: Callable[[User], Client], frozen: Any, role: str) -> None:
    client = client_for(world.user(role))
    assert [client.get(ADDRESS).status_code, client.post(ADDRESS, {"file_type": "csv"}).status_code] == [403, 403]
    assert not Entry.objects.filter(verb="download_data_set").exists()


def test_a_data_set_costs_the_same_queries_for_few_and_for_many(world: World, client: Client) -> None:
    client.post(ADDRESS, {"file_type": "csv"})
    counts = []
    for make in (lambda: make_episode(world), lambda: make_caseload(world, 30)):
        make()
        with CaptureQueriesContext(connection) as seen:
            assert client.post(ADDRESS, {"file_type": "csv"}).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert counts[0] <= len(SOURCES) + 12, "one a table, and what signing in and the audit ask"

"""The data set as a folder: everything, of one moment, and nothing that was said in confidence."""

from __future__ import annotations

import hashlib
import io
import json
import threading
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from tests.site.casework.factories import ago, day, make_contact, make_employer, make_episode, make_job, make_person
from tests.site.conftest import World, make_world

from placewell.dataset import TABLES, Dataset, content_hash, read_folder
from placewell_web.accounts.errors import Refused
from placewell_web.accounts.models import Posting, Role
from placewell_web.accounts.service import current
from placewell_web.audit.actors import Actor
from placewell_web.audit.models import Entry
from placewell_web.casework import dataset_rows as rows
from placewell_web.casework.dataset_rows import reading
from placewell_web.casework.models import EmployerContact
from placewell_web.clients.models import Episode, Person
from placewell_web.employers.models import Activity
from placewell_web.exchange import actions, queries

SYSTEM = Actor.system("test")


def unpacked(content: bytes, place: Path) -> tuple[Path, dict[str, Any]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(place)
    manifest = place / "manifest.json"
    said = json.loads(manifest.read_text())
    manifest.unlink()
    return place, said


class TestTaken:
    """What a manager takes away."""

    @pytest.fixture(params=["csv", "parquet"])
    def taken(self, request: Any, world: World, now: datetime, tmp_path: Path) -> tuple[Path, dict[str, Any]]:
        self.own, self.other = make_episode(world), make_episode(world, "wolverhampton")
        for episode in (self.own, self.other):
            make_contact(episode, ago(3))
            make_job(episode, ago(30), employer=make_employer(episode.lot_id))
            Activity.unscoped.create(
                service_id="thrive_into_work", on=ago(9), kind="talk", specialist=episode.specialist
            )
        for lot in ("dudley", "wolverhampton", None):
            EmployerContact.unscoped.create(
                employer=make_employer(lot), on=ago(2), specialist=self.own.specialist, purpose="awareness",
                face_to_face=True, created_at=now,
            )  # fmt: skip
        self.viewer = world.viewer(Role.MANAGER)
        name, content = actions.take_data_set(
            self.viewer, file_type=request.param, by=world.actor(Role.MANAGER), at=now
        )
        assert name == f"thrive_into_work-2019-06-14-1204-{request.param}.zip"
        return unpacked(content, tmp_path)

    def test_it_holds_the_viewers_lots_and_nothing_of_others(self, taken: tuple[Path, dict[str, Any]]) -> None:
        data = read_folder(taken[0])
        assert data["episodes"]["episode_id"].to_list() == [str(self.own.pk)]
        assert data["people"]["person_id"].to_list() == [str(self.own.person_id)]
        counts = {name: frame.height for name, frame in data.items() if frame.height}
        assert counts["contacts"] == counts["jobs"] == counts["activities"] == counts["employer_contacts"] == 1
        roles = [Role.SPECIALIST, Role.TEAM_LEADER, Role.MANAGER, Role.ADMINISTRATOR]
        staff = Posting.objects.filter(lot="dudley", role__in=roles).values_list("user_id", flat=True)
        assert set(data["postings"]["specialist_id"]) == set(map(str, staff))

    def test_it_is_every_table_of_the_data_set(self, taken: tuple[Path, dict[str, Any]]) -> None:
        assert {file.stem for file in taken[0].iterdir()} == set(TABLES)

    def test_the_manifest_says_who_when_what_and_the_check_sum_of_each_file(
        self, taken: tuple[Path, dict[str, Any]]
    ) -> None:
        folder, manifest = taken
        assert manifest["taken_by"] == self.viewer.name
        assert manifest["taken_at"] == "2019-06-14T12:04:00+01:00"
        assert manifest["lots"] == ["dudley"]
        assert manifest["specification"] == {"version": current().version, "hash": current().hash}
        data = read_folder(folder)
        assert manifest["data"] == content_hash(data)
        assert manifest["rows"] == {name: frame.height for name, frame in data.items() if frame.height}
        sums = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.iterdir()}
        assert manifest["files"] == sums

    def test_the_audit_has_it(self, taken: tuple[Path, dict[str, Any]]) -> None:
        entry = Entry.objects.latest("sequence")
        assert (entry.verb, entry.target_kind, entry.target_id) == (
            "download_data_set",
            "data_set",
            taken[1]["data"],
        )
        assert entry.lot == "dudley"
        assert json.loads(entry.detail)["rows"] == taken[1]["rows"]
        assert [one.pk for one in queries.recent_downloads(self.viewer)] == [entry.pk]


def test_downloads_of_other_lots_are_not_listed(world: World, now: datetime) -> None:
    actions.take_data_set(world.viewer(Role.MANAGER), file_type="csv", by=world.actor(Role.MANAGER), at=now)
    assert queries.recent_downloads(world.viewer(Role.MANAGER, "wolverhampton")) == []


@pytest.mark.parametrize("role", [role for role in Role if role != Role.MANAGER])
def test_nobody_else_may_take_it(world: World, now: datetime, role: str) -> None:
    before = Entry.objects.count()
    with pytest.raises(Refused, match="Only a service manager"):
        actions.take_data_set(world.viewer(role), file_type="csv", by=world.actor(role), at=now)
    assert Entry.objects.count() == before


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", ["everything", "lots"])
def test_the_folder_is_of_one_moment_while_others_write(
    way: str, monkeypatch: pytest.MonkeyPatch, transactional_db: None
) -> None:
    """A whole new person comes in after the first table was read: none of their rows is in the folder."""
    world = make_world()
    make_contact(make_episode(world), ago(5))
    read, written = reading._rows, threading.Event()

    def write() -> None:
        try:
            episode = make_episode(world, person=make_person("Kiran", "Dhillon"))
            make_contact(episode, ago(1))
            make_job(episode, ago(1))
        finally:
            connection.close()
        written.set()

    def then_write(*given: Any) -> Any:
        found = read(*given)
        if not written.is_set():
            writer = threading.Thread(target=write)
            writer.start()
            writer.join(15)
            assert written.is_set(), "the writer had to wait for the reader"
        return found

    monkeypatch.setattr(reading, "_rows", then_write)
    viewer = world.viewer(Role.MANAGER)
    data = rows.read_all() if way == "everything" else queries.data_set(viewer)
    monkeypatch.undo()
    assert Person.unscoped.count() == 2
    assert {name: data[name].height for name in ("people", "episodes", "contacts", "jobs")} == {
        "people": 1,
        "episodes": 1,
        "contacts": 1,
        "jobs": 0,
    }
    assert {name: rows.read_all()[name].height for name in ("people", "contacts", "jobs")} == {
        "people": 2,
        "contacts": 2,
        "jobs": 1,
    }


class TestCommand:
    def test_it_writes_the_folder_and_says_how_many_rows(
        self, world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        make_contact(make_episode(world), day("2019-05-01"))
        call_command("write_dataset", tmp_path / "data")
        data = read_folder(tmp_path / "data")
        rows_written = sum(frame.height for _, frame in data.items())
        assert data["contacts"].height == 1
        assert capsys.readouterr().out.strip() == f"{rows_written} rows written to {tmp_path / 'data'}"
        assert {file.suffix for file in (tmp_path / "data").iterdir()} == {".parquet"}

    def test_it_replaces_a_data_set_and_nothing_else(self, world: World, tmp_path: Path) -> None:
        call_command("write_dataset", tmp_path / "data", "--file-type", "csv", verbosity=0)
        make_episode(world)
        call_command("write_dataset", tmp_path / "data", "--file-type", "csv")
        assert read_folder(tmp_path / "data")["episodes"].height == 1
        (tmp_path / "mine").mkdir()
        (tmp_path / "mine" / "letter.txt").write_text("keep me")
        before = Entry.objects.count()
        with pytest.raises(CommandError, match=r"letter\.txt"):
            call_command("write_dataset", tmp_path / "mine")
        assert (tmp_path / "mine" / "letter.txt").read_text() == "keep me"
        assert Entry.objects.count() == before


def test_nothing_of_an_empty_site_is_an_empty_data_set(db: None) -> None:
    assert rows.read_all() == Dataset.from_rows({})
    assert rows.read_episodes(Episode.unscoped.none(), lots=["dudley"]) == Dataset.from_rows({})

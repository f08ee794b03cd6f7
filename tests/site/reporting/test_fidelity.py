"""The page of fidelity says what the library says of the exported folder, for one's own lots, and names nobody."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from django.test import Client
from markupsafe import escape

from placewell.dataset import Dataset, read_folder
from placewell.fidelity import PreScores, chosen_scale
from placewell.periods import parse_period
from placewell.reports.fidelity import fidelity_object
from placewell_web.accounts.models import User
from placewell_web.accounts.service import current
from placewell_web.accounts.viewer import Viewer
from placewell_web.audit.actors import Actor
from placewell_web.audit.models import Entry
from placewell_web.clients.models import Person
from placewell_web.exchange.actions import write_data_set
from placewell_web.reporting import queries
from placewell_web.reporting.queries import Scope

FIRST, DAY = date(2017, 10, 1), date(2019, 6, 14)
SPEC = current().as_of(DAY)
SCALES = ("adapted", "ips_25")
ASKED = "lot=dudley&period=Y2Q3&as_at=2019-06-14"


def scope(lot: str | None = "dudley") -> Scope:
    return Scope(lot, "Dudley", parse_period("Y2Q3", FIRST), DAY)


@pytest.fixture
def exported(small_demo: None, tmp_path: Path, now: datetime) -> Dataset:
    write_data_set(tmp_path / "data", file_type="parquet", by=Actor.system("test"), at=now)
    return read_folder(tmp_path / "data")


def test_items_and_members_are_those_of_the_exported_folder(viewer: Viewer, exported: Dataset) -> None:
    for scale in (chosen_scale(SPEC, id) for id in SCALES):
        for lot in ("dudley", None):
            page = queries.fidelity(viewer, scope(lot), scale)
            assert page["items"] == fidelity_object(SPEC, scale, exported, DAY, lot=lot)["items"]
            values = [measure["value"] for item in page["items"] for measure in item["measures"]]
            assert sum(bool(value) for value in values) > len(values) // 2
        found = PreScores(SPEC, scale, exported, DAY, lot="dudley")
        for item in scale.items:
            assert queries.fidelity_members(viewer, scope(), scale, item.id).equals(found.item(item.id).members)


def test_the_services_own_guidelines_come_first() -> None:
    assert [one.id for one in queries.scales(DAY)] == list(SCALES)


class TestPages:
    @pytest.fixture(autouse=True)
    def _signed_in(self, manager: User, client_for: Callable[[User], Client], frozen: object) -> None:
        self.client = client_for(manager)

    def page(self, more: str = "") -> str:
        answer = self.client.get(f"/fidelity/?{ASKED}{more}")
        assert answer.status_code == 200
        return answer.content.decode()

    @pytest.mark.parametrize("more", ["", "&scale=nonsense"])
    def test_every_item_of_the_guidelines_with_its_value(self, viewer: Viewer, more: str) -> None:
        page, scale = self.page(more), chosen_scale(SPEC, "adapted")
        for item in scale.items:
            assert str(escape(item.label)) in page
        assert "asked: at most 35 in year 2" in page
        assert "No bands are published for this scale." in page
        assert f'href="/fidelity/?{ASKED.replace("&", "&amp;")}&amp;scale=ips_25"' in page

    def test_the_published_scale_with_scores_and_how_sure_its_thresholds_are(self, viewer: Viewer) -> None:
        page, scale = self.page("&scale=ips_25"), chosen_scale(SPEC, "ips_25")
        done = queries.fidelity(viewer, scope(), scale)["pre_scored"]
        assert done["items"] > 4
        assert f"{done['items']} items are scored from records, {done['total']} of {done['most']} points" in page
        assert "Thresholds: confirmed from a public page" in page
        assert "Good fidelity from 100" in page

    def test_nobody_is_named_on_the_page_or_in_the_file(self) -> None:
        told = self.page() + self.client.get(f"/fidelity/adapted/staffing_1.csv?{ASKED}").content.decode()
        for person in Person.unscoped.all()[:60]:
            assert f"{person.first_name} {person.surname}" not in told

    def test_the_file_has_the_rows_of_the_members_and_is_written_down(self, viewer: Viewer) -> None:
        answer = self.client.get(f"/fidelity/ips_25/caseload_size.csv?{ASKED}")
        rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
        members = queries.fidelity_members(viewer, scope(), chosen_scale(SPEC, "ips_25"), "caseload_size")
        assert [row["subject_id"] for row in rows] == members["subject_id"].to_list()
        assert (
            answer["Content-Disposition"] == 'attachment; filename="fidelity-caseload_size-dudley-as-at-2019-06-14.csv"'
        )
        entry = Entry.objects.latest("sequence")
        assert (entry.verb, entry.target_id, entry.lot, entry.is_view) == (
            "download_members", "ips_25.caseload_size", "dudley", True,
        )  # fmt: skip
        assert sorted(json.loads(entry.detail)["shown"]) == sorted(set(members["episode_id"]))

    @pytest.mark.parametrize("address", ["ips_25/nonsense", "nonsense/caseload_size", "adapted/caseload_size"])
    def test_an_item_that_there_is_not(self, address: str) -> None:
        assert self.client.get(f"/fidelity/{address}.csv?{ASKED}").status_code == 404

    @pytest.mark.parametrize("address", ["/fidelity/", "/fidelity/ips_25/caseload_size.csv"])
    def test_a_lot_that_there_is_not(self, address: str) -> None:
        answer = self.client.get(f"{address}?lot=leeds")
        assert answer.status_code == 422
        assert 'action="/fidelity/"' in answer.content.decode()

    def test_the_quarter_leads_here(self) -> None:
        assert 'href="/fidelity/?' in self.client.get("/quarter/?lot=dudley").content.decode()


def test_a_leader_sees_no_other_lot(leader: User, client_for: Callable[[User], Client], frozen: object) -> None:
    client = client_for(leader)
    own = leader.postings.get().lot.code
    other = next(code for code in ("dudley", "wolverhampton") if code != own)
    assert client.get(f"/fidelity/?lot={own}").status_code == 200
    assert client.get(f"/fidelity/?lot={other}").status_code == 422

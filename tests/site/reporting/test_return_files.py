"""The return as a file: what the command line makes of the exported folder, for whom the page is, and written down."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.library.interchange.sheets import sheet_names
from tests.site.reporting.test_figures import hard_histories

from placewell.cli.main import main
from placewell.interchange.tabular import BOM
from placewell_web.accounts.models import Role, User
from placewell_web.accounts.queries import viewer_of
from placewell_web.accounts.service import current
from placewell_web.accounts.viewer import Viewer
from placewell_web.audit.actors import Actor
from placewell_web.audit.models import Entry
from placewell_web.exchange import demo
from placewell_web.exchange.actions import write_data_set
from placewell_web.reporting import queries
from placewell_web.reporting.queries import Scope

FORMS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "html": "text/html; charset=utf-8",
}
ASKED = [("Y2Q3", "dudley", "2019-06-14"), ("2019-04-01/2019-06-01", None, "2019-05-20")]


@pytest.fixture
def client(manager: User, client_for: Callable[[User], Client], frozen: object) -> Client:
    return client_for(manager)


def address(form: str, period: str, lot: str | None, as_at: str) -> str:
    return f"/quarter/return.{form}?period={period}&lot={lot or ''}&as_at={as_at}"


def test_a_file_is_what_the_command_line_makes_of_the_exported_folder(
    client: Client, now: datetime, tmp_path: Path
) -> None:
    """Byte for byte, in every form, with the same hash of the data in its foot."""
    hard_histories()
    write_data_set(tmp_path / "data", file_type="csv", by=Actor.system("test"), at=now)
    for period, lot, as_at in ASKED:
        for form in FORMS:
            out = tmp_path / f"return.{form}"
            words = ["report", "thrive_into_work", "--data", tmp_path / "data", "--period", period, "--as-at", as_at]
            words += ["--format", form, "--out", out, *(["--lot", lot] if lot else [])]
            assert main([str(word) for word in words]) == 0
            content = client.get(address(form, period, lot, as_at)).content
            assert content.removeprefix(BOM.encode()) == out.read_bytes(), (period, form)


@pytest.mark.parametrize("form", FORMS)
def test_a_file_says_what_it_is(client: Client, form: str) -> None:
    response = client.get(address(form, "Y2Q3", "dudley", "2019-06-14"))
    assert (response.status_code, response["Content-Type"]) == (200, FORMS[form])
    name = f"thrive_into_work-return-dudley-Y2Q3-as-at-2019-06-14.{form}"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    if form == "xlsx":
        assert sheet_names(response.content) == ["Return", "Breakdowns", "Members", "Definitions", "About", "Data"]
    else:
        assert response.content.decode().startswith({"csv": f"{BOM}service,", "html": "<!DOCTYPE html>"}[form])


def test_the_name_of_all_lots_over_some_days(client: Client) -> None:
    response = client.get(address("csv", "2019-04-01/2019-06-01", None, "2019-06-10"))
    assert "thrive_into_work-return-2019-04-01_2019-06-01-as-at-2019-06-10.csv" in response["Content-Disposition"]


@pytest.mark.parametrize("form", FORMS)
def test_taking_one_is_written_down(client: Client, viewer: Viewer, form: str) -> None:
    before = Entry.objects.count()
    client.get(address(form, "Y2Q3", "dudley", "2019-06-14"))
    [entry] = Entry.objects.order_by("sequence")[before:]
    assert (entry.verb, entry.target_kind, entry.target_id, entry.lot) == (
        "download_return",
        "return",
        "Y2Q3",
        "dudley",
    )
    assert (entry.is_view, entry.actor_name) == (True, viewer.name)
    report, spec = queries.report(viewer, Scope("dudley", "Dudley", *asked("Y2Q3", date(2019, 6, 14))))
    assert json.loads(entry.detail) == {
        "as_at": "2019-06-14",
        "form": form,
        "data": report["data"],
        "specification": {"version": spec.version, "hash": spec.hash},
    }


def asked(period: str, as_at: date) -> tuple[object, date]:
    from placewell.periods import parse_period

    return parse_period(period, current().service.first_quarter_starts), as_at


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("period=Y2Q9", "is not a period"),
        ("as_at=2019-06-15", "in the future"),
        ("lot=nowhere", "Choose one of your lots"),
    ],
)
def test_what_cannot_be_made_is_said_and_nothing_is_written_down(client: Client, query: str, words: str) -> None:
    before = Entry.objects.filter(verb="download_return").count()
    for form in FORMS:
        response = client.get(f"/quarter/return.{form}?{query}")
        page = response.content.decode()
        assert (response.status_code, words in page) == (422, True)
        assert 'action="/quarter/"' in page
    assert Entry.objects.filter(verb="download_return").count() == before


def test_a_leader_takes_their_own_lot_and_no_other(
    leader: User, now: datetime, client_for: Callable[[User], Client], frozen: object
) -> None:
    own = next(iter(viewer_of(leader, now.date()).lots))
    for lot in [one.code for one in current().service.lots]:
        for form in FORMS:
            status = client_for(leader).get(f"/quarter/return.{form}?lot={lot}").status_code
            assert status == (200 if lot == own else 422), (lot, form)


def test_a_lot_that_the_viewer_does_not_work_in_is_refused(leader: User, now: datetime) -> None:
    viewer = viewer_of(leader, now.date())
    for lot in {one.code for one in current().service.lots} - viewer.lots | {None}:
        with pytest.raises(PermissionError):
            queries.report(viewer, Scope(lot, "", *asked("Y2Q3", now.date())))


def test_other_roles_get_none(small_demo: None, client_for: Callable[[User], Client], frozen: object) -> None:
    for role in (Role.SPECIALIST, Role.PROGRAMME, Role.COMMISSIONER, Role.EVALUATOR, Role.ADMINISTRATOR):
        user = User.objects.filter(postings__role=role).order_by("name").first()
        assert user is not None
        for form in FORMS:
            assert client_for(user).get(f"/quarter/return.{form}").status_code == 403, (role, form)


def test_the_page_offers_what_it_shows(client: Client) -> None:
    page = client.get("/quarter/?lot=dudley&period=Y2Q2&as_at=2019-04-20").content.decode()
    for form in FORMS:
        assert f'href="/quarter/return.{form}?lot=dudley&amp;period=Y2Q2&amp;as_at=2019-04-20" download' in page


def test_goals_a_provider_sets_itself_are_on_its_page_and_not_in_the_return(viewer: Viewer, settings: Any) -> None:
    settings.LOCAL_TARGETS = str(Path(demo.__file__).parent / "targets.toml")
    queries.forget()
    scope = Scope("dudley", "Dudley", *asked("Y2Q3", date(2019, 6, 14)))
    assert any(figure.target is not None for figure in queries.figures(viewer, scope).values())
    report, _ = queries.report(viewer, scope)
    assert {figure["target"] for figure in report["indicators"]} == {None}
    queries.forget()


def test_the_data_hash_follows_a_change(viewer: Viewer, now: datetime) -> None:
    scope = Scope("dudley", "Dudley", *asked("Y2Q3", date(2019, 6, 14)))
    before = queries.report(viewer, scope)[0]["data"]
    hard_histories()
    assert queries.report(viewer, scope)[0]["data"] != before

"""The figures on pages are the library's figures of the exported folder, and each opens to its own rows."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from django.test import Client
from markupsafe import escape

from placewell.periods import Period, parse_period
from placewell.reports.wording import amount
from placewell_web.accounts.models import Role, User
from placewell_web.accounts.queries import viewer_of
from placewell_web.accounts.service import current
from placewell_web.accounts.viewer import Viewer
from placewell_web.audit.actors import Actor
from placewell_web.audit.models import Entry
from placewell_web.exchange.actions import write_data_set
from placewell_web.reporting import queries
from placewell_web.reporting.queries import Scope

FIRST = date(2017, 10, 1)
IDS = [one.id for one in current().indicators.computed]


def scope(period: str = "Y2Q3", lot: str | None = "dudley", as_at: date = date(2019, 6, 14)) -> Scope:
    return Scope(lot, "Dudley", parse_period(period, FIRST), as_at)


def report(folder: Path, period: str, lot: str, as_at: str) -> dict[str, dict[str, object]]:
    """What `placewell report` says of the folder, run as its own program."""
    placewell = Path(sys.executable).with_name("placewell")
    done = subprocess.run(
        [
            placewell,
            "report",
            "thrive_into_work",
            "--data",
            folder,
            "--period",
            period,
            "--lot",
            lot,
            "--as-at",
            as_at,
            "--format",
            "json",
        ],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return {one["id"]: one for one in json.loads(done.stdout)["indicators"]}


def test_the_page_and_the_exported_folder_say_the_same(viewer: Viewer, now: datetime, tmp_path: Path) -> None:
    write_data_set(tmp_path / "data", file_type="parquet", by=Actor.system("test"), at=now)
    for period, as_at in (("Y2Q3", "2019-06-14"), ("Y2Q2", "2019-04-20"), ("Y2", "2019-06-14")):
        told = report(tmp_path / "data", period, "dudley", as_at)
        shown = queries.figures(viewer, scope(period, as_at=date.fromisoformat(as_at)))
        assert set(told) == set(shown)
        for id, figure in shown.items():
            mine = json.loads(json.dumps(figure.as_dict()))
            for key in ("numerator", "denominator", "value", "members", "breakdowns"):
                assert mine[key] == told[id][key], (period, id, key)
        assert sum(figure["members"]["counted"] for figure in told.values()) > 0


def test_a_figure_is_the_count_of_its_list(viewer: Viewer) -> None:
    for indicator, figure in queries.figures(viewer, scope()).items():
        members = queries.members(viewer, scope(), indicator)
        counts = dict(members["status"].value_counts().iter_rows())
        assert {status: counts.get(status, 0) for status in figure.members} == dict(figure.members), indicator


def test_a_new_fact_changes_the_figure_at_once(viewer: Viewer, now: datetime) -> None:
    from placewell_web.audit.actions import record
    from placewell_web.casework.models import Contact
    from placewell_web.clients.models import Episode

    before = queries.figures(viewer, scope())["referrals"].value
    episode = Episode.unscoped.filter(lot="dudley").first()
    assert episode is not None
    copy = Episode.unscoped.get(pk=episode.pk)
    copy.pk, copy.referred_on, copy.accepted_on, copy.declined_on, copy.closed_on = (
        None,
        date(2019, 6, 13),
        None,
        None,
        None,
    )
    copy._state.adding = True
    copy.id = Contact._meta.pk.get_default()
    copy.save(force_insert=True)
    record(by=Actor.system("test"), at=now, verb="receive_referral", target_kind="episode", target_id=copy.pk)
    assert queries.figures(viewer, scope())["referrals"].value == before + 1  # type: ignore[operator]


def test_looking_changes_nothing_that_is_kept(viewer: Viewer, now: datetime) -> None:
    from placewell_web.audit.actions import record_view

    first = queries.figures(viewer, scope())
    record_view(by=Actor.system("test"), at=now, verb="view_person", target_kind="episode", target_id="x")
    assert queries.figures(viewer, scope())["engaged"] is first["engaged"]


def test_months_are_whole_and_end_before_the_day(viewer: Viewer) -> None:
    months = queries.months(viewer, scope(), ["engaged"])["engaged"]
    assert months[-1].start == date(2019, 5, 1)
    assert months[0].start == FIRST
    assert len(months) == 20


def test_months_of_a_quarter_add_up_for_what_happens_once(viewer: Viewer) -> None:
    as_at = date(2019, 6, 14)
    months = queries.months(viewer, scope(), ["referrals"])["referrals"]
    quarter = queries.figures(viewer, scope("Y2Q2", as_at=as_at))["referrals"]
    own = [month.value for month in months if date(2019, 1, 1) <= month.start < date(2019, 4, 1)]
    assert sum(value or 0 for value in own) == quarter.value


def test_figures_of_a_lot_that_is_not_theirs_are_refused(leader: User, now: datetime) -> None:
    viewer = viewer_of(leader, now.date())
    own = set(dict(queries.lots(viewer)))
    assert own == set(viewer.lots)
    assert len(own) == 1
    for lot in {one.code for one in current().service.lots} - own | {None}:
        with pytest.raises(PermissionError):
            queries.figures(viewer, scope(lot=lot))


def test_a_leader_s_page_refuses_another_lot(
    leader: User, now: datetime, client_for: Callable[[User], Client], frozen: object
) -> None:
    own = next(iter(viewer_of(leader, now.date()).lots))
    for lot in [one.code for one in current().service.lots if one.code != own] + ["nowhere"]:
        for address in ("/quarter/", "/figures/engaged/", "/figures/engaged/members.csv"):
            response = client_for(leader).get(f"{address}?lot={lot}")
            assert response.status_code == 422
            assert "Choose one of your lots" in response.content.decode()


def test_who_has_every_lot_may_see_them_together(viewer: Viewer) -> None:
    assert dict(queries.lots(viewer))[""] == "All lots"
    together = queries.figures(viewer, scope(lot=None))["referrals"].value
    apart = [queries.figures(viewer, scope(lot=lot.code))["referrals"].value for lot in current().service.lots]
    assert together == sum(apart)  # type: ignore[arg-type]


class TestPages:
    @pytest.fixture(autouse=True)
    def _signed_in(self, manager: User, client_for: Callable[[User], Client], frozen: object) -> None:
        self.client = client_for(manager)

    def test_the_quarter_shows_every_indicator_once_with_its_value(self, viewer: Viewer) -> None:
        page = self.client.get("/quarter/?lot=dudley").content.decode()
        for id, figure in queries.figures(viewer, scope()).items():
            link = re.findall(rf'href="/figures/{id}/\?[^"]*show=counted"[^>]*>([^<]*)<', page)
            assert link == [amount(figure.value, figure.unit)], id

    def test_the_quarter_says_lot_period_and_day(self) -> None:
        page = self.client.get("/quarter/?lot=dudley").content.decode()
        for words in ("Dudley", "Year 2 quarter 3", "1 April to 30 June 2019", "14 June 2019"):
            assert words in page

    def test_what_cannot_be_shown_is_said(self) -> None:
        refused = [
            ("period=Y2Q9", "is not a period"),
            ("period=Y3Q1", "has not begun"),
            ("as_at=2019-06-15", "in the future"),
            ("as_at=2019-02-30", "is not a date"),
            ("lot=nowhere", "Choose one of your lots"),
            ("period=%00%F0", "is not a period"),
            ("period=Y99999999999999999999", "period"),
        ]
        for query, words in refused:
            for address in ("/quarter/", "/figures/engaged/", "/figures/engaged/members.csv"):
                response = self.client.get(f"{address}?{query}")
                assert response.status_code == 422, (address, query)
                assert words in response.content.decode(), query

    def test_every_figure_opens(self) -> None:
        lists = [("job_starts", show) for show in ("counted", "not_counted", "not_due", "excluded")]
        for indicator, show in [*((id, "") for id in IDS), *lists]:
            response = self.client.get(f"/figures/{indicator}/?lot=dudley&show={show}")
            assert response.status_code == 200, (indicator, show)

    def test_the_four_lists_add_up_to_the_heading(self, viewer: Viewer) -> None:
        page = self.client.get("/figures/job_start_16_and_over/?lot=dudley").content.decode()
        tabs = [int(number) for number in re.findall(r"<b>(\d+)</b></a></li>", page)]
        heading = re.search(r"The ([\d,]+) people behind it", page)
        assert heading is not None
        assert sum(tabs[-4:]) == int(heading[1].replace(",", ""))

    def test_a_wrong_choice_falls_back(self) -> None:
        for rest in ("show=all", "page=0", "page=abc", "by=postcode", "page=99999", "show=<script>"):
            response = self.client.get(f"/figures/engaged/?lot=dudley&{rest}")
            assert response.status_code == 200, rest
            assert "<script>" not in response.content.decode().split("<main")[1].split("</main")[0]

    def test_an_unknown_indicator_is_not_found(self) -> None:
        assert self.client.get("/figures/nothing/").status_code == 404
        assert self.client.get("/figures/gp_appointments/").status_code == 404

    def test_the_file_has_the_same_rows_and_no_names(self, viewer: Viewer) -> None:
        response = self.client.get("/figures/engaged/members.csv?lot=dudley")
        lines = response.content.decode("utf-8-sig").strip().splitlines()
        members = queries.members(viewer, scope(), "engaged")
        assert len(lines) == members.height + 1
        assert lines[0].split(",")[:6] == ["subject_id", "episode_id", "person_id", "status", "reason", "outcome_on"]
        from placewell_web.clients.models import Person

        for person in Person.unscoped.all()[:40]:
            assert person.surname not in response.content.decode() or len(person.surname) < 4

    def test_opening_a_list_is_written_down_with_whom_it_showed(self) -> None:
        before = Entry.objects.count()
        self.client.get("/figures/engaged/?lot=dudley&show=counted")
        added = list(Entry.objects.order_by("sequence")[before:])
        assert [entry.verb for entry in added] == ["view_members"]
        assert added[0].is_view

    def test_the_contract_names_every_indicator_with_its_clause(self) -> None:
        page = self.client.get("/contract/").content.decode()
        for one in current().indicators.indicators:
            assert one.name.replace("'", "&#39;") in page

    def test_the_contract_names_what_else_it_states(self) -> None:
        page = self.client.get("/contract/").content.decode()
        service, governance = current().service, current().governance
        assert governance is not None
        stated = (*service.principles, *service.research_questions, *governance.commitments, *governance.policies)
        for one in (*stated, *current().referral.routes):
            assert str(escape(one.label)) in page, one.id
        for named in (*service.organisations, *service.lot_groupings):
            assert str(escape(named.name)) in page, named.id


def test_other_roles_see_no_exact_figures(
    small_demo: None, client_for: Callable[[User], Client], frozen: object
) -> None:
    for role in (Role.SPECIALIST, Role.PROGRAMME, Role.COMMISSIONER, Role.EVALUATOR, Role.ADMINISTRATOR):
        user = User.objects.filter(postings__role=role).order_by("name").first()
        assert user is not None
        for address in ("/quarter/", "/figures/engaged/", "/figures/engaged/members.csv"):
            assert client_for(user).get(address).status_code == 403, (role, address)


def test_a_period_carries_its_label() -> None:
    assert parse_period("Y2Q3", FIRST) == Period("Y2Q3", date(2019, 4, 1), date(2019, 7, 1))

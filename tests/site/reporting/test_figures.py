"""The figures on pages are the library's figures of the exported folder, and each opens to its own rows."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Literal

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from markupsafe import escape
from tests.site.casework.factories import (
    make_contact,
    make_episode,
    make_evidence,
    make_hours,
    make_job,
    make_person,
)
from tests.site.conftest import World

from placewell.periods import Period, parse_period
from placewell.reports.wording import amount
from placewell_web.accounts.models import GpPractice, Lot, Posting, Role, Team, User
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


ASKED = [
    ("Y2Q3", "dudley", "2019-06-14"),
    ("Y2Q3", "dudley", "2019-05-20"),
    ("Y2Q2", "dudley", "2019-04-20"),
    ("Y2", "wolverhampton", "2019-06-14"),
    ("2019-04-01/2019-06-01", "sandwell_west_birmingham", "2019-06-10"),
    ("Y1Q4", "south_central_birmingham", "2019-06-14"),
]


@pytest.mark.parametrize("file_type", ["parquet", "csv"])
def test_the_page_and_the_exported_folder_say_the_same(
    viewer: Viewer, now: datetime, tmp_path: Path, file_type: Literal["parquet", "csv"]
) -> None:
    """Also where hours change, evidence is rejected after it was verified, people come again and are merged."""
    hard_histories()
    write_data_set(tmp_path / "data", file_type=file_type, by=Actor.system("test"), at=now)
    for period, lot, as_at in ASKED:
        told = report(tmp_path / "data", period, lot, as_at)
        shown = queries.figures(viewer, scope(period, lot, date.fromisoformat(as_at)))
        assert set(told) == set(shown)
        for id, figure in shown.items():
            mine = json.loads(json.dumps(figure.as_dict()))
            for key in ("numerator", "denominator", "value", "members", "breakdowns", "outstanding"):
                assert mine[key] == told[id][key], (period, id, key)
        assert sum(figure["members"]["counted"] for figure in told.values()) > 0


def test_a_figure_follows_what_was_rejected_later_and_who_came_again(viewer: Viewer) -> None:
    person, second = hard_histories()
    started = {day: queries.members(viewer, scope(as_at=day), "job_start_16_and_over") for day in (MAY, JUNE)}
    again = {day: frame.filter(frame["subject_id"] == person) for day, frame in started.items()}
    assert [again[day]["status"].to_list()[:1] for day in (MAY, JUNE)] == [["counted"], ["not_counted"]]
    weeks = queries.members(viewer, scope(), "six_weeks_total")
    mine = weeks.filter(weeks["subject_id"] == person)
    assert mine["outcome_on"].to_list()[0] == date(2019, 5, 13), "42 days from 2 April"
    referred = queries.members(viewer, scope(), "re_referrals")
    assert second in referred.filter(referred["status"] == "counted")["subject_id"].to_list()


MAY, JUNE = date(2019, 5, 20), date(2019, 6, 14)


def hard_histories() -> tuple[str, str]:
    """Someone referred twice, hours that change, a proof verified and rejected later, a record merged into theirs.

    Returns the person's id and that of their second episode.
    """
    lot = Lot.objects.get(code="dudley")
    team = Team.objects.filter(lot=lot).first()
    specialist = Posting.objects.filter(role=Role.SPECIALIST, lot=lot).first()
    assert team is not None
    assert specialist is not None
    world = World(
        lot,
        lot,
        {"dudley": team},
        {("dudley", "specialist"): specialist.user},
        specialist.user,
        {},
        {"dudley": GpPractice.objects.filter(lot=lot).first()},  # type: ignore[dict-item]
    )
    person = make_person("Hard", "History", number="TW-90001", postcode="DY1 1AA")
    first = make_episode(world, person=person, referred_on=date(2019, 3, 20), accepted_on=date(2019, 4, 1))
    second = make_episode(world, person=person, referred_on=date(2019, 6, 3), accepted_on=date(2019, 6, 4))
    make_person("Hard", "Hystory", number="TW-90002", merged_into=person)
    job = make_job(first, date(2019, 4, 2), contract_hours=16, ended_on=date(2019, 6, 1))
    make_hours(job, date(2019, 4, 2), 16, date(2019, 4, 30))
    make_hours(job, date(2019, 5, 1), 12, date(2019, 5, 20))
    make_hours(job, date(2019, 5, 21), None)
    make_evidence(
        first, job, about_on=date(2019, 4, 2), received_on=date(2019, 4, 9), status="rejected",
        verified_on=date(2019, 4, 12), decided_on=date(2019, 6, 5),
    )  # fmt: skip
    make_contact(first, date(2019, 4, 3))
    make_contact(second, date(2019, 6, 5))
    queries.forget()
    return str(person.pk), str(second.pk)


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

    def test_a_figure_s_chart_is_there_for_a_wide_and_for_a_narrow_screen_and_as_numbers(self) -> None:
        page = self.client.get("/figures/job_start_16_and_over/?lot=dudley").content.decode()
        wide, narrow = re.findall(
            r'<svg class="pw-xmr[^"]*".*?<title[^>]*>(.*?)</title>.*?<desc[^>]*>(.*?)</desc>', page, re.S
        )
        assert wide == narrow
        assert wide[0].endswith(", Dudley")
        ids = re.findall(r'\sid="([^"]+)"', page)
        assert len(ids) == len(set(ids))
        numbers = page.partition("Show the numbers")[2].partition("</table>")[0]
        assert numbers.count('<th scope="row">') > 0

    def test_the_four_lists_add_up_to_the_heading(self, viewer: Viewer) -> None:
        page = self.client.get("/figures/job_start_16_and_over/?lot=dudley").content.decode()
        tabs = [int(number) for number in re.findall(r"<b>(\d+)</b></a></li>", page)]
        heading = re.search(r"The ([\d,]+) people behind it", page)
        assert heading is not None
        assert sum(tabs[-4:]) == int(heading[1].replace(",", ""))

    def test_a_page_after_the_last_is_the_last(self, viewer: Viewer) -> None:
        height = queries.figures(viewer, scope())["referrals"].members["excluded"]
        address = "/figures/referrals/?lot=dudley&show=excluded&page="
        pages = [self.client.get(f"{address}{page}").content.decode().split("<main")[1] for page in (1, 99999)]
        rows = [page.split("month by month")[0].count('class="pw-cell-who"') for page in pages]
        assert rows == [min(height, 50), height % 50 or 50] if height > 50 else [height, height]

    def test_a_cell_of_a_breakdown_opens_its_people(self, viewer: Viewer) -> None:
        page = self.client.get("/figures/referrals/?lot=dudley&by=gender").content.decode()
        links = re.findall(r'href="([^"]*&amp;key=[^"]*)#members">(\d+)</a>', page)
        assert links
        for link, shown in links:
            listed = self.client.get(link.replace("&amp;", "&")).content.decode()
            assert f"Only {shown} of them" in listed
            taken = re.search(r'href="(/figures/referrals/members.csv[^"]*)"', listed)
            assert taken is not None
            file = self.client.get(taken[1].replace("&amp;", "&")).content.decode("utf-8-sig")
            assert len(file.strip().splitlines()) - 1 == int(shown)

    def test_a_list_of_the_file_is_the_list_of_the_page(self, viewer: Viewer) -> None:
        members = queries.members(viewer, scope(), "job_starts")
        for status in ("counted", "not_counted", "not_due", "excluded"):
            response = self.client.get(f"/figures/job_starts/members.csv?lot=dudley&show={status}")
            lines = response.content.decode("utf-8-sig").strip().splitlines()[1:]
            assert [line.split(",")[0] for line in lines] == members.filter(members["status"] == status)[
                "subject_id"
            ].to_list()
            assert f"job_starts-{status}-dudley-Y2Q3" in response["Content-Disposition"]

    def test_every_fault_of_the_quarter_opens_as_many_people_as_it_says(self, viewer: Viewer) -> None:
        hard_histories()
        lacking = [one for one in queries.lacking(viewer, scope()) if one.lacks in queries.PROOF]
        assert lacking
        for one in lacking:
            people: set[str] = set()
            for id in one.indicators:
                members = queries.members(viewer, scope(), id)
                people |= set(members.filter(members["lacks"] == one.lacks)["person_id"])
            assert len(people) == one.people
        page = self.client.get("/quarter/?lot=dudley").content.decode()
        assert "What to put right first" in page

    def test_the_quarter_takes_the_same_queries_whatever_it_shows(self) -> None:
        counts = []
        for period in ("Y2Q3", "Y1Q1", "Y2"):
            queries.forget()
            with CaptureQueriesContext(connection) as seen:
                assert self.client.get(f"/quarter/?lot=dudley&period={period}").status_code == 200
            counts.append(len(seen))
        assert len(set(counts[1:])) == 1
        assert max(counts) <= 40
        with CaptureQueriesContext(connection) as warm:
            self.client.get("/quarter/?lot=dudley")
        assert len(warm) <= 15

    def test_a_list_takes_the_same_queries_whatever_its_length(self) -> None:
        self.client.get("/figures/referrals/?lot=dudley")
        for show in ("counted", "not_counted", "not_due", "excluded"):
            with CaptureQueriesContext(connection) as seen:
                self.client.get(f"/figures/referrals/?lot=dudley&show={show}")
            assert len(seen) <= 22, show

    def test_a_wrong_choice_falls_back(self) -> None:
        for rest in (
            "show=all",
            "page=0",
            "page=abc",
            "by=postcode",
            "page=99999",
            "show=<script>",
            "key=<script>",
            "lacks=x",
            "by=lot&key=%00",
            "key=nobody",
        ):
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
        assert [(entry.verb, entry.target_kind, entry.target_id, entry.lot) for entry in added] == [
            ("view_members", "figure", "engaged", "dudley")
        ]
        assert added[0].is_view
        detail = json.loads(added[0].detail)
        assert (detail["period"], detail["as_at"], detail["count"]) == ("Y2Q3", "2019-06-14", len(detail["shown"]))

    def test_taking_a_file_is_written_down_with_everyone_in_it(self, viewer: Viewer) -> None:
        self.client.get("/figures/engaged/members.csv?lot=dudley")
        entry = Entry.objects.latest("sequence")
        assert (entry.verb, entry.target_id, entry.is_view) == ("download_members", "engaged", True)
        everyone = queries.members(viewer, scope(), "engaged")["episode_id"].to_list()
        assert json.loads(entry.detail)["shown"] == everyone

    def test_change_offers_every_quarter_so_far_and_the_viewers_lots(self) -> None:
        page = self.client.get("/figures/engaged/?lot=dudley&period=2019-04-01/2019-05-01").content.decode()
        form = page.split('id="change"')[1].split("</form>")[0]
        values = re.findall(r'<option value="([^"]*)"( selected)?>', form)
        assert ("2019-04-01/2019-05-01", " selected") in values
        assert [value for value, _ in values if value.startswith("Y2")] == ["Y2Q3", "Y2Q2", "Y2Q1", "Y2"]
        assert ("dudley", " selected") in values
        assert 'action="/figures/engaged/"' in form

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


@pytest.mark.parametrize(
    ("role", "told", "first_page"),
    [
        (Role.COMMISSIONER, True, "/contract/"),
        (Role.PROGRAMME, True, "/contract/"),
        (Role.EVALUATOR, True, "/evaluation/flow/"),
        (Role.UNBLINDED, True, "/evaluation/flow/"),
        (Role.MANAGER, False, "/quarter/"),
        (Role.TEAM_LEADER, False, "/team/"),
        (Role.SPECIALIST, False, "/today/"),
        (Role.ADMINISTRATOR, False, "/users/"),
    ],
)
def test_who_gets_no_figures_yet_is_told_so_beside_the_contract(
    small_demo: None, client_for: Callable[[User], Client], frozen: object, role: str, told: bool, first_page: str
) -> None:
    user = User.objects.filter(postings__role=role).order_by("name").first()
    assert user is not None
    client = client_for(user)
    assert client.get("/accounts/start/").headers["Location"] == first_page
    assert ("Figures come to you when they are released" in client.get("/contract/").content.decode()) is told


@pytest.mark.parametrize("day", ["2017-09-30", "2017-10-01", "2020-04-05"])
def test_a_day_before_the_contract_or_after_it_breaks_nothing(
    manager: User, client_for: Callable[[User], Client], day: str
) -> None:
    moment = datetime.fromisoformat(f"{day}T12:00:00+00:00")
    with time_machine.travel(moment, tick=False):
        client = client_for(manager)
        for address in ("/quarter/", "/figures/engaged/", "/contract/"):
            assert client.get(address).status_code in (200, 403, 422), (day, address)

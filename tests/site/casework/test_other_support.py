"""Sign-posting, methods and steps: a few taps, once, taken back on the day, and counted in the figures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from tests.site.casework.factories import TODAY, ago, make_episode
from tests.site.conftest import NOW, World
from tests.site.employers.factories import make_service

from placewell.dataset import read_folder
from placewell.periods import parse_period
from placewell.vocabulary import labels
from placewell_web.accounts.models import User
from placewell_web.audit.actors import Actor
from placewell_web.audit.models import Entry
from placewell_web.casework.forms.other_support import offered
from placewell_web.casework.models import Destination, OnwardReferral, WorkMethod
from placewell_web.clients.models import Episode
from placewell_web.employers.models import OutsideService
from placewell_web.exchange.actions import write_data_set
from placewell_web.reporting import queries
from placewell_web.reporting.queries import Scope

SignIn = Callable[[User | None], Client]
ONWARD = {"to": "debt_advice", "kind": "signpost"}
STEP = {"code": "mainstream_volunteering", "detail": "Community garden"}
ENTERED = (("onward", ONWARD), ("methods", {"methods": ["pacing"]}), ("steps", STEP))
MODELS = {"onward": OnwardReferral, "methods": WorkMethod, "steps": Destination}
KINDS = {"onward": "onward", "methods": "method", "steps": "step"}


@pytest.fixture(autouse=True)
def _still(frozen: object) -> None:
    """Friday 14 June 2019."""


@pytest.fixture
def episode(world: World) -> Episode:
    return make_episode(world)


@pytest.fixture
def specialist(world: World, client_for: SignIn) -> Client:
    return client_for(world.user("specialist"))


def send(client: Client, episode: Episode, what: str, answers: dict[str, Any], on: date = TODAY) -> Any:
    day = {f"on-{part}": str(getattr(on, part)) for part in ("day", "month", "year")}
    return client.post(f"/people/{episode.pk}/other-support/{what}/", {**day, **answers}, follow=True)


def changes() -> list[tuple[str, str]]:
    return list(Entry.objects.filter(is_view=False).order_by("sequence").values_list("verb", "detail"))


def test_someone_new_has_none(episode: Episode, specialist: Client) -> None:
    page = specialist.get(f"/people/{episode.pk}/other-support/").content.decode()
    for words in ("To no other service yet.", "None yet. A job is recorded", "None recorded yet."):
        assert words in page, words


def test_each_is_recorded_with_its_author_and_its_entry(world: World, episode: Episode, specialist: Client) -> None:
    for what, answers in ENTERED:
        page = send(specialist, episode, what, answers).content.decode()
        assert "ecorded." in page
    for words in ("Debt advice", "Sign-posted", "Pacing and breaks", "Mainstream volunteering", "Community garden"):
        assert words in page, words
    assert {model.unscoped.get().recorded_by for model in MODELS.values()} == {world.user("specialist")}
    assert changes() == [
        ("record_onward_referral", '{"kind":"signpost","on":"2019-06-14","to":"debt_advice"}'),
        ("record_method", '{"method":"pacing","on":"2019-06-14"}'),
        ("record_destination", '{"code":"mainstream_volunteering","on":"2019-06-14"}'),
    ]


def test_newest_first(episode: Episode, specialist: Client) -> None:
    for on, to in ((ago(3), "housing"), (ago(1), "gp"), (ago(9), "debt_advice")):
        send(specialist, episode, "onward", {"to": to, "kind": "referral"}, on)
    page = specialist.get(f"/people/{episode.pk}/other-support/").content.decode()
    places = [page.index(f"<strong>{words}</strong>") for words in ("GP", "Housing", "Debt advice")]
    assert places == sorted(places)


def test_several_methods_at_once(episode: Episode, specialist: Client) -> None:
    page = send(specialist, episode, "methods", {"methods": ["pacing", "exercise", "pacing"]}).content.decode()
    assert "2 methods recorded." in page
    page = send(specialist, episode, "methods", {"methods": ["exercise", "sleep_routine"]}).content.decode()
    assert "1 method recorded." in page
    assert sorted(WorkMethod.unscoped.values_list("method", flat=True)) == ["exercise", "pacing", "sleep_routine"]


@pytest.mark.parametrize(("what", "answers"), ENTERED)
def test_sent_twice_it_stands_once(episode: Episode, specialist: Client, what: str, answers: dict[str, Any]) -> None:
    send(specialist, episode, what, answers)
    assert "That was recorded already." in send(specialist, episode, what, answers).content.decode()
    assert MODELS[what].unscoped.count() == len(changes()) == 1
    send(specialist, episode, what, answers, ago(1))
    assert MODELS[what].unscoped.count() == 2


@pytest.mark.parametrize(
    ("what", "answers", "on", "sentence"),
    [
        ("onward", {"kind": "referral"}, TODAY, "Choose the service."),
        ("onward", {"to": "housing"}, TODAY, "Choose whether you referred them or told them about it."),
        ("onward", {"to": "the_moon", "kind": "referral"}, TODAY, "Choose one of the answers in the list."),
        ("onward", ONWARD, TODAY + timedelta(days=1), "Date must be on or before 14 June 2019."),
        ("onward", ONWARD, date(2019, 3, 31), "Date must be on or after 1 April 2019."),
        ("methods", {}, TODAY, "Choose at least one method."),
        ("methods", {"methods": ["pacing", "magic"]}, TODAY, "Choose only answers in the list."),
        ("steps", {}, TODAY, "Choose what happened."),
        ("steps", {"code": "a_job"}, TODAY, "Choose one of the answers in the list."),
        ("steps", STEP | {"detail": "x" * 301}, TODAY, "Where, or what must be 300 characters or fewer."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    episode: Episode, specialist: Client, what: str, answers: dict[str, Any], on: date, sentence: str
) -> None:
    assert sentence in send(specialist, episode, what, answers, on).content.decode()
    assert MODELS[what].unscoped.count() == len(changes()) == 0


@pytest.mark.parametrize(
    ("list_name", "first", "begins"),
    [
        ("onward_service", ["gp", "housing", "unheard_of"], ["gp", "housing", "jobcentre_plus"]),
        ("work_method", [], ["pacing", "flexible_hours"]),
        ("destination", ["mainstream_volunteering"], ["mainstream_volunteering", "mainstream_education"]),
    ],
)
def test_every_code_is_offered_the_contracts_first_and_other_last(
    list_name: str, first: list[str], begins: list[str]
) -> None:
    codes = [code for code, _ in offered(list_name, first)]
    assert codes[: len(begins)] == begins
    assert codes[-1] == "other"
    assert sorted(codes) == sorted(labels(list_name))


class TestTakenBack:
    def undo(self, client: Client, episode: Episode, what: str) -> Any:
        row = MODELS[what].unscoped.get()
        return client.post(f"/people/{episode.pk}/other-support/{KINDS[what]}/{row.pk}/undo/", follow=True)

    @pytest.mark.parametrize(("what", "answers"), ENTERED)
    def test_by_its_author_on_the_day(
        self, episode: Episode, specialist: Client, what: str, answers: dict[str, Any]
    ) -> None:
        assert ">Undo<" in send(specialist, episode, what, answers).content.decode()
        assert "Taken back." in self.undo(specialist, episode, what).content.decode()
        assert MODELS[what].unscoped.count() == 0
        (recorded, facts), (undone, same) = changes()
        assert undone == recorded.replace("record", "undo")
        assert same == facts

    @pytest.mark.parametrize(("what", "answers"), ENTERED)
    def test_not_by_another_nor_the_day_after(
        self, world: World, client_for: SignIn, episode: Episode, specialist: Client, what: str, answers: dict[str, Any]
    ) -> None:
        send(specialist, episode, what, answers)
        leader = client_for(world.user("team_leader"))
        assert ">Undo<" not in leader.get(f"/people/{episode.pk}/other-support/").content.decode()
        assert self.undo(leader, episode, what).status_code == 403
        with time_machine.travel(NOW + timedelta(days=1), tick=False):
            client = client_for(world.user("specialist"))
            assert ">Undo<" not in client.get(f"/people/{episode.pk}/other-support/").content.decode()
            assert self.undo(client, episode, what).status_code == 403
        assert MODELS[what].unscoped.count() == 1

    def test_what_came_with_imported_data_has_no_author_here(self, episode: Episode, specialist: Client) -> None:
        OnwardReferral.unscoped.create(episode=episode, on=ago(3), created_at=NOW, **ONWARD)
        assert self.undo(specialist, episode, "onward").status_code == 403

    def test_of_this_person_and_this_kind_only(self, world: World, episode: Episode, specialist: Client) -> None:
        send(specialist, episode, "steps", STEP)
        row = Destination.unscoped.get()
        for path in (f"{episode.pk}/other-support/method/{row.pk}", f"{episode.pk}/other-support/job/{row.pk}"):
            assert specialist.post(f"/people/{path}/undo/").status_code == 404
        other = make_episode(world)
        assert specialist.post(f"/people/{other.pk}/other-support/step/{row.pk}/undo/").status_code == 404


def test_a_referral_that_is_not_accepted_is_not_casework_yet(world: World, client_for: SignIn) -> None:
    waiting = make_episode(world, accepted_on=None)
    client = client_for(world.user("specialist"))
    assert {send(client, waiting, what, answers).status_code for what, answers in ENTERED} == {404}
    assert not any(model.unscoped.exists() for model in MODELS.values())


class TestCounted:
    """What is recorded here is what §17.9 x and xvii count, and what the exported folder holds."""

    def figures(self, world: World) -> dict[str, Any]:
        period = parse_period("Y2Q3", date(2017, 10, 1))
        return queries.figures(world.viewer("manager"), Scope("dudley", "Dudley", period, TODAY))

    def test_in_the_figures(self, world: World, episode: Episode, specialist: Client) -> None:
        before = self.figures(world)
        assert (before["methods_used"].numerator, before["education_or_experience"].numerator) == (0, 0)
        send(specialist, episode, "methods", {"methods": ["pacing", "exercise"]})
        send(specialist, episode, "steps", STEP, ago(2))
        send(specialist, episode, "steps", {"code": "training"})
        after = self.figures(world)
        assert (after["methods_used"].numerator, after["education_or_experience"].numerator) == (2, 1)

    def test_in_the_exported_folder(self, episode: Episode, specialist: Client, tmp_path: Path) -> None:
        for what, answers in ENTERED:
            send(specialist, episode, what, answers)
        write_data_set(tmp_path / "out", file_type="csv", by=Actor.system("test"), at=NOW)
        data = read_folder(tmp_path / "out")
        assert data["onward_referrals"].rows() == [(str(episode.pk), TODAY, "debt_advice", "signpost")]
        assert data["work_methods"].rows() == [(str(episode.pk), TODAY, "pacing")]
        kept = data["destinations"].select("episode_id", "on", "code", "detail").rows()
        assert kept == [(str(episode.pk), TODAY, "mainstream_volunteering", "Community garden")]


class TestFromTheDirectory:
    """A service of the directory is chosen by name, says its kind, and has a card; what came of it is noted."""

    @pytest.fixture
    def debt(self, world: World) -> OutsideService:
        return make_service(world, phone="+441384960003", who_for="Tenants <b>first</b>")

    def test_chosen_by_name(self, world: World, episode: Episode, specialist: Client, debt: OutsideService) -> None:
        page = send(specialist, episode, "onward", {"service": str(debt.pk), "kind": "referral"}).content.decode()
        row = OnwardReferral.unscoped.get()
        assert (row.to, row.service, row.service_name) == ("debt_advice", debt, "")
        for words in ("Debt line", "Debt advice. Referred", "Not known yet what came of it"):
            assert words in page, words

    def test_one_that_is_not_in_it_has_its_name(self, episode: Episode, specialist: Client) -> None:
        page = send(specialist, episode, "onward", ONWARD | {"another": "Church <i>hall</i> advice"}).content.decode()
        assert "Church &lt;i&gt;hall&lt;/i&gt; advice" in page
        assert "Church" not in changes()[0][1], "names stay out of the audit"

    def test_two_services_of_a_kind_on_a_day_are_two(
        self, world: World, episode: Episode, specialist: Client, debt: OutsideService
    ) -> None:
        other = make_service(world, name="Money line")
        for one in (debt, other, debt):
            send(specialist, episode, "onward", {"service": str(one.pk), "kind": "referral"})
        assert OnwardReferral.unscoped.count() == 2

    @pytest.mark.parametrize(
        "given", [{"valid_until": ago(1)}, {"only_lot_id": "wolverhampton"}, {"kept_for_id": "wolverhampton"}]
    )
    def test_only_what_is_for_them(
        self, world: World, episode: Episode, specialist: Client, given: dict[str, Any]
    ) -> None:
        other = make_service(world, **given)
        page = send(specialist, episode, "onward", {"service": str(other.pk), "kind": "referral"}).content.decode()
        assert not OnwardReferral.unscoped.exists()
        assert "There is a problem" in page

    def test_what_came_of_it(self, episode: Episode, specialist: Client) -> None:
        send(specialist, episode, "onward", ONWARD, ago(5))
        row = OnwardReferral.unscoped.get()
        for outcome in ("waiting", "using", "using"):
            page = send(specialist, episode, f"onward/{row.pk}", {"outcome": outcome}, ago(1)).content.decode()
        row.refresh_from_db()
        assert (row.outcome, row.outcome_on) == ("using", ago(1))
        assert "They use it, 13 June 2019" in page
        assert [verb for verb, _ in changes()] == ["record_onward_referral", "onward_outcome", "onward_outcome"]

    @pytest.mark.parametrize(
        ("answers", "on", "sentence"),
        [
            ({}, TODAY, "Choose what came of it."),
            ({"outcome": "magic"}, TODAY, "Choose one of the answers in the list."),
            ({"outcome": "using"}, ago(6), "Date must be on or after 9 June 2019."),
            ({"outcome": "using"}, TODAY + timedelta(days=1), "Date must be on or before 14 June 2019."),
        ],
    )
    def test_what_is_wrong_of_it(
        self, episode: Episode, specialist: Client, answers: dict[str, str], on: date, sentence: str
    ) -> None:
        send(specialist, episode, "onward", ONWARD, ago(5))
        row = OnwardReferral.unscoped.get()
        assert sentence in send(specialist, episode, f"onward/{row.pk}", answers, on).content.decode()

    def test_the_card(self, world: World, episode: Episode, specialist: Client, debt: OutsideService) -> None:
        send(specialist, episode, "onward", {"service": str(debt.pk), "kind": "signpost"})
        row = OnwardReferral.unscoped.get()
        page = specialist.get(f"/people/{episode.pk}/other-support/onward/{row.pk}/card/").content.decode()
        for words in (
            "Debt line",
            "01384 960003",
            "Tenants &lt;b&gt;first&lt;/b&gt;",
            "get in touch with them yourself",
        ):
            assert words in page, words
        other = make_episode(world)
        assert specialist.get(f"/people/{other.pk}/other-support/onward/{row.pk}/card/").status_code == 404

    def test_of_a_service_that_is_in_no_directory_it_says_so(self, episode: Episode, specialist: Client) -> None:
        send(specialist, episode, "onward", ONWARD)
        row = OnwardReferral.unscoped.get()
        page = specialist.get(f"/people/{episode.pk}/other-support/onward/{row.pk}/card/").content.decode()
        assert "not in the directory" in page

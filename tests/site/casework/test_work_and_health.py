"""Barriers, adjustments and Access to Work: recorded once, moved on, taken back on the day, and in the data set."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from tests.site.casework.factories import TODAY, ago, make_employer, make_episode, make_job
from tests.site.conftest import NOW, World

from placewell.vocabulary import labels
from placewell_web.accounts.errors import Refused
from placewell_web.accounts.models import User
from placewell_web.audit.actors import Actor
from placewell_web.audit.models import Entry
from placewell_web.casework import dataset_rows
from placewell_web.casework.actions import work_and_health as record
from placewell_web.casework.models import AccessToWork, Adjustment, Barrier
from placewell_web.casework.presenters.work_and_health import adjustment_state
from placewell_web.clients.models import Episode

SignIn = Callable[[User | None], Client]
ENTERED = (
    ("barriers", {"barrier": "transport", "words": "No bus before eight"}, Barrier),
    ("adjustments", {"kind": "breaks", "words": "Ten minutes each hour", "job": ""}, Adjustment),
    ("access-to-work", {"step": "considered", "words": "", "job": ""}, AccessToWork),
)


@pytest.fixture(autouse=True)
def _still(frozen: object) -> None:
    """Friday 14 June 2019."""


@pytest.fixture
def episode(world: World) -> Episode:
    return make_episode(world)


@pytest.fixture
def by(world: World) -> dict[str, Any]:
    return {"by": world.actor("specialist"), "at": NOW}


@pytest.fixture
def specialist(world: World, client_for: SignIn) -> Client:
    return client_for(world.user("specialist"))


def send(
    client: Client, episode: Episode, what: str, answers: dict[str, Any], on: date = TODAY, name: str = "on"
) -> Any:
    day = {f"{name}-{part}": str(getattr(on, part)) for part in ("day", "month", "year")}
    return client.post(f"/people/{episode.pk}/work-and-health/{what}/", {**day, **answers}, follow=True)


def test_someone_new_has_nothing(episode: Episode, specialist: Client) -> None:
    page = specialist.get(f"/people/{episode.pk}/work-and-health/").content.decode()
    for words in ("Nothing recorded yet.", "None asked for yet.", "Not considered yet."):
        assert words in page, words


@pytest.mark.parametrize(("what", "answers", "model"), ENTERED)
def test_each_is_recorded_once_with_its_entry(
    world: World, episode: Episode, specialist: Client, what: str, answers: dict[str, Any], model: Any
) -> None:
    assert "Recorded." in send(specialist, episode, what, answers).content.decode()
    assert "recorded already" in send(specialist, episode, what, answers).content.decode()
    row = model.unscoped.get()
    assert (row.recorded_by, row.on) == (world.user("specialist"), TODAY)
    entries = Entry.objects.filter(is_view=False)
    assert entries.count() == 1
    assert "bus" not in entries.get().detail
    assert "Ten" not in entries.get().detail


@pytest.mark.parametrize(
    ("what", "answers", "says"),
    [
        ("barriers", {}, "Choose what stands in the way."),
        ("barriers", {"barrier": "moon"}, "Choose one of the answers in the list."),
        ("barriers", {"barrier": "debt", "words": "x" * 501}, "must be 500 characters or fewer"),
        ("adjustments", {}, "Choose the kind of adjustment."),
        ("adjustments", {"kind": "breaks", "job": "not-a-job"}, "Choose one of the answers in the list."),
        ("access-to-work", {}, "Choose what was done or decided."),
    ],
)
def test_what_is_wrong_is_said(
    episode: Episode, specialist: Client, what: str, answers: dict[str, Any], says: str
) -> None:
    assert says in send(specialist, episode, what, answers).content.decode()
    assert Barrier.unscoped.count() + Adjustment.unscoped.count() + AccessToWork.unscoped.count() == 0


@pytest.mark.parametrize("on", [ago(-1), date(2019, 3, 31)])
def test_the_day_lies_between_referral_and_today(episode: Episode, specialist: Client, on: date) -> None:
    assert "must be on or" in send(specialist, episode, "barriers", {"barrier": "debt"}, on).content.decode()


def test_the_job_of_someone_else_is_no_choice(world: World, episode: Episode, specialist: Client) -> None:
    foreign = make_job(make_episode(world), ago(3))
    page = send(specialist, episode, "adjustments", {"kind": "breaks", "job": str(foreign.pk)}).content.decode()
    assert "Choose one of the answers in the list." in page


def test_a_barrier_ends_and_can_come_back(episode: Episode, specialist: Client, by: dict[str, Any]) -> None:
    row = record.record_barrier(episode=episode, barrier="debt", on=ago(20), **by)
    assert row is not None
    early = send(specialist, episode, f"barriers/{row.pk}/end", {}, ago(21), "ended_on").content.decode()
    assert "must be on or after 25 May 2019" in early
    for on in (ago(2), ago(1)):
        send(specialist, episode, f"barriers/{row.pk}/end", {}, on, "ended_on")
    row.refresh_from_db()
    assert row.ended_on == ago(2), "an end is said once"
    assert record.record_barrier(episode=episode, barrier="debt", on=TODAY, **by) is not None


def test_what_becomes_of_an_adjustment(episode: Episode, by: dict[str, Any]) -> None:
    job = make_job(episode, ago(9), title="Packer", employer=make_employer())
    row = record.ask_adjustment(episode=episode, kind="breaks", on=ago(8), job=job, **by)
    assert row is not None
    told = [adjustment_state(row)]
    for step, on in (("refused", ago(7)), ("agreed", ago(5)), ("in_place", ago(2)), ("in_place", ago(2))):
        row = record.move_adjustment(adjustment=row, step=step, on=on, **by)
        told.append(adjustment_state(row))
    assert told == [
        "Asked for, no answer yet",
        "Refused on 7 June 2019",
        "Agreed on 9 June 2019, not in place yet",
        "In place since 12 June 2019",
        "In place since 12 June 2019",
    ]
    assert Entry.objects.filter(verb="move_adjustment").count() == 3, "the same said twice is one entry"
    with pytest.raises(Refused, match="before the adjustment was asked for"):
        record.move_adjustment(adjustment=row, step="agreed", on=ago(9), **by)


def test_only_its_author_takes_it_back_and_only_that_day(world: World, episode: Episode, by: dict[str, Any]) -> None:
    leader = world.actor("team_leader")
    for who, at, undone in (
        (leader, NOW, False),
        (by["by"], NOW + timedelta(days=1), False),
        (by["by"], NOW, True),
    ):
        assert _undone(episode, by, who, at) is undone


def _undone(episode: Episode, by: dict[str, Any], who: Actor, at: Any) -> bool:
    row = Barrier.unscoped.filter(barrier="debt").first() or record.record_barrier(
        episode=episode, barrier="debt", on=TODAY, **by
    )
    assert row is not None
    try:
        record.undo(by=who, at=at, record=row)
    except Refused:
        return False
    return not Barrier.unscoped.exists()


@pytest.mark.parametrize("kind", ["barrier", "adjustment", "access_to_work"])
def test_an_entry_of_someone_else_is_not_there(world: World, episode: Episode, specialist: Client, kind: str) -> None:
    other = make_episode(world, "wolverhampton")
    row = Barrier.unscoped.create(episode=other, on=ago(1), barrier="debt", created_at=NOW)
    assert specialist.post(f"/people/{episode.pk}/work-and-health/{kind}/{row.pk}/undo/").status_code == 404
    assert specialist.post(f"/people/{episode.pk}/work-and-health/cat/{row.pk}/undo/").status_code == 404


def test_the_database_knows_the_order_of_days(episode: Episode) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Barrier.unscoped.create(episode=episode, on=TODAY, ended_on=ago(1), barrier="debt", created_at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Adjustment.unscoped.create(episode=episode, on=TODAY, in_place_on=ago(1), kind="breaks", created_at=NOW)


def test_they_are_rows_of_the_data_set(episode: Episode, by: dict[str, Any]) -> None:
    job = make_job(episode, ago(9))
    record.record_barrier(episode=episode, barrier="debt", on=ago(5), words="Rent", **by)
    record.ask_adjustment(episode=episode, kind="breaks", on=ago(4), job=job, **by)
    record.record_access_to_work(episode=episode, step="applied", on=ago(3), **by)
    data = dataset_rows.read_all(("barriers", "adjustments", "access_to_work"))
    assert data["barriers"].to_dicts() == [
        {"episode_id": str(episode.pk), "on": ago(5), "barrier": "debt", "ended_on": None}
    ]
    assert data["adjustments"]["job_id"].to_list() == [str(job.pk)]
    assert data["access_to_work"]["step"].to_list() == ["applied"]


def test_the_contracts_barriers_come_first(episode: Episode, specialist: Client) -> None:
    page = specialist.get(f"/people/{episode.pk}/work-and-health/barriers/").content.decode()
    places = [
        page.index(f'value="{code}"') for code in ("debt", "transport", "childcare", "family", "housing", "other")
    ]
    assert places == sorted(places)
    assert len(labels("work_barrier")) == page.count('name="barrier"')


def test_hostile_words_are_text(episode: Episode, specialist: Client) -> None:
    words = "<img src=x onerror=alert(1)>"
    page = send(specialist, episode, "barriers", {"barrier": "other", "words": words}).content.decode()
    assert words not in page
    assert "&lt;img src=x" in page

"""Answers about people are kept for as long as their rows, the specification and the day are the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from tests.site.casework.factories import (
    ago,
    make_contact,
    make_episode,
    make_evidence,
    make_job,
    make_plan,
    make_profile,
)
from tests.site.conftest import World

from placewell import cadence, outcomes
from placewell.specification import load
from placewell_web.accounts import service
from placewell_web.casework.dataset_rows import PersonRows, dataset_of, read_caseload
from placewell_web.casework.presenters.saving import NEW
from placewell_web.casework.queries import answers, caseload
from placewell_web.casework.queries.answers import Answers, Kept, Together
from placewell_web.casework.queries.caseload import BESIDE, Caseload
from placewell_web.clients.models import Episode

TODAY = ago(0)
OF_THE_OUTCOMES = ("outcomes", "clocks", "stalled", "milestones", "active", "going_on")


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> Kept:
    kept = Kept(100)
    monkeypatch.setattr(answers, "KEPT", kept)
    return kept


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """What the library was asked, with the number of people."""
    found: list[tuple[str, int]] = []
    answer = Together.answer

    def noted(self: Together, question: str) -> Any:
        found.append((question, self.dataset["people"].height))
        return answer(self, question)

    monkeypatch.setattr(Together, "answer", noted)
    return found


def of_everyone() -> Caseload:
    return caseload.load(Episode.unscoped.filter(accepted_on__isnull=False), TODAY)


def busy(world: World, number: int) -> Episode:
    episode = make_episode(world, referred_on=ago(72), accepted_on=ago(70 - number))
    make_contact(episode, ago(60))
    make_contact(episode, ago(20 + number))
    make_profile(episode, ago(58), ago(50))
    make_plan(episode, ago(45))
    job = make_job(episode, ago(30 + number))
    make_evidence(episode, job, about_on=ago(30 + number), received_on=ago(20))
    return episode


def test_who_is_unchanged_is_not_asked_about_again(world: World, asked: list[tuple[str, int]]) -> None:
    people = [busy(world, number) for number in range(4)]
    before = of_everyone()
    first = (before.clocks, before.milestones, before.active)
    assert asked == [(question, 4) for question in OF_THE_OUTCOMES]
    asked.clear()
    again = of_everyone()
    assert (again.clocks, again.milestones, again.active) == first
    assert asked == []
    make_contact(people[2], ago(1))
    changed = of_everyone()
    assert changed.clocks != first[0]
    assert (changed.stalled, changed.active) == (again.stalled, again.active)
    assert asked == [(question, 1) for question in OF_THE_OUTCOMES]


def test_a_light_question_does_not_wait_for_the_heavy_ones(world: World, asked: list[tuple[str, int]]) -> None:
    busy(world, 0)
    assert of_everyone().appointments
    assert asked == [("appointments", 1)]


CHANGES: list[tuple[str, Callable[[Episode], Any]]] = [
    ("a contact more", lambda one: make_contact(one, ago(2))),
    ("a contact changed", lambda one: one.contacts.update(attendance="did_not_attend")),
    ("a contact gone", lambda one: one.contacts.all().delete()),
    ("a job more", lambda one: make_job(one, ago(3))),
    ("a job ended", lambda one: one.jobs.update(ended_on=ago(2))),
    ("proof decided", lambda one: one.evidence.update(status="rejected", decided_on=ago(1))),
    ("the plan ended", lambda one: one.plans.update(ended_on=ago(1))),
    ("closed", lambda one: Episode.unscoped.filter(pk=one.pk).update(closed_on=ago(1))),
    ("another specialist", lambda one: Episode.unscoped.filter(pk=one.pk).update(specialist=None)),
    ("another name", lambda one: type(one.person).unscoped.filter(pk=one.person_id).update(surname="Other")),
]


@pytest.mark.parametrize(("what", "change"), CHANGES, ids=[what for what, _ in CHANGES])
def test_every_change_is_seen_at_once(world: World, what: str, change: Callable[[Episode], Any]) -> None:
    """Kept answers say what the library says of the rows as they are, whoever changed them and however."""
    people = [busy(world, number) for number in range(3)]
    of_everyone().clocks, of_everyone().milestones
    change(people[1])
    seen, spec = of_everyone(), service.current()
    whole = read_caseload(Episode.unscoped.filter(accepted_on__isnull=False), caseload.tables_of(spec)).whole
    assert seen.clocks == cadence.clocks(spec, whole, TODAY).to_dicts()
    assert seen.stalled == cadence.stalled(spec, whole, TODAY).to_dicts()
    assert seen.active == outcomes.active_on(spec, whole, TODAY)
    by_name = {
        (row["episode_id"], row["outcome_id"]): row for row in outcomes.milestones(spec, whole, TODAY).to_dicts()
    }
    assert {(row["episode_id"], row["outcome_id"]): row for row in seen.milestones} == by_name
    of_table = {row["episode_id"]: row for row in outcomes.outcome_table(spec, whole, TODAY).to_dicts()}
    assert {id: row | {"row": 0} for id, row in seen.outcomes.items()} == {
        id: row | {"row": 0} for id, row in of_table.items()
    }
    assert sorted(map(str, seen.rows("jobs"))) == sorted(map(str, whole["jobs"].to_dicts()))


@pytest.mark.parametrize("name", ["thrive_into_work", "ips_grow", "workwise"])
def test_another_day_and_another_specification_are_asked_anew(
    world: World, asked: list[tuple[str, int]], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    busy(world, 0)
    of_everyone().clocks  # noqa: B018
    tomorrow = caseload.load(Episode.unscoped.all(), TODAY + timedelta(days=1))
    assert tomorrow.clocks == cadence.clocks(tomorrow.spec, tomorrow.whole, tomorrow.today).to_dicts()
    monkeypatch.setattr(service, "current", lambda: load(name))
    of_everyone().clocks  # noqa: B018
    assert [question for question, _ in asked].count("clocks") == (2 if name == "thrive_into_work" else 3)


def test_only_the_episodes_asked_for_are_answered_about(world: World) -> None:
    """Of a person every episode is asked about; one that a page may not show is in no answer."""
    earlier = busy(world, 0)
    Episode.unscoped.filter(pk=earlier.pk).update(closed_on=ago(30))
    again = make_episode(world, person=earlier.person, referred_on=ago(20), accepted_on=ago(19))
    both, one = of_everyone(), caseload.load(Episode.unscoped.filter(pk=again.pk), TODAY)
    assert {row["episode_id"] for row in both.milestones} == {str(earlier.pk), str(again.pk)}
    for rows in (one.milestones, one.clocks, one.stalled, one.appointments, one.episodes, one.rows("jobs")):
        assert {row["episode_id"] for row in rows} <= {str(again.pk)}
    assert one.active <= {str(again.pk)}
    assert one.by_episode("jobs") == {}
    assert one.hours_today == {}


def test_the_last_two_way_contact_is_an_answered_one_with_the_person(world: World) -> None:
    episode = busy(world, 0)
    make_contact(episode, ago(3), attendance="one_way")
    make_contact(episode, ago(4), with_whom="employer")
    make_contact(episode, ago(-3))
    silent = make_episode(world)
    found = of_everyone().last_two_way
    assert found[str(episode.pk)]["on"] == ago(20)
    assert str(silent.pk) not in found


def test_with_one_more_contact_is_as_if_it_were_saved(world: World) -> None:
    episode = busy(world, 0)
    row = {"contact_id": NEW, "episode_id": str(episode.pk), "on": TODAY, "kind": "appointment"}
    before = of_everyone()
    more = before.with_contact(**row, with_whom="client", attendance="attended")
    assert [one["number"] for one in more.appointments] == [1, 2, 3]
    assert [one["number"] for one in before.appointments] == [1, 2]
    make_contact(episode, TODAY)
    assert [one["on"] for one in of_everyone().appointments] == [one["on"] for one in more.appointments]


def test_nobody_is_answered_about_without_a_question(world: World, asked: list[tuple[str, int]]) -> None:
    empty = caseload.load(Episode.unscoped.filter(pk__in=[]), TODAY)
    assert (empty.clocks, empty.milestones, empty.active, empty.outcome, empty.by_episode("jobs")) == (
        [],
        [],
        set(),
        {},
        {},
    )
    assert empty.whole["episodes"].height == 0
    assert asked == []


def test_the_least_used_is_let_go(world: World) -> None:
    kept = Kept(2)
    first = kept.entry(("a", TODAY, b"1"))
    kept.entry(("a", TODAY, b"2"))
    assert kept.entry(("a", TODAY, b"1")) is first
    kept.entry(("a", TODAY, b"3"))
    assert len(kept) == 2
    assert kept.entry(("a", TODAY, b"1")) is first
    assert kept.entry(("a", TODAY, b"2")) == {}


def test_more_people_than_are_kept_are_still_answered(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "KEPT", Kept(1))
    for number in range(3):
        busy(world, number)
    seen = of_everyone()
    assert seen.clocks == cadence.clocks(seen.spec, seen.whole, TODAY).to_dicts()


def test_rows_are_told_apart_by_everything_in_them(world: World) -> None:
    busy(world, 0)
    (person,) = read_caseload(Episode.unscoped.all(), beside=BESIDE).people
    (same,) = read_caseload(Episode.unscoped.all()).people
    assert person.digest == same.digest
    digests = {person.digest}
    for table, rows in person.rows.items():
        for row in rows:
            for place, value in enumerate(row):
                changed = [*row[:place], "y" if value == "x" else "x", *row[place + 1 :]]
                other = ",".join(json.dumps(changed if one is row else one) for one in rows)
                digests.add(PersonRows({**person.texts, table: other}).digest)
    assert len(digests) == 1 + sum(len(row) for rows in person.rows.values() for row in rows)


def test_rows_come_in_the_same_order_whoever_is_read_with_them_and_wherever_they_lie(world: World) -> None:
    """PostgreSQL writes a changed row elsewhere, and joins as the number of people suggests: no new answer for that."""
    people = [busy(world, number) for number in range(6)]
    for number in range(30):
        make_contact(people[0], ago(number + 1))
    before = {person.digest for person in read_caseload(Episode.unscoped.all()).people}
    people[0].contacts.filter(on=ago(20)).update(note="Said more.")
    alone = {one.digest for each in people for one in read_caseload(Episode.unscoped.filter(pk=each.pk)).people}
    assert alone == before
    assert {person.digest for person in read_caseload(Episode.unscoped.order_by("-pk")).people} == before


def test_people_together_are_the_people_one_by_one(world: World) -> None:
    for number in range(3):
        busy(world, number)
    loaded = of_everyone()
    alone = [row for person in loaded.people for row in Answers(loaded.spec, [person], TODAY).to("milestones")]
    assert alone == loaded.milestones
    assert sum(dataset_of([person])["contacts"].height for person in loaded.people) == loaded.whole["contacts"].height

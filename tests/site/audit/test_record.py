"""Writing the audit: with an actor, inside a transaction, in one order however many write."""

from __future__ import annotations

import threading
from datetime import datetime

import pytest
from django.db import connection, transaction
from tests.site.conftest import NOW, World

from placewell_web.audit import chain, queries
from placewell_web.audit.actions import OutsideTransaction, record, record_list_view, record_view
from placewell_web.audit.actors import Actor
from placewell_web.audit.models import Entry

LEAH = Actor.user("7", "Leah Morgan")


def write(target: str = "c1", **more: object) -> Entry:
    return record(by=LEAH, at=NOW, verb="record_contact", target_kind="contact", target_id=target, **more)


@pytest.mark.django_db
def test_entries_follow_each_other() -> None:
    first, second = write("c1"), write("c2", person_id="p1", lot="dudley", detail={"minutes": [None, 45]})
    assert (first.sequence, first.previous_hash) == (1, chain.GENESIS)
    assert (second.sequence, second.previous_hash) == (2, first.hash)
    assert second.detail == '{"minutes":[null,45]}'
    assert chain.first_break(queries.in_order()) is None


@pytest.mark.django_db
def test_hash_holds_after_reading_back() -> None:
    """What the database gives back hashes as what was written: microseconds, zone, accents and all."""
    at = datetime(2019, 3, 31, 0, 59, 59, 123456, tzinfo=NOW.tzinfo)
    record(by=Actor.user("1", "Zoë Ó"), at=at, verb="v", target_kind="t", target_id="1", detail={"é": "£"})
    assert chain.link_hash(Entry.objects.get()) == Entry.objects.get().hash


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_is_refused() -> None:
    with pytest.raises(OutsideTransaction):
        write()
    assert Entry.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_entry_falls_with_what_it_records() -> None:
    with pytest.raises(RuntimeError, match="fails"), transaction.atomic():
        write()
        raise RuntimeError("the action fails")
    assert Entry.objects.count() == 0


@pytest.mark.parametrize(
    ("kind", "id_", "name"),
    [("user", "", "Leah"), ("user", "7", " "), ("user", " ", "Leah"), ("nobody", "7", "Leah"), ("", "", "")],
)
def test_no_actor_can_be_empty(kind: str, id_: str, name: str) -> None:
    with pytest.raises(ValueError, match=r"[Aa]n actor"):
        Actor(kind, id_, name)


@pytest.mark.django_db
@pytest.mark.parametrize("nobody", [None, "Leah Morgan", object()])
def test_nothing_is_written_without_an_actor(nobody: object) -> None:
    with pytest.raises(TypeError):
        record(by=nobody, at=NOW, verb="v", target_kind="t", target_id="1")
    assert Entry.objects.count() == 0


def test_actors_of_every_kind() -> None:
    assert Actor.public_form().kind == "public"
    assert Actor.system("demo") == Actor("system", "demo", "Placewell (demo)")


@pytest.mark.django_db(transaction=True)
def test_views_have_a_transaction_of_their_own_and_leave_the_data_version() -> None:
    with transaction.atomic():
        change = write()
    view = record_view(by=LEAH, at=NOW, verb="view_person", target_kind="person", target_id="p1", person_id="p1")
    seen = record_list_view(by=LEAH, at=NOW, verb="view_caseload", ids=["p1", "p2"], lot="dudley")
    assert (view.is_view, seen.is_view, change.is_view) == (True, True, False)
    assert seen.detail == '{"count":2,"shown":["p1","p2"]}'
    assert queries.data_version() == change.sequence
    assert queries.head() == seen


@pytest.mark.django_db
def test_data_version_of_an_empty_chain() -> None:
    assert queries.data_version() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "seen"),
    [("specialist", 2), ("team_leader", 2), ("manager", 2), ("commissioner", 0), ("evaluator", 0), ("programme", 0)],
)
def test_who_reads_the_history_of_a_person(world: World, role: str, seen: int) -> None:
    write("c1", person_id="p1")
    write("c2", person_id="p1")
    write("c3", person_id="p2")
    found = queries.entries_of_person(world.viewer(role), "p1")
    assert len(found) == seen
    assert [entry.target_id for entry in found] == ["c2", "c1"][:seen]


@pytest.mark.django_db(transaction=True)
def test_eight_writers_make_one_chain() -> None:
    failures: list[BaseException] = []

    def work(writer: int) -> None:
        try:
            for number in range(5):
                with transaction.atomic():
                    write(f"{writer}-{number}")
        except BaseException as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(writer,)) for writer in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert [entry.sequence for entry in queries.in_order()] == list(range(1, 41))
    assert chain.first_break(queries.in_order()) is None

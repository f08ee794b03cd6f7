"""The database refuses to change the chain, says when its guard is gone, and the walk finds what got in meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from tests.site.audit.test_record import write

from placewell_web.audit import triggers
from placewell_web.audit.checks import triggers_in_place
from placewell_web.audit.models import Entry

pytestmark = pytest.mark.django_db

COPY = (
    "INSERT INTO audit_entry SELECT {sequence}, at, actor_kind, actor_id, actor_name, verb, is_view, target_kind, "
    "target_id, person_id, lot, detail, previous_hash, '{hash}' FROM audit_entry WHERE sequence = 2"
)
REFUSED = {
    "update": "UPDATE audit_entry SET lot = 'x' WHERE sequence = 2",
    "update of nothing much": "UPDATE audit_entry SET verb = verb",
    "delete": "DELETE FROM audit_entry WHERE sequence = 3",
    "delete of all": "DELETE FROM audit_entry",
    "insert with a gap": COPY.format(sequence=9, hash="a" * 64),
    "insert that does not follow": COPY.format(sequence=4, hash="b" * 64),
    "insert in the middle": COPY.format(sequence=0, hash="c" * 64),
}


@pytest.fixture(autouse=True)
def _three_entries() -> None:
    for target in ("c1", "c2", "c3"):
        write(target)


def _columns() -> str:
    return ", ".join(field.column for field in Entry._meta.concrete_fields)


@pytest.mark.parametrize("what", sorted(REFUSED))
def test_the_database_refuses(what: str) -> None:
    before = list(Entry.objects.values())
    statement = REFUSED[what].replace("INSERT INTO audit_entry", f"INSERT INTO audit_entry ({_columns()})")
    with pytest.raises(DatabaseError, match="an audit entry"), transaction.atomic():
        connection.cursor().execute(statement)
    assert list(Entry.objects.values()) == before


def test_replace_and_truncate_are_refused() -> None:
    statement = (
        "TRUNCATE audit_entry"
        if connection.vendor == "postgresql"
        else COPY.format(sequence=2, hash="d" * 64).replace("INSERT", "INSERT OR REPLACE")
    )
    with pytest.raises(DatabaseError, match="an audit entry"), transaction.atomic():
        connection.cursor().execute(statement)
    assert Entry.objects.count() == 3


def test_the_orm_is_refused_too() -> None:
    entry = Entry.objects.get(sequence=2)
    entry.lot = "sandwell"
    for attempt in (entry.save, entry.delete, lambda: Entry.objects.update(lot="x"), Entry.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()


def test_installing_again_changes_nothing() -> None:
    triggers.install(connection)
    triggers.install(connection)
    assert triggers.missing(connection) == set()
    assert triggers_in_place(databases=["default"]) == []


def test_migrate_puts_them_back() -> None:
    triggers.remove(connection)
    assert triggers.missing(connection) == set(triggers.expected(connection))
    triggers.after_migrate("default")
    assert triggers.missing(connection) == set()


def test_the_check_names_what_is_gone() -> None:
    triggers.remove(connection)
    (found,) = triggers_in_place(databases=["default"])
    assert found.id == "placewell.audit.E001"
    assert "audit_entry_no_update" in found.msg
    assert "migrate" in str(found.hint)
    assert triggers_in_place(databases=None) == []


@pytest.mark.parametrize("how", ["DISABLE TRIGGER", "ENABLE REPLICA TRIGGER"])
def test_a_trigger_that_is_switched_off_is_missing(how: str) -> None:
    """On PostgreSQL the owner of a table may do that; SQLite knows no such thing, so there it is dropped."""
    name = "audit_entry_no_delete"
    statement = f"ALTER TABLE audit_entry {how} {name}" if connection.vendor == "postgresql" else f"DROP TRIGGER {name}"
    connection.cursor().execute(statement)
    assert triggers.missing(connection) == {name}
    assert [error.id for error in triggers_in_place(databases=["default"])] == ["placewell.audit.E001"]


TAMPERED = {
    "edit": ("UPDATE audit_entry SET lot = 'x' WHERE sequence = 2", "entry 2 was changed"),
    "delete": ("DELETE FROM audit_entry WHERE sequence = 2", "entry 2 is missing"),
    "delete of the first": ("DELETE FROM audit_entry WHERE sequence = 1", "entry 1 is missing"),
    "insert": (COPY.format(sequence=4, hash="e" * 64), "entry 4 does not follow"),
    "time": ("UPDATE audit_entry SET at = '2001-01-01 00:00:00+00:00' WHERE sequence = 3", "entry 3 was changed"),
}


@pytest.mark.parametrize("what", sorted(TAMPERED))
def test_the_walk_finds_what_got_past_the_guard(what: str) -> None:
    statement, words = TAMPERED[what]
    triggers.remove(connection)
    connection.cursor().execute(statement.replace("audit_entry SELECT", f"audit_entry ({_columns()}) SELECT"))
    with pytest.raises(CommandError, match=words):
        call_command("verify_audit")


def test_the_walk_finds_a_swap() -> None:
    triggers.remove(connection)
    for statement in ("SET sequence = 99 WHERE sequence = 1", "SET sequence = 1 WHERE sequence = 2"):
        connection.cursor().execute(f"UPDATE audit_entry {statement}")
    connection.cursor().execute("UPDATE audit_entry SET sequence = 2 WHERE sequence = 99")
    with pytest.raises(CommandError, match="entry 1 does not follow"):
        call_command("verify_audit")


def test_a_whole_chain_is_said_to_hold() -> None:
    out = StringIO()
    call_command("verify_audit", stdout=out)
    assert "holds: 3 entries" in out.getvalue()
    assert Entry.objects.get(sequence=3).hash in out.getvalue()


def test_an_empty_chain_is_no_fault() -> None:
    triggers.remove(connection)
    connection.cursor().execute("DELETE FROM audit_entry")
    out = StringIO()
    call_command("verify_audit", stdout=out)
    assert "empty" in out.getvalue()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda number, head: (number, head), ""),
        (lambda number, head: ("4", head), "cut off: entry 4 is gone"),
        (lambda number, head: (number, "f" * 64), "written anew: entry 3"),
        (lambda number, head: ("x", head), "NUMBER is the number"),
    ],
)
def test_a_head_kept_elsewhere_shows_what_the_chain_cannot(change: Callable[..., tuple[str, str]], words: str) -> None:
    """A cut tail and a chain computed anew hold by themselves: the number and hash written down outside tell."""
    kept = change("3", Entry.objects.get(sequence=3).hash)
    out = StringIO()
    if words:
        with pytest.raises(CommandError, match=words):
            call_command("verify_audit", "--keeps", *kept)
    else:
        call_command("verify_audit", "--keeps", *kept, stdout=out)
        assert "Entry 3 is as it was." in out.getvalue()

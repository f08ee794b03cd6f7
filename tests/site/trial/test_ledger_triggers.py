"""The database refuses to change the ledger, and says when its guard is gone."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from tests.site.conftest import World
from tests.site.trial.ready import ready_meetings, train
from tests.site.trial.test_randomise import press

from placewell_web.trial import triggers
from placewell_web.trial.checks import sound_ledger
from placewell_web.trial.models import LedgerEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_trial")]

COPY = (
    "INSERT INTO trial_ledgerentry (seq, kind, at, person, stratum, n, arm, body, previous_hash, hash) "
    "SELECT {seq}, '{kind}', at, '{person}', stratum, {n}, arm, body, {previous}, '{hash}' "
    "FROM trial_ledgerentry WHERE seq = 3"
)
LAST = "(SELECT hash FROM trial_ledgerentry WHERE seq = 3)"
USUAL = {"seq": 4, "kind": "allocation", "person": "TIW X", "n": 3, "previous": LAST, "hash": "a" * 64}


def copy(**more: object) -> str:
    return COPY.format(**{**USUAL, **more})


REFUSED = {
    "update": "UPDATE trial_ledgerentry SET arm = 'ips' WHERE seq = 2",
    "update of nothing much": "UPDATE trial_ledgerentry SET kind = kind",
    "delete": "DELETE FROM trial_ledgerentry WHERE seq = 3",
    "delete of all": "DELETE FROM trial_ledgerentry",
    "a gap": copy(seq=9),
    "in the middle": copy(seq=2),
    "not following by hash": copy(previous="'" + "b" * 64 + "'"),
    "n with a gap": copy(n=4),
    "n again": copy(n=2),
    "no n": copy(n="NULL"),
}


@pytest.fixture(autouse=True)
def _three_people(open_trial: object, world: World) -> None:
    train(world)
    for each in ready_meetings(world, 3):
        press(world, each)


def attempt(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("what", REFUSED)
def test_the_database_refuses(what: str) -> None:
    before = list(LedgerEntry.objects.values())
    with pytest.raises(DatabaseError, match="ledger entry"):
        attempt(REFUSED[what])
    assert list(LedgerEntry.objects.values()) == before


def test_one_that_follows_is_taken_so_that_the_refusals_mean_something() -> None:
    attempt(copy())
    assert LedgerEntry.objects.count() == 5


def test_replace_and_truncate_are_refused() -> None:
    emptied = connection.vendor == "postgresql"
    with pytest.raises(DatabaseError, match="ledger entry"):
        attempt("TRUNCATE trial_ledgerentry" if emptied else copy(seq=2).replace("INSERT", "INSERT OR REPLACE"))


def test_one_person_is_allocated_once_whatever_the_program_does() -> None:
    with pytest.raises(DatabaseError):
        attempt(copy(person="TIW 000-000"))


@pytest.mark.parametrize("name", triggers.NAMES)
def test_a_missing_trigger_is_an_error_at_the_start_and_migrate_puts_it_back(name: str) -> None:
    if name not in triggers.expected(connection):
        name = "ledger_no_truncate"
    on = f" ON {triggers.TABLE}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}{on}")
    assert triggers.missing(connection) == {name}
    found = sound_ledger(databases=["default"])
    assert [(each.id, name in each.msg) for each in found] == [("placewell.trial.E004", True)]
    call_command("migrate", verbosity=0, stdout=StringIO())
    assert triggers.missing(connection) == set()
    assert sound_ledger(databases=["default"]) == []


def test_no_database_asked_for_means_no_question() -> None:
    assert sound_ledger(databases=None) == []

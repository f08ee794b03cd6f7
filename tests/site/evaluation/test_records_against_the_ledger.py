"""A group changed, taken away or made up in the records behind the site's back is shown, and no arm is told by it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from tests.site.evaluation.factories import Trial, episode_of

from placewell_web.clients.models import Allocation
from placewell_web.trial.actions.records_checked import departures_of_records
from placewell_web.trial.models import LedgerEntry, LedgerHead, Participant

pytestmark = pytest.mark.django_db
DAY = date(2018, 9, 3)
PAGES = ("/evaluation/flow/", "/evaluation/integrity/")


def by_sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount == 1


def of(trial: Trial, seq: int) -> object:
    participant = Participant.unscoped.get(number=LedgerEntry.objects.get(seq=seq).person)
    field = Allocation._meta.pk
    return field.get_db_prep_value(episode_of(participant).pk, connection)


def another_group(trial: Trial) -> None:
    other = {"ips": "control", "control": "ips"}[LedgerEntry.objects.get(seq=2).arm]
    by_sql("UPDATE clients_allocation SET arm = %s WHERE episode_id = %s", other, of(trial, 2))


def no_group(trial: Trial) -> None:
    by_sql("DELETE FROM clients_allocation WHERE episode_id = %s", of(trial, 2))


def another_head(trial: Trial) -> None:
    by_sql("UPDATE trial_ledgerhead SET seq = %s", 3)


def made_up(trial: Trial) -> None:
    met = trial.met(trial.referred(DAY), DAY)
    Allocation.unscoped.create(episode=met.episode, arm="ips", allocated_on=DAY)


CHANGES = [
    (another_group, "Entry 2: the record of TIW 001-K01 has another group than the one that was sealed."),
    (no_group, "Entry 2: the record of TIW 001-K01 has no group, though one was sealed."),
    (another_head, "The row that a draw locks names entry 3 as the last; the ledger ends with entry 15."),
    (made_up, "has a group, and no entry of the ledger gives one."),
]


@pytest.mark.parametrize(("change", "said"), CHANGES)
def test_what_was_changed_behind_the_sites_back_is_shown(
    change: Callable[[Trial], None], said: str, trial: Trial, blinded: Client, unblinded: Client
) -> None:
    for client in (blinded, unblinded):
        assert "People’s records differ" not in client.get(PAGES[0]).content.decode()
    change(trial)
    assert len(departures_of_records()) == 1
    for client in (blinded, unblinded):
        for page in PAGES:
            text = client.get(page).content.decode()
            assert "People’s records differ from the ledger" in text
            assert said in text
            assert "The ledger is broken" not in text
    assert "Records differ" in blinded.get(PAGES[0]).content.decode()


def test_a_group_from_before_the_ledger_and_a_lost_record_are_no_departure(trial: Trial) -> None:
    taken_over = trial.referred(DAY)
    Allocation.unscoped.create(episode=taken_over, arm="control", allocated_on=DAY)
    assert departures_of_records() == ()


def test_without_a_ledger_nothing_departs(db: None) -> None:
    LedgerHead.objects.create(pk=1)
    assert departures_of_records() == ()

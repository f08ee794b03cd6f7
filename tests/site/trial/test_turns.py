"""Draws of one process come one after another, and nobody who holds the database waits for a turn."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from placewell_web.trial.actions import ledger


@pytest.mark.django_db(transaction=True)
def test_whoever_draws_has_the_turn_until_the_transaction_ends(transactional_db: None) -> None:
    with ledger.in_turn():
        assert connection.in_atomic_block
        assert ledger._TURN.locked(), "another one waits before it asks for the database"
    with pytest.raises(ZeroDivisionError), ledger.in_turn():
        raise ZeroDivisionError
    assert not ledger._TURN.locked(), "a draw that failed gives its turn back"
    assert not connection.in_atomic_block


@pytest.mark.django_db(transaction=True)
def test_inside_a_transaction_nobody_waits_for_a_turn(transactional_db: None) -> None:
    with ledger._TURN, transaction.atomic(), ledger.in_turn():
        assert connection.in_atomic_block

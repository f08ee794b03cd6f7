"""The watch that holds every request to "in one transaction with its audit entry" sees each way of breaking it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import Client
from tests.site.audit.test_record import write
from tests.site.conftest import World
from tests.site.writes import writes

from placewell_web.accounts.models import Organisation, User
from placewell_web.accounts.views import own


def change(name: str = "x") -> None:
    Organisation.objects.update(kind=name)


def nothing_at_all() -> None:
    Organisation.objects.count()


def together() -> None:
    with transaction.atomic():
        change()
        with transaction.atomic():
            write()


def entry_first() -> None:
    with transaction.atomic():
        with transaction.atomic():
            write()
        change()


def without_an_entry() -> None:
    with transaction.atomic():
        change()


def outside_a_transaction() -> None:
    change()
    with transaction.atomic():
        write()


def in_two_transactions() -> None:
    with transaction.atomic():
        change()
    with transaction.atomic():
        write()


CASES = [
    (nothing_at_all, []),
    (together, []),
    (entry_first, []),
    (without_an_entry, ["accounts_organisation"]),
    (outside_a_transaction, ["accounts_organisation"]),
    (in_two_transactions, ["accounts_organisation"]),
]


@pytest.mark.parametrize(("work", "alone"), CASES)
@pytest.mark.django_db
def test_inside_a_tests_own_transaction(world: World, work: Callable[[], None], alone: list[str]) -> None:
    with writes() as written:
        work()
    assert written.alone() == alone


@pytest.mark.parametrize(("work", "alone"), [case for case in CASES if case[0] is not in_two_transactions])
@pytest.mark.django_db(transaction=True)
def test_without_one(work: Callable[[], None], alone: list[str]) -> None:
    with writes() as written:
        work()
    assert written.alone() == alone


@pytest.mark.django_db
def test_a_request_that_breaks_it_fails_its_test(
    world: World, client_for: Callable[[User | None], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = own.presenters.account_rows

    def careless(*given: object) -> object:
        User.objects.update(name="Changed by looking")
        return before(*given)

    monkeypatch.setattr(own.presenters, "account_rows", careless)
    with pytest.raises(AssertionError, match="GET /accounts/ wrote to accounts_user in a transaction without"):
        client_for(world.without_post).get("/accounts/")

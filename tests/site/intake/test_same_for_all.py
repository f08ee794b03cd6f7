"""Nobody learns from the form who is known: the same receipt, the same work, and a limit on how often it is sent."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.site.conftest import NOW
from tests.site.intake.conftest import masked

from placewell_web.intake.actions import rates
from placewell_web.intake.models import PossibleDuplicate, RateBucket, Referral

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]
Send = Callable[..., str]
INELIGIBLE = {
    "birth_date": {"birth_date-year": "2010"},
    "last_worked": {"last_worked": "in_work"},
    "gp": {"lot": "elsewhere", "gp_practice": ""},
    "wants_work": {"wants_paid_work": "no"},
}

STATEMENT = re.compile(r"^(\w+).*?(?:(?:INTO|FROM) .(\w+)|$)", re.DOTALL)
NEW = {
    "name": {"first_name": "Wendy", "surname": "Plant"},
    "birth_date": {"birth_date-year": "1960"},
    "contact": {"phone": "07700 900 001", "postcode": "WV1 1AB"},
}


def test_the_receipt_is_the_same_for_new_known_and_ineligible(send: Send, frozen: Any) -> None:
    receipts = []
    for changes in ({}, {}, INELIGIBLE):
        client = Client()
        send(client, "self", changes)
        receipts.append(masked(client.get("/refer/sent/")))
    assert PossibleDuplicate.objects.count() >= 1
    assert receipts[0] == receipts[1] == receipts[2]


def test_the_sent_page_has_the_same_headers(send: Send, frozen: Any) -> None:
    kept = []
    for changes in ({}, {}, INELIGIBLE):
        client = Client()
        send(client, "self", changes)
        headers = dict(client.get("/refer/sent/").headers)
        headers.pop("Content-Security-Policy", None)
        kept.append(headers)
    assert kept[0] == kept[1] == kept[2]


def test_a_known_person_costs_one_insert_more_and_nothing_else(answer: Callable[..., Client], frozen: Any) -> None:
    """The same statements for everyone, but for the question that is kept; benchmarks/receipts.py measures the time."""
    asked: list[list[str]] = []
    for changes in ({}, NEW, {}):
        client = answer(Client(), "self", changes)
        with CaptureQueriesContext(connection) as captured:
            assert client.post("/refer/check/").status_code == 302
        statements = [one["sql"] for one in captured.captured_queries if "SAVEPOINT" not in one["sql"]]
        asked.append([" ".join(STATEMENT.search(statement).groups("")) for statement in statements])
    _, new, known = asked  # the first opens the buckets and the chain
    extra = list(known)
    for statement in new:
        extra.remove(statement)
    assert [one for one in extra if not one.startswith("SELECT")] == ["INSERT intake_possibleduplicate"]
    assert len(extra) <= 2


def test_an_empty_bucket_answers_429_and_fills_again(client: Client, frozen: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(rates, "PAGES", rates.Rate(3, 0.1))
    statuses = [client.post("/refer/who/", {"who": "self"}).status_code for _ in range(5)]
    assert statuses == [302, 302, 302, 429, 429]
    refused = client.post("/refer/who/", {"who": "self"})
    assert int(refused["Retry-After"]) >= 1
    assert "Please wait a moment" in refused.content.decode()
    assert client.get("/refer/who/").status_code == 200
    frozen.shift(timedelta(seconds=30))
    assert client.post("/refer/who/", {"who": "self"}).status_code == 302


def test_everyone_together_has_a_limit(answer: Callable[..., Client], frozen: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(rates, "ALL_SENDS", rates.Rate(1, 0.001))
    first, second = answer(Client(REMOTE_ADDR="192.0.2.1"), "self"), answer(Client(REMOTE_ADDR="192.0.2.2"), "self")
    assert first.post("/refer/check/", REMOTE_ADDR="192.0.2.1").status_code == 302
    assert second.post("/refer/check/", REMOTE_ADDR="192.0.2.2").status_code == 429
    assert Referral.objects.count() == 1
    assert second.get("/refer/check/").status_code == 200


BUCKETS = [(0, 3, True), (0, 4, False), (5, 4, False), (10, 4, True), (-50, 4, False)]


@pytest.mark.parametrize(("seconds", "taking", "given"), BUCKETS)
def test_a_bucket_fills_with_time_and_never_runs_over(monkeypatch: Any, seconds: int, taking: int, given: bool) -> None:
    monkeypatch.setattr(rates, "PAGES", rates.Rate(3, 0.1))
    for _ in range(min(taking, 3) - (taking == 3)):
        rates.allow(at=NOW, address="192.0.2.1")
    later = NOW + timedelta(seconds=seconds)
    if given:
        rates.allow(at=later, address="192.0.2.1")
    else:
        with pytest.raises(rates.TooMany):
            rates.allow(at=later, address="192.0.2.1")
    rates.allow(at=later, address="192.0.2.99")


def test_the_address_itself_is_not_kept() -> None:
    rates.allow(at=NOW, address="192.0.2.1", sends=True)
    assert RateBucket.objects.count() == 3
    assert not any("192" in key and "0.2.1" in key for key in RateBucket.objects.values_list("key", flat=True))


SENDERS = [  # behind the site's own proxy or not, what the proxy wrote, whose bucket is taken from
    (False, "192.0.2.7", "127.0.0.1"),
    (True, "192.0.2.7", "192.0.2.7"),
    (True, "198.51.100.1, 192.0.2.7", "192.0.2.7"),
    (True, "", "127.0.0.1"),
]


@pytest.mark.parametrize(("behind", "written", "counted"), SENDERS)
def test_the_senders_own_address_is_counted(
    client: Client, settings: Any, monkeypatch: Any, behind: bool, written: str, counted: str
) -> None:
    taken: list[str] = []
    monkeypatch.setattr("placewell_web.intake.actions.allow", lambda *, address, **_: taken.append(address))
    settings.BEHIND_PROXY = behind
    client.post("/refer/who/", {"who": "self"}, headers={"X-Forwarded-For": written} if written else {})
    assert taken == [counted]

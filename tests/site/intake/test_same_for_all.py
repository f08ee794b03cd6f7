"""Nobody learns from the form who is known: the same receipt, the same work, and a limit on how often it is sent."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.site.conftest import NOW
from tests.site.intake.conftest import masked

from placewell_web.clients.models import Person
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


@pytest.mark.slow
def test_a_known_person_takes_no_longer(answer: Callable[..., Client], monkeypatch: pytest.MonkeyPatch) -> None:
    """Medians of processor time over pairs: a known person and a new one, in turn (trust.md T2: under 5 ms)."""
    for name in ("PAGES", "SENDS", "ALL_SENDS"):
        monkeypatch.setattr(rates, name, rates.Rate(1e9, 1.0))
    took: dict[str, list[float]] = {"known": [], "new": []}
    for at in range(40):
        new = {
            "name": {"first_name": f"New{at}x", "surname": "Other"},
            "contact": {"phone": f"0770090{at:04}", "postcode": f"WV{at % 9 + 1} {at % 9}AB"},
            "birth_date": {"birth_date-year": str(1950 + at), "birth_date-day": str(at % 27 + 1)},
        }
        for kind, changes in (("new", new), ("known", {})):
            client = answer(Client(), "self", changes)
            began = time.process_time()
            client.post("/refer/check/")
            took[kind].append(time.process_time() - began)
        first, *others = Person.unscoped.filter(search_name="samina rehman").order_by("created_at", "pk")
        Person.unscoped.filter(pk__in=[one.pk for one in others]).update(merged_into=first)
    apart = abs(statistics.median(took["known"][1:]) - statistics.median(took["new"][1:]))
    assert apart < 0.005, took


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

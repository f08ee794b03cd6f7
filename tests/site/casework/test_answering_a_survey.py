"""A code of the confidential survey that is sent twice, late, without a token or by guessing."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from tests.site.casework.factories import TODAY, ago
from tests.site.conftest import NOW, World

from placewell_web.casework.actions import surveys as record
from placewell_web.casework.models import SurveyCode, SurveyCount
from placewell_web.intake.models import RateBucket

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
THANKS = "/survey/thanks/"


@pytest.fixture
def address(world: World) -> str:
    """Of one code of ten, in a survey that is open for a week."""
    held = {"by": world.actor("manager"), "at": NOW}
    round = record.start_round(**held, lot=world.own, opens_on=TODAY, closes_on=ago(-7))
    return reverse("casework:answer_survey", args=[record.make_codes(**held, round=round, number=10, made_before=0)[0]])


def form_of(client: Client, address: str, **answers: str) -> dict[str, str]:
    """What the open page sends."""
    found = re.search(r'name="opened" value="([^"]+)"', client.get(address).content.decode())
    assert found is not None
    return {"opened": found[1]} | answers


def counted() -> int:
    return sum(SurveyCount.objects.values_list("number", flat=True))


def test_the_thanks_can_be_opened_again_and_do_not_name_the_code(client: Client, address: str) -> None:
    thanks = client.post(address, form_of(client, address, q1="good"), follow=True)
    assert thanks.redirect_chain == [(THANKS, 302)]
    for _ in range(2):
        again = client.get(THANKS).content.decode()
        assert "Your answers have been counted" in again
        assert address not in again
    assert counted() == 1


def test_a_second_press_is_told_that_it_was_received_once(client: Client, address: str) -> None:
    sent = form_of(client, address, q1="good")
    assert client.post(address, sent).status_code == 302
    again = client.post(address, sent)
    assert (again.status_code, "received once and counted once" in again.content.decode()) == (200, True)
    without = client.post(address, sent | {"opened": "made up"})
    assert (without.status_code, "received once" in without.content.decode()) == (410, False)
    assert counted() == 1


def test_a_survey_that_closed_meanwhile_counts_nothing_and_keeps_the_words(client: Client, address: str) -> None:
    sent = form_of(client, address, q1="good", remark="The lift is broken")
    with time_machine.travel(NOW + timedelta(days=8), tick=False):
        late = client.post(address, sent)
    said = late.content.decode()
    assert (late.status_code, "received once" in said) == (410, False)
    assert "What you sent was not counted." in said
    assert "The lift is broken" in said
    assert counted() == 0


def test_without_its_token_an_answer_waits_for_one_more_press(address: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    sent = form_of(strict, address, q1="good", remark="The lift is broken")
    strict.cookies.clear()
    stale = strict.post(address, sent)
    said = stale.content.decode()
    assert (stale.status_code, SurveyCode.objects.count()) == (403, 10)
    assert "send them now" in said
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', said))
    assert {name: fields[name] for name in sent} == sent
    assert strict.post(address, fields, follow=True).redirect_chain == [(THANKS, 302)]
    strict.cookies.clear()
    assert "received once" in strict.post(address, sent).content.decode()
    assert strict.post(reverse("casework:answer_survey", args=["AAAA"]), sent).status_code == 410


def test_no_page_of_it_is_listed(client: Client, address: str) -> None:
    sent, unknown = form_of(client, address), reverse("casework:answer_survey", args=["AAAA"])
    pages = [client.get(address), client.post(address, sent), client.get(unknown), client.get(THANKS)]
    pages += [Client(enforce_csrf_checks=True).post(address, sent), client.post(address, sent | {"q1": "good"})]
    assert [page.status_code for page in pages] == [200, 200, 410, 200, 403, 302]
    for page in pages:
        assert page["X-Robots-Tag"] == "noindex, nofollow, noarchive"


def test_guesses_are_limited_and_an_answer_leaves_no_moment_of_its_address(client: Client, address: str) -> None:
    sent = form_of(client, address, q1="superb")
    for answer in ("superb", "good", "good"):
        client.post(address, sent | {"q1": answer})
    assert counted() == 1
    assert not RateBucket.objects.exists()
    guess = reverse("casework:answer_survey", args=["AAAA-AAAA-AAAA"])
    assert [client.post(guess, {"q1": "good"}).status_code for _ in range(121)] == [410] * 120 + [429]

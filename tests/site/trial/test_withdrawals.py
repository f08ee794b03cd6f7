"""Leaving the study: what each scope stops, from which day, who is told; nothing is erased by it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.http import Http404
from django.test import Client
from django.urls import reverse
from tests.site.conftest import World
from tests.site.trial.factories import accepted
from tests.site.trial.people import AFTER, Drawn, one_of_each, page, press
from tests.site.trial.ready import DRAWN_AT

from placewell_web.accounts.errors import Refused
from placewell_web.accounts.models import Role
from placewell_web.audit.models import Entry
from placewell_web.clients.models import Consent, Episode
from placewell_web.trial.actions import ledger, withdrawals
from placewell_web.trial.models import LedgerEntry, Meeting, Notice, Participant, SignedConsent, Withdrawal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_trial")]
SignIn = Callable[..., Client]
TODAY = AFTER.date()


@pytest.fixture
def drawn(world: World) -> dict[str, Drawn]:
    found = one_of_each(world)
    for one in found.values():
        Consent.unscoped.create(episode=one.episode, kind="linkage", given_on=DRAWN_AT.date())
    return found


@pytest.fixture(autouse=True)
def _two_days_later() -> object:
    with time_machine.travel(AFTER, tick=False) as traveller:
        yield traveller


def leave(world: World, episode: Episode, *scopes: str, on: date = TODAY, lot: str = "dudley") -> list[Withdrawal]:
    return withdrawals.withdraw(
        by=world.actor(Role.SPECIALIST, lot), at=AFTER, viewer=world.viewer(Role.SPECIALIST, lot),
        episode_id=episode.pk, scopes=scopes, on=on,
    )  # fmt: skip


def taken_back(episode: Episode) -> set[str]:
    return set(Consent.unscoped.filter(episode=episode, withdrawn_on=TODAY).values_list("kind", flat=True))


SCOPES = [  # what is chosen, the consents that no longer hold, whether support ends
    (("intervention",), set(), True),
    (("contact",), {"trial"}, False),
    (("linkage",), {"linkage"}, False),
    (("remove_data",), {"trial", "linkage", "share_data"}, False),
    (("intervention", "linkage"), {"linkage"}, True),
]


@pytest.mark.parametrize(("scopes", "kinds", "closes"), SCOPES)
def test_each_scope_does_what_it_says_and_no_more(
    world: World, drawn: dict[str, Drawn], scopes: tuple[str, ...], kinds: set[str], closes: bool
) -> None:
    person = drawn["ips"]
    rows = leave(world, person.episode, *scopes)
    entries = LedgerEntry.objects.filter(kind="withdraw", person=person.number).order_by("seq")
    assert {json.loads(one.body)["scope"] for one in entries} == set(scopes)
    kept = Withdrawal.unscoped.filter(pk__in=[row.pk for row in rows])
    assert {row.ledger_seq for row in kept} == {one.seq for one in entries}
    assert taken_back(person.episode) == kinds
    episode = Episode.unscoped.get(pk=person.episode.pk)
    assert (episode.closed_on, episode.closure_reason) == ((TODAY, "other") if closes else (None, ""))
    told = Notice.objects.get(kind="withdrawal")
    body = json.loads(told.body)
    assert (body["scopes"], body["randomised"], body["on"]) == (list(scopes), True, TODAY.isoformat())
    assert set(body["means"]) == {"support", "contact", "linkage", "held_data"}
    assert told.due_at == AFTER + timedelta(hours=24)
    assert "Ready" not in told.body  # no name


def test_nothing_is_erased(world: World, drawn: dict[str, Drawn]) -> None:
    person = drawn["control"]
    before = (
        SignedConsent.unscoped.count(),
        Consent.unscoped.count(),
        LedgerEntry.objects.filter(kind="allocation").count(),
    )
    leave(world, person.episode, "remove_data")
    after = (
        SignedConsent.unscoped.count(),
        Consent.unscoped.count(),
        LedgerEntry.objects.filter(kind="allocation").count(),
    )
    assert after == before
    assert Participant.unscoped.filter(pk=person.participant.pk).exists()


def test_the_notice_says_what_holds_with_everything_taken_back_so_far(world: World, drawn: dict[str, Drawn]) -> None:
    leave(world, drawn["ips"].episode, "linkage")
    leave(world, drawn["ips"].episode, "contact")
    both = [json.loads(one.body)["means"] for one in Notice.objects.filter(kind="withdrawal")]
    assert any(one["linkage"].startswith("Nothing more") and one["contact"].startswith("No more") for one in both)


REFUSALS = [
    ({"scopes": ()}, "Choose what"),
    ({"scopes": ("everything",)}, "Choose what"),
    ({"scopes": ("linkage",), "on": TODAY + timedelta(days=1)}, "in the future"),
    ({"scopes": ("linkage",), "on": date(2018, 11, 13)}, "not before"),
]


@pytest.mark.parametrize(("said", "words"), REFUSALS)
def test_what_makes_no_sense_is_refused(
    world: World, drawn: dict[str, Drawn], said: dict[str, Any], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        leave(world, drawn["ips"].episode, *said["scopes"], on=said.get("on", TODAY))
    assert not Withdrawal.unscoped.exists()


def test_twice_is_refused_kindly_and_leaves_one(world: World, drawn: dict[str, Drawn]) -> None:
    leave(world, drawn["ips"].episode, "linkage")
    with pytest.raises(Refused, match="recorded on 16 November 2018 already, and it holds"):
        leave(world, drawn["ips"].episode, "linkage")
    assert Withdrawal.unscoped.count() == Notice.objects.filter(kind="withdrawal").count() == 1


def test_who_has_no_support_is_not_asked_whether_it_ends(world: World, drawn: dict[str, Drawn]) -> None:
    with pytest.raises(Refused, match="Choose what"):
        leave(world, drawn["control"].episode, "intervention")


def test_before_the_draw_the_meeting_ends_and_the_ledger_says_nothing(world: World, drawn: dict[str, Drawn]) -> None:
    meeting = Meeting.unscoped.filter(randomised_at=None).select_related("episode").first()
    entries = LedgerEntry.objects.count()
    leave(world, meeting.episode, "contact")
    meeting.refresh_from_db()
    assert (meeting.ended_at, meeting.ending, LedgerEntry.objects.count()) == (AFTER, "stopped", entries)
    assert taken_back(meeting.episode) == {"trial"}
    assert not json.loads(Notice.objects.get(kind="withdrawal").body)["randomised"]


def test_before_the_draw_linkage_alone_leaves_the_meeting_open(world: World, drawn: dict[str, Drawn]) -> None:
    meeting = Meeting.unscoped.filter(randomised_at=None).select_related("episode").first()
    leave(world, meeting.episode, "linkage")
    meeting.refresh_from_db()
    assert meeting.ended_at is None


def test_a_ledger_out_of_reach_stands_in_nobody_s_way(
    world: World, drawn: dict[str, Drawn], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def away(**_: object) -> int:
        raise ledger.DrawUnavailable("The draw is not ready.")

    append = ledger.append_withdraw
    monkeypatch.setattr(ledger, "append_withdraw", away)
    leave(world, drawn["ips"].episode, "contact")
    assert Withdrawal.unscoped.get().ledger_seq is None
    assert taken_back(drawn["ips"].episode) == {"trial"}
    monkeypatch.setattr(ledger, "append_withdraw", append)
    by = world.actor(Role.SPECIALIST)
    call_command("enter_withdrawals")
    assert capsys.readouterr().out == "1 withdrawal entered\n"
    assert Withdrawal.unscoped.get().ledger_seq == LedgerEntry.objects.get(kind="withdraw").seq
    assert withdrawals.enter_waiting(by=by, at=AFTER, participant=drawn["ips"].participant) == 0


def test_another_lot_cannot_take_anyone_out(world: World, drawn: dict[str, Drawn]) -> None:
    with pytest.raises(Http404):
        leave(world, drawn["ips"].episode, "contact", lot="wolverhampton")


def test_the_pages_show_what_it_means_before_it_is_recorded(
    world: World, drawn: dict[str, Drawn], client_for: SignIn
) -> None:
    client, episode = client_for(world.user(Role.SPECIALIST)), drawn["ips"].episode
    text = page(client, "withdraw", episode)
    assert "No reason is needed" in text
    assert "Choose what the person no longer wants." in press(client, "withdraw", episode, {})
    day = {"on-day": "16", "on-month": "11", "on-year": "2018"}
    shown = press(client, "withdraw", episode, {"scopes": ["intervention", "contact"], **day})
    for said in ("Support ends; the record of it stays.", "No more questionnaires", "Nothing is erased", "Record it"):
        assert said in shown
    assert not Withdrawal.unscoped.exists()
    done = press(client, "withdraw", episode, {"scopes": ["intervention", "contact"], **day, "confirm": "yes"})
    assert "Recorded already" in done
    assert Withdrawal.unscoped.count() == 2
    again = press(client, "withdraw", episode, {"scopes": ["contact"], **day, "confirm": "yes"})
    assert "and it holds" in again


def test_whoever_has_not_begun_has_nothing_to_leave(world: World, client_for: SignIn) -> None:
    other = accepted(world, at=AFTER)
    text = page(client_for(world.user(Role.SPECIALIST)), "withdraw", other)
    assert "has not begun to take part" in text
    with pytest.raises(Refused, match="not begun to take part"):
        leave(world, other, "contact")


def test_the_outbox_shows_that_it_was_told_and_never_what(
    world: World, drawn: dict[str, Drawn], client_for: SignIn
) -> None:
    leave(world, drawn["ips"].episode, "remove_data")
    shown = client_for(world.user(Role.MANAGER)).get(reverse("trial:notices")).content.decode()
    assert drawn["ips"].number in shown
    assert "To be sent" in shown
    assert "remove_data" not in shown
    assert drawn["control"].number not in shown  # its receipt waits too, and receipts can be counted
    seen = Entry.objects.get(verb="view_trial_notices")
    assert drawn["ips"].number in json.loads(seen.detail)["shown"]
    elsewhere = client_for(world.user(Role.MANAGER, "wolverhampton")).get(reverse("trial:notices")).content.decode()
    assert "Nothing has had to be told." in elsewhere
    with time_machine.travel(AFTER + timedelta(hours=25), tick=False):
        late = client_for(world.user(Role.MANAGER)).get(reverse("trial:notices")).content.decode()
        assert "1 of these is late" in late
        Notice.objects.update(sent_at=AFTER)
        assert "Sent" in client_for(world.user(Role.MANAGER)).get(reverse("trial:notices")).content.decode()


@pytest.mark.parametrize("role", [Role.SPECIALIST, Role.PROGRAMME, Role.COMMISSIONER, Role.ADMINISTRATOR])
def test_who_may_not_see_the_outbox(world: World, client_for: SignIn, role: str) -> None:
    assert client_for(world.user(role)).get(reverse("trial:notices")).status_code == 403

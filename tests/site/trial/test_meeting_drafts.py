"""Nothing typed is lost: with the connection, with the session, or with an answer that was wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from tests.site.conftest import World
from tests.site.trial.walking import DAY, address, fields_of, form_of, press, send, text_of, walk

from placewell_web.accounts.models import User
from placewell_web.audit.models import Entry
from placewell_web.clients.models import Allocation, Episode
from placewell_web.trial.models import Meeting, MeetingDraft

pytestmark = pytest.mark.django_db
Clients = Callable[[User | None], Client]


def key_of(client: Client, episode: Episode, step: str) -> str:
    page = client.get(address(episode, step)).content.decode()
    return re.search(r'name="draft_key" value="([^"]+)"', page)[1]


def save(client: Client, episode: Episode, key: str, **fields: Any) -> Any:
    return client.post(f"/trial/{episode.pk}/draft/", {"draft_key": key, **fields})


def test_what_is_typed_is_kept_as_it_is_typed(specialist: Client, kel: Episode) -> None:
    walk(specialist, kel, "script")
    key = key_of(specialist, kel, "eligibility")
    for weeks in ("5", "52"):
        answer = save(specialist, kel, key, weeks_out_of_work=weeks, in_work="no")
        assert answer.json() == {"saved_at": "10:02"}
    shown = fields_of(specialist.get(address(kel, "eligibility")))
    assert (shown["weeks_out_of_work"], shown["in_work"]) == ("52", "no")
    assert Entry.objects.filter(verb="begin_trial_draft").count() == 1
    send(specialist, kel, "eligibility")
    assert MeetingDraft.unscoped.count() == 0


def test_no_key_no_password_and_no_signature_is_in_a_draft(specialist: Client, kel: Episode) -> None:
    walk(specialist, kel, "information")
    send(specialist, kel, "consent", signed_name="", signature="data:image/png;base64,AAAA", password="secret")
    kept = json.loads(MeetingDraft.unscoped.get().fields)
    assert "statement_chance" in kept
    assert not {"password", "signature", "csrfmiddlewaretoken", "draft_key"} & set(kept)


@pytest.mark.parametrize("key", ["", "forged", "eyJ4IjoxfQ:1xxxxx:yyyy"])
def test_a_draft_needs_the_forms_own_key(specialist: Client, kel: Episode, key: str) -> None:
    walk(specialist, kel, "script")
    assert save(specialist, kel, key, in_work="no").status_code == 409
    assert MeetingDraft.unscoped.count() == 0


def test_a_key_of_another_person_is_none(specialist: Client, kel: Episode, world: World) -> None:
    from tests.site.trial.walking import kelly

    other = kelly(world)
    walk(specialist, kel, "script")
    walk(specialist, other, "script")
    assert save(specialist, other, key_of(specialist, kel, "eligibility"), in_work="no").status_code == 409


def test_a_session_that_ended_loses_no_answer(
    specialist: Client, kel: Episode, world: World, client_for: Clients, meeting_day: time_machine.Traveller
) -> None:
    walk(specialist, kel, "script")
    key = key_of(specialist, kel, "eligibility")
    nobody = client_for(None)
    response = nobody.post(address(kel, "eligibility"), {"draft_key": key, "weeks_out_of_work": "40", "in_work": "no"})
    assert response.status_code == 302 and response["Location"].startswith("/accounts/login/")
    assert Meeting.unscoped.get().eligible_at is None
    meeting_day.move_to(DAY + timedelta(minutes=4))
    again = client_for(world.user("specialist"))
    assert fields_of(again.get(address(kel, "eligibility")))["weeks_out_of_work"] == "40"


def test_a_session_that_ended_before_the_press_draws_nothing(
    specialist: Client, kel: Episode, world: World, client_for: Clients, open_trial: object
) -> None:
    walk(specialist, kel)
    response = press(client_for(None), kel)
    assert response["Location"] == f"/accounts/login/?next={address(kel, 'review')}"
    assert Allocation.unscoped.count() == 0
    again = client_for(world.user("specialist"))
    assert "Complete, 36 of 36" in text_of(again.get(address(kel, "review")))
    assert press(again, kel).status_code == 303
    assert Allocation.unscoped.count() == 1


def test_after_the_end_nothing_is_kept_any_more(specialist: Client, kel: Episode, client_for: Clients) -> None:
    walk(specialist, kel, "information")
    key = key_of(specialist, kel, "consent")
    specialist.post(address(kel, "stop"), {"ending": "stopped"})
    assert save(specialist, kel, key, signed_name="Kelly").status_code == 409
    client_for(None).post(address(kel, "consent"), {"draft_key": key, "signed_name": "Kelly"})
    assert MeetingDraft.unscoped.count() == 0


def test_a_wrong_part_is_shown_again_as_it_was_sent(specialist: Client, kel: Episode) -> None:
    walk(specialist, kel, "person_items")
    send(specialist, kel, "health", item_7="9")
    assert fields_of(specialist.get(address(kel, "health"))) == form_of("rand36", item_7="9")


def test_a_very_long_draft_is_cut_and_not_refused(specialist: Client, kel: Episode) -> None:
    walk(specialist, kel, "script")
    key = key_of(specialist, kel, "eligibility")
    assert save(specialist, kel, key, in_work="x" * 90_000).status_code == 200
    assert len(MeetingDraft.unscoped.get().fields) < 100_000

"""Today says what else waits: questionnaires to ask, and comments that people wrote on their plans."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.site.casework.factories import ago, make_episode, make_person, make_plan
from tests.site.conftest import NOW, World, sign_in

from placewell_web.accounts.models import Role
from placewell_web.casework.actions.links import give_link
from placewell_web.casework.models import AskedQuestionnaire, PlanComment
from placewell_web.clients.models import Episode, Response

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
ASKS = "Questionnaires to ask"


@pytest.fixture
def jas(world: World) -> Episode:
    """Entered 30 days ago: the baseline was due within 28."""
    return make_episode(world, person=make_person(preferred_name="Jas"), referred_on=ago(32), accepted_on=ago(30))


def today(world: World, client: Client, role: str = Role.SPECIALIST, lot: str = "dudley") -> str:
    sign_in(client, world.user(role, lot))
    return " ".join(client.get(reverse("casework:today")).content.decode().split())


def answer(episode: Episode, instrument: str, on: date) -> None:
    facts = {"instrument": instrument, "occasion": "baseline", "completed_on": on, "created_at": NOW}
    form = uuid.uuid4()
    for item in ("1", "2", "3"):
        Response.unscoped.create(episode=episode, form_id=form, item=item, answer="3", **facts)


def leave(world: World, episode: Episode, instrument: str) -> None:
    facts: dict[str, Any] = {"instrument": instrument, "occasion": "baseline", "way": "screen", "created_at": NOW}
    by = world.user(Role.SPECIALIST)
    left = {"unanswered_on": ago(1), "unanswered_reason": "declined"}
    AskedQuestionnaire.unscoped.create(episode=episode, asked_by=by, **facts, **left)


def test_what_the_schedule_asks_stands_there_with_the_day(world: World, client: Client, jas: Episode) -> None:
    page = today(world, client)
    assert ASKS in page
    assert page.count("2 days late") >= 2
    assert reverse("casework:questionnaires", args=[jas.pk]) in page


@pytest.mark.parametrize("how", ["answered", "left unanswered", "closed"])
def test_what_is_no_longer_to_be_asked_is_gone(world: World, client: Client, jas: Episode, how: str) -> None:
    for instrument in ("swemwbs", "rand36"):
        if how == "answered":
            answer(jas, instrument, ago(3))
        elif how == "left unanswered":
            leave(world, jas, instrument)
    if how == "closed":
        jas.closed_on, jas.closure_reason = ago(1), "moved_away"
        jas.save()
    assert ASKS not in today(world, client)


def test_several_forms_cost_no_more_queries(
    world: World, client: Client, jas: Episode, django_assert_max_num_queries: Any
) -> None:
    sign_in(client, world.user(Role.SPECIALIST))
    address = reverse("casework:today")
    client.get(address)
    with django_assert_max_num_queries(40) as first:
        client.get(address)
    for n in range(5):
        answer(make_episode(world, person=make_person(f"P{n}")), "swemwbs", ago(3))
    with django_assert_max_num_queries(len(first)):
        client.get(address)


def comment(world: World, episode: Episode, text: str, **more: Any) -> None:
    plan = make_plan(episode, ago(10))
    link, _ = give_link(by=world.actor(Role.SPECIALIST), at=NOW, episode=episode, purpose="plan", about=plan.pk)
    written = {"text": text, "form_token": uuid.uuid4(), "created_at": NOW}
    PlanComment.unscoped.create(episode=episode, plan=plan, link=link, **written, **more)


def test_a_comment_waits_until_it_is_read(world: World, client: Client, jas: Episode) -> None:
    comment(world, jas, "<b>Mornings</b> suit me better.")
    page = today(world, client)
    assert "Comments on plans" in page
    assert "&lt;b&gt;Mornings&lt;/b&gt; suit me better." in page
    read = {"read_at": NOW + timedelta(minutes=1), "read_by": world.user(Role.SPECIALIST)}
    PlanComment.unscoped.update(**read)
    assert "Comments on plans" not in today(world, client)


def test_another_lots_specialist_sees_neither(world: World, client: Client, jas: Episode) -> None:
    comment(world, jas, "Mornings suit me better.")
    page = today(world, client, lot="wolverhampton")
    assert ASKS not in page
    assert "Mornings" not in page

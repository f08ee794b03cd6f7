"""Today says what else waits: questionnaires to ask, and comments that people wrote on their plans."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.site.casework.factories import ago, make_contact, make_episode, make_person, make_plan
from tests.site.conftest import NOW, World, sign_in

from placewell_web.accounts.models import Role
from placewell_web.casework.actions.links import give_link
from placewell_web.casework.models import Application, AskedQuestionnaire, Disclosure, PlanComment
from placewell_web.casework.presenters.due import when
from placewell_web.casework.presenters.today_page import questionnaires
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


def headline(page: str) -> str:
    return page.split('<p class="cw-answer">')[1].split("</p>")[0]


def test_the_sentence_counts_questionnaires_that_are_late(world: World, client: Client, jas: Episode) -> None:
    said = headline(today(world, client))
    assert said.startswith('Friday 14 June 2019. <strong class="cw-late">')
    assert said.endswith('in the next 7 days, and <a href="#to-ask">2 questionnaires late</a>.')
    assert 'id="to-ask">Questionnaires to ask<' in today(world, client)


def test_what_is_not_late_stands_in_its_card_alone(world: World, client: Client) -> None:
    make_episode(world, referred_on=ago(5), accepted_on=ago(3))
    page = today(world, client)
    assert ASKS in page
    assert headline(page).endswith("1 in the next 7 days.")


def test_where_only_questionnaires_are_late_nothing_else_is_due(world: World, client: Client, jas: Episode) -> None:
    """Met yesterday, with applications out and everything settled but the questionnaires."""
    settle(jas)
    page = today(world, client)
    said = headline(page)
    assert said.startswith('Friday 14 June 2019. <a href="#to-ask">2 questionnaires late</a>. Nothing else is due.')
    assert "Nothing is due." not in page


def settle(episode: Episode) -> None:
    """With nothing to do in the next seven days but questionnaires."""
    make_contact(episode, ago(1))
    Application.unscoped.create(episode=episode, on=ago(1), made_by="client", created_at=NOW)
    Disclosure.unscoped.create(episode=episode, on=ago(1), decision="yes", created_at=NOW)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([-3, 0, 5], "1 questionnaire late"),
        ([-3, -1], "2 questionnaires late"),
        ([0, 5], "2 questionnaires to ask"),
        ([], ""),
    ],
)
def test_questionnaires_in_words(days: list[int], words: str) -> None:
    rows = [SimpleNamespace(due=SimpleNamespace(when=when(ago(-one), ago(0)))) for one in days]
    assert questionnaires(rows) == words  # type: ignore[arg-type]


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

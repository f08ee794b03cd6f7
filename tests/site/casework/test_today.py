"""Today and Next steps: what would satisfy each clock, the ways that lead there, and what stays open."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.site.casework.factories import ago, make_contact, make_episode, make_job, make_session
from tests.site.conftest import NOW, World

from placewell_web.accounts.models import User
from placewell_web.casework.models import Appointment, Contact
from placewell_web.casework.queries.episodes import planned_contacts
from placewell_web.clients.models import Episode

SignIn = Callable[[User | None], Client]


@pytest.fixture(autouse=True)
def _still(frozen: object) -> None:
    """Friday 14 June 2019, 12:04."""


@pytest.fixture
def client(world: World, client_for: SignIn) -> Client:
    return client_for(world.user("specialist"))


def in_work(world: World) -> Episode:
    """In the second week of a job, met on its first day."""
    episode = make_episode(world)
    make_job(episode, ago(10))
    make_contact(episode, ago(10))
    return episode


def seen(client: Client, path: str = "/today/") -> str:
    return " ".join(client.get(path).content.decode().split())


def row_of(page: str, what: str) -> str:
    """The row of something due."""
    rows = page.split('<li class="cw-due')[1:]
    return next(row.split("</li>")[0] for row in rows if what in row)


def test_each_clock_says_what_would_satisfy_it(world: World, client: Client) -> None:
    episode = in_work(world)
    done_by = "Done by a face-to-face contact with the person in the week"
    assert done_by in row_of(seen(client), "weekly in-work contact")
    steps = seen(client, f"/people/{episode.pk}/").split("Next steps</h2>")[1].split("</section>")[0]
    rows = steps.split('<li class="cw-due')[1:]
    assert len(rows) > 1
    assert all(re.search(r'<p class="pw-second">Done by \w+ ', row) for row in rows)


def test_only_a_meeting_is_offered_where_only_a_meeting_will_do(world: World, client: Client) -> None:
    episode = in_work(world)
    row = row_of(seen(client), "weekly in-work contact")
    assert f'href="/people/{episode.pk}/meeting/">Book a meeting' in row
    assert "Call Jaswinder" not in row
    assert f'href="/people/{episode.pk}/contact/"' in row
    Appointment.unscoped.create(episode=episode, specialist=episode.specialist, starts_at=NOW, created_at=NOW)
    row = row_of(seen(client), "weekly in-work contact")
    assert "You meet at 12:04 today" in row
    assert "Book a meeting" not in row, "it is booked"


def test_a_call_is_offered_where_a_call_will_do(world: World, client: Client) -> None:
    make_episode(world, referred_on=ago(5), accepted_on=ago(3))
    row = row_of(seen(client), "make the first contact")
    assert "Done by a two-way contact with the person" in row
    assert "Call Jaswinder" in row


@pytest.mark.parametrize(
    ("logged", "said"),
    [
        ({"kind": "call", "place": "remote"}, "call logged. Still open: weekly in-work contact, 3 days late."),
        ({}, "appointment logged. Next by 18 June 2019."),
    ],
)
def test_done_today_says_what_is_still_open(world: World, client: Client, logged: dict[str, str], said: str) -> None:
    make_contact(in_work(world), ago(0), created_at=NOW, **logged)
    page = seen(client)
    assert said in page
    assert "Next by 11 June 2019" not in page, "no day to come lies behind"


def test_what_is_due_on_the_day_itself_is_still_open(world: World, client: Client) -> None:
    episode = make_episode(world)
    make_job(episode, ago(7))
    make_contact(episode, ago(7))
    make_contact(episode, ago(0), created_at=NOW, kind="call", place="remote")
    assert "Still open: weekly in-work contact, today." in seen(client)


def test_a_first_employer_contact_is_logged_as_one(world: World, client: Client) -> None:
    """The form of contacts with employers, this person ticked; an application would do as well."""
    episode = make_episode(world, accepted_on=ago(20), referred_on=ago(20))
    steps = row_of(seen(client, f"/people/{episode.pk}/"), "First employer contact")
    form = re.search(r'href="([^"]+)" role="button"[^>]*>Log employer contact<', steps)
    assert form[1] == f"/employers/contact/?people={episode.pk}"
    assert f'value="{episode.pk}" checked' in seen(client, form[1])
    second = re.search(r'class="cw-beside" href="([^"]+)">Record application<', steps)
    assert client.get(second[1]).status_code == 200


TEXT = {"kind": "text", "attendance": "one_way", "place": "remote"}
CALL = {"kind": "call", "place": "remote"}
AGREED = {"next_on": ago(-7)}

PLANS = [
    ("nothing since", [AGREED], "21 June 2019"),
    ("a message in between", [AGREED, TEXT], "21 June 2019"),
    ("nobody came", [AGREED, CALL | {"attendance": "did_not_attend"}], "21 June 2019"),
    ("the clinician was spoken with", [AGREED, CALL | {"with_whom": "clinician"}], "21 June 2019"),
    ("another day was set", [AGREED, TEXT | {"next_on": ago(-3)}], "17 June 2019"),
    ("spoken with, and no day set", [AGREED, CALL], ""),
    ("no day was ever set", [CALL], ""),
    ("the day has passed", [{"next_on": ago(2)}, TEXT], "12 June 2019"),
]


@pytest.mark.parametrize(("logged", "on"), [row[1:] for row in PLANS], ids=[row[0] for row in PLANS])
def test_the_day_that_was_agreed_stays_until_it_is_kept(
    world: World, client: Client, logged: list[dict[str, Any]], on: str
) -> None:
    episode = make_episode(world)
    for place, fields in enumerate(logged):
        make_contact(episode, ago(4), created_at=NOW - timedelta(days=3, minutes=-place), **fields)
    steps = seen(client, f"/people/{episode.pk}/").split("Next steps</h2>")[1].split("</section>")[0]
    assert (
        f'on {on}</span></div> <div class="cw-due__what"><h3 class="cw-due__title cw-strong">Contact as' in steps
    ) == (on != "")
    assert ("Contact as planned" in steps) == bool(on)
    assert (f"You planned a contact for {on}" in seen(client)) == (on == "12 June 2019"), "Today: once it has come"


@pytest.mark.parametrize("fields", [{"closed_on": ago(1), "closure_reason": "moved_away"}, {"lot": "wolverhampton"}])
def test_nothing_is_planned_with_whom_is_not_supported_or_not_seen(world: World, fields: dict[str, Any]) -> None:
    episode = make_episode(world, **fields)
    make_contact(episode, ago(4), next_on=ago(1))
    assert planned_contacts(world.viewer("specialist"), [episode.pk]) == {}


def test_done_today_says_which_day_was_agreed(world: World, client: Client) -> None:
    episode = in_work(world)
    make_contact(episode, ago(0), created_at=NOW, next_on=ago(-7))
    assert "appointment logged. You planned a contact for 21 June 2019. Next by 18 June 2019." in seen(client)


def test_a_group_says_which_day_was_agreed(world: World, client: Client) -> None:
    make_session([make_episode(world), make_episode(world)], ago(0))
    Contact.unscoped.update(next_on=ago(-7))
    assert "group logged for 2 people. You planned a contact for 21 June 2019." in seen(client)


@pytest.mark.parametrize("role", ["specialist", "team_leader", "manager"])
def test_a_limit_says_who_records_an_exception(world: World, client_for: SignIn, role: str) -> None:
    """Words that are true for whoever reads them: a specialist may not extend support beyond the limit."""
    episode = make_episode(world)
    row = row_of(seen(client_for(world.user(role)), f"/people/{episode.pk}/"), "Nine months of support end")
    assert "Agree an ending, or have an exception recorded with its reason." in row
    assert "or the end of active support. A team leader or manager records an exception</p>" in row
    assert "or record an exception" not in row


def test_no_other_clock_speaks_of_exceptions(world: World, client: Client) -> None:
    in_work(world)
    assert "records an exception" not in row_of(seen(client), "weekly in-work contact")

"""A person's contacts: filtered by what is looked for, fifty a page, and an empty answer says what to do."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from tests.site.casework.factories import ago, make_contact, make_episode
from tests.site.conftest import World

from placewell_web.accounts.models import User
from placewell_web.clients.models import Episode

SignIn = Callable[[User | None], Client]


@pytest.fixture(autouse=True)
def _still(frozen: object) -> None:
    """Friday 14 June 2019."""


@pytest.fixture
def episode(world: World) -> Episode:
    found = make_episode(world)
    make_contact(found, ago(1), note="Spoke of the café in Tipton", covered="benefits_advice,job_problem")
    make_contact(found, ago(2), kind="call", attendance="did_not_attend", note="", minutes=None)
    make_contact(found, ago(3), kind="call", attendance="cancelled_by_client", note="", minutes=None)
    make_contact(found, ago(4), kind="text", attendance="one_way", note="TIPTON interview on Monday", minutes=None)
    make_contact(found, ago(5), kind="call", with_whom="clinician", note="Dr Rao is content")
    return found


@pytest.fixture
def staff(world: World, client_for: SignIn) -> Client:
    return client_for(world.user("specialist"))


def shown(staff: Client, episode: Episode, asked: str) -> tuple[list[int], str]:
    """How many days ago the contacts on the page were, and the page."""
    page = staff.get(f"/people/{episode.pk}/contacts/{asked}").content.decode()
    days = re.findall(r'<li class="cw-contact-row"><span class="pw-second">(\d+) June 2019', page)
    return [14 - int(day) for day in days], page


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", [1, 2, 3, 4, 5]),
        ("?kind=call", [2, 3, 5]),
        ("?with_whom=clinician", [5]),
        ("?happened=attended", [1, 5]),
        ("?happened=missed", [2, 3]),
        ("?happened=one_way", [4]),
        ("?about=job_problem", [1]),
        ("?about=job", [1, 2, 3, 4, 5]),  # no code of theirs: read as not said
        ("?words=tipton", [1, 4]),
        ("?words=CAFE+tipton", [1]),
        ("?words=%25", [1, 2, 3, 4, 5]),  # a sign is no word
        ("?kind=call&happened=missed&words=", [2, 3]),
        ("?kind=call&about=benefits_advice", []),
        ("?kind=letter", [1, 2, 3, 4, 5]),
        ("?kind=%00&page=x&with_whom=" + "x" * 99, [1, 2, 3, 4, 5]),
    ],
)
def test_what_is_found(staff: Client, episode: Episode, asked: str, found: list[int]) -> None:
    assert shown(staff, episode, asked)[0] == found


def test_it_says_how_many_and_offers_what_occurs(staff: Client, episode: Episode) -> None:
    page = shown(staff, episode, "")[1]
    assert "5 contacts, newest first" in page
    assert "Also covered: benefits advice, problem at work" in page
    for words in (
        "Phone call</option>",
        "Clinician</option>",
        "Missed or cancelled</option>",
        "Problem at work</option>",
    ):
        assert words in page, words
    for words in ("Letter</option>", "Family</option>", "Disclosure</option>", ">Show all<", 'class="cw-choose" open'):
        assert words not in page, words
    page = shown(staff, episode, "?kind=call&words=rao")[1]
    for words in ("1 of 5 contacts", ">Show all<", 'class="cw-choose" open', 'value="rao"', '"call" selected'):
        assert words in page, words


def test_an_empty_answer_says_what_to_do(world: World, staff: Client, episode: Episode) -> None:
    page = shown(staff, episode, "?words=paris")[1]
    assert "0 of 5 contacts" in page
    assert "No contact of Jaswinder is like this." in page and "show all contacts</a>" in page
    bare = shown(staff, make_episode(world), "?words=paris")[1]
    assert "No contact has been logged yet." in bare and 'class="cw-choose"' not in bare


def test_a_long_list_has_pages_that_keep_what_was_asked(world: World, staff: Client) -> None:
    long = make_episode(world)
    for number in range(61):
        make_contact(long, ago(number + 20), kind="call" if number else "text", note="<b>hello</b>")
    page = staff.get(f"/people/{long.pk}/contacts/?kind=call&words=hello").content.decode()
    assert page.count("cw-contact-row") == 50
    assert "60 of 61 contacts" in page and "Page 1 of 2" in page and "&lt;b&gt;hello" in page
    assert 'rel="next" href="?kind=call&amp;words=hello&amp;page=2"' in page
    page = staff.get(f"/people/{long.pk}/contacts/?kind=call&words=hello&page=2").content.decode()
    assert page.count("cw-contact-row") == 10
    assert staff.get(f"/people/{long.pk}/contacts/?page=99").content.decode().count("cw-contact-row") == 11


def test_another_team_finds_nothing(world: World, client_for: SignIn, episode: Episode) -> None:
    other = client_for(world.user("specialist", "wolverhampton"))
    assert other.get(f"/people/{episode.pk}/contacts/?words=rao").status_code == 404

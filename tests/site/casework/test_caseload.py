"""The caseload and Today: a fixed number of queries, the right rows in the right order, counts that agree."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.site.casework.factories import (
    ago,
    day,
    make_caseload,
    make_contact,
    make_episode,
    make_job,
    make_person,
    make_plan,
    make_profile,
)
from tests.site.conftest import NOW, World

from placewell_web.accounts.models import User
from placewell_web.audit.models import Entry
from placewell_web.casework.models import Appointment, Contact
from placewell_web.casework.presenters.cases import Case, cases
from placewell_web.casework.presenters.states import shortened
from placewell_web.casework.queries import caseload, episodes
from placewell_web.clients.models import Allocation, Episode

SignIn = Callable[[User | None], Client]


@pytest.fixture(autouse=True)
def _still(frozen: object) -> None:
    """Friday 14 June 2019."""


def rows_of(world: World) -> list[Case]:
    viewer = world.viewer("specialist")
    return cases(caseload.load(episodes.caseload_of(viewer, viewer.user_id), NOW.date()))


@pytest.mark.parametrize("size", [30, 3_000])
def test_the_same_few_queries_whatever_the_caseload(world: World, client_for: SignIn, size: int) -> None:
    make_caseload(world, size)
    client = client_for(world.user("specialist"))
    client.get("/caseload/?show=late")  # what is worked out once for a process
    with CaptureQueriesContext(connection) as queries:
        response = client.get("/caseload/")
    assert response.status_code == 200
    assert response.content.count(b"/contact/") == min(size, 100)
    assert len(queries) <= 12, "\n".join(query["sql"][:120] for query in queries)
    lock = 1 if connection.vendor == "postgresql" else 0  # the audit's turn is taken by a statement of its own there
    assert len(queries) == 10 + lock, "the number is known: change it on purpose only"


def test_a_long_list_comes_in_parts(world: World, client_for: SignIn) -> None:
    make_caseload(world, 230)
    client = client_for(world.user("specialist"))

    def names(address: str) -> list[str]:
        return re.findall(r">(Person\d+) Of Many</a>", client.get(address).content.decode())

    first, second, third = (names(f"/caseload/?sort=person&page={number}") for number in (1, 2, 3))
    assert (len(first), len(second), len(third)) == (100, 100, 30)
    assert len({*first, *second, *third}) == 230
    assert names("/caseload/?sort=person&page=99") == third
    for odd in ("0", "-1", "x", "9" * 30):
        assert names(f"/caseload/?sort=person&page={odd}") == first, odd
    page = client.get("/caseload/?sort=person&page=2").content.decode()
    assert "Page 2 of 3" in page
    assert 'href="?sort=person&amp;page=3"' in page
    seen = Entry.objects.filter(verb="view_caseload").latest("sequence")
    assert seen.detail.count("-4") >= 100, "only those on the page were seen"


def test_the_lot_is_named_where_there_are_several(world: World) -> None:
    make_episode(world, person=make_person("Jas", "Sandhu"))
    assert {case.lot for case in rows_of(world)} == {""}
    make_episode(
        world, lot_id="wolverhampton", specialist=world.user("specialist"), person=make_person("Kelvin", "Osei")
    )
    viewer = world.viewer("specialist")
    loaded = caseload.load(Episode.unscoped.filter(specialist_id=viewer.user_id), NOW.date())
    assert {case.lot for case in cases(loaded)} == {"Dudley", "Wolverhampton"}


@pytest.mark.parametrize(
    ("wish", "shown"),
    [
        ("Shop work", "Shop work"),
        ("Shop or stock work, days, on a direct bus route", "Shop or stock work, days"),
        ("Care work in the community, school hours", "Care work in the community"),
        ("Reception, mornings. No phones", "Reception, mornings"),
        ("Office work\nwith a quiet desk", "Office work"),
        ("Something practical with my own hands", "Something practical with …"),
        ("Donaudampfschifffahrtsgesellschaft", "Donaudampfschifffahrtsgesellschaft"),
        ("  ", ""),
    ],
)
def test_a_wish_is_never_cut_in_the_middle_of_a_word(wish: str, shown: str) -> None:
    assert shortened(wish) == shown


def test_a_list_is_one_entry_naming_everyone_shown(world: World, client_for: SignIn) -> None:
    made = make_caseload(world, 3)
    client_for(world.user("specialist")).get("/caseload/")
    entry = Entry.objects.get(verb="view_caseload")
    assert entry.is_view
    assert all(str(one.pk) in entry.detail for one in made)


def test_states_in_one_word(world: World) -> None:
    def someone(name: str) -> object:
        return make_episode(world, person=make_person(name, "Of States"))

    new = someone("New")
    searching = someone("Searching")
    make_profile(searching, ago(40), ago(30), preferences="Reception, mornings")
    offered = someone("Offered")
    make_job(offered, day("2019-06-24"), first_day_worked_on=None, contract_hours=37)
    working = someone("Working")
    make_job(working, ago(20))
    ended = someone("Ended")
    make_job(ended, ago(40), ended_on=day("2019-06-07"), end_reason="redundancy", title="Driver")
    long_ago = someone("Long ago")
    make_job(long_ago, ago(60), ended_on=ago(40))
    found = {case.called: (case.state.label, case.state.detail) for case in rows_of(world)}
    assert found == {
        "New": ("Getting started", "No profile yet"),
        "Searching": ("Job search", "Reception, mornings"),
        "Offered": ("Job offer", "Starts 24 June, 37 h"),
        "Working": ("In work", "Stock assistant, 20 h"),
        "Ended": ("Job ended", "Driver, ended 7 June"),
        "Long ago": ("Job search", ""),
    }
    assert new is not None


def test_order_is_the_day_it_breaks(world: World) -> None:
    make_caseload(world, 12)
    days = [case.next_due.on for case in rows_of(world) if case.next_due]
    assert days
    assert days == sorted(days)


def test_those_of_the_control_group_and_the_closed_are_not_supported(world: World) -> None:
    control = make_episode(world, person=make_person("Control", "Group"))
    Allocation.unscoped.create(episode=control, arm="control", allocated_on=day("2019-03-01"))
    make_episode(world, person=make_person("Closed", "Case"), closed_on=ago(3), closure_reason="moved_away")
    make_episode(world, person=make_person("Not", "Accepted"), accepted_on=None)
    make_episode(world, "wolverhampton", person=make_person("Other", "Lot"))
    make_episode(world, person=make_person("Mine", "Alone"))
    assert [case.name for case in rows_of(world)] == ["Mine Alone"]


def test_counts_agree_on_both_pages(world: World, client_for: SignIn) -> None:
    make_caseload(world, 9)
    rows = rows_of(world)
    late = sum(case.next_due is not None and case.next_due.when.group == "late" for case in rows)
    client = client_for(world.user("specialist"))
    page, today = client.get("/caseload/").content.decode(), client.get("/today/").content.decode()
    assert late
    assert f"Late <b>{late}</b>" in page
    assert f"{late} late" in today
    assert f'Late <span class="cw-group__count">{late}</span>' in today


@pytest.mark.parametrize(
    "address",
    [
        "?show=late&sort=person&order=down",
        "?show=nonsense&sort=%00&order=%F0%9F",
        "?specialist=not-a-uuid",
        "?sort=contact",
        "?sort=state&show=proof",
        "?show=" + "x" * 5_000,
    ],
)
def test_an_address_can_ask_for_anything(world: World, client_for: SignIn, address: str) -> None:
    make_caseload(world, 3)
    assert client_for(world.user("specialist")).get(f"/caseload/{address}").status_code == 200


def test_one_kind_of_clock_stands_alone_soonest_first(world: World, client_for: SignIn) -> None:
    rows = []
    for name, met in (("Late", 40), ("Soon", 25), ("Fine", 2)):
        episode = make_episode(world, person=make_person(name, "Of Clocks"))
        make_contact(episode, ago(met))
        make_plan(episode, ago(60))
        rows.append(episode)
    make_job(rows[0], ago(30))
    client = client_for(world.user("specialist"))

    def names(address: str) -> list[str]:
        return re.findall(r">(\w+) Of Clocks</a>", client.get(address).content.decode())

    assert names("/caseload/?clock=in_work") == ["Late"]
    assert set(names("/caseload/?clock=plan")) == {"Late", "Soon", "Fine"}
    assert names("/caseload/?clock=contact")[-1] == "Fine"
    assert names("/caseload/?clock=proof") == names("/caseload/?clock=proof&show=all")
    page = client.get("/caseload/?clock=plan").content.decode()
    assert page.count("Review the plan") == 3
    assert '<details class="cw-clocks" open>' in page
    assert "Plan <b>3</b>" in page
    assert '<details class="cw-clocks">' in client.get("/caseload/?clock=nonsense").content.decode()
    assert len(names("/caseload/?clock=nonsense")) == 3


def test_sorting_says_so_to_everyone(world: World, client_for: SignIn) -> None:
    make_caseload(world, 3)
    page = client_for(world.user("specialist")).get("/caseload/?sort=person&order=down").content.decode()
    assert page.count("aria-sort=") == 1
    assert 'aria-sort="descending"' in page
    assert page.index("Person2 Of Many") < page.index("Person0 Of Many")


@pytest.mark.parametrize(
    ("asked", "said", "turned"),
    [
        ("", "what breaks first", "order=down"),
        ("?order=down", "what is due last", "?"),
        ("?sort=person", "name", "sort=person&amp;order=down"),
        ("?sort=contact", "last two-way contact, longest ago first", "sort=contact&amp;order=down"),
        ("?sort=contact&order=down&show=late", "last two-way contact, newest first", "show=late&amp;sort=contact"),
    ],
)
def test_a_narrow_page_sorts_by_a_row_of_links(
    world: World, client_for: SignIn, asked: str, said: str, turned: str
) -> None:
    """Where the column heads have no room; the link of the order that holds turns it round, as in the head."""
    make_caseload(world, 9)
    page = client_for(world.user("specialist")).get(f"/caseload/{asked}").content.decode()
    row = page[page.index('aria-label="Sort the list"') :].split("</nav>")[0]
    assert re.findall(r'cw-sorts__name">([\w ]+)<', row) == ["Due", "Name", "State", "Last contact"]
    now = re.findall(r'cw-sorts__now"><a class="pw-sort" href="([^"]+)"', row)
    assert [one.removeprefix("?") for one in now] == [turned.removeprefix("?")]
    assert f"Sorted by {said}." in page


def test_a_leader_opens_the_caseloads_of_her_lots_only(world: World, client_for: SignIn) -> None:
    make_caseload(world, 2)
    client = client_for(world.user("team_leader"))
    own, foreign = world.user("specialist"), world.user("specialist", "wolverhampton")
    assert own.name in client.get("/caseload/").content.decode()
    assert client.get(f"/caseload/?specialist={own.pk}").status_code == 200
    assert client.get(f"/caseload/?specialist={foreign.pk}").status_code == 404
    assert client_for(own).get(f"/caseload/?specialist={foreign.pk}").status_code == 404


def test_today_stays_a_page(world: World, client_for: SignIn) -> None:
    """Sixty people late and more contacts logged than anyone can: the newest, the soonest, and where the rest is."""
    made = make_caseload(world, 60)
    Contact.unscoped.update(created_at=NOW - timedelta(days=3))
    for number in range(120):
        make_contact(made[0], NOW.date(), created_at=NOW - timedelta(minutes=number))
    page = client_for(world.user("specialist")).get("/today/").content.decode()
    late = int(re.search(r"(\d+) late", page).group(1))
    assert late > 25
    assert page.count('cw-rail--late"') == 25
    assert f'<a href="/caseload/?show=late">All {late} on your caseload</a>' in page
    assert page.index("Earlier today") > page.index("Done today")
    assert 'Earlier today <span class="cw-group__count">94</span>' in page


def test_a_meeting_of_today_stays_until_it_is_logged(world: World, client_for: SignIn) -> None:
    episode = make_episode(world)
    Appointment.unscoped.create(
        episode=episode, specialist=episode.specialist, starts_at=NOW - timedelta(hours=2), created_at=NOW
    )
    page = client_for(world.user("specialist")).get("/today/").content.decode()
    assert "You meet at 10:04 today" in page
    assert "First meeting today at 10:04" in page


def test_a_rule_leads_to_its_words(world: World, client_for: SignIn) -> None:
    make_caseload(world, 1)
    client = client_for(world.user("specialist"))
    link = re.search(r'href="(/contract/#(clocks-\w+))"', client.get("/today/").content.decode())
    assert f'id="{link.group(2)}"' in client.get("/contract/").content.decode()


def test_an_empty_day_says_so(world: World, client_for: SignIn) -> None:
    client = client_for(world.user("specialist"))
    assert "No open cases" in client.get("/caseload/").content.decode()
    page = client.get("/today/").content.decode()
    assert "Nothing is due." in page
    assert "No appointments today" in page


def test_active_needs_a_plan_and_a_contact(world: World, client_for: SignIn) -> None:
    active = make_episode(world, person=make_person("Active", "One"))
    make_contact(active, ago(5))
    make_plan(active, ago(30))
    quiet = make_episode(world, person=make_person("Quiet", "One"))
    make_plan(quiet, ago(30))
    page = client_for(world.user("specialist")).get("/caseload/").content.decode()
    assert "<strong>2 of 35</strong> open cases. Room for 33. 1 is active." in page


@pytest.mark.parametrize(
    ("words", "found"), [("jas", 1), ("JAS san", 1), ("san", 1), ("ja", 0), ("sandhx", 1), ("xandhq", 0), ("10000", 1)]
)
def test_three_letters_find_a_person(world: World, client_for: SignIn, words: str, found: int) -> None:
    make_episode(world)
    make_episode(world, "wolverhampton", person=make_person("Jason", "Elsewhere"))
    page = client_for(world.user("specialist")).get("/people/search/", {"q": words}).content.decode()
    assert page.count('class="cw-found"') == found
    assert "Elsewhere" not in page

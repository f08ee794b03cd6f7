"""The team board: caseloads against the limit, what is late, who nears a limit; of the leader's own lots only."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.site.casework.factories import (
    TODAY,
    ago,
    make_caseload,
    make_contact,
    make_cover,
    make_employer,
    make_episode,
    make_job,
    make_lead,
    make_person,
    make_plan,
)
from tests.site.conftest import NOW, World, make_user

from placewell_web.accounts.models import Cover, Posting, User
from placewell_web.audit.models import Entry
from placewell_web.clients.models import Allocation, Episode
from placewell_web.clients.queries import specialist_loads

SignIn = Callable[[User | None], Client]


@pytest.fixture(autouse=True)
def _still(frozen: object) -> None:
    """Friday 14 June 2019."""


def board(world: World, client_for: SignIn, role: str = "team_leader") -> str:
    page = client_for(world.user(role)).get("/team/")
    assert page.status_code == 200
    return page.content.decode()


def numbers(page: str) -> dict[str, int]:
    """The first row's numbers by column, linked or not."""
    cells = re.findall(r'<td class="pw-number" data-label="([^"]+)">(?:<a[^>]*>)?(\d+)', page)
    return {name: int(number) for name, number in reversed(cells)}


def test_a_row_counts_open_active_late_and_in_work(world: World, client_for: SignIn) -> None:
    quiet = make_episode(world, person=make_person("Quiet", "One"))
    make_contact(quiet, ago(40))
    active = make_episode(world, person=make_person("Active", "One"))
    make_contact(active, ago(5))
    make_plan(active, ago(20))
    make_job(active, ago(3))
    page = board(world, client_for)
    assert "1 specialist, 2 open cases." in page
    assert re.search(r"show=open.>2<span[^>]*> of [^<]*</span></a></strong> of 35", page)
    assert "Room for 33." in page
    assert numbers(page)["Active"] == 1
    assert numbers(page)["In work"] == 1
    assert "show=late" in page
    assert "Employment specialist Dudley" in page


def test_what_is_late_and_who_nears_a_limit_is_named_with_the_specialist(world: World, client_for: SignIn) -> None:
    late = make_episode(world, person=make_person("Stuck", "Case"))
    make_contact(late, ago(40))
    near = make_episode(world, person=make_person("Near", "Limit"), referred_on=ago(25), accepted_on=ago(20))
    make_contact(near, ago(3))
    page = board(world, client_for)
    late, limits = page.split("At a limit of search or support")
    assert "Stuck Case" in late
    assert "days late" in late
    assert "Near Limit" not in late
    assert limits.count("Near Limit") == 1
    assert "send the first application" in limits
    assert 'href="/contract/#clocks-first_application"' in limits


def test_long_lists_are_cut_and_say_so(world: World, client_for: SignIn) -> None:
    make_caseload(world, 40)
    page = board(world, client_for)
    assert page.count('class="cw-team-due') <= 30
    assert "more: the numbers above open them." in page


def test_only_the_leaders_own_lots_are_there(world: World, client_for: SignIn) -> None:
    foreign = make_episode(world, "wolverhampton", person=make_person("Other", "Lot"))
    page = board(world, client_for)
    assert "Other Lot" not in page
    assert "Employment specialist Wolverhampton" not in page
    assert str(foreign.pk) not in Entry.objects.filter(verb="view_team").latest("sequence").detail


def test_a_lot_without_specialists_says_what_to_do(world: World, client_for: SignIn) -> None:
    Posting.objects.filter(user=world.user("specialist")).update(to_on=ago(30))
    assert "No specialists in your lots." in board(world, client_for)
    assert "Late, or breaks by tomorrow" not in board(world, client_for, "manager")


def test_the_unassigned_are_counted(world: World, client_for: SignIn) -> None:
    make_episode(world, specialist=None)
    assert "1 accepted person has no specialist yet." in board(world, client_for)
    Episode.unscoped.update(closed_on=ago(1), closure_reason="moved_away")
    assert "no specialist yet" not in board(world, client_for)


def test_nothing_late_says_so(world: World, client_for: SignIn) -> None:
    page = board(world, client_for)
    assert "Nothing is late, and nothing breaks by tomorrow." in page
    assert "No search has to begin within 14 days, and no support ends within 28." in page


@pytest.mark.parametrize("role", ["specialist", "commissioner", "evaluator", "administrator", "programme"])
def test_others_are_refused(world: World, client_for: SignIn, role: str) -> None:
    assert client_for(world.user(role)).get("/team/").status_code == 403


def test_the_same_few_queries_whatever_the_team(world: World, client_for: SignIn) -> None:
    make_caseload(world, 3)
    make_lead(world, make_employer())
    client = client_for(world.user("team_leader"))
    client.get("/team/")
    with CaptureQueriesContext(connection) as few:
        client.get("/team/")
    more = [make_episode(world, person=make_person(f"More{n}", "People")) for n in range(40)]
    with CaptureQueriesContext(connection) as many:
        client.get("/team/")
    assert len(more) == 40
    assert len(few) == len(many) <= 22


@pytest.mark.parametrize(("accepted", "red"), [(20, False), (28, False), (29, True)], ids=["ahead", "today", "passed"])
def test_a_number_is_red_where_something_is_late(world: World, client_for: SignIn, accepted: int, red: bool) -> None:
    make_contact(entered(world, "Some", accepted), ago(3))
    [shown] = re.findall(r'<a( class="cw-late")? href="[^"]*show=search">', board(world, client_for))
    assert bool(shown) is red


def test_whoever_covers_is_seen_to(world: World, client_for: SignIn) -> None:
    second = make_user("tom@example.org", "Tom Ashe", "specialist", world.own, world.teams["dudley"])
    who = world.user("specialist")
    make_cover(world, who, second, TODAY, TODAY + timedelta(days=6))
    make_cover(world, who, second, TODAY + timedelta(days=9), TODAY + timedelta(days=12))
    page = board(world, client_for)
    assert re.findall(r'<span class="pw-second">(Cover[^<]+)</span>', page) == [
        "Covered by Tom Ashe to 20 June 2019",
        "Covers Employment specialist Dudley to 20 June 2019",
    ]


def test_the_open_leads_of_the_provider_stand_on_the_board(world: World, client_for: SignIn) -> None:
    shop, foreign = make_employer(), make_employer("wolverhampton", "Foreign")
    make_lead(world, foreign, title="Not ours")
    make_lead(world, shop, title="Ended", until_on=ago(1))
    make_lead(world, shop, title="Closed", closed_on=ago(1), closed_by=world.user("specialist"))
    make_lead(world, shop, title="Whenever")
    make_lead(world, shop, title="Last day", until_on=TODAY, hours=16)
    for n in range(5):
        make_lead(world, shop, title=f"Later {n}", until_on=TODAY + timedelta(days=n + 1))
    card = board(world, client_for).split("Employer leads</h2>")[1].split("</section>")[0]
    titles = re.findall(r"<strong>([^<]+)</strong>", card)
    assert titles == ["Last day", "Later 0", "Later 1", "Later 2", "Later 3"]
    assert "2 more on the page of leads." in card
    assert "16 hours a week" in card
    assert "Apply by 14 June 2019. Found by Employment specialist Dudley, 12 June 2019" in card
    assert 'href="/employers/leads/"' in card


def test_a_board_without_leads_says_so(world: World, client_for: SignIn) -> None:
    assert "No open leads." in board(world, client_for)


def added(page: str, column: str) -> int:
    cells = re.findall(rf'<td class="pw-number" data-label="{column}">(?:<a[^>]*>)?(\d+)', page)
    return sum(map(int, cells))


def names_under(page: str, title: str) -> list[str]:
    return re.findall(r'<a class="cw-strong"[^>]*>([^<]+)</a>', page.split(title)[1].split("</section>")[0])


def entered(world: World, name: str, days: int, **fields: object) -> Episode:
    """Accepted so many days ago; while the trial drew, allocated to support on that day."""
    one = make_episode(
        world, person=make_person(name, "Person"), referred_on=ago(days + 3), accepted_on=ago(days), **fields
    )
    if ago(days) < date(2019, 4, 1):
        Allocation.unscoped.create(episode=one, arm="ips", allocated_on=ago(days))
    return one


@pytest.mark.parametrize(
    ("accepted", "search", "support"),
    [(27, 1, 0), (20, 1, 0), (15, 1, 0), (13, 0, 0), (0, 0, 0), (300, 1, 1), (260, 1, 1), (240, 1, 0)],
)
def test_the_list_of_limits_is_what_the_columns_count(
    world: World, client_for: SignIn, accepted: int, search: int, support: int
) -> None:
    one = entered(world, "Some", accepted)
    make_contact(one, ago(min(accepted, 3)))
    page = board(world, client_for)
    assert (added(page, "Search limit"), added(page, "Support limit")) == (search, support)
    assert len(names_under(page, "At a limit of search or support")) == search + support


def test_lists_and_columns_add_up_over_a_team(world: World, client_for: SignIn) -> None:
    second = make_user("tom@example.org", "Tom Ashe", "specialist", world.own, world.teams["dudley"])
    for n in range(14):
        days = 12 + 22 * n
        whose = {"specialist": second} if n % 2 else {}
        one = entered(world, f"P{n}", days, **whose)
        make_contact(one, ago(3 * n))
    page = board(world, client_for)
    late, search, support = (added(page, column) for column in ("Late", "Search limit", "Support limit"))
    assert min(late, search, support) > 0
    at_limits = page.split("At a limit of search or support")[1]
    counted = re.search(r"(\d+) search(?:es)?, (\d+) support", at_limits)
    assert counted
    assert (int(counted[1]), int(counted[2])) == (search, support)
    soon = re.search(r"(\d+) late, (\d+) by tomorrow", page)
    assert soon
    assert int(soon[1]) == late
    assert int(soon[2]) <= added(page, "Due in 7 days")
    assert len(names_under(page, "Late, or breaks by tomorrow")) == int(soon[1]) + int(soon[2])


def behind(world: World, client_for: SignIn, show: str, role: str = "team_leader") -> str:
    page = client_for(world.user(role)).get(f"/team/{world.user('specialist').pk}/people/?show={show}")
    assert page.status_code == 200
    return page.content.decode().split('class="cw-list"')[-1].split("</ul>")[0]


def stuck(world: World) -> Episode:
    episode = make_episode(world, person=make_person("Stuck", "Person"), referred_on=ago(75), accepted_on=ago(70))
    make_contact(episode, ago(40))
    return episode


@pytest.mark.parametrize(
    ("show", "who", "why"),
    [
        ("open", {"Stuck Person", "New Person", "Working Person"}, "Getting started"),
        ("active", {"Working Person"}, ""),
        ("new", {"New Person"}, "Referred on 6 June 2019"),
        ("stuck", {"Stuck Person"}, "70 days ago; no plan agreed"),
        ("search", {"Stuck Person"}, "Send the first application"),
        ("in_work", {"Working Person"}, "Stock assistant"),
        ("quarter", {"Working Person"}, "proof missing"),
        ("proof", {"Working Person"}, ""),
        ("nonsense", {"Stuck Person", "New Person", "Working Person"}, "Getting started"),
    ],
)
def test_every_number_opens_the_people_behind_it(
    world: World, client_for: SignIn, show: str, who: set[str], why: str
) -> None:
    stuck(world)
    make_episode(world, person=make_person("New", "Person"), referred_on=ago(8), accepted_on=ago(2))
    works = make_episode(world, person=make_person("Working", "Person"))
    make_contact(works, ago(5))
    make_plan(works, ago(20))
    make_job(works, ago(3))
    listed = behind(world, client_for, show)
    assert set(re.findall(r">([A-Z][a-z]+ Person)</a>", listed)) == who
    assert why in listed
    titles = {"new": "New", "search": "Search limit", "in_work": "In work", "proof": "Proof missing", "stuck": "Stuck"}
    if show in titles:
        assert numbers(board(world, client_for))[titles[show]] == len(who)


def test_an_outcome_of_someone_who_left_this_quarter_still_counts(world: World, client_for: SignIn) -> None:
    left = make_episode(world, person=make_person("Left", "Person"))
    make_job(left, ago(40))
    Episode.unscoped.filter(pk=left.pk).update(closed_on=ago(2), closure_reason="in_work_support_ended")
    before = make_episode(world, person=make_person("Before", "Person"), referred_on=ago(300), accepted_on=ago(290))
    make_job(before, ago(250))
    Episode.unscoped.filter(pk=before.pk).update(closed_on=ago(200), closure_reason="in_work_support_ended")
    page = board(world, client_for)
    assert numbers(page)["This quarter"] == 1
    assert "1 specialist, 0 open cases." in page
    assert "Left Person" in behind(world, client_for, "quarter")


def test_someone_who_left_people_behind_stands_at_the_end_with_the_way_to_hand_over(
    world: World, client_for: SignIn
) -> None:
    make_episode(world)
    Posting.objects.filter(user=world.user("specialist")).update(to_on=ago(3))
    page = board(world, client_for)
    assert "0 specialists, 1 open case." in page
    assert "No post today" in page
    assert f"/team/{world.user('specialist').pk}/hand-over/" in page
    assert f"/team/{world.user('specialist').pk}/cover/" not in page


def test_part_time_is_weighed(world: World, client_for: SignIn) -> None:
    Posting.objects.filter(user=world.user("specialist")).update(fte="0.60")
    page = board(world, client_for)
    assert "60% of full time" in page
    assert " of 21" in page


def test_cases_of_another_area_count_against_the_limit(world: World, client_for: SignIn) -> None:
    who = world.user("specialist")
    own, other = (Posting.objects.get(user=world.user("specialist", lot)) for lot in ("dudley", "wolverhampton"))
    Posting.objects.filter(pk=own.pk).update(fte="0.40")
    other.pk, other.user, other.fte = None, who, "0.20"
    other.save(force_insert=True)
    make_episode(world)
    make_episode(world, "wolverhampton", specialist=who)
    page = board(world, client_for)
    assert "1 more in other areas: 2 of 21" in page
    assert "Room for 19." in page
    [load] = specialist_loads(world.viewer("team_leader"), "dudley", TODAY)
    assert (load.open_cases, str(load.fte), load.team_name) == (2, "0.60", "Dudley team")


def test_cover_is_shown_with_its_last_day(world: World, client_for: SignIn) -> None:
    Cover.objects.create(
        pk=uuid4(),
        specialist=world.user("specialist"),
        colleague=world.user("manager"),
        lot=world.own,
        from_on=TODAY,
        to_on=TODAY + timedelta(days=6),
        arranged_by=world.user("team_leader"),
        arranged_at=NOW,
    )
    assert "Covered by Service manager Dudley to 20 June 2019" in board(world, client_for)


@pytest.mark.parametrize("role", ["team_leader", "manager"])
def test_the_list_of_another_lots_specialist_is_not_there(world: World, client_for: SignIn, role: str) -> None:
    address = f"/team/{world.user('specialist').pk}/people/"
    assert client_for(world.user(role, "wolverhampton")).get(address).status_code == 404
    assert client_for(world.user(role)).get(address).status_code == 200


def test_seeing_the_list_is_written_down_with_who_was_on_it(world: World, client_for: SignIn) -> None:
    episode = stuck(world)
    behind(world, client_for, "stuck")
    assert str(episode.pk) in Entry.objects.filter(verb="view_team_list").latest("sequence").detail

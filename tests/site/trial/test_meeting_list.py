"""Who waits for a trial meeting, and where it is led to: list, referral, record, Today and header."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
import time_machine
from django.test import Client
from tests.site.casework.factories import make_episode, make_person
from tests.site.conftest import World
from tests.site.trial.walking import LONDON, address, kelly, press, send, text_of, walk

from placewell_web.accounts.models import User
from placewell_web.clients.models import Allocation, Episode

pytestmark = pytest.mark.django_db
Clients = Callable[[User | None], Client]
LATER = datetime(2019, 4, 1, 10, 0, tzinfo=LONDON)


def listed(client: Client, query: str = "") -> str:
    return text_of(client.get(f"/trial/meetings/{query}")).partition("Who has waited longest")[2]


def waits(world: World, first: str, **fields: object) -> Episode:
    given = {"referred_on": date(2018, 10, 1), "accepted_on": date(2018, 10, 8)} | fields
    return make_episode(world, person=make_person(first, "Osei"), **given)


def test_only_who_waits_is_listed(specialist: Client, kel: Episode, world: World) -> None:
    waits(world, "Ama")
    waits(world, "Closed", closed_on=date(2018, 11, 1))
    waits(world, "Undecided", accepted_on=None)
    waits(world, "Colleague", specialist=world.user("team_leader"))
    drawn = waits(world, "Drawn")
    Allocation.unscoped.create(episode=drawn, arm="ips", allocated_on=date(2018, 11, 1))
    page = listed(specialist)
    assert page.index("Ama Osei") < page.index("Kelly Marsh")
    for name in ("Closed", "Undecided", "Colleague", "Drawn"):
        assert name not in page


def test_leaders_see_the_area_with_the_specialist(world: World, kel: Episode, client_for: Clients) -> None:
    waits(world, "Colleague", specialist=world.user("team_leader"))
    page = listed(client_for(world.user("team_leader")))
    assert "Colleague Osei" in page and "Employment specialist Dudley" in page
    assert "Kelly" not in listed(client_for(world.user("team_leader", "wolverhampton")))


@pytest.mark.parametrize(
    ("query", "found"), [("?q=kel", True), ("?q=Marhs", True), ("?q=osei", False), ("?q=ke", False), ("?q=%00'", False)]
)
def test_a_name_is_found_as_everywhere(specialist: Client, kel: Episode, query: str, found: bool) -> None:
    page = listed(specialist, query)
    assert ("Kelly Marsh" in page) == found
    assert ("Nobody of that name waits" in page) != found


def test_nobody_waits(specialist: Client, world: World, meeting_day: object) -> None:
    assert "People appear here once their referral is accepted and they are assigned to you." in listed(specialist)


def test_each_link_says_whose_meeting_it_opens(specialist: Client, kel: Episode) -> None:
    page = specialist.get("/trial/meetings/").content.decode()
    assert 'Begin<span class="nhsuk-u-visually-hidden"> the trial meeting with Kelly Marsh</span></a>' in page


def test_the_state_says_what_comes_next(specialist: Client, kel: Episode) -> None:
    for step, said in (("meeting", "Script"), ("eligibility", "Information"), ("consent", "Baseline")):
        walk(specialist, kel, step)
        assert f"Next: {said}" in listed(specialist)


def test_where_it_is_led_to(specialist: Client, kel: Episode, open_trial: object) -> None:
    places = (f"/people/{kel.pk}/", f"/referrals/{kel.pk}/", "/today/")
    for place in places:
        page = specialist.get(place)
        assert page.status_code == 200
        assert f'href="{address(kel, "meeting")}"' in page.content.decode(), place
        assert 'href="/trial/meetings/"' in page.content.decode()
    walk(specialist, kel)
    press(specialist, kel)
    page = specialist.get(f"/people/{kel.pk}/").content.decode()
    assert f'href="{address(kel, "meeting")}"' not in page
    assert f'href="{address(kel, "result")}"' in page  # whichever group it is
    assert "See the result" in text_of(specialist.get(f"/referrals/{kel.pk}/"))


def test_from_april_nothing_leads_there(
    world: World, client_for: Clients, kel: Episode, meeting_day: time_machine.Traveller
) -> None:
    meeting_day.move_to(LATER)
    client = client_for(world.user("specialist"))
    for place in (f"/people/{kel.pk}/", f"/referrals/{kel.pk}/", "/today/"):
        assert "/trial/" not in client.get(place).content.decode(), place
    assert "The trial ended on 31 March 2019 at 23:59" in text_of(client.get("/trial/meetings/"))


def test_before_it_opens_nobody_is_met(
    world: World, client_for: Clients, kel: Episode, meeting_day: time_machine.Traveller
) -> None:
    meeting_day.move_to(datetime(2017, 9, 30, 12, 0, tzinfo=LONDON))
    client = client_for(world.user("manager"))
    for response in (client.get("/trial/meetings/"),):
        assert response.status_code in (200, 403)
    opened = client.get(address(kel, "meeting"))
    assert "The trial opens on 1 October 2017" in text_of(opened) or opened.status_code == 403


def test_whoever_was_randomised_before_is_shown_that_result(
    specialist: Client, kel: Episode, world: World, open_trial: object
) -> None:
    walk(specialist, kel)
    press(specialist, kel)
    arm = Allocation.unscoped.get().arm
    again = kelly(world)
    Episode.unscoped.filter(pk=again.pk).update(person=kel.person_id)
    page = text_of(specialist.get(address(again, "meeting")))
    assert "Nobody is randomised twice: that result holds." in page
    assert ("comparison group" in page) == (arm == "control")
    assert send(specialist, again, "meeting").status_code == 200
    assert "Randomised before" in text_of(specialist.get("/trial/meetings/"))
    assert Allocation.unscoped.count() == 1


def test_a_service_without_a_trial_has_no_such_page(
    specialist: Client, kel: Episode, monkeypatch: pytest.MonkeyPatch
) -> None:
    from placewell.specification import load
    from placewell_web.accounts import service

    other = load("workwise")
    assert other.trial is None
    places = ["/trial/meetings/", *(address(kel, page) for page in ("meeting", "review", "result"))]
    monkeypatch.setattr(service, "current", lambda: other)
    for place in places:
        assert specialist.get(place).status_code == 404

"""Referrals by phone, by email and in person, keyed in by staff: few facts are needed, and each is kept once."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.core import mail
from django.test import Client
from tests.site.conftest import World

from placewell_web.accounts.models import Role
from placewell_web.clients.models import Episode, Person
from placewell_web.intake.models import PossibleDuplicate, Referral

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
SignIn = Callable[..., Client]
LEAST = {
    "first_name": "Paul",
    "surname": "Dykes",
    "lot": "dudley",
    "route": "phone",
    "received_on-day": "13",
    "received_on-month": "6",
    "received_on-year": "2019",
}


def keyed(client: Client, who: str = "professional", **changes: str) -> str:
    """What stands on the page after a referral was keyed in."""
    address = f"/referrals/new/?who={who}"
    token = re.search(r'name="token" value="([^"]+)"', client.get(address).content.decode()).group(1)
    return client.post(address, {"token": token, **LEAST, **changes}, follow=True).content.decode()


@pytest.mark.parametrize("route", ["phone", "email", "in_person"])
@pytest.mark.parametrize("who", ["self", "professional"])
def test_name_area_route_and_day_are_enough(world: World, client_for: SignIn, route: str, who: str) -> None:
    user = world.user(Role.TEAM_LEADER)
    text = keyed(client_for(user), who, route=route)
    assert "Paul Dykes" in text
    assert f"keyed in by {user.name}" in text
    episode = Episode.unscoped.get()
    assert (episode.route, episode.referred_on, episode.lot_id) == (route, date(2019, 6, 13), "dudley")
    assert episode.source == ("self" if who == "self" else "")
    assert Referral.objects.get().keyed_by == user
    assert mail.outbox == []


MISSING = [
    ("first_name", "Enter their first name"),
    ("surname", "Enter their last name"),
    ("lot", "Choose an answer"),
    ("route", "Choose how the referral came"),
    ("received_on-year", "Day it came must include a year."),
]


@pytest.mark.parametrize(("box", "said"), MISSING)
def test_what_is_missing_is_asked_for_and_the_rest_stays(world: World, client_for: SignIn, box: str, said: str) -> None:
    text = keyed(client_for(world.user(Role.TEAM_LEADER)), **{box: ""}, referrer_name="Dr Obi")
    assert said in text
    assert 'value="Dr Obi"' in text
    assert not Episode.unscoped.exists()


DAYS = [("15", "6", "2019", False), ("14", "6", "2019", True), ("31", "2", "2019", False), ("1", "1", "2011", False)]


@pytest.mark.parametrize(("day", "month", "year", "kept"), DAYS)
def test_the_day_it_came(world: World, client_for: SignIn, day: str, month: str, year: str, kept: bool) -> None:
    when = {"received_on-day": day, "received_on-month": month, "received_on-year": year}
    keyed(client_for(world.user(Role.TEAM_LEADER)), **when)
    assert Episode.unscoped.exists() is kept


def test_a_form_sent_twice_is_one_referral(world: World, client_for: SignIn) -> None:
    client = client_for(world.user(Role.TEAM_LEADER))
    token = re.search(r'name="token" value="([^"]+)"', client.get("/referrals/new/").content.decode()).group(1)
    sent = [client.post("/referrals/new/", {"token": token, **LEAST})["Location"] for _ in range(3)]
    assert len(set(sent)) == 1
    assert Episode.unscoped.count() == 1
    stranger = client_for(world.user(Role.MANAGER)).post("/referrals/new/", {"token": token, **LEAST})
    assert stranger.status_code == 403
    assert "begun by someone else" in stranger.content.decode()


def test_a_known_person_is_asked_about(world: World, client_for: SignIn) -> None:
    client = client_for(world.user(Role.TEAM_LEADER))
    keyed(client, nhs_number="999 000 0018")
    text = keyed(client, nhs_number="9990000018", surname="Sykes")
    assert "May be someone we know" in text
    assert PossibleDuplicate.objects.get().matched_on == "nhs_number"


def test_one_keyed_for_another_area_is_kept_for_its_team(world: World, client_for: SignIn) -> None:
    text = keyed(client_for(world.user(Role.SPECIALIST)), lot="wolverhampton")
    assert "Referral kept" in text
    assert "It waits in the inbox of its area" in text
    inbox = client_for(world.user(Role.TEAM_LEADER, "wolverhampton")).get("/referrals/").content.decode()
    assert "Paul Dykes" in inbox


def test_a_practice_that_is_known_gives_the_area(world: World, client_for: SignIn) -> None:
    keyed(client_for(world.user(Role.TEAM_LEADER)), lot="elsewhere", gp_practice="wolverhampton surgery")
    assert Episode.unscoped.get().lot_id == "wolverhampton"
    assert Episode.unscoped.get().gp_practice == world.practices["wolverhampton"]


@pytest.mark.parametrize("who", ["self", "professional"])
def test_every_answer_is_kept_as_it_was_given(world: World, client_for: SignIn, who: str) -> None:
    said = {"condition_words": "Back pain", "has_condition": "yes", "language": "Urdu", "needs_interpreter": "yes"}
    text = keyed(client_for(world.user(Role.TEAM_LEADER)), who, **said, safe_to_leave_message="no")
    person = Person.unscoped.get()
    assert (person.language, person.needs_interpreter, person.safe_to_leave_message) == ("Urdu", True, False)
    for words in ("“Back pain”", "Urdu", "It is not safe to leave a message."):
        assert words in text
    assert "About you" not in text

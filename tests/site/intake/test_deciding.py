"""The referral's page and what becomes of it: accepted, declined, assigned, placed; or a colleague was quicker."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from tests.site.conftest import NOW, World

from placewell.pathway import caseload_limit
from placewell_web.accounts.models import Posting, Role
from placewell_web.accounts.service import current
from placewell_web.audit.models import Entry
from placewell_web.clients.actions import NewEpisode, NewPerson, open_episode
from placewell_web.clients.models import Episode
from placewell_web.intake.models import Decline

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
SignIn = Callable[..., Client]
TODAY = NOW.date()


def referred(world: World, surname: str = "Osei", lot: Any = "own", on: date = TODAY, **more: Any) -> Episode:
    place = world.own if lot == "own" else lot
    return open_episode(
        by=world.actor(Role.TEAM_LEADER),
        at=NOW,
        person=NewPerson("Kelvin", surname, **more),
        episode=NewEpisode("thrive_into_work", on, lot=place, source="gp", route="web"),
    )


def page(client: Client, episode: Episode, what: str = "") -> str:
    return client.get(f"/referrals/{episode.pk}/{what}").content.decode()


def press(client: Client, episode: Episode, what: str, data: dict | None = None) -> str:
    """What stands on the page after the button was pressed."""
    response = client.post(f"/referrals/{episode.pk}/{what}/", data or {}, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def test_a_referral_without_a_form_shows_the_record(world: World, client_for: SignIn) -> None:
    episode = referred(world, birth_date=date(1984, 3, 2), phone="+441632960983")
    text = page(client_for(world.user(Role.TEAM_LEADER)), episode)
    for words in ("2 March 1984", "01632 960983", "it came before this system, or from another one", "came today"):
        assert words in text
    assert "Not answered" not in text


WAITED = [(0, "came today"), (1, "came yesterday"), (2, "waits 2 days"), (15, "waits 15 days")]


@pytest.mark.parametrize(("days", "said"), WAITED)
def test_how_long_it_waits(world: World, client_for: SignIn, days: int, said: str) -> None:
    episode = referred(world, on=TODAY - timedelta(days=days))
    assert f"· {said}" in page(client_for(world.user(Role.MANAGER)), episode)


def test_accepting_leads_to_the_specialist(world: World, client_for: SignIn) -> None:
    episode, client = referred(world), client_for(world.user(Role.TEAM_LEADER))
    text = press(client, episode, "accept")
    assert "Accepted. Choose who will be their specialist." in text
    assert "Name the specialist" in text
    assert Episode.unscoped.get().accepted_on == TODAY


QUICKER = [
    ({"accepted_on": TODAY}, "accept", "This referral was accepted on 14 June 2019 already."),
    ({"accepted_on": TODAY}, "decline", "This referral was accepted on 14 June 2019 already."),
    ({"declined_on": TODAY}, "accept", "This referral was declined on 14 June 2019."),
    ({"declined_on": TODAY}, "assign", "This episode has ended, so nobody can be assigned to it."),
    ({"declined_on": TODAY}, "screen", "This episode has ended, so it cannot be screened any more."),
    ({"declined_on": TODAY}, "override", "Nobody has screened this referral yet"),
    ({"lot": None}, "accept", "This referral has no area yet."),
]


@pytest.mark.parametrize(("meanwhile", "what", "said"), QUICKER)
def test_a_colleague_was_quicker(world: World, client_for: SignIn, meanwhile: dict, what: str, said: str) -> None:
    episode, client = referred(world), client_for(world.user(Role.TEAM_LEADER))
    Episode.unscoped.filter(pk=episode.pk).update(**meanwhile)
    before = Episode.unscoped.values().get()
    text = press(client, episode, what, {"reason": "other", "words": "x", "specialist": "x"})
    assert said in text
    assert "Kelvin Osei" in text
    assert Episode.unscoped.values().get() == before
    assert not Decline.objects.exists()


@pytest.mark.parametrize("what", ["accept", "decline", "assign", "screen", "override", "area"])
def test_a_referral_of_another_area_does_not_exist(world: World, client_for: SignIn, what: str) -> None:
    episode = referred(world, lot=world.other)
    client = client_for(world.user(Role.MANAGER))
    assert client.post(f"/referrals/{episode.pk}/{what}/", {"reason": "other", "lot": "dudley"}).status_code == 404
    assert client.get(f"/referrals/{episode.pk}/").status_code == 404


REASONS = [(reason.id, reason.unsuitable, reason.label) for reason in current().pathway.decline_reasons]


@pytest.mark.parametrize(("reason", "unsuitable", "label"), REASONS)
def test_a_decline_keeps_its_reason_and_counts_unsuitable(
    world: World, client_for: SignIn, reason: str, unsuitable: bool, label: str
) -> None:
    episode, client = referred(world), client_for(world.user(Role.TEAM_LEADER))
    text = press(client, episode, "decline", {"reason": reason, "words": "Come back when you like."})
    for words in (
        "Declined 14 June 2019",
        label,
        "Come back when you like.",
        "Team leader Dudley, 14 June 2019 at 12:04",
    ):
        assert words in text
    kept = Decline.objects.get()
    assert (kept.reason, kept.episode.decline_reason, kept.decided_by) == (reason, reason, world.user(Role.TEAM_LEADER))
    inbox = client.get("/referrals/").content.decode()
    assert f"1 declined, {int(unsuitable)} of them unsuitable" in inbox


@pytest.mark.parametrize(
    "data",
    [{}, {"reason": "other"}, {"words": "x"}, {"reason": "nothing", "words": "x"}, {"reason": "other", "words": " "}],
)
def test_a_decline_needs_a_reason_and_words(world: World, client_for: SignIn, data: dict) -> None:
    episode = referred(world)
    text = press(client_for(world.user(Role.TEAM_LEADER)), episode, "decline", data)
    assert "There is a problem" in text
    assert Episode.unscoped.get().declined_on is None


def fill(world: World, number: int) -> None:
    """Open cases for the specialist."""
    specialist = world.user(Role.SPECIALIST)
    for at in range(number):
        episode = referred(world, f"Case{at}")
        Episode.unscoped.filter(pk=episode.pk).update(specialist=specialist, accepted_on=TODAY)


LIMITS = [  # share of full time, day, the most open cases (002 App. 7 St 1: 25 to 30 in the first year, then 30 to 35)
    ("1", date(2018, 3, 1), 30),
    ("1", date(2019, 6, 14), 35),
    ("0.5", date(2019, 6, 14), 17),
    ("0.6", date(2018, 3, 1), 18),
    (None, date(2019, 6, 14), 0),
]


@pytest.mark.parametrize(("share", "on", "limit"), LIMITS)
def test_the_limit_follows_the_share_and_the_year(share: str | None, on: date, limit: int) -> None:
    from decimal import Decimal

    assert caseload_limit(current(), on, Decimal(share) if share else None) == limit


def test_a_full_specialist_is_said_on_the_form_and_a_manager_gives_a_reason(world: World, client_for: SignIn) -> None:
    Posting.objects.filter(user=world.user(Role.SPECIALIST)).update(fte="0.1")
    fill(world, 3)
    episode = referred(world)
    chosen = {"specialist": str(world.user(Role.SPECIALIST).pk)}
    leader, manager = client_for(world.user(Role.TEAM_LEADER)), client_for(world.user(Role.MANAGER))
    assert "3 open of 3: full, works 10% of full time, Dudley team" in page(leader, episode, "assign/")
    text = press(leader, episode, "assign", chosen)
    assert "There is a problem" in text
    assert "has 3 open cases, and the limit is 3." in text
    assert "ask your service manager" in text
    assert "Reason for going over" not in text
    assert "Give the reason for going over the limit" in press(manager, episode, "assign", chosen)
    assert Episode.unscoped.get(pk=episode.pk).specialist is None
    done = press(manager, episode, "assign", {**chosen, "over_limit_reason": "Covers for leave"})
    assert "Assigned." in done
    assert "Covers for leave" in Entry.objects.filter(verb="assign_specialist").latest("sequence").detail


def test_a_specialist_whose_post_has_ended_cannot_be_named(world: World, client_for: SignIn) -> None:
    episode, client = referred(world), client_for(world.user(Role.TEAM_LEADER))
    Posting.objects.filter(user=world.user(Role.SPECIALIST)).update(to_on=TODAY - timedelta(days=1))
    text = press(client, episode, "assign", {"specialist": str(world.user(Role.SPECIALIST).pk)})
    assert "No specialist holds a post in this area today." in text
    Posting.objects.filter(user=world.user(Role.SPECIALIST)).update(to_on=TODAY)
    assert "0 open of 35: room for 35" in page(client, episode, "assign/")


@pytest.mark.parametrize("specialist", ["", "x", "\x00", "00000000-0000-0000-0000-000000000000", "stranger"])
def test_nobody_else_can_be_named(world: World, client_for: SignIn, specialist: str) -> None:
    episode = referred(world)
    if specialist == "stranger":
        specialist = str(world.user(Role.SPECIALIST, "wolverhampton").pk)
    text = press(client_for(world.user(Role.MANAGER)), episode, "assign", {"specialist": specialist})
    assert "There is a problem" in text
    assert Episode.unscoped.get().specialist is None


def test_a_referral_without_an_area_is_taken_in(world: World, client_for: SignIn) -> None:
    episode, client = referred(world, lot=None), client_for(world.user(Role.TEAM_LEADER))
    assert "Take it into this area" in page(client, episode)
    assert "Choose one of your areas." in press(client, episode, "area", {"lot": "wolverhampton"})
    assert "The referral is in your area now." in press(client, episode, "area", {"lot": "dudley"})
    gone = client_for(world.user(Role.TEAM_LEADER, "wolverhampton"))
    assert gone.get(f"/referrals/{episode.pk}/").status_code == 404


PHASES = [  # 002 §9.11: from April 2019 everybody eligible is supported, before it the trial decides
    (datetime(2018, 11, 14, 10, 0), True),
    (datetime(2019, 3, 31, 23, 30), True),
    (datetime(2019, 4, 1, 0, 30), False),
    (datetime(2019, 6, 14, 10, 0), False),
]


@pytest.mark.parametrize(("moment", "trial"), PHASES)
def test_before_april_2019_the_trial_meeting_comes_first(
    world: World, client_for: SignIn, moment: datetime, trial: bool
) -> None:
    london = moment.replace(tzinfo=NOW.tzinfo)
    with time_machine.travel(london, tick=False):
        episode = referred(world, on=london.date())
        client = client_for(world.user(Role.TEAM_LEADER))
        assert ("The trial meeting comes first." in page(client, episode)) is trial
        assert ("nobody enters the service from this page" in page(client, episode, "screen/")) is trial
        text = press(client, episode, "accept")
        assert ("Accepted. The trial meeting comes first: nobody enters the service before it." in text) is trial
        assert ("Accepted. Choose who will be their specialist." in text) is not trial
        assert not hasattr(Episode.unscoped.get(), "allocation")


def test_every_view_of_a_referral_is_written_down(world: World, client_for: SignIn) -> None:
    episode, client = referred(world), client_for(world.user(Role.MANAGER))
    for what in ("", "screen/", "decline/", "assign/"):
        before = Entry.objects.filter(person_id=episode.person_id).count()
        page(client, episode, what)
        assert Entry.objects.filter(person_id=episode.person_id).count() == before + 1

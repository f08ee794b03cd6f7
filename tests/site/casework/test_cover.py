"""A colleague covers for a specialist: sees and does what they would, marked as such, for those days only."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from tests.site.casework.factories import TODAY, ago, make_contact, make_cover, make_episode, make_person
from tests.site.conftest import NOW, World, make_user

from placewell_web.accounts.errors import Refused
from placewell_web.accounts.models import Cover, Posting, Team, User
from placewell_web.accounts.queries import away, viewer_of
from placewell_web.audit.models import Entry
from placewell_web.casework.actions.cover import arrange_cover, take_cover_back
from placewell_web.casework.models import Contact
from placewell_web.clients.models import Episode, Person

SignIn = Callable[[User | None], Client]


@pytest.fixture(autouse=True)
def _still(frozen: object) -> None:
    """Friday 14 June 2019."""


@pytest.fixture
def colleague(world: World) -> User:
    """Of another team of the lot, so that nothing is seen but by cover."""
    north = Team.objects.create(name="Dudley north", lot=world.own)
    return make_user("priya@example.org", "Priya Nair", "specialist", world.own, north)


def make_third(world: World) -> User:
    return make_user("tom@example.org", "Tom Ashe", "specialist", world.own, world.teams["dudley"])


def arrange(
    world: World, colleague: User, from_on: date = TODAY, to_on: date | None = None, **more: Any
) -> list[Cover]:
    given = {
        "viewer": world.viewer("team_leader"),
        "by": world.actor("team_leader"),
        "at": NOW,
        "token": uuid.uuid4(),
        "specialist_id": world.user("specialist").pk,
        "lots": ["dudley"],
    } | more
    return arrange_cover(colleague_id=colleague.pk, from_on=from_on, to_on=to_on or from_on, **given)


@pytest.mark.parametrize(
    ("from_in", "to_in", "sees"), [(0, 0, True), (-3, 3, True), (1, 5, False), (-5, -1, False), (0, 5, True)]
)
def test_people_are_seen_on_the_days_of_the_cover(
    world: World, colleague: User, from_in: int, to_in: int, sees: bool
) -> None:
    episode = make_episode(world)
    arrange(world, colleague, TODAY + timedelta(days=from_in), TODAY + timedelta(days=to_in))
    viewer = viewer_of(colleague, TODAY)
    assert Episode.scoped.visible_to(viewer).filter(pk=episode.pk).exists() is sees
    assert Person.scoped.visible_to(viewer).exists() is sees


def test_cover_reaches_only_the_lots_it_was_arranged_for(world: World, colleague: User) -> None:
    elsewhere = make_episode(world, "wolverhampton", specialist=world.user("specialist"))
    arrange(world, colleague)
    assert not Episode.scoped.visible_to(viewer_of(colleague, TODAY)).filter(pk=elsewhere.pk).exists()


def test_only_the_covered_persons_people_are_seen(world: World, colleague: User) -> None:
    third = make_user("third@example.org", "Third", "specialist", world.own, world.teams["dudley"])
    other = make_episode(world, specialist=third)
    arrange(world, colleague)
    assert not Episode.scoped.visible_to(viewer_of(colleague, TODAY)).filter(pk=other.pk).exists()


@pytest.mark.parametrize("address", ["/today/", "/caseload/"])
def test_they_stand_on_the_pages_marked_and_not_in_ones_own_count(
    world: World, client_for: SignIn, colleague: User, address: str
) -> None:
    make_contact(make_episode(world, person=make_person("Covered", "One")), ago(40))
    own = make_episode(world, specialist=colleague, person=make_person("Own", "One"))
    make_contact(own, ago(40), specialist=colleague)
    client = client_for(colleague)
    assert "Covered One" not in client.get(address).content.decode()
    arrange(world, colleague)
    page = client.get(address).content.decode()
    assert "Covered One" in page
    assert page.count("Covering Employment specialist Dudley") == 1
    assert ("You cover 1 more person." in page) is (address == "/caseload/")
    assert "<strong>1 of 35</strong>" in page


def test_a_contact_of_the_cover_counts_for_the_person(world: World, client_for: SignIn, colleague: User) -> None:
    episode = make_episode(world)
    arrange(world, colleague)
    client = client_for(colleague)
    assert client.get(f"/people/{episode.pk}/").status_code == 200
    seen = Entry.objects.filter(verb="view_person").latest("sequence")
    assert "own_caseload" not in seen.detail, "the cover is expected to look"
    page = client.get(f"/people/{episode.pk}/contact/")
    assert page.status_code == 200
    made = make_contact(episode, TODAY, specialist=colleague)
    assert Contact.scoped.visible_to(viewer_of(colleague, TODAY)).get() == made
    assert made.episode.specialist == world.user("specialist")


def test_taken_back_it_is_over_at_once_and_twice_changes_nothing(world: World, colleague: User) -> None:
    episode = make_episode(world)
    [cover] = arrange(world, colleague)
    by = {"viewer": world.viewer("team_leader"), "by": world.actor("team_leader"), "at": NOW}
    take_cover_back(cover=cover, **by)
    take_cover_back(cover=cover, **by)
    assert not Episode.scoped.visible_to(viewer_of(colleague, TODAY)).filter(pk=episode.pk).exists()
    assert Entry.objects.filter(verb="take_cover_back").count() == 1


def test_the_same_form_twice_arranges_once(world: World, colleague: User) -> None:
    token = uuid.uuid4()
    arrange(world, colleague, token=token)
    arrange(world, colleague, token=token)
    assert Cover.objects.count() == Entry.objects.filter(verb="arrange_cover").count() == 1


def test_nobody_covers_days_that_are_covered(world: World, colleague: User) -> None:
    arrange(world, colleague, TODAY, TODAY + timedelta(days=7))
    with pytest.raises(Refused, match="Priya Nair covers already from 14 June 2019 to 21 June 2019"):
        arrange(world, colleague, TODAY + timedelta(days=7), TODAY + timedelta(days=9))
    assert len(arrange(world, colleague, TODAY + timedelta(days=8))) == 1


@pytest.mark.parametrize(("first", "last", "free"), [(-7, -1, True), (8, 9, True), (7, 9, False), (0, 3, False)])
def test_whoever_is_away_covers_nobody(world: World, colleague: User, first: int, last: int, free: bool) -> None:
    away_now = make_cover(world, colleague, make_third(world), TODAY, TODAY + timedelta(days=7))
    days = TODAY + timedelta(days=first), TODAY + timedelta(days=last)
    if free:
        assert len(arrange(world, colleague, *days)) == 1
        return
    said = "Priya Nair is away from 14 June 2019 to 21 June 2019: Tom Ashe covers then."
    with pytest.raises(Refused, match=said):
        arrange(world, colleague, *days)
    assert Cover.objects.count() == 1
    Cover.objects.filter(pk=away_now.pk).update(taken_back_at=NOW)
    assert len(arrange(world, colleague, *days)) == 1, "taken back, it stands against nothing"


def test_nobody_covers_each_other(world: World, colleague: User) -> None:
    make_cover(world, colleague, world.user("specialist"), TODAY, TODAY + timedelta(days=7))
    with pytest.raises(Refused, match="Priya Nair is away from 14 June 2019"):
        arrange(world, colleague)


def test_whoever_covers_is_not_away_on_those_days(world: World, colleague: User) -> None:
    third = make_third(world)
    make_cover(world, third, world.user("specialist"), TODAY + timedelta(days=3), TODAY + timedelta(days=5))
    with pytest.raises(Refused, match="Employment specialist Dudley covers for Tom Ashe from 17 June 2019") as refused:
        arrange(world, colleague, TODAY, TODAY + timedelta(days=3))
    assert refused.value.problems[1] == "Take that cover back first, and choose someone else for Tom Ashe."
    assert len(arrange(world, colleague, TODAY, TODAY + timedelta(days=2))) == 1


def test_whoever_is_away_in_another_lot_is_away_here(world: World, colleague: User) -> None:
    other = world.teams["wolverhampton"].lot
    make_cover(world, colleague, world.user("specialist", "wolverhampton"), TODAY, TODAY, lot=other)
    with pytest.raises(Refused, match="Priya Nair is away"):
        arrange(world, colleague)


def test_days_that_follow_each_other_are_one_absence(world: World, colleague: User) -> None:
    who = world.user("specialist")
    for first, last in ((-2, 1), (2, 4), (9, 12)):
        make_cover(world, colleague, who, TODAY + timedelta(days=first), TODAY + timedelta(days=last))
    assert away([colleague.pk, who.pk], TODAY) == {colleague.pk: (ago(2), TODAY + timedelta(days=4))}


def test_the_list_says_who_is_away(world: World, client_for: SignIn, colleague: User) -> None:
    make_cover(world, colleague, make_third(world), TODAY, TODAY + timedelta(days=7))
    address = f"/team/{world.user('specialist').pk}/cover/"
    client = client_for(world.user("team_leader"))
    assert ">Priya Nair, away until 21 June 2019</option>" in client.get(address).content.decode()
    data = dates((20, 6), (24, 6)) | {"colleague": colleague.pk, "token": uuid.uuid4()}
    sent = client.post(address, data).content.decode()
    assert "Priya Nair is away from 14 June 2019 to 21 June 2019" in sent
    assert "Choose someone who is there, or other days." in sent
    assert f'<option value="{colleague.pk}" selected>' in sent, "what was chosen is kept"


@pytest.mark.parametrize(
    ("role", "who", "said"),
    [
        ("team_leader", "self", "other than the one who is away"),
        ("team_leader", "foreign", "a specialist of the same area"),
        ("specialist", "colleague", "Only a team leader or manager"),
    ],
)
def test_who_arranges_and_who_can_cover(world: World, colleague: User, role: str, who: str, said: str) -> None:
    chosen = {
        "self": world.user("specialist"),
        "foreign": world.user("specialist", "wolverhampton"),
        "colleague": colleague,
    }[who]
    with pytest.raises(Refused, match=said):
        arrange(world, chosen, viewer=world.viewer(role))


def test_a_leader_arranges_only_in_the_own_lot(world: World, colleague: User) -> None:
    with pytest.raises(Refused, match="another area"):
        arrange(world, colleague, lots=["wolverhampton"])


def dates(first: tuple[int, int], last: tuple[int, int]) -> dict[str, int]:
    named = {"from_on": first, "to_on": last}
    return {
        f"{name}-{part}": value
        for name, (day, month) in named.items()
        for part, value in (("day", day), ("month", month), ("year", 2019))
    }


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ((14, 6), (13, 6), "must be on or after"),
        ((20, 6), (19, 6), "The last day must be on or after the first day."),
        ((14, 6), (30, 9), "Cover lasts three months at most."),
        ((13, 6), (20, 6), "First day must be on or after 14 June 2019."),
    ],
)
def test_days_that_cannot_be(
    world: World, client_for: SignIn, colleague: User, first: tuple[int, int], last: tuple[int, int], said: str
) -> None:
    address = f"/team/{world.user('specialist').pk}/cover/"
    data = dates(first, last) | {"colleague": colleague.pk, "token": uuid.uuid4()}
    sent = client_for(world.user("team_leader")).post(address, data)
    assert sent.status_code == 200
    assert said in sent.content.decode()
    assert Cover.objects.count() == 0


def test_the_page_arranges_and_takes_back(world: World, client_for: SignIn, colleague: User) -> None:
    client = client_for(world.user("team_leader"))
    address = f"/team/{world.user('specialist').pk}/cover/"
    sent = client.post(
        address,
        dates((17, 6), (28, 6)) | {"colleague": colleague.pk, "reason": "Leave", "token": uuid.uuid4()},
        follow=True,
    )
    said = "Priya Nair covers for Employment specialist Dudley from 17 June 2019 to 28 June 2019."
    assert said in sent.content.decode()
    assert "17 June 2019 to 28 June 2019" in client.get(address).content.decode()
    client.post(f"/team/cover/{Cover.objects.get().pk}/end/")
    assert "17 June 2019 to 28 June 2019" not in client.get(address).content.decode()


def test_someone_who_left_is_followed_not_covered(world: World, client_for: SignIn, colleague: User) -> None:
    make_episode(world)
    Posting.objects.filter(user=world.user("specialist")).update(to_on=ago(1))
    page = client_for(world.user("team_leader")).get(f"/team/{world.user('specialist').pk}/cover/")
    assert "hand the caseload over instead" in page.content.decode()

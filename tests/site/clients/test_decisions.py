"""Accepting, declining, placing and assigning: who may, when, and within which limit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from tests.site.conftest import NOW, World

from placewell_web.accounts.errors import Refused
from placewell_web.accounts.models import Posting, Role
from placewell_web.audit.models import Entry
from placewell_web.clients import actions, queries
from placewell_web.clients.actions import NewEpisode, NewPerson
from placewell_web.clients.models import Episode

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
Refer = Callable[..., Episode]


@pytest.fixture
def refer(world: World) -> Refer:
    """A referral that nobody has decided about: `refer(lot="wolverhampton")`, `refer(lot=None)`."""

    def made(lot: str | None = "dudley", first_name: str = "Kelvin", on: date = TODAY, **person: object) -> Episode:
        places = {world.own.code: world.own, world.other.code: world.other}
        return actions.open_episode(
            by=world.actor(Role.TEAM_LEADER),
            at=NOW,
            person=NewPerson(first_name=first_name, surname="Osei", **person),
            episode=NewEpisode("thrive_into_work", on, lot=places[lot] if lot else None, source="gp"),
        )

    return made


def by(world: World, role: str, lot: str = "dudley") -> dict:
    return {"by": world.actor(role, lot), "at": NOW, "viewer": world.viewer(role, lot)}


def test_a_referral_opens_a_person_and_an_episode(world: World, refer: Refer) -> None:
    episode = refer()
    assert episode.person.number.startswith("TW-")
    assert episode.person.search_name == "kelvin osei"
    entry = Entry.objects.order_by("-sequence").first()
    assert (entry.verb, entry.target_id, entry.lot) == ("open_episode", str(episode.pk), "dudley")


DECIDERS = [(Role.TEAM_LEADER, True), (Role.MANAGER, True), (Role.SPECIALIST, False), (Role.PROGRAMME, False)]


@pytest.mark.parametrize(("role", "may"), DECIDERS)
def test_leaders_and_managers_accept(world: World, refer: Refer, role: str, may: bool) -> None:
    episode = refer()
    Episode.unscoped.filter(pk=episode.pk).update(team=world.teams["dudley"])
    if may:
        assert actions.accept(**by(world, role), episode_id=episode.pk, on=TODAY).accepted_on == TODAY
        return
    with pytest.raises(Exception, match=r"team leader|^$"):
        actions.accept(**by(world, role), episode_id=episode.pk, on=TODAY)
    episode.refresh_from_db()
    assert episode.accepted_on is None


def test_a_referral_of_another_area_does_not_exist(world: World, refer: Refer) -> None:
    from django.http import Http404

    with pytest.raises(Http404):
        actions.accept(**by(world, Role.MANAGER, "wolverhampton"), episode_id=refer().pk, on=TODAY)


TWICE = [
    (lambda to: actions.accept(**to, on=TODAY), lambda to: actions.accept(**to, on=TODAY), "accepted on"),
    (lambda to: actions.accept(**to, on=TODAY), lambda to: actions.decline(**to, on=TODAY, reason="other"), "accepted"),
    (lambda to: actions.decline(**to, on=TODAY, reason="x"), lambda to: actions.accept(**to, on=TODAY), "declined on"),
]


@pytest.mark.parametrize(("first", "second", "why"), TWICE)
def test_a_referral_is_decided_once(world: World, refer: Refer, first, second, why: str) -> None:
    to = {**by(world, Role.TEAM_LEADER), "episode_id": refer().pk}
    first(to)
    entries = Entry.objects.count()
    with pytest.raises(Refused, match=why):
        second(to)
    assert Entry.objects.count() == entries


def test_no_decision_before_the_referral(world: World, refer: Refer) -> None:
    to = {**by(world, Role.TEAM_LEADER), "episode_id": refer().pk, "on": TODAY - timedelta(days=1)}
    for decide in (lambda: actions.accept(**to), lambda: actions.decline(**to, reason="other")):
        with pytest.raises(Refused, match="before it was made"):
            decide()


def test_a_referral_without_an_area_is_seen_by_leaders_and_taken_in(world: World, refer: Refer) -> None:
    episode = refer(lot=None)
    for role, lot in ((Role.TEAM_LEADER, "dudley"), (Role.MANAGER, "wolverhampton")):
        assert queries.get_episode(world.viewer(role, lot), episode.pk)
    with pytest.raises(Refused, match="no area yet"):
        actions.accept(**by(world, Role.TEAM_LEADER), episode_id=episode.pk, on=TODAY)
    with pytest.raises(Refused, match="only into your own area"):
        actions.place(**by(world, Role.TEAM_LEADER), episode_id=episode.pk, lot=world.other)
    placed = actions.place(**by(world, Role.TEAM_LEADER), episode_id=episode.pk, lot=world.own)
    assert placed.lot_id == "dudley"
    assert episode not in Episode.scoped.visible_to(world.viewer(Role.MANAGER, "wolverhampton"))


def assign(world: World, episode: Episode, role: str = Role.TEAM_LEADER, limit: int = 2, **more: str) -> Episode:
    specialist = world.user(Role.SPECIALIST).pk
    return actions.assign(**by(world, role), episode_id=episode.pk, specialist_id=specialist, limit=limit, **more)


def test_a_specialist_is_named_with_their_team(world: World, refer: Refer) -> None:
    done = assign(world, refer())
    assert (done.specialist, done.team) == (world.user(Role.SPECIALIST), world.teams["dudley"])


def test_over_the_limit_needs_a_manager_and_a_reason(world: World, refer: Refer) -> None:
    assign(world, refer())
    assign(world, refer(first_name="Nadia"))
    third = refer(first_name="Paul")
    with pytest.raises(Refused, match=r"2 open cases, and the limit is 2(.|\n)*service manager"):
        assign(world, third)
    with pytest.raises(Refused, match="Give the reason"):
        assign(world, third, Role.MANAGER)
    assert assign(world, third, Role.MANAGER, reason="Covers for leave").specialist_id
    assert "Covers for leave" in Entry.objects.order_by("-sequence").first().detail


def test_naming_the_same_specialist_again_changes_nothing(world: World, refer: Refer) -> None:
    episode = assign(world, refer())
    entries = Entry.objects.count()
    assert assign(world, episode, limit=1).version == episode.version
    assert Entry.objects.count() == entries


def test_someone_of_another_area_cannot_be_named(world: World, refer: Refer) -> None:
    stranger = world.user(Role.SPECIALIST, "wolverhampton").pk
    with pytest.raises(Refused, match="not a specialist of the referral's area"):
        actions.assign(**by(world, Role.TEAM_LEADER), episode_id=refer().pk, specialist_id=stranger, limit=30)


def test_open_cases_count_and_ended_ones_do_not(world: World, refer: Refer) -> None:
    first, second, third = (assign(world, refer(first_name=name), limit=9) for name in ("A", "B", "C"))
    Episode.unscoped.filter(pk=second.pk).update(closed_on=TODAY)
    Episode.unscoped.filter(pk=third.pk).update(declined_on=TODAY)
    load = queries.specialist_loads(world.viewer(Role.MANAGER), "dudley", TODAY)[0]
    assert (load.open_cases, load.fte, load.team_name) == (1, 1, "Dudley team")
    assert first.specialist_id == load.user_id


def test_a_post_that_has_ended_names_nobody(world: World) -> None:
    Posting.objects.filter(user=world.user(Role.SPECIALIST)).update(to_on=TODAY - timedelta(days=1))
    assert queries.specialist_loads(world.viewer(Role.MANAGER), "dudley", TODAY) == []
    assert queries.specialist_loads(world.viewer(Role.MANAGER), "wolverhampton", TODAY) == []

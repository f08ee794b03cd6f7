"""Two records joined and parted: nothing is lost, nothing is overwritten, and only by those who see both."""

from __future__ import annotations

from datetime import date

import pytest
from tests.site.conftest import NOW, World

from placewell_web.accounts.errors import Refused
from placewell_web.accounts.models import Role
from placewell_web.audit.models import Entry
from placewell_web.clients import actions, queries
from placewell_web.clients.actions import NewEpisode, NewPerson
from placewell_web.clients.models import Alert, Episode, Merge, Person

pytestmark = pytest.mark.django_db


def referred(world: World, lot: str = "dudley", **person: object) -> Episode:
    given = {"first_name": "Samina", "surname": "Rehman", **person}
    place = world.own if lot == world.own.code else world.other
    return actions.open_episode(
        by=world.actor(Role.TEAM_LEADER),
        at=NOW,
        person=NewPerson(**given),
        episode=NewEpisode("thrive_into_work", NOW.date(), lot=place),
    )


def join(world: World, kept: Episode, gone: Episode, role: str = Role.TEAM_LEADER) -> Merge:
    return actions.merge(
        by=world.actor(role), at=NOW, viewer=world.viewer(role), kept_id=kept.person_id, gone_id=gone.person_id
    )


def test_episodes_and_alerts_move_and_gaps_are_filled(world: World) -> None:
    kept = referred(world, phone="+447700900418", email="")
    gone = referred(world, phone="+447700900999", email="sam@example.org", birth_date=date(1991, 8, 9))
    Alert.unscoped.create(person=gone.person, kind="risk", title="Dog", reviewed_on=NOW.date())
    join(world, kept, gone)
    person = Person.unscoped.get(pk=kept.person_id)
    assert person.phone == "+447700900418"
    assert (person.email, person.birth_date) == ("sam@example.org", date(1991, 8, 9))
    assert {one.pk for one in person.episodes.all()} == {kept.pk, gone.pk}
    assert person.alerts.count() == 1
    assert Person.unscoped.count() == 2
    assert gone.person_id not in queries.visible_people(world.viewer(Role.MANAGER), [gone.person_id])


def test_a_merge_is_undone_as_it_was(world: World) -> None:
    kept, gone = referred(world), referred(world, email="sam@example.org")
    done = join(world, kept, gone)
    leader = {"by": world.actor(Role.TEAM_LEADER), "at": NOW, "viewer": world.viewer(Role.TEAM_LEADER)}
    actions.undo_merge(**leader, merge_id=done.pk)
    before = {(one.pk, one.person_id) for one in (kept, gone)}
    assert set(Episode.unscoped.values_list("pk", "person_id")) == before
    assert Person.unscoped.get(pk=kept.person_id).email == ""
    assert Person.unscoped.get(pk=gone.person_id).merged_into is None
    with pytest.raises(Refused, match="already"):
        actions.undo_merge(**leader, merge_id=done.pk)
    assert [one.verb for one in Entry.objects.order_by("sequence")][-2:] == ["merge_people", "undo_merge"]


def test_what_was_written_since_stays_when_parted(world: World) -> None:
    kept, gone = referred(world), referred(world, email="sam@example.org")
    done = join(world, kept, gone)
    Person.unscoped.filter(pk=kept.person_id).update(email="new@example.org")
    later = referred(world)
    Episode.unscoped.filter(pk=later.pk).update(person=kept.person_id)
    actions.undo_merge(by=world.actor(Role.MANAGER), at=NOW, viewer=world.viewer(Role.MANAGER), merge_id=done.pk)
    assert Person.unscoped.get(pk=kept.person_id).email == "new@example.org"
    assert Episode.unscoped.get(pk=later.pk).person_id == kept.person_id


def test_a_specialist_does_not_merge(world: World) -> None:
    kept, gone = referred(world), referred(world)
    Episode.unscoped.update(team=world.teams["dudley"])
    with pytest.raises(Refused, match="Only a team leader or manager"):
        join(world, kept, gone, Role.SPECIALIST)


def test_nobody_merges_what_they_cannot_see(world: World) -> None:
    kept, gone = referred(world), referred(world, "wolverhampton")
    with pytest.raises(Refused, match=r"belongs to another area"):
        join(world, kept, gone, Role.MANAGER)
    assert Merge.unscoped.count() == 0


def test_a_record_is_not_merged_with_itself_or_twice(world: World) -> None:
    kept, gone = referred(world), referred(world)
    with pytest.raises(Refused):
        join(world, kept, kept)
    join(world, kept, gone)
    with pytest.raises(Refused):
        join(world, kept, gone)

"""What may blur the comparison reaches the evaluator once, under trial numbers alone."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from tests.site.conftest import NOW, World
from tests.site.trial.factories import accepted, drawn

from placewell_web.accounts.models import Role
from placewell_web.audit.actors import Actor
from placewell_web.clients import actions as clients
from placewell_web.clients.models import Episode, Person
from placewell_web.trial.actions.contamination import HOUSEHOLD, SUPPORTED, contaminations, tell_contamination
from placewell_web.trial.models import Notice

pytestmark = pytest.mark.django_db
IN_TRIAL = NOW.replace(year=2018, month=11, day=14)
SYSTEM = Actor.system("test")
NHS = "9990000018"


@pytest.fixture
def control(world: World) -> Episode:
    episode = accepted(world, at=IN_TRIAL, postcode="DY3 2NA")
    drawn(world, episode, "control", IN_TRIAL)
    return episode


def found() -> list[tuple[str, str]]:
    return [(one.issue, one.other) for one in contaminations()]


OTHER_EPISODE = [  # of another record of theirs: what it is, whether that blurs the comparison
    ({"accepted_on": date(2018, 11, 20)}, True),
    ({"accepted_on": date(2018, 10, 20)}, True),
    ({"accepted_on": date(2018, 10, 20), "closed_on": date(2018, 11, 1)}, False),
    ({"accepted_on": date(2018, 10, 20), "closed_on": date(2018, 11, 30)}, True),
    ({"accepted_on": date(2019, 4, 1)}, False),
    ({"accepted_on": None}, False),
]


@pytest.mark.parametrize("how", ["joined", "one NHS number"])
@pytest.mark.parametrize(("fields", "blurs"), OTHER_EPISODE)
def test_support_under_another_record(
    world: World, control: Episode, fields: dict[str, Any], blurs: bool, how: str
) -> None:
    other = accepted(world, at=IN_TRIAL - timedelta(days=60), surname="Blake")
    Episode.unscoped.filter(pk=other.pk).update(**fields)
    if how == "joined":
        viewer, by = world.viewer(Role.MANAGER), world.actor(Role.MANAGER)
        clients.merge(by=by, at=NOW, viewer=viewer, kept_id=other.person_id, gone_id=control.person_id)
    else:
        Person.unscoped.filter(pk__in=[other.person_id, control.person_id]).update(nhs_number=NHS)
    assert found() == ([(SUPPORTED, "")] if blurs else [])


HOMES = [  # of somebody else: surname, postcode, group, whether one household is in both
    ("Marsh", "DY3 2NA", "ips", True),
    ("marsh", "dy32na", "ips", True),
    ("Marsh", "DY3 2NA", "control", False),
    ("Marsh", "DY3 2NB", "ips", False),
    ("Blake", "DY3 2NA", "ips", False),
    ("Marsh", "", "ips", False),
]


@pytest.mark.parametrize(("surname", "postcode", "arm", "blurs"), HOMES)
def test_one_household_in_both_groups(
    world: World, control: Episode, surname: str, postcode: str, arm: str, blurs: bool
) -> None:
    other = accepted(world, at=IN_TRIAL, first_name="Ray", surname=surname, postcode=postcode)
    second = drawn(world, other, arm, IN_TRIAL)
    numbers = sorted([second.number, control.person.participant.number])
    assert [(one.number, one.issue, one.other) for one in contaminations()] == (
        [(numbers[0], HOUSEHOLD, numbers[1])] if blurs else []
    )


def test_each_is_told_once_and_by_number_alone(world: World, control: Episode) -> None:
    drawn(world, accepted(world, at=IN_TRIAL, first_name="Ray", postcode="DY3 2NA"), "ips", IN_TRIAL)
    assert tell_contamination(by=SYSTEM, at=NOW) == 1
    assert tell_contamination(by=SYSTEM, at=NOW + timedelta(days=1)) == 0
    told = Notice.objects.get()
    assert (told.kind, told.due_at) == ("issue", NOW + timedelta(hours=24))
    assert set(json.loads(told.body)) == {"issue", "other"}
    assert "Marsh" not in told.body


def test_the_command_tells(world: World, control: Episode, capsys: pytest.CaptureFixture[str]) -> None:
    drawn(world, accepted(world, at=IN_TRIAL, first_name="Ray", postcode="DY3 2NA"), "ips", IN_TRIAL)
    call_command("tell_contamination")
    assert capsys.readouterr().out == "1 notice put into the outbox\n"

"""After the draw: the comparison group is given what is theirs, and someone leaves the study in five presses."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.journeys.steps import given, then, when
from tests.journeys.steps.journey import Journey
from tests.site.conftest import World, open_trial  # noqa: F401  the fixture
from tests.site.trial.people import Drawn, one_of_each

from placewell_web.trial.models import Handout, Notice, Withdrawal

pytestmark = [pytest.mark.browser, pytest.mark.screens("wide", "phone-no-script")]


@pytest.fixture
def drawn(world: World, open_trial: Path) -> dict[str, Drawn]:  # noqa: F811
    return one_of_each(world)


def test_the_comparison_group_is_given_what_is_theirs(journey: Journey, world: World, drawn: dict[str, Drawn]) -> None:
    episode = drawn["control"].episode
    given.signed_in(journey, world.user("specialist"))
    journey.visit(f"/trial/{episode.pk}/booklet/")
    when.presses(journey, "Ada has the booklet")
    journey.visit(f"/trial/{episode.pk}/local-services/")
    when.chooses(journey, "Jobcentre Plus", "Benefits advice")
    when.presses(journey, "Record")
    journey.visit(f"/trial/{episode.pk}/letter/")
    then.sees(journey, drawn["control"].number, "You can stop at any time.")
    when.presses(journey, "Ada has the letter")
    assert Handout.unscoped.filter(episode=episode, given=True).count() == 4


def test_a_participant_leaves_the_study(journey: Journey, world: World, drawn: dict[str, Drawn]) -> None:
    episode = drawn["ips"].episode
    given.signed_in(journey, world.user("specialist"))
    journey.visit(f"/trial/{episode.pk}/leave/")
    when.chooses(journey, "No more support from the service", "No more looking up of health records")
    when.presses(journey, "See what that means")
    then.sees(journey, "Support ends; the record of it stays.", "Nothing is erased.")
    assert not Withdrawal.unscoped.exists()
    when.presses(journey, "Record it")
    then.sees(journey, "Recorded already")
    assert Withdrawal.unscoped.filter(ledger_seq__isnull=False).count() == 2
    assert Notice.objects.filter(kind="withdrawal", participant_number=drawn["ips"].number).count() == 1


@pytest.mark.screens("wide")
def test_the_letter_is_printed_on_one_page(journey: Journey, world: World, drawn: dict[str, Drawn]) -> None:
    given.signed_in(journey, world.user("specialist"))
    for person in drawn.values():
        journey.visit(f"/trial/{person.episode.pk}/letter/")
        printed = journey.page.pdf(prefer_css_page_size=True)
        assert printed.count(b"/Type /Page\n") == 1

"""Who is in the comparison group is on no caseload and in no figure, and keeps the group when referred again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from tests.site.casework.factories import make_job, make_plan, make_profile
from tests.site.conftest import World
from tests.site.trial.factories import referred
from tests.site.trial.people import AFTER, Drawn, one_of_each

from placewell_web.accounts.errors import Refused
from placewell_web.accounts.models import Role
from placewell_web.casework.permissions import check_can_plan, check_can_work_with
from placewell_web.casework.queries import episodes
from placewell_web.clients import queries as people
from placewell_web.clients.actions import compared_among, compared_until
from placewell_web.clients.models import Episode, Person
from placewell_web.intake import actions as intake
from placewell_web.reporting import queries as figures

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_trial")]
SignIn = Callable[..., Client]
LONDON = ZoneInfo("Europe/London")
NHS = "9990000018"
LAST_DAY = date(2019, 3, 31)


@pytest.fixture
def drawn(world: World) -> dict[str, Drawn]:
    found = one_of_each(world)
    Person.unscoped.filter(pk=found["control"].episode.person_id).update(
        first_name="Owen", surname="Blake", search_name="owen blake", nhs_number=NHS
    )
    return found


@pytest.fixture(autouse=True)
def _two_days_later() -> object:
    with time_machine.travel(AFTER, tick=False) as traveller:
        yield traveller


def text(client: Client, name: str, **arguments: Any) -> str:
    question = arguments.pop("question", {})
    response = client.get(reverse(name, kwargs=arguments), question, follow=True)
    assert response.status_code == 200
    return response.content.decode()


LISTS = [
    "casework:today",
    "casework:caseload",
    "casework:team",
    "intake:inbox",
    "reporting:quarter",
    "reporting:claims",
]


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("role", [Role.SPECIALIST, Role.TEAM_LEADER, Role.MANAGER])
def test_no_list_shows_them(world: World, drawn: dict[str, Drawn], client_for: SignIn, name: str, role: str) -> None:
    response = client_for(world.user(role)).get(reverse(name), follow=True)
    assert "Blake" not in response.content.decode()


def test_no_caseload_and_no_limit_counts_them(world: World, drawn: dict[str, Drawn]) -> None:
    viewer, specialist = world.viewer(Role.MANAGER), world.user(Role.SPECIALIST)
    held = set(episodes.caseload_of(viewer, specialist.pk).values_list("pk", flat=True))
    assert drawn["control"].episode.pk not in held
    assert drawn["ips"].episode.pk in held
    before = people.open_cases([specialist.pk])[specialist.pk]
    assert before == len(held) == episodes.caseload_sizes(viewer, AFTER.date())[0][1]


@pytest.mark.parametrize("name", ["reporting:quarter", "reporting:claims"])
def test_no_figure_moves_with_what_they_do(
    world: World, drawn: dict[str, Drawn], client_for: SignIn, name: str
) -> None:
    """A job, a profile and a plan of theirs change no line; the same of the other group do."""
    client, started = client_for(world.user(Role.MANAGER)), date(2018, 11, 15)
    before = _lines(client, name)
    for make in (make_job, make_profile, make_plan):
        make(drawn["control"].episode, started)
    assert _lines(client, name) == before
    make_job(drawn["ips"].episode, started)
    assert (_lines(client, name) != before) == (name == "reporting:quarter")  # nothing is paid without a proof


def _lines(client: Client, name: str) -> list[str]:
    figures.forget()
    page = client.get(reverse(name), follow=True).content.decode()
    body = page.split('id="main-content"')[1].split("</main>")[0]
    return [line for line in body.splitlines() if "csrf" not in line]


def test_their_page_says_so_and_offers_no_support(world: World, drawn: dict[str, Drawn], client_for: SignIn) -> None:
    client = client_for(world.user(Role.SPECIALIST))
    shown = text(client, "casework:person", episode=drawn["control"].episode.pk)
    assert "the service gives no support under this referral" in shown
    assert "Log a contact" not in shown
    assert "Next steps" not in shown
    assert "Log a contact" in text(client, "casework:person", episode=drawn["ips"].episode.pk)
    found = text(client, "casework:search", question={"q": "Blake"})
    assert "In the comparison group" in found
    assert "Log a contact" not in found


@pytest.mark.parametrize("check", [check_can_work_with, check_can_plan])
def test_nothing_of_support_is_recorded_of_them(
    world: World, drawn: dict[str, Drawn], check: Callable[..., None]
) -> None:
    with pytest.raises(Refused, match="comparison group"):
        check(world.viewer(Role.SPECIALIST), Episode.unscoped.get(pk=drawn["control"].episode.pk))
    check(world.viewer(Role.SPECIALIST), Episode.unscoped.get(pk=drawn["ips"].episode.pk))


@pytest.mark.parametrize("lot", ["dudley", "wolverhampton"])
def test_referred_again_they_keep_the_group_until_the_trial_ends(
    world: World, drawn: dict[str, Drawn], client_for: SignIn, lot: str
) -> None:
    again = referred(world, lot, AFTER, first_name="Owen", surname="Blake", nhs_number=NHS)
    client = client_for(world.user(Role.MANAGER, lot))
    page = text(client, "intake:referral", episode=again.pk)
    assert "In the comparison group until the trial ends on 31 March 2019" in page
    assert "/accept/" not in page
    assert "in the comparison group until the trial ends" in text(client, "intake:inbox")
    if lot != "dudley":
        assert "Dudley" not in page
        assert drawn["control"].episode.person.number not in page
    with pytest.raises(Refused, match="until the trial ends on 31 March 2019"):
        accept(world, again, lot, datetime(2019, 3, 31, 12, 0, tzinfo=LONDON))
    assert accept(world, again, lot, datetime(2019, 4, 1, 9, 0, tzinfo=LONDON)).accepted_on == date(2019, 4, 1)


def test_from_april_they_are_on_a_caseload_like_anyone(world: World, drawn: dict[str, Drawn]) -> None:
    again = referred(world, "dudley", AFTER, nhs_number=NHS)
    accept(world, again, "dudley", datetime(2019, 4, 2, 9, 0, tzinfo=LONDON))
    assert episodes.supported(world.viewer(Role.MANAGER)).filter(pk=again.pk).exists()


def accept(world: World, episode: Episode, lot: str, at: datetime) -> Episode:
    return intake.accept(
        by=world.actor(Role.MANAGER, lot), at=at, viewer=world.viewer(Role.MANAGER, lot), episode_id=episode.pk
    )


WHO = [  # what the new referral says, whether it is known to be the person of the comparison group
    ({"nhs_number": NHS}, True),
    ({"nhs_number": "9990000026"}, False),
    ({}, False),
]


@pytest.mark.parametrize(("said", "known"), WHO)
def test_who_is_known_to_be_compared(world: World, drawn: dict[str, Drawn], said: dict[str, str], known: bool) -> None:
    again = referred(world, "wolverhampton", AFTER, **said)
    ips = drawn["ips"].episode
    assert (compared_until(again.person, LAST_DAY) == LAST_DAY) is known
    assert compared_until(again.person, date(2019, 4, 1)) is None
    assert compared_until(ips.person, LAST_DAY) is None
    asked = [again.person_id, ips.person_id, drawn["control"].episode.person_id]
    expected = {drawn["control"].episode.person_id} | ({again.person_id} if known else set())
    assert compared_among(asked, LAST_DAY) == expected
    assert compared_among(asked, date(2019, 4, 1)) == set()

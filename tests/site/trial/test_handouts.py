"""What the comparison group is given, and everyone's letter."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from tests.site.conftest import World
from tests.site.trial.people import AFTER, Drawn, one_of_each, page, press

from placewell_web.accounts import service
from placewell_web.accounts.errors import Refused
from placewell_web.accounts.models import Role
from placewell_web.audit.models import Entry
from placewell_web.clients.models import Person
from placewell_web.trial.actions.handouts import give_booklet
from placewell_web.trial.models import Handout, Meeting
from placewell_web.trial.queries.aftercare import services_for

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_trial")]
SignIn = Callable[..., Client]


@pytest.fixture
def drawn(world: World) -> dict[str, Drawn]:
    return one_of_each(world)


@pytest.fixture
def specialist(world: World, client_for: SignIn) -> Client:
    with time_machine.travel(AFTER, tick=False):
        return client_for(world.user(Role.SPECIALIST))


@pytest.fixture(autouse=True)
def _two_days_later() -> object:
    with time_machine.travel(AFTER, tick=False) as traveller:
        yield traveller


def kept(person: Drawn) -> list[tuple[str, str, bool]]:
    return sorted(Handout.unscoped.filter(episode=person.episode).values_list("kind", "code", "given"))


def test_the_booklet_is_given_or_not_wanted_and_the_last_word_holds(
    drawn: dict[str, Drawn], specialist: Client
) -> None:
    control = drawn["control"]
    assert "Edition 1" in page(specialist, "booklet", control.episode)
    assert "no booklet was wanted" in press(specialist, "booklet", control.episode, {"not_wanted": "yes"})
    assert kept(control) == [("booklet", "1", False)]
    assert "the booklet was given" in press(specialist, "booklet", control.episode, {"given": "yes"})
    assert kept(control) == [("booklet", "1", True)]
    assert "has the booklet, edition 1" in page(specialist, "booklet", control.episode)
    before = Entry.objects.filter(verb="record_handout").count()
    press(specialist, "booklet", control.episode, {"given": "yes"})
    assert Entry.objects.filter(verb="record_handout").count() == before == 2


def test_services_are_chosen_together_and_taken_out_again(drawn: dict[str, Drawn], specialist: Client) -> None:
    control = drawn["control"]
    assert "Benefits advice" in page(specialist, "local_services", control.episode)
    press(specialist, "local_services", control.episode, {"services": ["jobcentre", "skills"]})
    assert kept(control) == [("local_service", "jobcentre", True), ("local_service", "skills", True)]
    press(specialist, "local_services", control.episode, {"services": ["skills", "job_club"]})
    assert kept(control) == [
        ("local_service", "job_club", True),
        ("local_service", "jobcentre", False),
        ("local_service", "skills", True),
    ]
    assert page(specialist, "local_services", control.episode).count("checked") == 2
    for wrong in (["horoscope"], [], ["skills", "none_for_now"]):
        assert "There is a problem" in press(specialist, "local_services", control.episode, {"services": wrong})
    assert len(kept(control)) == 3
    assert "none for now" in press(specialist, "local_services", control.episode, {"services": ["none_for_now"]})
    assert [given for _, _, given in kept(control)] == [False, False, False]


def test_a_service_of_another_lot_is_not_offered(drawn: dict[str, Drawn], monkeypatch: pytest.MonkeyPatch) -> None:
    spec = service.current()
    first, *others = spec.trial.local_services
    elsewhere = first.model_copy(update={"lots": ("wolverhampton",)})
    trial = spec.trial.model_copy(update={"local_services": (elsewhere, *others)})
    changed = dataclasses.replace(spec, trial=trial)
    monkeypatch.setattr(service, "current", lambda: changed)
    assert [one.id for one in services_for(drawn["control"].episode)] == [one.id for one in others]


def test_who_has_support_is_given_no_booklet(world: World, drawn: dict[str, Drawn], specialist: Client) -> None:
    assert "comparison group" in page(specialist, "booklet", drawn["ips"].episode)
    viewer, by = world.viewer(Role.SPECIALIST), world.actor(Role.SPECIALIST)
    with pytest.raises(Refused, match="for the other group"):
        give_booklet(by=by, at=AFTER, viewer=viewer, episode_id=drawn["ips"].episode.pk, given=True)
    undrawn = Meeting.unscoped.filter(randomised_at=None).select_related("episode").first()
    with pytest.raises(Refused, match="Chance has not decided"):
        give_booklet(by=by, at=AFTER, viewer=viewer, episode_id=undrawn.episode_id, given=True)


@pytest.mark.parametrize("arm", ["ips", "control"])
def test_the_letter_says_what_the_result_means_and_how_to_check_it(
    drawn: dict[str, Drawn], specialist: Client, arm: str
) -> None:
    person = drawn[arm]
    text = page(specialist, "letter", person.episode)
    code = text.split("check code</dt><dd>")[1][:11]
    assert person.number in text
    assert len(code.replace("-", "")) == 10
    assert ("comparison group" in text) == (arm == "control")
    for said in ("You can stop at any time", "Whom to call", "nobody can change it"):
        assert said in text
    assert "the person has their letter" in press(specialist, "letter", person.episode, {})
    assert kept(person) == [("letter", "", True)]
    assert "Given" in page(specialist, "letter", person.episode)


@pytest.mark.parametrize("arm", ["ips", "control"])
def test_the_outside_of_the_letter_says_nothing_of_a_study(
    drawn: dict[str, Drawn], specialist: Client, arm: str
) -> None:
    text = page(specialist, "letter", drawn[arm].episode)
    outside = text.split('class="ta-letter__outside"')[1].split('class="ta-letter__inside"')[0]
    assert drawn[arm].episode.person.surname in outside
    for word in ("study", "group", "trial", "TIW", "chance", "IPS", "booklet"):
        assert word not in outside


NEEDS = [("", False), ("Large print, 18 point", True), ("BSL interpreter", False), ("Easy read, bigger print", True)]


@pytest.mark.parametrize(("needs", "large"), NEEDS)
def test_large_print_for_whoever_needs_it(drawn: dict[str, Drawn], specialist: Client, needs: str, large: bool) -> None:
    Person.unscoped.filter(pk=drawn["ips"].episode.person_id).update(communication_needs=needs)
    episode = drawn["ips"].episode
    assert ("ta-letter--large" in page(specialist, "letter", episode)) == large
    assert "ta-letter--large" in page(specialist, "letter", episode, print="large")
    assert "ta-letter--large" not in page(specialist, "letter", episode, print="standard")


def test_there_is_no_letter_before_the_draw(drawn: dict[str, Drawn], specialist: Client) -> None:
    undrawn = Meeting.unscoped.filter(randomised_at=None).first()
    address = reverse("trial:letter", kwargs={"episode": undrawn.episode_id})
    assert specialist.get(address).status_code == 404
    assert "there is no letter yet" in specialist.post(address).content.decode()
    assert not Handout.unscoped.exists()


def test_every_view_of_a_person_is_written_down(drawn: dict[str, Drawn], specialist: Client) -> None:
    for name in ("booklet", "local_services", "letter", "mistake", "withdraw"):
        page(specialist, name, drawn["control"].episode)
    pages = Entry.objects.filter(verb="view_trial").values_list("detail", flat=True)
    assert len(pages) == 5

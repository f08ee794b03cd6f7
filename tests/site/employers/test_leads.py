"""Leads: shared within a provider, once, closed and opened again, narrowed by industry; closed ones apart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.site.casework.factories import TODAY, ago, make_employer, make_episode, make_lead
from tests.site.conftest import NOW, World

from placewell_web.accounts.errors import Refused
from placewell_web.accounts.models import User
from placewell_web.audit.models import Entry
from placewell_web.casework.actions.leads import take_lead
from placewell_web.casework.models import LeadTaken
from placewell_web.employers.models import Employer, EmployerLead

SignIn = Callable[[User | None], Client]
PORTER = {"employer": "Oakline", "title": "Kitchen porter", "hours": "16", "words": "Fixed shifts"}


@pytest.fixture(autouse=True)
def _still(frozen: object) -> None:
    """Friday 14 June 2019."""


@pytest.fixture
def specialist(world: World, client_for: SignIn) -> Client:
    return client_for(world.user("specialist"))


def until(days: int) -> dict[str, str]:
    day = TODAY + timedelta(days=days)
    return {f"until_on-{part}": str(getattr(day, part)) for part in ("day", "month", "year")}


def verbs() -> list[str]:
    return list(Entry.objects.filter(is_view=False).order_by("sequence").values_list("verb", flat=True))


def test_shared_once_at_an_employer_known_or_new(world: World, specialist: Client) -> None:
    for _ in range(2):
        page = specialist.post("/employers/leads/new/", PORTER | until(10), follow=True).content.decode()
    lead = EmployerLead.unscoped.get()
    assert (lead.employer.name, lead.found_by, lead.until_on) == (
        "Oakline",
        world.user("specialist"),
        TODAY + timedelta(days=10),
    )
    for words in ("Kitchen porter, 16 hours a week", "Oakline", "Fixed shifts", "Until 24 June 2019", "1 open lead"):
        assert words in page, words
    assert verbs() == ["add_employer", "add_lead"]


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"employer": ""}, "Enter the name of the employer."),
        ({"title": ""}, "Enter what the job is."),
        ({"hours": "many"}, "Hours a week must be a number"),
        ({"hours": "0"}, "Hours a week must be more than 0"),
        (until(-1), "Last day to apply must be on or after 14 June 2019."),
        (until(400), "Last day to apply must be on or before"),
        ({"words": "x" * 1001}, "What to know must be 1,000 characters or fewer."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(specialist: Client, answers: dict[str, str], sentence: str) -> None:
    assert sentence in specialist.post("/employers/leads/new/", PORTER | answers).content.decode()
    assert EmployerLead.unscoped.count() == Employer.unscoped.count() == 0


def test_every_team_of_the_provider_reads_it_and_no_other(world: World, client_for: SignIn) -> None:
    lead = make_lead(world, make_employer(name="oakline"))
    assert "Kitchen porter" in client_for(world.user("manager")).get("/employers/leads/").content.decode()
    other = client_for(world.user("specialist", "wolverhampton"))
    assert "Kitchen porter" not in other.get("/employers/leads/").content.decode()
    assert other.get(f"/employers/leads/{lead.pk}/close/").status_code == 404


def test_what_ends_first_stands_first_and_without_a_day_last(world: World, specialist: Client) -> None:
    employer = make_employer()
    for title, days in (("Baker", None), ("Cook", 9), ("Driver", 0), ("Packer", -2)):
        make_lead(world, employer, title=title, until_on=None if days is None else TODAY + timedelta(days=days))
    page = specialist.get("/employers/leads/").content.decode()
    places = [page.index(f">{title}<") for title in ("Packer", "Driver", "Cook", "Baker")]
    assert places == sorted(places)
    assert "Ended 12 June 2019" in page
    assert "Ends today" in page


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ({}, {"Baker", "Cook"}),
        ({"sector": "C"}, {"Baker"}),
        ({"sector": "A"}, set()),
        ({"stands": "closed"}, {"Driver"}),
        ({"stands": "nonsense", "sector": "nonsense"}, {"Baker", "Cook"}),
    ],
)
def test_narrowed(world: World, specialist: Client, asked: dict[str, str], titles: set[str]) -> None:
    makers, kitchen = make_employer(name="makers"), make_employer(name="kitchen")
    Employer.unscoped.filter(pk=makers.pk).update(industry="C")
    make_lead(world, makers, title="Baker")
    make_lead(world, kitchen, title="Cook")
    closed = {"closed_on": ago(1), "closed_by": world.user("specialist"), "closed_because": "filled"}
    make_lead(world, makers, title="Driver", **closed)
    page = specialist.get("/employers/leads/", asked).content.decode()
    assert {title for title in ("Baker", "Cook", "Driver") if f">{title}<" in page} == titles


def test_closed_once_and_opened_again(world: World, specialist: Client) -> None:
    lead = make_lead(world, make_employer())
    address = f"/employers/leads/{lead.pk}/close/"
    assert "Choose why the lead is closed." in specialist.post(address, {}).content.decode()
    for because in ("filled", "withdrawn"):
        specialist.post(address, {"because": because})
    lead.refresh_from_db()
    assert (lead.closed_because, lead.closed_on) == ("filled", TODAY)
    assert "The job was filled" in specialist.get("/employers/leads/?stands=closed").content.decode()
    for _ in range(2):
        specialist.post(f"/employers/leads/{lead.pk}/open/")
    lead.refresh_from_db()
    assert lead.closed_on is None
    assert verbs() == ["close_lead", "open_lead_again"]


class TestTaken:
    """For people of one's own caseload, once each; of whom it was, the list says nothing."""

    def send(self, client: Client, lead: EmployerLead, *people: Any, **more: str) -> Any:
        return client.post(f"/employers/leads/{lead.pk}/take/", {"people": people, **more}, follow=True)

    def test_once_for_each(self, world: World, specialist: Client) -> None:
        lead, one, two = make_lead(world, make_employer()), make_episode(world), make_episode(world)
        assert "Lead taken for 1 person." in self.send(specialist, lead, one.pk).content.decode()
        page = self.send(specialist, lead, one.pk, two.pk).content.decode()
        assert "Lead taken for 1 person." in page
        assert "Taken for 2 people" in page
        assert "Sandhu" not in page
        assert "It was taken for them already." in self.send(specialist, lead, one.pk).content.decode()
        assert LeadTaken.unscoped.count() == 2
        search = specialist.get(f"/people/{one.pk}/job-search/").content.decode()
        assert "Leads taken" in search
        assert "Kitchen porter" in search
        assert verbs() == ["take_lead"] * 2

    def test_and_closed_with_it(self, world: World, specialist: Client) -> None:
        lead, one = make_lead(world, make_employer()), make_episode(world)
        self.send(specialist, lead, one.pk, close="on")
        lead.refresh_from_db()
        assert lead.closed_because == "taken"

    def test_not_for_people_of_others(self, world: World, specialist: Client) -> None:
        lead, other = make_lead(world, make_employer()), make_episode(world, "wolverhampton")
        page = self.send(specialist, lead, other.pk).content.decode()
        assert "Choose only answers in the list." in page or "Nobody is on your caseload." in page
        assert not LeadTaken.unscoped.exists()

    def test_not_when_it_was_closed_meanwhile(self, world: World) -> None:
        closed = {"closed_on": ago(1), "closed_by": world.user("specialist"), "closed_because": "filled"}
        lead, one = make_lead(world, make_employer(), **closed), make_episode(world)
        with pytest.raises(Refused, match="closed meanwhile"):
            take_lead(by=world.actor("specialist"), at=NOW, lead=lead, episodes=[one])

"""The page of one employer: contacts by anyone of the provider, whose they were by need to know; jobs for all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.site.casework.factories import (
    ago,
    make_employer,
    make_employer_contact,
    make_episode,
    make_job,
    make_lead,
    make_person,
)
from tests.site.conftest import NOW, World

from placewell_web.accounts.models import Team, User
from placewell_web.audit.models import Entry
from placewell_web.casework.models import EmployerContact
from placewell_web.casework.presenters.employers import contact_rows
from placewell_web.clients.models import Episode
from placewell_web.employers.models import Employer

SignIn = Callable[[User | None], Client]


@pytest.fixture(autouse=True)
def _still(frozen: object) -> None:
    """Friday 14 June 2019."""


@pytest.fixture
def employer(world: World) -> Employer:
    return make_employer(name="oakline")


def of_another_team(world: World) -> Episode:
    """Someone the specialist of the world's first team may not see; their leader may."""
    team, _ = Team.objects.get_or_create(name="Dudley north", lot=world.own)
    return make_episode(world, person=make_person("Kelvin", "Osei"), team=team, specialist=world.user("team_leader"))


def page_for(client_for: SignIn, user: User, employer: Employer) -> str:
    return client_for(user).get(f"/employers/{employer.pk}/").content.decode()


def test_contacts_of_colleagues_show_and_their_people_do_not(
    world: World, client_for: SignIn, employer: Employer
) -> None:
    make_employer_contact(of_another_team(world), employer, ago(2), note="Kelvin would start on Monday.")
    page = page_for(client_for, world.user("specialist"), employer)
    assert "For another client" in page
    assert "Kelvin" not in page, "neither the name nor a note that may speak of them"
    seen = page_for(client_for, world.user("team_leader"), employer)
    assert "Kelvin Osei" in seen
    assert "Kelvin would start on Monday." in seen


@pytest.mark.parametrize(("number", "words"), [(1, "For another client"), (3, "For 3 other clients")])
def test_clients_of_other_areas_are_not_said_to_be_the_teams(
    world: World, client_for: SignIn, employer: Employer, number: int, words: str
) -> None:
    for _ in range(number):
        make_employer_contact(of_another_team(world), employer, ago(2), specialist=world.user("team_leader"))
    page = page_for(client_for, world.user("specialist"), employer)
    assert words in page
    assert "of the team" not in page


@pytest.mark.parametrize(
    ("said", "known_by", "words"),
    [
        ("new", "", "New to us"),
        ("new", "contact", "In contact"),
        ("new", "contact for nobody", "In contact"),
        ("new", "job", "In contact"),
        ("resting", "contact", "Resting"),
        ("not_now", "job", "Asked us not to call"),
    ],
)
def test_where_it_stands_does_not_contradict_the_contacts(
    world: World, client_for: SignIn, employer: Employer, said: str, known_by: str, words: str
) -> None:
    Employer.unscoped.update(relationship=said)
    if known_by == "job":
        make_job(of_another_team(world), ago(90), employer=employer)
    elif known_by:
        who = None if known_by.endswith("nobody") else of_another_team(world)
        make_employer_contact(who, employer, ago(480), specialist=world.user("specialist"))
    client = client_for(world.user("specialist"))
    for address in (
        f"/employers/{employer.pk}/",
        f"/employers/?stands={said if words != 'In contact' else 'in_contact'}",
    ):
        page = client.get(address).content.decode()
        assert words in page.partition("</form>")[2] or words in page.partition("<dl")[2]
    assert ("oakline" in client.get("/employers/?stands=new").content.decode()) is (words == "New to us")


def test_what_another_provider_did_leaves_it_new(world: World, client_for: SignIn) -> None:
    shared = make_employer(None, "everywhere")
    make_employer_contact(make_episode(world, "wolverhampton"), shared, ago(2))
    assert "New to us" in page_for(client_for, world.user("specialist"), shared)


def test_one_contact_for_several_is_one_row(world: World, client_for: SignIn, employer: Employer) -> None:
    mine, other = make_episode(world), of_another_team(world)
    for one in (mine, other):
        make_employer_contact(one, employer, ago(2), specialist=world.user("specialist"), note="Two posts in May.")
    page = page_for(client_for, world.user("specialist"), employer)
    assert page.count("cw-contact-row") == 1
    assert "Jaswinder Sandhu</a> and another client" in page
    assert "Two posts in May." in page
    assert "Osei" not in page


def test_newest_first_and_a_contact_for_nobody_keeps_its_note(
    world: World, client_for: SignIn, employer: Employer
) -> None:
    for days, note in ((9, "First call"), (1, "Last call"), (5, "Second call")):
        make_employer_contact(None, employer, ago(days), specialist=world.user("specialist"), note=note)
    page = page_for(client_for, world.user("specialist"), employer)
    assert page.index("Last call") < page.index("Second call") < page.index("First call")
    assert "For " not in page.split("Last call")[0].split("Contacts</h2>")[1]


def test_jobs_are_counted_for_all_and_named_by_need_to_know(
    world: World, client_for: SignIn, employer: Employer
) -> None:
    make_job(make_episode(world), ago(30), employer=employer)
    make_job(of_another_team(world), ago(60), employer=employer, title="Baker")
    page = page_for(client_for, world.user("specialist"), employer)
    assert "2 jobs gained here" in page
    assert "1 job of people that other teams support." in page
    assert "Baker" not in page
    assert "Baker" in page_for(client_for, world.user("team_leader"), employer)


def test_an_employer_of_no_lot_tells_one_provider_nothing_of_another(world: World, client_for: SignIn) -> None:
    shared = make_employer(None, "everywhere")
    theirs = make_episode(world, "wolverhampton")
    make_employer_contact(theirs, shared, ago(2), note="Private")
    make_job(theirs, ago(30), employer=shared)
    page = page_for(client_for, world.user("team_leader"), shared)
    assert "No contact yet." in page
    assert "0 jobs gained here" in page


def test_only_people_seen_are_written_down(world: World, client_for: SignIn, employer: Employer) -> None:
    mine, other = make_episode(world), of_another_team(world)
    for one in (mine, other):
        make_employer_contact(one, employer, ago(2))
    page_for(client_for, world.user("specialist"), employer)
    detail = Entry.objects.get(verb="view_employer").detail
    assert str(mine.pk) in detail
    assert str(other.pk) not in detail


def test_an_empty_page_says_so(world: World, client_for: SignIn, employer: Employer) -> None:
    page = page_for(client_for, world.user("specialist"), employer)
    for words in (
        "Town, industry and size not known",
        "New to us",
        "Nobody yet",
        "No open lead here.",
        "No contact yet.",
        "No job of anyone yet.",
        "No feedback yet.",
        "Whom to ask for first is not known",
    ):
        assert words in page, words


def test_leads_stand_there_and_lead_to_the_form(world: World, client_for: SignIn, employer: Employer) -> None:
    lead = make_lead(world, employer)
    page = page_for(client_for, world.user("specialist"), employer)
    assert f"/employers/leads/{lead.pk}/take/" in page
    client = client_for(world.user("specialist"))
    assert 'value="oakline"' in client.get("/employers/leads/new/", {"q": employer.name}).content.decode()
    assert 'value="oakline"' in client.get("/employers/contact/", {"employer": employer.pk}).content.decode()


@pytest.mark.parametrize("asked", ["", "not-an-id", "6d1f7a52-0000-4000-8000-000000000000", "other"])
def test_the_form_opens_empty_for_an_employer_that_is_not_there(world: World, client_for: SignIn, asked: str) -> None:
    other = make_employer("wolverhampton", "theirs")
    asked = str(other.pk) if asked == "other" else asked
    page = client_for(world.user("specialist")).get("/employers/contact/", {"employer": asked})
    assert page.status_code == 200
    assert "theirs" not in page.content.decode()


@pytest.mark.parametrize(("page", "rows"), [("", 100), ("2", 30), ("99", 30), ("-1", 100), ("x", 100)])
def test_very_many_contacts_come_in_parts_with_few_questions(
    world: World, client_for: SignIn, employer: Employer, page: str, rows: int
) -> None:
    episode = make_episode(world)
    EmployerContact.unscoped.bulk_create(
        EmployerContact(
            employer=employer,
            episode=episode,
            specialist=episode.specialist,
            on=ago(n % 50),
            purpose="lead",
            created_at=NOW - timedelta(minutes=n),
        )
        for n in range(130)
    )
    client = client_for(world.user("specialist"))
    with CaptureQueriesContext(connection) as asked:
        text = client.get(f"/employers/{employer.pk}/", {"page": page} if page else {}).content.decode()
    assert text.count("cw-contact-row") == rows
    assert len(asked) < 30


def test_rows_told_apart_by_what_differs(world: World, employer: Employer) -> None:
    episode = make_episode(world)
    same = {"note": "x"}
    for given in (same, same, {"note": "y"}, {"note": "x", "purpose": "training"}, {"note": "x", "face_to_face": True}):
        make_employer_contact(episode, employer, ago(2), **given)
    rows = contact_rows(employer.contacts.select_related("employer", "specialist", "episode__person"), {episode.pk})
    assert sorted(len(row.people) for row in rows) == [1, 1, 1, 2]

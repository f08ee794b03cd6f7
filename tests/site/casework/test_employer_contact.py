"""A contact with an employer: logged once, for one, several or nobody; saved once, and its words never lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from tests.site.casework.factories import make_episode, make_person
from tests.site.conftest import World

from placewell_web.accounts.models import User
from placewell_web.audit.models import Entry
from placewell_web.casework.models import ContactDraft, EmployerContact
from placewell_web.clients.models import Episode
from placewell_web.employers.models import Employer, EmployerLead

SignIn = Callable[[User | None], Client]
ADDRESS = "/employers/contact/"
DAY = {"on-day": "3", "on-month": "6", "on-year": "2019"}


@pytest.fixture(autouse=True)
def _still(frozen: object) -> None:
    """Friday 14 June 2019, 12:04."""


@pytest.fixture
def people(world: World) -> list[Episode]:
    names = (("Jaswinder", "Sandhu"), ("Kelvin", "Osei"))
    return [make_episode(world, person=make_person(*name)) for name in names]


@pytest.fixture
def client(world: World, client_for: SignIn) -> Client:
    return client_for(world.user("specialist"))


def sent(*people: Episode, **fields: Any) -> dict[str, Any]:
    ids = [str(one.pk) for one in people]
    return {"form_token": str(uuid4()), **DAY, "employer": "Oakline Foods", "purpose": "lead", "people": ids, **fields}


def rows() -> set[object]:
    return set(EmployerContact.unscoped.values_list("episode_id", flat=True))


def test_one_contact_counts_for_everyone_it_was_for(client: Client, people: list[Episode]) -> None:
    assert client.post(ADDRESS, sent(*people)).status_code == 302
    assert rows() == {one.pk for one in people}
    employer = Employer.unscoped.get()
    page = client.get(f"/employers/{employer.pk}/").content.decode()
    assert "Kelvin Osei" in page
    assert Entry.objects.filter(verb="record_employer_contact").count() == 2
    assert Entry.objects.filter(verb="view_employer").exists()


def test_for_nobody_in_particular_it_is_one_row(client: Client, people: list[Episode]) -> None:
    client.post(ADDRESS, sent())
    assert rows() == {None}


def test_a_new_employer_is_shared_with_the_provider(
    client: Client, client_for: SignIn, world: World, people: list[Episode]
) -> None:
    client.post(ADDRESS, sent(people[0]))
    address = f"/employers/{Employer.unscoped.get().pk}/"
    assert client_for(world.user("team_leader")).get(address).status_code == 200
    assert client_for(world.user("specialist", "wolverhampton")).get(address).status_code == 404


@pytest.mark.parametrize("whom", [0, 1, 2])
def test_a_form_sent_twice_saves_once(client: Client, people: list[Episode], whom: int) -> None:
    form = sent(*people[:whom])
    assert [client.post(ADDRESS, form).status_code for _ in range(3)] == [302, 302, 302]
    assert EmployerContact.unscoped.count() == max(whom, 1)


@pytest.mark.parametrize(("button", "kept"), [("another", ["Newer", "Older"]), ("discard", ["Older"])])
def test_with_other_words_it_asks(client: Client, people: list[Episode], button: str, kept: list[str]) -> None:
    form = sent(people[0], note="Older", page=str(uuid4()))
    client.post(ADDRESS, form)
    answer = client.post(ADDRESS, form | {"note": "Newer"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Older" in page
    assert "Newer" in page
    token = page.split('name="other_token" value="')[1].split('"')[0]
    for _ in range(2):
        client.post(ADDRESS, form | {"note": "Newer", "other_token": token, button: "1"})
    assert sorted(EmployerContact.unscoped.values_list("note", flat=True)) == kept
    assert not ContactDraft.unscoped.exists()


def test_another_users_token_saves_a_contact_of_ones_own(
    client: Client, client_for: SignIn, world: World, people: list[Episode]
) -> None:
    form = sent()
    client.post(ADDRESS, form)
    client_for(world.user("team_leader")).post(ADDRESS, form | {"note": "Mine"})
    assert EmployerContact.unscoped.count() == 2


def test_people_of_other_lots_cannot_be_named(client: Client, world: World, people: list[Episode]) -> None:
    foreign = make_episode(world, "wolverhampton", person=make_person("Not", "Mine"))
    page = client.post(ADDRESS, sent(foreign)).content.decode()
    assert "Choose only answers in the list." in page
    assert "Not Mine" not in page
    assert rows() == set()


def test_a_colleagues_client_is_found_by_name_and_nothing_typed_is_lost(
    client: Client, world: World, people: list[Episode]
) -> None:
    theirs = make_episode(world, person=make_person("Paul", "Dykes"), specialist=world.user("team_leader"))
    typed = sent(people[0], note="Asked for a stock assistant.", employer="Oakline", find="1", q="dykes")
    page = client.post(ADDRESS, typed).content.decode()
    assert "Paul Dykes" in page
    assert "Asked for a stock assistant." in page
    assert 'value="Oakline"' in page
    assert f'value="{people[0].pk}" checked' in page
    assert rows() == set()
    client.post(ADDRESS, sent(people[0], theirs))
    assert rows() == {people[0].pk, theirs.pk}


def test_words_outlive_the_session(client: Client, client_for: SignIn, world: World, people: list[Episode]) -> None:
    page = client.get(ADDRESS).content.decode()
    hidden = {name: page.split(f'name="{name}" value="')[1].split('"')[0] for name in ("draft_key", "page")}
    nobody = Client()
    nobody.post(f"{ADDRESS}draft/", sent(people[1], note="They need", **hidden))
    assert nobody.post(ADDRESS, sent(people[1], note="They need two people.", **hidden)).status_code == 302
    assert rows() == set()
    again = client_for(world.user("specialist"))
    assert "An employer</a>: “They need two people.”" in again.get("/today/").content.decode()
    page = again.get(ADDRESS).content.decode()
    assert "They need two people." in page
    assert 'value="Oakline Foods"' in page
    assert f'value="{people[1].pk}" checked' in page


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"employer": ""}, "Enter the name of the employer."),
        ({"purpose": ""}, "Choose what the contact was for."),
        ({"on-day": "15"}, "Date must be on or before 14 June 2019."),
        ({"people": ["x"]}, "Choose only answers in the list."),
    ],
)
def test_what_is_missing_is_said(client: Client, people: list[Episode], fields: Any, sentence: str) -> None:
    page = client.post(ADDRESS, sent(note="Kept words", **fields)).content.decode()
    assert sentence in page
    assert "Kept words" in page


LEAD = {"lead_title": "Night porter", "lead_words": "Four nights a week, to start in July"}


def leads() -> list[tuple[str, str, str]]:
    return list(EmployerLead.unscoped.values_list("employer__name", "title", "words"))


@pytest.mark.parametrize("purpose", ["lead", "awareness"])
@pytest.mark.parametrize("whom", [0, 1, 2])
def test_a_job_heard_of_is_shared_as_one_lead(
    client: Client, client_for: SignIn, world: World, people: list[Episode], whom: int, purpose: str
) -> None:
    form = sent(*people[:whom], purpose=purpose, **LEAD)
    for _ in range(3):
        page = client.post(ADDRESS, form, follow=True).content.decode()
    assert leads() == [("Oakline Foods", *LEAD.values())]
    assert EmployerContact.unscoped.count() == max(whom, 1)
    assert "Contact with Oakline Foods recorded. The lead is shared with every team." in page
    assert Entry.objects.filter(verb="add_lead").count() == 1
    assert "Night porter" in client_for(world.user("team_leader")).get("/employers/leads/").content.decode()


@pytest.mark.parametrize("fields", [{}, {"lead_title": "  ", "lead_words": " "}])
def test_without_a_job_no_lead_is_made(client: Client, people: list[Episode], fields: dict[str, str]) -> None:
    page = client.post(ADDRESS, sent(**fields), follow=True).content.decode()
    assert leads() == []
    assert "shared with every team" not in page


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"lead_words": "Nights"}, "Enter what the job is, or empty what they want."),
        ({"lead_title": "x" * 121}, "120"),
        ({**LEAD, "purpose": ""}, "Choose what the contact was for."),
    ],
)
def test_a_refused_form_shares_nothing_and_shows_what_was_typed(
    client: Client, people: list[Episode], fields: dict[str, str], said: str
) -> None:
    page = client.post(ADDRESS, sent(**fields)).content.decode()
    assert said in page
    assert 'data-open-at="lead" open' in page
    assert all(text in page for name, text in fields.items() if name.startswith("lead"))
    assert leads() == []
    assert rows() == set()


def test_a_job_is_escaped_and_kept_in_the_draft(client: Client, people: list[Episode]) -> None:
    form = sent(page=str(uuid4())) | {"lead_title": "<b>Porter</b>"}
    assert client.post(f"{ADDRESS}draft/", form).status_code == 200
    again = client.get(ADDRESS).content.decode()
    assert "&lt;b&gt;Porter&lt;/b&gt;" in again
    assert "<b>Porter" not in again
    client.post(ADDRESS, form)
    assert leads() == [("Oakline Foods", "<b>Porter</b>", "")]
    assert not ContactDraft.unscoped.exists()


def test_the_same_job_told_twice_on_a_day_stays_one_lead(client: Client, people: list[Episode]) -> None:
    for _ in range(2):
        client.post(ADDRESS, sent(**LEAD))
    assert EmployerContact.unscoped.count() == 2
    assert len(leads()) == 1

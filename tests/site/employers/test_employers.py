"""Employers: found by three letters, one however they are written, shared within a provider only."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from tests.site.casework.factories import make_employer
from tests.site.conftest import NOW, World

from placewell_web.accounts.models import User
from placewell_web.audit.models import Entry
from placewell_web.employers import actions
from placewell_web.employers.models import Employer
from placewell_web.employers.names import fold

SignIn = Callable[[User | None], Client]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Harlow Couriers Ltd.", "harlow couriers"),
        ("Marks & Sons", "Marks and Sons LIMITED"),
        ("Café Müller", "Cafe Muller"),
        ("O’Brien's", "OBriens"),
        ("Ltd", "LTD"),
    ],
)
def test_two_spellings_are_one_name(one: str, other: str) -> None:
    assert fold(one) == fold(other) != ""


@pytest.mark.django_db(transaction=False)
def test_an_employer_named_again_is_the_same_within_a_provider(world: World) -> None:
    by, at = world.actor("specialist"), NOW
    first = actions.find_or_add(by=by, at=at, name="Oakline Foods", lot=world.own)
    assert actions.find_or_add(by=by, at=at, name="oakline foods ltd", lot=world.own) == first
    assert actions.find_or_add(by=by, at=at, name="Oakline Foods", lot=world.other) != first
    assert Entry.objects.filter(verb="add_employer").count() == 2


@pytest.mark.parametrize(("words", "found"), [("oak", 1), ("OAKLINE", 1), ("line f", 1), ("xyz", 0), ("", 1), ("%", 1)])
def test_the_list_is_searched_by_letters(world: World, client_for: SignIn, words: str, found: int) -> None:
    make_employer(name="oakline foods")
    make_employer("wolverhampton", "oakline elsewhere")
    page = client_for(world.user("specialist")).get("/employers/", {"q": words}).content.decode()
    assert page.count('scope="row"') == found


def test_adding_and_changing(world: World, client_for: SignIn) -> None:
    client = client_for(world.user("specialist"))
    page = client.post("/employers/new/", {"name": "", "contact_email": "not an address"}).content.decode()
    assert "Enter the employer&#39;s name." in page
    assert "Enter an email address" in page
    client.post("/employers/new/", {"name": "Oakline Foods", "town": "Dudley", "industry": "C"})
    made = Employer.unscoped.get()
    assert (made.lot_id, made.owner, made.search_name) == ("dudley", world.user("specialist"), "oakline foods")
    change = {"name": "Oakline Fresh Foods", "contact_phone": "01384 960001", "version": "1"}
    client.post(f"/employers/{made.pk}/change/", change)
    made.refresh_from_db()
    assert (made.search_name, made.contact_phone) == ("oakline fresh foods", "+441384960001")
    assert '"changed"' in Entry.objects.get(verb="change_employer").detail


class TestOneOfNearlyThatName:
    """Adding an employer that may be there already: it is offered first, and can be added all the same."""

    @pytest.mark.parametrize(
        ("there", "typed", "offered"),
        [
            ("oakline foods", "Oakline Foods Ltd", True),
            ("oakline foods", "Oakline", True),
            ("oakline", "Oakline Foods", True),
            ("oakline foods", "Oakland Foods", False),
            ("oakline foods", "Foods", False),
            ("a", "A", True),
            ("a", "Ab", False),
        ],
    )
    def test_is_offered(self, world: World, client_for: SignIn, there: str, typed: str, offered: bool) -> None:
        make_employer(name=there)
        page = client_for(world.user("specialist")).post("/employers/new/", {"name": typed})
        assert (page.status_code == 200) is offered
        assert ("Is it one of these?" in page.content.decode()) is offered
        assert Employer.unscoped.count() == (1 if offered else 2)

    def test_and_added_when_it_is_another(self, world: World, client_for: SignIn) -> None:
        make_employer(name="oakline foods")
        client_for(world.user("specialist")).post("/employers/new/", {"name": "Oakline Foods", "another": "on"})
        assert Employer.unscoped.count() == 2

    def test_but_never_one_of_another_provider(self, world: World, client_for: SignIn) -> None:
        make_employer("wolverhampton", "oakline foods")
        assert (
            client_for(world.user("specialist")).post("/employers/new/", {"name": "Oakline Foods"}).status_code == 302
        )


def test_two_editors_see_both_versions_and_nothing_is_lost(world: World, client_for: SignIn) -> None:
    one = make_employer(name="oakline")
    first, second = client_for(world.user("specialist")), client_for(world.user("team_leader"))
    address = f"/employers/{one.pk}/change/"
    first.post(address, {"name": "Oakline", "needs": "Early shifts", "version": "1"})
    page = second.post(address, {"name": "Oakline", "needs": "Late shifts", "version": "1"})
    assert page.status_code == 409
    text = page.content.decode()
    assert "Someone else saved this" in text
    assert "Early shifts" in text
    assert "Late shifts" in text
    assert 'name="version" value="2"' in text
    second.post(address, {"name": "Oakline", "needs": "Early and late shifts", "version": "2"})
    one.refresh_from_db()
    assert (one.needs, one.version) == ("Early and late shifts", 3)


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({}, ["bakery", "garage", "shop"]),
        ({"stands": "working_together"}, ["garage"]),
        ({"sector": "G"}, ["garage", "shop"]),
        ({"sector": "G", "stands": "new"}, ["shop"]),
        ({"sector": "<script>", "stands": "x", "page": "-3"}, ["bakery", "garage", "shop"]),
        ({"page": "9999"}, ["bakery", "garage", "shop"]),
    ],
)
def test_the_list_narrows_by_industry_and_relationship(
    world: World, client_for: SignIn, asked: dict[str, str], names: list[str]
) -> None:
    for name, given in {"shop": {"industry": "G"}, "bakery": {"industry": "C"}}.items():
        Employer.unscoped.filter(pk=make_employer(name=name).pk).update(**given)
    Employer.unscoped.filter(pk=make_employer(name="garage").pk).update(industry="G", relationship="working_together")
    page = client_for(world.user("specialist")).get("/employers/", asked).content.decode()
    assert [name for name in ("bakery", "garage", "shop") if f">{name}</a>" in page] == names


@pytest.mark.parametrize(("number", "shown"), [(1, 50), (2, 50), (3, 20)])
def test_a_long_list_is_read_in_parts(world: World, client_for: SignIn, number: int, shown: int) -> None:
    Employer.unscoped.bulk_create(
        Employer(name=f"Shop {n}", search_name=f"shop {n}", lot_id="dudley", created_at=NOW) for n in range(120)
    )
    page = client_for(world.user("specialist")).get("/employers/", {"page": number}).content.decode()
    assert page.count('scope="row"') == shown
    assert "120 employers" in page

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
    client.post(f"/employers/{made.pk}/change/", {"name": "Oakline Fresh Foods", "contact_phone": "01384 960001"})
    made.refresh_from_db()
    assert (made.search_name, made.contact_phone) == ("oakline fresh foods", "+441384960001")
    assert '"changed"' in Entry.objects.get(verb="change_employer").detail

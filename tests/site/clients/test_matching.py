"""The NHS number first, then three of four of name, birth date, postcode and phone."""

import random
from dataclasses import replace
from datetime import date

import pytest

from placewell_web.clients.matching import Identity, matched_on
from placewell_web.clients.names import fold

SAMINA = Identity("samina rehman", date(1991, 8, 9), "9990000018", "DY3 2NA", "+447700900418")

CASES = [
    ({}, ("nhs_number",)),
    ({"name": "someone else", "birth_date": None, "postcode": "", "phone": ""}, ("nhs_number",)),
    ({"nhs_number": ""}, ("name", "birth_date", "postcode", "phone")),
    ({"nhs_number": "9990000026"}, ("name", "birth_date", "postcode", "phone")),
    ({"nhs_number": "", "phone": "+447700900000"}, ("name", "birth_date", "postcode")),
    ({"nhs_number": "", "phone": ""}, ("name", "birth_date", "postcode")),
    ({"nhs_number": "", "postcode": ""}, ("name", "birth_date", "phone")),
    ({"nhs_number": "", "birth_date": None}, ("name", "postcode", "phone")),
    ({"nhs_number": "", "name": "sam khan"}, ("birth_date", "postcode", "phone")),
    ({"nhs_number": "", "birth_date": date(1991, 9, 8), "phone": ""}, ("name", "birth_date", "postcode")),
    ({"nhs_number": "", "birth_date": date(1981, 8, 9), "phone": ""}, ("name", "birth_date", "postcode")),
    ({"nhs_number": "", "birth_date": date(1985, 1, 1), "phone": ""}, ()),
    ({"nhs_number": "", "postcode": "", "phone": ""}, ()),
    ({"nhs_number": "", "name": "sam khan", "phone": ""}, ()),
]


NAMES = [  # as written in one record, as written in the other, whether they are one name
    ("Zoë Müller", "Zoe Muller", True),
    ("Siobhán O’Connor", "Siobhan OConnor", True),
    ("Anna-Marie Smith-Jones", "Anna Marie Smith Jones", True),
    ("Anna-Marie Smith-Jones", "Annamarie SmithJones", True),
    ("RAHMAN, Nadia", "Nadia Rahman", True),
    ("Łukasz Wróbel", "Lukasz Wrobel", True),
    ("Nguyễn Văn Anh", "Nguyen Van Anh", True),
    ("Jo Li", "Jo Lin", True),
    ("Bob Smith", "Robert Smith", False),  # nicknames are not guessed: the other three facts find them
    ("Samina Rehman", "Nadia Rehman", False),
]


@pytest.mark.parametrize(("one", "other", "same"), NAMES)
def test_names_are_compared_as_people_write_them(one: str, other: str, same: bool) -> None:
    known = replace(SAMINA, name=fold(one), nhs_number="", phone="")
    assert bool(matched_on(known, replace(known, name=fold(other)))) is same


DAYS = [
    (date(1991, 9, 8), True),  # day and month swapped
    (date(1991, 8, 19), True),  # one figure
    (date(1999, 8, 9), True),
    (date(1991, 8, 10), False),  # two figures
    (date(1992, 9, 8), False),
]


@pytest.mark.parametrize(("typed", "same"), DAYS)
def test_a_slip_in_the_date_of_birth_is_forgiven(typed: date, same: bool) -> None:
    known = replace(SAMINA, nhs_number="", phone="")
    assert bool(matched_on(known, replace(known, birth_date=typed))) is same


@pytest.mark.parametrize(("changes", "expected"), CASES)
def test_what_makes_a_match(changes: dict, expected: tuple[str, ...]) -> None:
    other = replace(SAMINA, **changes)
    assert matched_on(SAMINA, other) == expected
    assert matched_on(other, SAMINA) == expected


def test_two_empty_records_do_not_match() -> None:
    assert matched_on(Identity(""), Identity("")) == ()


def test_95_of_100_misspelt_records_are_found() -> None:
    """500 seeded variants: a slip in each name, and one of birth date, postcode and phone wrong or missing (T12)."""
    dice = random.Random(2)
    first = ["Nadia", "Kelvin", "Shabnam", "Tomasz", "Precious", "Agnieszka", "Mohammed", "Siobhán"]
    last = ["Rahman", "Osei", "Akhtar", "Wrona", "O'Connor", "Lis", "Cartwright", "Smith-Jones"]
    found = 0
    for _ in range(500):
        name = f"{dice.choice(first)} {dice.choice(last)}"
        known = replace(SAMINA, name=fold(name), nhs_number="")
        typed = replace(known, name=fold(_slip(name, dice)))
        lost = dice.choice(["birth_date", "postcode", "phone"])
        found += bool(matched_on(known, replace(typed, **{lost: None if lost == "birth_date" else ""})))
    assert found >= 475


def _slip(name: str, dice: random.Random) -> str:
    place = dice.randrange(1, len(name) - 1)
    kind = dice.choice(["drop", "double", "swap", "change", "case", "order"])
    if kind == "drop":
        return name[:place] + name[place + 1 :]
    if kind == "double":
        return name[:place] + name[place] + name[place:]
    if kind == "swap":
        return name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    if kind == "change":
        return name[:place] + dice.choice("aeioust") + name[place + 1 :]
    return name.upper() if kind == "case" else " ".join(reversed(name.split()))

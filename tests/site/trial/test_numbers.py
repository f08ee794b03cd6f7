"""Trial numbers and tokens: keyed, of one shape, the same for the same person, and refused without a key."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from placewell_web.clients.matching import Identity
from placewell_web.clients.names import search_name
from placewell_web.trial.numbers import NoIdentityKey, identity_tokens, trial_number

ONE, OTHER = UUID(int=1), UUID(int=2)
BORN = date(1984, 3, 2)


def identity(first: str = "Zoë", surname: str = "O'Brien-Lee", **more: Any) -> Identity:
    return Identity(search_name(first, surname), **{"birth_date": BORN, "postcode": "DY3 2NA", **more})


def test_a_number_looks_as_in_the_picture_and_can_be_read_aloud() -> None:
    for value in range(500):
        assert re.fullmatch(r"TIW [0-9A-HJKMNP-TV-Z]{3}-[0-9A-HJKMNP-TV-Z]{3}", trial_number("TIW", UUID(int=value)))


def test_one_person_has_one_number_and_the_counter_gives_the_next(settings: Any) -> None:
    assert trial_number("TIW", ONE) == trial_number("TIW", ONE)
    many = {trial_number("TIW", UUID(int=value), counter) for value in range(100) for counter in range(3)}
    assert len(many) == 300
    before = trial_number("TIW", ONE)
    settings.TRIAL_IDENTITY_KEY = "YW5vdGhlciBrZXkgb2YgdGhpcnR5LXR3byBieXRlcyEh"
    assert trial_number("TIW", ONE) != before


def test_every_letter_is_drawn_about_as_often_as_another() -> None:
    drawn = "".join(trial_number("TIW", UUID(int=value))[4:].replace("-", "") for value in range(5000))
    counts = [drawn.count(letter) for letter in "0123456789ABCDEFGHJKMNPQRSTVWXYZ"]
    expected = len(drawn) / 32
    assert sum((count - expected) ** 2 / expected for count in counts) < 61.1  # chi-squared, 31 degrees, p = 0.001


SAME = [  # what was written the first time, what the second time
    (identity(), identity("Zoe", "OBrien Lee")),
    (identity(), identity("ZOË", "O’Brien-Lee")),
    (identity(), identity("O'Brien-Lee", "Zoë")),
    (identity(), identity(postcode="dy32na")),
    (identity(nhs_number="9990000018"), identity("Someone", "Else", nhs_number="9990000018", postcode="")),
]


@pytest.mark.parametrize(("first", "second"), SAME)
def test_the_same_person_has_the_same_token(first: Identity, second: Identity) -> None:
    assert identity_tokens(ONE, first)[0] == identity_tokens(OTHER, second)[0]


DIFFERENT = [
    identity(birth_date=date(1984, 2, 3)),
    identity("Zara"),
    identity(postcode="DY3 2NB"),
    identity(postcode=""),
    identity(birth_date=None),
    identity(nhs_number="9990000018"),
]


@pytest.mark.parametrize("other", DIFFERENT)
def test_another_person_has_another(other: Identity) -> None:
    assert identity_tokens(ONE, identity())[0] != identity_tokens(OTHER, other)[0]


def test_too_little_known_recognises_nobody() -> None:
    nothing = identity(postcode="")
    assert identity_tokens(ONE, nothing) == identity_tokens(ONE, nothing)
    assert identity_tokens(ONE, nothing) != identity_tokens(OTHER, nothing)


def test_a_token_says_nothing_without_the_key(settings: Any) -> None:
    known = identity_tokens(ONE, identity(nhs_number="9990000018"))
    settings.TRIAL_IDENTITY_KEY = "YW5vdGhlciBrZXkgb2YgdGhpcnR5LXR3byBieXRlcyEh"
    assert not set(known) & set(identity_tokens(ONE, identity(nhs_number="9990000018")))


@pytest.mark.parametrize("key", ["", "not base64!", "c2hvcnQ="])
def test_without_a_key_nobody_is_given_a_number(key: str, settings: Any) -> None:
    settings.TRIAL_IDENTITY_KEY = key
    with pytest.raises(NoIdentityKey, match="32 random bytes"):
        trial_number("TIW", ONE)

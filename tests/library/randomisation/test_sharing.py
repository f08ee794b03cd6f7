"""A secret in three sealed places: any two give it back, one says nothing, wrong pieces are refused."""

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from placewell.randomisation.sharing import SharingError, join, split

SECRET = bytes(range(32))
DICE = bytes(range(100, 132))


def test_a_piece_by_hand() -> None:
    """0x57 times 0x83 is 0xc1 (FIPS 197 §4.2), so the piece that holder 0x83 has of the secret 0 is 0xc1."""
    pieces = split(b"\x00", b"\x57", needed=2, holders=0x83)
    assert pieces[-1] == bytes([2, 0x83, 0xC1])


@given(st.binary(min_size=1, max_size=40), st.integers(2, 5), st.data())
@settings(max_examples=60, deadline=None)
def test_any_that_are_enough_give_it_back(secret: bytes, needed: int, data: st.DataObject) -> None:
    holders = data.draw(st.integers(needed, 7))
    length = (needed - 1) * len(secret)
    pieces = split(secret, data.draw(st.binary(min_size=length, max_size=length)), needed, holders)
    for chosen in combinations(pieces, needed):
        assert join(chosen) == secret
        assert join(reversed(chosen)) == secret
    assert join(pieces) == secret


def test_one_piece_says_nothing_of_the_secret() -> None:
    """For each secret byte every value of the piece stands for exactly one throw of the dice."""
    for secret in (0, 1, 0x80, 0xFF):
        seen = Counter(split(bytes([secret]), bytes([dice]))[0][2] for dice in range(256))
        assert seen == dict.fromkeys(range(256), 1)


@pytest.mark.parametrize(
    "pieces",
    [
        [],
        [b""],
        [split(SECRET, DICE)[0]],
        [split(SECRET, DICE)[0]] * 2,
        [split(SECRET, DICE)[0], split(SECRET[:-1], DICE[:-1])[1]],
        [split(SECRET, DICE)[0], split(SECRET, DICE + DICE, needed=3)[1]],
        split(SECRET, DICE + DICE, needed=3)[:2],
    ],
)
def test_pieces_that_give_nothing_back(pieces: list[bytes]) -> None:
    with pytest.raises(SharingError):
        join(pieces)


@pytest.mark.parametrize(("needed", "holders"), [(1, 3), (0, 3), (4, 3), (2, 256)])
def test_numbers_that_cannot_be(needed: int, holders: int) -> None:
    with pytest.raises(ValueError, match="cannot be"):
        split(SECRET, DICE, needed, holders)


def test_too_few_dice() -> None:
    with pytest.raises(ValueError, match="32 random bytes are needed, not 31"):
        split(SECRET, DICE[1:])

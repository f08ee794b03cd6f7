"""Numbers from a key: the words by hand, and every remainder exactly as likely."""

from itertools import chain, islice, repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placewell.randomisation.hashing import prf
from placewell.randomisation.stream import WORDS, below, words, written

KEY = bytes(range(32))


def test_the_words_by_hand() -> None:
    first = prf(KEY, b"perm" + bytes([0, 0, 0, 0, 0, 0, 0, 7]) + bytes(8))
    second = prf(KEY, b"perm" + bytes([0, 0, 0, 0, 0, 0, 0, 7]) + bytes([0, 0, 0, 0, 0, 0, 0, 1]))
    by_hand = [int.from_bytes((first + second)[place : place + 4], "big") for place in range(0, 64, 4)]
    assert list(islice(words(KEY, "perm", 7), 16)) == by_hand


def test_labels_numbers_and_keys_give_other_words() -> None:
    seen = {next(words(key, label, n)) for key in (KEY, bytes(32)) for label in ("size", "perm") for n in range(50)}
    assert len(seen) == 200


def test_a_number_is_eight_bytes() -> None:
    assert written(258) == b"\0\0\0\0\0\0\1\2"


@pytest.mark.parametrize(
    ("limit", "drawn", "answer"),
    [
        (1, [WORDS - 1], 0),
        (2, [WORDS - 1], 1),
        (3, [WORDS - 1, 7], 1),  # 2**32 = 3 * 1431655765 + 1: the last word would favour 0
        (3, [WORDS - 2], 2),
        (10, [WORDS - 1, WORDS - 6, 12], 2),
        (10, [WORDS - 7], 9),
        (WORDS, [WORDS - 1], WORDS - 1),
    ],
)
def test_words_that_would_favour_some_are_passed_over(limit: int, drawn: list[int], answer: int) -> None:
    assert below(iter(drawn), limit) == answer


@given(st.integers(1, WORDS), st.integers(0, WORDS - 1))
def test_every_remainder_is_as_likely(limit: int, word: int) -> None:
    """A word is used exactly where it lies below the greatest multiple of the limit, and gives its remainder."""
    used = word < WORDS // limit * limit
    assert below(chain([word], repeat(0)), limit) == (word % limit if used else 0)


@pytest.mark.parametrize("limit", [0, -1, WORDS + 1])
def test_limits_that_cannot_be(limit: int) -> None:
    with pytest.raises(ValueError, match="between 1 and"):
        below(iter([1]), limit)

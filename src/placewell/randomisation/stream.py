"""Whole numbers drawn evenly from a key: the same for everyone who holds it, and unforeseeable to everyone else."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from placewell.randomisation.hashing import prf

NUMBER_BYTES = 8
WORD_BYTES = 4
WORDS = 2**32


def written(number: int) -> bytes:
    """A number as eight bytes, largest first."""
    return number.to_bytes(NUMBER_BYTES, "big")


def words(key: bytes, label: str, number: int) -> Iterator[int]:
    """Numbers from 0 to 2**32 - 1 without end: PRF(key, label, number, 0), PRF(key, label, number, 1) and so on.

    Source: trial.md §4, stream.
    """
    start = label.encode() + written(number)
    for turn in count():
        drawn = prf(key, start + written(turn))
        for place in range(0, len(drawn), WORD_BYTES):
            yield int.from_bytes(drawn[place : place + WORD_BYTES], "big")


def below(numbers: Iterator[int], limit: int) -> int:
    """The next number from 0 to `limit` - 1, each exactly as likely: words that would favour some are passed over.

    Raises ValueError for a limit outside 1 to 2**32. Source: trial.md §4, below.
    """
    if not 1 <= limit <= WORDS:
        raise ValueError(f"a limit must lie between 1 and {WORDS}, not {limit}")
    fair = WORDS - WORDS % limit
    return next(number for number in numbers if number < fair) % limit

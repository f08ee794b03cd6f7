"""A secret kept in several sealed places: some of them together give it back, fewer say nothing of it (Shamir)."""

from __future__ import annotations

from collections.abc import Iterable

from placewell.errors import UserError

FIELD = 0x11B  # the polynomial of AES, over which bytes are added and multiplied
BYTE = 256


class SharingError(UserError):
    """Pieces that do not give back a secret."""


def split(secret: bytes, dice: bytes, needed: int = 2, holders: int = 3) -> tuple[bytes, ...]:
    """A piece for each holder; any `needed` of them give the secret back.

    `dice` are (needed - 1) times as many random bytes as the secret has. A piece is: how many are needed, the holder's
    number, then one byte for each of the secret's. Raises ValueError for numbers that cannot be. Source: trial.md §2.5;
    Shamir 1979.
    """
    if not 1 < needed <= holders < BYTE:
        raise ValueError(f"{needed} of {holders} pieces cannot be")
    if len(dice) != (needed - 1) * len(secret):
        raise ValueError(f"{(needed - 1) * len(secret)} random bytes are needed, not {len(dice)}")
    curves = [bytes([each, *dice[place :: len(secret)]]) for place, each in enumerate(secret)]
    return tuple(bytes([needed, at, *(_height(curve, at) for curve in curves)]) for at in range(1, holders + 1))


def join(pieces: Iterable[bytes]) -> bytes:
    """The secret that `split` cut up. Raises SharingError for too few pieces, one twice, or pieces of two secrets."""
    given = {piece[1]: piece for piece in pieces if len(piece) > 2}
    if len({(piece[0], len(piece)) for piece in given.values()}) != 1:
        raise SharingError("These are not pieces of one secret.")
    needed = next(iter(given.values()))[0]
    if len(given) < needed:
        raise SharingError(f"{needed} different pieces are needed, and {len(given)} were given.")
    chosen = dict(sorted(given.items())[:needed])
    weights = {at: _weight(at, chosen) for at in chosen}
    length = len(next(iter(chosen.values())))
    return bytes(_sum(_times(weights[at], piece[place]) for at, piece in chosen.items()) for place in range(2, length))


def _height(curve: bytes, at: int) -> int:
    height = 0
    for factor in reversed(curve):
        height = _times(height, at) ^ factor
    return height


def _weight(at: int, others: Iterable[int]) -> int:
    """How much a piece counts at 0 (Lagrange)."""
    weight = 1
    for other in others:
        if other != at:
            weight = _times(weight, _times(other, _inverse(other ^ at)))
    return weight


def _sum(parts: Iterable[int]) -> int:
    whole = 0
    for part in parts:
        whole ^= part
    return whole


def _times(one: int, other: int) -> int:
    product = 0
    while other:
        if other & 1:
            product ^= one
        one = one << 1 ^ (FIELD if one & 0x80 else 0)
        other >>= 1
    return product


def _inverse(one: int) -> int:
    power = one
    for _ in range(6):  # one to the power of 254, by squaring
        power = _times(_times(power, power), one)
    return _times(power, power)

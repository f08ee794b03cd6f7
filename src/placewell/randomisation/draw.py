"""The draw: which arm stands in slot n of a stratum, for each of the three methods."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress

from placewell.randomisation.configuration import Configuration
from placewell.randomisation.hashing import prf
from placewell.randomisation.keys import Keys, PacketMissing
from placewell.randomisation.stream import below, words, written


def block(key: bytes, number: int, config: Configuration) -> tuple[str, ...]:
    """The arms of one permuted block, in order.

    Its size is drawn from the sizes; its arms, in their shares, are shuffled from the end (Fisher and Yates).
    Source: trial.md §4.
    """
    size = config.block_sizes[below(words(key, "size", number), len(config.block_sizes))]
    arms = _in_shares(config) * (size // sum(config.ratio))
    numbers = words(key, "perm", number)
    for place in range(len(arms) - 1, 0, -1):
        other = below(numbers, place + 1)
        arms[place], arms[other] = arms[other], arms[place]
    return tuple(arms)


def big_stick(key: bytes, n: int, counts: Mapping[str, int], config: Configuration, token: str | None = None) -> str:
    """A coin for each person, unless one arm is already `imbalance` ahead: then the other.

    The coin hangs on the slot n, or on the person's token where the trial binds it to identity. `counts` holds the
    stratum's allocations so far. Source: trial.md §4; Soares and Wu 1983.
    """
    first, second = config.arms
    ahead = counts.get(first, 0) - counts.get(second, 0)
    if abs(ahead) >= config.imbalance:
        return second if ahead > 0 else first
    coin = prf(key, b"coin" + (token.encode() if token else written(n)))[-1] & 1
    return second if coin else first


def simple(key: bytes, n: int, config: Configuration) -> str:
    """An arm by its share, whatever came before. Source: trial.md §4."""
    return _in_shares(config)[below(words(key, "simple", n), sum(config.ratio))]


def arm(
    keys: Keys, stratum: str, n: int, counts: Mapping[str, int], config: Configuration, token: str | None = None
) -> str:
    """The arm in slot n (from 0) of a stratum, given the arms of the n slots before it.

    Raises PacketMissing where the epoch's key is not at hand, and ValueError where an identity-bound trial gets no
    token or another trial gets one.
    """
    return Sequence(keys, config).arm(stratum, n, counts, token)


class Sequence:
    """The draws of a trial, with the blocks already dealt kept, so that the ten-thousandth draw is no slower."""

    def __init__(self, keys: Keys, config: Configuration) -> None:
        self._keys = keys
        self._config = config
        self._dealt: defaultdict[str, list[str]] = defaultdict(list)
        self._ends: defaultdict[str, list[int]] = defaultdict(list)

    def arm(self, stratum: str, n: int, counts: Mapping[str, int], token: str | None = None) -> str:
        """As the function `arm`."""
        config = self._config
        if bool(token) != bool(config.identity_bound):
            raise ValueError("a token belongs to a draw exactly where the coin is bound to identity")
        if config.method == "permuted_blocks":
            self._deal(stratum, n)
            return self._dealt[stratum][n]
        key = self._keys.key_for(stratum, self._epoch(n))
        if config.method == "simple":
            return simple(key, n, config)
        return big_stick(key, n, counts, config, token)

    def unit(self, stratum: str, n: int) -> int:
        """What the epochs count: the number of slot n's block for permuted blocks, n itself for the other methods.

        A slot whose block cannot be dealt for want of a packet is in the first block that cannot.
        """
        if self._config.method != "permuted_blocks":
            return n
        with suppress(PacketMissing):
            self._deal(stratum, n)
        return bisect_right(self._ends[stratum], n)

    def _deal(self, stratum: str, n: int) -> None:
        dealt, ends = self._dealt[stratum], self._ends[stratum]
        while len(dealt) <= n:
            number = len(ends)
            dealt.extend(block(self._keys.key_for(stratum, self._epoch(number)), number, self._config))
            ends.append(len(dealt))

    def _epoch(self, unit: int) -> int:
        return unit // self._config.epoch_size if self._config.epoch_size else 0


def _in_shares(config: Configuration) -> list[str]:
    return [arm for arm, share in zip(config.arms, config.ratio, strict=True) for _ in range(share)]

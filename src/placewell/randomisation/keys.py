"""The keys a draw is made from: whole stratum keys, or packets that each serve one epoch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from placewell.errors import UserError
from placewell.randomisation.ceremony import packet, packet_hash
from placewell.randomisation.configuration import Configuration


class PacketMissing(UserError):
    """The packet of this epoch has not been loaded: nobody can be randomised until it is."""


class WrongPacket(UserError):
    """A packet that the genesis entry does not name."""


class Keys(Protocol):
    """What a draw asks for: the key of a stratum's epoch, and whether it is there."""

    def key_for(self, stratum: str, epoch: int) -> bytes: ...

    def has(self, stratum: str, epoch: int) -> bool: ...


class WholeKeys:
    """Every stratum's whole key: custody 0 and 1, and whoever verifies. Source: trial.md §3."""

    def __init__(self, keys: Mapping[str, bytes], config: Configuration) -> None:
        self._keys = dict(keys)
        self._config = config

    def key_for(self, stratum: str, epoch: int) -> bytes:
        """The epoch's key, made from the stratum's where the trial has packets."""
        key = self._keys[stratum]
        return packet(key, self._config, epoch) if self._config.epoch_size else key

    def has(self, stratum: str, epoch: int) -> bool:
        return stratum in self._keys

    def __repr__(self) -> str:
        return f"WholeKeys({len(self._keys)} strata)"  # a key must never reach a log


class Packets:
    """The packets loaded so far, each checked against the genesis entry: custody 2. Source: trial.md §3.

    `keys` maps (stratum, epoch) to the packet; `hashes` maps a stratum to its packets' hashes in the epochs' order.
    Raises WrongPacket for a packet whose hash the genesis entry does not give for that stratum and epoch.
    """

    def __init__(self, keys: Mapping[tuple[str, int], bytes], hashes: Mapping[str, Sequence[str]]) -> None:
        for (stratum, epoch), key in keys.items():
            named = hashes.get(stratum, [])
            if not 0 <= epoch < len(named) or named[epoch] != packet_hash(key):
                raise WrongPacket(
                    f"The packet of stratum {stratum}, epoch {epoch}, is not the one the trial was opened with: "
                    "nothing was loaded. Ask the evaluator for the right file."
                )
        self._keys = dict(keys)

    def key_for(self, stratum: str, epoch: int) -> bytes:
        """The epoch's key. Raises PacketMissing where it has not been loaded."""
        if (stratum, epoch) not in self._keys:
            raise PacketMissing(
                f"The key packet of stratum {stratum}, epoch {epoch}, has not been loaded: "
                "nobody can be randomised there until the central team loads it."
            )
        return self._keys[stratum, epoch]

    def has(self, stratum: str, epoch: int) -> bool:
        return (stratum, epoch) in self._keys

    def __repr__(self) -> str:
        return f"Packets({len(self._keys)} loaded)"

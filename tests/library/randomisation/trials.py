"""Trials for the tests: small configurations, and keys made from two known shares."""

from __future__ import annotations

from typing import Any

from placewell.randomisation.ceremony import commitment, genesis, master, packet, packet_hashes, stratum_keys
from placewell.randomisation.configuration import Configuration
from placewell.randomisation.entries import Entry
from placewell.randomisation.keys import Packets, WholeKeys

SHARE_E, SHARE_P = bytes(range(32)), bytes(range(32, 64))
OPENED = 1_506_848_400_000  # 1 October 2017, 10:00 in London
MOMENT = 1_510_000_000_000  # 6 November 2017
COMMITS = {"E": commitment("E", "tiw", SHARE_E), "P": commitment("P", "tiw", SHARE_P)}


def config(**more: Any) -> Configuration:
    usual: dict[str, Any] = {
        "trial": "tiw",
        "arms": ("ips", "control"),
        "ratio": (1, 1),
        "method": "big_stick",
        "imbalance": 5,
        "strata": ("lot_1", "lot_2"),
        "planned": (2650, 2650),
        "opens_on": "2017-10-01",
        "closes_at": "2019-03-31T23:59",
        "verifier": "ab" * 32,
    }
    return Configuration(**{**usual, **more})


def blocks(*sizes: int, **more: Any) -> Configuration:
    return config(**{"method": "permuted_blocks", "imbalance": 0, "block_sizes": sizes or (4, 6, 8), **more})


def simple(**more: Any) -> Configuration:
    return config(**{"method": "simple", "imbalance": 0, **more})


def keys_of(made: Configuration, share_e: bytes = SHARE_E, share_p: bytes = SHARE_P) -> dict[str, bytes]:
    return stratum_keys(master(made, share_e, share_p), made)


def whole(made: Configuration) -> WholeKeys:
    return WholeKeys(keys_of(made), made)


def packets(made: Configuration, *epochs: int) -> Packets:
    keys = keys_of(made)
    loaded = {(stratum, epoch): packet(keys[stratum], made, epoch) for stratum in made.strata for epoch in epochs}
    return Packets(loaded, packet_hashes(keys, made))


def first(made: Configuration) -> Entry:
    return genesis(made, COMMITS, packet_hashes(keys_of(made), made), OPENED)

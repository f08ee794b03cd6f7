"""The set-up before the first participant: commitments, the master key, its daughters, and the first entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from placewell.errors import UserError
from placewell.randomisation.configuration import Configuration
from placewell.randomisation.entries import START, VERSION, Entry, seal
from placewell.randomisation.hashing import KEY_BYTES, Value, hexdigest, kdf

ROLES = ("E", "P")
"""E is the evaluator, P the central programme team. Source: trial.md §1."""


class CeremonyError(UserError):
    """A secret share or a commitment that does not fit."""


def commitment(role: str, trial: str, share: bytes) -> str:
    """What a party publishes of its secret share before it sees the other's, so that neither can search for a
    pleasing sequence: one honest party is enough.

    Raises CeremonyError for another role than E or P, or a share that is not 32 bytes. Source: trial.md §2.2.
    """
    if role not in ROLES:
        raise CeremonyError(f'"{role}" has no part in the ceremony: E is the evaluator, P the central programme team.')
    if len(share) != KEY_BYTES:
        raise CeremonyError(f"The secret share of {role} has {len(share)} bytes: it must have {KEY_BYTES}.")
    return hexdigest("commit", role, trial, share)


def master(config: Configuration, share_e: bytes, share_p: bytes) -> bytes:
    """The key of the whole trial, from both shares and the configuration's hash. Source: trial.md §2.3."""
    return kdf(config.salt, share_e + share_p, "master")


def checked_master(config: Configuration, commits: Mapping[str, str], share_e: bytes, share_p: bytes) -> bytes:
    """`master`, once both shares are seen to be those that were committed to. Raises CeremonyError naming the role."""
    for role, share in zip(ROLES, (share_e, share_p), strict=True):
        if commitment(role, config.trial, share) != commits.get(role):
            raise CeremonyError(f"The secret share of {role} is not the one {role} committed to: fetch the right one.")
    return master(config, share_e, share_p)


def stratum_key(master_key: bytes, config: Configuration, stratum: str) -> bytes:
    """The key of one stratum; it says nothing of another's. Source: trial.md §2.3."""
    return kdf(config.salt, master_key, f"stratum/{stratum}")


def stratum_keys(master_key: bytes, config: Configuration) -> dict[str, bytes]:
    """Every stratum's key."""
    return {stratum: stratum_key(master_key, config, stratum) for stratum in config.strata}


def packet(key: bytes, config: Configuration, epoch: int) -> bytes:
    """The key of one epoch of a stratum, from the stratum's; it says nothing of another epoch's.

    Source: trial.md §2.3.
    """
    return kdf(config.salt, key, f"epoch/{epoch}")


def packet_hash(key: bytes) -> str:
    """What the genesis entry says of a packet, so that no other can take its place. Source: trial.md §2.3."""
    return hexdigest("packet", key)


def packet_hashes(keys: Mapping[str, bytes], config: Configuration) -> dict[str, list[str]]:
    """Every packet's hash, by stratum in the epochs' order; nothing where the trial has no packets."""
    if not config.epochs:
        return {}
    epochs = range(config.epochs)
    return {each: [packet_hash(packet(keys[each], config, epoch)) for epoch in epochs] for each in config.strata}


def genesis(config: Configuration, commits: Mapping[str, str], packets: Mapping[str, Sequence[str]], utc: int) -> Entry:
    """The first entry of the chain: the configuration, the commitments and the packets' hashes. Source: trial.md §2.4.

    Raises CeremonyError where a commitment is missing or a stratum's packets are not all named.
    """
    if set(commits) != set(ROLES):
        raise CeremonyError("The first entry needs the commitments of E and of P, and no other.")
    named: dict[str, Value] = {stratum: list(hashes) for stratum, hashes in packets.items()}
    wanted = dict.fromkeys(config.strata, config.epochs) if config.epochs else {}
    if {stratum: len(hashes) for stratum, hashes in packets.items()} != wanted:
        raise CeremonyError("The first entry must name every packet of every stratum.")
    return seal(
        {
            "v": VERSION,
            "trial": config.trial,
            "seq": 0,
            "prev": START,
            "kind": "genesis",
            "utc": utc,
            "config": config.as_data(),
            "config_hash": config.hash,
            "commits": dict(commits),
            "packets": named,
        }
    )


def configuration_of(first: Entry) -> Configuration:
    """The configuration a genesis entry holds. Raises CeremonyError or ConfigurationError where it is not one."""
    data = first.body.get("config")
    if first.kind != "genesis" or not isinstance(data, dict):
        raise CeremonyError("The chain does not begin with the trial's first entry.")
    return Configuration.from_data(data)


def packets_of(first: Entry) -> dict[str, list[str]]:
    """The packets' hashes a genesis entry names, by stratum."""
    named = first.body.get("packets")
    if not isinstance(named, dict):
        return {}
    return {stratum: [str(each) for each in hashes] for stratum, hashes in named.items() if isinstance(hashes, list)}

"""What each value of an entry may be: a short name, a hash or a whole number, so that no free text reaches a chain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from placewell.randomisation.configuration import Configuration
from placewell.randomisation.faults import HASH, NAME
from placewell.randomisation.hashing import Value

NUMBERS = {"v", "seq", "utc", "n"}
HASHES = {"prev", "eligibility", "consent", "config_hash", "token"}
OBJECTS = {"config", "commits", "packets"}
ROLES = {"E", "P"}


def odd_values(body: Mapping[str, Value]) -> Iterator[str]:
    """The names of the values that are not of their kind. Source: trial.md §5.4."""
    for name, value in body.items():
        if name in OBJECTS:
            right = type(value) is dict
        elif name in NUMBERS:
            right = type(value) is int and value >= 0
        else:
            right = type(value) is str and bool((HASH if name in HASHES else NAME).fullmatch(value))
        if not right:
            yield name


def genesis_faults(body: Mapping[str, Value], config: Configuration) -> Iterator[str]:
    """What a genesis entry lacks that everyone checks the shares and the packets against. Source: trial.md §2.4."""
    commits, named = body.get("commits"), body.get("packets")
    if not isinstance(commits, dict) or set(commits) != ROLES or not _hashes(commits.values()):
        yield "it lacks the commitment of E or of P."
    wanted = dict.fromkeys(config.strata, config.epochs) if config.epochs else {}
    lists = named if isinstance(named, dict) else {"": named}
    counted = {
        stratum: len(each) if isinstance(each, list) and _hashes(each) else -1 for stratum, each in lists.items()
    }
    if counted != wanted:
        yield "it does not name every packet of every stratum, and no other."


def _hashes(values: Iterable[object]) -> bool:
    return all(type(each) is str and HASH.fullmatch(each) for each in values)

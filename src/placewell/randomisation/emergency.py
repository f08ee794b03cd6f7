"""The emergency list: the first places of a stratum of its own, printed and sealed for a day without the draw."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from placewell.randomisation.configuration import EMERGENCY, Configuration
from placewell.randomisation.draw import Sequence
from placewell.randomisation.keys import Keys


@dataclass(frozen=True)
class Told:
    """What a person was told from the list: its number there, from 1, and the arm beside it."""

    place: int
    arm: str


def places(config: Configuration) -> int:
    """How many places the list has; 0 for a trial without one."""
    return dict(zip(config.strata, config.planned, strict=True)).get(EMERGENCY, 0)


def emergency_list(keys: Keys, config: Configuration) -> tuple[str, ...]:
    """The arm of each place, in order: what the allocator draws in this stratum, and nothing else.

    Raises PacketMissing where a key is not at hand. Source: trial.md §5, Downtime.
    """
    sequence, counts, arms = Sequence(keys, config), Counter[str](), []
    for n in range(places(config)):
        arms.append(sequence.arm(EMERGENCY, n, counts))
        counts[arms[-1]] += 1
    return tuple(arms)


def misfit(config: Configuration, stratum: str, n: int, arm: str, told: Told | None) -> str:
    """Why the draw of this slot cannot be written, in words; empty where it can. Source: trial.md §5, Downtime."""
    if (stratum == EMERGENCY) != (told is not None):
        return "A place of the sealed list belongs to a draw of that list, and to no other: nothing was written."
    if told is None:
        return ""
    if n >= places(config):
        return "Every place of the sealed list is used: nothing was written. Tell the evaluator."
    if (told.place, told.arm) != (n + 1, arm):
        return (
            "This number and group are not the next of the sealed list, and nothing was written. Look at the list "
            "again: its places are used in order, one for each person, so whoever was told an earlier one is entered "
            "first. If it still does not fit, keep the list and the answers, and tell the evaluator."
        )
    return ""

"""The check of the ledger in words: entries that add up, anchors against the ledger, custody, the guess budget."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from placewell_web.evaluation.queries import Anchored, Ledger

KINDS = (
    ("genesis", "genesis", "genesis"),
    ("allocation", "allocation", "allocations"),
    ("note", "note", "notes"),
    ("stratum_note", "note of a wrong area", "notes of a wrong area"),
    ("void", "void", "voids"),
    ("withdraw", "withdrawal", "withdrawals"),
    ("clock", "note of the clock", "notes of the clock"),
)
TOLD_APART = ("genesis", "allocation")
TOGETHER = ("note, void or withdrawal", "notes, voids and withdrawals")
CUSTODY = {
    0: "Level 0, for demonstration alone: the keys lie with the site’s settings",
    1: "Level 1: the keys of every area lie with the allocator, where neither the site nor its backups can read them",
    2: "Level 2: packets of keys, so that no more than the present one lies on the machine",
}
SHOWN = 20
NOTICES = {
    "void": "Randomised in error",
    "note": "Correction",
    "issue": "Issue: the arms may have mixed",
    "told_from_the_sealed_list": "Issue: the group was told from the sealed list",
}
"""By the issue that a notice names, else by its kind."""


@dataclass(frozen=True)
class Sum:
    """Entries by kind, and what they add up to."""

    parts: str
    total: str
    adds_up: bool


@dataclass(frozen=True)
class AnchorRow:
    """An anchor the evaluator gave, in words."""

    seq: str
    hash: str
    short: str
    words: str
    mark: str
    at: object


def summed(kinds: Mapping[str, int], total: int, *, apart: bool = True) -> Sum:
    """1 genesis + 5,084 allocations + 152 withdrawals = 5,237; a kind nobody knows is named as it is written.

    Not `apart`, what follows allocations is one number: withdrawals alone, less those a blinded reader is shown, would
    be those of one arm.
    """
    known = {kind for kind, _, _ in KINDS}
    named = [(kinds.get(kind, 0), one, many) for kind, one, many in KINDS]
    named += [
        (count, kind.replace("_", " "), kind.replace("_", " ")) for kind, count in kinds.items() if kind not in known
    ]
    if not apart:
        later = sum(count for kind, count in kinds.items() if kind not in TOLD_APART)
        named = [*((kinds.get(kind, 0), one, many) for kind, one, many in KINDS[: len(TOLD_APART)]), (later, *TOGETHER)]
    parts = [f"{count:,} {one if count == 1 else many}" for count, one, many in named if count]
    return Sum(" + ".join(parts), f"{total:,}", sum(kinds.values()) == total)


def anchor_rows(ledger: Ledger) -> tuple[AnchorRow, ...]:
    """The anchors the evaluator gave, newest entry first."""
    return tuple(anchor_row(one) for one in ledger.anchors)


def anchor_row(one: Anchored) -> AnchorRow:
    """One anchor: it equals the ledger, or is not on it."""
    words = "equals the ledger" if one.equal else "is not on the ledger"
    return AnchorRow(
        f"{one.seq:,}", one.hash, short(one.hash), words, "met" if one.equal else "breached", one.recorded_at
    )


def compared(seq: int, equal: bool, stands: bool = False) -> str:
    """What is said at once of an anchor that was given; `stands`: another of the same entry is kept, and equals."""
    if equal:
        return f"Entry {seq:,}: your anchor equals the ledger."
    if stands:
        return (
            f"Entry {seq:,}: this is not the anchor you gave before, which equals the ledger and is kept. An entry has "
            "one hash: look which of your two copies is right. If this one is, stop randomising, and tell the sponsor."
        )
    return (
        f"Entry {seq:,}: the anchor you gave is not on the ledger. Look first whether it was typed as it stands on "
        "your copy. If it was, the ledger was cut or written anew: stop randomising, and tell the sponsor."
    )


def short(hash: str) -> str:
    """The first sixteen signs of a hash, in fours."""
    return " ".join(hash[at : at + 4] for at in range(0, 16, 4))


def custody(level: int) -> str:
    """Where the keys lie. Source: trial.md §3."""
    return CUSTODY.get(level, f"Level {level}")


def problems(ledger: Ledger) -> tuple[str, ...]:
    """What is wrong, the first of it, in words."""
    return _shown(ledger.checked.problems)


def records(ledger: Ledger) -> tuple[str, ...]:
    """What people's records say otherwise than the ledger, the first of it, in words."""
    return _shown(ledger.records)


def _shown(found: tuple[str, ...]) -> tuple[str, ...]:
    rest = (f"and {len(found) - SHOWN:,} more.",) if len(found) > SHOWN else ()
    return (*found[:SHOWN], *rest)

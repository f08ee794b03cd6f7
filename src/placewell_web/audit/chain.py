"""How entries are chained: each hash covers the entry's own words and the hash before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

GENESIS = "0" * 64
COVERED = (
    "sequence",
    "actor_kind",
    "actor_id",
    "actor_name",
    "verb",
    "is_view",
    "target_kind",
    "target_id",
    "person_id",
    "lot",
    "detail",
    "previous_hash",
)


def canonical(value: Mapping[str, Any]) -> str:
    """JSON in one spelling: sorted keys, no spaces, no escapes, no NaN; the same words give the same bytes."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, default=str)


def link_hash(entry: Any) -> str:
    """The hash an entry must carry; `entry` has the fields of `audit.models.Entry`."""
    covered = {name: getattr(entry, name) for name in COVERED}
    covered["at"] = moment(entry.at)
    return hashlib.sha256(canonical(covered).encode()).hexdigest()


def moment(at: datetime) -> str:
    """A moment in one spelling: UTC with microseconds."""
    if at.tzinfo is None:
        raise ValueError("An audit entry needs a moment with its time zone.")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


@dataclass(frozen=True)
class Break:
    """The first link that does not hold, and what is wrong with it."""

    sequence: int
    what: str


def first_break(entries: Iterable[Any]) -> Break | None:
    """Walk entries in order of sequence and name the first that was edited, removed, put in or moved."""
    expected, previous = 1, GENESIS
    for entry in entries:
        if entry.sequence != expected:
            return Break(expected, f"entry {expected} is missing: the next one is {entry.sequence}")
        if entry.previous_hash != previous:
            return Break(expected, f"entry {expected} does not follow the one before it")
        if entry.hash != link_hash(entry):
            return Break(expected, f"entry {expected} was changed after it was written")
        expected, previous = expected + 1, entry.hash
    return None

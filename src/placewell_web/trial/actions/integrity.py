"""Whether the ledger in the database is unbroken, what the evaluator's anchors say of it, and its copy to check.

The one door through which the evaluator's pages look at the ledger: they may not import `placewell.randomisation`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.core.cache import cache
from django.db import transaction

from placewell.errors import UserError
from placewell.randomisation.bundle import Bundle
from placewell.randomisation.ceremony import configuration_of
from placewell.randomisation.chain import problems
from placewell.randomisation.configuration import Configuration
from placewell.randomisation.entries import Entry
from placewell.randomisation.guessing import SHARES_SEEN, predictability
from placewell.randomisation.hashing import canon
from placewell_web.audit.actions import record
from placewell_web.audit.actors import Actor
from placewell_web.trial.allocator.codes import code_of
from placewell_web.trial.models import Anchor, LedgerEntry

COLUMNS = ("seq", "kind", "at", "person", "stratum", "n", "arm", "body", "previous_hash", "hash")
GUESSING = "trial.guessing"


@dataclass(frozen=True)
class Head:
    """An entry's number and hash: of the last one, what an evaluator keeps as an anchor."""

    seq: int
    hash: str


@dataclass(frozen=True)
class Integrity:
    """What a check of the whole ledger found: entries by kind, every departure in words, the last entry."""

    kinds: Mapping[str, int]
    problems: tuple[str, ...]
    head: Head | None
    configuration: str
    hashes: tuple[str, ...]

    @property
    def entries(self) -> int:
        """How many entries there are."""
        return len(self.hashes)

    @property
    def unbroken(self) -> bool:
        """Whether there is a ledger, and nothing wrong with it."""
        return bool(self.entries) and not self.problems

    def bears_out(self, seq: int, hash: str) -> bool:
        """Whether the entry of this number has this hash."""
        return 0 <= seq < len(self.hashes) and self.hashes[seq] == hash


@dataclass(frozen=True)
class Given:
    """Of an anchor given now: whether it equals the ledger, and whether one kept before of the same entry does."""

    equal: bool
    stands: bool


@dataclass(frozen=True)
class Guessing:
    """How many of the arms (0 to 1) a team could guess, by the share of a stratum it has seen."""

    rates: Mapping[float, float]
    budget: float

    @property
    def pooled(self) -> float:
        """With everything seen: what the budget is about."""
        return max(self.rates.values())

    @property
    def within(self) -> bool:
        """Whether the budget holds."""
        return self.pooled <= self.budget


def check_ledger() -> Integrity:
    """Walk the whole chain now, and hold every row's columns against the sealed entry in it. Source: trial.md §7."""
    rows = list(LedgerEntry.objects.order_by("seq").values(*COLUMNS))
    read = [(row, _entry(row)) for row in rows]
    entries = [entry for _, entry in read if entry is not None]
    found = [f"Entry {row['seq']}: it cannot be read." for row, entry in read if entry is None]
    found += [str(one) for one in problems(entries)] if rows else []
    found += [words for row, entry in read if entry is not None for words in _departures(row, entry)]
    last = rows[-1] if rows else None
    frozen = _configuration_of(entries)
    return Integrity(
        dict(Counter(str(row["kind"]) for row in rows)),
        tuple(found),
        Head(last["seq"], last["hash"]) if last else None,
        frozen.hash if frozen else "",
        tuple(row["hash"] for row in rows),
    )


def _entry(row: Mapping[str, object]) -> Entry | None:
    """The sealed entry of a row; None where its body is none."""
    try:
        return Entry.from_data({"entry": json.loads(cast("str", row["body"])), "hash": row["hash"]})
    except (UserError, ValueError):
        return None


def _departures(row: Mapping[str, object], entry: Entry) -> Iterator[str]:
    """What a row says otherwise than its sealed entry: pages and exports read the columns."""
    sealed = {
        "seq": entry.seq,
        "kind": entry.kind,
        "person": entry.person,
        "stratum": entry.stratum,
        "arm": entry.arm,
        "n": entry.n if entry.kind == "allocation" else None,
        "previous_hash": entry.prev,
        "at": entry.utc,
        "body": canon(dict(entry.body)).decode(),
    }
    said = dict(row) | {"person": code_of(str(row["person"])), "at": _utc(cast("datetime", row["at"]))}
    if odd := [name.replace("_", " ") for name, value in sealed.items() if said[name] != value]:
        yield f"Entry {row['seq']}: its row has another {', '.join(odd)} than what was sealed."


def _utc(at: datetime) -> int:
    return round(at.timestamp() * 1000)


def _configuration_of(entries: Sequence[Entry | None]) -> Configuration | None:
    """The configuration that the first entry froze; None where there is no ledger, or none that can be read."""
    try:
        return configuration_of(entries[0]) if entries and entries[0] else None
    except UserError:
        return None


def keep_anchor(*, by: Actor, at: datetime, seq: int, hash: str) -> Given:
    """Keep an anchor that the evaluator holds, and say whether the ledger bears it out.

    An anchor that the ledger bears out is never written over by one that it does not; the audit has both.
    """
    with transaction.atomic():
        row = LedgerEntry.objects.filter(seq=seq).values_list("hash", flat=True).first()
        equal = row == hash
        kept = Anchor.objects.filter(seq=seq).first()
        stands = kept is not None and kept.hash == row
        if equal or not stands:
            Anchor.objects.update_or_create(
                seq=seq, defaults={"hash": hash, "recorded_at": at, "recorded_by_id": _user_id(by)}
            )
        record(
            by=by,
            at=at,
            verb="give_anchor",
            target_kind="ledger",
            target_id=seq,
            detail={"hash": hash, "equal": equal},
        )
    return Given(equal, stands)


def _user_id(by: Actor) -> str | None:
    return by.id if by.kind == "user" else None


def anchors() -> list[Anchor]:
    """The anchors the evaluator gave, newest entry first."""
    return list(Anchor.objects.order_by("-seq"))


def bundle(trial: str) -> bytes:
    """Every entry and anchor as a file, for the verifier on another machine: no key, no name.

    An entry that cannot be read goes along as its text, for the verifier to find.
    """
    rows = LedgerEntry.objects.order_by("seq").values(*COLUMNS)
    entries = tuple(_entry(row) or Entry({"unreadable": row["body"]}, row["hash"]) for row in rows)
    given = Anchor.objects.order_by("seq").values("seq", "hash")
    return Bundle(trial, entries, anchors=tuple(given)).text().encode()


def guessing(budget: float) -> Guessing | None:
    """How often a team would guess the next arm under this trial's own configuration: simulated once, then kept.

    None before the trial is opened. Source: trust.md T8; trial.md §9.
    """
    found = _configuration_of([_entry(row) for row in LedgerEntry.objects.filter(seq=0).values(*COLUMNS)])
    if found is None:
        return None
    key = f"{GUESSING}.{found.hash}"
    rates = cache.get(key)
    if rates is None:
        rates = _simulated(found, budget)
        cache.set(key, rates, timeout=None)
    return Guessing(dict(zip(SHARES_SEEN, rates, strict=True)), budget)


def _simulated(found: Configuration, budget: float) -> list[float]:
    rates = predictability(found, budget).rates
    return [rates[seen] for seen in SHARES_SEEN]

"""The demo's past: drawn by the allocator itself, entry after entry, and put on the disk in one go."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

from placewell.errors import UserError
from placewell.randomisation.allocator import Allocator
from placewell.randomisation.ceremony import commitment, stratum_keys
from placewell.randomisation.ceremony import master as master_of
from placewell.randomisation.configuration import ONE_STRATUM
from placewell.randomisation.draw import Sequence as Arms
from placewell.randomisation.entries import Entry
from placewell.randomisation.hashing import canon
from placewell.randomisation.keys import WholeKeys
from placewell.randomisation.request import Request
from placewell.randomisation.seat import Seat, SeatRecord
from placewell.randomisation.witness import Tail, Witness
from placewell.specification import Specification
from placewell_web.trial.allocator.codes import code_of, number_of
from placewell_web.trial.allocator.configured import configuration_for, forget
from placewell_web.trial.allocator.demo import ANYWHERE, PUBLIC_SHARES, demo_genesis, demo_keys
from placewell_web.trial.allocator.folder import AllocatorFolder
from placewell_web.trial.allocator.moments import moment_of, utc_of

FILES = ("witness.jsonl", "witness.jsonl.torn", "genesis.json", "seat.json", "seat.json.new")


class NotTheDemos(UserError):
    """A folder that holds another trial's ledger than the demo's."""


class DemoDraws:
    """The arms that the demo's ledger will give, before anyone is in it: the same keys, the same places."""

    def __init__(self, specification: Specification) -> None:
        config = configuration_for(specification)
        key = master_of(config, PUBLIC_SHARES["E"], PUBLIC_SHARES["P"])
        self._arms = Arms(WholeKeys(stratum_keys(key, config), config), config)

    def __call__(self, lot: str, drawn: Sequence[tuple[date, str]]) -> list[str]:
        """The arms of everyone drawn in a lot, in their order."""
        counts: Counter[str] = Counter()
        given = []
        for place in range(len(drawn)):
            arm = self._arms.arm(lot, place, counts, None)
            counts[arm] += 1
            given.append(arm)
        return given


class DemoHistory:
    """A ledger begun anew in a folder; what `allocator` is asked is kept in memory until `write`."""

    def __init__(self, folder: Path, specification: Specification) -> None:
        clear(folder)
        place = AllocatorFolder(folder, ANYWHERE)
        genesis = demo_genesis(configuration_for(specification))
        place.open(genesis)
        self._path = place.witness.path
        self._gathered = _Gathered(self._path, genesis)
        seat = SeatRecord(folder / "seat.json", Seat.of(self._path, ANYWHERE.id, ANYWHERE.boot))
        config = configuration_for(specification)
        self.allocator = Allocator(config, genesis, demo_keys(genesis), self._gathered, seat)

    def draw(self, *, at: datetime, number: str, lot: str, actor: str, eligibility: str, consent: str) -> Entry:
        """One person's allocation at a moment."""
        stratum = lot if lot in self.allocator.config.strata else ONE_STRATUM
        asked = Request(code_of(number), stratum, actor, eligibility, consent)
        return self.allocator.allocate(asked, utc_of(at))

    def note(self, *, at: datetime, number: str, reason: str, actor: str, stratum: str = "") -> Entry:
        """A departure found afterwards; the arm stays."""
        return self.allocator.append_note(code_of(number), reason, actor, utc_of(at), stratum)

    def void(self, *, at: datetime, number: str, reason: str, actor: str, second: str) -> Entry:
        """Somebody randomised in error, as two people agree."""
        return self.allocator.void(code_of(number), reason, actor, second, utc_of(at))

    def withdraw(self, *, at: datetime, number: str, scope: str, actor: str) -> Entry:
        """What a participant withdraws from."""
        return self.allocator.withdraw(code_of(number), scope, "withdrawn", actor, utc_of(at))

    def write(self) -> tuple[Entry, ...]:
        """Put every entry into the witness file in one go, and read it back as any allocator does."""
        entries = self._gathered.entries
        lines = b"".join(canon(entry.as_data()) + b"\n" for entry in entries[1:])
        with self._path.open("ab") as file:
            file.write(lines)
            file.flush()
            os.fsync(file.fileno())
        forget()
        written = Witness(self._path).read()
        if written != entries:
            raise RuntimeError(f"{self._path} is not as it was written.")
        return written


def row_of(entry: Entry) -> dict[str, Any]:
    """The columns of the database's row that holds an entry."""
    drawn = entry.kind == "allocation"
    return {
        "seq": entry.seq,
        "kind": entry.kind,
        "at": moment_of(entry.utc),
        "person": number_of(entry.person),
        "stratum": entry.stratum,
        "n": entry.n if drawn else None,
        "arm": entry.arm,
        "body": canon(dict(entry.body)).decode(),
        "previous_hash": entry.prev,
        "hash": entry.hash,
    }


class _Gathered(Witness):
    """A witness in memory, with the same entries that a file would hold."""

    def __init__(self, path: Path, genesis: Entry) -> None:
        super().__init__(path)
        self._entries = [genesis]

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(self._entries)

    @contextmanager
    def held(self) -> Iterator[Tail]:
        yield _InMemory(self, -1)


class _InMemory(Tail):
    """Its end: entries are only added; the chain's own rules were looked at before."""

    def append(self, entry: Entry) -> None:
        self._witness._entries.append(entry)


def clear(folder: Path) -> None:
    """Take away the ledger of an earlier demo. Raises NotTheDemos where the folder holds any other trial."""
    witness = folder / "witness.jsonl"
    if witness.exists() and witness.stat().st_size and not _is_the_demos(witness):
        raise NotTheDemos(f"{folder} holds the ledger of another trial: name another folder for the demo.")
    for name in FILES:
        (folder / name).unlink(missing_ok=True)
    forget()


def _is_the_demos(witness: Path) -> bool:
    """Whether it begins under the public shares, which no true trial uses."""
    first = Witness(witness).read()[0]
    shares = PUBLIC_SHARES.items()
    return first.body.get("commits") == {role: commitment(role, str(first.body["trial"]), own) for role, own in shares}

"""The interface over an allocator in this process: all there is in the demo, and what the other process serves."""

from __future__ import annotations

from placewell.randomisation.allocator import Allocator
from placewell.randomisation.emergency import Told
from placewell.randomisation.entries import Entry
from placewell.randomisation.request import Request
from placewell_web.trial.allocator.draws import Standing
from placewell_web.trial.allocator.wording import in_two_kinds


class InProcess:
    """Asks the allocator directly."""

    def __init__(self, allocator: Allocator, genesis: Entry) -> None:
        self._allocator = allocator
        self._genesis = genesis

    def genesis(self) -> Entry:
        """The trial's first entry."""
        return self._genesis

    def allocate(self, request: Request, utc: int, told: Told | None = None) -> Entry:
        """The person's allocation: the one there is, or a new one."""
        with in_two_kinds():
            return self._allocator.allocate(request, utc, told)

    def note(self, *, person: str, reason: str, actor: str, utc: int, stratum: str = "") -> Entry:
        """A departure found afterwards; the arm stays."""
        with in_two_kinds():
            return self._allocator.append_note(person, reason, actor, utc, stratum)

    def void(self, *, person: str, reason: str, actor: str, second: str, utc: int) -> Entry:
        """Randomised in error: two people agree, the place stays used."""
        with in_two_kinds():
            return self._allocator.void(person, reason, actor, second, utc)

    def withdraw(self, *, person: str, scope: str, reason: str, actor: str, utc: int) -> Entry:
        """What a person withdraws from."""
        with in_two_kinds():
            return self._allocator.withdraw(person, scope, reason, actor, utc)

    def tail(self, after_seq: int, head_hash: str) -> tuple[Entry, ...]:
        """What a database that ends there lacks."""
        with in_two_kinds():
            return self._allocator.tail(after_seq, head_hash)

    def standing(self) -> Standing:
        """Its last entry, why it is locked, and the strata that need a packet."""
        with in_two_kinds():
            if locked := self._allocator.locked_because():
                return Standing(-1, "", locked)
            seq, seal = self._allocator.head()
            strata = self._allocator.config.strata
            return Standing(seq, seal, (), tuple(each for each in strata if self._allocator.packet_needed(each)))

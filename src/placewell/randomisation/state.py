"""What the entries of a chain add up to: who has which arm, how far each stratum is, where the chain ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Self, TypeAlias

from placewell.randomisation.entries import START, Entry

Fact: TypeAlias = tuple[str, str, str, str, str]
"""What makes a note, a voiding or a withdrawal the same one: kind, person, reason, scope and stratum."""


@dataclass
class LedgerState:
    """The sum of a chain so far. A voided allocation stays counted: its slot is used up. Source: trial.md §5."""

    head: tuple[int, str] = (-1, START)
    """The last entry's number and hash."""
    utc: int = 0
    allocations: dict[str, Entry] = field(default_factory=dict)
    """By person."""
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    """Allocations so far, by stratum and arm."""
    facts: dict[Fact, Entry] = field(default_factory=dict)
    voided: dict[str, Entry] = field(default_factory=dict)
    """By person."""
    withdrawn: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    """By person, in the order they were told."""

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Self:
        """The sum of these entries, taken as they come; whether they are sound is for the chain to say."""
        state = cls()
        for entry in entries:
            state.add(entry)
        return state

    def after(self, entry: Entry) -> Self:
        """The sum with one more entry; this one stays as it is."""
        counts = {stratum: Counter(arms) for stratum, arms in self.counts.items()}
        more = replace(self, allocations={**self.allocations}, counts=counts, facts={**self.facts})
        more.voided, more.withdrawn = {**self.voided}, {**self.withdrawn}
        more.add(entry)
        return more

    def add(self, entry: Entry) -> None:
        """Takes one more entry in, in no time that grows with the chain."""
        self.head = (entry.seq, entry.hash)
        self.utc = entry.utc
        if entry.kind == "allocation":
            self.allocations.setdefault(entry.person, entry)
            self.counts.setdefault(entry.stratum, Counter())[entry.arm] += 1
            return
        self.facts.setdefault(fact(entry), entry)
        if entry.kind == "void":
            self.voided.setdefault(entry.person, entry)
        elif entry.kind == "withdraw":
            self.withdrawn[entry.person] = (*self.withdrawn.get(entry.person, ()), entry)

    def counts_in(self, stratum: str) -> Counter[str]:
        """A stratum's allocations so far, by arm. Never shown to whoever recruits."""
        return self.counts.get(stratum, Counter())

    def next_n(self, stratum: str) -> int:
        """The slot the next person of a stratum gets."""
        return self.counts_in(stratum).total()


def fact(entry: Entry) -> Fact:
    """What the entry says, without when and by whom."""
    return entry.kind, entry.person, entry.reason, entry.scope, entry.stratum

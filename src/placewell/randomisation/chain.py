"""Whether entries form one unbroken chain of one trial: every departure, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from placewell.errors import UserError
from placewell.randomisation.ceremony import configuration_of
from placewell.randomisation.configuration import Configuration
from placewell.randomisation.entries import VERSION, Entry, hash_of
from placewell.randomisation.state import LedgerState
from placewell.randomisation.values import genesis_faults, odd_values
from placewell.randomisation.window import closed_because

BACK_AT_MOST = 2_000  # thousandths of a second; a clock that goes back further says so in an entry of its own

EVERY = {"v", "trial", "seq", "prev", "kind", "utc"}
ABOUT = EVERY | {"person", "reason", "actor"}
FIELDS: dict[str, set[str]] = {
    "genesis": EVERY | {"config", "config_hash", "commits", "packets"},
    "allocation": EVERY | {"stratum", "n", "person", "arm", "actor", "eligibility", "consent", "config_hash"},
    "note": ABOUT,
    "stratum_note": ABOUT | {"stratum"},
    "void": ABOUT | {"second"},
    "withdraw": ABOUT | {"scope"},
    "clock": EVERY | {"reason"},
}


@dataclass(frozen=True)
class Problem:
    """One departure: the number of the entry it was found at, and what is wrong."""

    seq: int
    what: str

    def __str__(self) -> str:
        return f"Entry {self.seq}: {self.what}"


def problems(entries: Iterable[Entry]) -> list[Problem]:
    """Every departure of a whole chain from what an honest allocator writes; nothing for a sound one.

    A gap is told once, at the entry after it. Whether the arms are those drawn needs the keys and is not asked here.
    Source: trial.md §§5, 7.
    """
    chain = Chain()
    found: list[Problem] = []
    for entry in entries:
        found += chain.look(entry)
        chain.add(entry)
    if chain.config is None and not found:
        found.append(Problem(0, "the chain is empty."))
    return found


class Chain:
    """A chain checked entry by entry, so that what was checked once need not be again."""

    def __init__(self) -> None:
        self.state = LedgerState()
        self.config: Configuration | None = None

    def look(self, entry: Entry) -> list[Problem]:
        """What is wrong with the entry as the chain's next one; the chain stays as it is."""
        return [Problem(entry.seq, what) for what in self._faults(entry)]

    def add(self, entry: Entry) -> None:
        """Takes the entry as the chain's next one."""
        if self.config is None and entry.kind == "genesis":
            try:
                self.config = configuration_of(entry)
            except UserError:
                self.config = None
        self.state.add(entry)

    def _faults(self, entry: Entry) -> Iterator[str]:
        last, seal = self.state.head
        if entry.seq != last + 1:
            yield f"it stands where entry {last + 1} should."
        if entry.prev != seal:
            yield "it does not follow on the entry before it."
        if entry.hash != hash_of(entry.body):
            yield "its content is not what its hash was made from."
        if entry.body.get("v") != VERSION:
            yield "it is written in a version that is not known here."
        wanted = self._fields(entry.kind)
        if set(entry.body) != wanted:
            odd = ", ".join(sorted(wanted.symmetric_difference(entry.body))) if wanted else f'its kind "{entry.kind}"'
            yield f"it lacks, or has too much, of what such an entry holds: {odd}."
        elif strange := ", ".join(odd_values(entry.body)):
            yield f"what stands there is no code, hash or number as the allocator writes it: {strange}."
        if (entry.kind == "genesis") != (last == -1):
            yield "a chain begins with the trial's first entry, and has it once."
        if entry.kind == "genesis":
            yield from _first(entry)
        elif self.config is not None:
            yield from self._later(entry, self.config)

    def _fields(self, kind: str) -> set[str]:
        bound = kind == "allocation" and self.config is not None and self.config.identity_bound
        return FIELDS.get(kind, set()) | ({"token"} if bound else set())

    def _later(self, entry: Entry, config: Configuration) -> Iterator[str]:
        if entry.body.get("trial") != config.trial:
            yield f"it belongs to another trial than {config.trial}."
        if entry.utc < self.state.utc - BACK_AT_MOST and entry.kind != "clock":
            yield "its moment lies before that of the entry before it."
        if entry.kind == "allocation":
            yield from self._allocation(entry, config)
        elif entry.kind != "clock":
            yield from self._about_somebody(entry, config)

    def _allocation(self, entry: Entry, config: Configuration) -> Iterator[str]:
        if entry.body.get("config_hash") != config.hash:
            yield "it was drawn under another configuration."
        if closed_because(config, entry.utc):
            yield "it was made while the trial was not open."
        if entry.stratum not in config.strata:
            yield f'there is no stratum "{entry.stratum}".'
        if entry.arm not in config.arms:
            yield f'there is no arm "{entry.arm}".'
        if entry.person in self.state.allocations:
            yield f"{entry.person} has an allocation already, at entry {self.state.allocations[entry.person].seq}."
        slot = self.state.next_n(entry.stratum)
        if entry.n < slot:
            yield f"slot {entry.n} of stratum {entry.stratum} is taken already."
        elif entry.n > slot:
            yield f"it takes slot {entry.n} of stratum {entry.stratum}, where {slot} is next."

    def _about_somebody(self, entry: Entry, config: Configuration) -> Iterator[str]:
        if entry.person not in self.state.allocations:
            yield f"{entry.person} has no allocation that it could be about."
        if entry.kind == "stratum_note" and entry.stratum not in config.strata:
            yield f'there is no stratum "{entry.stratum}".'
        if entry.kind == "void" and entry.person in self.state.voided:
            yield f"the allocation of {entry.person} is voided already."
        if entry.kind == "void" and entry.body.get("second") == entry.body.get("actor"):
            yield "whoever voids an allocation needs a second person's approval."


def _first(entry: Entry) -> Iterator[str]:
    try:
        config = configuration_of(entry)
    except UserError as fault:
        yield f"its configuration cannot be read: {' '.join(fault.problems)}"
        return
    if entry.body.get("config_hash") != config.hash or entry.body.get("trial") != config.trial:
        yield "its configuration is not the one its hash and trial say."
    yield from genesis_faults(entry.body, config)

"""Whether a trial was drawn as it says: its chain, its shares, every arm, and what others hold of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from placewell.errors import UserError
from placewell.randomisation import draw
from placewell.randomisation.bundle import Bundle, Held
from placewell.randomisation.ceremony import (
    CeremonyError,
    checked_master,
    configuration_of,
    packet_hashes,
    packets_of,
    stratum_keys,
)
from placewell.randomisation.chain import problems
from placewell.randomisation.configuration import Configuration
from placewell.randomisation.entries import Entry, check_code
from placewell.randomisation.faults import HASH
from placewell.randomisation.keys import WholeKeys

ALTERED = "a copy held outside has its hash and says something else: that copy was altered."


@dataclass(frozen=True)
class Check:
    """One thing looked at: how many pieces, and every fault in words."""

    name: str
    count: int
    faults: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """What was looked at in a bundle. `replayed` says whether the arms were drawn again, which needs the shares.

    `genesis` is the first entry's hash: whoever judges holds it against the one that was signed, as a forger can make a
    whole chain from shares of their own.
    """

    trial: str
    entries: int
    checks: tuple[Check, ...]
    replayed: bool
    genesis: str = ""

    @property
    def faults(self) -> tuple[str, ...]:
        """Every fault, in the order of the checks."""
        return tuple(fault for check in self.checks for fault in check.faults)

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not self.faults

    def text(self) -> str:
        """The report in words."""
        lines = [f"trial {self.trial}: {self.entries} entries", ""]
        for check in self.checks:
            found = (
                f"{len(check.faults)} {'fault' if len(check.faults) == 1 else 'faults'}" if check.faults else "no fault"
            )
            lines.append(f"{check.name:<24}{check.count:>7}  {found}")
        if not self.replayed:
            lines.append(f"{'arms replayed':<24}{'-':>7}  not possible before both shares are known")
        lines.append(f"genesis entry {self.genesis}: is it the one that was signed?")
        return "\n".join(lines) + "\n"


def verify(
    bundle: Bundle,
    shares: Mapping[str, bytes] | None = None,
    anchors: Iterable[Held] = (),
    receipts: Iterable[Held] = (),
) -> Report:
    """Checks a bundle, and with both shares (the bundle's own, or those given) draws every arm again.

    Rule: the chain is unbroken and of one configuration; the commitments and the packets' hashes are those of the
    shares; every arm is the one the draw gives; every anchor and receipt (the bundle's and those given) is on the
    chain. Nothing is raised for a fault: the report holds them all. Source: trial.md §7.
    """
    known = shares or bundle.shares
    entries = bundle.entries
    config = _configuration(entries)
    checks = [Check("chain", len(entries), tuple(map(str, problems(entries))))]
    if bundle.trial != (config.trial if config else bundle.trial):
        checks.append(Check("trial", 1, (f"The bundle is called {bundle.trial} and its chain is another trial's.",)))
    if config and known:
        checks += _replayed(config, entries, known)
    checks.append(_held("anchors", entries, (*bundle.anchors, *anchors)))
    checks.append(_held("receipts", entries, (*bundle.receipts, *receipts)))
    genesis = entries[0].hash if entries else "none"
    return Report(bundle.trial, len(entries), tuple(checks), bool(config and known), genesis)


def _configuration(entries: Sequence[Entry]) -> Configuration | None:
    try:
        return configuration_of(entries[0]) if entries else None
    except UserError:
        return None  # the chain's check says so


def _replayed(config: Configuration, entries: Sequence[Entry], shares: Mapping[str, bytes]) -> list[Check]:
    """The commitments, the packets made from the shares, and every arm drawn again."""
    commits = entries[0].body.get("commits")
    named = {role: str(each) for role, each in commits.items()} if isinstance(commits, dict) else {}
    try:
        keys = stratum_keys(checked_master(config, named, shares["E"], shares["P"]), config)
    except CeremonyError as fault:
        return [Check("shares", len(shares), fault.problems)]  # with false shares every arm would look wrong
    same = packet_hashes(keys, config) == packets_of(entries[0])
    faults = () if same else ("The genesis entry names packets that are not made from the shares.",)
    allocations = [entry for entry in entries if entry.kind == "allocation" and entry.stratum in config.strata]
    found = _departures(draw.Sequence(WholeKeys(keys, config), config), allocations)
    return [Check("shares", len(shares), faults), Check("arms replayed", len(allocations), tuple(found))]


def _departures(sequence: draw.Sequence, allocations: Iterable[Entry]) -> Iterator[str]:
    """Arms that are not the drawn ones. Counts are kept from the drawn ones, so that one forged arm is one fault."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for entry in allocations:
        before = counts[entry.stratum]
        token = entry.body.get("token")
        try:
            arm = sequence.arm(entry.stratum, before.total(), before, token if isinstance(token, str) else None)
        except ValueError as fault:
            yield f"Entry {entry.seq}: its arm cannot be drawn again, because {fault}."
            continue
        before[arm] += 1
        if arm != entry.arm:
            yield f"Entry {entry.seq}: its arm is {entry.arm}, and the draw gives {arm}."


def _held(name: str, entries: Sequence[Entry], outside: Sequence[Held]) -> Check:
    allocated = {entry.person: entry for entry in entries if entry.kind == "allocation"}
    found = (_departure(entries, allocated, each) for each in outside)
    return Check(name, len(outside), tuple(fault for fault in found if fault))


def _departure(entries: Sequence[Entry], allocated: Mapping[str, Entry], outside: Held) -> str | None:
    body = outside.get("entry")
    if isinstance(body, dict):
        there = _anchor(entries, {"seq": body.get("seq"), "hash": outside.get("hash")})
        return there or (None if entries[body["seq"]].body == body else f"Entry {body['seq']}: {ALTERED}")
    return _receipt(allocated, outside) if "person" in outside else _anchor(entries, outside)


def _anchor(entries: Sequence[Entry], anchor: Held) -> str | None:
    seq, seal = anchor.get("seq"), anchor.get("hash")
    if type(seq) is not int or seq < 0 or not isinstance(seal, str):
        return 'An anchor is not written as {"seq": 299, "hash": "…"}.'
    if seq >= len(entries):
        return (
            f"Entry {seq}: an anchor vouches for it; the chain ends at entry {len(entries) - 1}: its end was cut off."
        )
    return None if entries[seq].hash == seal else f"Entry {seq}: it is not the one the anchor vouches for."


def _receipt(allocated: Mapping[str, Entry], receipt: Held) -> str | None:
    person = str(receipt.get("person"))
    entry = allocated.get(person)
    if entry is None:
        return f"{person} holds a receipt and has no allocation on the chain."
    if not HASH.fullmatch(entry.hash):
        return f"Entry {entry.seq}: the receipt of {person} cannot be checked, as the entry has no proper hash."
    expected = {"trial": entry.body.get("trial"), "person": person, "code": check_code(entry.hash), "utc": entry.utc}
    wrong = [name for name, value in expected.items() if receipt.get(name) != value]
    return f"Entry {entry.seq}: the receipt of {person} has another {' and '.join(wrong)}." if wrong else None

"""A chain held against what others hold of it: anchors, receipts and whole entries from the evaluator."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from placewell.errors import UserError
from placewell.randomisation.chain import problems
from placewell.randomisation.entries import Entry, check_code
from placewell.randomisation.state import LedgerState
from placewell.randomisation.witness import Witness, WitnessMissing


class NotReconciled(UserError):
    """The chain departs from what others hold of it: nobody may be randomised on it."""


@dataclass(frozen=True)
class Reconciled:
    """What was compared: how many pieces, the newest entry they vouch for, and how many entries come after it."""

    compared: int
    newest: int
    after_newest: int


def reconcile(
    entries: Sequence[Entry],
    anchors: Iterable[Mapping[str, object]] = (),
    receipts: Iterable[Mapping[str, object]] = (),
) -> Reconciled:
    """Holds a chain against anchors ({"seq", "hash"}) and receipts ({"trial", "person", "code", "utc"}) or whole
    entries ({"entry", "hash"}), all held outside the machine.

    Everything outside must be on the chain; what the chain has beyond it is counted, not judged. Raises NotReconciled
    with the first departure, or where nothing is given to compare with. Source: trial.md §6.
    """
    for fault in problems(entries)[:1]:
        raise NotReconciled(f"The chain is broken by itself. {fault}")
    state = LedgerState.of(entries)
    vouched = [_anchor(entries, each) for each in anchors]
    vouched += [_receipt(entries, state, each) for each in receipts]
    if not vouched:
        raise NotReconciled("Give at least one anchor or receipt that is kept outside this machine.")
    return Reconciled(len(vouched), max(vouched), state.head[0] - max(vouched))


def _anchor(entries: Sequence[Entry], anchor: Mapping[str, object]) -> int:
    seq, seal = anchor.get("seq"), anchor.get("hash")
    if type(seq) is not int or seq < 0 or not isinstance(seal, str):
        raise NotReconciled('An anchor is written as {"seq": 299, "hash": "…"}.')
    if seq >= len(entries):
        raise NotReconciled(
            f"An anchor vouches for entry {seq}, and the chain ends at entry {len(entries) - 1}: entries were lost. "
            "Put them back from the evaluator's copies, a newer bundle or a newer backup."
        )
    if entries[seq].hash != seal:
        raise NotReconciled(f"Entry {seq} is not the one the anchor vouches for: this is another chain.")
    return seq


def _receipt(entries: Sequence[Entry], state: LedgerState, receipt: Mapping[str, object]) -> int:
    if "entry" in receipt:
        entry = Entry.from_data(receipt)
        seq = _anchor(entries, {"seq": entry.seq, "hash": entry.hash})
        if entries[seq] != entry:
            raise NotReconciled(f"The copy of entry {seq} held outside was altered: fetch it again from the evaluator.")
        return seq
    person = str(receipt.get("person"))
    found = state.allocations.get(person)
    if found is None:
        raise NotReconciled(f"There is a receipt for {person}, and the chain holds no allocation: entries were lost.")
    held = {name: receipt.get(name) for name in ("trial", "code", "utc")}
    if held != {"trial": found.body["trial"], "code": check_code(found.hash), "utc": found.utc}:
        raise NotReconciled(f"The allocation of {person} is not the one the receipt was given for.")
    return found.seq


def rebuild(witness: Witness, entries: Sequence[Entry]) -> int:
    """Adds to a witness file what these entries (from the evaluator's receipts or the database) have beyond its end,
    making the file where it was lost; returns how many were added. The allocator stays locked until reconciled.

    Raises NotReconciled, adding nothing, where they are not one sound chain or not the witness's own.
    Source: trial.md §5.8, §6.
    """
    for fault in problems(entries)[:1]:
        raise NotReconciled(f"These entries are not an unbroken chain. {fault}")
    try:
        held = witness.read()
    except WitnessMissing:
        held = ()
    for ours, theirs in zip(held, entries, strict=False):
        if ours != theirs:
            raise NotReconciled(f"Entry {ours.seq} of the witness is another than the one given: nothing was added.")
    if not held:
        witness.create(entries[0])
    for entry in entries[max(1, len(held)) :]:
        witness.append(entry)
    return max(0, len(entries) - len(held))

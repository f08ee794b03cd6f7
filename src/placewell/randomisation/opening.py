"""The opening of a trial: its witness file with the first entry, and the seat its allocator is trusted on."""

from __future__ import annotations

from pathlib import Path

from placewell.randomisation.entries import Entry
from placewell.randomisation.refusals import Refused
from placewell.randomisation.seat import Seat, SeatRecord
from placewell.randomisation.witness import Witness


def open_trial(genesis: Entry, witness: Witness, seat: Path, machine: str, boot: str) -> SeatRecord:
    """Begins the witness file with the genesis entry and writes down the seat; the ids are handed in.

    An opening that was cut short may be done again. Raises Refused where the trial was opened here already: a second
    opening would unlock an allocator that waits to be reconciled. Source: trial.md §2.4, §6.
    """
    if seat.exists():
        raise Refused(f"The trial was opened here already: {seat} says where its allocator sits.")
    witness.create(genesis)
    if len(witness.read()) > 1:
        raise Refused(
            f"{witness.path} holds allocations already: reconcile its allocator instead of opening the trial."
        )
    record = SeatRecord(seat, Seat.of(witness.path, machine, boot))
    record.take()
    return record

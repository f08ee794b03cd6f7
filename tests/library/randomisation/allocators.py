"""Allocators for the tests: opened in a folder, as a machine that was just set up or started again."""

from __future__ import annotations

from pathlib import Path

from tests.library.randomisation.trials import MOMENT, config, first, whole

from placewell.randomisation.allocator import Allocator
from placewell.randomisation.configuration import Configuration
from placewell.randomisation.entries import Entry
from placewell.randomisation.keys import Keys
from placewell.randomisation.mark import MarkFile
from placewell.randomisation.opening import open_trial
from placewell.randomisation.request import Request
from placewell.randomisation.seat import Seat, SeatRecord
from placewell.randomisation.witness import Pause, Witness, no_pause

HASH = "cd" * 32
OTHER = "ef" * 32


def request(person: str, stratum: str = "lot_1", **more: str) -> Request:
    return Request(person, stratum, more.pop("actor", "es1"), HASH, OTHER, **more)


def opened(folder: Path, made: Configuration | None = None, keys: Keys | None = None) -> Allocator:
    """A trial just opened in this folder."""
    made = made or config()
    open_trial(first(made), Witness(folder / "witness.jsonl"), folder / "seat.json", "machine", "boot")
    return started(folder, made, keys)


def started(
    folder: Path,
    made: Configuration | None = None,
    keys: Keys | None = None,
    machine: str = "machine",
    boot: str = "boot",
    pause: Pause = no_pause,
    mark: MarkFile | None = None,
) -> Allocator:
    """Another process's allocator on what the folder holds."""
    made = made or config()
    witness = Witness(folder / "witness.jsonl", pause)
    seat = SeatRecord(folder / "seat.json", Seat.of(witness.path, machine, boot), mark)
    return Allocator(made, first(made), keys or whole(made), witness, seat)


def filled(allocator: Allocator, number: int, start: int = 0) -> list[Entry]:
    """People allocated one after another, a second apart, in turn over the strata."""
    strata = allocator.config.strata
    people = range(start, start + number)
    return [allocator.allocate(request(f"p{n}", strata[n % len(strata)]), MOMENT + 1000 * n) for n in people]

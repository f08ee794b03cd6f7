"""An allocator's folder: genesis entry, witness, seat, receipts, and keys or packets that its owner alone may read.

The site's allocator reads the same folder.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from placewell.cli import system
from placewell.cli.trial_files import read_object
from placewell.errors import UserError

if TYPE_CHECKING:
    from placewell.randomisation.allocator import Allocator
    from placewell.randomisation.configuration import Configuration
    from placewell.randomisation.entries import Entry
    from placewell.randomisation.keys import Keys
    from placewell.randomisation.mark import MarkFile
    from placewell.randomisation.witness import Witness

GENESIS, WITNESS, SEAT, KEYS, PACKETS, RECEIPTS = (
    "genesis.json", "witness.jsonl", "seat.json", "keys.json", "packets", "receipts",
)  # fmt: skip


def genesis_in(folder: Path) -> Entry:
    """The genesis entry, as it was signed. Raises UserError."""
    from placewell.randomisation.entries import Entry, hash_of

    file = folder / GENESIS
    if not file.is_file():
        raise UserError(f"{folder}: holds no trial, for there is no {GENESIS}. Make it: `placewell trial open`.")
    found = Entry.from_data(read_object(file))
    if found.hash != hash_of(found.body):
        raise UserError(f"{file}: is not the genesis entry that was signed: its hash does not fit.")
    return found


def witness_in(folder: Path) -> Witness:
    """The witness file."""
    from placewell.randomisation.witness import Witness

    return Witness(folder / WITNESS)


def allocator_in(folder: Path, mark: MarkFile | None = None) -> Allocator:
    """The folder's allocator, with the keys there are and the high-water mark it keeps. Raises UserError."""
    from placewell.randomisation.allocator import Allocator
    from placewell.randomisation.ceremony import configuration_of
    from placewell.randomisation.seat import Seat, SeatRecord

    first, witness = genesis_in(folder), witness_in(folder)
    config = configuration_of(first)
    seat = SeatRecord(folder / SEAT, Seat.of(witness.path, *system.machine()), mark)
    return Allocator(config, first, keys_in(folder, first, config), witness, seat)


def keys_in(folder: Path, first: Entry, config: Configuration) -> Keys:
    """Whole keys where the folder has them (custody level 1), else the packets loaded (level 2). Raises UserError."""
    from placewell.randomisation.ceremony import packets_of
    from placewell.randomisation.keys import Packets, WholeKeys

    if (folder / KEYS).is_file():
        whole = read_object(folder / KEYS, secret=True)
        if set(whole) != set(config.strata):
            raise UserError(f"{folder / KEYS}: does not hold a key for every stratum and no other.")
        return WholeKeys({stratum: _key(folder / KEYS, text) for stratum, text in whole.items()}, config)
    loaded: dict[tuple[str, int], bytes] = {}
    for file in sorted((folder / PACKETS).glob("*.json")):
        loaded |= packets_in(file)
    return Packets(loaded, packets_of(first))


def packets_in(file: Path) -> dict[tuple[str, int], bytes]:
    """The packets of one file: {"packets": [{"stratum", "epoch", "key"}, …]}. Raises UserError."""
    listed: Any = read_object(file, secret=True).get("packets")
    try:
        return {(str(each["stratum"]), int(each["epoch"])): _key(file, each["key"]) for each in listed}
    except (KeyError, TypeError, ValueError) as fault:
        raise UserError(f"{file}: is not a file of packets as the set-up writes it.") from fault


def receipt_of(entry: Entry) -> dict[str, Any]:
    """What a person's letter says of an allocation, and nothing of the arm. Source: trial.md §5.8."""
    from placewell.randomisation.entries import check_code

    code = check_code(entry.hash)
    return {"trial": entry.body["trial"], "person": entry.person, "code": code, "utc": entry.utc}


def _key(file: Path, text: object) -> bytes:
    from placewell.randomisation.hashing import KEY_BYTES

    try:
        key = bytes.fromhex(str(text))
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise UserError(f"{file}: holds something that is not a key of {KEY_BYTES} bytes.")
    return key

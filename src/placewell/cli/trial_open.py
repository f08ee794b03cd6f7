"""`placewell trial open`: the allocator's folder, from what the set-up wrote, trusted on this machine."""

from __future__ import annotations

import shutil
import tempfile
from argparse import ArgumentParser, Namespace
from pathlib import Path

from placewell.cli import system
from placewell.cli.trial_ceremony import packet_file
from placewell.cli.trial_files import read_object, write, write_secret
from placewell.cli.trial_folder import GENESIS, KEYS, PACKETS, RECEIPTS, SEAT, allocator_in, genesis_in, witness_in
from placewell.errors import UserError


def add_arguments(parser: ArgumentParser) -> None:
    """The set-up, the folder to make, and the hash that was signed."""
    parser.add_argument("set_up", type=Path, metavar="SET-UP", help="the folder that `placewell trial ceremony` wrote")
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="the new folder of the allocator")
    parser.add_argument(
        "--genesis", metavar="HEX", help="the genesis entry's hash as it was signed; refused if it differs"
    )


def run(arguments: Namespace) -> int:
    """Make the folder, whole or not at all; of packets the first epoch's alone."""
    first = genesis_in(arguments.set_up)
    if arguments.genesis and arguments.genesis.strip().lower() != first.hash:
        raise UserError(
            f"{arguments.set_up / GENESIS}: is not the genesis entry that was signed. Fetch the right set-up."
        )
    folder: Path = arguments.folder
    if folder.exists():
        raise UserError(f"{folder}: is there already. A trial is opened once: name a new folder.")
    try:
        unfinished = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))  # mode 0700
    except OSError as error:
        raise UserError(f"{folder}: cannot be made ({error.strerror}).") from error
    try:
        _fill(unfinished, arguments.set_up)
        unfinished.replace(folder)
    except BaseException:
        shutil.rmtree(unfinished)
        raise
    print(f"{folder}: trial {first.body['trial']} is open. Genesis entry {first.hash}.")
    return 0


def _fill(folder: Path, set_up: Path) -> None:
    from placewell.randomisation.opening import open_trial

    first = genesis_in(set_up)
    write(folder / GENESIS, first.as_data())
    (folder / RECEIPTS).mkdir()
    (folder / PACKETS).mkdir(mode=0o700)
    if (set_up / KEYS).is_file():
        write_secret(folder / KEYS, read_object(set_up / KEYS, secret=True))
    else:
        name = packet_file(0)
        write_secret(folder / PACKETS / name, read_object(set_up / PACKETS / name, secret=True))
    open_trial(first, witness_in(folder), folder / SEAT, *system.machine())
    allocator_in(folder).head()  # keys that do not fit are found before the folder is there

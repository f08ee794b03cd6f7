"""`placewell trial reconcile`: after a restore, the chain held against what others hold; the allocator unlocked."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from placewell.cli.trial_files import read
from placewell.cli.trial_folder import allocator_in, genesis_in, witness_in
from placewell.cli.trial_mark import add_mark, mark_to_renew
from placewell.cli.trial_verify import add_held, outside
from placewell.cli.usage import UsageError
from placewell.errors import UserError


def add_arguments(parser: ArgumentParser) -> None:
    """The allocator's folder, and anchors or receipts that were kept outside the machine."""
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="the folder of the allocator")
    parser.add_argument(
        "--bundle", type=Path, metavar="FILE", help="put back first what the witness lost, from a bundle of the chain"
    )
    add_mark(parser, "set anew; unless given, the one the allocator was last used with")
    add_held(parser)


def run(arguments: Namespace) -> int:
    """Unlock the allocator where its chain holds everything that is known outside. Raises UserError otherwise."""
    if not arguments.anchors and not arguments.receipts:
        raise UsageError("Give --anchor FILE or --receipts FILE: something that was kept outside this machine.")
    held = outside(arguments.anchors), outside(arguments.receipts)
    if arguments.bundle:
        _put_back(arguments.folder, arguments.bundle, *held)
    found = allocator_in(arguments.folder, mark_to_renew(arguments.folder, arguments.mark)).reconcile(*held)
    print(f"{arguments.folder}: everything kept outside ({found.compared}) is on the chain. The allocator is unlocked.")
    print(
        f"The newest vouches for entry {found.newest}; nothing outside vouches for the {found.after_newest} after it."
    )
    return 0


def _put_back(folder: Path, file: Path, anchors: tuple[Any, ...], receipts: tuple[Any, ...]) -> None:
    """Adds what the bundle has beyond the witness, once all that is known outside is seen to be on the bundle's chain.

    Raises UserError, adding nothing, for another trial's bundle or another chain.
    """
    from placewell.randomisation.bundle import Bundle
    from placewell.randomisation.reconciliation import rebuild, reconcile

    entries = Bundle.from_data(read(file)).entries
    if entries[:1] != (genesis_in(folder),):
        raise UserError(f"{file}: does not begin with this trial's genesis entry. Fetch this trial's bundle.")
    reconcile(entries, anchors, receipts)
    print(f"{folder}: {rebuild(witness_in(folder), entries)} entries were put back from {file}.")

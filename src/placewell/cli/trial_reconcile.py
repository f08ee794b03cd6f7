"""`placewell trial reconcile`: after a restore, the chain held against what others hold; the allocator unlocked."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from placewell.cli.trial_folder import allocator_in
from placewell.cli.trial_verify import add_held, outside
from placewell.cli.usage import UsageError


def add_arguments(parser: ArgumentParser) -> None:
    """The allocator's folder, and anchors or receipts that were kept outside the machine."""
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="the folder of the allocator")
    add_held(parser)


def run(arguments: Namespace) -> int:
    """Unlock the allocator where its chain holds everything that is known outside. Raises UserError otherwise."""
    if not arguments.anchors and not arguments.receipts:
        raise UsageError("Give --anchor FILE or --receipts FILE: something that was kept outside this machine.")
    found = allocator_in(arguments.folder).reconcile(outside(arguments.anchors), outside(arguments.receipts))
    print(f"{arguments.folder}: everything kept outside ({found.compared}) is on the chain. The allocator is unlocked.")
    print(
        f"The newest vouches for entry {found.newest}; nothing outside vouches for the {found.after_newest} after it."
    )
    return 0

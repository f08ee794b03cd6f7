"""`placewell trial export`: the chain as a bundle that anyone can check, without a key in it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from placewell.cli.answers import json_text
from placewell.cli.output import deliver
from placewell.cli.trial_files import read
from placewell.cli.trial_folder import RECEIPTS, genesis_in, witness_in
from placewell.cli.trial_shares import both_shares

if TYPE_CHECKING:
    from placewell.randomisation.bundle import Bundle


def add_arguments(parser: ArgumentParser) -> None:
    """The allocator's folder, and where to write."""
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="the folder of the allocator")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write to this file, whole or not at all")
    parser.add_argument(
        "--anchor", type=Path, metavar="FILE", help="write the last entry's number and hash, to be kept outside"
    )
    parser.add_argument(
        "--verifier", type=Path, metavar="FILE", help="write the program in JavaScript that checks a bundle, too"
    )
    parser.add_argument(
        "--publish-shares",
        nargs="+",
        type=Path,
        metavar="FILE",
        help="after the trial's end: put both secret shares into the bundle, so that anyone can draw every arm again",
    )


def run(arguments: Namespace) -> int:
    """Write the bundle of the witness's chain and the receipts given out."""
    from placewell.randomisation.bundle import Bundle, held
    from placewell.randomisation.verifier import program

    genesis_in(arguments.folder)
    found = sorted((arguments.folder / RECEIPTS).glob("*.json"))
    receipts = tuple(one for file in found for one in held(read(file), str(file)))
    made = replace(Bundle.of(witness_in(arguments.folder).read()), receipts=receipts)
    if arguments.publish_shares:
        made = _published(made, arguments.publish_shares)
    deliver(made.text(), arguments.out)
    if arguments.verifier:
        deliver(program(), arguments.verifier)
    if arguments.anchor:
        last = made.entries[-1]
        deliver(json_text({"seq": last.seq, "hash": last.hash}), arguments.anchor)
    return 0


def _published(made: Bundle, files: list[Path]) -> Bundle:
    """The bundle with both shares, once they are seen to be those committed to. Raises UserError."""
    from placewell.randomisation.ceremony import checked_master, configuration_of

    shares = both_shares(files, made.trial)
    commits = made.entries[0].body["commits"]
    named = {str(role): str(each) for role, each in commits.items()} if isinstance(commits, dict) else {}
    checked_master(configuration_of(made.entries[0]), named, shares["E"], shares["P"])
    return replace(made, shares=shares)

"""`placewell trial allocate`: one person's arm, given once."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from placewell.cli import system
from placewell.cli.answers import json_text
from placewell.cli.output import deliver
from placewell.cli.trial_folder import PACKETS, RECEIPTS, allocator_in, receipt_of
from placewell.cli.trial_mark import add_mark, mark_for
from placewell.cli.usage import UsageError
from placewell.errors import UserError


def add_arguments(parser: ArgumentParser) -> None:
    """The allocator's folder, the person, and the hashes of what was answered and signed."""
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="the folder of the allocator")
    parser.add_argument("--person", required=True, metavar="NUMBER", help="the person's trial number, never a name")
    parser.add_argument("--stratum", required=True, metavar="S", help="the person's stratum, such as the lot")
    parser.add_argument("--actor", required=True, metavar="CODE", help="who asks, as a code")
    parser.add_argument("--eligibility", required=True, metavar="HEX", help="SHA-256 of the answers on eligibility")
    parser.add_argument("--consent", required=True, metavar="HEX", help="SHA-256 of the signed consent")
    parser.add_argument(
        "--told", nargs=2, metavar=("PLACE", "ARM"), help="of stratum emergency: what the sealed list told the person"
    )
    parser.add_argument("--token", default="", metavar="HEX", help="who the person is, for a trial bound to identity")
    add_mark(parser, "unless given, one in your runtime folder, which goes when you log out")


def run(arguments: Namespace) -> int:
    """Print the arm and the check code; the receipt goes into the folder."""
    from placewell.randomisation.emergency import Told
    from placewell.randomisation.request import Request

    given_out = len(list((arguments.folder / RECEIPTS).glob("*.json")))
    allocator = allocator_in(arguments.folder, mark_for(arguments.folder, arguments.mark))
    _refuse_lost(given_out, allocator.head()[0])
    hashes = {name: getattr(arguments, name).lower() for name in ("eligibility", "consent", "token")}
    request = Request(arguments.person, arguments.stratum, arguments.actor, **hashes)
    told = Told(_place(arguments.told[0]), arguments.told[1]) if arguments.told else None
    entry = allocator.allocate(request, system.moment(), told)
    receipt = receipt_of(entry)
    deliver(json_text(receipt), arguments.folder / RECEIPTS / f"{entry.person}.json")
    print(f"person      {entry.person}\narm         {entry.arm}\ncheck code  {receipt['code']}")
    if entry.stratum != arguments.stratum:
        print(f"warning: {entry.person} was allocated in another stratum before: that arm stays.", file=sys.stderr)
    if allocator.packet_needed(entry.stratum):
        where = arguments.folder / PACKETS
        print(f"warning: the next epoch's packets are needed soon: put their file into {where}.", file=sys.stderr)
    return 0


def _refuse_lost(receipts: int, entries: int) -> None:
    """A witness written over with an older copy keeps its seat: the receipts beside it show that it lost entries."""
    if receipts > entries:
        raise UserError(
            f"The folder holds {receipts} receipts and its witness {entries} entries: entries were lost, and nobody "
            "can be randomised. Put them back from a newer bundle: "
            "`placewell trial reconcile FOLDER --bundle FILE --anchor FILE`."
        )


def _place(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise UsageError(f'--told "{text}" is no place of the list: write its number, then the arm beside it.')
    return int(text)

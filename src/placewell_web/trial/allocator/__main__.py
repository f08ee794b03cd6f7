"""`placewell-allocator`: the process that gives arms, and what its keepers do with its folder and its receipts."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

from placewell.errors import UserError
from placewell_web.trial.allocator import opening_receipts, sealing
from placewell_web.trial.allocator.client import BehindSocket
from placewell_web.trial.allocator.clock import Clock, machine_clock
from placewell_web.trial.allocator.folder import AllocatorFolder, Machine
from placewell_web.trial.allocator.keeping import Keeper
from placewell_web.trial.allocator.loading import load
from placewell_web.trial.allocator.serving import listen, serve, to_stderr

REFUSED, STOPPED, WARNED = 1, 130, 3


def main(argv: Sequence[str] | None = None, clock: Clock = machine_clock) -> int:
    """0 done; 1 refused, with what to do; 3 standing, but a packet is needed; 130 stopped."""
    arguments = _parser().parse_args(argv)
    arguments.clock = clock
    try:
        return int(arguments.run(arguments))
    except UserError as refused:
        to_stderr("\n".join(f"placewell-allocator: {each}" for each in refused.problems))
    except OSError as fault:
        to_stderr(f"placewell-allocator: {fault.filename or ''} {fault.strerror}")
    except KeyboardInterrupt:
        return STOPPED
    return REFUSED


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="placewell-allocator", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    served = commands.add_parser("serve", help="answer the site over a socket, until stopped")
    served.add_argument("folder", type=Path, help="the folder that `placewell trial open` made")
    served.add_argument("--socket", type=Path, required=True, help="where the site asks: PLACEWELL_ALLOCATOR_SOCKET")
    served.add_argument("--mark", type=Path, help="the high-water mark; beside the socket (SOCKET.mark) unless given")
    served.set_defaults(run=_serve)
    loaded = commands.add_parser("load", help="put a file of the evaluator's packets into the folder")
    loaded.add_argument("folder", type=Path)
    loaded.add_argument("file", type=Path, help="epoch-0001.json, readable by this user alone")
    loaded.set_defaults(run=_load)
    standing = commands.add_parser("standing", help="say whether it may draw, and which strata need a packet")
    standing.add_argument("--socket", type=Path, required=True)
    standing.set_defaults(run=_standing)
    pair = commands.add_parser("key", help="make the evaluator's key for receipts, on the evaluator's own machine")
    pair.add_argument("secret", type=Path, help="the file for the secret key")
    pair.add_argument("public", type=Path, help="the file for the public key, which the site is given")
    pair.set_defaults(run=_pair)
    opened = commands.add_parser("receipts", help="open sealed receipts into a list for verify and reconcile")
    opened.add_argument("secret", type=Path, help="the evaluator's secret key")
    opened.add_argument("folder", type=Path, help="the folder of receipts that the site wrote")
    opened.add_argument("out", type=Path, help="the file to write: whole entries, in order")
    opened.set_defaults(run=_receipts)
    return parser


def _serve(arguments: Namespace) -> int:
    mark = arguments.mark or arguments.socket.with_name(f"{arguments.socket.name}.mark")
    keeper = Keeper(AllocatorFolder(arguments.folder, Machine.here(), mark=mark))
    keeper.check_may_start()
    with listen(arguments.socket) as listening:
        to_stderr(f"placewell-allocator answers at {arguments.socket}, custody level {keeper.custody}")
        serve(listening, keeper.draws, arguments.clock)
    return 0


def _load(arguments: Namespace) -> int:
    for stratum, epoch in load(AllocatorFolder(arguments.folder, Machine.here()), arguments.file):
        to_stderr(f"loaded: {stratum}, epoch {epoch}")
    return 0


def _standing(arguments: Namespace) -> int:
    now = BehindSocket(arguments.socket).standing()
    for reason in now.locked:
        to_stderr(f"locked: {reason}")
    for stratum in now.packets_needed:
        to_stderr(f"{stratum}: four fifths of the packet are used. Load the next one.")
    if not now.locked:
        to_stderr(f"head: {now.seq} {now.hash}")
    return REFUSED if now.locked else WARNED if now.packets_needed else 0


def _pair(arguments: Namespace) -> int:
    secret, public = sealing.new_pair()
    opening_receipts.write_new(arguments.secret, secret, 0o400)
    opening_receipts.write_new(arguments.public, public, 0o644)
    return 0


def _receipts(arguments: Namespace) -> int:
    count = opening_receipts.collect(arguments.secret, arguments.folder, arguments.out)
    to_stderr(f"{arguments.out}: {count} entries")
    return 0


def run() -> None:
    """The console script."""
    sys.exit(main())


if __name__ == "__main__":
    run()

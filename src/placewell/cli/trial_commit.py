"""`placewell trial commit`: a secret share, drawn on its holder's own machine, and what is published of it."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from placewell.cli import system
from placewell.cli.trial_files import write_secret
from placewell.cli.usage import UsageError


def add_arguments(parser: ArgumentParser) -> None:
    """Whose share, of which trial, and where to keep it."""
    parser.add_argument("--role", required=True, choices=("E", "P"), help="E: the evaluator; P: the central team")
    parser.add_argument(
        "--trial", required=True, metavar="ID", help="the trial's name; default at set-up: the service's"
    )
    parser.add_argument("--out", required=True, type=Path, metavar="FILE", help="the new file for the secret share")


def run(arguments: Namespace) -> int:
    """Write the share for its owner alone, and print the commitment."""
    from placewell.randomisation.ceremony import commitment
    from placewell.randomisation.faults import NAME, NAMES_ARE
    from placewell.randomisation.hashing import KEY_BYTES

    if not NAME.fullmatch(arguments.trial):
        raise UsageError(f'--trial "{arguments.trial}" cannot be a trial\'s name: write {NAMES_ARE}.')
    share = system.random_bytes(KEY_BYTES)
    told = commitment(arguments.role, arguments.trial, share)
    write_secret(arguments.out, {"role": arguments.role, "trial": arguments.trial, "share": share.hex()})
    print(told)
    print(
        f"{arguments.out}: keep it secret and sealed. Publish the line above before you see the other's.",
        file=sys.stderr,
    )
    return 0

"""`placewell trial verify`: a bundle checked entry by entry, and with both shares arm by arm."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from placewell.cli.answers import json_text
from placewell.cli.output import add_output, chosen_format, deliver
from placewell.cli.trial_files import read
from placewell.cli.trial_shares import both_shares
from placewell.errors import UserError

if TYPE_CHECKING:
    from placewell.randomisation.verification import Report

FORMATS = ("table", "json")


def add_arguments(parser: ArgumentParser) -> None:
    """BUNDLE, what others hold of the trial, and the form of the answer."""
    parser.add_argument("bundle", type=Path, metavar="BUNDLE", help="a file that `placewell trial export` wrote")
    parser.add_argument(
        "--shares",
        nargs="+",
        type=Path,
        metavar="FILE",
        help="both secret shares, in one file or in two: draws every arm again",
    )
    add_held(parser)
    add_output(parser, FORMATS)


def add_held(parser: ArgumentParser) -> None:
    """Declare `--anchors` and `--receipts`."""
    for name, what in (("anchors", "anchors (number and hash of an entry)"), ("receipts", "receipts or whole entries")):
        short = (f"--{name[:-1]}", f"--{name}")
        parser.add_argument(
            *short, dest=name, nargs="+", default=[], type=Path, metavar="FILE", help=f"{what} kept outside the machine"
        )


def outside(files: list[Path]) -> tuple[Any, ...]:
    """The anchors or receipts of these files. Raises UserError."""
    from placewell.randomisation.bundle import held

    return tuple(one for file in files for one in held(read(file), str(file)))


def run(arguments: Namespace) -> int:
    """Print what was looked at. Raises UserError with every fault, which makes the exit status 1."""
    from placewell.randomisation.bundle import Bundle, BundleError
    from placewell.randomisation.verification import verify

    form = chosen_format(arguments.format, FORMATS)
    try:
        bundle = Bundle.from_data(read(arguments.bundle))
    except BundleError as error:
        raise UserError(*(f"{arguments.bundle}: {problem}" for problem in error.problems)) from error
    shares = both_shares(arguments.shares, bundle.trial) if arguments.shares else None
    report = verify(bundle, shares, outside(arguments.anchors), outside(arguments.receipts))
    deliver(json_text(answer(report)) if form == "json" else report.text(), arguments.out)
    if not report.sound:
        raise UserError(*report.faults)
    return 0


def answer(report: Report) -> dict[str, Any]:
    """The report as an object."""
    checks = [{"name": each.name, "count": each.count, "faults": list(each.faults)} for each in report.checks]
    return {
        "trial": report.trial,
        "entries": report.entries,
        "genesis": report.genesis,
        "sound": report.sound,
        "arms_replayed": report.replayed,
        "checks": checks,
    }

"""What commands are asked about: service, data folder, period, as-at day, lot; each refused with a reason."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from placewell.cli.progress import step
from placewell.cli.usage import UsageError
from placewell.periods import Period, PeriodError, parse_date, parse_period

if TYPE_CHECKING:
    from placewell.dataset import Dataset
    from placewell.specification import Specification


COMMON = "ips_grow"
"""The service whose definitions are the common ones: the standard data set. Source: 003 data set."""


@dataclass(frozen=True)
class Question:
    """What a report or a member list is asked: which service, over which period, as at which day, of which lot."""

    spec: Specification
    period: Period
    as_at: date
    lot: str | None


def add_service(parser: ArgumentParser) -> None:
    """Declare SERVICE."""
    parser.add_argument(
        "service", metavar="SERVICE", help="a service of the catalogue, or a folder with a specification"
    )


def add_data(parser: ArgumentParser) -> None:
    """Declare `--data`."""
    parser.add_argument("--data", required=True, type=Path, metavar="DIR", help="the data folder (.parquet or .csv)")


def add_question(parser: ArgumentParser) -> None:
    """Declare `--data`, `--period`, `--as-at` and `--lot`."""
    add_data(parser)
    parser.add_argument("--period", required=True, metavar="P", help="Y1Q2, Y1, or 2018-04-01/2018-07-01")
    parser.add_argument(
        "--as-at", metavar="D", help="only facts dated on or before D exist; default: the period's last day"
    )
    parser.add_argument("--lot", metavar="L", help="one lot only; default: all lots")


def add_definitions(parser: ArgumentParser) -> None:
    """Declare `--definitions`."""
    parser.add_argument(
        "--definitions",
        nargs="?",
        const=COMMON,
        metavar="S",
        help=f"count by the definitions of this service or folder, to compare services; without S: {COMMON}",
    )


def question(arguments: Namespace) -> Question:
    """Read the question. Raises UsageError: unknown service, period or lot, or an as-at day before the period."""
    spec = counted_by(specification(arguments.service), getattr(arguments, "definitions", None))
    try:
        period = parse_period(arguments.period, spec.service.first_quarter_starts)
    except PeriodError as error:
        raise UsageError(*(f"--period: {problem}" for problem in error.problems)) from error
    day = as_at(arguments.as_at) if arguments.as_at else period.last_day
    if day < period.start:
        raise UsageError(f"--as-at {day} lies before the period {period.label}, which begins on {period.start}.")
    return Question(spec.as_of(period.start), period, day, lot(spec, arguments.lot))


def specification(given: str) -> Specification:
    """The specification of a service. Raises UsageError when there is none, SpecificationError when it is faulty."""
    from placewell.specification import load, service_ids

    if given not in service_ids() and not Path(given).is_dir():
        known = ", ".join(service_ids())
        raise UsageError(f'There is no service and no folder "{given}": the catalogue has {known}.')
    return load(given)


def counted_by(spec: Specification, definitions: str | None) -> Specification:
    """The specification under the definitions of another service, where one is named. Raises like `specification`."""
    if definitions is None:
        return spec
    from placewell.specification.comparable import comparable

    return comparable(spec, specification(definitions))


def as_at(given: str, argument: str = "--as-at") -> date:
    """The day an argument gives. Raises UsageError."""
    try:
        return parse_date(given)
    except PeriodError as error:
        raise UsageError(*(f"{argument}: {problem}" for problem in error.problems)) from error


def lot(spec: Specification, given: str | None) -> str | None:
    """The code of a lot of the service, or none. Raises UsageError."""
    codes = [each.code for each in spec.service.lots]
    if given is not None and given not in codes:
        raise UsageError(f'{spec.service.id} has no lot "{given}": its lots are {", ".join(codes)}.')
    return given


def dataset(folder: Path) -> Dataset:
    """The data set of a folder; its warnings go to standard error. Raises DatasetError with every problem."""
    from placewell.dataset import read_folder

    with step(f"Reading {folder}"):
        found = read_folder(folder)
    for note in found.notes:
        print(f"warning: {note}", file=sys.stderr)
    return found

"""`placewell synth`: made-up people with plausible histories, the same for the same seed."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from placewell.cli.inputs import add_service, specification
from placewell.cli.output import deliver
from placewell.cli.progress import step
from placewell.errors import UserError

if TYPE_CHECKING:
    from placewell.synthetic import Fault

FILE_TYPES = ("parquet", "csv")
KEY_COLUMNS = ("file", "row", "column", "value", "wrong")

EXAMPLES = """
  placewell synth thrive_into_work --people 3720 --seed 1 --out data
  placewell synth thrive_into_work --people 50 --seed 7 --out small --file-type csv
  placewell synth thrive_into_work --people 400 --seed 7 --out faulty --faults
"""


def add_arguments(parser: ArgumentParser) -> None:
    """SERVICE, how many people, the seed, and where to write."""
    add_service(parser)
    parser.add_argument("--people", required=True, type=whole_number, metavar="N", help="how many people to make up")
    parser.add_argument(
        "--seed", required=True, type=whole_number, metavar="S", help="the same seed makes the same people"
    )
    parser.add_argument(
        "--out", required=True, type=Path, metavar="DIR", help="the folder to write; a data set there is replaced"
    )
    parser.add_argument("--file-type", choices=FILE_TYPES, default="parquet", help="default: parquet")
    parser.add_argument(
        "--faults",
        action="store_true",
        help="plant faults for `placewell validate` to find; the answer key is DIR-faults.csv, beside the folder",
    )


def run(arguments: Namespace) -> int:
    """Make the people and write their folder, whole or not at all."""
    spec = specification(arguments.service)

    from placewell.dataset import write_folder
    from placewell.synthetic import make, plant

    with step(f"Making up {arguments.people} people"):
        data = make(spec, arguments.people, arguments.seed)
        data, faults = plant(data, arguments.seed) if arguments.faults else (data, ())
    replaced = " They replace the data set that stood there." if arguments.out.is_dir() else ""
    with step(f"Writing {arguments.out}"):
        try:
            write_folder(data, arguments.out, arguments.file_type)
        except OSError as error:
            why = f"cannot be written ({error.strerror}). Choose a folder that is there and yours."
            raise UserError(f"{arguments.out}: {why}") from error
    print(f"{arguments.out}: {arguments.people} made-up people, seed {arguments.seed}.{replaced}", file=sys.stderr)
    if arguments.faults:
        _write_key(arguments.out, arguments.file_type, faults)
    return 0


def _write_key(folder: Path, file_type: str, faults: Sequence[Fault]) -> None:
    """The answer key beside the folder: a folder of data holds nothing else."""
    from placewell.interchange.tabular import csv_text

    key = folder.with_name(f"{folder.name}-faults.csv")
    rows = [(f"{one.table}.{file_type}", one.row, one.column, one.value, one.wrong) for one in faults]
    deliver(csv_text(KEY_COLUMNS, rows), key)
    print(f"{key}: the answer key to {len(faults)} planted faults.", file=sys.stderr)


def whole_number(text: str) -> int:
    """A whole number from 0 on."""
    try:
        number = int(text)
    except ValueError:
        number = -1
    if number < 0:
        raise ArgumentTypeError(f'"{text}" is not a whole number from 0 on')
    return number

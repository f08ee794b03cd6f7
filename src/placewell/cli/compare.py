"""`placewell compare`: the same period under other definitions, in people and in pounds."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from placewell.cli.inputs import dataset, question, specification
from placewell.cli.output import add_output, chosen_format, deliver
from placewell.cli.progress import step
from placewell.cli.usage import UsageError

if TYPE_CHECKING:
    from placewell.comparison import Comparison, Reading
    from placewell.specification import Specification

FORMATS = ("table", "json", "csv", "html")

EXAMPLES = """
  placewell compare --list
  placewell compare thrive_into_work --list
  placewell compare thrive_into_work --data data --period Y2Q2 --with definition.engaged=all
  placewell compare thrive_into_work --data data --period Y2Q2 --with hours.band_boundary=lower rapid.limit_days=30
  placewell compare thrive_into_work --data data --period Y2 --with sustain.mode@six_weeks=continuous --lot dudley
  placewell compare thrive_into_work --data data --period Y2Q2 --with payment.cap=none --format html --out cap.html
"""

READINGS = """\
DEFINITION=VARIANT        one reading, such as definition.engaged=one_meeting
DEFINITION=28             where the variant is a number
DEFINITION=all            each variant that fits the service, as a reading of its own
DEFINITION@ENTRY=VARIANT  only the entry of the specification with this id
A=B,C=D                   several definitions in one reading"""

ANSWERS = """\
table  what differs side by side, then who joins and who leaves, and why under both readings
json   service, specification, period, as_at, lot, data;
       figures, as shipped: id, name, clause, unit, in_return, numerator, denominator, value;
       payment: payable, in_period, clawed_back {lines, amount}, over_cap; null where nothing is paid;
       readings: with, name, clause, rows, specification (hash),
         figures: id, name, clause, unit, in_return, was, is {numerator, denominator, value}, difference,
           joins, leaves, denominator [subject_id, episode_id, person_id, was, is {status, reason}],
         payment: was, is, difference, joins, leaves
csv    a line for each figure, sum and person, told apart by the column row
html   a page to read and print; it names people by their ids"""


def add_arguments(parser: ArgumentParser) -> None:
    """SERVICE, what to compare on which data, and the form of the answer; or `--list`."""
    parser.add_argument(
        "service", nargs="?", metavar="SERVICE", help="a service of the catalogue, or a folder with a specification"
    )
    parser.add_argument("--data", type=Path, metavar="DIR", help="the data folder (.parquet or .csv)")
    parser.add_argument("--period", metavar="P", help="Y1Q2, Y1, or 2018-04-01/2018-07-01")
    parser.add_argument(
        "--with",
        dest="readings",
        action="extend",
        nargs="+",
        default=[],
        metavar="DEFINITION=VARIANT",
        help="a reading to set beside the shipped one; can be given several times",
    )
    parser.add_argument(
        "--as-at", metavar="D", help="only facts dated on or before D exist; default: the period's last day"
    )
    parser.add_argument("--lot", metavar="L", help="one lot only; default: all lots")
    parser.add_argument(
        "--list",
        dest="listing",
        action="store_true",
        help="every open question of the contracts (X1 to X52) with its variants, or why it changes nothing",
    )
    add_output(parser, FORMATS)
    parser.add_argument_group("readings", READINGS)
    parser.add_argument_group("answers", ANSWERS)


def run(arguments: Namespace) -> int:
    """Print the figures and the ledger as shipped and under each reading, and who differs and why."""
    form = chosen_format(arguments.format, FORMATS)
    if arguments.listing:
        return listed(arguments, form)
    _need(arguments)
    asked = question(arguments)
    spec = specification(arguments.service)
    readings = chosen(spec, arguments.readings)
    data = dataset(arguments.data)

    from placewell.comparison import Question, compare

    with step(f"Working out {asked.period.label} under {len(readings) + 1} readings"):
        found = compare(spec, readings, Question(data, asked.period, asked.as_at, asked.lot))
        content = rendered(found, form)
    deliver(content, arguments.out)
    return 0


def listed(arguments: Namespace, form: str) -> int:
    """Print the rows with their variants; with a SERVICE, which variants fit it and which it ships with."""
    from placewell.cli.compare_list import listing

    if form not in ("table", "json"):
        raise UsageError(f"--format {form} is not a format of --list; available: table, json.")
    spec = specification(arguments.service) if arguments.service else None
    deliver(listing(spec, form), arguments.out)
    return 0


def chosen(spec: Specification, written: list[str]) -> list[Reading]:
    """The readings asked for, each once. Raises UsageError for what is unknown or does not fit the service."""
    from placewell.comparison import reading_of
    from placewell.comparison.choosing import UnknownVariant
    from placewell.specification.changing import DoesNotFit

    found: dict[str, Reading] = {}
    for text in written:
        try:
            found |= {reading.written: reading for reading in reading_of(spec, text)}
        except (UnknownVariant, DoesNotFit) as error:
            raise UsageError(*(f"--with {text}: {problem}" for problem in error.problems)) from error
    return list(found.values())


def rendered(found: Comparison, form: str) -> str:
    """The comparison as text in the form asked for."""
    if form == "json":
        from placewell.cli.answers import json_text

        return json_text(found.as_dict())
    if form == "csv":
        from placewell.interchange.tabular import csv_text
        from placewell.reports.comparison import COLUMNS, comparison_rows

        return csv_text(COLUMNS, comparison_rows(found))
    if form == "html":
        from placewell.reports.comparison_page import comparison_html

        return comparison_html(found)
    from placewell.cli.compare_table import table

    return table(found)


def _need(arguments: Namespace) -> None:
    missing = [
        name
        for name, given in (
            ("SERVICE", arguments.service),
            ("--data", arguments.data),
            ("--period", arguments.period),
            ("--with", arguments.readings),
        )
        if not given
    ]
    if missing:
        raise UsageError(f"{', '.join(missing)}: missing. Give them, or see with --list what can be compared.")

"""`placewell members`: who is in a figure, who is not, and why."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from placewell.cli.answers import json_text
from placewell.cli.inputs import add_definitions, add_question, add_service, dataset, question
from placewell.cli.nothing import warn_of_nothing
from placewell.cli.output import add_output, chosen_format, deliver
from placewell.cli.progress import step
from placewell.cli.usage import UsageError

if TYPE_CHECKING:
    from placewell.specification import Specification

FORMATS = ("csv", "json")

EXAMPLES = """
  placewell members thrive_into_work engaged --data data --period Y2Q2
  placewell members thrive_into_work job_start_16_and_over --data data --period Y2Q2 --as-at 2019-04-30 --lot dudley
  placewell members thrive_into_work active_caseload --data data --period Y2Q2 --format json --out members.json
"""


def add_arguments(parser: ArgumentParser) -> None:
    """SERVICE, INDICATOR, the question and the form of the answer."""
    add_service(parser)
    parser.add_argument("indicator", metavar="INDICATOR", help="the id of an indicator of the service, such as engaged")
    add_question(parser)
    add_definitions(parser)
    add_output(parser, FORMATS)


def run(arguments: Namespace) -> int:
    """Print one row per subject considered, with its status, reason, day, value and breakdown codes."""
    form = chosen_format(arguments.format, FORMATS)
    asked = question(arguments)
    indicator = known_indicator(asked.spec, arguments.indicator)
    data = dataset(arguments.data)
    warn_of_nothing(data, arguments.data, asked.spec, asked.period)

    from placewell.indicators import members

    with step(f"Working out {indicator}"):
        found = members(asked.spec, indicator, data, asked.period, asked.as_at, asked.lot)
    if form == "json":
        deliver(json_text(found.to_dicts()), arguments.out)
        return 0
    from placewell.interchange.tabular import csv_text

    deliver(csv_text(found.columns, found.rows()), arguments.out)
    return 0


def known_indicator(spec: Specification, given: str) -> str:
    """The indicator's id. Raises UsageError for one the service does not have or does not work out itself."""
    from difflib import get_close_matches

    known = [each.id for each in spec.indicators.computed]
    if given in known:
        return given
    if given in {each.id for each in spec.indicators.indicators}:
        raise UsageError(f"{given} is worked out by the evaluator from linked records: there are no members to list.")
    near = get_close_matches(given, known, n=3, cutoff=0.4) or known
    raise UsageError(f'{spec.service.id} has no indicator "{given}": did you mean {", ".join(near)}?')

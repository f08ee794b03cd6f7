"""`placewell score`: a file of answered questionnaires scored, judged or counted."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from placewell.cli.answers import json_text
from placewell.cli.output import add_output, chosen_format, deliver
from placewell.cli.progress import step
from placewell.cli.usage import UsageError

if TYPE_CHECKING:
    import polars as pl

    from placewell.questionnaires import Instrument

FORMATS = ("csv", "json")
BOTH = ("phq9", "gad7")
INSTEAD = ("counts", "moves", "recovery")

EXAMPLES = """
  placewell score swemwbs responses.csv
  placewell score eq5d5l responses.parquet --value-set eq5d5l_uk_2026
  placewell score eq5d5l responses.csv --value-set our_crosswalk.csv --format json --out index.json
  placewell score phq9 responses.csv --bands
  placewell score reqol10 responses.csv --banding clinical_to_24
  placewell score phq9 responses.csv --recovery
  placewell score peq_treatment responses.csv --counts --wording our_licensed_words.toml
  placewell score economic_status responses.csv --moves 3
  placewell score our_phq9.toml responses.csv
"""


def add_arguments(parser: ArgumentParser) -> None:
    """INSTRUMENT, FILE, what to give beside the scores, and the form of the answer."""
    parser.add_argument(
        "instrument",
        metavar="INSTRUMENT",
        help="a questionnaire, such as swemwbs; or a .toml file with scoring of your own",
    )
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="a .csv or .parquet file with the columns of responses, an answer a row"
    )
    parser.add_argument(
        "--value-set", metavar="V", help="EQ-5D: a value set by name, or a .toml or .csv file of your own"
    )
    parser.add_argument(
        "--bands",
        action="store_true",
        help="add the band, and on an episode's last form the change from its baseline and whether that counts",
    )
    parser.add_argument("--banding", metavar="B", help="the same with other bands than the first, by name")
    other = parser.add_mutually_exclusive_group()
    other.add_argument("--counts", action="store_true", help="how many gave each answer, instead of scores")
    other.add_argument(
        "--moves", metavar="ITEM", help="each episode's first and last known answer to an item, instead of scores"
    )
    other.add_argument(
        "--recovery", action="store_true", help="IAPT recovery from the file's phq9 and gad7 forms, instead of scores"
    )
    parser.add_argument("--wording", type=Path, metavar="W", help="with --counts: a .toml file with the words to show")
    add_output(parser, FORMATS)


def run(arguments: Namespace) -> int:
    """Print one row per form and scale, or what was asked for instead."""
    form = chosen_format(arguments.format, FORMATS)
    one = questionnaire(arguments)
    with step(f"Scoring {arguments.file}"):
        found = answer(arguments, one)
        content = rendered(found, form)
    deliver(content, arguments.out)
    if not one.scales and not arguments.counts and not arguments.moves:
        print(f"{one.id} has no score: see how many gave each answer with --counts.", file=sys.stderr)
    return 0


def questionnaire(arguments: Namespace) -> Instrument:
    """The questionnaire asked for, with its value set. Raises UsageError for what does not exist or makes no sense."""
    from placewell.questionnaires import instrument, instrument_ids, read_instrument

    given = arguments.instrument
    if given in instrument_ids():
        one = instrument(given)
    elif given.endswith(".toml") and Path(given).is_file():
        one = read_instrument(Path(given))
    else:
        known = ", ".join(instrument_ids())
        raise UsageError(f'There is no questionnaire and no file "{given}": there are {known}.')
    if problems := list(_nonsense(arguments, one)):
        raise UsageError(*problems)
    return one.with_value_set(arguments.value_set) if arguments.value_set else one


def answer(arguments: Namespace, one: Instrument) -> pl.DataFrame:
    """The table asked for. Raises DatasetError with every problem of the file."""
    from placewell.questionnaires import instrument, scores
    from placewell.questionnaires.answers import answer_counts, answer_moves
    from placewell.questionnaires.forms import read_forms
    from placewell.questionnaires.judging import judged
    from placewell.questionnaires.recovery import recoveries

    if arguments.recovery:
        both = [one if one.id == id else instrument(id) for id in BOTH]
        return recoveries(read_forms(arguments.file, both).lazy(), *both).collect()
    responses = read_forms(arguments.file, [one]).lazy()
    if arguments.counts:
        counts = answer_counts(responses, one).collect()
        return _in_words(counts, arguments.wording, one) if arguments.wording else counts
    if arguments.moves:
        return answer_moves(responses, one, arguments.moves).collect()
    if arguments.bands or arguments.banding:
        return judged(responses, one, arguments.banding).collect()
    return scores(responses, (one,)).collect()


def rendered(found: pl.DataFrame, form: str) -> str:
    """The table as CSV, or as JSON with a list of objects."""
    if form == "json":
        return json_text([{name: _number(cell) for name, cell in row.items()} for row in found.iter_rows(named=True)])
    from placewell.interchange.tabular import csv_of_frame

    return csv_of_frame(found)


def _nonsense(arguments: Namespace, one: Instrument) -> Iterator[str]:
    """What is asked for and does not exist, or does not go together."""
    from placewell.questionnaires.value_sets import value_set_ids

    value_set, item = arguments.value_set, arguments.moves
    if value_set and not any(scale.value_set for scale in one.scales):
        yield f"--value-set: {one.id} has none; only EQ-5D has."
    elif value_set and value_set not in value_set_ids(one.id) and not Path(value_set).is_file():
        known = ", ".join(value_set_ids(one.id))
        yield f'--value-set: there is no value set and no file "{value_set}"; for {one.id} there is {known}.'
    bandings = [banding.id for scale in one.scales for banding in scale.bandings]
    if arguments.banding and arguments.banding not in bandings:
        yield f'--banding: {one.id} has no bands "{arguments.banding}"; it has {", ".join(bandings) or "none"}.'
    if item and item not in one.items:
        yield f'--moves: {one.id} has no item "{item}"; it has {", ".join(one.items)}.'
    if arguments.recovery and one.id not in BOTH:
        yield f"--recovery: is judged by {' and '.join(BOTH)}, not by {one.id}."
    if arguments.wording and not arguments.counts:
        yield "--wording: is shown with --counts only."
    if instead := next((name for name in INSTEAD if getattr(arguments, name)), None):
        beside = [name for name in ("value_set", "bands", "banding") if getattr(arguments, name)]
        yield from (f"--{name.replace('_', '-')}: belongs to scores, and --{instead} shows none." for name in beside)


def _in_words(counts: pl.DataFrame, file: Path, one: Instrument) -> pl.DataFrame:
    """The counts with the words the service is licensed to show."""
    import polars as pl

    from placewell.questionnaires.wording import read_wording

    words = read_wording(file, one)
    rows = counts.select("item", "answer").rows()
    return counts.with_columns(
        pl.Series("question", [words.question(item) for item, _ in rows], pl.String),
        pl.Series("label", [answer and words.label(item, answer) for item, answer in rows], pl.String),
    )


def _number(cell: Any) -> Any:
    """A decimal as a number of JSON; four decimals survive as they are."""
    if not isinstance(cell, Decimal):
        return cell
    return int(cell) if cell == cell.to_integral_value() else float(cell)

"""`placewell fidelity`: a fidelity scale item by item, pre-scored from records, with reviews and the members behind."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from placewell.cli.answers import json_text
from placewell.cli.inputs import add_data, add_service, as_at, dataset, lot, specification
from placewell.cli.output import add_output, chosen_format, deliver
from placewell.cli.progress import step
from placewell.cli.usage import UsageError
from placewell.errors import UserError

if TYPE_CHECKING:
    from placewell.fidelity import PreScores, Scale
    from placewell.reports.fidelity import Fidelity
    from placewell.specification import Specification

FORMATS = ("table", "json", "csv", "html")
MEMBER_FORMATS = ("csv", "json")

EXAMPLES = """
  placewell fidelity thrive_into_work --data data --as-at 2019-06-30
  placewell fidelity thrive_into_work --data data --as-at 2019-06-30 --scale ips_25 --format html --out fidelity.html
  placewell fidelity thrive_into_work --data data --as-at 2019-06-30 --lot dudley
  placewell fidelity ips_grow --data data --as-at 2021-06-30 --team WS-T3 --format json
  placewell fidelity ips_grow --data data --as-at 2021-06-30 --members rapid_job_search --format csv
"""


def add_arguments(parser: ArgumentParser) -> None:
    """SERVICE, `--data`, the day, the scale, a team, the members of one item, and the form of the answer."""
    add_service(parser)
    add_data(parser)
    parser.add_argument("--as-at", required=True, metavar="D", help="only facts dated on or before D exist")
    parser.add_argument(
        "--scale",
        metavar="S",
        help="ips_25 (or 25), the published scale; adapted (or 24), the service's own guidelines; "
        "default: its own where it has some",
    )
    parser.add_argument("--lot", metavar="L", help="one lot only, with the posts of its teams; default: all lots")
    parser.add_argument("--team", metavar="T", help="one team only, by the team_id of posts and episodes")
    parser.add_argument(
        "--members", metavar="ITEM", help="who and what is behind an item, by its id or number: csv or json"
    )
    add_output(parser, FORMATS)


def run(arguments: Namespace) -> int:
    """Print the scale with values, scores, reviews and alerts; or the members of one item, one row per subject."""
    form = chosen_format(*_form(arguments))
    day, spec = as_at(arguments.as_at), specification(arguments.service)
    spec = spec.as_of(day)
    scale, place = _scale(spec, arguments.scale), lot(spec, arguments.lot)
    item = None if arguments.members is None else _item(scale, arguments.members)
    data = dataset(arguments.data)
    if item is None:
        from placewell.reports.fidelity import fidelity_object

        with step(f"Pre-scoring {len(scale.items)} items"):
            answer = fidelity_object(spec, scale, data, day, arguments.team, place)
        deliver(rendered(answer, spec, form), arguments.out)
        return 0
    from placewell.fidelity import PreScores

    with step(f"Working out {item}"):
        content = members(PreScores(spec, scale, data, day, arguments.team, place), item, form)
    deliver(content, arguments.out)
    return 0


def rendered(answer: Fidelity, spec: Specification, form: str) -> str:
    """The object as text in the form asked for."""
    if form == "json":
        return json_text(answer)
    if form == "html":
        from placewell.reports.fidelity_page import fidelity_html

        return fidelity_html(answer, spec)
    if form == "table":
        from placewell.reports.fidelity_words import fidelity_table

        return fidelity_table(answer, spec.service.name)
    from placewell.interchange.tabular import csv_text
    from placewell.reports.fidelity import CSV_COLUMNS, fidelity_rows

    return csv_text(CSV_COLUMNS, fidelity_rows(answer))


def members(found: PreScores, item: str, form: str) -> str:
    """The members of every measure of an item as text."""
    table = found.item(item).members
    if form == "json":
        return json_text(table.to_dicts())
    from placewell.interchange.tabular import csv_text

    return csv_text(table.columns, table.rows())


def _form(arguments: Namespace) -> tuple[str, tuple[str, ...]]:
    """The format asked for and those there are; members, which are no page, are CSV unless said."""
    if arguments.members is None:
        return arguments.format, FORMATS
    return MEMBER_FORMATS[0] if arguments.format == FORMATS[0] else arguments.format, MEMBER_FORMATS


def _scale(spec: Specification, asked: str | None) -> Scale:
    from placewell.fidelity import chosen_scale

    try:
        return chosen_scale(spec, asked)
    except UserError as error:
        raise UsageError(*(f"--scale: {problem}" for problem in error.problems)) from error


def _item(scale: Scale, asked: str) -> str:
    """The id of an item that records tell of. Raises UsageError for one that does not exist, or of which none do."""
    from difflib import get_close_matches

    item = scale.recorded_item(asked)
    ids = [one.id for one in scale.items]
    if item is None:
        near = get_close_matches(asked, ids, n=3, cutoff=0.4) or ids
        raise UsageError(f'--members: the scale {scale.id} has no item "{asked}": did you mean {", ".join(near)}?')
    if not scale.measures_of(item.id):
        raise UsageError(f"--members: records cannot tell of {item.id}, so there are none. {item.lacks}")
    return item.id

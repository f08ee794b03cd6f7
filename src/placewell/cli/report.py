"""`placewell report`: the service's own return over a period, as at a day."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from placewell.cli.goals import add_goals, with_goals
from placewell.cli.inputs import Question, add_definitions, add_question, add_service, dataset, question
from placewell.cli.output import add_output, chosen_format, deliver, refuse_on_a_screen
from placewell.cli.progress import step
from placewell.cli.usage import UsageError

if TYPE_CHECKING:
    from placewell.dataset import Dataset

FORMATS = ("json", "csv", "html", "xlsx")
LATER = ("pdf",)
AUDIENCES = ("contract", "public")

EXAMPLES = """
  placewell report thrive_into_work --data data --period Y2Q2
  placewell report thrive_into_work --data data --period Y2Q2 --as-at 2019-04-30 --format html --out return.html
  placewell report thrive_into_work --data data --period Y2Q2 --format xlsx --out return.xlsx
  placewell report thrive_into_work --data data --period Y2 --lot dudley
  placewell report thrive_into_work --data data --period 2019-01-01/2019-04-01 --format csv --out return.csv
  placewell report thrive_into_work --data data --period Y2 --definitions --format csv
  placewell report ips_grow --data data --period Y1Q3 --goals goals.toml --format html --out return.html
"""


def add_arguments(parser: ArgumentParser) -> None:
    """SERVICE, the question, for whom, and the form of the answer."""
    add_service(parser)
    add_question(parser)
    add_definitions(parser)
    add_goals(parser)
    parser.add_argument(
        "--audience",
        choices=AUDIENCES,
        default="contract",
        help="contract: exact, for the service's own commissioner; public: rounded and suppressed (not available yet)",
    )
    add_output(parser, FORMATS, LATER)


def run(arguments: Namespace) -> int:
    """Print the return: JSON as one object, CSV with a row per figure and line, HTML as a page, XLSX as a workbook."""
    form = chosen_format(arguments.format, FORMATS, LATER)
    if form == "xlsx":
        refuse_on_a_screen(form, arguments.out)
    if arguments.audience == "public":
        raise UsageError("--audience public is not available yet: nothing is published unrounded; available: contract.")
    asked = with_goals(question(arguments), arguments.goals)
    data = dataset(arguments.data)
    with step(f"Working out {asked.period.label}"):
        content = rendered(asked, data, form)
    deliver(content, arguments.out)
    return 0


def rendered(asked: Question, data: Dataset, form: str) -> str | bytes:
    """The return in the form asked for; a workbook as bytes."""
    from placewell.reports import report_object, to_csv, to_html, to_json, to_xlsx

    report = report_object(asked.spec, data, asked.period, asked.as_at, asked.lot)
    if form == "json":
        return to_json(report)
    if form == "xlsx":
        return to_xlsx(report, asked.spec)
    return to_html(report, asked.spec) if form == "html" else to_csv(report, asked.spec)

"""`placewell validate`: a data folder against the data dictionary, one line per finding."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from placewell.cli.answers import json_text
from placewell.cli.citing import asks_hours, cited
from placewell.cli.inputs import as_at, specification
from placewell.cli.output import add_output, chosen_format, deliver, same_place
from placewell.cli.progress import step

if TYPE_CHECKING:
    from placewell.dataset import Finding
    from placewell.specification import Specification

FORMATS = ("text", "json", "csv")
COLUMNS = ("severity", "file", "table", "row", "column", "value", "expected", "clause")

EXAMPLES = """
  placewell validate data --service thrive_into_work
  placewell validate data --service thrive_into_work --format csv --out findings.csv
"""


def add_arguments(parser: ArgumentParser) -> None:
    """DIR, the service whose lots and codes apply, and the form of the answer."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="the data folder (.parquet or .csv)")
    parser.add_argument("--service", required=True, metavar="S", help="the service the data belongs to")
    parser.add_argument("--today", metavar="D", help="facts dated after this day are findings; default: today")
    add_output(parser, FORMATS)


def run(arguments: Namespace) -> int:
    """Print every finding: file, row, column, what was expected, clause. Exit status 1 if any is an error."""
    form = chosen_format(arguments.format, FORMATS)
    spec = specification(arguments.service)
    today = as_at(arguments.today, "--today") if arguments.today else date.today()
    with step(f"Checking {arguments.folder}"):
        findings = findings_in(arguments.folder, spec, today)
    errors = [finding for finding in findings if finding.severity == "error"]
    deliver(rendered(findings, form), arguments.out)
    if errors and not (form == "text" and arguments.out is None and same_place()):
        for finding in errors:
            print(finding.sentence, file=sys.stderr)
    return 1 if errors else 0


def findings_in(folder: Path, spec: Specification, today: date | None) -> list[Finding]:
    """Everything wrong with the folder as data of the service, each under the clause that the service goes by."""
    from placewell.dataset import validate_folder

    return cited(validate_folder(folder, service_codes(spec), today, hours_bands=asks_hours(spec)), spec)


def service_codes(spec: Specification) -> Mapping[str, Collection[str]]:
    """The codes that only the service knows, by column; teams where it names them."""
    teams = {team.id for team in spec.service.teams}
    named = {f"{table}.team_id": teams for table in ("episodes", "postings", "fidelity_reviews")} if teams else {}
    return named | {
        "service_id": {spec.service.id},
        "lot": {lot.code for lot in spec.service.lots},
        "decline_reason": {reason.id for reason in spec.pathway.decline_reasons},
        "closure_reason": {reason.id for reason in spec.pathway.closure_reasons},
        **_if_named("locality", (locality.id for locality in spec.service.localities)),
        **_if_named("costs.line", (line.id for line in spec.budget.lines) if spec.budget else ()),
    }


def _if_named(column: str, ids: Iterable[str]) -> Mapping[str, Collection[str]]:
    """The codes of a column that a service may leave open: nothing where it names none."""
    codes = set(ids)
    return {column: codes} if codes else {}


def rendered(findings: Sequence[Finding], form: str) -> str:
    """The findings as lines of text, JSON, or CSV."""
    if form == "text":
        return "".join(f"{finding.severity}: {finding.sentence}\n" for finding in findings) + f"{summary(findings)}\n"
    rows = [{name: value for name, value in asdict(finding).items() if name in COLUMNS} for finding in findings]
    if form == "json":
        return json_text(rows)
    from placewell.interchange.tabular import csv_text

    return csv_text(COLUMNS, [[row[name] for name in COLUMNS] for row in rows])


def summary(findings: Sequence[Finding]) -> str:
    """How many errors and warnings: the last line."""
    errors = sum(finding.severity == "error" for finding in findings)
    counts = ((errors, "error"), (len(findings) - errors, "warning"))
    return ", ".join(f"{count} {word}{'' if count == 1 else 's'}" for count, word in counts) + "."

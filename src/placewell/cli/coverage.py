"""`placewell coverage`: which requirement each rule, screen or register serves; what is not covered and why."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Sequence

from placewell.cli.answers import json_text
from placewell.cli.output import add_output, chosen_format, deliver
from placewell.specification.coverage import Row, rows

FORMATS = ("text", "csv", "json")
COLUMNS = ("id", "group", "title", "source", "status", "served_by", "reason")
WORDS = {"served": "served", "partly": "partly", "not_yet": "not covered"}

EXAMPLES = """
  placewell coverage
  placewell coverage --missing
  placewell coverage --row H1 --row I55
  placewell coverage --format csv --out coverage.csv
"""


def add_arguments(parser: ArgumentParser) -> None:
    """Which rows, and the form of the answer."""
    parser.add_argument("--missing", action="store_true", help="only the rows that are not wholly served, with why")
    parser.add_argument("--row", action="append", default=[], metavar="ID", help="only this row (may be repeated)")
    add_output(parser, FORMATS)


def run(arguments: Namespace) -> int:
    """Print every requirement row with what serves it, or why nothing does yet."""
    form = chosen_format(arguments.format, FORMATS)
    every = rows()
    chosen = chosen_rows(every, arguments.row, missing=arguments.missing)
    deliver(rendered(chosen, every, form), arguments.out)
    return 0


def chosen_rows(every: Sequence[Row], ids: Sequence[str], *, missing: bool) -> list[Row]:
    """The rows asked for. Raises UsageError for an id that is no row."""
    known = {row.id for row in every}
    unknown = [given for given in ids if given not in known]
    if unknown:
        from placewell.cli.usage import UsageError

        raise UsageError(*(f'There is no requirement "{given}": the rows run from A1 to P10.' for given in unknown))
    return [row for row in every if (not ids or row.id in ids) and not (missing and row.is_served)]


def rendered(chosen: Sequence[Row], every: Sequence[Row], form: str) -> str:
    """The rows as text under their groups, CSV, or JSON."""
    if form == "text":
        return "\n".join([*_text(chosen), "", summary(every)]) + "\n"
    found = [dict(zip(COLUMNS, _cells(row), strict=True)) for row in chosen]
    if form == "json":
        return json_text([cells | {"served_by": list(row.served_by)} for cells, row in zip(found, chosen, strict=True)])
    from placewell.interchange.tabular import csv_text

    return csv_text(COLUMNS, [_cells(row) for row in chosen])


def summary(every: Sequence[Row]) -> str:
    """How many rows are served, how many in part, and how many are not, by reason."""
    count = Counter(row.status for row in every)
    said = f"{count['served']} of {len(every)} rows are served, {count['partly']} partly, {count['not_yet']} not yet."
    lines = [said, "Why not, or not whole:"]
    reasons = Counter(row.reason for row in every if not row.is_served)
    return "\n".join([*lines, *(f"  {count:>3}  {reason}" for reason, count in reasons.most_common())])


def _text(chosen: Sequence[Row]) -> list[str]:
    lines, group = list[str](), ""
    for row in chosen:
        if row.group != group:
            group = row.group
            lines += ["", group] if lines else [group]
        lines.append(f"  {row.id:<5}{row.title} ({row.source})")
        lines += [f"       {served}" for served in row.served_by]
        lines += [] if row.is_served else [f"       {WORDS[row.status]}: {row.reason}"]
    return lines


def _cells(row: Row) -> tuple[str, ...]:
    return (row.id, row.group, row.title, row.source, row.status, "; ".join(row.served_by), row.reason)

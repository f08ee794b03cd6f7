"""`placewell claims`: the payment ledger as at a day."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from placewell.cli.answers import json_text
from placewell.cli.inputs import add_data, add_service, as_at, dataset, lot, specification
from placewell.cli.output import add_output, chosen_format, deliver
from placewell.cli.progress import step
from placewell.cli.usage import UsageError

if TYPE_CHECKING:
    from datetime import date

    import polars as pl

    from placewell.specification import Specification

FORMATS = ("csv", "json")

EXAMPLES = """
  placewell claims thrive_into_work --data data --as-at 2019-06-14
  placewell claims thrive_into_work --data data --as-at 2019-06-14 --format json --out ledger.json
"""


def add_arguments(parser: ArgumentParser) -> None:
    """SERVICE, `--data`, `--as-at`, one lot if wanted, and the form of the answer."""
    add_service(parser)
    add_data(parser)
    parser.add_argument("--as-at", required=True, metavar="D", help="only facts dated on or before D exist")
    parser.add_argument("--lot", metavar="L", help="show the lines of one lot; the cap still counts all lots")
    add_output(parser, FORMATS)


def run(arguments: Namespace) -> int:
    """Print the ledger: one line per payment or clawback, in the order in which places under the cap are given."""
    from placewell.payment import NoPaymentTerms, ledger

    form = chosen_format(arguments.format, FORMATS)
    spec = specification(arguments.service)
    day, place = as_at(arguments.as_at), lot(spec, arguments.lot)
    data = dataset(arguments.data)
    try:
        with step("Working out the ledger"):
            lines = ledger(spec.as_of(day), data, day)
    except NoPaymentTerms as error:
        raise UsageError(*error.problems) from error
    lines = lines if place is None else lines.filter(lines["lot"] == place)
    if form == "json":
        from placewell.dataset import content_hash

        deliver(json_text(answer(spec, lines, day, place) | {"data": content_hash(data)}), arguments.out)
        return 0
    from placewell.interchange.tabular import csv_text

    deliver(csv_text(lines.columns, lines.rows()), arguments.out)
    return 0


def answer(spec: Specification, lines: pl.DataFrame, day: date, place: str | None) -> dict[str, Any]:
    """The ledger as one object: terms, totals by state, lines. Pounds are text with two decimals."""
    from placewell.payment import terms_of, totals

    terms = terms_of(spec)
    return {
        "service": spec.service.id,
        "specification": {"version": spec.version, "hash": spec.hash},
        "as_at": day,
        "lot": place,
        "terms": {
            "clause": terms.clause,
            "amount": terms.amount,
            "cap": terms.cap,
            "cap_payments": terms.places,
            "lot_cap_payments": dict(terms.lot_places),
        },
        "totals": totals(lines),
        "lines": lines.to_dicts(),
    }

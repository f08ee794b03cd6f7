"""`placewell claims`: what is payable, paid, over the cap and taken back, the block, and what each outcome cost."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from placewell.cli.answers import json_text
from placewell.cli.inputs import add_data, add_service, as_at, dataset, lot, specification
from placewell.cli.nothing import warn_of_nothing
from placewell.cli.output import add_output, chosen_format, deliver
from placewell.cli.progress import step
from placewell.cli.usage import UsageError

if TYPE_CHECKING:
    from placewell.cli.claims_money import Money
    from placewell.specification import Specification

FORMATS = ("csv", "json")
LEDGER, SUMS, COSTS, COST_LINES, COST_PEOPLE = PARTS = ("ledger", "sums", "costs", "cost-lines", "cost-people")

EXAMPLES = """
  placewell claims thrive_into_work --data data --as-at 2019-06-14
  placewell claims thrive_into_work --data data --as-at 2019-06-14 --format json --out ledger.json
  placewell claims thrive_into_work --data data --as-at 2019-06-14 --show costs
"""


def add_arguments(parser: ArgumentParser) -> None:
    """SERVICE, `--data`, `--as-at`, one lot and one part if wanted, and the form of the answer."""
    add_service(parser)
    add_data(parser)
    parser.add_argument("--as-at", required=True, metavar="D", help="only facts dated on or before D exist")
    parser.add_argument("--lot", metavar="L", help="show the lines of one lot; the cap still counts all lots")
    parser.add_argument(
        "--show",
        metavar="PART",
        help=f"{LEDGER} (default where outcomes are paid for), {SUMS} (block and currencies; else the default), "
        f"{COSTS} (of each client and outcome), {COST_LINES} or {COST_PEOPLE} (what is behind them). "
        "json holds all of it, and what is behind the costs where those are asked for",
    )
    add_output(parser, FORMATS)


def run(arguments: Namespace) -> int:
    """Print the ledger: one line per payment or clawback, in the order in which places under the cap are given."""
    form = chosen_format(arguments.format, FORMATS)
    spec = specification(arguments.service)
    day, place = as_at(arguments.as_at), lot(spec, arguments.lot)
    part = _part(spec, arguments.show)
    data = dataset(arguments.data)
    warn_of_nothing(data, arguments.data, spec)
    from placewell.cli.claims_money import Money

    money = Money(spec.as_of(day), data, day, place)
    with step("Working out the money"):
        text = _table(money, part) if form == "csv" else json_text(_object(money, part))
    deliver(text, arguments.out)
    return 0


def _part(spec: Specification, given: str | None) -> str:
    """The part to show. Raises UsageError: no such part, or a service that pays for nothing of the kind."""
    from placewell.payment import NoPaymentTerms, pays_for_outcomes, terms_of
    from placewell.payment.budget import budget_of

    if given is not None and given not in PARTS:
        raise UsageError(f"--show {given} is no part of this answer; available: {', '.join(PARTS)}.")
    has_sums = spec.payment is not None or budget_of(spec) is not None
    part = given or (SUMS if has_sums and not pays_for_outcomes(spec) else LEDGER)
    if part == LEDGER or (part == SUMS and not has_sums):
        try:
            terms_of(spec)
        except NoPaymentTerms as error:
            raise UsageError(*error.problems) from error
    return part


def _table(money: Money, part: str) -> str:
    from placewell.cli import claims_tables as told
    from placewell.interchange.tabular import csv_text

    if part == LEDGER:
        return csv_text(money.lines.columns, money.lines.rows())
    columns, rows = {
        SUMS: (told.SUMS, told.sums_rows),
        COSTS: (told.COSTS, told.cost_rows),
        COST_LINES: (told.COST_LINES, told.cost_line_rows),
        COST_PEOPLE: (told.COST_PEOPLE, told.cost_people_rows),
    }[part]
    return csv_text(columns, [[row.get(column) for column in columns] for row in rows(money)])


def _object(money: Money, part: str) -> dict[str, Any]:
    from placewell.cli import claims_money as told
    from placewell.dataset import content_hash

    asked = {
        "service": money.spec.service.id,
        "specification": {"version": money.spec.version, "hash": money.spec.hash},
        "as_at": money.as_at,
        "lot": money.lot,
        "data": content_hash(money.dataset),
    }
    if part in (COSTS, COST_LINES, COST_PEOPLE):
        return asked | {"costs": told.cost_answer(money, whole=True)}
    return asked | answer(money)


def answer(money: Money) -> dict[str, Any]:
    """All as one object: terms, sums, block, invoices, outlook, costs, lines. Pounds are text with two decimals."""
    from placewell.cli import claims_money as told

    summary = told.summary(money)
    return {
        "terms": told.terms_answer(money),
        "totals": {name: summary[name] for name in told.TOTALS},
        "summary": summary,
        "block": told.block_answer(money),
        "currencies": told.currency_answer(money),
        "budget": told.budget_answer(money),
        "invoices": told.invoice_answer(money),
        "forecast": told.forecast_answer(money),
        "costs": told.cost_answer(money),
        "claims_without_line": told.unmatched_answer(money),
        "lines": money.lines.to_dicts(),
    }

"""The tables of `placewell claims` beside the ledger: block, currencies and budget; costs, and what is behind them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from placewell.cli.claims_money import budget_answer, currency_answer, instalment_answer

if TYPE_CHECKING:
    from placewell.cli.claims_money import Money

SUMS = (
    "kind", "id", "label", "lot", "period", "from_on", "to_on", "due_on", "state", "planned", "delivered", "amount",
    "clause", "note", "spent",
)  # fmt: skip
COSTS = ("basis", "through", "pounds", "per", "label", "people", "cost_each", "at_least", "note")
COST_LINES = ("basis", "on", "line", "lot", "amount")
COST_PEOPLE = ("per", "through", "person_id", "episode_id", "on")
Row = dict[str, Any]


def sums_rows(money: Money) -> Iterator[Row]:
    """Block instalments, currencies and the price they imply, as rows of one table."""
    block = money.block
    for each in block.instalments if block else ():
        told = instalment_answer(each, money.as_at)
        yield {**told, "kind": "block", "label": "Block payment", "clause": block.clause if block else ""}
    if block and block.difference:
        words = block.note or "What the document's own sums leave over."
        yield {"kind": "block_difference", "amount": block.difference, "clause": block.clause, "note": words}
    found = currency_answer(money)
    for unit in found["units"] if found else ():
        yield {**unit, "kind": "currency", "period": found["year"] if found else ""}
    budget = budget_answer(money)
    for line in budget["lines"] if budget else ():
        through = budget["recorded_through"] if budget else None
        yield {**line, "kind": "budget", "amount": line["planned"], "planned": None, "to_on": through}
    if found:
        price = found["implied_price"]
        yield {"kind": "implied_price", "label": "Planned unit", "period": found["year"], "planned": price["planned"],
               "amount": price["amount"], "note": price["note"]}  # fmt: skip


def cost_rows(money: Money) -> Iterator[Row]:
    """One row for each basis and each thing a cost is told for."""
    for cost in money.costs:
        spent = cost.spending
        yield {
            "basis": spent.basis, "through": spent.through, "pounds": spent.pounds if spent.is_known else None,
            "per": cost.asked.id, "label": cost.asked.label, "people": cost.people.height, "cost_each": cost.each,
            "at_least": cost.at_least, "note": spent.note,
        }  # fmt: skip


def cost_line_rows(money: Money) -> Iterator[Row]:
    """Every cost behind the sums."""
    for spending in money.spendings:
        yield from ({"basis": spending.basis, **asdict(item)} for item in spending.items)


def cost_people_rows(money: Money) -> Iterator[Row]:
    """Everyone behind the numbers of people, by the day they were counted to."""
    told = {(cost.asked.id, cost.spending.through): cost.people for cost in money.costs if cost.spending.through}
    for (per, through), people in told.items():
        yield from ({"per": per, "through": through, **row} for row in people.iter_rows(named=True))

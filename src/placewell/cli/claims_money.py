"""The money of a service as at a day, and each part of the one object in which `placewell claims` tells it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

import polars as pl

from placewell.payment.block import Block, Instalment, block_of, next_due
from placewell.payment.budget import budget_of, budgeted, spent
from placewell.payment.currencies import delivered, implied_price
from placewell.payment.forecast import Outlook, forecast, method_in_words
from placewell.payment.invoices import invoices
from placewell.payment.ledger import SCHEMA, STATES, ledger, totals, without_line
from placewell.payment.spending import Spending, contracted, recorded
from placewell.payment.terms import PENNY, pays_for_outcomes, terms_of
from placewell.payment.unit_costs import UnitCost, unit_costs

if TYPE_CHECKING:
    from placewell.dataset import Dataset
    from placewell.specification import Specification

TOTALS = (*STATES, "to_claim", "net")
Row = dict[str, Any]


@dataclass(frozen=True)
class Money:
    """The money of one service as at a day, of one lot if asked. The cap and the forecast always see all lots."""

    spec: Specification
    dataset: Dataset
    as_at: date
    lot: str | None = None

    @cached_property
    def ledger(self) -> pl.DataFrame:
        """The whole ledger; empty where outcomes are not paid for."""
        paid = pays_for_outcomes(self.spec)
        return ledger(self.spec, self.dataset, self.as_at) if paid else pl.DataFrame(schema=SCHEMA)

    @cached_property
    def lines(self) -> pl.DataFrame:
        """The ledger's lines, of the lot if one is asked."""
        return self.ledger if self.lot is None else self.ledger.filter(pl.col("lot") == self.lot)

    @cached_property
    def block(self) -> Block | None:
        """The block, or the lot's part of it; null where no payment is stated."""
        block = block_of(self.spec)
        return block.of_lot(self.lot) if block else None

    @cached_property
    def outlooks(self) -> tuple[Outlook, ...]:
        """The outlook for the programme's cap and for those of lots; with a lot asked, for its own beside the whole."""
        found = forecast(self.spec, self.ledger, self.as_at) if pays_for_outcomes(self.spec) else ()
        return tuple(each for each in found if self.lot is None or each.lot in (None, self.lot))

    @cached_property
    def spendings(self) -> tuple[Spending, ...]:
        """Every basis that a cost can be told on."""
        found = [recorded(self.spec, self.dataset, self.as_at, self.lot)]
        if self.lot is None and (planned := budgeted(self.spec, self.as_at)):
            found.append(planned)
        if self.block is not None and (self.block.instalments or self.lines.height):
            found.append(contracted(self.block, self.lines, self.as_at))
        return tuple(found)

    @cached_property
    def costs(self) -> tuple[UnitCost, ...]:
        """What each client, person in work and outcome cost, on every basis."""
        return unit_costs(self.spec, self.dataset, self.spendings, self.as_at, self.lot)


def summary(money: Money) -> Row:
    """The few sums a manager asks for first: by state, what the block has due, and the outlook for the cap."""
    block, told = money.block, totals(money.lines)
    due = block.due(money.as_at) if block else ()
    upcoming = next_due(block, money.as_at) if block else None
    return {
        **told,
        "block_due": {"instalments": len(due), "amount": _sum(due)},
        "block_next": {"on": upcoming.due_on, "amount": upcoming.amount} if upcoming else None,
        "forecast": asdict(money.outlooks[0]) if money.outlooks else None,
    }


def terms_answer(money: Money) -> Row | None:
    """The terms of payment for outcomes; null where none are paid for."""
    if not pays_for_outcomes(money.spec):
        return None
    terms = terms_of(money.spec)
    return {
        "clause": terms.clause,
        "amount": terms.amount,
        "cap": terms.cap,
        "cap_payments": terms.places,
        "lot_cap_payments": dict(terms.lot_places),
        "lot_year_cap_payments": [
            {"lot": lot, "year": year, "payments": places} for (lot, year), places in terms.year_places.items()
        ],
    }


def forecast_answer(money: Money) -> Row | None:
    """The outlook for each cap with the method in words; null where no method is stated."""
    if not money.outlooks:
        return None
    caps = [asdict(each) | {"left": each.left} for each in money.outlooks]
    return {"method": method_in_words(money.spec), "caps": caps}


def unmatched_answer(money: Money) -> list[Row]:
    """Claims that no line of the ledger rests on: nothing proved entitles to them."""
    found = without_line(money.dataset, money.ledger, money.as_at) if pays_for_outcomes(money.spec) else None
    return [] if found is None else found.to_dicts()


def block_answer(money: Money) -> Row | None:
    """The block with every instalment; `difference` is what the document's own sums leave over."""
    block = money.block
    if block is None:
        return None
    return {
        "clause": block.clause,
        "value": block.value,
        "scheduled": block.scheduled,
        "difference": block.difference,
        "note": block.note,
        "instalments": [instalment_answer(each, money.as_at) for each in block.instalments],
    }


def invoice_answer(money: Money) -> list[Row]:
    """What each contract quarter is invoiced for."""
    if money.block is None:
        return []
    found = invoices(money.spec, money.block, money.lines, money.as_at)
    return [
        {"quarter": each.quarter.label, "due_on": each.due_on, "block": each.block, "lines": each.lines,
         "outcomes": each.outcomes, "clawed_back": each.clawed_back, "total": each.total}
        for each in found
    ]  # fmt: skip


def currency_answer(money: Money) -> Row | None:
    """Activity planned and delivered this contract year, and the price of a unit that the block implies."""
    price = implied_price(money.spec, money.as_at)
    if price is None:
        return None
    units = delivered(money.spec, money.dataset, money.as_at, money.lot)
    return {
        "year": price.year.label,
        "units": [
            {"id": each.id, "label": each.label, "clause": each.clause, "indicator": each.indicator,
             "planned": each.planned, "delivered": each.delivered}
            for each in units
        ],
        "implied_price": {"block": price.block, "planned": price.planned, "amount": price.amount,
                          "note": "For information: the contract prices no unit; the year's block over all planned."},
    }  # fmt: skip


def budget_answer(money: Money) -> Row | None:
    """The budget of the whole contract, line by line, beside what was recorded; null without one, and for a lot."""
    budget = budget_of(money.spec)
    if budget is None or money.lot is not None:
        return None
    recorded_through = money.spendings[0].through
    lines = [asdict(each) for each in spent(money.spec, money.spendings[0], money.as_at)]
    return {"total": budget.total.quantize(PENNY), "recorded_through": recorded_through, "lines": lines}


def cost_answer(money: Money, *, whole: bool = False) -> list[Row]:
    """Every basis with its sum and what it makes for each; `whole`: with every cost and every person behind it."""
    return [
        {
            "basis": each.basis,
            "through": each.through,
            "pounds": each.pounds if each.is_known else None,
            "missing_months": each.missing,
            "note": each.note,
            "per": [_unit(cost, whole=whole) for cost in money.costs if cost.spending is each],
            **({"items": [asdict(item) for item in each.items]} if whole else {}),
        }
        for each in money.spendings
    ]


def instalment_answer(each: Instalment, as_at: date) -> Row:
    """One block payment; due from its day on."""
    return {
        "period": each.period.label, "from_on": each.period.start, "to_on": each.period.last_day, "lot": each.lot,
        "due_on": each.due_on, "state": "due" if each.due_on <= as_at else "not_due", "amount": each.amount,
    }  # fmt: skip


def _unit(cost: UnitCost, *, whole: bool) -> Row:
    told = {"id": cost.asked.id, "label": cost.asked.label, "indicators": cost.asked.indicators,
            "people": cost.people.height, "each": cost.each, "at_least": cost.at_least}  # fmt: skip
    return {**told, "members": cost.people.to_dicts()} if whole else told


def _sum(instalments: tuple[Instalment, ...]) -> Decimal:
    return sum((each.amount for each in instalments), Decimal("0.00"))

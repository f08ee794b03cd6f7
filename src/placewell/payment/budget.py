"""A budget of lines against what was spent on each: for a service whose document states costs and no payment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Protocol

from placewell.payment.spending import BUDGET, Item, Spending
from placewell.payment.terms import PENNY
from placewell.periods import add_months, months_between

if TYPE_CHECKING:
    from placewell.specification import Specification


class BudgetLine(Protocol):
    """A line of budget.toml: `id` is what the column `line` of the table of costs holds."""

    @property
    def id(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def amount(self) -> Decimal: ...


class Budget(Protocol):
    """What budget.toml holds: lines over the whole contract, which add up to the total."""

    @property
    def total(self) -> Decimal: ...
    @property
    def lines(self) -> Sequence[BudgetLine]: ...


@dataclass(frozen=True)
class Spent:
    """One budget line in pounds: planned for the whole contract, planned by a day, and recorded by it."""

    id: str
    label: str
    planned: Decimal
    planned_to_date: Decimal
    spent: Decimal


def budget_of(spec: Specification) -> Budget | None:
    """The budget of a service; null where it states none."""
    found: Budget | None = getattr(spec, "budget", None)
    return found


def budgeted(spec: Specification, as_at: date) -> Spending | None:
    """The budget's share of the whole months of the contract that had ended by a day; null without a budget.

    Each line is spread evenly, to the penny, so that the last month makes it whole. Source: 001 business case.
    """
    budget = budget_of(spec)
    if budget is None:
        return None
    ended, of_all = _months(spec, as_at)
    if ended < 1:
        return Spending(BUDGET, None, (), note="No whole month of the contract has ended.")
    through = add_months(spec.service.contract_start, ended) - timedelta(days=1)
    items = (Item(through, line.id, share(line.amount, ended, of_all)) for line in budget.lines)
    return Spending(BUDGET, through, tuple(items))


def spent(spec: Specification, recorded: Spending, as_at: date) -> tuple[Spent, ...]:
    """Each budget line beside what was recorded on it; lines that the budget does not know come last."""
    budget = budget_of(spec)
    if budget is None:
        return ()
    ended, of_all = _months(spec, as_at)

    def line(id: str, label: str, amount: Decimal) -> Spent:
        planned = amount.quantize(PENNY)
        return Spent(id, label, planned, share(amount, ended, of_all), _on(recorded, id))

    known = {each.id for each in budget.lines}
    others = dict.fromkeys(item.line for item in recorded.items if item.line not in known)
    return (
        *(line(each.id, each.label, each.amount) for each in budget.lines),
        *(line(each, "Not in the budget", Decimal(0)) for each in others),
    )


def share(amount: Decimal, months: int, of_all: int) -> Decimal:
    """The part of a sum that falls to so many of all months, rounded half up to the penny; all months make it whole."""
    return (amount * months / of_all).quantize(PENNY, rounding=ROUND_HALF_UP)


def _on(recorded: Spending, line: str) -> Decimal:
    return sum((item.amount for item in recorded.items if item.line == line), Decimal(0)).quantize(
        PENNY, rounding=ROUND_HALF_UP
    )


def _months(spec: Specification, as_at: date) -> tuple[int, int]:
    """Whole months of the contract that had ended by a day, and all of them."""
    first, last = spec.service.contract_start, spec.service.contract_end
    of_all = max(1, months_between(first, last + timedelta(days=1)))
    return min(max(0, months_between(first, as_at + timedelta(days=1))), of_all), of_all

"""What a service cost up to a day: as its `costs` were recorded, as its contract pays, as its budget planned."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

import polars as pl

from placewell.payment.block import Block
from placewell.payment.invoices import NOTHING
from placewell.payment.terms import PENNY
from placewell.periods import add_months, in_words, months_between

if TYPE_CHECKING:
    from placewell.dataset import Dataset
    from placewell.specification import Specification

RECORDED, CONTRACT, BUDGET = "recorded", "contract", "budget"


@dataclass(frozen=True)
class Item:
    """One sum behind a cost, in pounds: a month of a budget line, a block instalment, a line of the ledger."""

    on: date
    line: str
    amount: Decimal
    lot: str | None = None


@dataclass(frozen=True)
class Spending:
    """The pounds spent through a day, told with everything behind them.

    `through` null: no whole month or instalment lies before the as-at day. `missing`: months without any cost: the sum
    is then too small, and what it makes for each person "at least".
    """

    basis: str
    through: date | None
    items: tuple[Item, ...]
    missing: tuple[str, ...] = ()
    note: str = ""

    @property
    def is_known(self) -> bool:
        """Whether there is a day to count people to, and anything at all was spent by then."""
        return self.through is not None and bool(self.items)

    @property
    def pounds(self) -> Decimal:
        """The sum, rounded half up to the penny."""
        return sum((each.amount for each in self.items), NOTHING).quantize(PENNY, rounding=ROUND_HALF_UP)


def recorded(spec: Specification, dataset: Dataset, as_at: date, lot: str | None = None) -> Spending:
    """The `costs` table through the last whole month that had ended by the as-at day.

    With a lot: the rows of that lot; rows without one belong to all and are left out. Source: 002 §6.5 iii.
    """
    first = spec.service.first_quarter_starts.replace(day=1)
    months = months_between(first, as_at + timedelta(days=1))
    if months < 1:
        return Spending(RECORDED, None, (), note="No whole month of the contract has ended.")
    through = add_months(first, months) - timedelta(days=1)
    own = pl.col("service_id").fill_null(spec.service.id) == spec.service.id
    rows = dataset["costs"].filter(own, pl.col("month") <= through).sort("month", "line", "lot")
    shared = rows.filter(pl.col("lot").is_null()).height if lot else 0
    rows = rows.filter(pl.col("lot") == lot) if lot else rows
    held = {month.replace(day=1) for month in rows["month"].unique()}
    wanted = (add_months(first, number) for number in range(months))
    missing = tuple(f"{month:%Y-%m}" for month in wanted if month not in held)
    return Spending(RECORDED, through, tuple(_items(rows.to_dicts())), missing, _said(missing, months, shared))


def contracted(block: Block, lines: pl.DataFrame, as_at: date) -> Spending:
    """What the contract pays through the last block period that had ended: its instalments and the ledger's lines.

    Source: 002 §21.2, 004 §10.1.
    """
    ended = [each for each in block.instalments if each.period.end <= as_at + timedelta(days=1)]
    if not ended:
        return Spending(CONTRACT, None, (), note="No period of the block has ended.")
    through = max(each.period.last_day for each in ended)
    rows = lines.filter(pl.col("line_on") <= through, pl.col("amount") != 0)
    paid = (Item(row["line_on"], f"outcome {row['person_id']}", row["amount"], row["lot"]) for row in rows.to_dicts())
    blocks = (Item(each.period.last_day, f"block {each.period.label}", each.amount, each.lot) for each in ended)
    return Spending(CONTRACT, through, (*blocks, *paid))


def _items(rows: Iterable[dict[str, Any]]) -> Iterable[Item]:
    return (Item(row["month"], row["line"] or "", row["amount"] or Decimal(0), row["lot"]) for row in rows)


def _said(missing: tuple[str, ...], months: int, shared: int) -> str:
    which = "1 cost that belongs to no lot is" if shared == 1 else f"{shared} costs that belong to no lot are"
    left_out = f"{which} left out. " if shared else ""
    if not missing:
        return left_out.strip()
    if len(missing) == months:
        return f"{left_out}No costs are recorded: fill the table costs, one row for each month and budget line."
    some = ", ".join(in_words(date.fromisoformat(f"{month}-01"))[2:] for month in missing[:3])
    more = f" and {len(missing) - 3} more months" if len(missing) > 3 else ""
    return f"{left_out}No costs are recorded for {some}{more}: what is told is the least it can be."

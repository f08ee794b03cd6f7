"""What each contract quarter is invoiced for: the block that falls due, the outcomes verified, what is taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import polars as pl

from placewell.payment.block import Block
from placewell.periods import Period, quarters_between

if TYPE_CHECKING:
    from placewell.specification import Specification

NOTHING = Decimal("0.00")
ENTITLED = ("payable", "paid")


@dataclass(frozen=True)
class Invoice:
    """Pounds of one contract quarter, due on `due_on`, the first day after it (a block in advance: on its own days).

    `outcomes` of `lines` entitlements verified in the quarter, `clawed_back` (nought or less) of rejections in it.
    """

    quarter: Period
    due_on: date
    block: Decimal
    lines: int
    outcomes: Decimal
    clawed_back: Decimal

    @property
    def total(self) -> Decimal:
        """What the invoice asks for; below nought where more is taken back than owed."""
        return self.block + self.outcomes + self.clawed_back


def invoices(spec: Specification, block: Block, lines: pl.DataFrame, as_at: date) -> tuple[Invoice, ...]:
    """One invoice for each contract quarter up to the as-at day, the running one too: it grows until the quarter ends.

    After the contract a quarter is listed only where something falls in it. `lines`: the ledger, or that of one lot.
    Source: 002 §21.2-21.4.
    """
    first, end = spec.service.first_quarter_starts, spec.service.contract_end
    quarters = quarters_between(first, as_at + timedelta(days=1), first)
    made = (_invoice(quarter, block, lines) for quarter in quarters)
    return tuple(each for each in made if each.quarter.start <= end or each.total or each.lines)


def _invoice(quarter: Period, block: Block, lines: pl.DataFrame) -> Invoice:
    own = lines.filter(pl.col("quarter") == quarter.label)
    entitled = own.filter(pl.col("state").is_in(ENTITLED))
    instalments = (each.amount for each in block.instalments if each.period.last_day in quarter)
    return Invoice(
        quarter,
        quarter.end,
        sum(instalments, NOTHING),
        entitled.height,
        pounds(entitled),
        pounds(own.filter(pl.col("state") == "clawed_back")),
    )


def pounds(lines: pl.DataFrame) -> Decimal:
    """The sum of the lines' amounts, with pence."""
    return Decimal(lines["amount"].sum() or 0).quantize(NOTHING)

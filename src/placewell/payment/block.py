"""Block payments: which sum is due on which day, exact to the penny over the whole contract."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from placewell.payment.terms import PENNY
from placewell.periods import Period, add_months, quarters_between, year_of

if TYPE_CHECKING:
    from placewell.specification import Specification
    from placewell.specification.payment import PaymentFile
    from placewell.specification.service import ServiceFile

MONTHS = {"month": 1, "quarter": 3, "year": 12}
WHOLE = 100


@dataclass(frozen=True)
class Instalment:
    """One block payment in pounds; `lot` null: for all lots."""

    period: Period
    amount: Decimal
    due_on: date
    lot: str | None = None


@dataclass(frozen=True)
class Block:
    """All instalments in order, beside what the contract value makes of the block; `difference` is value − scheduled.

    They differ only where the document's own sums do not add up; `note` then says so.
    """

    clause: str
    instalments: tuple[Instalment, ...]
    value: Decimal
    note: str = ""

    @property
    def scheduled(self) -> Decimal:
        """What all instalments make, in pounds."""
        return sum((each.amount for each in self.instalments), Decimal("0.00"))

    @property
    def difference(self) -> Decimal:
        """Pounds of the block's value that no instalment holds."""
        return self.value - self.scheduled

    def due(self, as_at: date) -> tuple[Instalment, ...]:
        """The instalments due by the end of a day."""
        return tuple(each for each in self.instalments if each.due_on <= as_at)

    def of_lot(self, lot: str | None) -> Block:
        """The part of one lot; a block that is not stated by lot has none."""
        own = tuple(each for each in self.instalments if each.lot == lot)
        return (
            self if lot is None else Block(self.clause, own, sum((e.amount for e in own), Decimal("0.00")), self.note)
        )


def block_of(spec: Specification) -> Block | None:
    """The block payments of a service; null where it has no payment.toml.

    Sums are those stated by lot and year, else those stated by year, else the block's share of the contract value over
    the whole contract; each is spread over its periods in equal whole pence, what is left going to the first or last.
    Source: 002 §21.2-21.3, 004 §10.1.
    """
    payment = spec.payment
    if payment is None:
        return None
    periods = _periods(spec.service, MONTHS[payment.block.every])
    spread = [
        Instalment(period, amount, period.end if payment.block.in_arrears else period.start, lot)
        for lot, total, over in _sums(payment, spec.service, periods)
        for period, amount in zip(over, split(total, len(over), payment.block.remainder_to), strict=True)
    ]
    ordered = sorted(spread, key=lambda each: (each.due_on, each.lot or ""))
    value = (payment.contract_value * payment.block.share_per_cent / WHOLE).quantize(PENNY)
    return Block(payment.block.clause, tuple(ordered), value, payment.block.note)


def split(total: Decimal, parts: int, remainder_to: str = "last") -> tuple[Decimal, ...]:
    """Pounds in equal whole pence whose sum is exactly `total`; what does not divide goes to the first or last part."""
    each = (total / parts).quantize(PENNY, rounding=ROUND_DOWN)
    odd = total.quantize(PENNY) - each * (parts - 1)
    return (odd, *[each] * (parts - 1)) if remainder_to == "first" else (*[each] * (parts - 1), odd)


def _periods(service: ServiceFile, months: int) -> tuple[Period, ...]:
    """The periods of a contract, each of that many months, from its first quarter on."""
    first, found = service.first_quarter_starts, list[Period]()
    while (start := add_months(first, len(found) * months)) <= service.contract_end:
        end = add_months(first, (len(found) + 1) * months)
        found.append(Period(_label(start, end, months, first), start, end))
    return tuple(found)


def _label(start: date, end: date, months: int, first: date) -> str:
    if months == MONTHS["month"]:
        return f"{start:%Y-%m}"
    return year_of(start, first).label if months == MONTHS["year"] else quarters_between(start, end, first)[0].label


def _sums(
    payment: PaymentFile, service: ServiceFile, periods: tuple[Period, ...]
) -> list[tuple[str | None, Decimal, list[Period]]]:
    """Each sum to spread, its lot, and the periods to spread it over."""
    of_year = {
        int(label[1:]): list(held)
        for label, held in groupby(periods, key=lambda each: year_of(each.start, service.first_quarter_starts).label)
    }
    if payment.block_sums:
        return [(each.lot, each.amount, of_year[each.year]) for each in payment.block_sums]
    if payment.block.yearly_value is not None:
        return [(None, payment.block.yearly_value, held) for held in of_year.values()]
    return [(None, payment.contract_value * payment.block.share_per_cent / WHOLE, list(periods))]


def next_due(block: Block, as_at: date) -> Instalment | None:
    """The first instalment that is not due yet; null when all are."""
    return next((each for each in block.instalments if each.due_on > as_at), None)

"""Currencies of a block contract: activity planned and delivered, and the price of a unit that the block implies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from placewell.indicators import figures
from placewell.payment.block import block_of
from placewell.payment.terms import PENNY
from placewell.periods import Period, year_of

if TYPE_CHECKING:
    from placewell.dataset import Dataset
    from placewell.specification import Specification


@dataclass(frozen=True)
class Delivered:
    """One currency in one contract year: units planned for the year, and delivered by the as-at day."""

    id: str
    label: str
    indicator: str
    clause: str
    year: Period
    planned: int
    delivered: int


@dataclass(frozen=True)
class ImpliedPrice:
    """What one planned unit costs if the year's block pays for all of them alike: information, not a price.

    `amount` is rounded half up to the penny.
    """

    year: Period
    block: Decimal
    planned: int
    amount: Decimal


def delivered(spec: Specification, dataset: Dataset, as_at: date, lot: str | None = None) -> tuple[Delivered, ...]:
    """Each currency in the contract year of the as-at day (after the contract: its last). None before the contract.

    Source: 004 §9.
    """
    year, currencies = _year(spec, as_at), spec.payment.currencies if spec.payment else ()
    if year is None or not currencies:
        return ()
    asked = tuple(dict.fromkeys(each.indicator for each in currencies))
    found = {each.id: each for each in figures(spec, dataset, year, as_at, lot, asked)}
    return tuple(
        Delivered(
            each.id,
            each.label,
            each.indicator,
            each.clause,
            year,
            each.planned_a_year,
            found[each.indicator].numerator or 0,
        )
        for each in currencies
    )


def implied_price(spec: Specification, as_at: date) -> ImpliedPrice | None:
    """The block of the as-at day's contract year, over all units planned for it; null without currencies.

    Source: 004 §9-10: one block for both currencies, no price of either.
    """
    year, block = _year(spec, as_at), block_of(spec)
    planned = sum(each.planned_a_year for each in spec.payment.currencies) if spec.payment else 0
    if year is None or block is None or not planned:
        return None
    pounds = sum((each.amount for each in block.instalments if each.period.start in year), Decimal("0.00"))
    return ImpliedPrice(year, pounds, planned, (pounds / planned).quantize(PENNY, rounding=ROUND_HALF_UP))


def _year(spec: Specification, as_at: date) -> Period | None:
    first = spec.service.first_quarter_starts
    return None if as_at < first else year_of(min(as_at, spec.service.contract_end), first)

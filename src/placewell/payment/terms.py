"""The terms of outcome payments, taken from a specification: sum, cap, caps of lots, who is never paid for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from placewell.errors import UserError

if TYPE_CHECKING:
    from placewell.specification import Specification


PENNY = Decimal("0.01")
UNLIMITED = 1_000_000_000
"""More places than there will ever be lines: what a cap that does not bind leaves."""


class NoPaymentTerms(UserError):
    """The service's specification states no payment for outcomes."""


@dataclass(frozen=True)
class Terms:
    """What is paid, in pounds, and up to how many whole payments. Source: 002 §21.4.

    In all, per lot, and per lot and contract year (a year is that of the verification, counted from `years_from`).
    `subject` is paid for `once_in` the programme, a contract year (of its first day worked) or a lot.
    """

    amount: Decimal
    places: int
    clause: str
    outcome: str = "job_start"
    cap: Decimal = Decimal(0)
    backup_accepted: bool = True
    lot_places: Mapping[str, int] = field(default_factory=dict)
    year_places: Mapping[tuple[str, int], int] = field(default_factory=dict)
    years_from: date | None = None
    not_for_arms: tuple[str, ...] = ()
    arms_of: str = "person"
    subject: str = "person"
    once_in: str = "programme"


def terms_of(spec: Specification) -> Terms:
    """Read the terms out of payment.toml; a cap in pounds pays whole payments only. Raises NoPaymentTerms."""
    payment = spec.payment
    if payment is None:
        raise NoPaymentTerms(f"{spec.service.id} pays for no outcome: its specification has no payment.toml.")
    terms = payment.outcome_payment
    if terms is None:
        raise NoPaymentTerms(f"{spec.service.id} pays for no outcome: its payment.toml has no outcome_payment.")
    of_lots = {(each.lot, each.year): whole_payments(each.cap, terms.amount) for each in payment.lot_caps}
    return Terms(
        amount=in_pence(terms.amount),
        places=whole_payments(terms.cap, terms.amount) if terms.capped else UNLIMITED,
        clause=terms.clause,
        outcome=terms.outcome,
        cap=in_pence(terms.cap),
        backup_accepted=terms.backup_accepted,
        lot_places={lot: places for (lot, year), places in of_lots.items() if year is None},
        year_places={(lot, year): places for (lot, year), places in of_lots.items() if year is not None},
        years_from=spec.service.first_quarter_starts,
        not_for_arms=terms.not_for_arms,
        arms_of=terms.arms_of,
        subject=terms.subject,
        once_in=terms.once_in,
    )


def pays_for_outcomes(spec: Specification) -> bool:
    """Whether the service's specification states a payment for outcomes."""
    return spec.payment is not None and spec.payment.outcome_payment is not None


def in_pence(pounds: Decimal) -> Decimal:
    """Pounds with two decimals."""
    return pounds.quantize(PENNY)


def whole_payments(cap: Decimal, amount: Decimal) -> int:
    """How many whole payments fit under a cap: £680,000 holds 906 of £750."""
    return int(cap // amount)

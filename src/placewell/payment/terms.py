"""The terms of outcome payments, taken from a specification: sum, cap, caps of lots, who is never paid for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from placewell.errors import UserError

if TYPE_CHECKING:
    from placewell.specification import Specification


class NoPaymentTerms(UserError):
    """The service's specification states no payment for outcomes."""


@dataclass(frozen=True)
class Terms:
    """What is paid, in pounds, and up to how many whole payments (in all and per lot). Source: 002 §21.4."""

    amount: Decimal
    places: int
    clause: str
    outcome: str = "job_start"
    cap: Decimal = Decimal(0)
    backup_accepted: bool = True
    lot_places: Mapping[str, int] = field(default_factory=dict)


def terms_of(spec: Specification) -> Terms:
    """Read the terms out of payment.toml; a cap in pounds pays whole payments only. Raises NoPaymentTerms."""
    payment = spec.payment
    if payment is None:
        raise NoPaymentTerms(f"{spec.service.id} pays for no outcome: its specification has no payment.toml.")
    terms = payment.outcome_payment
    return Terms(
        amount=in_pence(terms.amount),
        places=whole_payments(terms.cap, terms.amount),
        clause=terms.clause,
        outcome=terms.outcome,
        cap=in_pence(terms.cap),
        backup_accepted=terms.backup_accepted,
        lot_places={each.lot: whole_payments(each.cap, terms.amount) for each in payment.lot_caps},
    )


def in_pence(pounds: Decimal) -> Decimal:
    """Pounds with two decimals."""
    return pounds.quantize(Decimal("0.01"))


def whole_payments(cap: Decimal, amount: Decimal) -> int:
    """How many whole payments fit under a cap: £680,000 holds 906 of £750."""
    return int(cap // amount)

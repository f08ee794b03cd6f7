"""payment.toml: what is paid, for what, on which evidence, and up to which sum."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from placewell.specification.entries import Entry, Identifier, Sourced

Pounds = Annotated[Decimal, Field(strict=False, ge=0, decimal_places=2)]


class OutcomePayment(Entry):
    """A sum for each person who reaches an outcome."""

    outcome: Identifier
    amount: Pounds
    subject: Literal["person", "job"]
    once_in: Literal["programme", "contract_year", "never_limited"]
    needs_evidence: bool
    backup_accepted: bool
    earliest_by: Literal["verified_on", "outcome_on"]
    not_for_arms: tuple[Identifier, ...] = ()
    cap: Pounds
    whole_payments_only: bool = True
    cap_payments: Annotated[int, Field(ge=0)]


class LotCap(Entry):
    """The cap of one lot."""

    lot: Identifier
    cap: Pounds


class Block(Entry):
    """The part of the contract paid whatever the outcomes."""

    share_per_cent: Annotated[int, Field(ge=0, le=100)]
    every: Literal["month", "quarter", "year"]
    in_arrears: bool


class Clawback(Entry):
    """What happens to a payment whose evidence is rejected afterwards."""

    line_falls_on: Literal["rejection_day"]
    frees_place: bool


class PaymentFile(Sourced):
    """The money. Source: 002 §21. Amounts are pounds; nothing is computed in floating point."""

    contract_value: Pounds
    outcome_share_per_cent: Annotated[int, Field(ge=0, le=100)]
    block: Block
    outcome_payment: OutcomePayment
    clawback: Clawback
    lot_caps: Annotated[tuple[LotCap, ...], Field(alias="lot_cap")] = ()

"""payment.toml: what is paid, for what, on which evidence, and up to which sum."""

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from placewell.specification.entries import Entry, Identifier, Sourced, Words

Pounds = Annotated[Decimal, Field(strict=False, ge=0, decimal_places=2)]
Year = Annotated[int, Field(ge=1)]


class OutcomePayment(Entry):
    """A sum for each person (or job) that reaches an outcome, from the day its evidence is verified.

    `once_in`: the programme, a contract year (that of the first day worked) or a lot. `capped = false`: the cap is what
    was planned with, and ends nothing.
    `not_for_arms`: nobody allocated to one of these is paid for: with `arms_of = "person"` in any of their episodes,
    with "episode" only in the one that was randomised.
    """

    outcome: Identifier
    amount: Annotated[Pounds, Field(gt=0)]
    subject: Literal["person", "job"]
    once_in: Literal["programme", "contract_year", "lot"]
    needs_evidence: Literal[True]
    backup_accepted: bool
    earliest_by: Literal["verified_on"]
    not_for_arms: tuple[Identifier, ...] = ()
    arms_of: Literal["person", "episode"] = "person"
    cap: Pounds
    capped: bool = True
    whole_payments_only: Literal[True] = True
    cap_payments: Annotated[int, Field(ge=0)]


class LotCap(Entry):
    """The cap of one lot, over the whole programme or for what is verified in one contract year (1 is the first)."""

    lot: Identifier
    cap: Pounds
    year: Year | None = None


class Block(Entry):
    """The part of the contract paid whatever the outcomes, in instalments over the contract.

    In arrears an instalment is due on the first day after its period, else on the period's first day. `yearly_value`:
    pounds for each contract year, where the document states them; without it, and without block sums, the share of
    the contract value is spread over the whole contract. Pence that do not divide go to the `remainder_to` instalment.
    """

    share_per_cent: Annotated[int, Field(ge=0, le=100)]
    every: Literal["month", "quarter", "year"]
    in_arrears: bool
    yearly_value: Pounds | None = None
    remainder_to: Literal["first", "last"] = "last"


class BlockSum(Entry):
    """The block payment of one contract year (1 is the first), of one lot where sums are stated by lot."""

    year: Year
    amount: Pounds
    lot: Identifier | None = None


class Currency(Entry):
    """A unit of activity that the block pays for: what an indicator counts, and how many are planned a year."""

    label: Words
    indicator: Identifier
    planned_a_year: Annotated[int, Field(ge=1)]


class CostPer(Entry):
    """Something a cost is told for each of: everyone counted by any of these indicators, once."""

    label: Words
    indicators: Annotated[tuple[Identifier, ...], Field(min_length=1)]


class Forecast(Entry):
    """How the day on which the cap binds is forecast: the pace of the last `window_days`, taken as steady.

    Fewer verified starts than `least` in the window tell nothing. The range holds the day `range_per_cent` times in a
    hundred if starts come by chance at a steady pace. `volumes` and `expectation` of service.toml: what was planned.
    """

    method: Literal["recent_pace"]
    window_days: Annotated[int, Field(ge=7)]
    least: Annotated[int, Field(ge=2)]
    range_per_cent: Annotated[int, Field(ge=50, le=99)]
    volumes: tuple[Identifier, ...] = ()
    expectation: Identifier | None = None


class Clawback(Entry):
    """What happens to a payment whose evidence is rejected afterwards."""

    line_falls_on: Literal["rejection_day"]
    frees_place: Literal[True]


class PaymentFile(Sourced):
    """The money. Source: 002 §21, 004 §9-10. Amounts are pounds; nothing is computed in floating point.

    A contract without payment for outcomes has neither outcome_payment nor clawback.
    """

    contract_value: Pounds
    outcome_share_per_cent: Annotated[int, Field(ge=0, le=100)]
    block: Block
    block_sums: Annotated[tuple[BlockSum, ...], Field(alias="block_sum")] = ()
    outcome_payment: OutcomePayment | None = None
    clawback: Clawback | None = None
    lot_caps: Annotated[tuple[LotCap, ...], Field(alias="lot_cap")] = ()
    forecast: Forecast | None = None
    currencies: Annotated[tuple[Currency, ...], Field(alias="currency")] = ()
    costs: Annotated[tuple[CostPer, ...], Field(alias="cost_per")] = ()

    @model_validator(mode="after")
    def _outcomes_wholly_or_not(self) -> Self:
        if (self.outcome_payment is None) != (self.clawback is None):
            raise ValueError("outcome_payment and clawback belong together: add the other, or take out both")
        if self.outcome_payment is None and (self.outcome_share_per_cent or self.lot_caps or self.forecast):
            raise ValueError("outcome_share_per_cent, lot_cap and forecast need an outcome_payment: add it")
        if self.block.yearly_value is not None and self.block_sums:
            raise ValueError("block.yearly_value and block_sum are two ways of saying one thing: take one out")
        return self

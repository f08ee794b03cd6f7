"""budget.toml: what the service costs over the contract, line by line, to the penny."""

from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, model_validator

from placewell.specification.entries import Entry, Sourced, Words

Pounds = Annotated[Decimal, Field(strict=False, ge=0, decimal_places=2)]


class BudgetLine(Entry):
    """One line: `id` is the text that the column `line` of the table of costs holds."""

    label: Words
    amount: Pounds


class BudgetFile(Sourced):
    """The lines and their sum as the document prints it. Amounts are pounds. Source: 001 business case; J6."""

    title: Words
    total: Pounds
    lines: Annotated[tuple[BudgetLine, ...], Field(alias="budget_line", min_length=1)]

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        found = sum((line.amount for line in self.lines), Decimal(0))
        if found != self.total:
            raise ValueError(f"total is {self.total:,}, but the lines add up to {found:,}: correct one of them")
        return self

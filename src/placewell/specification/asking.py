"""Which questionnaire a service asks of whom and when: the [[questionnaire]] entries of pathway.toml."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from placewell.specification.entries import Entry, Identifier

Days = Annotated[int, Field(ge=0)]
Months = Annotated[int, Field(ge=1)]


class Asking(Entry):
    """A questionnaire that is due some days after an event, once or again and again.

    `days` after the event it is due; with `every_months` so long after it was last answered, from `early_days` before,
    while the episode is open. `until_days` after the event nobody is asked any more. `group`: only those of a group of
    outcomes.toml. `confidential`: asked by survey, where no answer can be tied to a person, so it is due of nobody.
    Source: 002 Fig. 2; 003 quality; 004 §3.3, §8.1; 001 §4.
    """

    instrument: Identifier
    occasion: Identifier
    runs_from: Literal["entry", "closure"]
    days: Days = 0
    every_months: Months | None = None
    early_days: Days = 0
    until_days: Days | None = None
    group: str = ""
    confidential: bool = False

    @model_validator(mode="after")
    def _possible(self) -> Self:
        if self.until_days is not None and self.until_days < self.days:
            raise ValueError("until_days is under days: nobody would be asked: correct one of them")
        if self.every_months and self.runs_from == "closure":
            raise ValueError("every_months: who has left is asked once: take it out, or let it run from entry")
        if self.confidential and not self.every_months:
            raise ValueError("every_months: a confidential survey says how often it is held: add it")
        return self

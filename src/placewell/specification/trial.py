"""trial.toml: what is fixed before the first person is randomised, and the order of the first meeting."""

from datetime import date, datetime
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from placewell.specification.entries import Choice, Entry, Identifier, Sourced, Words


class Arm(Entry):
    """A group people are allocated to, its share, and what follows."""

    label: Words
    share: Annotated[int, Field(ge=1)]
    planned: Annotated[int, Field(ge=0)]
    enters_service: bool
    next_steps: tuple[Words, ...]


class Step(Entry):
    """A step of the first meeting, in its place; the next one opens when it is done."""

    label: Words
    script: str = ""


class TrialFile(Sourced):
    """The randomised trial. Source: 002 §11, §18.3."""

    phase: Identifier
    opens_on: date
    closes_at: datetime
    planned_participants: Annotated[int, Field(ge=1)]
    person_once: bool
    irreversible: bool
    method: Literal["permuted_blocks", "big_stick", "simple"]
    block_sizes: tuple[int, ...] = ()
    stratified_by: tuple[Identifier, ...] = ()
    arms: Annotated[tuple[Arm, ...], Field(alias="arm", min_length=2)]
    steps: Annotated[tuple[Step, ...], Field(alias="step", min_length=1)]
    withdrawals: Annotated[tuple[Choice, ...], Field(alias="withdrawal")] = ()
    trained_in: tuple[Identifier, ...] = ()

    @model_validator(mode="after")
    def _window_in_order(self) -> Self:
        if self.closes_at.date() < self.opens_on:
            raise ValueError("closes_at is before opens_on")
        return self

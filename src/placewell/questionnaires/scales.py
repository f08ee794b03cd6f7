"""What a scale of a questionnaire is: its items and rule, the bands of its scores, and how large a change counts."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from placewell.questionnaires.facts import Fact
from placewell.questionnaires.items import Items
from placewell.questionnaires.reading import Exact
from placewell.specification.entries import Identifier, Part, Words


class Band(Part):
    """A stretch of scores, from `least` up to the next band."""

    least: Exact
    label: Words


class Banding(Fact):
    """One way to divide a scale into bands, lowest first."""

    id: Identifier
    bands: Annotated[tuple[Band, ...], Field(min_length=2)]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        lows = [band.least for band in self.bands]
        if sorted(set(lows)) != lows:
            raise ValueError("bands: each must begin above the one before: put them in order")
        return self


class Change(Fact):
    """How large a change counts: below `least` it does not, from `most` it does, between the two perhaps."""

    kind: Literal["reliable", "meaningful"]
    least: Exact
    most: Exact

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not 0 < self.least <= self.most:
            raise ValueError("change: least must be above 0, and most not below least")
        return self


class Scale(Part):
    """A score made of items, given when at least `least_answered` of them have an answer with points.

    `sum`: with items missing, the mean of those answered times the number of items. `mean`: of those answered.
    `profile`: the answers side by side name a state of health, which `value_set` gives a value. `conversion` turns a
    sum into another unit (the metric score of SWEMWBS). `bandings`: the first is used unless another is named.
    """

    id: Identifier
    items: Items
    rule: Literal["sum", "mean", "profile"]
    least_answered: Annotated[int, Field(ge=1)]
    value_set: Words | None = None
    conversion: tuple[tuple[int, Exact], ...] = ()
    bandings: Annotated[tuple[Banding, ...], Field(alias="banding")] = ()
    change: Change | None = None

    @model_validator(mode="after")
    def _possible(self) -> Self:
        if len(set(self.items)) < len(self.items):
            raise ValueError(f"scale {self.id}: items: one stands there twice: take it out")
        if self.least_answered > len(self.items):
            raise ValueError(f"scale {self.id}: least_answered: there are only {len(self.items)} items")
        if (self.rule == "profile") != (self.value_set is not None):
            raise ValueError(f"scale {self.id}: value_set: a profile needs one, and no other rule has one")
        if (self.conversion or self.rule == "profile") and self.least_answered < len(self.items):
            raise ValueError(f"scale {self.id}: least_answered: a score that is looked up needs every item")
        return self

    def banding(self, id: str | None = None) -> Banding | None:
        """The first banding, or the one of that id; none where the scale has none such."""
        return next((banding for banding in self.bandings if id in (None, banding.id)), None)

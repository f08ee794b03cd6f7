"""The answers that items of a questionnaire take, and the points of each."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from placewell.specification.entries import Part, Words

Items = Annotated[tuple[Words, ...], Field(min_length=1)]


class Answers(Part):
    """The answers of some items; exactly one of `points`, `range` and `codes`.

    `points`: each answer with its points. `range`: the whole numbers from one to another, which are their own points,
    or the other way round where `reversed`. `codes`: answers without points. `left_out`: the question does not apply
    to the person, and the item leaves its scales. `not_known`: an answer by which nothing is known, such as "not
    stated".
    """

    items: Items
    points: dict[str, int] = {}
    range: tuple[int, int] | None = None
    codes: tuple[Words, ...] = ()
    reversed: bool = False
    left_out: tuple[Words, ...] = ()
    not_known: tuple[Words, ...] = ()

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (bool(self.points), self.range is not None, bool(self.codes)).count(True) != 1:
            raise ValueError("answers: give exactly one of points, range and codes")
        if self.range is not None and self.range[0] >= self.range[1]:
            raise ValueError("answers.range: put the smaller number first")
        if self.reversed and self.range is None:
            raise ValueError("answers.reversed: only a range can be reversed; write the points out")
        if len(set(self.allowed)) < len(self.allowed):
            raise ValueError("answers: the same answer stands in two places: take one out")
        return self

    @property
    def scored(self) -> dict[str, int]:
        """Each answer that has points, with them."""
        if self.range is None:
            return self.points
        low, high = self.range
        return {str(n): low + high - n if self.reversed else n for n in range(low, high + 1)}

    @property
    def known(self) -> tuple[str, ...]:
        """The answers by which something is known, in order."""
        return (*self.scored, *self.codes)

    @property
    def allowed(self) -> tuple[str, ...]:
        """Every answer there is, in order."""
        return (*self.known, *self.left_out, *self.not_known)

    @property
    def in_words(self) -> str:
        """What is expected, as a sentence says it: "a whole number from 0 to 3", "Y, N or NA"."""
        numbers = () if self.range is None else (f"a whole number from {self.range[0]} to {self.range[1]}",)
        shown = [*(numbers or self.known), *self.left_out, *self.not_known]
        return f"{', '.join(shown[:-1])} or {shown[-1]}" if len(shown) > 1 else shown[0]

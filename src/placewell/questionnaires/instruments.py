"""What a questionnaire is: items, answers, scales, licence and how each is known; one TOML file an instrument."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from placewell.questionnaires.facts import Licence, Statement
from placewell.questionnaires.items import Answers
from placewell.questionnaires.reading import read_shipped, read_toml
from placewell.questionnaires.scales import Scale
from placewell.specification.entries import Identifier, Part, Words

DATA = Path(__file__).parent / "data"
HIGHEST_LEVEL = 9
"""A profile is read as a number with one digit an item."""


class Instrument(Part):
    """A questionnaire in numbers, never in the words of its questions.

    `better`: the direction of improvement (`neither`: answers are counted, not scored). `open_items`: a service may ask
    items of its own, counted as they come. `labels`: what items of ours are about. `codes`: those of items in other
    systems, such as SNOMED CT.
    """

    id: Identifier
    name: Words
    version: Words
    scoring_version: Annotated[int, Field(ge=1)]
    better: Literal["up", "down", "neither"]
    source: Words
    licence: Licence
    missing: Statement
    answers: Annotated[tuple[Answers, ...], Field(min_length=1)]
    scales: Annotated[tuple[Scale, ...], Field(alias="scale")] = ()
    notes: Annotated[tuple[Statement, ...], Field(alias="note")] = ()
    labels: dict[str, Words] = {}
    codes: dict[str, dict[str, Words]] = {}
    open_items: bool = False

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if len(set(self.items)) < len(self.items):
            raise ValueError("answers: an item stands in two places: take one out")
        if (self.better == "neither") == bool(self.scales):
            raise ValueError("better: say up or down where there are scales, neither where there are none")
        for scale in self.scales:
            self._check(scale)
        return self

    def _check(self, scale: Scale) -> None:
        answers = [self.answers_of(item) for item in scale.items]
        for item, found in zip(scale.items, answers, strict=True):
            if found is None or not found.scored:
                raise ValueError(f"scale {scale.id}: no answers with points for item {item}: add them")
            if scale.rule == "profile" and not all(1 <= level <= HIGHEST_LEVEL for level in found.scored.values()):
                raise ValueError(f"scale {scale.id}: the levels of item {item} must be 1 to {HIGHEST_LEVEL}")
        if sum(bool(found and found.left_out) for found in answers) >= scale.least_answered:
            raise ValueError(f"scale {scale.id}: least_answered: all the items it needs may be left out")

    @property
    def items(self) -> tuple[str, ...]:
        """Every item, in the order of the file."""
        return tuple(item for answers in self.answers for item in answers.items)

    @property
    def items_in_order(self) -> tuple[str, ...]:
        """Every item as it stands on paper: those with numbers by number, then the others."""
        numbers = sorted((item for item in self.items if item.isdigit()), key=int)
        return (*numbers, *(item for item in self.items if not item.isdigit()))

    def answers_of(self, item: str) -> Answers | None:
        """The answers of an item; none where there is no such item."""
        return next((answers for answers in self.answers if item in answers.items), None)

    def scale(self, id: str) -> Scale:
        """The scale of that id; KeyError where there is none."""
        for scale in self.scales:
            if scale.id == id:
                return scale
        raise KeyError(f"{self.id} has no scale {id}")

    def values(self, scale: Scale) -> tuple[tuple[int, Decimal], ...]:
        """What each sum or profile of a scale is worth, where it is looked up; nothing where it is not."""
        if scale.value_set is None:
            return scale.conversion
        from placewell.questionnaires.value_sets import value_set  # only now: EQ-5D alone needs it

        return value_set(scale.value_set, self.id).table

    def limits(self, scale: Scale) -> tuple[Decimal, Decimal]:
        """The lowest and the highest score of a scale."""
        if worth := [value for _, value in self.values(scale)]:
            return min(worth), max(worth)
        points = [found.scored.values() for item in scale.items if (found := self.answers_of(item))]
        count = len(scale.items) if scale.rule == "mean" else 1
        return Decimal(sum(map(min, points))) / count, Decimal(sum(map(max, points))) / count

    def with_value_set(self, given: str) -> Instrument:
        """The questionnaire with another value set: one shipped, or a file. Raises QuestionnaireError."""
        from placewell.questionnaires.value_sets import value_set

        value_set(given, self.id)
        scales = [scale.model_copy(update={"value_set": given}) if scale.value_set else scale for scale in self.scales]
        return self.model_copy(update={"scales": tuple(scales)})


def instrument_ids() -> tuple[str, ...]:
    """The questionnaires that there are, in alphabetical order."""
    return tuple(sorted(path.stem for path in DATA.glob("*.toml")))


@cache
def instrument(id: str) -> Instrument:
    """A questionnaire; KeyError where there is none."""
    if id not in instrument_ids():
        raise KeyError(f"no questionnaire {id}: there are {', '.join(instrument_ids())}")
    return read_shipped(DATA / f"{id}.toml", Instrument)


def read_instrument(file: Path) -> Instrument:
    """A questionnaire from a file of the service's own, in the form of those shipped. Raises QuestionnaireError."""
    return read_toml(file, Instrument)

"""The words of a questionnaire, from a file of the service that is licensed to show them.

Only words that are ours, or data items of the NHS, are shipped: those of somebody else never.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from placewell.questionnaires.instruments import DATA, Instrument, instrument
from placewell.questionnaires.items import Items
from placewell.questionnaires.reading import QuestionnaireError, parse_toml, text_of
from placewell.specification.entries import Part, Words


class AnswerWords(Part):
    """What the answers of some items are called, by code."""

    items: Items
    labels: Annotated[dict[str, Words], Field(min_length=1)]


class Wording(Part):
    """The words of one questionnaire in one language.

    `licence`: by what right the service shows them. `copyright`: the line that is shown with them. `items`: each
    question. `answers`: what its answers are called; the answers of a range of numbers may stay numbers.
    """

    instrument: Words
    language: Words
    licence: str = ""
    copyright: str = ""
    introduction: str = ""
    items: dict[str, Words]
    answers: tuple[AnswerWords, ...] = ()

    def question(self, item: str) -> str:
        """The words of a question; the item's name where the file has none (a service's own item)."""
        return self.items.get(item, item)

    def label(self, item: str, answer: str) -> str:
        """What an answer of an item is called; the answer itself where the file has no words for it."""
        return next((each.labels.get(answer, answer) for each in self.answers if item in each.items), answer)


def read_wording(file: Path, one: Instrument) -> Wording:
    """The words of a questionnaire from a TOML file. Raises QuestionnaireError with every problem.

    Every item needs its words, every code that is not a number too. Where the words belong to somebody, the file says
    under which licence they are shown, and carries the copyright line.
    """
    return parse_wording(text_of(file), one, str(file))


def parse_wording(text: str, one: Instrument, name: str) -> Wording:
    """The words of a questionnaire from TOML text; `name` is what its problems call it. Raises QuestionnaireError."""
    wording = parse_toml(text, name, Wording)
    if problems := [f"{name}: {problem}" for problem in _problems(wording, one)]:
        raise QuestionnaireError(*problems)
    return wording


def instrument_named(text: str, name: str) -> Instrument:
    """The questionnaire that TOML text with words says it belongs to. Raises QuestionnaireError for one unknown."""
    id = parse_toml(text, name, Wording).instrument
    try:
        return instrument(id)
    except KeyError as error:
        raise QuestionnaireError(f"{name}: instrument: {error.args[0]}: correct it") from error


@cache
def shipped_wording(id: str) -> Wording | None:
    """The words of a questionnaire that are ours to give; none where they belong to somebody."""
    file = DATA / "wording" / f"{id}.toml"
    return read_wording(file, instrument(id)) if file.is_file() else None


def _problems(wording: Wording, one: Instrument) -> Iterator[str]:
    if wording.instrument != one.id:
        yield f"instrument: is {wording.instrument}, not {one.id}: name the file that belongs to it"
        return
    if not one.licence.wording_may_be_shipped:
        for key, what in (("licence", "by what right the words are shown"), ("copyright", "the line of their owner")):
            if not getattr(wording, key).strip():
                yield f"{key}: is missing: add {what}"
    yield from (
        f"items.{item}: is missing: add the words of the question" for item in one.items if item not in wording.items
    )
    if not one.open_items:
        yield from (
            f"items.{item}: {one.id} has no such item: take it out" for item in wording.items if item not in one.items
        )
    yield from _answer_problems(wording, one)


def _answer_problems(wording: Wording, one: Instrument) -> Iterator[str]:
    labelled = [item for each in wording.answers for item in each.items]
    yield from (
        f"answers: item {item} stands in two places: take one out"
        for item in sorted({i for i in labelled if labelled.count(i) > 1})
    )
    for each in wording.answers:
        for item in each.items:
            answers = one.answers_of(item)
            if answers is None:
                if not one.open_items:
                    yield f"answers: {one.id} has no item {item}: take it out"
                continue
            yield from (
                f'answers: item {item} has no answer "{code}": it takes {answers.in_words}'
                for code in each.labels
                if code not in answers.allowed
            )
            yield from (
                f"answers: item {item}: answer {code} has no words: add them"
                for code in answers.allowed
                if code not in each.labels
            )
    for answers in one.answers:
        bare = [item for item in answers.items if item not in labelled]
        if bare and answers.codes:
            yield f"answers: item {bare[0]} takes codes, which nobody can read: add words for {answers.in_words}"

"""Worked examples: small tables in, figures and reasons out. They prove a specification and show what it means."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, ValidationError

from placewell.specification.entries import Identifier, Part, RequirementId, Words
from placewell.specification.model import Specification
from placewell.specification.problems import SpecificationError, in_words

Row = dict[str, Any]
Number = Annotated[Decimal, Field(strict=False)]


class ExpectedFigure(Part):
    """What a figure of the period must be; a key that is left out is not looked at."""

    indicator: Identifier
    value: Number | None = None
    numerator: int | None = None
    denominator: int | None = None
    none: bool = False  # the value is null: there is nothing to rest on
    breakdown: dict[str, dict[str, int]] = Field(default_factory=dict)  # name: key: numerator


class ExpectedMember(Part):
    """What a member table must say of one subject; `reason` is a part of the sentence."""

    indicator: Identifier
    subject: Words
    status: Words
    on: date | None = None
    reason: str = ""
    evidence: str = ""


class ExpectedOutcome(Part):
    """The day of an outcome of an episode, whether it is met, and its hours band; `on` left out: not reached."""

    outcome: Identifier
    episode: Words
    on: date | None = None
    met: bool | None = None
    band: str = ""


class ExpectedAnswer(Part):
    """The answer to a criterion of eligibility."""

    criterion: Identifier
    answer: Words
    reason: str = ""


class ExpectedPayment(Part):
    """A line of the payment ledger."""

    person: Words
    state: Words
    amount: Number
    quarter: str = ""
    backup: bool | None = None


class Example(Part):
    """One worked example. `rows` come on top of the rows common to the file; `facts` are those of eligibility."""

    id: Identifier
    about: Words
    clause: Words
    serves: tuple[RequirementId, ...] = ()
    period: str = ""
    as_at: date | None = None
    lot: str | None = None
    rows: dict[str, tuple[Row, ...]] = Field(default_factory=dict)
    facts: dict[str, Any] | None = None
    decided_on: date | None = None
    overall: str = ""
    figures: tuple[ExpectedFigure, ...] = ()
    members: tuple[ExpectedMember, ...] = ()
    outcomes: tuple[ExpectedOutcome, ...] = ()
    answers: tuple[ExpectedAnswer, ...] = ()
    payments: tuple[ExpectedPayment, ...] | None = None


class ExampleFile(Part):
    """A file of worked examples about one thing, with the rows and values that all of them share."""

    about: Words
    defaults: dict[str, Row] = Field(default_factory=dict)
    rows: dict[str, tuple[Row, ...]] = Field(default_factory=dict)
    examples: Annotated[tuple[Example, ...], Field(alias="example", min_length=1)]

    def rows_of(self, example: Example) -> dict[str, list[Row]]:
        """All rows of an example: the file's, then its own, each with the defaults of its table filled in."""
        tables = list(dict.fromkeys((*self.rows, *example.rows)))
        given = {table: (*self.rows.get(table, ()), *example.rows.get(table, ())) for table in tables}
        return {table: [{**self.defaults.get(table, {}), **row} for row in rows] for table, rows in given.items()}


def read_examples(folder: Path) -> dict[str, ExampleFile]:
    """Every file of worked examples in a folder, by its name; empty where there is no folder.

    Raises SpecificationError with every problem of every file.
    """
    found, problems = {}, list[str]()
    for path in sorted(folder.glob("*.toml")):
        text = path.read_text(encoding="utf-8")
        content: Mapping[str, Any] = {}
        try:
            content = _frozen(tomllib.loads(text, parse_float=Decimal))
            found[path.name] = ExampleFile.model_validate(content)
        except tomllib.TOMLDecodeError as error:
            problems.append(f"examples/{path.name}: is not TOML: {error}: correct that line")
        except ValidationError as error:
            name = f"examples/{path.name}"
            problems += [str(problem) for problem in in_words(name, error, ExampleFile, content, text)]
    if problems:
        raise SpecificationError(*problems)
    return found


def without_example(spec: Specification, files: Iterable[ExampleFile]) -> Iterator[str]:
    """What no worked example shows: "outcome six_weeks", "criterion adult", "indicator referrals", "payment"."""
    examples = [example for file in files for example in file.examples]
    shown = {f"indicator {item.indicator}" for e in examples for item in e.figures}
    shown |= {f"indicator {item.indicator}" for e in examples for item in e.members}
    shown |= {f"outcome {item.outcome}" for e in examples for item in e.outcomes}
    shown |= {f"criterion {item.criterion}" for e in examples for item in e.answers}
    shown |= {"payment" for e in examples if e.payments}
    shown |= {f"outcome {item.outcome}" for item in spec.indicators.computed if f"indicator {item.id}" in shown}
    parts = [(f"outcome {item.id}", getattr(item, "outcomes", ())) for item in spec.outcomes.outcomes]
    shown |= {f"outcome {part}" for whole, ids in parts if whole in shown for part in ids}
    wanted = [f"outcome {item.id}" for item in spec.outcomes.outcomes]
    wanted += [f"criterion {item.id}" for item in spec.eligibility.criteria]
    wanted += [f"indicator {item.id}" for item in spec.indicators.computed]
    wanted += ["payment"] if spec.payment else []
    return (item for item in wanted if item not in shown)


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _frozen(item) for key, item in value.items()}
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value

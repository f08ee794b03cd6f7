"""Compares a specification's own reading with others, on the same data, period and day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from placewell.comparison.choosing import read_choices
from placewell.comparison.counts import Count, Question, counts
from placewell.comparison.money import Ledger, MoneyDifference, ledger_of, money_difference
from placewell.comparison.moves import Difference, Move, difference
from placewell.dataset import content_hash
from placewell.specification import Specification
from placewell.specification.changing import Choice, changed


@dataclass(frozen=True)
class Reading:
    """Another reading: what was chosen, and the specification that says so."""

    choices: tuple[Choice, ...]
    spec: Specification

    @property
    def written(self) -> str:
        """As the command line writes it."""
        return ",".join(choice.written for choice in self.choices)

    @property
    def name(self) -> str:
        """In words."""
        return "; ".join(choice.name for choice in self.choices)

    @property
    def clause(self) -> str:
        """Where the document, or another, says so."""
        return "; ".join(dict.fromkeys(choice.variant.clause for choice in self.choices))

    @property
    def rows(self) -> tuple[str, ...]:
        """The rows of the requirements it answers."""
        return tuple(dict.fromkeys(row for choice in self.choices for row in choice.definition.rows))


@dataclass(frozen=True)
class Compared:
    """What one reading makes of the data. `money` is None for a service that pays for no outcome."""

    reading: Reading
    people: tuple[Difference, ...]
    money: MoneyDifference | None

    @property
    def changes(self) -> tuple[Difference, ...]:
        """The counts that are not the same."""
        return tuple(one for one in self.people if not one.is_same)


@dataclass(frozen=True)
class Comparison:
    """A specification's own figures and those under every other reading, in the order they were asked for."""

    spec: Specification
    asked: Question
    counts: tuple[Count, ...]
    ledger: Ledger | None
    compared: tuple[Compared, ...]

    def as_dict(self) -> dict[str, Any]:
        """The object that `compare --format json` prints; pounds are decimals to the penny."""
        asked = self.asked
        return {
            "service": self.spec.id,
            "specification": {"version": self.spec.version, "hash": self.spec.hash},
            "period": {"label": asked.period.label, "start": asked.period.start, "end": asked.period.end},
            "as_at": asked.as_at,
            "lot": asked.lot,
            "data": content_hash(asked.dataset),
            "figures": [_figure(count) | _numbers(count) for count in self.counts],
            "payment": self.ledger and self.ledger.as_dict(),
            "readings": [_reading(one) for one in self.compared],
        }


def reading_of(spec: Specification, written: str) -> tuple[Reading, ...]:
    """The readings that "definition=variant" asks for; several joined by commas are one reading, "=all" is each.

    Raises UserError for what is unknown, DoesNotFit and SpecificationError for what the specification cannot say.
    """
    return tuple(Reading(choices, changed(spec, *choices)) for choices in read_choices(spec, written))


def compare(spec: Specification, readings: Iterable[Reading], asked: Question) -> Comparison:
    """Work everything out under the specification's own reading and under each of the others.

    Raises UserError like `figures` and `ledger`. Source: semantics.md §5; requirements X1-X52; ADR 7.
    """
    own, paid = tuple(counts(spec, asked)), ledger_of(spec, asked)
    return Comparison(spec, asked, own, paid, tuple(_compared(one, own, paid, asked) for one in readings))


def _compared(reading: Reading, own: Sequence[Count], paid: Ledger | None, asked: Question) -> Compared:
    theirs = {count.id: count for count in counts(reading.spec, asked)}
    people = tuple(difference(count, theirs[count.id]) for count in own)
    ledger = ledger_of(reading.spec, asked)
    return Compared(reading, people, money_difference(paid, ledger) if paid and ledger else None)


def _figure(count: Count) -> dict[str, Any]:
    return {
        "id": count.id,
        "name": count.name,
        "clause": count.clause,
        "unit": count.unit,
        "in_return": count.in_return,
    }


def _numbers(count: Count) -> dict[str, Any]:
    return {"numerator": count.numerator, "denominator": count.denominator, "value": count.value}


def _reading(one: Compared) -> dict[str, Any]:
    return {
        "with": one.reading.written,
        "name": one.reading.name,
        "clause": one.reading.clause,
        "rows": list(one.reading.rows),
        "specification": one.reading.spec.hash,
        "figures": [_difference(each) for each in one.people],
        "payment": one.money and _money(one.money),
    }


def _difference(one: Difference) -> dict[str, Any]:
    return _figure(one.was) | {
        "was": _numbers(one.was),
        "is": _numbers(one.now),
        "difference": one.difference,
        "joins": _listed(one.joins),
        "leaves": _listed(one.leaves),
        "denominator": _listed(one.denominator),
    }


def _money(one: MoneyDifference) -> dict[str, Any]:
    return {
        "was": one.was.as_dict(),
        "is": one.now.as_dict(),
        "difference": one.difference.as_dict(),
        "joins": _listed(one.joins),
        "leaves": _listed(one.leaves),
    }


def _listed(moves: Iterable[Move]) -> list[dict[str, Any]]:
    return [move.as_dict() for move in moves]

"""A fact is a table and a row; facts together are tables, or a Dataset."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import count
from typing import Any

from placewell.dataset import Dataset

Fact = tuple[str, dict[str, Any]]
_numbers = count(1)


def day(value: date | str | None, later: int = 0) -> date | None:
    """A date from a date or ISO text, some days later."""
    if value is None:
        return None
    return (date.fromisoformat(value) if isinstance(value, str) else value) + timedelta(days=later)


def a_number() -> int:
    """A number nobody had before, for ids a test does not care about."""
    return next(_numbers)


def tables(*facts: Fact | Iterable[Fact]) -> dict[str, list[dict[str, Any]]]:
    """The rows of each table; people are added for episodes without one."""
    found: dict[str, list[dict[str, Any]]] = {"people": [], "episodes": []}
    for table, row in _flat(facts):
        found.setdefault(table, []).append(row)
    named = {row["person_id"] for row in found["people"]}
    for row in found["episodes"]:
        if row["person_id"] not in named:
            named.add(row["person_id"])
            found["people"].append({"person_id": row["person_id"]})
    return found


def dataset(*facts: Fact | Iterable[Fact]) -> Dataset:
    """The same as a Dataset."""
    return Dataset.from_rows(tables(*facts))


def _flat(facts: Iterable[Fact | Iterable[Fact]]) -> Iterator[Fact]:
    for fact in facts:
        if isinstance(fact, tuple) and len(fact) == 2 and isinstance(fact[0], str):
            yield fact
        else:
            yield from _flat(fact)

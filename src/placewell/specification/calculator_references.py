"""What must hold of indicators that name a row of the target calculator: counts of ours, and one for each row."""

from collections.abc import Iterator, Mapping
from typing import Any

Key = tuple[str | int, ...]


def calculator_problems(models: Mapping[str, Any]) -> Iterator[tuple[Key, str]]:
    """Every disagreement, as the key it stands at and the words; versions of one indicator may share its row."""
    indicators = models.get("indicators")
    named: dict[str, str] = {}
    for index, one in enumerate(indicators.indicators if indicators else ()):
        row, key = one.calculator_row, ("indicator", index, "calculator_row")
        if row is None:
            continue
        if one.held_by != "provider" or one.measure != "count":
            yield key, f"{row} is a count, and {one.id} is none that is computed here: take it out"
        if named.setdefault(row, one.id) != one.id:
            yield key, f"{row} is a goal for {named[row]} already: name it once"

"""The codes that the outcomes of a service count in a table, so that made-up records hold some of each."""

from __future__ import annotations

from placewell.specification import Specification
from placewell.specification.outcomes import EachRow, FirstRecord


def codes_counted(
    spec: Specification, table: str, kinds: tuple[type[FirstRecord | EachRow], ...] = (FirstRecord, EachRow)
) -> tuple[str, ...]:
    """Each code of `table` once, in the order in which the outcomes of these kinds name them."""
    outcomes = [one for one in spec.outcomes.outcomes if isinstance(one, kinds)]
    return tuple(dict.fromkeys(code for one in outcomes if one.table == table for code in one.codes))

"""Further conditions on the rows that an outcome looks at, and the end of an episode, as expressions over columns."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from placewell.specification.outcome_kinds import Only
from placewell.specification.outcomes import Ended


def fulfilled(conditions: Iterable[Only]) -> pl.Expr:
    """Whether every further column holds one of its codes; an empty one does not. No condition: true."""
    asked = [pl.col(one.column).is_in(one.codes).fill_null(False) for one in conditions]
    return pl.all_horizontal(asked) if asked else pl.lit(True)


def columns_of(conditions: Iterable[Only], *others: str) -> list[str]:
    """The columns that the conditions look at, beside the others."""
    return [name for name in dict.fromkeys(one.column for one in conditions) if name not in others]


def ended_on() -> pl.Expr:
    """The day an episode came to its end: closed or declined, whichever came first."""
    return pl.min_horizontal("closed_on", "declined_on")


def was_closed() -> pl.Expr:
    """Whether an ended episode was closed; on one day with a decline, the closing holds."""
    return (pl.col("closed_on") == ended_on()).fill_null(False)


def ended_so(outcome: Ended) -> pl.Expr:
    """Whether an episode ended in a way that counts. Source: 001 table, note; X40."""
    closed = pl.lit(True) if outcome.any_closure else pl.col("closure_reason").is_in(outcome.closed)
    declined = pl.col("decline_reason").is_in(outcome.declined)
    return pl.when(was_closed()).then(closed).otherwise(declined).fill_null(False)

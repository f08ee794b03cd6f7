"""How few people share each combination of what could be recognised: the k-anonymity of rows before they leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

LEAST = 5
RECOGNISABLE = ("lot", "gender", "age_band", "primary_condition")


@dataclass(frozen=True)
class Anonymity:
    """What was found. `classes`: the combinations with fewer than `k` people and how many (`people`), fewest first.

    `smallest`: the people in the smallest combination, None without rows.
    """

    k: int
    columns: tuple[str, ...]
    rows: int
    combinations: int
    classes: pl.DataFrame
    smallest: int | None

    @property
    def rows_under(self) -> int:
        """How many people are in a combination of fewer than k."""
        return int(self.classes["people"].sum())

    @property
    def share_under(self) -> float:
        """Their share of all rows, 0 to 1; 0 without rows."""
        return self.rows_under / self.rows if self.rows else 0.0

    @property
    def holds(self) -> bool:
        """Whether every combination has k people or more."""
        return self.rows_under == 0

    @property
    def words(self) -> str:
        """The finding in a sentence or two, a warning where k does not hold."""
        named = ", ".join(column.replace("_", " ") for column in self.columns)
        if not self.rows:
            return "There is no row to look at."
        if self.holds:
            return f"Every combination of {named} is shared by {self.k} people or more (the fewest: {self.smallest})."
        people = "1 person stands" if self.rows_under == 1 else f"{self.rows_under:,} people stand"
        return (
            f"{people} in {self.classes.height:,} of {self.combinations:,} combinations of {named} with fewer than "
            f"{self.k} people: {self.share_under:.1%} of the rows. Whoever knows these facts of a person could find "
            "their row: give the file only to named people under a data-sharing agreement, or group the values first."
        )


def anonymity(rows: pl.DataFrame, columns: Sequence[str] = RECOGNISABLE, k: int = LEAST) -> Anonymity:
    """Look at how many rows share each combination of some columns; an absent value is a value like others.

    Raises ValueError for k under 1 and polars' ColumnNotFoundError for a column that is not there.
    Source: Sweeney 2002, k-anonymity; trust.md T5.
    """
    if k < 1:
        raise ValueError("k must be 1 or more")
    groups = rows.group_by(columns, maintain_order=True).agg(pl.len().cast(pl.Int64).alias("people"))
    few = groups.filter(pl.col("people") < k).sort("people", *columns, nulls_last=True)
    smallest = groups["people"].to_list()
    return Anonymity(k, tuple(columns), rows.height, groups.height, few, min(smallest, default=None))

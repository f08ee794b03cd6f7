"""What a rule of validation is: an expression that is true where a row is at fault, and what was expected instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import polars as pl

from placewell.dataset.findings import Finding, Severity
from placewell.dataset.tables import TABLES

ROW = "__row"


@dataclass(frozen=True)
class RowRule:
    """A row of `table` is at fault where `broken` is true (null: not at fault).

    `expected` says what should stand in `column`; "{beside}" in it is filled from the column named `beside`.
    `for_bands`: asked only of a service that counts in bands of hours.
    """

    table: str
    column: str
    broken: pl.Expr
    expected: str
    clause: str
    severity: Severity = "error"
    beside: str | None = None
    for_bands: bool = False


def apply(rules: Iterable[RowRule], frame: pl.DataFrame, file: str) -> Iterator[Finding]:
    """A finding for each row of `frame` (with its row number in the column `ROW`) that a rule finds at fault."""
    for rule in rules:
        shown = pl.col(rule.column).cast(pl.String()).alias("value")
        beside = (pl.col(rule.beside) if rule.beside else pl.lit(None)).cast(pl.String()).alias("beside")
        for row, value, other in frame.filter(rule.broken).select(ROW, shown, beside).iter_rows():
            expected = rule.expected.replace("{beside}", other or "not known")
            yield Finding(rule.severity, rule.table, row, rule.column, _plain(value), expected, rule.clause, file)


def on_or_after(
    table: str, later: str, earlier: str, what: str, *, severity: Severity = "error", clause: str | None = None
) -> RowRule:
    """`later` may not come before `earlier`; `what` names the earlier day in words."""
    return RowRule(
        table,
        later,
        pl.col(later) < pl.col(earlier),
        f"a day on or after {what} ({{beside}})",
        clause or TABLES[table].column(later).clause,
        severity,
        earlier,
    )


def between(table: str, column: str, low: float, high: float, what: str, severity: Severity = "error") -> RowRule:
    """A number must lie from `low` to `high`."""
    outside = (pl.col(column) < low) | (pl.col(column) > high)
    clause = TABLES[table].column(column).clause
    return RowRule(table, column, outside, f"{what} from {low} to {high}", clause, severity)


def _plain(value: str | None) -> str | None:
    """Decimals as people write them: 7.5, not 7.5000."""
    if value and "." in value and value.replace(".", "").replace("-", "").isdigit():
        return value.rstrip("0").rstrip(".")
    return value

"""Member tables of fidelity: one row per subject that a measure considered, with its status, reason, day and number."""

from __future__ import annotations

import polars as pl

COUNTED, NOT_COUNTED, NOT_DUE, EXCLUDED = "counted", "not_counted", "not_due", "excluded"
STATUSES = (COUNTED, NOT_COUNTED, NOT_DUE, EXCLUDED)

SCHEMA = pl.Schema(
    {
        "subject_id": pl.String(),
        "specialist_id": pl.String(),
        "episode_id": pl.String(),
        "person_id": pl.String(),
        "status": pl.String(),
        "reason": pl.String(),
        "outcome_on": pl.Date(),
        "value": pl.Int64(),
    }
)
"""`value`: what is measured of the subject, in the measure's own unit (days, minutes); null where it only counts."""


def member_table(frame: pl.LazyFrame, **columns: pl.Expr | str) -> pl.DataFrame:
    """The member table of a frame, in order of subject. A column that is not named is taken by its own name, or null.

    `subject_id`, `status` and `reason` must be there, in the frame or among `columns`.
    """
    there = frame.collect_schema().names()
    chosen = [
        _column(name, columns.get(name, name if name in there else None)).cast(dtype).alias(name)
        for name, dtype in SCHEMA.items()
    ]
    return frame.select(chosen).sort("subject_id").collect(engine="in-memory")


def _column(name: str, given: pl.Expr | str | None) -> pl.Expr:
    if given is None:
        return pl.lit(None)
    return pl.col(given) if isinstance(given, str) else given


class Judgement:
    """Status and reason, clause by clause: the first clause that applies gives both.

    Judgement().when(condition, EXCLUDED, sentence).otherwise(COUNTED, sentence) answers the two expressions by name.
    """

    def __init__(self) -> None:
        self._clauses: list[tuple[pl.Expr, str, pl.Expr]] = []

    def when(self, condition: pl.Expr, status: str, reason: pl.Expr | str) -> Judgement:
        """Add a clause; a condition that is null does not apply."""
        self._clauses.append((condition.fill_null(False), status, _said(reason)))
        return self

    def otherwise(self, status: str, reason: pl.Expr | str) -> dict[str, pl.Expr]:
        """The two expressions, for `member_table`."""
        statuses: pl.Expr = pl.lit(status)
        reasons: pl.Expr = _said(reason)
        for condition, code, said in reversed(self._clauses):
            statuses = pl.when(condition).then(pl.lit(code)).otherwise(statuses)
            reasons = pl.when(condition).then(said).otherwise(reasons)
        return {"status": statuses, "reason": reasons}


def _said(reason: pl.Expr | str) -> pl.Expr:
    return pl.lit(reason) if isinstance(reason, str) else reason

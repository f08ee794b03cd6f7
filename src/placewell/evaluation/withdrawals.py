"""Who withdrew from what: by scope, by arm for unblinded eyes, and how soon the evaluator was told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median

import polars as pl

from placewell.dataset import Dataset
from placewell.evaluation.facts import LedgerFacts
from placewell.evaluation.randomised import randomised
from placewell.evaluation.trial import trial_of
from placewell.specification import Specification

NO_SCOPE = "not_said"
HOURS_IN_A_DAY = 24


@dataclass(frozen=True)
class WithdrawalLine:
    """A scope: how many people, by arm where arms are shown (else empty), and their trial numbers."""

    scope: str
    label: str
    count: int
    by_arm: Mapping[str, int]
    people: tuple[str, ...]


@dataclass(frozen=True)
class Withdrawals:
    """Everyone who withdrew from anything, once, and the lines by scope: a person may stand in several.

    `days_to_notice`: the median of days from the withdrawal to the notice; `late`: trial numbers told after the time
    of trial.toml (whole days), `waiting`: those whom no notice names. Empty where no notices were handed in.
    """

    people: int
    by_arm: Mapping[str, int]
    lines: tuple[WithdrawalLine, ...]
    days_to_notice: float | None
    late: tuple[str, ...]
    waiting: tuple[str, ...]


def withdrawals(
    tables: Dataset,
    spec: Specification,
    ledger: LedgerFacts,
    as_at: date,
    *,
    arms: bool,
    lot: str | None = None,
    notices: pl.DataFrame | None = None,
) -> Withdrawals:
    """Withdrawals as at a day, of people randomised. `notices`: person, scope and `told_on`, the day the evaluator was
    told.

    In the blinded view nothing stands by arm, and what only the arm in the service can withdraw from (support alone) is
    left out. Raises ValueError for a service without a trial. Source: 002 §11.9; trust.md promise 22.
    """
    trial = trial_of(spec)
    drawn = randomised(tables, ledger, as_at, lot).select("person", "arm")
    rows = ledger.as_at(as_at).withdrawals.join(drawn, on="person").sort("on", "person")
    listed = pl.col("scope").is_in([choice.id for choice in trial.withdrawals])
    rows = rows.with_columns(pl.when(listed).then("scope").otherwise(pl.lit(NO_SCOPE)).alias("scope"))
    if not arms:
        telling = [choice.id for choice in trial.withdrawals if set(choice.stops) == {"support"}]
        rows = rows.filter(~pl.col("scope").is_in(telling)).with_columns(pl.lit(None, dtype=pl.String).alias("arm"))
    named = [arm.id for arm in trial.arms] if arms else []
    labels = {choice.id: choice.label for choice in trial.withdrawals} | {NO_SCOPE: "Scope not recorded"}
    scopes = [scope for scope in labels if scope in rows["scope"]]
    told = _told(rows, notices, as_at)
    allowed = -(-trial.notice_hours // HOURS_IN_A_DAY)
    days = [day for day in told["days"].to_list() if day is not None] if notices is not None else []
    return Withdrawals(
        people=rows["person"].n_unique(),
        by_arm=_by_arm(rows.unique("person"), named),
        lines=tuple(_line(rows.filter(pl.col("scope") == one), one, labels[one], named) for one in scopes),
        days_to_notice=median(days) if days else None,
        late=_numbers(told.filter(pl.col("days") > allowed)),
        waiting=_numbers(told.filter(pl.col("days").is_null())) if notices is not None else (),
    )


def _told(rows: pl.DataFrame, notices: pl.DataFrame | None, as_at: date) -> pl.DataFrame:
    """Each withdrawal with the days from it to the first notice, null while there is none."""
    if notices is None:
        return rows.with_columns(pl.lit(None, dtype=pl.Int64).alias("days"))
    first = notices.filter(pl.col("told_on") <= as_at).group_by("person", "scope").agg(pl.col("told_on").min())
    joined = rows.join(first, on=["person", "scope"], how="left", maintain_order="left")
    return joined.with_columns((pl.col("told_on") - pl.col("on")).dt.total_days().alias("days"))


def _line(rows: pl.DataFrame, scope: str, label: str, arms: list[str]) -> WithdrawalLine:
    once = rows.unique("person", maintain_order=True)
    return WithdrawalLine(scope, label, once.height, _by_arm(once, arms), _numbers(once))


def _by_arm(people: pl.DataFrame, arms: list[str]) -> dict[str, int]:
    return {arm: people.filter(pl.col("arm") == arm).height for arm in arms}


def _numbers(rows: pl.DataFrame) -> tuple[str, ...]:
    return tuple(sorted(set(rows["person"].to_list())))

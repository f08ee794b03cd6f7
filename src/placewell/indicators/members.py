"""Member tables: who is in a figure, who is not, and why."""

from __future__ import annotations

from datetime import date

import polars as pl

from placewell.dataset import Dataset
from placewell.indicators import status
from placewell.indicators.asked import as_at_day, check_lot, wanted
from placewell.indicators.judging import ROW_ID, SUBJECT_ID, code_of, judged, key_of, outcome_of
from placewell.indicators.reasons import reason
from placewell.indicators.workings import Workings
from placewell.outcomes import evidence as proof
from placewell.outcomes.facts import ROW
from placewell.outcomes.shortcomings import none_held, shortcomings
from placewell.periods import Period
from placewell.specification import Specification
from placewell.specification.indicators import Indicator
from placewell.specification.outcomes import ON_A_DAY, AnyOutcome

STATUS_NAMES = pl.Enum(("counted", "not_counted", "not_due", "excluded"))


def members(
    spec: Specification,
    indicator_id: str,
    dataset: Dataset,
    period: Period,
    as_at: date | None = None,
    lot: str | None = None,
    workings: Workings | None = None,
) -> pl.DataFrame:
    """Everyone an indicator considered, in the order of their episodes.

    Columns: subject_id, episode_id, person_id, status (counted, not_counted, not_due, excluded), reason, outcome_on,
    value (the number measured, for a median or mean), evidence (primary or backup), lacks (of those not counted, what
    would put it right: hours, evidence, better_evidence or verification), and one column for each breakdown.
    Raises UserError like `figures`. Source: semantics.md §4.
    """
    as_at = as_at_day(period, as_at)
    indicator = wanted(spec, (indicator_id,))[0]
    check_lot(spec, lot)
    shared = workings or Workings(spec, dataset, as_at)
    frame = judged(shared, (indicator,), period, lot)[0].frame.lazy()
    return _table(shared, indicator, frame, period).collect(engine="in-memory")


def _table(shared: Workings, indicator: Indicator, frame: pl.LazyFrame, period: Period) -> pl.LazyFrame:
    outcome = outcome_of(shared, indicator)
    code = pl.col(code_of(indicator))
    frame = _explained(shared, indicator, frame)
    return frame.filter(code.is_not_null()).select(
        SUBJECT_ID.get(indicator.subject, ROW_ID).alias("subject_id"),
        "episode_id",
        "person_id",
        code.replace_strict(status.STATUS, return_dtype=STATUS_NAMES).cast(pl.String).alias("status"),
        reason(shared, indicator, outcome, period, code).alias("reason"),
        _day(outcome).alias("outcome_on"),
        _value(indicator).alias("value"),
        _evidence(indicator).alias("evidence"),
        _lacks(indicator, outcome, code).alias("lacks"),
        *(key_of(indicator, item).alias(item.id) for item in shared.breakdowns_of(indicator)),
    )


def _explained(shared: Workings, indicator: Indicator, frame: pl.LazyFrame) -> pl.LazyFrame:
    """The frame with what the sentences need: the episode that stands, the shortcoming of the evidence."""
    if indicator.subject == "person":
        stands = status.standing(code_of(indicator), indicator.measure).alias("stands")
        episodes = shared.facts.entries.select(
            pl.col(ROW).alias("stands"), pl.col("episode_id").alias("standing_episode")
        )
        frame = frame.with_columns(stands).join(episodes, on="stands", how="left", maintain_order="left")
    else:
        frame = frame.with_columns(pl.lit(None, pl.String).alias("standing_episode"))
    rule = shared.spec.outcomes.evidence_for(indicator.outcome or "") if indicator.evidence else None
    if rule is None:
        return frame
    short = shortcomings(shared.facts, rule, shared.outcomes.documents(rule))
    return frame.join(short, on=ROW, how="left", maintain_order="left").with_columns(
        pl.col("shortcoming").fill_null(none_held(rule))
    )


def _day(outcome: AnyOutcome) -> pl.Expr:
    return pl.lit(None, pl.Date) if outcome.kind in ON_A_DAY else pl.col(f"{outcome.id}_on")


def _value(indicator: Indicator) -> pl.Expr:
    return status.value(indicator) / status.shares(indicator)


def _evidence(indicator: Indicator) -> pl.Expr:
    return pl.col(f"{indicator.outcome}_evidence") if indicator.evidence else pl.lit(None, pl.String)


def _lacks(indicator: Indicator, outcome: AnyOutcome, code: pl.Expr) -> pl.Expr:
    """What a member that is not counted lacks, where somebody can still put it right; null elsewhere."""
    reached = (code == status.NOT_COUNTED) & pl.col(f"{outcome.id}_met").fill_null(False)
    unknown = pl.col(f"{outcome.id}_band") == status.UNKNOWN_BAND if indicator.band else pl.lit(False)
    standing = pl.col("standing") if indicator.evidence else pl.lit(None, pl.Int32)
    proving = (
        pl.when(standing.is_null())
        .then(pl.lit("evidence"))
        .when(standing == proof.WAITS)
        .then(pl.lit("verification"))
        .otherwise(pl.lit("better_evidence"))
    )
    asked = proving if indicator.evidence else pl.lit(None, pl.String)
    return pl.when(reached & unknown).then(pl.lit("hours")).when(reached).then(asked)

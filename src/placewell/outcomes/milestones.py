"""Milestones of each episode: when each is reached or due, whether it is proved, and what is missing."""

from __future__ import annotations

from datetime import date

import polars as pl

from placewell.dataset import Dataset
from placewell.outcomes import words
from placewell.outcomes.days_in_work import DAYS_IN_A_WEEK, so_far
from placewell.outcomes.evidence import BACKUP
from placewell.outcomes.facts import ROW, Facts
from placewell.outcomes.jobs import HOUR
from placewell.outcomes.needs import needs
from placewell.outcomes.required import lacking_of
from placewell.outcomes.shortcomings import accepted, none_held, shortcomings
from placewell.outcomes.table import Outcomes
from placewell.outcomes.work_status import not_working
from placewell.specification import Specification
from placewell.specification.outcomes import AnyOutcome, EvidenceRule, StillInWork, WeeksInWork, WorkStatus

PROVED, UNPROVED, DUE, NOT_YET, MISSED = "proved", "unproved", "due", "not_yet", "missed"
STATES = (PROVED, UNPROVED, DUE, NOT_YET, MISSED)


SCHEMA = pl.Schema(
    {
        "episode_id": pl.String(),
        "person_id": pl.String(),
        "outcome_id": pl.String(),
        "name": pl.String(),
        "on": pl.Date(),
        "state": pl.String(),
        "band": pl.String(),
        "weekly_hours": pl.Decimal(14, 4),
        "evidence": pl.String(),
        "reason": pl.String(),
        "days": pl.Int64(),
        "days_needed": pl.Int64(),
        "accepted": pl.String(),
        "in_contract": pl.Boolean(),
        "clause": pl.String(),
    }
)


def milestones(spec: Specification, dataset: Dataset, as_at: date) -> pl.DataFrame:
    """One row per entered episode and milestone, in the order of episodes and of the catalogue.

    Columns: episode_id, person_id, outcome_id, name, on (the day it was reached; else the day it is due, where that is
    known), state (proved, unproved, due, not_yet, missed), band, weekly_hours, evidence (primary or backup), reason (of
    what is not proved: what is held and why it does not do), days and days_needed (in work so far and in all, where the
    milestone is counted in days and not reached), accepted (the documents that would do), in_contract,
    clause.
    An outcome for which no document is asked is proved by the record. Source: 002 App. 6, Fig. 2.
    """
    return milestones_of(Outcomes(Facts(spec, dataset, as_at)))


def milestones_of(outcomes: Outcomes) -> pl.DataFrame:
    """The same, for a caller who has the outcomes already."""
    marked = [outcome for outcome in outcomes.rules.outcomes if outcome.milestone]
    if not marked:
        return pl.DataFrame(schema=SCHEMA)
    names = frozenset(outcomes.table.collect_schema().names())
    rows = [_rows(outcomes, outcome, place, names) for place, outcome in enumerate(marked)]
    return pl.concat(rows).sort(ROW, "place").drop(ROW, "place").collect(engine="in-memory")


def _rows(outcomes: Outcomes, outcome: AnyOutcome, place: int, names: frozenset[str]) -> pl.LazyFrame:
    as_at, rule = outcomes.facts.as_at, outcomes.rules.evidence_for(outcome.id)
    frame = outcomes.table.filter(pl.col("entered_on").is_not_null())
    if rule:
        short = shortcomings(outcomes.facts, rule, outcomes.documents(rule))
        frame = frame.join(short, on=ROW, how="left", maintain_order="left")
    state = _state(outcome, rule, as_at)
    return frame.select(
        ROW,
        pl.lit(place).alias("place"),
        "episode_id",
        "person_id",
        pl.lit(outcome.id).alias("outcome_id"),
        pl.lit(outcome.short_name or outcome.name).alias("name"),
        _day(outcome, as_at).alias("on"),
        state.alias("state"),
        (pl.col(f"{outcome.id}_band") if f"{outcome.id}_band" in names else pl.lit(None, pl.String)).alias("band"),
        _hours(f"{outcome.id}_units" if f"{outcome.id}_units" in names else None).alias("weekly_hours"),
        (pl.col(f"{outcome.id}_evidence") if rule else pl.lit(None, pl.String)).alias("evidence"),
        _reason(outcome, rule, state).alias("reason"),
        *_days(outcome, state),
        pl.lit(accepted(rule) if rule else None, pl.String).alias("accepted"),
        pl.lit(outcome.in_contract).alias("in_contract"),
        pl.lit(outcome.clause).alias("clause"),
    )


def _own_day(outcome: AnyOutcome) -> pl.Expr:
    """The day of the outcome itself, whatever day puts it in a period."""
    return pl.col(f"{outcome.id}_due" if isinstance(outcome, WorkStatus) else f"{outcome.id}_on")


def _reached(outcome: AnyOutcome, as_at: date) -> pl.Expr:
    day = _own_day(outcome)
    return (day <= as_at).fill_null(False) & pl.col(f"{outcome.id}_met").fill_null(False)


def _state(outcome: AnyOutcome, rule: EvidenceRule | None, as_at: date) -> pl.Expr:
    day = _own_day(outcome)
    proved = pl.col(f"{outcome.id}_evidence").is_not_null() if rule else pl.lit(True)
    can_pass = isinstance(outcome, StillInWork | WorkStatus) or bool(getattr(outcome, "requires", ()))
    passed = (day <= as_at).fill_null(False) if can_pass else pl.lit(False)
    return (
        pl.when(_reached(outcome, as_at) & proved)
        .then(pl.lit(PROVED))
        .when(_reached(outcome, as_at))
        .then(pl.lit(UNPROVED))
        .when(passed)
        .then(pl.lit(MISSED))
        .when(_day(outcome, as_at).is_not_null())
        .then(pl.lit(DUE))
        .otherwise(pl.lit(NOT_YET))
    )


def _day(outcome: AnyOutcome, as_at: date) -> pl.Expr:
    """The day reached or due; weeks in work fall due when the work that lasts today would complete them."""
    day = _own_day(outcome)
    if not isinstance(outcome, WeeksInWork):
        return day
    left = outcome.weeks * DAYS_IN_A_WEEK - pl.col(so_far(outcome))
    expected = pl.lit(as_at) + pl.duration(days=left)
    return pl.coalesce(day, pl.when(pl.col("last_day_in_work") == as_at).then(expected))


def _days(outcome: AnyOutcome, state: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """The days in work so far and those needed, of a milestone that is counted in them and not reached."""
    nothing = pl.lit(None, pl.Int64)
    if not isinstance(outcome, WeeksInWork):
        return nothing.alias("days"), nothing.alias("days_needed")
    ahead = state.is_in([DUE, NOT_YET])
    so_far_days = pl.col(so_far(outcome)).fill_null(0).cast(pl.Int64)
    needed = pl.lit(outcome.weeks * DAYS_IN_A_WEEK, pl.Int64)
    return pl.when(ahead).then(so_far_days).alias("days"), pl.when(ahead).then(needed).alias("days_needed")


def _hours(column: str | None) -> pl.Expr:
    if column is None:
        return pl.lit(None, pl.Decimal(14, 4))
    return (pl.col(column).cast(pl.Decimal(14, 4)) / HOUR).cast(pl.Decimal(14, 4))


def _reason(outcome: AnyOutcome, rule: EvidenceRule | None, state: pl.Expr) -> pl.Expr:
    missing = pl.col("shortcoming").fill_null(none_held(rule)) if rule else pl.lit(None, pl.String)
    backed = (
        words.sentence("By backup evidence, verified on ", words.day(f"{outcome.id}_evidence_on"), ".")
        if rule
        else missing
    )
    proved = pl.when(pl.col(f"{outcome.id}_evidence") == BACKUP).then(backed) if rule else missing
    gone = words.sentence("Not in work on ", words.day(f"{outcome.id}_on"), ".")
    if isinstance(outcome, WorkStatus):
        gone = not_working(outcome)
    if isinstance(outcome, WeeksInWork | StillInWork) and outcome.requires:
        gone = pl.coalesce(lacking_of(outcome), gone)
    return (
        pl.when(state == UNPROVED)
        .then(missing)
        .when(state == PROVED)
        .then(proved)
        .when(state == MISSED)
        .then(gone)
        .otherwise(needs(outcome))
    )

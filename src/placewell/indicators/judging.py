"""Judges every subject in every indicator asked for: one frame for each kind of subject, one column of codes each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from placewell.indicators import status
from placewell.indicators.workings import UNKNOWN, Workings, by
from placewell.outcomes.facts import ROW, beside, settle
from placewell.periods import Period
from placewell.specification.indicators import Breakdown, Indicator
from placewell.specification.outcomes import ActiveCaseload, AnyOutcome, Standing

SUBJECT_ID = {
    "person": pl.col("person_id"),
    "episode": pl.col("episode_id"),
    "job": pl.col("job_id"),
    "record": pl.concat_str("episode_id", "code", separator=":"),
    "organisation": pl.coalesce("organisation_id", "subject_id"),
}
ROW_ID = pl.col("subject_id")
OF_EPISODES = ("person", "episode")


@dataclass(frozen=True)
class Judged:
    """Subjects in order, with a column of codes (see `status`) for each indicator; a null code: not considered."""

    indicators: tuple[Indicator, ...]
    frame: pl.DataFrame


def code_of(indicator: Indicator) -> str:
    """The column that holds an indicator's codes."""
    return f"code_{indicator.id}"


def of_organisation(indicator: Indicator) -> bool:
    """Whether an indicator counts outside organisations, each once in a period."""
    return indicator.subject == "organisation"


def outcome_of(shared: Workings, indicator: Indicator) -> AnyOutcome:
    """The outcome that an indicator counts."""
    return shared.spec.outcomes.outcome(indicator.outcome or "")


def key_of(indicator: Indicator, item: Breakdown) -> pl.Expr:
    """A member's value in a breakdown; of records: what was recorded (first, where people are counted)."""
    if item.table != "record":
        return pl.col(by(item.id))
    recorded = f"{indicator.outcome}_code" if indicator.subject in OF_EPISODES else "code"
    return pl.col(recorded).fill_null(UNKNOWN)


def judged(shared: Workings, chosen: Iterable[Indicator], period: Period, lot: str | None) -> tuple[Judged, ...]:
    """Judge the subjects of a period; with a lot, only its episodes. Source: semantics.md §4."""
    chosen = tuple(chosen)
    of_episodes = tuple(one for one in chosen if one.subject in OF_EPISODES)
    of_jobs = tuple(one for one in chosen if one.subject == "job")
    groups = []
    if of_episodes:
        groups.append(_judged(shared, of_episodes, _with_caseload(shared, of_episodes, period), period, lot))
    if of_jobs:
        groups.append(_judged(shared, of_jobs, shared.jobs, period, lot))
    for one in chosen:
        if one.subject not in (*OF_EPISODES, "job"):
            groups.append(_judged(shared, (one,), shared.subjects(one, outcome_of(shared, one)), period, lot))
    return tuple(groups)


def _with_caseload(shared: Workings, chosen: tuple[Indicator, ...], period: Period) -> pl.LazyFrame:
    """The episodes, with how they stand at the period's end where an indicator asks (the active caseload)."""
    asked = {one.outcome: outcome_of(shared, one) for one in chosen}.values()
    day = min(period.last_day, shared.as_at)
    caseloads = [shared.on_day(outcome, day) for outcome in asked if isinstance(outcome, ActiveCaseload | Standing)]
    return beside(shared.episodes, caseloads) if caseloads else shared.episodes


def _judged(
    shared: Workings, chosen: tuple[Indicator, ...], frame: pl.LazyFrame, period: Period, lot: str | None
) -> Judged:
    if lot is not None:
        frame = settle(frame.filter(pl.col("lot") == lot))
    codes = frame.select(
        ROW,
        "person_id",
        *(["organisation_id"] if any(map(of_organisation, chosen)) else []),
        *(status.code(one, outcome_of(shared, one), period, shared.as_at).alias(code_of(one)) for one in chosen),
    )
    codes = codes.with_columns(status.once_per_organisation(code_of(one)) for one in chosen if of_organisation(one))
    measures = {code_of(one): one.measure for one in chosen if one.subject == "person"}
    if measures:
        codes = status.once_per_person(settle(codes), measures)
    columns = [code_of(one) for one in chosen]
    whole, found = pl.collect_all([frame, codes.select(columns)], engine="in-memory")
    return Judged(chosen, whole.hstack(found))

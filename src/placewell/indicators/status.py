"""The status of each subject in an indicator: excluded, not due, counted or not counted; the first that applies."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl

from placewell.outcomes.evidence import BACKUP
from placewell.outcomes.facts import ROW
from placewell.outcomes.jobs import HOUR
from placewell.periods import Period
from placewell.specification.indicators import Indicator
from placewell.specification.outcomes import (
    ON_A_DAY,
    AnyOutcome,
    ExitQuestionnaire,
    QuestionnaireChange,
    RapidJobSearch,
    Referral,
    WorkStatus,
)

COUNTED, NOT_COUNTED, NOT_DUE, OTHER_PERIOD, OTHER_BAND, OUTSIDE, OTHER_EPISODE = range(7)
STATUS = {
    COUNTED: "counted",
    NOT_COUNTED: "not_counted",
    NOT_DUE: "not_due",
    OTHER_PERIOD: "excluded",
    OTHER_BAND: "excluded",
    OUTSIDE: "excluded",
    OTHER_EPISODE: "excluded",
}
"""What a code means; the four ways of being excluded keep their own code, for the reason."""

UNKNOWN_BAND = "unknown"

VALUES: dict[str, pl.Expr] = {
    "days_from_referral": (pl.col("first_contact_on") - pl.col("referred_on")).dt.total_days(),
    "days_from_profile_start": (pl.col("first_job_on") - pl.col("profile_started_on")).dt.total_days(),
    "hourly_wage": (pl.col("first_job_hourly_wage") * HOUR).cast(pl.Int64),
    "days_supported_in_work": (pl.col("last_contact_in_work_on") - pl.col("first_job_on")).dt.total_days().fill_null(0),
}
"""What a median or mean measures, as whole numbers: days, or ten-thousandths (see `shares`)."""


def shares(indicator: Indicator) -> int:
    """By what the whole numbers of an indicator's value are to be divided."""
    return HOUR if indicator.value in ("hourly_wage", "questionnaire_change") else 1


def value(indicator: Indicator) -> pl.Expr:
    """The number that an indicator measures; null for a count."""
    if indicator.value is None:
        return pl.lit(None, pl.Int64)
    if indicator.value == "questionnaire_change":
        return pl.col(f"{indicator.outcome}_value")
    return VALUES[indicator.value]


def exact(indicator: Indicator) -> pl.Expr:
    """Whether the hours that put a member in its band are exactly the boundary's."""
    return pl.col(f"{indicator.outcome}_exact").fill_null(False) if indicator.band else pl.lit(False)


def backup(indicator: Indicator) -> pl.Expr:
    """Whether a member rests on backup evidence."""
    return (pl.col(f"{indicator.outcome}_evidence") == BACKUP).fill_null(False) if indicator.evidence else pl.lit(False)


def reached(indicator: Indicator) -> pl.Expr:
    """Whether a member reached the outcome, counted or not: what is missing is evidence or hours, not the outcome."""
    asks_more = indicator.evidence or indicator.band is not None
    return pl.col(f"{indicator.outcome}_met").fill_null(False) if asks_more else pl.lit(False)


def hours_unknown(indicator: Indicator) -> pl.Expr:
    """Whether the hours that would put a member in a band are not known."""
    no_band = (pl.col(f"{indicator.outcome}_band") == UNKNOWN_BAND).fill_null(False)
    return no_band if indicator.band else pl.lit(False)


def at_best(indicator: Indicator, outcome: AnyOutcome) -> pl.Expr:
    """Whether a member began at the best score, which no later one can better."""
    asks = isinstance(outcome, QuestionnaireChange) and outcome.improved
    return pl.col(f"{indicator.outcome}_at_best").fill_null(False) if asks else pl.lit(False)


def code(indicator: Indicator, outcome: AnyOutcome, period: Period, as_at: date) -> pl.Expr:
    """The status code of a subject, before people with several episodes are settled; null: not considered.

    Considered are those entered by the as-at day (episodes, and people where everyone referred is asked about:
    received; jobs: started; rows: of those entered, or of the service itself). Source: semantics.md §4.
    """
    day = pl.col(f"{outcome.id}_on")
    in_period = (day >= period.start) & (day < period.end)
    decided = (
        pl.when(_outside(indicator, outcome))
        .then(OUTSIDE)
        .when(in_period.not_())
        .then(OTHER_PERIOD)
        .when(_in_other_band(indicator, outcome))
        .then(OTHER_BAND)
        .when(day.is_null() | (day > as_at) | _not_due(outcome, as_at))
        .then(NOT_DUE)
        .when(_met(indicator, outcome))
        .then(COUNTED)
        .otherwise(NOT_COUNTED)
        .cast(pl.Int8)
    )
    only_entered = indicator.subject == "person" and not indicator.everyone_referred
    return pl.when(pl.col("entered_on").is_not_null()).then(decided) if only_entered else decided


def _not_due(outcome: AnyOutcome, as_at: date) -> pl.Expr:
    """Whether a limit day is still to come, or not known yet; of others the outcome's own day says it.

    A referral that can still lead to the step asked for is pending, which is no failure. Source: semantics.md §2.
    """
    if isinstance(outcome, Referral) and outcome.led_to:
        return _pending(outcome)
    if not isinstance(outcome, RapidJobSearch | WorkStatus):
        return pl.lit(False)
    due = pl.col(f"{outcome.id}_due")
    return due.is_null() | (due > as_at)


def _pending(outcome: Referral) -> pl.Expr:
    """Whether a referral has neither led to the step nor ended; a first one, where later ones are asked for, fails."""
    undecided = pl.all_horizontal(pl.col(f"{step}_on").is_null() for step in (outcome.led_to, "declined", "closed"))
    return undecided & pl.col("again") if outcome.again else undecided


def _in_other_band(indicator: Indicator, outcome: AnyOutcome) -> pl.Expr:
    """A band belongs to an outcome that is reached; unknown hours are in neither."""
    if indicator.band is None:
        return pl.lit(False)
    return (pl.col(f"{outcome.id}_band") != indicator.band) & (pl.col(f"{outcome.id}_band") != UNKNOWN_BAND)


def _outside(indicator: Indicator, outcome: AnyOutcome) -> pl.Expr:
    """Outside the denominator: in another group, without what is measured, or not there yet on the day asked about."""
    outside = _without_measure(indicator, outcome)
    return ~pl.col(among(indicator.among)) | outside if indicator.among else outside


def among(group: str) -> str:
    """The column that says whether a subject is of a group."""
    return f"among_{group}"


def _without_measure(indicator: Indicator, outcome: AnyOutcome) -> pl.Expr:
    if outcome.kind in ON_A_DAY:
        return ~pl.col(f"{outcome.id}_begun")
    if isinstance(outcome, ExitQuestionnaire) and outcome.item:
        return (~pl.col(f"{outcome.id}_asked")).fill_null(False)
    if indicator.value == "days_from_profile_start":
        return pl.col("profile_started_on").is_null()
    if indicator.value == "hourly_wage":
        return pl.col("first_job_on").is_not_null() & pl.col("first_job_hourly_wage").is_null()
    return pl.lit(False)


def _met(indicator: Indicator, outcome: AnyOutcome) -> pl.Expr:
    conditions = [pl.col(f"{outcome.id}_met")]
    if indicator.band:
        conditions.append(pl.col(f"{outcome.id}_band") == indicator.band)
    if indicator.evidence:
        conditions.append(pl.col(f"{outcome.id}_evidence").is_not_null())
    if indicator.known:
        conditions.append(pl.col(f"first_job_{indicator.known}").is_not_null())
    if indicator.subject == "organisation":
        conditions.append(pl.col("organisation_id").is_not_null())
    return pl.all_horizontal(conditions).fill_null(False)


def once_per_person(frame: pl.LazyFrame, measures: Mapping[str, str]) -> pl.LazyFrame:
    """Settle people with several episodes: the first episode that counts stands, the others are excluded.

    `measures` maps each column of codes to its indicator's measure. Where no episode counts, a proportion holds the
    person once, by the first that is not counted. Source: semantics.md §3 (order), §4.
    """
    several = pl.len().over("person_id") > 1
    repeated = frame.filter(several).sort(ROW)
    settled = repeated.with_columns(_settled(column, measure) for column, measure in measures.items())
    return pl.concat([frame.filter(~several), settled]).sort(ROW)


def _settled(column: str, measure: str) -> pl.Expr:
    codes, chosen = pl.col(column), standing(column, measure)
    yields = codes.is_in((COUNTED, NOT_COUNTED)) if measure == "proportion" else pl.lit(False)
    counts = (codes == COUNTED).any().over("person_id")
    gives_way = pl.col(ROW).ne_missing(chosen) & chosen.is_not_null() & (counts | yields)
    is_excluded = codes >= OTHER_PERIOD  # for a reason of its own, which stands
    return (
        pl.when(gives_way.fill_null(False) & ~is_excluded)
        .then(OTHER_EPISODE)
        .otherwise(codes)
        .cast(pl.Int8)
        .alias(column)
    )


def standing(column: str, measure: str) -> pl.Expr:
    """The row of the episode that stands for its person in an indicator (null: none does)."""
    rows, codes = pl.col(ROW), pl.col(column)
    first_counted = rows.filter(codes == COUNTED).min().over("person_id")
    if measure != "proportion":
        return first_counted
    return pl.coalesce(first_counted, rows.filter(codes == NOT_COUNTED).min().over("person_id"))


def once_per_organisation(column: str) -> pl.Expr:
    """Codes in which the first row of each organisation counts and its later ones give way to it."""
    counted = pl.col(column) == COUNTED
    seen = counted.cast(pl.UInt32).cum_sum().over("organisation_id") > 1
    return pl.when(counted & seen).then(OTHER_EPISODE).otherwise(pl.col(column)).cast(pl.Int8).alias(column)

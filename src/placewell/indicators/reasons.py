"""Why a member has its status, as a sentence that a manager reads."""

from __future__ import annotations

import polars as pl

from placewell.indicators import status
from placewell.indicators.workings import Workings
from placewell.outcomes import words
from placewell.outcomes.evidence import BACKUP
from placewell.outcomes.jobs import HOUR
from placewell.outcomes.needs import needs
from placewell.periods import Period, in_words
from placewell.specification.indicators import Indicator
from placewell.specification.outcomes import (
    ActiveCaseload,
    Answered,
    AnyOutcome,
    FirstRecord,
    RapidJobSearch,
    Referral,
    StillInWork,
)


def reason(shared: Workings, indicator: Indicator, outcome: AnyOutcome, period: Period, code: pl.Expr) -> pl.Expr:
    """The sentence for a member's code. Uses `standing_episode` and `shortcoming`, where the frame has them."""
    return (
        pl.when(code == status.OTHER_PERIOD)
        .then(_other_period(outcome, period))
        .when(code == status.OTHER_BAND)
        .then(_other_band(shared, indicator, outcome) if indicator.band else pl.lit(None, pl.String))
        .when(code == status.OUTSIDE)
        .then(pl.lit(_outside(indicator)))
        .when(code == status.OTHER_EPISODE)
        .then(words.sentence("Another episode of this person counts: ", pl.col("standing_episode"), "."))
        .when(code == status.NOT_DUE)
        .then(needs(outcome))
        .when(code == status.COUNTED)
        .then(_counted(indicator, outcome))
        .otherwise(_not_counted(shared, indicator, outcome, period))
    )


def _other_period(outcome: AnyOutcome, period: Period) -> pl.Expr:
    return words.sentence(
        f"{outcome.name}: ",
        words.day(f"{outcome.id}_on"),
        f", outside {in_words(period.start)} to {in_words(period.last_day)}.",
    )


def _other_band(shared: Workings, indicator: Indicator, outcome: AnyOutcome) -> pl.Expr:
    lower, upper = shared.spec.outcomes.hours.ids
    other = words.band(shared.spec.outcomes.hours, lower if indicator.band == upper else upper)
    return words.sentence("Works ", hours_in_words(outcome), f" hours a week: in the band of {other}.")


def hours_in_words(outcome: AnyOutcome) -> pl.Expr:
    """The weekly hours that decide the band, without needless zeros."""
    hours = (pl.col(f"{outcome.id}_units").cast(pl.Float64) / HOUR).round(2).cast(pl.String)
    return hours.str.strip_suffix(".0").fill_null("unknown")


def _outside(indicator: Indicator) -> str:
    return {
        "days_from_profile_start": "No vocational profile was begun on or after programme entry.",
        "hourly_wage": "The hourly wage of the first job is not recorded.",
    }.get(indicator.value or "", "Entered the programme after the day the caseload is taken.")


def _counted(indicator: Indicator, outcome: AnyOutcome) -> pl.Expr:
    if isinstance(outcome, ActiveCaseload):
        return pl.lit("Open, in touch in the last weeks, with a plan in force.")
    reached: list[str | pl.Expr] = [f"{outcome.name}: ", words.day(f"{outcome.id}_on")]
    reached += [", ", hours_in_words(outcome), " hours a week."] if indicator.band else ["."]
    if not indicator.evidence:
        return words.sentence(*reached)
    backed = (
        pl.when(pl.col(f"{outcome.id}_evidence") == BACKUP)
        .then(pl.lit(" By backup evidence,"))
        .otherwise(pl.lit(" Evidence"))
    )
    return words.sentence(*reached, backed, " verified on ", words.day(f"{outcome.id}_evidence_on"), ".")


def _not_counted(shared: Workings, indicator: Indicator, outcome: AnyOutcome, period: Period) -> pl.Expr:
    met = pl.col(f"{outcome.id}_met").fill_null(False)
    left = pl.col("shortcoming") if indicator.evidence else pl.lit(None, pl.String)
    if indicator.known:
        missing = pl.lit(f"The {indicator.known} of the first job is not recorded.")
        left = pl.when(pl.col(f"first_job_{indicator.known}").is_null()).then(missing).otherwise(left)
    if indicator.band:
        unknown = pl.col(f"{outcome.id}_band") == status.UNKNOWN_BAND
        left = pl.when(unknown).then(pl.lit("The weekly hours are not known: record them.")).otherwise(left)
    return pl.when(met).then(left).otherwise(_not_met(shared, outcome, period))


def _not_met(shared: Workings, outcome: AnyOutcome, period: Period) -> pl.Expr:
    match outcome:
        case Referral():
            return pl.lit("The first referral of this person.")
        case RapidJobSearch():
            return words.sentence(
                f"No {words.any_of(words.kind(event) for event in outcome.events)} from ",
                words.day("entered_on"),
                " to ",
                words.day(f"{outcome.id}_on"),
                ".",
            )
        case StillInWork():
            since = words.sentence("; last in work on ", words.day("last_day_in_work"))
            later = (pl.col("last_day_in_work") < pl.col(f"{outcome.id}_on")).fill_null(False)
            return words.sentence(
                "Not in work on ", words.day(f"{outcome.id}_on"), pl.when(later).then(since).otherwise(pl.lit("")), "."
            )
        case FirstRecord():
            return words.sentence(
                "Decided: ", pl.col(f"{outcome.id}_code"), ", on ", words.day(f"{outcome.id}_on"), "."
            )
        case Answered():
            return pl.lit(f"Did not answer {words.any_of(words.kind(good) for good in outcome.good)}.")
        case ActiveCaseload():
            return _not_active(outcome, in_words(min(period.last_day, shared.as_at)))
        case _:
            return pl.lit(None, pl.String)


def _not_active(outcome: ActiveCaseload, day: str) -> pl.Expr:
    closed = words.sentence("Closed on ", words.day("closed_on"), ".")
    no_contact = f"No two-way contact in the {outcome.contact_days} days to {day}."
    no_plan = f"No {words.kind(outcome.plan_kind)} plan in force on {day}."
    no_job = f"Not in work on {day}, or the first job began more than {outcome.job_begun_days} days before."
    in_touch, planned = pl.col(f"{outcome.id}_in_touch"), pl.col(f"{outcome.id}_planned")
    return (
        pl.when(~pl.col(f"{outcome.id}_open"))
        .then(closed)
        .when(~in_touch & ~planned)
        .then(pl.lit(f"{no_contact} {no_plan}"))
        .when(~in_touch)
        .then(pl.lit(no_contact))
        .when(~planned)
        .then(pl.lit(no_plan))
        .otherwise(pl.lit(no_job))
    )

"""Why a member has its status, as a sentence that a manager reads."""

from __future__ import annotations

import polars as pl

from placewell.indicators import status, words
from placewell.indicators.workings import Workings
from placewell.outcomes.evidence import BACKUP
from placewell.outcomes.jobs import HOUR
from placewell.periods import Period, in_words
from placewell.specification.indicators import Indicator
from placewell.specification.outcomes import (
    ActiveCaseload,
    Answered,
    AnyOutcome,
    Engagement,
    FirstContact,
    FirstRecord,
    JobStart,
    QuestionnaireChange,
    RapidJobSearch,
    Referral,
    StillInWork,
    SupportInWork,
    WeeksInWork,
)

WEEK = 7


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
        .then(not_due(outcome))
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


def not_due(outcome: AnyOutcome) -> pl.Expr:
    """What is still to happen, and what there is."""
    no_job = pl.lit("has not started a competitive job since programme entry")
    match outcome:
        case Engagement():
            return _engagement_needs(outcome)
        case RapidJobSearch():
            return words.sentence("due on ", words.day(f"{outcome.id}_on"))
        case StillInWork():
            milestone = words.sentence(
                f"{outcome.weeks} weeks after the first day worked is ", words.day(f"{outcome.id}_on")
            )
            return pl.when(pl.col("first_job_on").is_null()).then(no_job).otherwise(milestone)
        case WeeksInWork():
            needs = f"needs {outcome.weeks * WEEK} days in work; has "
            so_far = words.sentence(needs, pl.col("days_in_work").cast(pl.String))
            return pl.when(pl.col("first_job_on").is_null()).then(no_job).otherwise(so_far)
        case SupportInWork():
            return pl.when(pl.col("first_job_on").is_null()).then(no_job).otherwise(pl.lit("the episode is still open"))
        case JobStart():
            return no_job
        case FirstContact():
            return pl.lit("has had no two-way contact since the referral")
        case Answered():
            return pl.lit(f"has not answered the {words.kind(outcome.instrument)} questionnaire")
        case QuestionnaireChange():
            return pl.lit("needs a complete baseline and a complete later questionnaire")
        case _:
            return pl.lit("nothing recorded yet")


def _engagement_needs(outcome: Engagement) -> pl.Expr:
    needs = []
    if outcome.appointments:
        needs.append(words.count(outcome.appointments, "appointment"))
    if outcome.profile_completed:
        needs.append("a completed profile")
    if outcome.plan_agreed:
        needs.append(f"a {words.kind(outcome.plan_agreed)} plan")
    joined = words.any_of(needs) if outcome.rule == "any" else words.all_of(needs)
    has = [words.plural(pl.col("appointments"), "appointment")] if outcome.appointments else [_profile_state()]
    return words.sentence(f"needs {joined}; has ", *has)


def _profile_state() -> pl.Expr:
    begun = words.sentence("a profile begun on ", words.day("profile_started_on"), ", not completed")
    return (
        pl.when(pl.col("profile_completed_on").is_not_null())
        .then(pl.lit("a completed profile"))
        .when(pl.col("profile_started_on").is_not_null())
        .then(begun)
        .otherwise(pl.lit("no profile"))
    )


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
            since = words.sentence(", nor since ", words.day("last_day_in_work"))
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
    in_touch, planned = pl.col(f"{outcome.id}_in_touch"), pl.col(f"{outcome.id}_planned")
    return (
        pl.when(~pl.col(f"{outcome.id}_open"))
        .then(closed)
        .when(~in_touch & ~planned)
        .then(pl.lit(f"{no_contact} {no_plan}"))
        .when(~in_touch)
        .then(pl.lit(no_contact))
        .otherwise(pl.lit(no_plan))
    )

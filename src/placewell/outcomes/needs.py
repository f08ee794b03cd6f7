"""What an outcome that is not reached still needs, and what there is: the words of "not due"."""

from __future__ import annotations

import polars as pl

from placewell.outcomes import words
from placewell.outcomes.days_in_work import DAYS_IN_A_WEEK, so_far
from placewell.specification.outcomes import (
    Answered,
    AnyOutcome,
    Ended,
    Engagement,
    EpisodeStep,
    ExitQuestionnaire,
    FidelityActions,
    FirstContact,
    JobStart,
    QuestionnaireChange,
    RapidJobSearch,
    Referral,
    StillInWork,
    SupportInWork,
    WeeksInWork,
    WorkStatus,
)

STEPS = {
    "accepted": "has not been accepted",
    "opted_in": "has not opted in",
    "declined": "has not been declined",
    "closed": "the episode is still open",
}
"""What is missing where a step has not been taken."""


def needs(outcome: AnyOutcome) -> pl.Expr:
    """What is still to happen, and what there is."""
    no_job = pl.lit("has not started a competitive job since programme entry")
    match outcome:
        case Engagement():
            return _engagement_needs(outcome)
        case RapidJobSearch() | WorkStatus():
            due = words.sentence("due on ", words.day(f"{outcome.id}_due"))
            return due.fill_null("the clock has not started: no appointment since programme entry")
        case StillInWork():
            length = words.count(outcome.months, "month") if outcome.months else words.count(outcome.weeks, "week")
            milestone = words.sentence(f"{length} after the first day worked is ", words.day(f"{outcome.id}_on"))
            return pl.when(pl.col("first_job_on").is_null()).then(no_job).otherwise(milestone)
        case WeeksInWork():
            return pl.when(pl.col("first_job_on").is_null()).then(no_job).otherwise(_days_needed(outcome))
        case Referral() if outcome.led_to:
            return pl.lit(STEPS[outcome.led_to])
        case EpisodeStep():
            return pl.lit(STEPS[outcome.step])
        case Ended():
            return pl.lit("neither closed nor declined")
        case ExitQuestionnaire():
            return pl.lit(STEPS["closed"])
        case SupportInWork():
            return pl.when(pl.col("first_job_on").is_null()).then(no_job).otherwise(pl.lit("the episode is still open"))
        case JobStart():
            return no_job
        case FirstContact():
            return pl.lit("has had no two-way contact since the referral")
        case Answered():
            return pl.lit(f"has not answered the questionnaire {words.questionnaire(outcome.instrument)}")
        case QuestionnaireChange():
            return pl.lit("needs a complete baseline and a complete later questionnaire")
        case FidelityActions():
            return pl.lit("no follow-up review since it was agreed")
        case _:
            return pl.lit("nothing recorded yet")


def _days_needed(outcome: WeeksInWork) -> pl.Expr:
    has = pl.col(so_far(outcome)).fill_null(0).cast(pl.String)
    needed = f"needs {outcome.weeks * DAYS_IN_A_WEEK} days in work"
    if outcome.max_gap_days is None:
        return words.sentence(f"{needed}; has ", has)
    gap = f" of more than {words.count(outcome.max_gap_days, 'day')}" if outcome.max_gap_days else ""
    return words.sentence(f"{needed} without a break{gap}; has ", has, " since the last one")


def _engagement_needs(outcome: Engagement) -> pl.Expr:
    wanted = []
    if outcome.appointments:
        wanted.append(words.count(outcome.appointments, "appointment"))
    if outcome.profile_started:
        wanted.append("a profile begun")
    if outcome.profile_completed:
        wanted.append("a completed profile")
    if outcome.plan_agreed:
        wanted.append(f"a {words.kind(outcome.plan_agreed)} plan")
    joined = words.any_of(wanted) if outcome.rule == "any" else words.all_of(wanted)
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

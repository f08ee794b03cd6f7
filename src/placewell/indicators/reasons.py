"""Why a member has its status, as a sentence that a manager reads."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from placewell.dataset import TABLES
from placewell.indicators import status
from placewell.indicators.workings import Workings
from placewell.outcomes import words
from placewell.outcomes.conditions import was_closed
from placewell.outcomes.evidence import BACKUP
from placewell.outcomes.fidelity_actions import not_achieved
from placewell.outcomes.jobs import HOUR
from placewell.outcomes.needs import needs
from placewell.outcomes.required import lacking_of
from placewell.outcomes.work_status import not_working
from placewell.periods import Period, in_words
from placewell.specification.indicators import Indicator
from placewell.specification.outcomes import (
    ActiveCaseload,
    Answered,
    AnyOutcome,
    Ended,
    Entered,
    EpisodeStep,
    ExitQuestionnaire,
    FidelityActions,
    FidelityReview,
    FirstRecord,
    Group,
    QuestionnaireChange,
    RapidJobSearch,
    Referral,
    Standing,
    StillInWork,
    WeeksInWork,
    WorkStatus,
)
from placewell.vocabulary.labels import labels


def reason(shared: Workings, indicator: Indicator, outcome: AnyOutcome, period: Period, code: pl.Expr) -> pl.Expr:
    """The sentence for a member's code. Uses `standing_episode` and `shortcoming`, where the frame has them."""
    return (
        pl.when(code == status.OTHER_PERIOD)
        .then(_other_period(outcome, period))
        .when(code == status.OTHER_BAND)
        .then(_other_band(shared, indicator, outcome) if indicator.band else pl.lit(None, pl.String))
        .when(code == status.OUTSIDE)
        .then(_outside(shared, indicator, outcome))
        .when(code == status.OTHER_EPISODE)
        .then(_gives_way(indicator))
        .when(code == status.NOT_DUE)
        .then(needs(outcome))
        .when(code == status.COUNTED)
        .then(_counted(indicator, outcome))
        .otherwise(_not_counted(shared, indicator, outcome, period))
    )


def _gives_way(indicator: Indicator) -> pl.Expr:
    if indicator.subject == "organisation":
        return pl.lit("Another row of the period counts this organisation.")
    return words.sentence("Another episode of this person counts: ", pl.col("standing_episode"), ".")


def _other_period(outcome: AnyOutcome, period: Period) -> pl.Expr:
    return words.sentence(
        *_on_its_day(outcome),
        f", outside {in_words(period.start)} to {in_words(period.last_day)}.",
    )


def _on_its_day(outcome: AnyOutcome) -> list[str | pl.Expr]:
    """ "Met once: 4 May 2019", or where the name has a colon of its own "Engaged (one meeting) on 4 May 2019"."""
    between = " on " if ": " in outcome.name else ": "
    return [words.in_brackets(outcome.name) + between, words.day(f"{outcome.id}_on")]


def _other_band(shared: Workings, indicator: Indicator, outcome: AnyOutcome) -> pl.Expr:
    hours = shared.spec.outcomes.hours
    named = {id: words.band(hours, id) for id in hours.ids}
    other = pl.col(f"{outcome.id}_band").replace_strict(named, default=None, return_dtype=pl.String)
    return words.sentence("Works ", hours_in_words(outcome), " hours a week: in the band of ", other, ".")


def hours_in_words(outcome: AnyOutcome) -> pl.Expr:
    """The weekly hours that decide the band, without needless zeros."""
    hours = (pl.col(f"{outcome.id}_units").cast(pl.Float64) / HOUR).round(2).cast(pl.String)
    return hours.str.strip_suffix(".0").fill_null("unknown")


def _outside(shared: Workings, indicator: Indicator, outcome: AnyOutcome) -> pl.Expr:
    otherwise = pl.lit(
        {
            "days_from_profile_start": "No vocational profile was begun on or after programme entry.",
            "hourly_wage": "The hourly wage of the first job is not recorded.",
        }.get(indicator.value or "", _not_there_yet(outcome))
    )
    if not indicator.among:
        return otherwise
    group = shared.spec.outcomes.group(indicator.among)
    return pl.when(~pl.col(status.among(group.id))).then(_of_another_group(group)).otherwise(otherwise)


def _not_there_yet(outcome: AnyOutcome) -> str:
    if isinstance(outcome, ExitQuestionnaire):
        return "No exit questionnaire answers what is asked here."
    if isinstance(outcome, Standing):
        not_open = "Not open on the day that is looked at: not entered yet, or declined or closed by then."
        return not_open if outcome.state == "in_work" else "Referred or entered after the day that is looked at."
    return "Entered the programme after the day the caseload is taken."


def _of_another_group(group: Group) -> pl.Expr:
    recorded = words.kind_in(group.column) if group.column else pl.lit("")
    unknown = f"{words.kind(group.column).capitalize()} is not recorded"
    said = words.sentence(f"{words.kind(group.column).capitalize()}: ", recorded).fill_null(unknown)
    return words.sentence(said, f"; outside “{group.name}”.")


def _counted(indicator: Indicator, outcome: AnyOutcome) -> pl.Expr:
    if isinstance(outcome, ActiveCaseload):
        return pl.lit("Open, in touch in the last weeks, with a plan in force.")
    if isinstance(outcome, Standing):
        return pl.lit(STANDING[outcome.state])
    if isinstance(outcome, Ended):
        return _how_ended()
    if isinstance(outcome, WorkStatus):
        return words.sentence(
            f"{outcome.name}: ",
            words.kind_in(f"{outcome.id}_status"),
            " on ",
            words.day(f"{outcome.id}_checked_on"),
            ".",
        )
    if isinstance(outcome, QuestionnaireChange) and outcome.improved:
        return _compared(outcome, "better than")
    reached = _on_its_day(outcome)
    reached += [", ", hours_in_words(outcome), " hours a week."] if indicator.band else ["."]
    if not indicator.evidence:
        return words.sentence(*reached)
    backed = (
        pl.when(pl.col(f"{outcome.id}_evidence") == BACKUP)
        .then(pl.lit(" By backup evidence,"))
        .otherwise(pl.lit(" Evidence"))
    )
    return words.sentence(*reached, backed, " verified on ", words.day(f"{outcome.id}_evidence_on"), ".")


STANDING = {
    "waiting": "Waits: not yet entered, declined or closed.",
    "open": "Open: entered, and not closed.",
    "in_work": "Open, and in work that day.",
}
NO_REASON = "no reason recorded"


def _compared(outcome: QuestionnaireChange, how: str) -> pl.Expr:
    later, first = (
        pl.col(f"{outcome.id}_{when}").cast(pl.Float64).cast(pl.String).str.strip_suffix(".0")
        for when in ("later", "baseline")
    )
    return words.sentence("The later score, ", later, f", is {how} the baseline, ", first, ".")


def _how_ended() -> pl.Expr:
    """The day and the reason of an episode's end, however it ended."""
    closed = words.sentence(
        "Closed on ", words.day("closed_on"), ": ", words.kind_in("closure_reason").fill_null(NO_REASON), "."
    )
    declined = words.sentence(
        "Declined on ", words.day("declined_on"), ": ", words.kind_in("decline_reason").fill_null(NO_REASON), "."
    )
    return pl.when(was_closed()).then(closed).otherwise(declined)


def _not_counted(shared: Workings, indicator: Indicator, outcome: AnyOutcome, period: Period) -> pl.Expr:
    met = pl.col(f"{outcome.id}_met").fill_null(False)
    left = pl.col("shortcoming") if indicator.evidence else pl.lit(None, pl.String)
    if indicator.known:
        missing = pl.lit(f"The {indicator.known} of the first job is not recorded.")
        left = pl.when(pl.col(f"first_job_{indicator.known}").is_null()).then(missing).otherwise(left)
    if indicator.band:
        unknown = pl.col(f"{outcome.id}_band") == status.UNKNOWN_BAND
        left = pl.when(unknown).then(pl.lit("The weekly hours are not known: record them.")).otherwise(left)
    if indicator.subject == "organisation":
        left = pl.lit("The organisation is not recorded.")
    short = _not_met(shared, outcome, period)
    if isinstance(outcome, WeeksInWork | StillInWork) and outcome.requires:
        short = pl.coalesce(lacking_of(outcome), short)
    return pl.when(met).then(left).otherwise(short)


def _not_met(shared: Workings, outcome: AnyOutcome, period: Period) -> pl.Expr:
    match outcome:
        case Referral():
            first = pl.lit("The first referral of this person.")
            later = _how_ended() if outcome.led_to else first
            return pl.when(~pl.col("again")).then(first).otherwise(later) if outcome.again else later
        case EpisodeStep():
            column = "decline_reason" if outcome.step == "declined" else "closure_reason"
            why = words.kind_in(column).fill_null(NO_REASON)
            return words.sentence(f"{outcome.step.capitalize()} on ", words.day(f"{outcome.id}_on"), ": ", why, ".")
        case Ended():
            return _how_ended()
        case Entered():
            return _without_characteristic(outcome)
        case WorkStatus():
            return not_working(outcome)
        case ExitQuestionnaire():
            never = f"The questionnaire {words.questionnaire(outcome.instrument)} was not completed on leaving."
            return pl.lit(_another_answer(outcome.good) if outcome.good else never)
        case QuestionnaireChange():
            return _compared(outcome, "not better than")
        case Standing():
            return _not_standing(outcome, in_words(min(period.last_day, shared.as_at)))
        case FidelityReview():
            return _not_reached(outcome)
        case FidelityActions():
            return not_achieved(outcome)
        case RapidJobSearch():
            return _not_searched(outcome)
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
            return pl.lit(_another_answer(outcome.good))
        case ActiveCaseload():
            return _not_active(outcome, in_words(min(period.last_day, shared.as_at)))
        case _:
            return pl.lit(None, pl.String)


def _another_answer(good: Sequence[str]) -> str:
    """Which answers would have counted, where each is a word; "01" and "Y" say nothing to who has no form at hand."""
    if all(len(one) > 1 and one.replace("_", "").isalpha() for one in good):
        return f"Did not answer {words.any_of(words.kind(one) for one in good)}."
    return "Did not give an answer that counts."


def _not_searched(outcome: RapidJobSearch) -> pl.Expr:
    events = words.any_of(words.kind(event) for event in outcome.events)
    return words.sentence(f"No {events} from ", words.day("entered_on"), " to ", words.day(f"{outcome.id}_due"), ".")


def _without_characteristic(outcome: Entered) -> pl.Expr:
    if outcome.column is None:
        return pl.lit(None, pl.String)
    column = TABLES["episodes"].column(outcome.column)
    known = labels(column.codes) if column.codes else {"true": "yes", "false": "no"}
    found = pl.col(outcome.column).cast(pl.String).replace(known)
    return words.sentence(f"{column.description}: ", found.fill_null("not recorded"), ".")


def _not_standing(outcome: Standing, day: str) -> pl.Expr:
    if outcome.state == "in_work":
        return pl.lit(f"Open, and not in a job on {day}.")
    closed = words.sentence("Closed on ", words.day("closed_on"), ".")
    declined = words.sentence("Declined on ", words.day("declined_on"), ".")
    if outcome.state == "open":
        return pl.when(was_closed()).then(closed).otherwise(declined)
    return (
        pl.when(pl.col("entered_on").is_not_null())
        .then(words.sentence("Entered on ", words.day("entered_on"), "."))
        .when(pl.col("declined_on").is_not_null())
        .then(declined)
        .otherwise(closed)
    )


def _not_reached(outcome: FidelityReview) -> pl.Expr:
    scored = words.sentence(
        pl.col("scored").cast(pl.String), f" of {outcome.items} items are scored: the total needs them all."
    )
    low = words.sentence("Scored ", pl.col("total").cast(pl.String), f", under {outcome.least}.")
    late = pl.lit(f"Later than {outcome.within_months} months after the first day.")
    return (
        pl.when(pl.col("scored") < outcome.items)
        .then(scored)
        .when(pl.col("total") < outcome.least)
        .then(low)
        .otherwise(late)
    )


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

"""What became of a follow-up questionnaire for each person randomised: answered, withdrawn, not due, no answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl

from placewell.dataset import Dataset
from placewell.evaluation.trial import scopes_that_stop
from placewell.outcomes.words import day
from placewell.specification.trial import FollowUp, TrialFile

ANSWERED, WITHDRAWN, NOT_DUE, NO_ANSWER = "answered", "withdrawn", "not_due", "no_answer"
BASELINE = "baseline"


def answers_due(people: pl.DataFrame, tables: Dataset, asked: FollowUp, as_at: date) -> pl.DataFrame:
    """Adds `state`, `closed` (the window is over) and `why` (in words) to people: columns person, episode_id,
    allocated_on and `left_on` (the day contact was withdrawn, or null) are needed.

    Due is the day so many months after randomisation; an answer counts from `window_days` before it to as many after.
    Who answered in that time answered; else who withdrew by its end is withdrawn; else, while the window has not
    closed, it is not due; else there is no answer. Source: 002 Fig. 2; trial.toml [[follow_up]].
    """
    due = pl.col("allocated_on").dt.offset_by(f"{asked.months}mo")
    window = pl.duration(days=asked.window_days)
    frame = people.with_columns((due - window).alias("opens"), due.alias("due"), (due + window).alias("closes"))
    given = (
        tables["responses"]
        .filter((pl.col("instrument") == asked.instrument) & (pl.col("occasion") == asked.occasion))
        .select("episode_id", "completed_on")
        .unique()
        .join(frame.select("episode_id", "opens", "closes"), on="episode_id")
        .filter(pl.col("completed_on").is_between("opens", "closes"))
        .group_by("episode_id")
        .agg(pl.col("completed_on").min().alias("answered_on"))
    )
    left = pl.col("left_on") <= pl.min_horizontal("closes", pl.lit(as_at))
    state = (
        pl.when(pl.col("answered_on").is_not_null())
        .then(pl.lit(ANSWERED))
        .when(left.fill_null(value=False))
        .then(pl.lit(WITHDRAWN))
        .when(pl.col("closes") >= as_at)
        .then(pl.lit(NOT_DUE))
        .otherwise(pl.lit(NO_ANSWER))
    )
    return (
        frame.join(given, on="episode_id", how="left", maintain_order="left")
        .with_columns(state.alias("state"), (pl.col("closes") < as_at).alias("closed"))
        .with_columns(_why().alias("why"))
    )


def _why() -> pl.Expr:
    state = pl.col("state")
    return (
        pl.when(state == ANSWERED)
        .then(pl.format("Answered on {}.", day("answered_on")))
        .when(state == WITHDRAWN)
        .then(pl.format("Withdrew on {}.", day("left_on")))
        .when(state == NOT_DUE)
        .then(pl.format("Due on {}; an answer counts until {}.", day("due"), day("closes")))
        .otherwise(pl.format("No answer by {}.", day("closes")))
    )


def left_on(people: pl.DataFrame, tables: Dataset, withdrawals: pl.DataFrame, trial: TrialFile) -> pl.DataFrame:
    """Adds `left_on`: the first day on which the person no longer wanted contact for the study, or null.

    A ledger entry whose scope stops contact, one without a scope, or a trial consent that was withdrawn.
    """
    scopes = scopes_that_stop(trial, "contact")
    told = (
        withdrawals.filter(pl.col("scope").is_null() | pl.col("scope").is_in(scopes))
        .group_by("person")
        .agg(pl.col("on").min().alias("told_on"))
    )
    consent = (
        tables["consents"]
        .filter((pl.col("kind") == "trial") & pl.col("withdrawn_on").is_not_null())
        .group_by("episode_id")
        .agg(pl.col("withdrawn_on").min().alias("consent_ended_on"))
    )
    return (
        people.join(told, on="person", how="left", maintain_order="left")
        .join(consent, on="episode_id", how="left", maintain_order="left")
        .with_columns(pl.min_horizontal("told_on", "consent_ended_on").alias("left_on"))
        .drop("told_on", "consent_ended_on")
    )


def occasions_of(forms: pl.DataFrame, trial: TrialFile) -> pl.DataFrame:
    """The forms that belong to the trial, with `occasion` as the trial names it: baseline, or the follow-up's id.

    `forms` has instrument, occasion, completed_on and allocated_on. A form of another instrument, a baseline filled in
    after randomisation, or a form outside its window (a review in casework, which one arm has), stays out.
    """
    instrument, occasion = pl.col("instrument"), pl.col("occasion")
    before = (occasion == BASELINE) & (pl.col("completed_on") <= pl.col("allocated_on"))
    named = pl.when(before & instrument.is_in(baseline_instruments(trial))).then(pl.lit(BASELINE))
    for asked in trial.follow_ups:
        due = pl.col("allocated_on").dt.offset_by(f"{asked.months}mo")
        window = pl.duration(days=asked.window_days)
        fits = pl.col("completed_on").is_between(due - window, due + window)
        named = named.when((instrument == asked.instrument) & (occasion == asked.occasion) & fits).then(  # type: ignore[assignment]
            pl.lit(asked.id)
        )
    return forms.with_columns(named.otherwise(None).alias("occasion")).filter(occasion.is_not_null())


def told_by_one_arm(answers: pl.DataFrame, trial: TrialFile) -> frozenset[str]:
    """The follow-ups that some arms have answers to and others have none: who answered those tells the arm.

    `answers` has a row for each answer: `occasion` (the follow-up's id) and `arm`, of everybody in every lot. A review
    of casework near the day is an answer too, and the arm without the service has no casework.
    """
    arms = answers.group_by("occasion").agg(pl.col("arm").n_unique().alias("arms"))
    some = set(arms.filter(pl.col("arms") < len(trial.arms))["occasion"].to_list())
    return frozenset(some & {asked.id for asked in trial.follow_ups})


def baseline_instruments(trial: TrialFile) -> Sequence[str]:
    """The questionnaires of the baseline, in the order of the specification."""
    return [part.instrument for part in trial.baseline if part.instrument]

"""Rules about jobs, spells of hours, wages, documents and claims."""

from __future__ import annotations

from datetime import date

import polars as pl

from placewell.dataset.validation.rules import ROW, RowRule, between, on_or_after
from placewell.vocabulary.minimum_wage import least_pay, rates

HOURS_IN_A_WEEK = 168
LONG_WEEK = 60
HIGH_WAGE = 150
FOR_EVER = date(2999, 12, 31)
_OUT_OF_WORK = ("unemployed", "long_term_sick", "student", "homemaker", "volunteer", "not_looking", "retired")
_STARTED = pl.col("first_day_worked_on").is_not_null() & pl.col("competitive").fill_null(True)
_SELF_EMPLOYED = pl.col("self_employed").fill_null(False)


def with_least_pay(jobs: pl.DataFrame) -> pl.DataFrame:
    """Jobs with `least_pay`, the minimum wage for the person's age on the first day; null where it cannot be said."""
    day = pl.coalesce("first_day_worked_on", "started_on")
    dated = jobs.with_columns(day.alias("day")).sort("day", nulls_last=True)
    born = pl.col("person.birth_date")
    age = (
        pl.col("day").dt.year()
        - born.dt.year()
        - (pl.col("day").dt.strftime("%m%d") < born.dt.strftime("%m%d")).cast(pl.Int64())
    )
    priced = dated.join_asof(rates(), left_on="day", right_on="from")
    apprentice = pl.col("contract_type").eq_missing("apprenticeship")
    least = pl.when(born.is_not_null() & pl.col("from").is_not_null()).then(least_pay(age, apprentice))
    return (
        priced.with_columns(least.cast(pl.Decimal(14, 2)).alias("least_pay"))
        .select(*jobs.columns, "least_pay")
        .sort(ROW)
    )


def with_earlier_spell(spells: pl.DataFrame) -> pl.DataFrame:
    """Spells with `earlier_to`, the last day of any spell of the same job that began before, and that in words."""
    ordered = spells.sort("job_id", "from_on", ROW)
    last = pl.col("to_on").fill_null(FOR_EVER).cum_max().shift(1).over("job_id")
    still = pl.when(pl.col("earlier_to") == FOR_EVER).then(pl.lit("still running"))
    words = still.otherwise(pl.col("earlier_to").cast(pl.String())).alias("earlier_in_words")
    return ordered.with_columns(last.alias("earlier_to")).with_columns(words).sort(ROW)


def _of_the_same_episode(table: str, clause: str) -> RowRule:
    other = pl.col("job_id").is_not_null() & (pl.col("job.episode_id") != pl.col("episode_id"))
    return RowRule(table, "job_id", other, "a job of the same episode ({beside})", clause, beside="episode_id")


JOBS = (
    on_or_after("jobs", "ended_on", "started_on", "the start"),
    on_or_after("jobs", "end_known_on", "started_on", "the start"),
    RowRule(
        "jobs",
        "end_known_on",
        pl.col("ended_on").is_null() & pl.col("end_known_on").is_not_null(),
        "none: the job has not ended",
        "002 App. 7 Sv 12",
        "warning",
    ),
    on_or_after("jobs", "ended_on", "first_day_worked_on", "the first day worked"),
    on_or_after("jobs", "first_day_worked_on", "started_on", "the start", severity="warning"),
    between("jobs", "contract_hours", 0, HOURS_IN_A_WEEK, "hours a week"),
    RowRule(
        "jobs",
        "contract_hours",
        (pl.col("contract_hours") > LONG_WEEK) & (pl.col("contract_hours") <= HOURS_IN_A_WEEK),
        f"hours a week, seldom above {LONG_WEEK}",
        "002 App. 6",
        "warning",
    ),
    RowRule(
        "jobs",
        "contract_hours",
        _STARTED & pl.col("contract_hours").is_null(),
        "hours a week: without them the job start is in neither hours band",
        "002 App. 6",
        "warning",
        for_bands=True,
    ),
    RowRule(
        "jobs",
        "competitive",
        pl.col("first_day_worked_on").is_not_null() & pl.col("competitive").is_null(),
        "true or false: absent counts as false, so the job counts nowhere",
        "002 App. 7 Sv 10",
        "warning",
    ),
    RowRule(
        "jobs",
        "hourly_wage",
        (pl.col("hourly_wage") < pl.col("least_pay")) & ~_SELF_EMPLOYED,
        "at least the minimum wage for the person's age on the day, £{beside}",
        "002 App. 7 Sv 10",
        beside="least_pay",
    ),
    RowRule("jobs", "hourly_wage", pl.col("hourly_wage") <= 0, "pounds an hour, more than 0", "002 §17.9 xiii"),
    RowRule(
        "jobs",
        "hourly_wage",
        pl.col("hourly_wage") > HIGH_WAGE,
        "pounds for an hour, not for a week",
        "002 §17.9 xiii",
        "warning",
    ),
    RowRule(
        "jobs",
        "end_reason",
        pl.col("ended_on").is_null() & pl.col("end_reason").is_not_null(),
        "none: the job has not ended",
        "002 App. 7 Org 6",
        "warning",
    ),
    RowRule(
        "jobs",
        "first_day_worked_on",
        (pl.col("first_day_worked_on") < pl.col("episode.referred_on"))
        & pl.col("episode.employment_at_entry").is_in(_OUT_OF_WORK),
        "a day on or after the referral ({beside}) of a person who was out of work",
        "002 Fig. 1",
        "warning",
        "episode.referred_on",
    ),
)

JOB_HOURS = (
    on_or_after("job_hours", "to_on", "from_on", "the first day of the spell"),
    RowRule(
        "job_hours",
        "from_on",
        pl.col("from_on") <= pl.col("earlier_to"),
        "a day after the last day of the job's spell before it ({beside}): spells of one job may not overlap",
        "002 App. 6",
        beside="earlier_in_words",
    ),
    RowRule(
        "job_hours",
        "from_on",
        pl.col("from_on") < pl.min_horizontal("job.started_on", "job.first_day_worked_on"),
        "a day on or after the start of the job ({beside})",
        "002 App. 6",
        beside="job.started_on",
    ),
    RowRule(
        "job_hours",
        "to_on",
        pl.col("to_on") > pl.col("job.ended_on"),
        "a day on or before the end of the job ({beside})",
        "002 App. 6",
        "warning",
        "job.ended_on",
    ),
    between("job_hours", "weekly_hours", 0, HOURS_IN_A_WEEK, "hours a week"),
)

JOB_PAY = (
    RowRule(
        "job_pay",
        "from_on",
        pl.col("from_on") < pl.min_horizontal("job.started_on", "job.first_day_worked_on"),
        "a day on or after the start of the job ({beside})",
        "002 §9.10 vi",
        beside="job.started_on",
    ),
    RowRule(
        "job_pay",
        "from_on",
        pl.col("from_on") > pl.col("job.ended_on"),
        "a day on or before the end of the job ({beside})",
        "002 §9.10 vi",
        "warning",
        "job.ended_on",
    ),
    RowRule("job_pay", "hourly_wage", pl.col("hourly_wage") <= 0, "pounds an hour, more than 0", "002 §17.9 xiii"),
    RowRule(
        "job_pay",
        "hourly_wage",
        pl.col("hourly_wage") > HIGH_WAGE,
        "pounds for an hour, not for a week",
        "002 §17.9 xiii",
        "warning",
    ),
)

ADVICE = (_of_the_same_episode("benefits_advice", "002 App. 7 Sv 1"),)

JOB_PROBLEMS = (_of_the_same_episode("job_problems", "002 App. 7 Sv 12"),)

_DECIDED = pl.col("status").is_in(["verified", "rejected"])
_VERIFIED = pl.col("status") == "verified"

EVIDENCE = (
    RowRule(
        "evidence",
        "about_on",
        pl.col("about_on").is_null(),
        "the day the document vouches for: without it the document proves nothing",
        "002 App. 6",
    ),
    _of_the_same_episode("evidence", "002 App. 6"),
    RowRule(
        "evidence",
        "decided_on",
        _DECIDED & pl.col("decided_on").is_null() & (~_VERIFIED | pl.col("verified_on").is_null()),
        "the day of the decision",
        "002 §16.9",
    ),
    on_or_after("evidence", "decided_on", "received_on", "the day it was received"),
    on_or_after("evidence", "verified_on", "received_on", "the day it was received"),
    on_or_after("evidence", "decided_on", "verified_on", "the day it was first verified", severity="warning"),
    RowRule(
        "evidence",
        "decided_by",
        _VERIFIED & (pl.col("decided_by") == pl.col("episode.specialist_id")),
        "someone other than the person's own specialist",
        "002 §16.9",
    ),
    RowRule(
        "evidence",
        "received_on",
        (pl.col("received_on") < pl.col("about_on")) & (pl.col("kind") != "contract"),
        "a day on or after the day it vouches for ({beside})",
        "002 App. 6",
        "warning",
        "about_on",
    ),
)

CLAIMS = (
    RowRule("claims", "amount", pl.col("amount") <= 0, "pounds, more than 0", "002 §21.4"),
    on_or_after("claims", "paid_on", "claimed_on", "the day of the claim"),
    on_or_after("claims", "clawed_back_on", "claimed_on", "the day of the claim"),
    RowRule(
        "claims",
        "person_id",
        pl.col("episode.person_id") != pl.col("person_id"),
        "the person of the episode ({beside})",
        "002 §21.4",
        beside="episode.person_id",
    ),
    RowRule(
        "claims",
        "person_id",
        ~pl.struct("person_id", pl.col("clawed_back_on").is_null()).is_first_distinct()
        & pl.col("clawed_back_on").is_null(),
        "one payment for a person",
        "002 §21.4",
    ),
)

RULES = JOBS + JOB_HOURS + JOB_PAY + ADVICE + JOB_PROBLEMS + EVIDENCE + CLAIMS

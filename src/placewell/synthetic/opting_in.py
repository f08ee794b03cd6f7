"""People of a service that is opted in to: they wait, opt in, get support for a few months, and keep or find work.

Each function leaves the histories of every other service as they are.
"""

from __future__ import annotations

import polars as pl

from placewell.specification import Specification
from placewell.synthetic.dice import Dice, days, weekday
from placewell.synthetic.mix import known

STATUSES = {"in_work": 36, "off_sick": 27, "self_employed": 3, "unemployed": 25, "long_term_sick": 7, "student": 2}
AT_WORK = ("in_work", "off_sick", "self_employed")
LEAVING = {
    "completed": 62,
    "did_not_engage": 17,
    "asked_to_leave": 7,
    "health": 6,
    "moved_away": 4,
    "other_service": 3,
    "other": 1,
}
SUPPORTED_FOR = (25, 170)
FINDS_A_JOB = 0.34
SOON = (20, 60)
"""Days after which somebody who does not engage is closed."""
CONDITIONS = {"anxiety_or_depression": 83, "other_mental_health": 17}
MOST_ARE_REFERRED_BY = {"talking_therapies": 70, "psychological_therapist": 22, "gp": 5, "self": 2, "other": 1}


def is_opted_in_to(spec: Specification) -> bool:
    """Whether people enter by opting in."""
    return spec.outcomes.entry.event == "opted_in"


def entered(referrals: pl.DataFrame, spec: Specification) -> pl.DataFrame:
    """Whoever is taken on opts in at the first meeting, which is the day of entry; until then they are pending."""
    if not is_opted_in_to(spec):
        return referrals.with_columns(pl.lit(None, pl.Date).alias("opted_in_on"))
    opts_in = pl.when(pl.col("entered_on").is_not_null()).then("met_on")
    return referrals.with_columns(opts_in.alias("opted_in_on"), opts_in.alias("entered_on"))


def supported(episodes: pl.DataFrame, spec: Specification, dice: Dice) -> pl.DataFrame:
    """Support lasts some months at most; those out of work may find a job while it does."""
    if not is_opted_in_to(spec):
        return episodes
    throw = dice.by("e")
    entry = pl.col("entered_on")
    reasons = known(LEAVING, [reason.id for reason in spec.pathway.closure_reasons])
    frame = episodes.with_columns(
        throw.pick("work on entry", STATUSES).alias("employment"),
        pl.when(entry.is_not_null()).then(throw.pick("leaves because of", reasons)).alias("closure_reason"),
    )
    lasts = pl.when(pl.col("closure_reason") == "did_not_engage").then(throw.between("soon", *SOON))
    closed = weekday(entry + days(lasts.otherwise(throw.about("supported for", *SUPPORTED_FOR))))
    frame = frame.with_columns(closed.alias("closed_on"))
    gone = pl.col("closure_reason") == "did_not_engage"
    finds_one = ~pl.col("employment").is_in(AT_WORK) & ~gone & throw.happens("finds a job meanwhile", FINDS_A_JOB)
    span = (pl.col("closed_on") - entry).dt.total_days()
    begun = weekday(entry + days(span * throw.between("finds it", 30, 90) // 100))
    return frame.with_columns(
        pl.when(finds_one & (begun < pl.col("closed_on"))).then(begun).alias("first_job_on"),
        pl.when(gone).then(entry).otherwise(pl.col("closed_on") - days(1)).alias("in_touch_until"),
    )


def described(episodes: pl.DataFrame, spec: Specification, dice: Dice) -> pl.DataFrame:
    """Work on entry, a common mental health problem, and who refers: mostly talking therapies, where they do."""
    if not is_opted_in_to(spec):
        return episodes
    sources = known(MOST_ARE_REFERRED_BY, [source.id for source in spec.referral.sources])
    at_work = pl.col("employment").is_in(AT_WORK)
    return episodes.with_columns(
        pl.col("employment").alias("employment_at_entry"),
        dice.by("n").pick("common condition", CONDITIONS).alias("primary_condition"),
        pl.lit(value=True).alias("has_common_mental_health_problem"),
        dice.by("e").pick("referred by", sources).alias("source"),
        pl.when(~at_work).then("time_since_last_worked").alias("time_since_last_worked"),
    )

"""The course of support: who finds a job and when, who leaves early, when the episode closes, profiles and plans."""

from __future__ import annotations

import polars as pl

from placewell.synthetic.calendar import Calendar
from placewell.synthetic.dice import Dice, days, weekday
from placewell.synthetic.habits import Habits
from placewell.synthetic.mix import Mix

FINDS_A_JOB = 0.43
"""Between a third and a half get a job (002 §9.10 viii)."""
LEAVES_EARLY = 0.34
GOES_ON_LONGER = 0.06


def course(episodes: pl.DataFrame, calendar: Calendar, mix: Mix, habits: Habits, dice: Dice) -> pl.DataFrame:
    """Adds employment_at_entry and, for entered episodes: first_job_on (None: no new job), closed_on, closure_reason,
    in_touch_until.

    Most jobs start two to six months after entry; support ends at the limits of the service, counted from the calendar.
    """
    dice = dice.by("e")
    entry = pl.col("entered_on")
    hunting = entry.is_not_null()
    employed = pl.col("employment_at_entry").is_in(habits.employed)
    frame = episodes.with_columns(_employment(habits, dice).alias("employment_at_entry")).with_columns(
        pl.when(hunting & ~employed & dice.happens("finds a job", FINDS_A_JOB))
        .then(weekday(entry + days(dice.about("job after", 32, 236))))
        .alias("first_job_on"),
        (hunting & dice.happens("leaves early", LEAVES_EARLY)).alias("leaves"),
    )
    works = pl.col("first_job_on").is_not_null()
    limit = calendar.job_search_days + pl.when(dice.happens("longer", GOES_ON_LONGER)).then(
        dice.between("how much longer", 20, 80)
    ).otherwise(dice.between("about the limit", -6, 4))
    closed = (
        pl.when(works)
        .then(pl.col("first_job_on") + days(calendar.in_work_days + dice.between("end in work", -8, 8)))
        .when(pl.col("leaves"))
        .then(entry + days(dice.about("leaves after", 24, min(240, calendar.job_search_days))))
        .when(hunting)
        .then(entry + days(limit))
    )
    reason = (
        pl.when(works)
        .then(pl.lit(mix.reasons["in_work_support_ended"]))
        .when(pl.col("leaves") if mix.has_limit else hunting)
        .then(dice.pick("leaves because", mix.leaving))
        .when(hunting)
        .then(pl.lit(mix.reasons["limit_reached"]))
    )
    frame = frame.with_columns(weekday(closed).alias("closed_on"), reason.alias("closure_reason"))
    drifts = (pl.col("closure_reason") == "did_not_engage") | dice.happens("drifts", 0.08)
    gone = dice.between("out of touch for", 30, 75)
    return frame.with_columns(
        pl.when(drifts & ~works)
        .then(pl.max_horizontal(entry, pl.col("closed_on") - days(gone)))
        .otherwise(pl.col("closed_on") - days(1))
        .alias("in_touch_until")
    )


def _employment(habits: Habits, dice: Dice) -> pl.Expr:
    """Work status on entry; what a referral was declined for agrees with it."""
    declined = pl.col("decline_reason")
    return (
        pl.when((declined == "off_sick_over_4_weeks").fill_null(False))
        .then(pl.lit("off_sick"))
        .when((declined == "long_term_unemployed").fill_null(False))
        .then(pl.lit("unemployed"))
        .otherwise(dice.pick("status", habits.employment))
    )


def profiles(entered: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """Vocational profiles: most within a month of entry, a second version for some after their first day at work."""
    dice = dice.by("e")
    first = (
        entered.filter(dice.happens("profile", 0.96))
        .with_columns(weekday(pl.col("entered_on") + days(dice.between("profile begun", 0, 9))).alias("started_on"))
        .with_columns(weekday(pl.col("started_on") + days(dice.between("profile done", 1, 17))).alias("completed_on"))
        .select(
            "e",
            "episode_id",
            pl.lit(1, dtype=pl.Int64).alias("version"),
            "started_on",
            pl.when(dice.happens("profile finished", 0.95)).then("completed_on").alias("completed_on"),
            "closed_on",
        )
    )
    second = (
        entered.filter(pl.col("first_job_on").is_not_null() & dice.happens("profile again", 0.4))
        .with_columns(weekday(pl.col("first_job_on") + days(dice.between("begun again", 14, 60))).alias("started_on"))
        .select(
            "e",
            "episode_id",
            pl.lit(2, dtype=pl.Int64).alias("version"),
            "started_on",
            weekday(pl.col("started_on") + days(dice.between("done again", 0, 9))).alias("completed_on"),
            "closed_on",
        )
        .join(first.select("e"), on="e", how="semi")
    )
    both = pl.concat([first, second]).filter(pl.col("started_on") < pl.col("closed_on"))
    done_in_time = pl.col("completed_on") < pl.col("closed_on")
    return both.with_columns(pl.when(done_in_time).then("completed_on").alias("completed_on")).drop("closed_on")


def plans(entered: pl.DataFrame, profile_rows: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """Plans: a vocational action plan soon after the profile, ending with the episode; a job search plan for most."""
    dice = dice.by("e")
    done = profile_rows.filter((pl.col("version") == 1) & pl.col("completed_on").is_not_null())
    base = done.select("e", "completed_on").join(entered.select("e", "episode_id", "closed_on"), on="e")
    kinds = [
        ("vocational_action", 0.97, 0, 6),
        ("job_search", 0.7, 3, 20),
    ]
    rows = [
        base.filter(dice.happens(f"plan {kind}", chance)).select(
            "e",
            "episode_id",
            pl.lit(1, dtype=pl.Int64).alias("version"),
            pl.lit(kind).alias("kind"),
            weekday(pl.col("completed_on") + days(dice.between(f"plan {kind} on", low, high))).alias("agreed_on"),
            (pl.col("closed_on") - days(1)).alias("ended_on"),
        )
        for kind, chance, low, high in kinds
    ]
    return pl.concat(rows).filter(pl.col("agreed_on") <= pl.col("ended_on"))


def plans_from_the_start(entered: pl.DataFrame, kind: str, dice: Dice) -> pl.DataFrame:
    """Plans of a service that has no profile: most within two weeks of entry, ending with the episode."""
    dice = dice.by("e")
    return (
        entered.filter(dice.happens("plan", 0.93))
        .select(
            "e",
            "episode_id",
            pl.lit(1, dtype=pl.Int64).alias("version"),
            pl.lit(kind).alias("kind"),
            weekday(pl.col("entered_on") + days(dice.between("plan on", 0, 14))).alias("agreed_on"),
            (pl.col("closed_on") - days(1)).alias("ended_on"),
        )
        .filter(pl.col("agreed_on") <= pl.col("ended_on"))
    )

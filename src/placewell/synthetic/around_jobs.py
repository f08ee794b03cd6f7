"""What happens around jobs: benefits advice before a start and on changes, changes of pay, problems that arise.

Its dice have purposes of their own, so that no other table changes with it.
"""

from __future__ import annotations

import polars as pl

from placewell.synthetic.dice import Dice, days

ADVISED, ADVISED_ON_CHANGE, PAY_CHANGES, PROBLEM = 0.84, 0.6, 0.24, 0.17
PROBLEMS = {
    "health": 29,
    "attendance": 12,
    "tasks": 13,
    "hours_or_pay": 11,
    "colleagues": 17,
    "adjustments": 12,
    "notice": 6,
}
RISES = ("0.20", "0.35", "0.50", "0.80", "1.10")
SUNDAY = 7


def benefits_advice(
    entered: pl.DataFrame, job_rows: pl.DataFrame, spells: pl.DataFrame, pay: pl.DataFrame, dice: Dice
) -> pl.DataFrame:
    """Advice in the three weeks before most starts, and around changes of hours or pay (002 App. 7 Sv 1)."""
    columns = ("e", "j", "episode_id", "job_id", "on", "about")
    throw = dice.by("e", "j")
    before = _not_at_the_weekend(pl.col("started_on") - days(throw.between("advised before the start", 1, 20)))
    starts = job_rows.filter(throw.happens("advised at the start", ADVISED)).with_columns(
        before.alias("on"), pl.lit("before_start").alias("about")
    )
    changes = pl.concat([spells.select("job_id", "from_on"), pay.select("job_id", "from_on")]).unique("job_id")
    changed = job_rows.join(changes, on="job_id", maintain_order="left").filter(
        throw.happens("advised on the change", ADVISED_ON_CHANGE)
    )
    around = _not_at_the_weekend(pl.col("from_on") + days(throw.between("advised around the change", -6, 9)))
    changed = changed.with_columns(around.alias("on"), pl.lit("change").alias("about"))
    together = pl.concat([starts.select(columns), changed.select(columns)])
    return _while_open(together, entered).sort("e", "j", "on", "about").select(columns)


def job_pay(job_rows: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """A rise for some who stay for three months or more."""
    throw = dice.by("e", "j")
    rise = throw.pick("rise", RISES).cast(pl.Decimal(14, 4))
    later = pl.col("first_day_worked_on") + days(throw.between("rise after", 90, 240))
    risen = job_rows.filter(throw.happens("pay changes", PAY_CHANGES) & pl.col("hourly_wage").is_not_null())
    pay = risen.select("e", "j", "job_id", later.alias("from_on"), pl.col("hourly_wage") + rise, "ended_on")
    lasts = pl.col("ended_on").is_null() | (pl.col("from_on") <= pl.col("ended_on"))
    return pay.filter(lasts).sort("e", "j").drop("ended_on")


def job_problems(job_rows: pl.DataFrame, contacts: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """Problems in some jobs, most of them heard of in the days before the person was spoken with next."""
    throw = dice.by("e", "j")
    looked_for = pl.col("first_day_worked_on") + days(throw.between("problem from", 4, 60))
    arises = job_rows.filter(throw.happens("problem", PROBLEM)).with_columns(looked_for.alias("from_on"))
    spoken = contacts.filter((pl.col("with_whom") == "client") & (pl.col("attendance") == "attended"))
    answered = arises.sort("from_on", "e", "j").join_asof(
        spoken.select("episode_id", "on").sort("on"),
        left_on="from_on",
        right_on="on",
        by="episode_id",
        strategy="forward",
        check_sortedness=False,
    )
    heard = pl.max_horizontal(pl.col("on") - days(throw.between("heard before", 0, 3)), "from_on")
    lasts = pl.col("ended_on").is_null() | (pl.col("known_on") <= pl.col("ended_on"))
    return (
        answered.with_columns(heard.alias("known_on"), throw.pick("kind of problem", PROBLEMS).alias("kind"))
        .filter(pl.col("known_on").is_not_null() & lasts)
        .sort("e", "j")
        .with_columns(("Q" + pl.col("job_id").str.slice(1)).alias("job_problem_id"))
    )


def _while_open(advice: pl.DataFrame, entered: pl.DataFrame) -> pl.DataFrame:
    """What was given since entry and before the episode closed."""
    spans = entered.select("e", "entered_on", "closed_on")
    still_open = pl.col("closed_on").is_null() | (pl.col("on") <= pl.col("closed_on"))
    return advice.join(spans, on="e", maintain_order="left").filter((pl.col("on") >= pl.col("entered_on")) & still_open)


def _not_at_the_weekend(day: pl.Expr) -> pl.Expr:
    """That day, or the Friday before a weekend."""
    beyond = day.dt.weekday().cast(pl.Int64) - (SUNDAY - 2)
    return day - days(pl.when(beyond > 0).then(beyond).otherwise(0))

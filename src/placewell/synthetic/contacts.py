"""Contacts: the first attempts, the first meeting, regular meetings while looking for work, and support in the job."""

from __future__ import annotations

import polars as pl

from placewell.synthetic.dice import Dice, days, weekday
from placewell.synthetic.habits import Habits

ATTEMPTS = 4
KINDS = {"appointment": 50, "call": 22, "text": 11, "email": 6, "video": 2, "group": 4, "joint_with_clinician": 5}
MEETING_PLACES = {"community": 45, "health_setting": 41, "home": 8, "office": 6}
REMOTE = ("call", "text", "email", "video", "letter")


def contacts(episodes: pl.DataFrame, habits: Habits, dice: Dice) -> pl.DataFrame:
    """Every contact and attempt, in the columns of `contacts`, in order of day within an episode."""
    parts = [
        _attempts(episodes, habits, dice),
        _first_meetings(episodes, dice),
        _booklets(episodes),
        _meetings(episodes, habits, dice),
        _in_work(episodes, habits, dice),
        _with_others(episodes, dice),
    ]
    columns = ("e", "episode_id", "specialist_id", "on", "kind", "with_whom", "attendance")
    together = pl.concat([part.select(columns) for part in parts]).sort("e", "on", "kind", "with_whom", "attendance")
    numbered = together.with_columns(pl.int_range(pl.len()).over("e").alias("c"))
    return _placed(numbered, dice.by("e", "c"))


def _of_episode(frame: pl.DataFrame, number: str, how_many: pl.Expr | int) -> pl.DataFrame:
    """Each row that many times over, numbered from 0."""
    count = how_many if isinstance(how_many, pl.Expr) else pl.lit(how_many)
    numbers = pl.int_ranges(pl.lit(0), count.cast(pl.Int64)).alias(number)
    return frame.with_columns(numbers).explode(number).filter(pl.col(number).is_not_null())


def _attempts(episodes: pl.DataFrame, habits: Habits, dice: Dice) -> pl.DataFrame:
    """Calls after the referral until one is answered; four without an answer for people who are never reached.

    Where the first meeting enters, that meeting is arranged in writing: an answered call would be the first one.
    """
    never = pl.col("fate") == "unreached"
    by_episode = dice.by("e")
    tries = pl.when(never).then(ATTEMPTS).otherwise(1 + by_episode.between("tries", 0, 4) // 3)
    frame = _of_episode(episodes.with_columns(tries.alias("tries")), "k", pl.col("tries"))
    throw = dice.by("e", "k")
    answered = ~never & (pl.col("k") == pl.col("tries") - 1)
    gap = pl.when(never).then(6).otherwise(2)
    tried = pl.lit("text" if habits.meets_from_entry else "call")
    return frame.with_columns(
        weekday(
            pl.col("referred_on")
            + days(by_episode.between("first try", 1, 6) + pl.col("k") * gap + throw.between("try", 0, 1))
        ).alias("on"),
        pl.when(never & (pl.col("k") == ATTEMPTS - 1)).then(pl.lit("letter")).otherwise(tried).alias("kind"),
        pl.lit("client").alias("with_whom"),
        pl.when(answered).then(pl.lit("attended")).otherwise(pl.lit("one_way")).alias("attendance"),
    ).filter((pl.col("on") <= pl.coalesce("declined_on", "on")) & (never | (pl.col("on") <= pl.col("met_on"))))


def _first_meetings(episodes: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """The meeting at which eligibility is confirmed."""
    met = episodes.filter(pl.col("fate").is_in(["taken_on", "unwilling"]))
    return met.with_columns(
        pl.col("met_on").alias("on"),
        pl.lit("appointment").alias("kind"),
        pl.lit("client").alias("with_whom"),
        pl.lit("attended").alias("attendance"),
    )


def _booklets(episodes: pl.DataFrame) -> pl.DataFrame:
    """The advice booklet given to the comparison group. Source: 002 §11.8."""
    return episodes.filter(pl.col("arm") == "control").with_columns(
        pl.col("allocated_on").alias("on"),
        pl.lit("letter").alias("kind"),
        pl.lit("client").alias("with_whom"),
        pl.lit("one_way").alias("attendance"),
    )


def _meetings(episodes: pl.DataFrame, habits: Habits, dice: Dice) -> pl.DataFrame:
    """Meetings in the rhythm of the service after the first, until the person is in work or out of touch."""
    by_episode = dice.by("e")
    until = pl.min_horizontal("in_touch_until", pl.col("first_job_on") - days(7))
    entered = episodes.filter(pl.col("entered_on").is_not_null()).with_columns(
        until.alias("until"), by_episode.between("rhythm", *habits.rhythm).alias("rhythm")
    )
    span = (pl.col("until") - pl.col("met_on")).dt.total_days()
    frame = _of_episode(entered, "k", (span // pl.col("rhythm")).clip(0, 60))
    throw = dice.by("e", "k")
    frame = frame.with_columns(
        weekday(
            pl.col("met_on") + days((pl.col("k") + 1) * pl.col("rhythm") + throw.between("early or late", -2, 2))
        ).alias("on"),
        throw.pick("kind", KINDS).alias("kind"),
        pl.lit("client").alias("with_whom"),
    ).filter(pl.col("on") <= pl.col("in_touch_until"))
    written = pl.col("kind").is_in(["text", "email"])
    return frame.with_columns(
        pl.when(written)
        .then(throw.pick("reply", {"attended": 55, "one_way": 45}))
        .otherwise(
            throw.pick(
                "came", {"attended": 80, "did_not_attend": 12, "cancelled_by_client": 6, "cancelled_by_service": 2}
            )
        )
        .alias("attendance")
    )


def _in_work(episodes: pl.DataFrame, habits: Habits, dice: Dice) -> pl.DataFrame:
    """Support around and after the first day at work; some visits are late or missed."""
    frame = _of_episode(episodes.filter(pl.col("first_job_on").is_not_null()), "k", len(habits.in_work_visits))
    throw = dice.by("e", "k")
    due = pl.lit(pl.Series(habits.in_work_visits, dtype=pl.Int64)).gather(pl.col("k"))
    return (
        frame.with_columns(
            weekday(pl.col("first_job_on") + days(due + throw.between("visit", -1, 2))).alias("on"),
            throw.pick("visit kind", {"appointment": 58, "call": 38, "video": 4}).alias("kind"),
            pl.lit("client").alias("with_whom"),
            throw.pick("visit came", {"attended": 90, "did_not_attend": 6, "cancelled_by_client": 4}).alias(
                "attendance"
            ),
        )
        .filter(throw.happens("visited", 0.88))
        .filter(pl.col("on").is_between(pl.col("entered_on"), pl.col("closed_on") - days(1)))
    )


def _with_others(episodes: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """Talks with clinicians, the jobcentre and families, about once in two months."""
    entered = episodes.filter(pl.col("entered_on").is_not_null())
    span = (pl.col("in_touch_until") - pl.col("entered_on")).dt.total_days()
    frame = _of_episode(entered, "k", (span // 55).clip(0, 8))
    throw = dice.by("e", "k")
    return frame.with_columns(
        weekday(pl.col("entered_on") + days(pl.col("k") * 55 + throw.between("talk on", 5, 50))).alias("on"),
        throw.pick("talk kind", {"call": 45, "email": 40, "appointment": 15}).alias("kind"),
        throw.pick("talk with", {"clinician": 70, "jobcentre": 17, "family": 13}).alias("with_whom"),
        pl.lit("attended").alias("attendance"),
    ).filter(pl.col("on") <= pl.col("in_touch_until"))


def _placed(frame: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """Adds the id, the length and the place."""
    came = pl.col("attendance") == "attended"
    written = pl.col("kind").is_in(["text", "email", "letter"])
    long = pl.when(pl.col("kind") == "call").then(dice.between("call", 2, 6)).otherwise(dice.between("long", 6, 15))
    return frame.select(
        pl.concat_str(pl.lit("C"), pl.col("episode_id").str.slice(1), pl.lit("-"), pl.col("c") + 1).alias("contact_id"),
        "episode_id",
        "specialist_id",
        "on",
        "kind",
        "with_whom",
        "attendance",
        pl.when(came & ~written).then(long * 5).alias("minutes"),
        pl.when(pl.col("kind").is_in(REMOTE))
        .then(pl.lit("remote"))
        .when(pl.col("kind") == "joint_with_clinician")
        .then(pl.lit("health_setting"))
        .otherwise(dice.pick("place", MEETING_PLACES))
        .alias("place"),
    )

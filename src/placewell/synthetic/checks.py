"""Made-up checks of work status some weeks after entry, for services that look at it; some are missed."""

from __future__ import annotations

import polars as pl

from placewell.specification import Specification
from placewell.specification.outcomes import WorkStatus
from placewell.synthetic.dice import Dice, days, weekday

ASKED, ASKED_AGAIN = 0.9, 0.3
AT_WORK = {"at_work": 66, "phased_return": 9, "off_sick": 16, "not_working": 9}
AFTER_SICK_LEAVE = {"at_work": 38, "phased_return": 30, "off_sick": 24, "not_working": 8}
OUT_OF_WORK = {"not_working": 91, "at_work": 7, "phased_return": 2}
HOURS = ("8", "16", "20", "24", "30", "37.5")


def employment_checks(
    episodes: pl.DataFrame, employed: tuple[str, ...], spec: Specification, dice: Dice
) -> pl.DataFrame | None:
    """One row per check, in the columns of `employment_checks`; None for a service that asks for none.

    Someone out of work who has started a job by then is at work. `employed`: the statuses on entry with work.
    """
    asked = [outcome for outcome in spec.outcomes.outcomes if isinstance(outcome, WorkStatus)]
    if not asked:
        return None
    entered = episodes.filter(pl.col("entered_on").is_not_null())
    rows = pl.concat([_first(entered, asked[0], dice.by("e")), _again(entered, asked[0], dice.by("e"))])
    return _answered(rows, employed, dice.by("e", "k")).sort("e", "on", "k")


def _first(entered: pl.DataFrame, outcome: WorkStatus, dice: Dice) -> pl.DataFrame:
    """A check near the day, a little outside the window for a few."""
    day = pl.col("entered_on") + days(outcome.days + dice.about("check", -20, 32))
    return entered.filter(dice.happens("asked", ASKED)).with_columns(weekday(day).alias("on"), pl.lit(1).alias("k"))


def _again(entered: pl.DataFrame, outcome: WorkStatus, dice: Dice) -> pl.DataFrame:
    """An earlier or later check beside it."""
    day = pl.col("entered_on") + days(dice.between("other check", outcome.from_days - 30, outcome.until_days + 30))
    again = entered.filter(dice.happens("asked again", ASKED_AGAIN))
    return again.with_columns(weekday(day).alias("on"), pl.lit(2).alias("k"))


def _answered(rows: pl.DataFrame, employed: tuple[str, ...], dice: Dice) -> pl.DataFrame:
    has_work = pl.col("employment_at_entry").is_in(employed)
    found = (pl.col("first_job_on") <= pl.col("on")).fill_null(False)
    status = (
        pl.when(pl.col("employment_at_entry") == "off_sick")
        .then(dice.pick("after sick leave", AFTER_SICK_LEAVE))
        .when(has_work | found)
        .then(dice.pick("at work", AT_WORK))
        .otherwise(dice.pick("out of work", OUT_OF_WORK))
    )
    works = pl.col("status").is_in(["at_work", "phased_return"])
    return rows.with_columns(status.alias("status")).with_columns(
        pl.when(works).then(dice.pick("checked hours", HOURS)).cast(pl.Decimal(14, 4)).alias("weekly_hours"),
        (pl.col("status") == "off_sick").alias("on_sick_pay"),
        (pl.col("status") == "not_working").alias("on_benefits"),
    )

"""What becomes of people beside new jobs, and where they are sent on to, for services that count more than a few kinds.

Each function adds what the outcomes of the service count and the usual histories lack; others stay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from placewell.specification import Specification
from placewell.synthetic.codes import codes_counted
from placewell.synthetic.dice import Dice, days, weekday
from placewell.synthetic.opting_in import AT_WORK
from placewell.synthetic.records import DESTINATIONS, ONWARD

AT_WORK_EVENTS = {
    "retained_in_work": 44,
    "off_sick_pay": 22,
    "changed_role": 9,
    "changed_employer": 8,
    "career_change": 4,
    "retraining": 4,
    "early_retirement": 3,
    "mainstream_education": 3,
    "self_employed": 3,
}
OUT_OF_WORK_EVENTS = {
    "returned_to_work": 24,
    "off_benefits": 22,
    "mainstream_volunteering": 16,
    "training": 11,
    "mainstream_education": 8,
    "retraining": 7,
    "supported_or_permitted_work": 5,
    "self_employed": 4,
    "career_change": 3,
}
HAPPENS, HAPPENS_AGAIN = 0.62, 0.3
SENT_ON = 0.3


def destinations(entered: pl.DataFrame, usual: pl.DataFrame, spec: Specification, dice: Dice) -> pl.DataFrame:
    """One event for most, a second for some, in the weeks of support; by whether they were in work on entry."""
    if not set(codes_counted(spec, "destinations")) - set(DESTINATIONS):
        return usual
    listed = {destination.id for destination in spec.pathway.destinations}
    rows = []
    for turn, chance in (("once", HAPPENS), ("again", HAPPENS_AGAIN)):
        throw = dice.by("e")
        at_work = pl.col("employment_at_entry").is_in(AT_WORK)
        code = (
            pl.when(at_work)
            .then(throw.pick(f"event {turn}", _of(AT_WORK_EVENTS, listed)))
            .otherwise(throw.pick(f"event {turn}", _of(OUT_OF_WORK_EVENTS, listed)))
        )
        span = (pl.col("in_touch_until") - pl.col("entered_on")).dt.total_days()
        share = throw.between(f"event {turn} on", 35, 100)
        rows.append(
            entered.filter(
                throw.happens(f"event {turn} comes", chance) & (pl.col("in_touch_until") > pl.col("entered_on"))
            )
            .with_columns(weekday(pl.col("entered_on") + days(span * share // 100)).alias("on"), code.alias("code"))
            .filter((pl.col("code") != "off_sick_pay") | (pl.col("employment_at_entry") == "off_sick"))
            .select("e", "episode_id", "on", "code")
        )
    return pl.concat(rows).unique(["e", "code"], keep="first", maintain_order=True).sort("e", "on", "code")


def _of(weights: Mapping[str, int], listed: set[str]) -> dict[str, int]:
    return {code: weight for code, weight in weights.items() if code in listed} or dict(weights)


def onward_referrals(entered: pl.DataFrame, usual: pl.DataFrame, spec: Specification, dice: Dice) -> pl.DataFrame:
    """The usual ones and referrals to what the service counts besides; nowhere that its specification does not list."""
    more = sorted(set(codes_counted(spec, "onward_referrals")) - set(ONWARD))
    if not more:
        return usual
    listed = [place.id for place in spec.referral.onward]
    throw = dice.by("e")
    sent = entered.filter(throw.happens("sent on", SENT_ON)).select(
        "e",
        "episode_id",
        weekday(pl.col("entered_on") + days(throw.between("sent on, day", 3, 60))).alias("on"),
        throw.pick("sent on to", more).alias("to"),
        pl.when(throw.happens("is referred", 0.85))
        .then(pl.lit("referral"))
        .otherwise(pl.lit("signpost"))
        .alias("kind"),
    )
    return pl.concat([usual.filter(pl.col("to").is_in(listed)), sent]).sort("e", "on", "to")

"""Referrals and what becomes of them: triage, declines, the trial's allocation, acceptance, coming back again."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from placewell.synthetic.calendar import Calendar
from placewell.synthetic.dice import SATURDAY, Dice, days, weekday
from placewell.synthetic.drawn import episode_id
from placewell.synthetic.habits import Habits
from placewell.synthetic.mix import Mix
from placewell.synthetic.places import place_of

WEEKDAY_WEIGHT, WEEKEND_WEIGHT = 12, 1
FULL_FLOW_AFTER = 240
"""Days after which referrals come at their full rate (they begin at a quarter of it)."""
COMES_BACK = 0.09
MOVES_LOT = 0.35
FATES = {"unsuitable": 9, "unreached": 11, "unwilling": 7, "taken_on": 73}


def flow_of_days(first: date, last: date) -> list[date]:
    """The days on which referrals come, each as often as it is likely: few at first, hardly any at weekends."""
    found = []
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        weight = WEEKEND_WEIGHT if day.isoweekday() >= SATURDAY else WEEKDAY_WEIGHT
        share = min(1.0, 0.25 + 0.75 * number / FULL_FLOW_AFTER)
        found.extend([day] * max(1, round(weight * share)))
    return found


def first_referrals(people: pl.DataFrame, calendar: Calendar, dice: Dice) -> pl.DataFrame:
    """Everyone's first episode: `n`, `e` (the episode's own number), `lot`, `referred_on`."""
    flow = flow_of_days(calendar.first_referral, calendar.last_referral)
    return people.select(
        "n",
        "person_id",
        (pl.col("n") * 4).alias("e"),
        pl.lit(1, dtype=pl.Int64).alias("ordinal"),
        pl.col("home").alias("lot"),
        dice.pick_day("referred", flow).alias("referred_on"),
        pl.lit(None, dtype=pl.String).alias("earlier_arm"),
    )


def referred_again(episodes: pl.DataFrame, lots: tuple[str, ...], calendar: Calendar, dice: Dice) -> pl.DataFrame:
    """The next episode of those who come back some weeks after the last one ended, some of them to another lot."""
    dice = dice.by("e")
    over = pl.coalesce("declined_on", "closed_on", pl.when(pl.col("arm") == "control").then("allocated_on"))
    back = weekday(over + days(dice.between("comes back on", 21, 260)))
    return (
        episodes.filter(over.is_not_null() & dice.happens("comes back", COMES_BACK))
        .with_columns(back.alias("referred_on"))
        .filter(pl.col("referred_on") <= calendar.last_referral)
        .select(
            "n",
            "person_id",
            pl.col("e") + 1,
            pl.col("ordinal") + 1,
            pl.when(dice.happens("moves", MOVES_LOT)).then(dice.pick("moves to", lots)).otherwise("lot").alias("lot"),
            "referred_on",
            pl.coalesce("arm", "earlier_arm").alias("earlier_arm"),
        )
    )


def decided(
    referrals: pl.DataFrame,
    calendar: Calendar,
    mix: Mix,
    habits: Habits,
    dice: Dice,
    given: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Adds what becomes of each referral: accepted_on, declined_on, decline_reason, arm, allocated_on, entered_on.

    While the trial runs, everyone who is suitable and willing is allocated at the first meeting, one to one; nobody
    twice. A person of the comparison group who comes back before the trial ends is declined. Source: 002 §9, §11.
    Where the first meeting enters, that day is the day of entry. `given` (`e`, `given`): arms a ledger has drawn.
    """
    dice = dice.by("e")
    received = pl.col("referred_on")
    first_open = calendar.open_to_all_from
    frame = referrals.with_columns(
        dice.pick("fate", FATES).alias("fate"),
        weekday(received + days(dice.about("meeting", 4, 34))).alias("met_on"),
        weekday(received + days(dice.between("triage", 1, 7))).alias("triaged_on"),
    )
    in_trial = pl.col("met_on") < first_open
    held = pl.col("earlier_arm")
    frame = frame.with_columns(
        pl.when((held == "control") & in_trial).then(pl.lit("in_trial")).otherwise("fate").alias("fate")
    )
    taken = pl.col("fate") == "taken_on"
    drawn = taken & in_trial & held.is_null()
    accepted = (
        pl.when(taken & in_trial)
        .then("met_on")
        .when(taken)
        .then(pl.max_horizontal("triaged_on", pl.lit(weekday_of(first_open))))
    )
    by_chance = dice.pick("arm", ("ips", "control"))
    if given is not None:
        frame, by_chance = frame.join(given, on="e", how="left", maintain_order="left"), pl.col("given")
    frame = frame.with_columns(
        accepted.alias("accepted_on"),
        pl.when(drawn).then(by_chance).alias("arm"),
        pl.when(drawn).then("met_on").alias("allocated_on"),
        _declined_on(dice).alias("declined_on"),
        _decline_reason(in_trial, mix, dice).alias("decline_reason"),
    )
    supported = pl.col("accepted_on").is_not_null() & pl.col("arm").fill_null("ips").eq("ips")
    met = pl.max_horizontal("met_on", "accepted_on")
    entry = met if habits.meets_from_entry else pl.col("accepted_on")
    frame = frame.with_columns(pl.when(supported).then(entry).alias("entered_on"), met.alias("met_on"))
    return frame.drop("given", strict=False)


def weekday_of(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 8 - day.isoweekday()) if day.isoweekday() >= SATURDAY else 0)


def _declined_on(dice: Dice) -> pl.Expr:
    received, fate = pl.col("referred_on"), pl.col("fate")
    return (
        pl.when(fate.is_in(["unsuitable", "in_trial"]))
        .then(weekday(received + days(dice.between("unsuitable on", 2, 16))))
        .when(fate == "unreached")
        .then(weekday(received + days(dice.between("unreached on", 24, 45))))
        .when(fate == "unwilling")
        .then("met_on")
    )


def _decline_reason(in_trial: pl.Expr, mix: Mix, dice: Dice) -> pl.Expr:
    fate = pl.col("fate")
    return (
        pl.when(fate == "unsuitable")
        .then(dice.pick("unsuitable", mix.unsuitable))
        .when(fate == "in_trial")
        .then(pl.lit(mix.reasons["duplicate"]))
        .when(fate == "unreached")
        .then(pl.lit(mix.reasons["no_answer"]))
        .when((fate == "unwilling") & in_trial)
        .then(pl.lit(mix.reasons["did_not_consent"]))
        .when(fate == "unwilling")
        .then(pl.lit(mix.reasons["changed_mind"]))
    )


def described(
    episodes: pl.DataFrame, service_id: str, lots: tuple[str, ...], mix: Mix, habits: Habits, dice: Dice
) -> pl.DataFrame:
    """Adds the columns of `episodes` that describe the referral and the person's situation."""
    dice = dice.by("e")
    of_person = dice.by("n")
    practice, locality = pl.lit(None, dtype=pl.String), pl.lit(None, dtype=pl.String)
    for number, lot in enumerate(lots):
        place, here = place_of(lot, number), pl.col("lot") == lot
        practice = pl.when(here).then(of_person.pick("practice", place.practices)).otherwise(practice)
        locality = pl.when(here).then(of_person.pick("locality", place.localities)).otherwise(locality)
    by_self = pl.col("source") == "self"
    frame = episodes.with_columns(
        episode_id().alias("episode_id"),
        pl.lit(service_id).alias("service_id"),
        practice.alias("gp_practice"),
        locality.alias("locality"),
        dice.pick("source", mix.sources).alias("source"),
        of_person.pick("condition", mix.conditions).alias("primary_condition"),
        pl.when(~pl.col("employment_at_entry").is_in(habits.employed))
        .then(dice.pick("last worked", habits.last_worked))
        .alias("time_since_last_worked"),
    )
    in_mind = pl.col("primary_condition").is_in(["anxiety_or_depression", "other_mental_health"])
    return frame.with_columns(
        pl.when(by_self)
        .then(dice.pick("own route", {"web": 45, "phone": 45, "email": 10}))
        .otherwise(dice.pick("route", {"web": 76, "email": 20, "phone": 4}))
        .alias("route"),
        pl.when(by_self)
        .then(dice.pick("own prompt", mix.own_prompts))
        .otherwise(dice.pick("prompt", mix.prompts))
        .alias("prompted_by"),
        of_person.happens("long-term", 0.82).alias("has_long_term_condition"),
        (in_mind | of_person.happens("low mood", 0.3)).alias("has_common_mental_health_problem"),
        ((pl.col("primary_condition") == "autism") | of_person.happens("autism", 0.02)).alias("has_autism"),
        (pl.col("primary_condition") == "learning_disability").alias("has_learning_disability"),
    )

"""Jobs: when they begin and end, hours by contract and as they change, pay, role, industry; the search before."""

from __future__ import annotations

import polars as pl

from placewell.specification import Specification
from placewell.specification.outcomes import JobStart
from placewell.synthetic.dice import Dice, completed_years, days, weekday
from placewell.vocabulary.minimum_wage import least_pay, rates

HOURS = {
    "4": 1,
    "6": 2,
    "8": 5,
    "10": 6,
    "12": 9,
    "15": 5,
    "15.5": 2,
    "16": 14,
    "18": 3,
    "20": 13,
    "24": 7,
    "25": 5,
    "30": 9,
    "35": 5,
    "37.5": 13,
    "40": 7,
}
ROLES = {
    "92|I": 17,
    "92|N": 12,
    "91|C": 8,
    "92|H": 8,
    "71|G": 14,
    "72|N": 5,
    "61|Q": 12,
    "61|P": 4,
    "41|O": 5,
    "41|Q": 4,
    "82|H": 6,
    "81|C": 5,
    "53|F": 3,
    "35|M": 3,
    "32|Q": 3,
    "34|R": 2,
    "54|I": 3,
    "24|S": 1,
}
"""SOC 2020 sub-major group and SIC 2007 section, together: what people most often find."""
CONTRACTS = {
    "permanent": 54,
    "fixed_term": 11,
    "temporary": 10,
    "agency": 11,
    "zero_hours": 10,
    "seasonal": 3,
    "apprenticeship": 1,
}
ENDINGS = {
    "contract_ended": 21,
    "health": 20,
    "probation_not_passed": 8,
    "job_did_not_suit": 14,
    "better_job": 13,
    "hours_or_pay": 8,
    "redundancy": 6,
    "dismissed": 5,
    "caring": 4,
    "travel": 1,
}
LOSES_THE_JOB, SECOND_JOB, JOB_BESIDE = 0.40, 0.34, 0.05
ABOVE_THE_MINIMUM = ("0", "0", "0", "0.10", "0.29", "0.50", "0.79", "1.20", "1.85", "2.60", "4.00")
EMPLOYERS_PER_PERSON = 8


def jobs(entered: pl.DataFrame, births: pl.DataFrame, people: int, dice: Dice) -> pl.DataFrame:
    """Every job, with the columns of `jobs`, `e` and `j` (its number within the episode, from 1)."""
    first = _first_jobs(entered, dice.by("e"))
    rows = pl.concat([first, _after_a_loss(first, dice.by("e")), _beside(first, dice.by("e"))]).sort("e", "j")
    rows = _described(rows, people, dice.by("e", "j"))
    return _paid(rows, births, dice.by("e", "j"))


def _first_jobs(entered: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    worked = entered.filter(pl.col("first_job_on").is_not_null()).rename({"first_job_on": "first_day_worked_on"})
    return worked.select(
        "n",
        "e",
        "episode_id",
        "closed_on",
        pl.lit(1, dtype=pl.Int64).alias("j"),
        "first_day_worked_on",
        _end(dice, "first", LOSES_THE_JOB),
    )


def _end(dice: Dice, which: str, chance: float) -> pl.Expr:
    """Some lose the job within half a year, some leave after it, the others stay."""
    first = pl.col("first_day_worked_on")
    return (
        pl.when(dice.happens(f"{which} lost", chance))
        .then(first + days(dice.between(f"{which} lost after", 2, 175)))
        .when(dice.happens(f"{which} left", 0.2))
        .then(first + days(dice.between(f"{which} left after", 176, 500)))
        .alias("ended_on")
    )


def _after_a_loss(first: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """Another job for some who lost the first while the episode was open. Source: 002 App. 7 Org 6."""
    lost = first.filter(pl.col("ended_on").is_not_null() & dice.happens("second job", SECOND_JOB))
    begun = weekday(pl.col("ended_on") + days(dice.between("second job after", 4, 80)))
    return (
        lost.with_columns(begun.alias("first_day_worked_on"), pl.lit(2, dtype=pl.Int64).alias("j"))
        .with_columns(_end(dice, "second", 0.3))
        .filter(pl.col("first_day_worked_on") < pl.col("closed_on"))
        .select(first.columns)
    )


def _beside(first: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """A few hours a week elsewhere, beside the first job."""
    begun = weekday(pl.col("first_day_worked_on") + days(dice.between("beside after", 10, 100)))
    return (
        first.filter(dice.happens("beside", JOB_BESIDE))
        .with_columns(begun.alias("first_day_worked_on"), pl.lit(3, dtype=pl.Int64).alias("j"))
        .with_columns(_end(dice, "beside", 0.3))
        .filter(pl.col("first_day_worked_on") < pl.col("closed_on"))
        .select(first.columns)
    )


def _described(rows: pl.DataFrame, people: int, dice: Dice) -> pl.DataFrame:
    employers = max(20, people // EMPLOYERS_PER_PERSON)
    employer = dice.between("employer", 1, employers).cast(pl.String).str.zfill(5)
    role = dice.pick("role", ROLES).str.split("|")
    alone = dice.happens("self-employed", 0.06)
    later = pl.when(dice.happens("starts later", 0.05)).then(dice.between("later by", 1, 6)).otherwise(0)
    rows = rows.with_columns(
        pl.concat_str(pl.lit("J"), pl.col("episode_id").str.slice(1), pl.lit("-"), "j").alias("job_id"),
        alone.alias("self_employed"),
        pl.when(~alone).then("EM" + employer).alias("employer_id"),
        (pl.col("first_day_worked_on") - days(later)).alias("started_on"),
        dice.pick("hours", HOURS).cast(pl.Decimal(14, 4)).alias("contract_hours"),
        dice.happens("competitive", 0.965).alias("competitive"),
        role.list.get(0).alias("occupation"),
        role.list.get(1).alias("industry"),
        dice.happens("disclosed", 0.46).alias("disclosed"),
        pl.when(pl.col("ended_on").is_not_null()).then(dice.pick("ended because", ENDINGS)).alias("end_reason"),
    )
    contract = pl.when(alone).then(pl.lit("self_employed")).otherwise(dice.pick("contract", CONTRACTS))
    return rows.with_columns(contract.alias("contract_type"))


def _paid(rows: pl.DataFrame, births: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """Adds hourly_wage: at or above the least that may be paid to a person of that age on the first day at work."""
    least = least_pay(completed_years(pl.col("birth_date"), pl.col("first_day_worked_on")), pl.lit(False))
    above = dice.pick("above the minimum", ABOVE_THE_MINIMUM).cast(pl.Decimal(14, 4))
    paid = rows.join(births, on="n", how="left", maintain_order="left").sort("first_day_worked_on", "e", "j")
    paid = paid.join_asof(rates(), left_on="first_day_worked_on", right_on="from", strategy="backward")
    wage = (least.cast(pl.Decimal(14, 4)) + above).cast(pl.Decimal(14, 4))
    return paid.with_columns(wage.alias("hourly_wage")).sort("e", "j")


def by_hours_paid(job_rows: pl.DataFrame, spec: Specification, dice: Dice) -> pl.DataFrame:
    """Of a service that counts a part-time job by the hours paid: some such jobs with these hours and no first day."""
    rules = [outcome for outcome in spec.outcomes.outcomes if isinstance(outcome, JobStart)]
    if not rules or rules[0].part_time_paid_hours is None:
        return job_rows
    dice = dice.by("e", "j")
    few = (pl.col("contract_hours") < spec.outcomes.hours.boundary).fill_null(False)
    by_hours = few & dice.happens("known by hours", 0.2)
    return job_rows.with_columns(
        pl.when(~by_hours).then("first_day_worked_on").alias("first_day_worked_on"),
        pl.when(by_hours).then(dice.between("hours paid", 1, 16)).alias("paid_hours_to_date"),
    )


def hours_spells(job_rows: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """Hours that changed after some weeks, and a few weeks in which they are not known."""
    dice = dice.by("e", "j")
    changed = job_rows.filter(dice.happens("hours change", 0.2)).select(
        "job_id",
        (pl.col("first_day_worked_on") + days(dice.between("change after", 14, 130))).alias("from_on"),
        pl.col("ended_on").alias("to_on"),
        pl.when(dice.happens("changed hours known", 0.95))
        .then(dice.pick("changed hours", HOURS))
        .cast(pl.Decimal(14, 4))
        .alias("weekly_hours"),
    )
    return changed.filter(pl.col("to_on").is_null() | (pl.col("from_on") <= pl.col("to_on")))


def applications(entered: pl.DataFrame, people: int, dice: Dice) -> pl.DataFrame:
    """Job applications: the first within four weeks of entry for most, then one every week or two until a job."""
    return _search(entered, people, dice, "application", first=(6, 44), chance=0.9, most=14)


def employer_contacts(entered: pl.DataFrame, people: int, dice: Dice) -> pl.DataFrame:
    """Contacts with employers for a person looking for work, nearly half of them face to face, and in-work support."""
    rows = _search(entered, people, dice, "employer", first=(9, 60), chance=0.85, most=12)
    throw = dice.by("e", "k")
    return rows.with_columns(
        throw.happens("face to face", 0.45).alias("face_to_face"),
        throw.pick("purpose", {"client_job_search": 62, "lead": 20, "negotiation": 18}).alias("purpose"),
    )


def _search(
    entered: pl.DataFrame, people: int, dice: Dice, what: str, first: tuple[int, int], chance: float, most: int
) -> pl.DataFrame:
    """One row per step of the search: `on`, `employer_id`, `made_by`, and its number `k` within the episode."""
    employers = max(20, people // EMPLOYERS_PER_PERSON)
    one = dice.by("e")
    until = pl.min_horizontal("in_touch_until", pl.col("first_job_on") - days(8))
    begun = pl.col("entered_on") + days(one.about(f"{what} first", *first))
    rows = entered.filter(one.happens(what, chance)).with_columns(
        until.alias("until"), begun.alias("begun"), one.between(f"{what} rhythm", 9, 32).alias("rhythm")
    )
    span = (pl.col("until") - pl.col("begun")).dt.total_days()
    count = (span // pl.col("rhythm") + 1).clip(0, most)
    rows = rows.with_columns(pl.int_ranges(pl.lit(0), count).alias("k")).explode("k").filter(pl.col("k").is_not_null())
    throw = dice.by("e", "k")
    return (
        rows.with_columns(
            weekday(pl.col("begun") + days(pl.col("k") * pl.col("rhythm") + throw.between(f"{what} on", 0, 4))).alias(
                "on"
            ),
            ("EM" + throw.between(f"{what} to", 1, employers).cast(pl.String).str.zfill(5)).alias("employer_id"),
            throw.pick(f"{what} by", {"client": 63, "specialist": 37}).alias("made_by"),
            pl.concat_str(pl.col("episode_id").str.slice(1), pl.lit("-"), pl.col("k") + 1).alias("suffix"),
        )
        .filter(pl.col("on") <= pl.col("until"))
        .sort("e", "k")
    )

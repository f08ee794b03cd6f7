"""Evidence of every kind, in every state and with every delay: profiles, job starts, 6 weeks, 26 weeks."""

from __future__ import annotations

import polars as pl

from placewell.synthetic.dice import Dice, days, weekday

KINDS = {
    "job_start": {
        "contract": 30,
        "payslip": 27,
        "employer_email": 15,
        "employer_letter": 14,
        "client_declaration": 10,
        "timesheet": 4,
    },
    "six_weeks": {"payslip": 55, "employer_email": 15, "employer_letter": 10, "timesheet": 8, "client_declaration": 12},
    "sustained_26_weeks": {
        "payslip": 55,
        "employer_email": 16,
        "employer_letter": 12,
        "timesheet": 5,
        "client_declaration": 12,
    },
}
REACHED_AFTER = {"job_start": 0, "six_weeks": 41, "sustained_26_weeks": 182}
"""Days of one unbroken job until the outcome (its first day counted as 0)."""
HELD = {"job_start": 0.92, "six_weeks": 0.84, "sustained_26_weeks": 0.78}
FATES = {"verified": 86, "waiting": 5, "rejected": 6, "withdrawn": 3}
"""What becomes of a document; withdrawn: first verified, rejected some weeks later."""


def evidence(
    jobs: pl.DataFrame, profiles: pl.DataFrame, verifiers: pl.DataFrame, outcomes: tuple[str, ...], dice: Dice
) -> pl.DataFrame:
    """Every document, in the columns of `evidence`, for the `outcomes` that the service wants proved.

    `verifiers`: e, verifier (never the person's own specialist).
    """
    by_job = dice.by("e", "j")
    parts = [_of_jobs(jobs, outcome, by_job) for outcome in REACHED_AFTER if outcome in outcomes]
    notes = [_notes(part, by_job) for part in parts[-1:]]
    again = [_second_copies(pl.concat(parts), by_job)] if parts else []
    together = pl.concat([*parts, *notes, *again, _of_profiles(profiles, dice.by("e"))]).sort(
        "e", "about_on", "code", "kind"
    )
    numbered = together.with_columns((pl.int_range(pl.len()).over("e") + 1).alias("d"))
    decided = _decided(numbered.join(verifiers, on="e", how="left", maintain_order="left"), dice.by("e", "d"))
    return decided.with_columns(
        pl.concat_str(pl.lit("D"), pl.col("episode_id").str.slice(1), pl.lit("-"), "d").alias("evidence_id")
    )


COLUMNS = ("e", "j", "episode_id", "job_id", "code", "kind", "about_on", "received_on")


def _of_jobs(jobs: pl.DataFrame, outcome: str, dice: Dice) -> pl.DataFrame:
    """Documents of the jobs that lasted long enough."""
    reached = pl.col("first_day_worked_on") + days(REACHED_AFTER[outcome])
    lasted = pl.col("ended_on").is_null() | (pl.col("ended_on") >= reached)
    drawn = dice.pick(f"{outcome} kind", KINDS[outcome])
    rows = jobs.filter(lasted & pl.col("competitive") & dice.happens(f"{outcome} held", HELD[outcome])).with_columns(
        pl.when(pl.col("self_employed")).then(pl.lit("self_employment_record")).otherwise(drawn).alias("kind"),
        reached.alias("reached"),
    )
    late = pl.when(pl.col("kind") == "payslip").then(dice.between(f"{outcome} slip", 4, 24))
    about = (
        pl.when(pl.col("kind") == "contract")
        .then("started_on")
        .otherwise(pl.col("reached") + days(late.otherwise(dice.between(f"{outcome} about", 0, 6))))
    )
    return (
        rows.with_columns(about.alias("about_on"), pl.lit(outcome).alias("code"))
        .with_columns(
            weekday(pl.max_horizontal("about_on", "reached") + days(dice.between(f"{outcome} received", 0, 14))).alias(
                "received_on"
            )
        )
        .select(COLUMNS)
    )


def _notes(documents: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """Notes on the support given, beside most declarations at 26 weeks. Source: 002 App. 6."""
    beside = documents.filter((pl.col("kind") == "client_declaration") & dice.happens("note", 0.75))
    return beside.with_columns(pl.lit("qualitative_note").alias("kind"))


def _second_copies(documents: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """Another document for some outcomes, a few weeks later."""
    some = documents.filter(dice.happens("second copy", 0.12))
    return some.with_columns(
        pl.lit("payslip").alias("kind"),
        pl.col("about_on") + days(28),
        pl.col("received_on") + days(30),
    )


def _of_profiles(profiles: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """The completed profile is the evidence of engagement. Source: 002 App. 6."""
    done = (pl.col("version") == 1) & pl.col("completed_on").is_not_null()
    return profiles.filter(done & dice.happens("profile kept", 0.9)).select(
        "e",
        pl.lit(0, dtype=pl.Int64).alias("j"),
        "episode_id",
        pl.lit(None, dtype=pl.String).alias("job_id"),
        pl.lit("engaged").alias("code"),
        pl.lit("vocational_profile").alias("kind"),
        pl.col("completed_on").alias("about_on"),
        pl.col("completed_on").alias("received_on"),
    )


def _decided(rows: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """Adds what the verifier made of each document, and when."""
    fate = dice.pick("document", FATES)
    looked_at = weekday(pl.col("received_on") + days(dice.between("looked at", 1, 10)))
    rows = rows.with_columns(fate.alias("fate"), looked_at.alias("looked_at"))
    withdrawn_on = weekday(pl.col("looked_at") + days(dice.between("withdrawn", 10, 60)))
    fate, seen = pl.col("fate"), pl.col("fate") != "waiting"
    return rows.with_columns(
        pl.when(fate == "verified")
        .then(pl.lit("verified"))
        .when(fate == "waiting")
        .then(pl.lit("received"))
        .otherwise(pl.lit("rejected"))
        .alias("status"),
        pl.when(fate == "withdrawn").then(withdrawn_on).when(seen).then("looked_at").alias("decided_on"),
        pl.when(seen).then("verifier").alias("decided_by"),
        pl.when(fate.is_in(["verified", "withdrawn"])).then("looked_at").alias("verified_on"),
        pl.col("code").alias("outcome"),
    )

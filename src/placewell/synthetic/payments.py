"""Claims that a provider would have made: after each quarter, for the payments the ledger says it was owed."""

from __future__ import annotations

from datetime import date

import polars as pl

from placewell.dataset import Dataset
from placewell.payment import ledger, pays_for_outcomes
from placewell.periods import parse_period
from placewell.specification import Specification
from placewell.synthetic.dice import days

CLAIMED_AFTER, PAID_AFTER, TAKEN_BACK_AFTER = 20, 28, 30
"""Days from the quarter's end to the claim, from the claim to the payment, from a rejection to taking it back."""


def claims(spec: Specification, dataset: Dataset, through: date) -> pl.DataFrame | None:
    """The claims up to `through`; None for a service without payment by outcome.

    A document rejected only after the quarter was claimed had been claimed in good faith, and is paid back.
    Source: 002 §21.
    """
    if not pays_for_outcomes(spec):
        return None
    known = dataset["evidence"]
    rejected = pl.col("status") == "rejected"
    in_good_faith = known.with_columns(
        pl.when(rejected & pl.col("verified_on").is_not_null())
        .then(pl.lit("verified"))
        .otherwise("status")
        .alias("status")
    )
    owed = ledger(spec, dataset.with_frames(evidence=in_good_faith), through).filter(pl.col("state") == "payable")
    withdrawn = known.filter(rejected).select("evidence_id", pl.col("decided_on").alias("rejected_on"))
    first = spec.service.first_quarter_starts
    ends = [(label, parse_period(label, first).last_day) for label in owed["quarter"].unique().sort()]
    quarters = pl.DataFrame(ends, schema={"quarter": pl.String(), "quarter_end": pl.Date()}, orient="row")
    made = (
        owed.join(withdrawn, on="evidence_id", how="left", maintain_order="left")
        .join(quarters, on="quarter", maintain_order="left")
        .with_columns((pl.col("quarter_end") + days(CLAIMED_AFTER)).alias("claimed_on"))
        .filter(pl.col("rejected_on").is_null() | (pl.col("rejected_on") > pl.col("claimed_on")))
    )
    return made.select(
        ("K" + pl.col("job_id").str.slice(1)).alias("claim_id"),
        "person_id",
        "episode_id",
        "job_id",
        "amount",
        "claimed_on",
        (pl.col("claimed_on") + days(PAID_AFTER)).alias("paid_on"),
        (pl.col("rejected_on") + days(TAKEN_BACK_AFTER)).alias("clawed_back_on"),
    )

"""One row for each person randomised: their trial number and arm, with the referral and the person items beside it."""

from __future__ import annotations

from datetime import date

import polars as pl

from placewell.dataset import Dataset
from placewell.evaluation.ages import age_in_years, band_of
from placewell.evaluation.answered import AGE, Answered, as_answered
from placewell.evaluation.facts import LedgerFacts

EPISODE = ("person_id", "lot", "referred_on", "source", "primary_condition", "employment_at_entry")
EPISODE_COLUMNS = ("episode_id", *EPISODE, "time_since_last_worked")
PERSON_COLUMNS = (
    "person_id",
    "birth_date",
    "region",
    "gender",
    "ethnicity",
    "religion",
    "sexual_orientation",
    "education",
)


def randomised(
    tables: Dataset, ledger: LedgerFacts, as_at: date, lot: str | None = None, answered: Answered | None = None
) -> pl.DataFrame:
    """Everyone randomised by a day, in order of trial number, one row each.

    Columns: those of the allocation (`person` is the trial number), the referral and the person, `age_band` on the day
    of randomisation, `voided`; items and age as `answered` at the baseline for those of whom it is `kept`. Who is in
    the ledger is here even if the data set holds nothing about them; the lot is then the stratum. Holds what identifies
    people: nothing of it leaves but through declared columns.
    """
    facts = ledger.as_at(as_at)
    drawn = facts.allocations.unique("person", keep="first", maintain_order=True)
    frame = (
        drawn.join(tables["episodes"].select(EPISODE_COLUMNS), on="episode_id", how="left")
        .join(tables["people"].select(PERSON_COLUMNS), on="person_id", how="left")
        .with_columns(
            pl.coalesce("lot", "stratum").alias("lot"),
            age_in_years(pl.col("birth_date"), pl.col("allocated_on")).cast(pl.Int64).alias(AGE),
            pl.col("person").is_in(facts.voids["person"].implode()).alias("voided"),
        )
        .pipe(as_answered, answered)
        .with_columns(band_of(pl.col(AGE)).alias("age_band"))
        .sort("person")
    )
    return frame if lot is None else frame.filter(pl.col("lot") == lot)


def once(people: pl.DataFrame) -> pl.DataFrame:
    """One row for each person of the data set, by the first allocation: it stands, whatever was drawn again later.

    Source: Yelland et al., Clinical Trials 2015; trial.md §5, Errors.
    """
    return (
        people.with_columns(pl.coalesce("person_id", "person").alias("who"))
        .sort("allocated_on", "referred_on", "episode_id", descending=[False, True, True], nulls_last=True)
        .unique("who", keep="first", maintain_order=True)
        .drop("who")
        .sort("person")
    )

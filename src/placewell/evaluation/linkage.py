"""The linkage file: trial numbers with identifiers, only of people whose consent to linkage holds on the day."""

from __future__ import annotations

from datetime import date

import polars as pl

from placewell.dataset import Dataset
from placewell.evaluation.exports import csv_bytes_of, refuse_telling_numbers
from placewell.evaluation.facts import LedgerFacts
from placewell.evaluation.trial import scopes_that_stop, trial_of
from placewell.outcomes.as_at import known
from placewell.specification import Specification

IDENTIFIERS = ("nhs_number", "first_name", "surname", "birth_date", "gender", "postcode")
HEADER = ("trial_number", *IDENTIFIERS, "consented_on")


def linkage_rows(
    tables: Dataset, spec: Specification, ledger: LedgerFacts, as_at: date, *, lot: str | None = None
) -> pl.DataFrame:
    """One row for each person randomised whose `linkage` consent was given by the day and holds on it.

    A consent ends on the day it was withdrawn; a withdrawal in the ledger that stops linkage ends it too. Columns:
    `HEADER`. No arm, no health, no work: what identifies people stands in no file with what the trial found, and this
    file is no part of `export`. Raises ValueError for a service without a trial, UserError for telling numbers.
    Source: 002 Fig. 2 (health records), §11.9.
    """
    stops = scopes_that_stop(trial_of(spec), "linkage")
    data, facts = known(tables, as_at), ledger.as_at(as_at)
    refuse_telling_numbers(data, facts)
    ended = facts.withdrawals.filter(pl.col("scope").is_in(stops))
    held = (
        data["consents"]
        .filter(pl.col("kind") == "linkage")
        .sort("given_on", maintain_order=True)
        .unique("episode_id", keep="last", maintain_order=True)
        .filter(pl.col("withdrawn_on").is_null())
        .select("episode_id", pl.col("given_on").alias("consented_on"))
    )
    rows = (
        facts.allocations.unique("person", keep="first", maintain_order=True)
        .join(ended, on="person", how="anti")
        .join(held, on="episode_id")
        .join(data["episodes"].select("episode_id", "person_id", "lot"), on="episode_id")
        .join(data["people"].select("person_id", *IDENTIFIERS), on="person_id")
        .sort("person")
    )
    rows = rows if lot is None else rows.filter(pl.col("lot") == lot)
    return rows.rename({"person": "trial_number"}).select(HEADER)


def linkage_bytes(rows: pl.DataFrame) -> bytes:
    """The linkage file as CSV in UTF-8, through the project's one writer."""
    return csv_bytes_of(rows)

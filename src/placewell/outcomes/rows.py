"""Outcomes whose subjects are rows of a table: appointments, activities, employer contacts, reviews of fidelity.

Each answers one line per row: subject_id, row and episode_id (null: it belongs to no episode), on, met, code, and what
the reasons need.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from placewell.dataset import TABLES, Dataset
from placewell.outcomes.conditions import fulfilled
from placewell.outcomes.entry import attended_by_client
from placewell.outcomes.facts import ROW, Facts
from placewell.outcomes.fidelity_actions import actions
from placewell.periods import add_months
from placewell.specification import Specification
from placewell.specification.outcomes import EachAppointment, EachOf, EachRow, FidelityActions, FidelityReview


def lines(facts: Facts, outcome: EachAppointment | EachRow | EachOf | FidelityReview | FidelityActions) -> pl.LazyFrame:
    """The subjects of an outcome as at the day, in order."""
    match outcome:
        case EachAppointment():
            found = _appointments(facts)
        case EachRow():
            found = _each(facts, outcome)
        case EachOf():
            found = _together(facts, outcome)
        case FidelityActions():
            found = actions(facts, outcome)
        case _:
            found = _reviews(facts, outcome)
    return found.sort(ROW, "on", "subject_id", nulls_last=True)


def numbered_appointments(spec: Specification, dataset: Dataset, as_at: date) -> pl.DataFrame:
    """Each appointment with its number since entry: contact_id, episode_id, on, number; in order of both.

    Rows know only days: of one day the smaller id has the smaller number.

    Source: 002 App. 6 (engaged: three appointments); semantics.md §3 (appointment).
    """
    return numbered_appointments_of(Facts(spec, dataset, as_at))


def numbered_appointments_of(facts: Facts) -> pl.DataFrame:
    """The same, for a caller who has the facts already."""
    found = _appointments(facts).sort("episode_id", "on", "subject_id")
    number = pl.int_range(1, pl.len() + 1).over("episode_id").alias("number")
    return found.select(pl.col("subject_id").alias("contact_id"), "episode_id", "on", number).collect(
        engine="in-memory"
    )


def _appointments(facts: Facts) -> pl.LazyFrame:
    """Appointments on or after entry. Source: 004 §8.3; semantics.md §3 (appointment)."""
    is_appointment = pl.col("kind").is_in(facts.rules.contact.appointment_kinds)
    contacts = facts.since_entry("contacts", "on", "contact_id", "kind", "with_whom", "attendance")
    return contacts.filter(attended_by_client() & is_appointment).select(
        pl.col("contact_id").alias("subject_id"),
        ROW,
        "episode_id",
        "on",
        pl.lit(True).alias("met"),
        pl.col("kind").alias("code"),
    )


def _together(facts: Facts, outcome: EachOf) -> pl.LazyFrame:
    """The rows of several outcomes; ids are only told apart by table where there are several tables."""
    parts = [part for id in outcome.outcomes if isinstance(part := facts.rules.outcome(id), EachRow)]
    frames = [
        _each(facts, part).with_columns(pl.concat_str(pl.lit(f"{part.table}:"), "subject_id").alias("told_apart"))
        for part in parts
    ]
    name = "subject_id" if len({part.table for part in parts}) == 1 else "told_apart"
    together = pl.concat(frames).with_columns(pl.col(name).alias("subject_id")).drop("told_apart")
    return together.unique("subject_id", keep="first", maintain_order=True)


def _each(facts: Facts, outcome: EachRow) -> pl.LazyFrame:
    table = TABLES[outcome.table]
    own = facts.table(outcome.table)
    if "service_id" in table.names:
        own = own.filter(pl.col("service_id").fill_null(facts.spec.service.id) == facts.spec.service.id)
    if outcome.face_to_face:
        own = own.filter(pl.col("face_to_face").fill_null(False))
    own = own.filter(fulfilled(outcome.only))
    if outcome.of_nobody and "episode_id" in table.names:
        own = own.filter(pl.col("episode_id").is_null())
    code = pl.col(outcome.column) if outcome.column else pl.lit(None, pl.String)
    if outcome.codes:
        own = own.filter(code.is_in(outcome.codes))
    key = next((column.name for column in table.columns if column.key and not column.refers_to), None)
    if key is None:  # a table without a key: its rows are told apart by their content, in order
        whose = "episode_id" if "episode_id" in table.names else "specialist_id"
        own = own.sort(table.names, nulls_last=True).with_columns(
            pl.int_range(1, pl.len() + 1).over(whose).alias("number")
        )
        subject = pl.concat_str(pl.col(whose).fill_null("unknown"), "number", separator=":")
    else:
        subject = pl.col(key)
    chosen = own.select(
        subject.alias("subject_id"),
        "on",
        code.alias("code"),
        _held(table.names, "episode_id"),
        _held(table.names, "locality").alias("own_locality"),
        _held(table.names, "organisation_id", "employer_id").alias("organisation_id"),
    )
    days = facts.entries.select("episode_id", ROW, "referred_on", "entered_on")
    begins = pl.col("entered_on") if outcome.since == "entry" else pl.col("referred_on")
    placed = chosen.join(days, on="episode_id", how="left")
    of_nobody = pl.col("episode_id").is_null()
    return placed.filter(of_nobody | (pl.col("on") >= begins)).select(
        "subject_id", ROW, "episode_id", "on", pl.lit(True).alias("met"), "code", "own_locality", "organisation_id"
    )


def _held(names: tuple[str, ...], *columns: str) -> pl.Expr:
    """The first of some columns that a table has; empty where it has none."""
    held = [column for column in columns if column in names]
    return pl.col(held[0]) if held else pl.lit(None, pl.String).alias(columns[0])


def _reviews(facts: Facts, outcome: FidelityReview) -> pl.LazyFrame:
    """One line per review: all its items, scored or not. Source: 003 quality; 002 App. 7."""
    own = pl.col("service_id").fill_null(facts.spec.service.id) == facts.spec.service.id
    of_kind = pl.col("kind").is_in(outcome.reviews) if outcome.reviews else pl.lit(True)
    first_day = facts.spec.service.contract_start
    in_time = pl.lit(True)
    if outcome.within_months is not None:
        in_time = pl.col("on") < add_months(first_day, outcome.within_months)
    scored = pl.col("scored") >= outcome.items
    return (
        facts.table("fidelity_reviews")
        .filter(own & of_kind & (pl.col("scale") == outcome.scale))
        .group_by("review_id")
        .agg(
            pl.col("on").min(),
            pl.col("kind").first().alias("code"),
            pl.col("item").filter(pl.col("score").is_not_null()).n_unique().alias("scored"),
            pl.col("score").sum().alias("total"),
        )
        .select(
            pl.col("review_id").alias("subject_id"),
            pl.lit(None, pl.UInt32).alias(ROW),
            pl.lit(None, pl.String).alias("episode_id"),
            "on",
            (scored & (pl.col("total") >= outcome.least) & in_time).alias("met"),
            "code",
            "scored",
            "total",
            in_time.alias("in_time"),
        )
    )

"""Cuts the data set at a day: only facts dated on or before it exist."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from placewell.dataset import Dataset


@dataclass(frozen=True)
class Dating:
    """How a table is dated: a row exists from the first of `begins`; what `later` names is unknown before its day.

    `later` maps a date column to the columns that are recorded with it.
    """

    begins: tuple[str, ...]
    later: Mapping[str, tuple[str, ...]]


def _dating(*begins: str, **later: tuple[str, ...]) -> Dating:
    return Dating(begins, later)


DATINGS: dict[str, Dating] = {
    "episodes": _dating(
        "referred_on", accepted_on=(), declined_on=("decline_reason",), opted_in_on=(), closed_on=("closure_reason",)
    ),
    "consents": _dating("given_on", withdrawn_on=()),
    "allocations": _dating("allocated_on"),
    "screenings": _dating("decided_on"),
    "benefits": _dating("on"),
    "contacts": _dating("on"),
    "profiles": _dating("started_on", "completed_on", started_on=(), completed_on=()),
    "plans": _dating("agreed_on", ended_on=()),
    "applications": _dating("on"),
    "employer_contacts": _dating("on"),
    "jobs": _dating(
        "started_on",
        "first_day_worked_on",
        started_on=(),
        first_day_worked_on=(),
        ended_on=("end_reason",),
        end_known_on=(),
    ),
    "job_hours": _dating("from_on", to_on=()),
    "job_pay": _dating("from_on"),
    "job_problems": _dating("known_on"),
    "evidence": _dating("received_on", verified_on=(), decided_on=("decided_by",)),
    "responses": _dating("completed_on"),
    "employment_checks": _dating("on"),
    "destinations": _dating("on"),
    "disclosures": _dating("on"),
    "work_methods": _dating("on"),
    "onward_referrals": _dating("on"),
    "support_decisions": _dating("on"),
    "support_requests": _dating("on", decided_on=("granted",)),
    "benefits_advice": _dating("on"),
    "barriers": _dating("on", ended_on=()),
    "adjustments": _dating("on", in_place_on=()),
    "access_to_work": _dating("on"),
    "activities": _dating("on"),
    "postings": _dating("from_on", to_on=()),
    "claims": _dating("claimed_on", paid_on=(), clawed_back_on=()),
    "supervisions": _dating("on"),
    "training": _dating("completed_on"),
    "practice_links": _dating("from_on", to_on=()),
    "complaints": _dating("received_on", host_told_on=(), closed_on=("outcome",)),
    "incidents": _dating("occurred_on", known_on=(), reported_on=("hours_to_report",)),
    "fidelity_reviews": _dating("on"),
    "fidelity_actions": _dating("agreed_on", achieved_on=()),
}
"""A table that is not named here holds nothing dated (people) or only whole months (costs)."""


def known(dataset: Dataset, as_at: date) -> Dataset:
    """The data set as at a day: rows dated later are gone, ends and decisions dated later are absent.

    It goes by the day a fact happened, not the day it was typed in; a row without its date does not exist yet.
    A document verified by then and rejected later is verified; one decided later is undecided.
    Source: semantics.md §2 (as-at day).
    """
    return Dataset(
        {name: cut(name, frame.lazy(), as_at).collect(engine="in-memory") for name, frame in dataset.items()}
    )


def cut(name: str, frame: pl.LazyFrame, as_at: date) -> pl.LazyFrame:
    """One table as at a day."""
    if name == "evidence":
        frame = frame.with_columns(_status_as_at(as_at), _verified_on())
    dating = DATINGS.get(name)
    if dating is None:
        return frame
    exists = pl.any_horizontal((pl.col(column) <= as_at).fill_null(False) for column in dating.begins)
    return frame.filter(exists).with_columns(*_hidden(dating, as_at))


def _hidden(dating: Dating, as_at: date) -> list[pl.Expr]:
    return [
        pl.when(pl.col(column) <= as_at).then(pl.col(hidden)).alias(hidden)
        if hidden == column
        else pl.when((pl.col(column) <= as_at).fill_null(True)).then(pl.col(hidden)).alias(hidden)
        for column, recorded_with in dating.later.items()
        for hidden in (column, *recorded_with)
    ]


def _status_as_at(as_at: date) -> pl.Expr:
    decided_later = pl.col("decided_on") > as_at
    verified_by_then = pl.col("verified_on") <= as_at
    return (
        pl.when(decided_later & verified_by_then.fill_null(False))
        .then(pl.lit("verified"))
        .when(decided_later)
        .then(pl.lit("received"))
        .otherwise(pl.col("status"))
        .alias("status")
    )


def _verified_on() -> pl.Expr:
    decided = pl.when(pl.col("status") == "verified").then(pl.col("decided_on"))
    return pl.coalesce("verified_on", decided).alias("verified_on")

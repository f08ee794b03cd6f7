"""What all figures of one data set and day share: computed once, asked by every indicator."""

from __future__ import annotations

from datetime import date
from functools import cached_property

import polars as pl

from placewell.dataset import Dataset
from placewell.indicators.answers import answer_columns
from placewell.outcomes import Facts, Outcomes
from placewell.outcomes.caseload import caseload
from placewell.outcomes.casework import records
from placewell.outcomes.facts import ROW, beside, settle
from placewell.outcomes.jobs import band, on_boundary
from placewell.specification import Specification
from placewell.specification.indicators import Breakdown, Indicator
from placewell.specification.outcomes import ActiveCaseload, FirstRecord

UNKNOWN = "unknown"
CASELOAD = ("begun", "open", "in_touch", "planned", "working")
EPISODE = ("episode_id", "person_id", "lot", "entered_on")


def by(breakdown: str) -> str:
    """The column of a member table that holds a subject's value in a breakdown."""
    return f"by_{breakdown}"


class Workings:
    """The outcome table of a data set as at a day, with the breakdown values of every subject.

    Figures of many periods as at the same day can share one.
    """

    def __init__(self, spec: Specification, dataset: Dataset, as_at: date) -> None:
        self.spec = spec
        self.as_at = as_at
        self.facts = Facts(spec, dataset, as_at)
        self.outcomes = Outcomes(self.facts)

    @cached_property
    def episodes(self) -> pl.LazyFrame:
        """One row per episode received by the day: its outcomes and breakdown values."""
        people = self.facts.table("people").select("person_id", *self._columns("people"))
        rows = self.facts.entries.select(ROW, "person_id")
        of_people = rows.join(people, on="person_id", how="inner", validate="m:1").drop("person_id")
        frame = beside(self.outcomes.table, [of_people, *answer_columns(self.facts)])
        keys = [_key(f"first_job_{item.column}" if item.of_job else item.column, item) for item in self._recorded]
        return settle(frame.with_columns(keys))

    @cached_property
    def jobs(self) -> pl.LazyFrame:
        """One row per job start, with the job's own attributes as breakdown values."""
        own = [item for item in self._recorded if item.of_job]
        shared = [by(item.id) for item in self._recorded if not item.of_job]
        keys = [_key(item.column, item) for item in own]
        episodes = self.episodes.select(ROW, *EPISODE, *shared)
        starts = self.outcomes.starts.with_columns(
            *keys,
            *(
                column
                for outcome in self.spec.outcomes.of_kind("job_start")
                for column in self._job_columns(outcome.id)
            ),
        )
        return settle(starts.join(episodes, on=ROW).sort(ROW, "job_start_on", "job_id"))

    def _job_columns(self, id: str) -> tuple[pl.Expr, ...]:
        hours = self.spec.outcomes.hours
        return (
            pl.col("job_start_on").alias(f"{id}_on"),
            pl.lit(True).alias(f"{id}_met"),
            band(hours, pl.col("contract_units"), 1).alias(f"{id}_band"),
            on_boundary(hours, pl.col("contract_units"), 1).alias(f"{id}_exact"),
            pl.col("contract_units").alias(f"{id}_units"),
        )

    def recorded(self, outcome: FirstRecord) -> pl.LazyFrame:
        """One row per episode and code: the first time it was recorded."""
        lines = records(self.facts, outcome).unique([ROW, "code"], keep="first", maintain_order=True)
        episodes = self.episodes.select(ROW, *EPISODE, *self.keys)
        day, code = pl.col("on").alias(f"{outcome.id}_on"), pl.col("code").alias(f"{outcome.id}_code")
        return (
            lines.with_columns(day, code, pl.lit(True).alias(f"{outcome.id}_met"))
            .join(episodes, on=ROW)
            .sort(ROW, "code")
        )

    def active(self, outcome: ActiveCaseload, day: date) -> pl.LazyFrame:
        """Per entered episode: why it is, or is not, on the active caseload of a day."""
        frame = caseload(self.facts, self.outcomes.contacts, self.outcomes.starts, outcome, day)
        return frame.select(
            ROW,
            *(pl.col(name).alias(f"{outcome.id}_{name}") for name in CASELOAD),
            pl.col("active").alias(f"{outcome.id}_met"),
            pl.when("begun").then(pl.lit(day)).alias(f"{outcome.id}_on"),
        )

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The breakdown columns that every subject has."""
        return tuple(by(item.id) for item in self._recorded)

    def breakdowns_of(self, indicator: Indicator) -> tuple[Breakdown, ...]:
        """The breakdowns of an indicator."""
        return self.spec.indicators.breakdowns_of(indicator)

    @property
    def _recorded(self) -> tuple[Breakdown, ...]:
        return tuple(item for item in self.spec.indicators.breakdowns if item.table != "record")

    def _columns(self, table: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(item.column for item in self._recorded if item.table == table))


def _key(column: str, item: Breakdown) -> pl.Expr:
    """The recorded code as text (booleans `true` and `false`); `unknown` where there is none."""
    return pl.col(column).cast(pl.String).fill_null(UNKNOWN).alias(by(item.id))

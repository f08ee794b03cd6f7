"""What all figures of one data set and day share: computed once, asked by every indicator."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from itertools import pairwise

import polars as pl

from placewell.dataset import Dataset
from placewell.indicators import status
from placewell.indicators.answers import answer_columns
from placewell.outcomes import Facts, Outcomes
from placewell.outcomes import rows as row_outcomes
from placewell.outcomes.caseload import caseload, standing
from placewell.outcomes.casework import records
from placewell.outcomes.facts import ROW, beside, settle
from placewell.outcomes.jobs import band, on_boundary
from placewell.specification import Specification
from placewell.specification.indicators import Breakdown, Indicator
from placewell.specification.outcomes import (
    ActiveCaseload,
    AnyOutcome,
    EachAppointment,
    EachOf,
    EachRow,
    FidelityActions,
    FidelityReview,
    FirstRecord,
    Group,
    Standing,
)

UNKNOWN = "unknown"
Rows = EachAppointment | EachRow | EachOf | FidelityReview | FidelityActions
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
        self._rows: dict[str, pl.LazyFrame] = {}

    @cached_property
    def episodes(self) -> pl.LazyFrame:
        """One row per episode received by the day: its outcomes and breakdown values."""
        people = self.facts.table("people").select("person_id", *self._columns("people"))
        rows = self.facts.entries.select(ROW, "person_id")
        of_people = rows.join(people, on="person_id", how="inner", validate="m:1").drop("person_id")
        frame = beside(self.outcomes.table, [of_people, *answer_columns(self.facts)])
        keys = [_key(f"first_job_{item.column}" if item.of_job else item.column, item) for item in self._recorded]
        return settle(frame.with_columns(*keys, *(_belongs(group) for group in self.facts.rules.groups)))

    @cached_property
    def jobs(self) -> pl.LazyFrame:
        """One row per job start, with the job's own attributes as breakdown values."""
        own = [item for item in self._recorded if item.of_job]
        shared = [by(item.id) for item in self._recorded if not item.of_job]
        keys = [_key(item.column, item) for item in own]
        episodes = self.episodes.select(ROW, *EPISODE, *shared, *self.groups)
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
        episodes = self.episodes.select(ROW, *EPISODE, *self.keys, *self.groups)
        day, code = pl.col("on").alias(f"{outcome.id}_on"), pl.col("code").alias(f"{outcome.id}_code")
        return (
            lines.with_columns(day, code, pl.lit(True).alias(f"{outcome.id}_met"))
            .join(episodes, on=ROW)
            .sort(ROW, "code")
        )

    def rows(self, outcome: Rows) -> pl.LazyFrame:
        """One row per row of a table that is a subject; without an episode it has its locality, and the lot of that."""
        if outcome.id not in self._rows:  # several periods ask for the same rows
            self._rows[outcome.id] = settle(self._laid_out(outcome))
        return self._rows[outcome.id]

    def _laid_out(self, outcome: Rows) -> pl.LazyFrame:
        lines = row_outcomes.lines(self.facts, outcome).collect(engine="in-memory").lazy()
        episodes = self.episodes.select(ROW, *EPISODE, *self.keys, *self.groups).drop("episode_id")
        joined = lines.join(episodes, on=ROW, how="left", maintain_order="left")
        keys = [pl.col(key).fill_null(UNKNOWN) for key in self.keys]
        if isinstance(outcome, EachRow | EachOf):
            joined = joined.with_columns(self._lot_of_row())
            keys = [_key_of_row(item) for item in self._recorded]
        return joined.with_columns(
            *keys,
            *(pl.col(name).fill_null(False) for name in self.groups),
            pl.col("on").alias(f"{outcome.id}_on"),
            pl.col("met").alias(f"{outcome.id}_met"),
        )

    def _lot_of_row(self) -> pl.Expr:
        """The episode's lot; without an episode, the lot that the row's own locality lies in, where it is one alone."""
        lots = self.spec.service.lot_by_locality()
        of_place = pl.col("own_locality").replace_strict(lots, default=None, return_dtype=pl.String)
        return pl.when(pl.col(ROW).is_null()).then(of_place).otherwise("lot").alias("lot")

    def on_day(self, outcome: ActiveCaseload | Standing, day: date) -> pl.LazyFrame:
        """Per entered episode (standing: per referral) why it does, or does not, stand as asked on a day."""
        if isinstance(outcome, Standing):
            frame = standing(self.facts, self.outcomes.starts, outcome, day)
            names: tuple[str, ...] = ("begun", "standing")
            met = "standing"
        else:
            frame = caseload(self.facts, self.outcomes.contacts, self.outcomes.starts, outcome, day)
            names, met = CASELOAD, "active"
        return frame.select(
            ROW,
            *(pl.col(name).alias(f"{outcome.id}_{name}") for name in names),
            pl.col(met).alias(f"{outcome.id}_met"),
            pl.when("begun").then(pl.lit(day)).alias(f"{outcome.id}_on"),
        )

    def subjects(self, indicator: Indicator, outcome: AnyOutcome) -> pl.LazyFrame:
        """The frame whose rows an indicator judges, but for outcomes that look at one day."""
        if isinstance(outcome, Rows):
            rows = self.rows(outcome)
            return rows.sort("on", "subject_id") if indicator.subject == "organisation" else rows
        if indicator.subject == "record" and isinstance(outcome, FirstRecord):
            return self.recorded(outcome)
        return self.jobs if indicator.subject == "job" else self.episodes

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """The columns that say of which groups a subject is."""
        return tuple(status.among(group.id) for group in self.facts.rules.groups)

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


def _belongs(group: Group) -> pl.Expr:
    """Whether an episode is of a group; one whose code is not recorded is of none. Source: semantics.md §3; X33."""
    code = pl.col(group.column).cast(pl.String)
    inside = code.is_in(group.codes) if group.codes else ~code.is_in(group.other_than)
    return inside.fill_null(False).alias(status.among(group.id))


def _key(column: str, item: Breakdown) -> pl.Expr:
    """The recorded code as text (booleans `true` and `false`); `unknown` where there is none."""
    if item.ages:
        return _age_band(column, item)
    return pl.col(column).cast(pl.String).fill_null(UNKNOWN).alias(by(item.id))


def _key_of_row(item: Breakdown) -> pl.Expr:
    """A row's own locality goes before its episode's; what belongs to no episode has a lot beside it, and no more."""
    recorded: tuple[str, ...] = (by(item.id),)
    if item.column == "locality":
        recorded = ("own_locality", *recorded)
    elif item.column == "lot":
        recorded = (*recorded, "lot")
    return pl.coalesce(*recorded, pl.lit(UNKNOWN)).alias(by(item.id))


def _age_band(column: str, item: Breakdown) -> pl.Expr:
    """The band of the age in whole years on the day of entry, or of the referral: under_18, 18_24, 65_and_over."""
    born, day = pl.col(column), pl.coalesce("entered_on", "referred_on")
    before_birthday = day.dt.strftime("%m%d") < born.dt.strftime("%m%d")
    age = day.dt.year() - born.dt.year() - before_birthday.cast(pl.Int32)
    named = pl.when(age < item.ages[0]).then(pl.lit(f"under_{item.ages[0]}"))
    for low, high in pairwise(item.ages):
        named = named.when(age < high).then(pl.lit(f"{low}_{high - 1}"))  # type: ignore[assignment]
    return (
        named.when(age.is_not_null())
        .then(pl.lit(f"{item.ages[-1]}_and_over"))
        .otherwise(pl.lit(UNKNOWN))
        .alias(by(item.id))
    )

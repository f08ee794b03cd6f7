"""The outcome table: one row per episode, every outcome's day, whether it is met, its band and its proof."""

from __future__ import annotations

from datetime import date
from functools import cached_property

import polars as pl

from placewell.dataset import Dataset
from placewell.outcomes import casework, contacts, days_in_work, evidence, hours, jobs, required, work_status
from placewell.outcomes.conditions import ended_on, ended_so
from placewell.outcomes.facts import ROW, Facts, beside, settle
from placewell.specification import Specification
from placewell.specification.outcomes import (
    Ended,
    Engagement,
    Entered,
    EpisodeStep,
    EvidenceRule,
    FirstContact,
    FirstRecord,
    JobStart,
    Outcome,
    RapidJobSearch,
    Referral,
    StillInWork,
    SupportInWork,
    WeeksInWork,
    WorkStatus,
)

REASON_OF = {"declined": "decline_reason", "closed": "closure_reason"}
"""The column that says why an episode came to an end."""


def outcome_table(spec: Specification, dataset: Dataset, as_at: date) -> pl.DataFrame:
    """One row per episode received by the day, in order of referral.

    For each outcome `<id>_on` (the day it was reached; for a milestone or limit the day it is due), `<id>_met`,
    `<id>_band` (weekly hours, where it has them), `<id>_evidence` (primary, backup or null) and `<id>_evidence_on`;
    beside them the days they were made from. Control participants and people not yet entered have no outcome but
    their referral and first contact. Source: semantics.md §3; 002 §17, App. 6.
    """
    return Outcomes(Facts(spec, dataset, as_at)).table.collect(engine="in-memory")


def job_table(spec: Specification, dataset: Dataset, as_at: date) -> pl.DataFrame:
    """One row per job start, in order of episode and first day worked. Source: 002 §17.9 vii."""
    facts = Facts(spec, dataset, as_at)
    episodes = facts.entries.select(ROW, "episode_id", "person_id", "lot")
    outcomes = Outcomes(facts)
    return (
        outcomes.starts.join(episodes, on=ROW)
        .sort(ROW, "job_start_on", "job_id")
        .with_columns(jobs.band(facts.rules.hours, pl.col("contract_units"), 1).alias("job_start_band"))
        .collect(engine="in-memory")
    )


class Outcomes:
    """Builds the outcome table; the steps that other questions share are settled once."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.rules = facts.rules
        self._held: dict[str, pl.LazyFrame] = {}

    @cached_property
    def contacts(self) -> pl.LazyFrame:
        """Two-way contacts (outcomes.contacts)."""
        return settle(contacts.two_way(self.facts))

    @cached_property
    def starts(self) -> pl.LazyFrame:
        """Job starts (outcomes.jobs)."""
        return settle(jobs.job_starts(self.facts))

    @cached_property
    def segments(self) -> pl.LazyFrame:
        """What each job adds to the days in work."""
        return settle(days_in_work.segments(self.starts))

    @cached_property
    def days(self) -> pl.LazyFrame:
        """One row per episode with every day that an outcome is made from."""
        parts = [
            contacts.contact_days(self.facts, self.contacts),
            casework.profile_days(self.facts),
            casework.application_days(self.facts),
            jobs.first_jobs(self.facts, self.starts),
            days_in_work.days_so_far(self.segments),
            *(self._nth_day(outcome) for outcome in self.rules.outcomes if isinstance(outcome, WeeksInWork)),
            *(casework.first_records(self.facts, o) for o in self.rules.outcomes if isinstance(o, FirstRecord)),
            *(work_status.nearest_checks(self.facts, o) for o in self.rules.outcomes if isinstance(o, WorkStatus)),
        ]
        if casework.plans_asked(self.facts):
            parts.append(casework.plan_days(self.facts))
        searches = (o for o in self.rules.outcomes if isinstance(o, RapidJobSearch))
        if any("face_to_face_employer_contact" in search.events for search in searches):
            parts.append(casework.employer_contact_days(self.facts))
        if self.rules.of_kind("support_in_work"):
            parts.append(self._support_in_work())
        return beside(self.facts.entries, parts).with_columns(pl.col("appointments").fill_null(0))

    @cached_property
    def table(self) -> pl.LazyFrame:
        """The whole table, settled."""
        frame = settle(self.days.with_columns(expr for outcome in self.rules.outcomes for expr in _columns(outcome)))
        still = [outcome for outcome in self.rules.outcomes if isinstance(outcome, StillInWork)]
        parts = [days_in_work.in_work_on(self.facts, self.starts, frame, outcome) for outcome in still]
        frame = beside(frame, parts)
        frame = beside(frame, self._bands(frame))
        proofs = [evidence.proofs(rule, self._documents(rule, frame)) for rule in self.rules.evidence]
        return required.held_to(self.rules, beside(frame, proofs))

    def documents(self, rule: EvidenceRule) -> pl.LazyFrame:
        """The documents held for the outcome of a rule, each with its standing (outcomes.evidence)."""
        return self._documents(rule, self.table)

    def _documents(self, rule: EvidenceRule, frame: pl.LazyFrame) -> pl.LazyFrame:
        if rule.outcome not in self._held:
            days = evidence.outcome_days(rule, frame)
            self._held[rule.outcome] = settle(evidence.documents(self.facts, rule, days))
        return self._held[rule.outcome]

    def _nth_day(self, outcome: WeeksInWork) -> pl.LazyFrame:
        if outcome.max_gap_days is not None:
            return days_in_work.nth_unbroken_day(self.segments, outcome)
        return days_in_work.nth_day(self.segments, outcome.weeks * days_in_work.DAYS_IN_A_WEEK, f"{outcome.id}_on")

    def _support_in_work(self) -> pl.LazyFrame:
        jobs_begun = self.starts.group_by(ROW).agg(pl.col("job_start_on").min())
        closed = self.facts.entries.select(ROW, "closed_on")
        since = self.contacts.filter("is_two_way").join(jobs_begun, on=ROW).join(closed, on=ROW)
        in_work = (pl.col("on") >= pl.col("job_start_on")) & (pl.col("on") <= pl.col("closed_on"))
        return since.group_by(ROW).agg(pl.col("on").filter(in_work).max().alias("last_contact_in_work_on"))

    def _bands(self, frame: pl.LazyFrame) -> list[pl.LazyFrame]:
        """The band of every outcome whose hours are averaged over a window, all windows at once."""
        averaged = [o for o in self.rules.outcomes if isinstance(o, WeeksInWork | StillInWork)]
        if not averaged:
            return []
        windows = {outcome.id: _window(outcome) for outcome in averaged}
        frames = pl.concat([frame.filter(reached).select(ROW, *bounds) for reached, bounds in windows.values()])
        totals = settle(hours.windows_total(self.facts, self.starts, frames))
        spans = frame.select(ROW, *(_span(outcome).alias(f"{outcome.id}_days") for outcome in averaged))
        return [
            totals.filter(pl.col("window") == outcome.id)
            .join(spans, on=ROW)
            .select(ROW, *_band_columns(self.facts, outcome))
            for outcome in averaged
        ]


def _span(outcome: WeeksInWork | StillInWork) -> pl.Expr:
    """Over how many days the hours of an outcome are averaged. Source: 002 App. 6; X9."""
    if outcome.hours_days is not None:
        return pl.lit(outcome.hours_days)
    if isinstance(outcome, WeeksInWork):
        return pl.lit(outcome.weeks * days_in_work.DAYS_IN_A_WEEK)
    return (pl.col(f"{outcome.id}_on") - pl.col("first_job_on")).dt.total_days() + 1


def _window(outcome: WeeksInWork | StillInWork) -> tuple[pl.Expr, tuple[pl.Expr, ...]]:
    """When the hours of an outcome can be averaged (it is reached), and over which days."""
    on = pl.col(f"{outcome.id}_on")
    unbroken = isinstance(outcome, WeeksInWork) and outcome.max_gap_days is not None
    begin = pl.col(f"{outcome.id}_from" if unbroken else "first_job_on")
    if outcome.hours_days is not None:
        begin = on - pl.duration(days=outcome.hours_days - 1)
    is_milestone = isinstance(outcome, StillInWork)
    reached = pl.col(f"{outcome.id}_met").fill_null(False) if is_milestone else on.is_not_null()
    return reached, (pl.lit(outcome.id).alias("window"), begin.alias("from_on"), on.alias("to_on"))


def _band_columns(facts: Facts, outcome: WeeksInWork | StillInWork) -> tuple[pl.Expr, ...]:
    total, days = pl.col("units"), pl.col(f"{outcome.id}_days")
    return (
        jobs.band(facts.rules.hours, total, days).alias(f"{outcome.id}_band"),
        jobs.on_boundary(facts.rules.hours, total, days).alias(f"{outcome.id}_exact"),
        (total / days).round().cast(pl.Int64).alias(f"{outcome.id}_units"),
    )


def _columns(outcome: Outcome) -> list[pl.Expr]:
    """The columns of an outcome that follow from the days alone."""
    on, met = f"{outcome.id}_on", f"{outcome.id}_met"
    match outcome:
        case Referral():
            return [pl.col("referred_on").alias(on), _of_referral(outcome).alias(met)]
        case EpisodeStep():
            why = pl.col(REASON_OF[outcome.step]).is_in(outcome.reasons) if outcome.reasons else pl.lit(True)
            return [pl.col(f"{outcome.step}_on").alias(on), why.fill_null(False).alias(met)]
        case Ended():
            return [ended_on().alias(on), ended_so(outcome).alias(met)]
        case Entered():
            holds = pl.col(outcome.column).cast(pl.String).is_in(outcome.codes) if outcome.column else pl.lit(True)
            return [pl.col("entered_on").alias(on), holds.fill_null(False).alias(met)]
        case WorkStatus():
            due = work_status.due_day(outcome)
            return [due.alias(f"{outcome.id}_due"), _of_cohort(outcome, due).alias(on)]
        case FirstContact():
            return [pl.col("first_contact_on").alias(on), pl.lit(True).alias(met)]
        case Engagement():
            return [casework.engagement_day(outcome).alias(on), pl.lit(True).alias(met)]
        case RapidJobSearch():
            limit = casework.limit_day(outcome)
            in_time = (casework.first_search_day(outcome) <= limit).fill_null(False)
            return [limit.alias(f"{outcome.id}_due"), _of_cohort(outcome, limit).alias(on), in_time.alias(met)]
        case JobStart():
            return [
                pl.col("first_job_on").alias(on),
                pl.lit(True).alias(met),
                pl.col("first_job_band").alias(f"{outcome.id}_band"),
                pl.col("first_job_exact").alias(f"{outcome.id}_exact"),
                pl.col("first_job_units").alias(f"{outcome.id}_units"),
            ]
        case StillInWork():
            return [days_in_work.milestone_day(outcome).alias(on)]
        case WeeksInWork():
            return [pl.lit(True).alias(met)]
        case SupportInWork():
            return [
                pl.when(pl.col("closed_on") >= pl.col("first_job_on")).then(pl.col("closed_on")).alias(on),
                pl.lit(True).alias(met),
            ]
        case _:
            return []


def _of_cohort(outcome: RapidJobSearch | WorkStatus, due: pl.Expr) -> pl.Expr:
    """The day that puts somebody in a period: when it falls due, or entry. Source: semantics.md §2 (maturity); X30."""
    return due if outcome.cohort == "maturity" else pl.col("entered_on")


def _of_referral(outcome: Referral) -> pl.Expr:
    again = pl.col("again") if outcome.again else pl.lit(True)
    return again & pl.col(f"{outcome.led_to}_on").is_not_null() if outcome.led_to else again

"""Every open clock of a caseload, in one table: what is due, by when, why, and what would stop it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import polars as pl

from placewell.cadence import advice, follow_up, in_work, job_search, proof, trouble
from placewell.cadence.situation import PLAIN, Situation
from placewell.dataset import Dataset
from placewell.errors import UserError
from placewell.specification import Specification
from placewell.specification.pathway import Clock

Rule = Callable[[Situation, Clock], pl.LazyFrame]

KINDS: dict[str, Rule] = {
    "first_contact": job_search.first_contact,
    "first_application": job_search.first_application,
    "employer_contact": job_search.employer_contact,
    "active_contact": job_search.active_contact,
    "plan_review": job_search.plan_review,
    "nine_months": job_search.nine_months,
    "before_start": in_work.before_start,
    "after_start": in_work.after_start,
    "in_work_weekly": in_work.weekly,
    "in_work_monthly": in_work.monthly,
    "in_work_limit": in_work.in_work_limit,
    "job_problem": trouble.job_problem,
    "job_loss": trouble.job_loss,
    "re_access": trouble.re_access,
    "benefits_before_start": advice.benefits_before_start,
    "benefits_on_change": advice.benefits_on_change,
    "disclosure": advice.disclosure,
    "evidence_due": proof.evidence_due,
    "work_status_check": follow_up.work_status_check,
    "exit_questionnaire": follow_up.exit_questionnaire,
    "milestone_check": follow_up.milestone_check,
    "session_guide": follow_up.session_guide,
}
"""The kinds of clock that pathway.toml can name."""

BEGINS_WITH: dict[str, Callable[[Situation], pl.LazyFrame]] = {
    "before_start": lambda now: now.jobs_ahead,
    "benefits_before_start": lambda now: now.jobs_ahead,
    "job_loss": lambda now: now.jobs_ended,
    "after_start": lambda now: now.running_jobs,
    "in_work_weekly": lambda now: now.running_jobs,
    "in_work_monthly": lambda now: now.running_jobs,
    "in_work_limit": lambda now: now.jobs,
    "benefits_on_change": lambda now: now.running_jobs,
    "job_problem": lambda now: now.problems,
    "re_access": lambda now: now.requests,
}
"""What a rule looks at first: where nobody has any, it is not asked. Most people have no job, or one and no trouble."""

REPEATABLE = {"active_contact", "in_work_weekly", "in_work_monthly", "plan_review"}
MEETINGS_OF_A_JOB = {"after_start", "in_work_weekly", "in_work_monthly"}
CONTACTS = MEETINGS_OF_A_JOB | {"job_loss", "job_problem"}

SCHEMA = pl.Schema(
    {
        "episode_id": pl.String(),
        "job_id": pl.String(),
        "clock": pl.String(),
        "kind": pl.String(),
        "what": pl.String(),
        "due_on": pl.Date(),
        "warn_on": pl.Date(),
        "why": pl.String(),
        "clause": pl.String(),
        "satisfied_by": pl.String(),
        "action": pl.String(),
        "repeatable": pl.Boolean(),
    }
)


def clocks(spec: Specification, dataset: Dataset, as_at: date) -> pl.DataFrame:
    """One row per open clock of every episode in `dataset`, soonest first; a clock is silent once it is satisfied.

    `due_on` is the last day on which it can be met in time; `warn_on` the day from which it is worth showing (the whole
    time where the specification sets none). `why` gives the facts with their dates. `repeatable` is false where the
    chance is gone when it breaks: of two due on one day these come first. One call serves a person or a whole caseload.
    A start of a job that lies ahead is known here (the meeting before it is due today); no other fact after `as_at` is.
    Raises UserError for a kind of clock that does not exist. Source: the clocks of pathway.toml; 002 App. 7 Sv 4, 12.
    """
    return clocks_of(Situation.on(spec, dataset, as_at))


def clocks_of(now: Situation) -> pl.DataFrame:
    """The same, for a caller who has the situation already."""
    rows = [_rows(now, clock) for clock in now.spec.pathway.clocks if not _of_nobody(now, clock)]
    frame = pl.concat([SCHEMA.to_frame().lazy(), *rows]).filter(~_covered_by_meeting(), ~_covered_by_contact())
    people = now.outcomes.select("episode_id", "person_id")
    return (
        frame.join(people, on="episode_id", how="left")
        .select("episode_id", "person_id", pl.exclude("episode_id", "person_id"))
        .sort("due_on", "repeatable", "episode_id", "clock", "job_id", nulls_last=True)
        .collect(engine="in-memory", optimizations=PLAIN)
    )


def in_order_due(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """The order of `clocks`, for one who puts the clocks of several calls together."""
    job = row["job_id"]
    return (row["due_on"], row["repeatable"], row["episode_id"], row["clock"], job is None, job or "")


def _of_nobody(now: Situation, clock: Clock) -> bool:
    begins = BEGINS_WITH.get(clock.kind)
    return begins is not None and begins(now).collect(engine="in-memory").is_empty()


def _rows(now: Situation, clock: Clock) -> pl.LazyFrame:
    rule = KINDS.get(clock.kind)
    if rule is None:
        raise UserError(
            f"pathway.toml, clock {clock.id}: there is no kind {clock.kind}; expected one of {', '.join(KINDS)}."
        )
    found = rule(now, clock).filter(pl.col("due_on").is_not_null())
    warned = pl.col("due_on").dt.offset_by(f"-{clock.warn_days}d") if clock.warn_days is not None else None
    return found.with_columns(
        pl.lit(clock.id).alias("clock"),
        pl.lit(clock.kind).alias("kind"),
        pl.lit(clock.what).alias("what"),
        (pl.lit(None, pl.Date()) if warned is None else warned).alias("warn_on"),
        pl.lit(clock.clause).alias("clause"),
        pl.lit(clock.satisfied_by).alias("satisfied_by"),
        pl.lit(clock.action).alias("action"),
        pl.lit(clock.kind in REPEATABLE).alias("repeatable"),
    ).select(SCHEMA.names())


def _covered_by_meeting() -> pl.Expr:
    """A meeting in a job that another meeting in the same job, due no later, will satisfy as well."""
    meeting = pl.col("kind").is_in(list(MEETINGS_OF_A_JOB))
    place = pl.struct("due_on", "clock").rank("ordinal").over("episode_id", "job_id", meeting)
    return meeting & (place > 1)


def _covered_by_contact() -> pl.Expr:
    """Staying in contact, where a contact that is due no later does it too."""
    due = pl.col("due_on").filter(pl.col("kind").is_in(list(CONTACTS))).min().over("episode_id")
    return (pl.col("kind") == "active_contact") & (due <= pl.col("due_on")).fill_null(False)

"""Clocks that look back at somebody's support: the check of work some weeks after entry, the questionnaire on leaving.

Both go on when the episode is closed, and stop when nothing that is done then can still count.
"""

from __future__ import annotations

from typing import TypeVar

import polars as pl

from placewell.cadence.durations import within
from placewell.cadence.situation import CONTROL, NO_JOB, Situation
from placewell.cadence.words import day, say
from placewell.errors import UserError
from placewell.outcomes.work_status import weeks
from placewell.specification.outcomes import AnyOutcome, ExitQuestionnaire, WorkStatus
from placewell.specification.pathway import Clock

Kind = TypeVar("Kind", WorkStatus, ExitQuestionnaire)
KINDS: dict[type[AnyOutcome], str] = {WorkStatus: "work_status", ExitQuestionnaire: "exit_questionnaire"}


def work_status_check(now: Situation, clock: Clock) -> pl.LazyFrame:
    """A check of work status while one can count, from the first day of its window to the last. Source: 004 §8.1."""
    outcome = _named(now, clock, WorkStatus)
    opens = pl.col("entered_on") + pl.duration(days=outcome.from_days)
    due_on = (pl.col("entered_on") + pl.duration(days=outcome.until_days)).alias("due_on")
    checks = now.facts.since_entry("employment_checks", "on").join(_entered(now).select("episode_id"), on="episode_id")
    near = checks.filter((pl.col("on") >= opens) & (pl.col("on") <= due_on)).select("episode_id")
    frame = _entered(now).join(near, on="episode_id", how="anti", maintain_order="left")
    frame = frame.filter((opens <= now.as_at) & (due_on >= now.as_at))
    why = say(
        f"Entered on {{}}: {weeks(outcome)} on {{}}. Not asked yet; a check counts until {{}}.",
        day("entered_on"),
        day(pl.col("entered_on") + pl.duration(days=outcome.days)),
        day(due_on),
    )
    return frame.select("episode_id", NO_JOB, due_on, why.alias("why"))


def exit_questionnaire(now: Situation, clock: Clock) -> pl.LazyFrame:
    """The questionnaire of those who have left, for `until_days` after they did. Source: 004 §3.3, §8.1."""
    outcome = _named(now, clock, ExitQuestionnaire)
    forms = now.facts.since_entry("responses", "completed_on", "instrument", "occasion")
    asked = (pl.col("instrument") == outcome.instrument) & pl.col("occasion").is_in(outcome.occasions)
    left = _entered(now).filter(pl.col("closed_on") >= pl.col("entered_on"))
    frame = left.join(forms.filter(asked).select("episode_id"), on="episode_id", how="anti", maintain_order="left")
    given_up = pl.col("closed_on") + pl.duration(days=clock.until_days or clock.days or 0)
    frame = frame.filter(given_up >= now.as_at)
    why = say("Left on {}. The questionnaire has not been completed.", day("closed_on"))
    return frame.select("episode_id", NO_JOB, within(clock, "closed_on"), why.alias("why"))


def _entered(now: Situation) -> pl.LazyFrame:
    """Everyone who has entered, open or closed, but for the control group."""
    control = (pl.col("arm") == CONTROL).fill_null(False)
    return now.outcomes.filter(pl.col("entered_on").is_not_null() & ~control)


def _named(now: Situation, clock: Clock, kind: type[Kind]) -> Kind:
    """The outcome of that kind which the clock names. Raises UserError for another."""
    for outcome in now.spec.outcomes.outcomes:
        if outcome.id == clock.outcome and isinstance(outcome, kind):
            return outcome
    raise UserError(
        f"pathway.toml, clock {clock.id}: outcome {clock.outcome or '(none)'} is not what {clock.kind} looks at: "
        f"name one of kind {KINDS[kind]}."
    )

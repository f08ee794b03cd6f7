"""Clocks that look back at somebody's support: work some weeks after entry or a start, many sessions, leaving.

The check of work and the questionnaire go on when the episode is closed, and stop when nothing that is done then can
still count.
"""

from __future__ import annotations

from typing import TypeVar

import polars as pl

from placewell.cadence.durations import within
from placewell.cadence.situation import CONTROL, NO_JOB, Situation
from placewell.cadence.words import attempts, day, say
from placewell.errors import UserError
from placewell.outcomes.facts import ROW
from placewell.outcomes.work_status import weeks
from placewell.specification.outcomes import AnyOutcome, ExitQuestionnaire, StillInWork, WorkStatus
from placewell.specification.pathway import Clock

Kind = TypeVar("Kind", WorkStatus, ExitQuestionnaire, StillInWork)
KINDS: dict[type[AnyOutcome], str] = {
    WorkStatus: "work_status",
    ExitQuestionnaire: "exit_questionnaire",
    StillInWork: "still_in_work",
}


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


def milestone_check(now: Situation, clock: Clock) -> pl.LazyFrame:
    """A two-way contact on or after the day on which somebody reached a milestone in work: so it is known, not assumed.

    Asked for `until_days` after the day, while the episode is open. Source: 003 data set (3), calculator.
    """
    outcome = _named(now, clock, StillInWork)
    on = f"{outcome.id}_on"
    reached = pl.col(f"{outcome.id}_met").fill_null(False) & (pl.col(on) <= now.as_at)
    given_up = pl.col(on) + pl.duration(days=clock.until_days or clock.days or 0)
    frame = now.since(now.cases.filter(reached & (given_up >= now.as_at)), on).filter(pl.col("last_on").is_null())
    told = pl.lit(f"{outcome.short_name or outcome.name} in work were over on ")
    why = told + say("{}. Nobody has spoken with them since.", day(on)) + attempts()
    return frame.select("episode_id", NO_JOB, within(clock, on), why.alias("why"))


def session_guide(now: Situation, clock: Clock) -> pl.LazyFrame:
    """A plan agreed anew, of people who have had more sessions than the guide says is usual. Source: 004 §3.2."""
    guide = now.spec.pathway.session_guide
    if guide is None:
        raise UserError(f"pathway.toml, clock {clock.id}: {clock.kind} needs a session_guide in pathway.toml.")
    sessions = now.shared.contacts.filter(pl.col("is_appointment") & (pl.col("on") >= pl.col("entered_on")))
    beyond = sessions.group_by(ROW).agg(
        pl.len().alias("sessions"), pl.col("on").sort().get(guide.usual_to, null_on_oob=True).alias("beyond_on")
    )
    plans = now.facts.since_entry("plans", "agreed_on").group_by(ROW).agg(pl.col("agreed_on").max())
    frame = now.cases.join(beyond, on=ROW, maintain_order="left").join(plans, on=ROW, how="left")
    agreed = (pl.col("agreed_on") >= pl.col("beyond_on")).fill_null(value=False)
    why = say(
        f"{{}} sessions; people usually need {guide.usual_from} to {guide.usual_to}. "
        "The plan has not been agreed anew since {}.",
        pl.col("sessions").cast(pl.String),
        day("beyond_on"),
    )
    return frame.filter(~agreed).select("episode_id", NO_JOB, within(clock, "beyond_on"), why.alias("why"))


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

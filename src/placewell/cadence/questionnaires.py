"""Questionnaires that are due: which, of whom, by when and why, from the schedule of the service.

A rule of its own beside the clocks: a caseload's page need not read every answer ever given.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from placewell.cadence.situation import CONTROL, Situation
from placewell.cadence.words import day, say
from placewell.dataset import Dataset
from placewell.specification import Specification
from placewell.specification.asking import Asking
from placewell.specification.outcomes import Group

BASELINE = "baseline"
SCHEMA = pl.Schema(
    {
        "episode_id": pl.String(),
        "questionnaire": pl.String(),
        "instrument": pl.String(),
        "occasion": pl.String(),
        "opens_on": pl.Date(),
        "due_on": pl.Date(),
        "closes_on": pl.Date(),
        "why": pl.String(),
        "clause": pl.String(),
    }
)


def questionnaires_due(spec: Specification, dataset: Dataset, as_at: date) -> pl.DataFrame:
    """One row per questionnaire that is still to be asked of an episode, soonest first; silent once it is answered.

    `opens_on`: the day from which it can be asked; one that opens later is here too. `closes_on`: the last day on which
    it is asked (null: while the episode is open). A confidential survey is due of nobody.
    Source: the questionnaires of pathway.toml; 004 §3.3, §8.1.
    """
    return questionnaires_due_of(Situation.on(spec, dataset, as_at))


def questionnaires_due_of(now: Situation) -> pl.DataFrame:
    """The same, for a caller who has the situation already."""
    rows = [_rows(now, asked) for asked in now.spec.pathway.questionnaires if not asked.confidential]
    return (
        pl.concat([SCHEMA.to_frame().lazy(), *rows])
        .sort("due_on", "episode_id", "questionnaire")
        .collect(engine="in-memory")
    )


def _rows(now: Situation, asked: Asking) -> pl.LazyFrame:
    people = _asked_of(now, asked)
    frame = _again(now, asked, people) if asked.every_months else _once(now, asked, people)
    closes = pl.lit(None, pl.Date()) if asked.until_days is None else _after("event_on", asked.until_days)
    return (
        frame.with_columns(closes.alias("closes_on"))
        .filter(pl.col("closes_on").is_null() | (pl.col("closes_on") >= now.as_at))
        .with_columns(
            pl.lit(asked.id).alias("questionnaire"),
            pl.lit(asked.instrument).alias("instrument"),
            pl.lit(asked.occasion).alias("occasion"),
            pl.lit(asked.clause).alias("clause"),
        )
        .select(SCHEMA.names())
    )


def _asked_of(now: Situation, asked: Asking) -> pl.LazyFrame:
    """The episodes it is asked of, with the day it runs from: those that have entered, open or left as it says."""
    control = (pl.col("arm") == CONTROL).fill_null(False)
    served = now.facts.entries.filter(pl.col("entered_on").is_not_null() & ~control)
    if asked.runs_from == "closure":
        event, found = "closed_on", served.filter(pl.col("closed_on") >= pl.col("entered_on"))
    else:
        event, found = "entered_on", served.filter(pl.col("closed_on").is_null())
    if asked.group:
        group = next(one for one in now.spec.outcomes.groups if one.id == asked.group)
        members = now.dataset["episodes"].lazy().filter(_in_group(group)).select("episode_id")
        found = found.join(members, on="episode_id", how="semi", maintain_order="left")
    return found.select("episode_id", "entered_on", pl.col(event).alias("event_on"))


def _in_group(group: Group) -> pl.Expr:
    """Whether an episode is of a group: its code is named, or known and none of those named."""
    code = pl.col(group.column).cast(pl.String)
    return code.is_in(group.codes) if group.codes else code.is_not_null() & ~code.is_in(group.other_than)


def _once(now: Situation, asked: Asking, people: pl.LazyFrame) -> pl.LazyFrame:
    """Due once; a baseline may have been answered before entry, anything else counts from entry on."""
    forms = _forms(now, asked).filter(pl.col("occasion") == asked.occasion)
    answered = people.join(forms, on="episode_id").filter(
        pl.lit(asked.occasion == BASELINE) | (pl.col("on") >= pl.col("entered_on"))
    )
    due_on = _after("event_on", asked.days)
    why = say(f"{'Left' if asked.runs_from == 'closure' else 'Entered'} on {{}}. Not answered yet.", day("event_on"))
    return people.join(answered.select("episode_id"), on="episode_id", how="anti", maintain_order="left").select(
        "episode_id", "event_on", pl.col("event_on").alias("opens_on"), due_on.alias("due_on"), why.alias("why")
    )


def _again(now: Situation, asked: Asking, people: pl.LazyFrame) -> pl.LazyFrame:
    """Due so many months after it was last answered, on whatever occasion, or else after the event."""
    last = _forms(now, asked).group_by("episode_id").agg(pl.col("on").max().alias("last_on"))
    frame = people.join(last, on="episode_id", how="left", maintain_order="left")
    since = pl.max_horizontal("event_on", "last_on")
    due_on = since.dt.offset_by(f"{asked.every_months}mo")
    opens_on = pl.max_horizontal(due_on - pl.duration(days=asked.early_days), since)
    every = f"{asked.every_months} months" if asked.every_months != 1 else "month"
    answered = say(f"Last answered on {{}}; asked every {every}.", day("last_on"))
    never = say(f"Entered on {{}}; asked every {every}.", day("event_on"))
    why = pl.when(pl.col("last_on") >= pl.col("event_on")).then(answered).otherwise(never)
    return frame.select("episode_id", "event_on", opens_on.alias("opens_on"), due_on.alias("due_on"), why.alias("why"))


def _forms(now: Situation, asked: Asking) -> pl.LazyFrame:
    """The forms of the questionnaire that had been answered by the day: episode_id, occasion, on."""
    forms = now.facts.table("responses").filter(pl.col("instrument") == asked.instrument)
    return forms.select("episode_id", "occasion", pl.col("completed_on").alias("on")).filter(
        pl.col("on").is_not_null() & (pl.col("on") <= now.as_at)
    )


def _after(column: str, days: int) -> pl.Expr:
    return pl.col(column) + pl.duration(days=days)

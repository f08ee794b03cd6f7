"""Cases that do not move: what a service calls stuck, rule by rule, with the day since when.

A clock says by when something is due; these say how long nothing has happened, for whoever leads a team.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import polars as pl

from placewell.cadence.situation import PLAIN, Situation
from placewell.cadence.words import counted, day, say
from placewell.dataset import Dataset
from placewell.errors import UserError
from placewell.specification import Specification
from placewell.specification.pathway import StalledRule

SCHEMA = pl.Schema(
    {
        "episode_id": pl.String(),
        "rule": pl.String(),
        "label": pl.String(),
        "since_on": pl.Date(),
        "days": pl.Int64(),
        "why": pl.String(),
        "clause": pl.String(),
        "in_contract": pl.Boolean(),
    }
)


def stalled(spec: Specification, dataset: Dataset, as_at: date) -> pl.DataFrame:
    """One row for each open, entered episode and each rule by which it is stuck, the longest first.

    A service without such rules has no rows. Raises UserError for a kind of rule that does not exist.
    """
    return stalled_of(Situation.on(spec, dataset, as_at))


def stalled_of(now: Situation) -> pl.DataFrame:
    """The same, for a caller who has the situation already."""
    found = [_rows(now, rule) for rule in now.spec.pathway.stalled]
    frame = pl.concat([SCHEMA.to_frame().lazy(), *found])
    return frame.sort(pl.col("days"), "episode_id", "rule", descending=[True, False, False]).collect(
        engine="in-memory", optimizations=PLAIN
    )


def _rows(now: Situation, rule: StalledRule) -> pl.LazyFrame:
    look = KINDS.get(rule.kind)
    if look is None:
        raise UserError(
            f"pathway.toml, stalled {rule.id}: there is no kind {rule.kind}; expected one of {', '.join(KINDS)}."
        )
    days = (pl.lit(now.as_at) - pl.col("since_on")).dt.total_days()
    held = look(now).with_columns(days.alias("days")).filter(pl.col("days") >= rule.days)
    since = counted(pl.col("days"), "day", "days")
    return held.with_columns(
        say("{}, {} ago{}.", pl.col("why"), since, pl.col("lacks")).alias("why"),
        pl.lit(rule.id).alias("rule"),
        pl.lit(rule.label).alias("label"),
        pl.lit(rule.clause).alias("clause"),
        pl.lit(rule.in_contract).alias("in_contract"),
    ).select(SCHEMA.names())


def no_contact(now: Situation) -> pl.LazyFrame:
    """Since the last two-way contact; since entry where there was none."""
    frame = now.since(_supported(now), "entered_on")
    return _since_last(frame, "Last two-way contact", "; not spoken with since")


def no_search(now: Situation) -> pl.LazyFrame:
    """Of those without a job, begun or to begin: since the last application or contact with an employer."""
    running = pl.col("ended_on").is_null() | (pl.col("ended_on") > now.as_at)
    working = now.dataset["jobs"].lazy().filter(running).select("episode_id")
    frame = _supported(now).join(working, on="episode_id", how="anti", maintain_order="left")
    steps = [
        now.facts.since_entry(table, "on").select("episode_id", "on") for table in ("applications", "employer_contacts")
    ]
    ended = now.jobs.select("episode_id", pl.col("ended_on").alias("on")).drop_nulls("on")
    last = pl.concat([*steps, ended]).group_by("episode_id").agg(pl.col("on").max().alias("last_on"))
    frame = frame.join(last, on="episode_id", how="left", maintain_order="left")
    return _since_last(frame, "Last step of the search", "; no application and no employer contact since")


def no_plan(now: Situation) -> pl.LazyFrame:
    """Since entry, of those with whom no plan has been agreed."""
    active = now.spec.pathway.active_case
    of_kind = pl.col("kind") == active.plan_kind if active else pl.lit(value=True)
    agreed = now.facts.since_entry("plans", "agreed_on", "kind").filter(of_kind).select("episode_id")
    frame = _supported(now).join(agreed, on="episode_id", how="anti", maintain_order="left")
    return _since_last(frame.with_columns(pl.lit(None, pl.Date()).alias("last_on")), "", "; no plan agreed")


KINDS: dict[str, Callable[[Situation], pl.LazyFrame]] = {
    "no_contact": no_contact,
    "no_search": no_search,
    "no_plan": no_plan,
}
"""The kinds of rule that pathway.toml can name."""


def _since_last(frame: pl.LazyFrame, last: str, lacks: str) -> pl.LazyFrame:
    """Since `last_on`, said as `last`; since entry where there was none, with what it lacks."""
    held = pl.col("last_on").is_not_null()
    why = pl.when(held).then(say(last + " {}", day("last_on"))).otherwise(say("Entered on {}", day("entered_on")))
    lacking = pl.when(held).then(pl.lit("")).otherwise(pl.lit(lacks)).alias("lacks")
    return frame.select("episode_id", pl.coalesce("last_on", "entered_on").alias("since_on"), why.alias("why"), lacking)


def _supported(now: Situation) -> pl.LazyFrame:
    """Open cases whose active support has not ended by a decision."""
    frame = now.cases.select("episode_id", "entered_on")
    for limit in ("job_search", "in_work"):
        frame = frame.join(now.support_ended(limit), on="episode_id", how="anti", maintain_order="left")
    return frame

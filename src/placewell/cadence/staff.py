"""Clocks of staff: the supervision that is due for each specialist in post, by when and why.

Source: 002 App. 7 Org 4-5.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import polars as pl

from placewell.cadence.words import day, say
from placewell.dataset import Dataset
from placewell.errors import UserError
from placewell.outcomes import Facts
from placewell.specification import Specification
from placewell.specification.pathway import StaffClock

SPECIALIST = "specialist"
DAYS_IN_A_WEEK = 7
FEW = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")

SCHEMA = pl.Schema(
    {
        "specialist_id": pl.String(),
        "team_id": pl.String(),
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


def staff_clocks(spec: Specification, dataset: Dataset, as_at: date) -> pl.DataFrame:
    """One row for each specialist in post on the day and each clock of staff, soonest first.

    The columns mean what they mean in `clocks`; `team_id` is the team of the post (of two, the one begun last).
    A service whose contract names none has no rows. Raises UserError for a kind of clock that does not exist.
    """
    facts = Facts(spec.as_of(as_at), dataset, as_at)
    posts = _in_post(facts)
    rows = [_rows(facts, posts, clock) for clock in facts.spec.pathway.staff_clocks]
    frame = pl.concat([SCHEMA.to_frame().lazy(), *rows])
    return frame.sort("due_on", "specialist_id", "clock").collect(engine="in-memory")


def _rows(facts: Facts, posts: pl.LazyFrame, clock: StaffClock) -> pl.LazyFrame:
    rule = KINDS.get(clock.kind)
    if rule is None:
        raise UserError(
            f"pathway.toml, staff_clock {clock.id}: there is no kind {clock.kind}; expected one of {', '.join(KINDS)}."
        )
    warn = pl.lit(None, pl.Date()) if clock.warn_days is None else pl.col("due_on").dt.offset_by(f"-{clock.warn_days}d")
    words = {name: getattr(clock, name) for name in ("kind", "what", "clause", "satisfied_by", "action")}
    return (
        rule(facts, posts, clock)
        .with_columns(
            pl.lit(clock.id).alias("clock"),
            warn.alias("warn_on"),
            pl.lit(value=True).alias("repeatable"),
            **{name: pl.lit(value) for name, value in words.items()},
        )
        .select(SCHEMA.names())
    )


def supervision(facts: Facts, posts: pl.LazyFrame, clock: StaffClock) -> pl.LazyFrame:
    """So many days after the last supervision of these kinds in the post; in its first days where there was none.

    The day is the last of a stretch as the measure of fidelity counts it: a stretch without any breaks on its last day.
    """
    every = _every_days(facts.spec, clock)
    held = (
        facts.table("supervisions")
        .filter(pl.col("kind").is_in(clock.codes))
        .join(posts.select("specialist_id", "from_on"), on="specialist_id")
        .filter(pl.col("on") >= pl.col("from_on"))
        .group_by("specialist_id")
        .agg(pl.col("on").max().alias("last_on"))
    )
    frame = posts.join(held, on="specialist_id", how="left", maintain_order="left")
    since = pl.coalesce("last_on", pl.col("from_on").dt.offset_by("-1d"))
    last, none = say("Last held on {}.", day("last_on")), say("In post since {}; none held yet.", day("from_on"))
    why = pl.when(pl.col("last_on").is_not_null()).then(last).otherwise(none) + f" One is due {_often(every)}."
    return frame.with_columns(since.dt.offset_by(f"{every}d").alias("due_on"), why.alias("why"))


KINDS: dict[str, Callable[[Facts, pl.LazyFrame, StaffClock], pl.LazyFrame]] = {"supervision": supervision}
"""The kinds of staff clock that pathway.toml can name."""


def _in_post(facts: Facts) -> pl.LazyFrame:
    """The specialists in post on the day: specialist_id, team_id, from_on, the first day they have been so without gap.

    Posts that follow each other, or overlap, are one: who moves to another team is not new.
    """
    posts = (
        facts.table("postings")
        .filter((pl.col("role") == SPECIALIST) & pl.col("specialist_id").is_not_null())
        .with_columns(pl.col("to_on").fill_null(facts.as_at))
        .sort("specialist_id", "from_on", "to_on", "team_id")
    )
    reached = pl.col("to_on").cum_max().shift(1).over("specialist_id")
    begins = (pl.col("from_on") > reached.dt.offset_by("1d")).fill_null(value=True)
    stretch = begins.cum_sum().over("specialist_id").alias("stretch")
    return (
        posts.with_columns(stretch)
        .group_by("specialist_id", "stretch", maintain_order=True)
        .agg(pl.col("from_on").min(), pl.col("to_on").max(), _team_on(facts.as_at))
        .filter(pl.col("to_on") >= facts.as_at)
    )


def _team_on(as_at: date) -> pl.Expr:
    return pl.col("team_id").filter(pl.col("to_on") >= as_at).last()


def _every_days(spec: Specification, clock: StaffClock) -> int:
    if clock.every_days is not None:
        return clock.every_days
    ratios = spec.governance.ratios if spec.governance else ()
    weeks = next((ratio.at_most for ratio in ratios if ratio.id == clock.ratio), None)
    if weeks is None:
        raise UserError(
            f"pathway.toml, staff_clock {clock.id}: governance.toml has no ratio {clock.ratio} with at_most weeks."
        )
    return weeks * DAYS_IN_A_WEEK


def _often(every: int) -> str:
    """ "every week", "every four weeks", "every 10 days"."""
    weeks, rest = divmod(every, DAYS_IN_A_WEEK)
    if rest or weeks > len(FEW):
        return "every day" if every == 1 else f"every {every} days"
    return "every week" if weeks == 1 else f"every {FEW[weeks - 1]} weeks"

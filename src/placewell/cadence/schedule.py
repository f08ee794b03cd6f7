"""The meetings that a start of a job brings with it, all of them at once: what the clocks will ask for one by one.

Source: 002 App. 7 Sv 12; the clocks of pathway.toml.
"""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from placewell.cadence.durations import stretch, within
from placewell.cadence.in_work import DAYS_IN_A_WEEK, WEEKLY
from placewell.cadence.situation import Situation
from placewell.specification import Specification
from placewell.specification.pathway import Clock

MOST_MEETINGS = 60
A_YEAR = 12  # months looked ahead where neither the clock nor the support has an end

SCHEMA = pl.Schema(
    {
        "job_id": pl.String(),
        "clock": pl.String(),
        "kind": pl.String(),
        "what": pl.String(),
        "from_on": pl.Date(),
        "due_on": pl.Date(),
        "face_to_face": pl.Boolean(),
        "clause": pl.String(),
    }
)


def schedule(spec: Specification, starts: pl.DataFrame) -> pl.DataFrame:
    """One row per meeting of every job in `starts` (job_id, starts_on), soonest first; none where no clock asks.

    `due_on` is its last day if every meeting before is held on its own last day, `from_on` the first that counts.
    A meeting held sooner moves those that repeat, so `clocks` has the last word from day to day.
    """
    asked = [clock for clock in spec.pathway.clocks if clock.kind in _RULES]
    known = starts.select("job_id", pl.col("starts_on").cast(pl.Date())).drop_nulls().lazy()
    rows = [_rows(spec, clock, known) for clock in asked]
    found = pl.concat([SCHEMA.to_frame().lazy(), *rows])
    return found.sort("due_on", "job_id", "clock").collect(engine="in-memory")


def schedule_of(now: Situation) -> pl.DataFrame:
    """The same of the jobs that the clocks look at, and only the meetings whose last day the clocks look at as well.

    None of a job that is judged not competitive, or of a case that is closed; none due after the end of the job, or
    after the support in work was ended.
    """
    ended = now.decisions("in_work").filter(pl.col("decision") == "ended").select("episode_id", "decided_on")
    jobs = (
        now.jobs.join(ended, on="episode_id", how="left")
        .select("job_id", starts_on="day", until_on=pl.min_horizontal("ended_on", "decided_on"))
        .collect(engine="in-memory")
    )
    asked = schedule(now.spec, jobs.select("job_id", "starts_on"))
    kept = asked.join(jobs.select("job_id", "until_on"), on="job_id", maintain_order="left")
    return kept.filter((pl.col("due_on") <= pl.col("until_on")).fill_null(True)).select(SCHEMA.names())


def _rows(spec: Specification, clock: Clock, starts: pl.LazyFrame) -> pl.LazyFrame:
    return (
        _RULES[clock.kind](spec, clock, starts)
        .with_columns(
            pl.lit(clock.id).alias("clock"),
            pl.lit(clock.kind).alias("kind"),
            pl.lit(clock.what).alias("what"),
            pl.lit(clock.face_to_face).alias("face_to_face"),
            pl.lit(clock.clause).alias("clause"),
        )
        .select(SCHEMA.names())
    )


def _before(spec: Specification, clock: Clock, starts: pl.LazyFrame) -> pl.LazyFrame:
    return starts.with_columns(
        pl.col("starts_on").dt.offset_by(f"-{clock.days or DAYS_IN_A_WEEK}d").alias("from_on"),
        pl.col("starts_on").dt.offset_by("-1d").alias("due_on"),
    )


def _after(spec: Specification, clock: Clock, starts: pl.LazyFrame) -> pl.LazyFrame:
    return starts.with_columns(pl.col("starts_on").alias("from_on"), within(clock, "starts_on"))


def _weekly(spec: Specification, clock: Clock, starts: pl.LazyFrame) -> pl.LazyFrame:
    return _repeated(spec, clock, starts)


def _monthly(spec: Specification, clock: Clock, starts: pl.LazyFrame) -> pl.LazyFrame:
    """Once the weeks are over."""
    weeks = max((other.until_months or 0 for other in spec.pathway.clocks if other.kind == WEEKLY), default=0)
    over = pl.col("starts_on").dt.offset_by(f"{weeks}mo")
    return _repeated(spec, clock, starts).filter(pl.col("due_on") > over)


def _repeated(spec: Specification, clock: Clock, starts: pl.LazyFrame) -> pl.LazyFrame:
    length, unit = (clock.every_days, "d") if clock.every_days else (clock.every_months or 1, "mo")
    limit = spec.pathway.limit_of("in_work")
    last = pl.min_horizontal(
        stretch(clock, "starts_on"), pl.col("starts_on").dt.offset_by(f"{limit.months if limit else A_YEAR}mo")
    )
    times = pl.LazyFrame({"time": range(1, MOST_MEETINGS + 1)}, schema={"time": pl.Int64()})
    day = pl.col("starts_on").dt.offset_by(pl.format("{}" + unit, pl.col("time") * length))
    before = pl.col("starts_on").dt.offset_by(pl.format("{}" + unit, (pl.col("time") - 1) * length))
    return (
        starts.join(times, how="cross").with_columns(day.alias("due_on"), before.alias("from_on")).filter(day <= last)
    )


_RULES: dict[str, Callable[[Specification, Clock, pl.LazyFrame], pl.LazyFrame]] = {
    "before_start": _before,
    "after_start": _after,
    "in_work_weekly": _weekly,
    "in_work_monthly": _monthly,
}

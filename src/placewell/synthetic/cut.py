"""Leaves out of made-up histories everything dated after a day, so that they look as they would on that day."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

ROW_DAYS = {
    "episodes": "referred_on",
    "consents": "given_on",
    "allocations": "allocated_on",
    "screenings": "decided_on",
    "jobs": "started_on",
    "job_hours": "from_on",
    "job_pay": "from_on",
    "job_problems": "known_on",
    "evidence": "received_on",
    "profiles": "started_on",
    "plans": "agreed_on",
    "responses": "completed_on",
    "training": "completed_on",
    "postings": "from_on",
    "practice_links": "from_on",
    "costs": "month",
    "claims": "claimed_on",
}
"""The day a row is dated by, where it is not called `on`."""
FOLLOWING = {
    "declined_on": ("decline_reason",),
    "closed_on": ("closure_reason",),
    "ended_on": ("end_reason",),
    "decided_on": ("decided_by",),
}
"""Columns that say more about a later day: absent while that day has not come."""
OFFERED_BEFORE = 12
"""Days before its start on which an accepted job is known."""
NOT_CUT = ("expires_on", "about_on", "month")


def up_to(frames: dict[str, pl.DataFrame], through: date) -> dict[str, pl.DataFrame]:
    """The same tables as at `through`: rows dated later are gone, later days in a row are absent again."""
    cut = {name: _rows(name, frame, through) for name, frame in frames.items()}
    return cut if "jobs" not in cut else cut | _as_then(cut, frames, through)


def _as_then(cut: dict[str, pl.DataFrame], frames: dict[str, pl.DataFrame], through: date) -> dict[str, pl.DataFrame]:
    """The tables in which a later day changes more than itself."""
    jobs = _offers(cut["jobs"], frames["jobs"], through)
    return {
        "jobs": jobs,
        "job_hours": cut["job_hours"].join(jobs.select("job_id"), on="job_id", how="semi", maintain_order="left"),
        "evidence": _documents(cut["evidence"], frames["evidence"], through),
        "episodes": _cases(cut["episodes"]),
        "disclosures": _about_known_jobs(cut["disclosures"], jobs),
        "benefits_advice": _about_known_jobs(cut["benefits_advice"], jobs),
    }


def _rows(name: str, frame: pl.DataFrame, through: date) -> pl.DataFrame:
    row_day = ROW_DAYS.get(name, "on")
    if row_day not in frame.columns:
        return frame
    kept = frame.filter(pl.col(row_day) <= through)
    later = [column for column, kind in kept.schema.items() if kind == pl.Date() and column not in (row_day, *NOT_CUT)]
    blanks = []
    for column in later:
        known = pl.col(column) <= through
        blanks += [
            pl.when(known).then(name_of).alias(name_of)
            for name_of in (column, *FOLLOWING.get(column, ()))
            if name_of in kept.columns
        ]
    return kept.with_columns(blanks)


def _documents(cut: pl.DataFrame, whole: pl.DataFrame, through: date) -> pl.DataFrame:
    """A document not decided by then is only received; one rejected later was still verified."""
    undecided = pl.col("decided_on").is_null()
    verified = undecided & pl.col("verified_on").is_not_null()
    verifier = whole.select("evidence_id", pl.col("decided_by").alias("verifier"))
    joined = cut.join(verifier, on="evidence_id", how="left", maintain_order="left")
    return joined.with_columns(
        pl.when(verified)
        .then(pl.lit("verified"))
        .when(undecided)
        .then(pl.lit("received"))
        .otherwise("status")
        .alias("status"),
        pl.when(verified).then("verified_on").otherwise("decided_on").alias("decided_on"),
        pl.when(verified).then("verifier").otherwise("decided_by").alias("decided_by"),
    ).drop("verifier")


def _cases(episodes: pl.DataFrame) -> pl.DataFrame:
    """A referral that nobody has decided on has no specialist and no team yet."""
    waiting = pl.col("accepted_on").is_null() & pl.col("declined_on").is_null()
    return episodes.with_columns(pl.when(~waiting).then(name).alias(name) for name in ("specialist_id", "team_id"))


def _offers(cut: pl.DataFrame, whole: pl.DataFrame, through: date) -> pl.DataFrame:
    """A job that starts in the next days is known already, as an offer that was accepted: nobody has worked yet."""
    started = pl.col("started_on")
    offers = whole.filter((started > through) & (started <= through + timedelta(days=OFFERED_BEFORE)))
    unknown_yet = (pl.lit(None).alias(column) for column in ("first_day_worked_on", "ended_on", "end_reason"))
    return pl.concat([cut, offers.with_columns(unknown_yet).cast(cut.schema)])


def _about_known_jobs(rows: pl.DataFrame, jobs: pl.DataFrame) -> pl.DataFrame:
    """A decision or advice about a job that is not known yet stands without it."""
    known = pl.col("job_id").is_in(jobs["job_id"].implode())
    return rows.with_columns(pl.when(known).then("job_id").alias("job_id"))

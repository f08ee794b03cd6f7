"""Clocks of trouble in work: a problem in a job, its loss, and support taken up again once it had ended.

Source: 002 §9.10 ix, App. 7 St 1, Sv 12.
"""

from __future__ import annotations

import polars as pl

from placewell.cadence.durations import every, within
from placewell.cadence.situation import NO_JOB, Situation
from placewell.cadence.words import attempts, day, say
from placewell.specification.pathway import Clock
from placewell.vocabulary import labels

IN_WORK = "in_work"


def job_problem(now: Situation, clock: Clock) -> pl.LazyFrame:
    """A two-way contact within some days of learning of a problem in a job; of several the first nobody spoke about."""
    frame = now.since(now.problems, "known_on").filter(pl.col("last_on").is_null())
    frame = frame.unique("episode_id", keep="first", maintain_order=True)
    why = say("{} Speak within {} of hearing.", _told(), pl.lit(every(clock))) + attempts()
    return frame.select("episode_id", "job_id", within(clock, "known_on"), why.alias("why"))


def job_loss(now: Situation, clock: Clock) -> pl.LazyFrame:
    """A two-way contact within some days of learning that a job has ended, unless the next one has begun.

    The days run from the day the service learned of it; where that is not recorded, or lies before the end (what is
    known beforehand is a problem in the job), from the day of the end.
    """
    begun = now.jobs.filter((pl.col("day") <= now.as_at) & pl.col("ended_on").is_null())
    lost = now.jobs_ended.sort("ended_on", "job_id").unique("episode_id", keep="last", maintain_order=True)
    lost = lost.join(begun.select("episode_id"), on="episode_id", how="anti", maintain_order="left")
    frame = now.since(lost, "learned_on").filter(pl.col("last_on").is_null())
    same_day = say("The job ended on {}.", day("ended_on"))
    later = say("The job ended on {}; this was known on {}.", day("ended_on"), day("learned_on"))
    told = pl.when(pl.col("learned_on") > pl.col("ended_on")).then(later).otherwise(same_day)
    why = say("{} Speak within {} of hearing.", told, pl.lit(every(clock))) + attempts()
    return frame.select("episode_id", "job_id", within(clock, "learned_on"), why.alias("why"))


def re_access(now: Situation, clock: Clock) -> pl.LazyFrame:
    """A decision within some days of being asked, by the person or the employer, for support in work once more.

    A decision on support in work from that day on answers it as well. Of several requests the first nobody decided.
    """
    support = now.spec.pathway.support
    asked = now.requests.filter(pl.lit(support is not None and support.re_access))
    frame = asked.join(now.decisions(IN_WORK), on="episode_id", how="left", maintain_order="left")
    frame = frame.filter(pl.col("decided_on").is_null() | (pl.col("decided_on") < pl.col("on")))
    frame = frame.unique("episode_id", keep="first", maintain_order=True)
    ended = say("Support in work ended on {}. ", day("decided_on"))
    since = pl.when(pl.col("decision") == "ended").then(ended).otherwise(pl.lit(""))
    why = since + _asked() + pl.lit(" Take support up again, or record that it stays ended.")
    return frame.select("episode_id", NO_JOB, within(clock, "on"), why.alias("why"))


def _asked() -> pl.Expr:
    """ "The employer asked for support again on 4 June 2019." """
    who = pl.col("asked_by").replace_strict(labels("support_asked_by"), default="Somebody", return_dtype=pl.String)
    return say("{} asked for support again on {}.", who.fill_null("Somebody"), day("on"))


def _told() -> pl.Expr:
    """ "Problem in the job (health), known on 4 June 2019." """
    names = {code: name[:1].lower() + name[1:] for code, name in labels("job_problem_kind").items()}
    kind = pl.col("kind").replace(names)
    known = say("Problem in the job ({}), known on {}.", kind, day("known_on"))
    return pl.when(kind.is_null()).then(say("Problem in the job, known on {}.", day("known_on"))).otherwise(known)

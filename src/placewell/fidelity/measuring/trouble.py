"""The measure of trouble in work: problems in a job and jobs lost after which the person was spoken with in time.

It asks what the clocks job_problem and job_loss ask: who no longer has such a clock on its last day is excluded.
Source: 002 App. 7 Sv 12; domain-facts.md §1.2 item 23.
"""

from __future__ import annotations

import polars as pl

from placewell.cadence.situation import Situation
from placewell.fidelity.measures import Measure, Trouble
from placewell.fidelity.measuring.support import EMPTY
from placewell.fidelity.members import COUNTED, EXCLUDED, NOT_COUNTED, NOT_DUE, Judgement, member_table
from placewell.fidelity.records import Records
from placewell.fidelity.tally import Tally, not_known, share
from placewell.outcomes import Outcomes
from placewell.outcomes.contacts import two_way
from placewell.outcomes.facts import settle
from placewell.outcomes.words import day, sentence

PROBLEM, LOSS = "job_problems", "jobs"
LAST = pl.col("last_on")


def trouble_answered(records: Records, measure: Measure) -> Tally:
    """Problems and losses of paid jobs after which the person was spoken with, of those due within the window.

    The days run from the day the service learned of it; of a loss known beforehand, from the end of the job. Whatever
    comes first decides, the contact or what silences the clock: the case closed; for a loss another job that had begun
    and goes on, or one lost after it, which is asked about in its place.
    """
    if not records.holds("contacts"):
        return not_known(EMPTY)
    if not records.holds("jobs", "job_problems"):
        return not_known("The tables jobs and job_problems are empty: problems in jobs and lost jobs are not recorded.")
    window = records.window(measure.window_days)
    held = _held(records)
    jobs = _jobs(records, held)
    learned = _learned(records, held, jobs, measure.trouble or Trouble()).filter(window.start <= LAST)
    frame = _with_first_contact(records, held, _with_release(learned, jobs))
    asked = pl.col("released_on").fill_null(pl.date(9999, 12, 31)) > LAST
    in_time = (pl.col("held_on") <= LAST) & (pl.col("held_on") <= pl.col("released_on")).fill_null(True)
    judged = (
        Judgement()
        .when(records.as_at < LAST, NOT_DUE, sentence(_told(), "; the last day to speak with them is ", day(LAST), "."))
        .when(in_time, COUNTED, sentence(_told(), "; spoken with on ", day("held_on"), "."))
        .when(asked, NOT_COUNTED, sentence(_told(), "; not spoken with by ", day(LAST), "."))
    )
    members = member_table(
        frame,
        outcome_on=pl.when(in_time & (records.as_at >= LAST)).then("held_on"),
        **judged.otherwise(EXCLUDED, sentence(_told(), "; ", pl.col("released_by"), day("released_on"), ".")),
    )
    return share(members, "No last day to speak about a problem in a job or a lost job falls in these days.")


def _told() -> pl.Expr:
    words = {PROBLEM: "Problem in the job known on ", LOSS: "Job loss known on "}
    return sentence(pl.col("table").replace_strict(words, return_dtype=pl.String), day("learned_on"))


def _held(records: Records) -> pl.LazyFrame:
    """Each case with itself and with the ended episodes that it goes on from: episode_id, held_in, since, held_from.

    `since`: the entry of `held_in`; `held_from`: the day from which its jobs belong to the case, null where it is the
    case's own. A job that goes on when somebody moves or comes back is asked about in the new case.
    """
    own = records.cases.select("episode_id", held_in="episode_id", since="entered_on", held_from=pl.lit(None, pl.Date))
    ended = records.facts.entries.filter(pl.col("closed_on").is_not_null() & pl.col("entered_on").is_not_null())
    ended = ended.select(held_in="episode_id", since="entered_on", held_from="closed_on")
    earlier = Situation(Outcomes(records.facts)).followed.join(ended, on="held_in")
    held = pl.concat([own, earlier.select("episode_id", "held_in", "since", "held_from")])
    return settle(held.join(records.cases.select("episode_id", "entered_on", "referred_on"), on="episode_id"))


def _by_then(column: str) -> pl.Expr:
    """Whether a job belongs to the case by the last day."""
    return (pl.col(column) <= LAST).fill_null(True)


def _jobs(records: Records, held: pl.LazyFrame) -> pl.LazyFrame:
    """Paid jobs of each case: job_id, day (the first), ended_on, learned_on (from when its end was known), held_from.

    Those begun since entry, and those of an earlier episode that were not over on entry.
    """
    learned = pl.when(pl.col("ended_on").is_not_null()).then(pl.max_horizontal("ended_on", "end_known_on"))
    paid = records.facts.dataset["jobs"].lazy().filter(pl.col("competitive").fill_null(True))
    begun = pl.coalesce("first_day_worked_on", "started_on")
    jobs = paid.select("job_id", "ended_on", held_in="episode_id", day=begun, learned_on=learned)
    over = pl.col("held_from").is_not_null() & (pl.col("ended_on") < pl.col("entered_on")).fill_null(False)
    return settle(jobs.join(held, on="held_in").filter((pl.col("day") >= pl.col("since")) & ~over))


def _learned(records: Records, held: pl.LazyFrame, jobs: pl.LazyFrame, trouble: Trouble) -> pl.LazyFrame:
    """Problems and losses learned of, each once with the case that was asked to answer it, and its last day.

    Whose last day lies before entry was never asked about.
    """
    told = records.facts.table("job_problems").select("job_problem_id", "job_id", "known_on", held_in="episode_id")
    own = told.join(held.filter(pl.col("held_from").is_null()), on="held_in")
    going_on = jobs.filter(pl.col("held_from").is_not_null()).select("held_in", "job_id", "episode_id", "held_from")
    columns = ("job_problem_id", "episode_id", "known_on", "held_from")
    problems = pl.concat([own.select(columns), told.join(going_on, on=["held_in", "job_id"]).select(columns)])
    losses = jobs.filter(pl.col("learned_on") <= records.as_at)
    parts = [
        _asked(problems.rename({"known_on": "learned_on"}), PROBLEM, "job_problem_id", trouble.problem_days),
        _asked(losses, LOSS, "job_id", trouble.loss_days),
    ]
    shut = pl.min_horizontal("closed_on", "declined_on").alias("shut_on")
    cases = records.cases.select("row", "episode_id", "person_id", "specialist_id", "entered_on", shut)
    asked = pl.concat(parts).join(cases, on="episode_id")
    asked = asked.filter((pl.col("entered_on") <= LAST) & _by_then("held_from"))
    shut_by_then = (pl.col("shut_on") <= LAST).fill_null(False)
    in_order = asked.sort("subject_id", shut_by_then, "entered_on", "episode_id", descending=[False, False, True, True])
    return settle(in_order.unique("subject_id", keep="first", maintain_order=True))


def _asked(frame: pl.LazyFrame, table: str, key: str, days: int | None) -> pl.LazyFrame:
    """The rows of a table as subjects; none where no number of days is asked for."""
    job = pl.col("job_id") if table == LOSS else pl.lit(None, pl.String)
    ended = pl.col("ended_on") if table == LOSS else pl.lit(None, pl.Date)
    return frame.filter(pl.lit(days is not None)).select(
        pl.format(f"{table}:{{}}", key).alias("subject_id"),
        pl.lit(table).alias("table"),
        "episode_id",
        job.alias("job_id"),
        ended.alias("ended_on"),
        "learned_on",
        pl.col("learned_on").dt.offset_by(f"{days or 0}d").alias("last_on"),
        "held_from",
    )


def _with_release(learned: pl.LazyFrame, jobs: pl.LazyFrame) -> pl.LazyFrame:
    """With what silenced the clock first by the last day, and when: released_by (in words), released_on; or null."""
    others = jobs.select(
        "episode_id", "day", other="job_id", other_ended="ended_on", other_learned="learned_on", other_from="held_from"
    )
    beside = learned.join(others, on="episode_id").filter(pl.col("job_id") != pl.col("other"), _by_then("other_from"))
    goes_on = pl.col("other_ended").is_null() | (pl.col("other_ended") > LAST)
    same_day = (pl.col("other_ended") == pl.col("ended_on")) & (pl.col("other") > pl.col("job_id"))
    after = (pl.col("other_ended") > pl.col("ended_on")) | same_day
    parts = [
        learned.select("subject_id", "last_on", on="shut_on", by=pl.lit("the case was closed on ")),
        beside.filter(goes_on).select("subject_id", "last_on", on="day", by=pl.lit("another job had begun on ")),
        beside.filter(after).select(
            "subject_id", "last_on", on="other_learned", by=pl.lit("another job was lost after it, known on ")
        ),
    ]
    by_then = pl.concat(parts).filter(pl.col("on") <= LAST).sort("on", "by")
    first = by_then.group_by("subject_id").agg(released_on=pl.col("on").first(), released_by=pl.col("by").first())
    return learned.join(first, on="subject_id", how="left")


def _with_first_contact(records: Records, held: pl.LazyFrame, learned: pl.LazyFrame) -> pl.LazyFrame:
    """With `held_on`, the first two-way contact from the day it was learned on.

    Contacts of an earlier episode are the case's own up to its referral.
    """
    spoken = two_way(records.facts).filter(pl.col("is_two_way")).select("on", held_in="episode_id")
    places = held.select("episode_id", "held_in", "referred_on", spoken_from="held_from")
    later = learned.select("subject_id", "episode_id", "learned_on", "last_on").join(places, on="episode_id")
    earlier = (pl.col("on") < pl.col("referred_on")) | pl.col("spoken_from").is_null()
    later = later.join(spoken, on="held_in").filter(earlier, _by_then("spoken_from"))
    first = later.filter(pl.col("on") >= pl.col("learned_on")).group_by("subject_id").agg(held_on=pl.col("on").min())
    return learned.join(first, on="subject_id", how="left")

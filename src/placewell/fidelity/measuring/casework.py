"""Measures of casework around a job: who was accepted, what was talked through before the start, the profile renewed.

Source: 002 App. 7 Org 6, Sv 1-3; domain-facts.md §1.2 items 9, 12-14.
"""

from __future__ import annotations

import polars as pl

from placewell.fidelity.measures import Measure
from placewell.fidelity.members import COUNTED, EXCLUDED, NOT_COUNTED, NOT_DUE, Judgement, member_table
from placewell.fidelity.records import Records
from placewell.fidelity.tally import Tally, not_known, share
from placewell.outcomes.facts import ROW
from placewell.outcomes.words import day, kind_in, sentence
from placewell.periods import in_words


def accepted(records: Records, measure: Measure) -> Tally:
    """Referrals accepted, of those accepted or declined within the window. Source: 002 App. 7 Org 6."""
    if records.team is not None:
        return not_known("A referral that is declined names no team: ask about the whole service.")
    window = records.window(measure.window_days)
    decided = pl.coalesce("accepted_on", "declined_on")
    why = pl.coalesce(kind_in("decline_reason"), pl.lit("not recorded"))
    judged = (
        Judgement()
        .when(pl.col("decided_on").is_null(), NOT_DUE, "Neither accepted nor declined yet.")
        .when(pl.col("decided_on") < window.start, EXCLUDED, sentence("Decided on ", day("decided_on"), "."))
        .when(
            pl.col("accepted_on").is_null(),
            NOT_COUNTED,
            sentence("Declined on ", day("decided_on"), "; the reason: ", why, "."),
        )
    )
    members = member_table(
        records.referrals.with_columns(decided.alias("decided_on")),
        subject_id="episode_id",
        outcome_on="decided_on",
        **judged.otherwise(COUNTED, sentence("Accepted on ", day("accepted_on"), ".")),
    )
    return share(members, "No referral was accepted or declined in these days.")


def disclosure_before_start(records: Records, measure: Measure) -> Tally:
    """Job starts by whose first day a decision on telling an employer was recorded. Source: 002 App. 7 Sv 2."""
    if not records.holds("disclosures"):
        return not_known("The table disclosures is empty: it is not recorded.")
    decisions = records.facts.since_entry("disclosures", "on").select(ROW, "on", pl.lit("decision").alias("word"))
    return _before_start(records, measure, decisions, "decision")


def advice_before_start(records: Records, measure: Measure) -> Tally:
    """Job starts by whose first day benefits advice was given, or the person sent to one of `codes` for it.

    Source: 002 App. 7 Sv 1.
    """
    if not records.holds("benefits_advice", "onward_referrals"):
        return not_known("The tables benefits_advice and onward_referrals are empty: advice is not recorded.")
    given = records.facts.since_entry("benefits_advice", "on")
    sent = records.facts.since_entry("onward_referrals", "on", "to").filter(pl.col("to").is_in(measure.codes))
    words = (("advice", given), ("referral", sent))
    lines = pl.concat([frame.select(ROW, "on", pl.lit(word).alias("word")) for word, frame in words])
    return _before_start(records, measure, lines, "advice or referral")


def _before_start(records: Records, measure: Measure, lines: pl.LazyFrame, none: str) -> Tally:
    """Job starts by whose first day one of `lines` lies (row, on, word: what it is), all of them since entry."""
    window = records.window(measure.window_days)
    first = lines.sort("on", "word").group_by(ROW).agg(pl.col("on").first().alias("first_on"), pl.col("word").first())
    told = sentence("The first ", pl.col("word"), " is of ", day("first_on"))
    judged = (
        Judgement()
        .when(pl.col("job_start_on") < window.start, EXCLUDED, f"Begun before {in_words(window.start)}.")
        .when(pl.col("first_on").is_null(), NOT_COUNTED, f"No {none} is recorded.")
        .when(pl.col("first_on") > pl.col("job_start_on"), NOT_COUNTED, sentence(told, ", after the start."))
    )
    members = member_table(
        records.starts.join(first, on=ROW, how="left"),
        subject_id="job_id",
        outcome_on="job_start_on",
        **judged.otherwise(COUNTED, sentence(told, ".")),
    )
    return share(members, "No job began in these days.")


def profile_renewed(records: Records, measure: Measure) -> Tally:
    """Jobs ended within the window after whose start a version of the profile was begun. Source: 002 App. 7 Sv 3."""
    if not records.holds("profiles"):
        return not_known("The table profiles is empty: vocational profiles are not recorded.")
    window = records.window(measure.window_days)
    ended = records.starts.filter(pl.col("ended_on") >= window.start)
    versions = records.facts.of_episodes("profiles", "started_on").select(ROW, "started_on")
    renewed = (
        ended.join(versions, on=ROW)
        .filter(pl.col("started_on") > pl.col("job_start_on"))
        .group_by("job_id")
        .agg(pl.col("started_on").min())
    )
    judged = Judgement().when(
        pl.col("started_on").is_null(), NOT_COUNTED, "No version of the profile was begun after the job had started."
    )
    members = member_table(
        ended.join(renewed, on="job_id", how="left"),
        subject_id="job_id",
        outcome_on="ended_on",
        **judged.otherwise(COUNTED, sentence("A version was begun on ", day("started_on"), ".")),
    )
    return share(members, "No job ended in these days.")

"""Measures of the jobs begun: different occupations, different employers, competitive jobs.

Source: 002 App. 7 Sv 8-10; domain-facts.md §1.2 items 19-21.
"""

from __future__ import annotations

import polars as pl

from placewell.fidelity.measures import Measure
from placewell.fidelity.members import COUNTED, EXCLUDED, NOT_COUNTED, Judgement, member_table
from placewell.fidelity.records import Records
from placewell.fidelity.tally import Tally, not_known, share
from placewell.outcomes.facts import ROW
from placewell.outcomes.words import day, sentence
from placewell.periods import in_words

NONE_BEGUN = "No job began in these days."
NO_JOBS = "The table jobs is empty: jobs are not recorded."


def different_occupations(records: Records, measure: Measure) -> Tally:
    """Job starts of the window that are the first with their occupation, of those with a recorded occupation.

    Occupations are compared as they are recorded, at whatever level of the classification.
    """
    return _different(records, measure, "occupation", "occupation")


def different_employers(records: Records, measure: Measure) -> Tally:
    """Job starts of the window that are the first with their employer, of those with a recorded employer."""
    return _different(records, measure, "employer_id", "employer")


def _different(records: Records, measure: Measure, column: str, word: str) -> Tally:
    if not records.holds("jobs"):
        return not_known(NO_JOBS)
    window = records.window(measure.window_days)
    inside = pl.col("job_start_on") >= window.start
    frame = records.starts.with_columns(pl.col("job_id").first().over(column, inside).alias("first"))
    judged = (
        Judgement()
        .when(~inside, EXCLUDED, _before(window.start))
        .when(pl.col(column).is_null(), EXCLUDED, f"The {word} is not recorded.")
        .when(
            pl.col("job_id") != pl.col("first"), NOT_COUNTED, sentence(f"The same {word} as job ", pl.col("first"), ".")
        )
    )
    members = member_table(
        frame,
        subject_id="job_id",
        outcome_on="job_start_on",
        **judged.otherwise(COUNTED, sentence(f"The first with {word} ", pl.col(column), ".")),
    )
    return share(members, _why_none(members, word))


def _why_none(members: pl.DataFrame, word: str) -> str:
    unrecorded = members["reason"].str.contains("is not recorded").any()
    return f"No job begun in these days has its {word} recorded." if unrecorded else NONE_BEGUN


def competitive(records: Records, measure: Measure) -> Tally:
    """Jobs begun after entry that are recorded as competitive, with a contract of one of `codes` (none: any kind)."""
    if not records.holds("jobs"):
        return not_known(NO_JOBS)
    window = records.window(measure.window_days)
    begun = pl.coalesce("first_day_worked_on", "started_on").alias("begun_on")
    columns = ("job_id", "competitive", "contract_type", "started_on", "first_day_worked_on")
    frame = records.facts.of_episodes("jobs", *columns).join(records.whose, on=ROW).with_columns(begun)
    kind = pl.col("contract_type")
    judged = (
        Judgement()
        .when(pl.col("begun_on") < window.start, EXCLUDED, _before(window.start))
        .when(pl.col("competitive").is_null(), EXCLUDED, "Whether it is competitive is not recorded.")
        .when(~pl.col("competitive"), NOT_COUNTED, "Not a competitive job.")
    )
    if measure.codes:
        judged.when(kind.is_null() | (kind == "not_known"), EXCLUDED, "The kind of contract is not recorded.").when(
            ~kind.is_in(measure.codes), NOT_COUNTED, sentence("The contract is ", kind.str.replace_all("_", " "), ".")
        )
    members = member_table(
        frame.filter(pl.col("begun_on") >= pl.col("entered_on")),
        subject_id="job_id",
        outcome_on="begun_on",
        **judged.otherwise(COUNTED, sentence("Competitive, begun on ", day("begun_on"), ".")),
    )
    return share(members, NONE_BEGUN)


def _before(start: object) -> pl.Expr:
    return pl.lit(f"Begun before {in_words(start)}.")  # type: ignore[arg-type]

"""What saving a job starts: the judgement, the milestones with their days, the meetings, the payment it may earn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from placewell import cadence
from placewell.specification import Specification
from placewell_web.casework.presenters.milestones import Mark, ladder, mark
from placewell_web.casework.presenters.proof import PaymentLine, accepted
from placewell_web.casework.queries.caseload import Caseload
from placewell_web.nhsuk.words import day, money

OF_A_JOB = frozenset({"job_start", "weeks_in_work", "still_in_work"})
START = "job_start"
NO_DAYS = "This contract sets no days for meetings around a job start."
NOT_COMPETITIVE = "None: the contract sets days for meetings only around a competitive job."
NONE_DUE = "None falls due for this job."


@dataclass(frozen=True)
class Reached:
    """A milestone the job leads to, the day it falls on, and the document asked for."""

    mark: Mark
    on: date | None
    words: str
    counts: bool
    asks: bool


@dataclass(frozen=True)
class Meeting:
    """A meeting the contract asks for: its last day, and whether that is over."""

    what: str
    on: str
    over: bool
    clause: str


def reached(loaded: Caseload) -> list[Reached]:
    """The milestones of work, in the order of the contract, with the days they fall on if the job lasts."""
    steps, kinds = ladder(loaded.spec), {entry.id: entry.kind for entry in loaded.spec.outcomes.outcomes}
    asked = {rule.outcome for rule in loaded.spec.outcomes.evidence}
    found = []
    for row in loaded.expected:
        if kinds[row["outcome_id"]] in OF_A_JOB:
            one = mark(row, steps)
            proven = one.outcome in asked
            words = f"Proof: {accepted(row)}" if proven else "No proof is asked for."
            asks = proven and one.counts and one.on is not None and one.kind in ("missing", "ring")
            found.append(Reached(one, one.on, words, one.counts, asks))
    return found


def meetings(loaded: Caseload, job: Any) -> list[Meeting]:
    """The meetings from a week before the start on that the clocks ask for; past days are said to be over."""
    return [
        Meeting(row["what"], _when(row), row["due_on"] < loaded.today, row["clause"].removeprefix("002 "))
        for row in loaded.meetings_asked(str(job.pk))
    ]


def no_meetings(spec: Specification, job: Any) -> str:
    """Why no meeting is listed: the contract asks for none, or not for this job."""
    starts = pl.DataFrame({"job_id": [str(job.pk)], "starts_on": [job.started_on]})
    if cadence.schedule(spec, starts).is_empty():
        return NO_DAYS
    return NOT_COMPETITIVE if job.competitive is False else NONE_DUE


def _when(row: dict[str, Any]) -> str:
    if row["kind"] == "before_start":
        return f"{day(row['from_on'])} to {day(row['due_on'])}"
    return f"by {day(row['due_on'])}"


def payment_ahead(spec: Specification, line: PaymentLine | None, job: Any, rows: list[Reached]) -> PaymentLine | None:
    """What the job start may earn and what it waits for; nothing of money where the service is paid for no outcome."""
    terms = spec.payment.outcome_payment if spec.payment else None
    if terms is None or line is not None:
        return line
    start = next((row for row in rows if row.mark.outcome == terms.outcome), None)
    clause = terms.clause.removeprefix("002 ")
    if start is None or start.on is None:
        return PaymentLine("£0", "No payment from this job as it stands.", _why_unpaid(job), clause)
    words = f"Day 1 is {day(start.on)}. {start.words}. Paid once per person, when the proof is verified."
    return PaymentLine(money(terms.amount), "May be earned.", words, clause)


def _why_unpaid(job: Any) -> str:
    if job.competitive is None:
        return "Only a competitive job earns it, and whether this one is competitive is not known yet."
    if job.competitive is False:
        return "Only a competitive job earns it."
    return "It needs a first day worked after the person entered the service."

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
JUDGED = {
    True: "Competitive: it pays at least the minimum wage, anyone could apply, and it is not set aside.",
    None: "Not known yet whether it is competitive. Until it is, it counts for no milestone.",
}
WHY_NOT = (
    ("pays_minimum", False, "it pays under the minimum wage"),
    ("open_to_anyone", False, "not anyone could apply"),
    ("set_aside", True, "it is set aside for people with a condition or disability"),
)


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


def judgement(job: Any) -> str:
    """Whether the job is competitive, and why not (002 App. 7 Sv 10)."""
    if job.competitive is not False:
        return JUDGED[job.competitive]
    why = [words for name, answer, words in WHY_NOT if getattr(job, name) is answer]
    return f"Not competitive: {', '.join(why)}." if why else "Judged not competitive."


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


def meetings(spec: Specification, job: Any, today: date) -> list[Meeting]:
    """The meetings from a week before the start on, as the contract has them; past days are said to be over."""
    starts = pl.DataFrame({"job_id": [str(job.pk)], "starts_on": [job.first_day_worked_on or job.started_on]})
    return [
        Meeting(row["what"], _when(row), row["due_on"] < today, row["clause"].removeprefix("002 "))
        for row in cadence.schedule(spec, starts).to_dicts()
    ]


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

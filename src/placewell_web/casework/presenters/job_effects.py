"""What putting a job right would undo: milestones reached, their proof and the payment, worked out by the library."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import polars as pl

from placewell_web.casework.presenters.milestones import WORDS, ladder
from placewell_web.casework.presenters.proof import PAYMENT_STATES
from placewell_web.casework.queries import person
from placewell_web.casework.queries.caseload import Caseload
from placewell_web.nhsuk.words import day, money

Row = dict[str, Any]
REACHED = ("proved", "unproved")


def undone(loaded: Caseload, job: Any, **facts: Any) -> list[str]:
    """A sentence for each milestone reached, and for the payment, that other `facts` of the job would change."""
    told = pl.col("job_id") == str(job.pk)
    types = loaded.whole["jobs"].schema
    other = {name: pl.when(told).then(pl.lit(value, types[name])).otherwise(name) for name, value in facts.items()}
    whole = loaded.whole.with_frames(jobs=loaded.whole["jobs"].with_columns(**other))
    after = {(row["episode_id"], row["outcome_id"]): row for row in loaded.milestones_in(whole)}
    names = ladder(loaded.spec).names
    found = [
        f"{names[row['outcome_id']]} is {_stands(row)}. It would be {_stands(then)}.{_why(then)}"
        for row in loaded.milestones
        if row["in_contract"] and row["state"] in REACHED
        for then in [after[row["episode_id"], row["outcome_id"]]]
        if (then["state"], then["on"]) != (row["state"], row["on"])
    ]
    return found + _payment(person.payment_line(loaded), person.payment_line_in(loaded, whole))


def signed(sentences: Sequence[str]) -> str:
    """What a page sends back to say that just these sentences were read; empty where there are none."""
    return hashlib.sha256("\n".join(sentences).encode()).hexdigest()[:16] if sentences else ""


def _stands(row: Row) -> str:
    return f"{WORDS[row['state']]}, {day(row['on'])}" if row["on"] else WORDS[row["state"]]


def _why(row: Row) -> str:
    return f" {row['reason']}" if row["state"] == "unproved" and row["reason"] else ""


def _payment(line: Row | None, then: Row | None) -> list[str]:
    """What the payment is and would be, where that differs."""
    if line is None or (then and all(line[name] == then[name] for name in ("state", "amount", "quarter"))):
        return []
    state = PAYMENT_STATES[line["state"]].lower()
    would = f"{money(then['amount'])}, {PAYMENT_STATES[then['state']].lower()}" if then else "no payment"
    return [f"The payment is {money(line['amount'])}, {state}. It would be {would}."]

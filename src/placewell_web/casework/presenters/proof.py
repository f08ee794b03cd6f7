"""Milestones beside their proof: what is held, what would do, what it counts for, and the money it earns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from placewell.periods import parse_period
from placewell.specification import Specification
from placewell.vocabulary import label
from placewell_web.casework.presenters.milestones import Mark, ladder, mark
from placewell_web.casework.presenters.ribbon import mark_state
from placewell_web.casework.queries.caseload import Caseload
from placewell_web.nhsuk.words import day, money

BANDS = {"under_16": "under 16 hours", "16_and_over": "16 hours and over", "unknown": "hours not known"}


@dataclass(frozen=True)
class ProofRow:
    """A milestone of the contract and its proof."""

    mark: Mark
    name: str
    on: date | None
    state: str
    words: str
    counts_for: str
    upload: bool


def proof_rows(loaded: Caseload, documents: Sequence[Any]) -> list[ProofRow]:
    """The milestones that ask for a document, in the order of the contract."""
    steps = ladder(loaded.spec)
    asked = {rule.outcome for rule in loaded.spec.outcomes.evidence}
    found = []
    for row in loaded.foreseen:
        if row["outcome_id"] not in asked or (row["state"] == "not_yet" and not row["on"] and not row["days"]):
            continue
        one = mark(row, steps)
        band = f"{one.name}, {BANDS[one.band]}" if one.band in BANDS else one.name
        name = "Job start" if one.outcome == "job_start" else one.name
        counts = f"{name}, {BANDS[one.band]}" if one.band in BANDS else band
        found.append(
            ProofRow(
                mark=one,
                name=name,
                on=one.on,
                state="Not yet" if one.kind == "dot" else mark_state(one, loaded.today)[0],
                words=f"{_days(one, row)} {_words(one, row, documents)}".strip(),
                counts_for=counts if one.kind in ("met", "missing") else _if_reached(name, one),
                upload=one.kind in ("missing", "ring"),
            )
        )
    return found


def _if_reached(name: str, one: Mark) -> str:
    return f"{name}, if still in work" if one.kind == "ring" else name


def _days(one: Mark, row: dict[str, Any]) -> str:
    """21 of 42 days in work; 8 July 2019 if the job lasts."""
    if not row["days"]:
        return ""
    lasts = f"; {day(one.on)} if the job lasts" if one.on else ""
    return f"{row['days']} of {row['days_needed']} days in work{lasts}."


def _words(one: Mark, row: dict[str, Any], documents: Sequence[Any]) -> str:
    if one.kind == "met":
        held = [doc for doc in documents if doc.outcome == one.outcome and doc.status == "verified"]
        if held:
            best = min(held, key=lambda doc: doc.verified_on or doc.decided_on)
            by = f" by {best.decided_by.name}" if best.decided_by else ""
            return f"{label('evidence_kind', best.kind)}, verified {day(best.verified_on or best.decided_on)}{by}."
        return "Proved by the record."
    if one.kind == "ring" and one.on:
        return f"Ask for a document that covers {day(one.on)}. Accepted: {accepted(row)}."
    return "" if one.kind == "dot" else one.reason


def accepted(row: dict[str, Any]) -> str:
    """The kinds of document that would do, in words."""
    given = row.get("accepted") or ""
    return given if isinstance(given, str) else ", ".join(label("evidence_kind", kind).lower() for kind in given)


@dataclass(frozen=True)
class PaymentLine:
    """What the person's job start earns, in amount and words."""

    amount: str
    state: str
    words: str
    clause: str


PAYMENT_STATES = {
    "payable": "Payable",
    "paid": "Paid",
    "over_cap": "Over the cap",
    "clawed_back": "Taken back",
}


def payment(spec: Specification, line: dict[str, Any] | None, rows: list[ProofRow]) -> PaymentLine | None:
    """The one payment a person can earn (002 §21.4); nothing is promised before there is a job start."""
    terms = spec.payment.outcome_payment if spec.payment else None
    if terms is None:
        return None
    clause = terms.clause.removeprefix("002 ")
    once = "Paid once per person, so later milestones add no money."
    if line is not None:
        state = PAYMENT_STATES[line["state"]]
        words = f"The proof of job start was verified on {day(line['verified_on'])}. {once}"
        return PaymentLine(money(line["amount"]), f"{state}{_claim_of(spec, line['quarter'])}.", words, clause)
    start = next((row for row in rows if row.mark.outcome == "job_start"), None)
    if start is None or start.mark.kind != "missing":
        return None
    words = f"It falls in the quarter in which the proof of job start is verified. {once}"
    return PaymentLine(money(terms.amount), "Waits for proof.", words, clause)


def _claim_of(spec: Specification, quarter: str | None) -> str:
    """A quarter as people say it: in the claim for April to June 2019; nothing for a day before the contract."""
    if quarter is None:
        return ""
    period = parse_period(quarter, spec.service.first_quarter_starts)
    last = period.end - timedelta(days=1)
    first = f"{period.start:%B}" if period.start.year == last.year else f"{period.start:%B %Y}"
    return f": in the claim for {first} to {last:%B %Y}"

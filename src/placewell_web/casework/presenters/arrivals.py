"""What people are asked for by a link, and the document that is made of what they said without one."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from placewell.specification import Specification
from placewell_web.casework.actions.arrivals import Said
from placewell_web.clients.documents import CheckedFile
from placewell_web.nhsuk.words import day, hours, moment

DECLARATION, BY_EMAIL = "client_declaration", "employer_email"
PLAIN_TEXT = "text/plain"
HINTS = {
    "contract": "The pages with your name, the first day and the hours",
    "employer_letter": "On your employer’s own paper, with a date",
    "payslip": "On paper, or a picture of it on a screen",
    "timesheet": "Made or signed by your employer",
    "self_employment_record": "Such as an invoice or your accounts",
}
"""What a client is told of a kind of paper; of others the specification's own words."""


@dataclass(frozen=True)
class Wanted:
    """What a client is asked for: papers from a day on, and perhaps their own declaration."""

    job: str
    from_on: date
    kinds: Mapping[str, tuple[str, str]]
    declares: str  # the sentence to declare; empty where a declaration would not do, or not yet
    reached: bool


def wanted(spec: Specification, job: Any, outcome: str, row: dict[str, Any], today: date) -> Wanted | None:
    """Of one milestone: None where the contract asks for no document."""
    rule = spec.outcomes.evidence_for(outcome)
    if rule is None:
        return None
    named = {kind.id: (kind.label, kind.help) for kind in spec.pathway.evidence_kinds}
    from_on = row.get("on") or job.first_day_worked_on or job.started_on
    reached = row.get("state") in ("proved", "unproved")
    backed = any(DECLARATION in kinds for kinds in rule.backup)
    return Wanted(
        job=job_named(job),
        from_on=from_on,
        kinds={kind: _told(kind, named) for kind in rule.accepted if kind != BY_EMAIL},
        declares=_declares(job, outcome, from_on) if backed and reached and from_on <= today else "",
        reached=reached,
    )


def _told(kind: str, named: Mapping[str, tuple[str, str]]) -> tuple[str, str]:
    name, more = named.get(kind, (kind, ""))
    return name, HINTS.get(kind, more)


def job_named(job: Any) -> str:
    """The job as someone outside knows it."""
    return f"{job.title or 'your job'}{f' at {job.employer.name}' if job.employer else ''}"


def _declares(job: Any, outcome: str, on: date) -> str:
    if outcome == "job_start":
        return f"I worked my first day as {job_named(job)} on {day(on)}."
    return f"I was in paid work on {day(on)}."


def declaration(sentence: str, name: str, at: datetime) -> CheckedFile:
    """The declaration as a document."""
    return _document(
        "declaration.txt", ["Declaration", "", sentence, "", f"Signed by typing the name: {name}", _at(at)]
    )


def confirmation(said: Said, called: str, job: str, at: datetime) -> CheckedFile:
    """What the employer said, as a document."""
    lines = ["Confirmation of a job by the employer", "", f"Person: {called}", f"Job: {job}", ""]
    lines += [f"{label}: {words}" for label, words in told(said, at.date())]
    return _document("confirmation.txt", [*lines, "", f"Said by: {said.name}, {said.role}", _at(at)])


def told(said: Any, on: date) -> list[tuple[str, str]]:
    """What the employer said, as rows."""
    if said.started_on is None:
        return [("Works there", "They say that the person never worked there")]
    weekly = f"{hours(said.weekly_hours)} a week" if said.weekly_hours is not None else "Not said"
    still = f"No, left on {day(said.left_on)}" if said.left_on else f"Yes, on {day(on)}"
    return [("First day", day(said.started_on)), ("Hours", weekly), ("Works there", still)]


def _at(at: datetime) -> str:
    return f"Sent by a personal link on {moment(at)}"


def _document(name: str, lines: list[str]) -> CheckedFile:
    """Plain text: it can hold every name and can do nothing."""
    content = "\r\n".join([*lines, ""]).encode("utf-8-sig")
    return CheckedFile(name, PLAIN_TEXT, content, hashlib.sha256(content).hexdigest())

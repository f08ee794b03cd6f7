"""Jobs, hours within them, the documents that prove them, claims."""

from datetime import date
from decimal import Decimal
from typing import Any

from tests.factories.facts import Fact, a_number, day


def a_job(
    episode_id: str,
    job_id: str | None = None,
    *,
    first_day: date | str | None,
    ended: date | str | None = None,
    hours: Decimal | str | None = "20",
    **columns: Any,
) -> Fact:
    """A competitive job, begun on its first day worked."""
    row = {
        "job_id": job_id or f"j{a_number()}",
        "episode_id": episode_id,
        "started_on": day(first_day),
        "first_day_worked_on": day(first_day),
        "ended_on": day(ended),
        "contract_hours": None if hours is None else Decimal(hours),
        "competitive": True,
        "self_employed": False,
        **columns,
    }
    return "jobs", row


def hours(job_id: str, weekly: Decimal | str | None, from_on: date | str, to_on: date | str | None = None) -> Fact:
    """A spell of weekly hours within a job; None: not known."""
    worked = None if weekly is None else Decimal(weekly)
    return "job_hours", {"job_id": job_id, "from_on": day(from_on), "to_on": day(to_on), "weekly_hours": worked}


def a_document(
    episode_id: str,
    job_id: str | None = None,
    *,
    outcome: str = "job_start",
    about: date | str | None,
    kind: str = "payslip",
    received: date | str | None = None,
    verified: date | str | None = None,
    rejected: date | str | None = None,
    status: str | None = None,
    **columns: Any,
) -> Fact:
    """A document, verified on the day it vouches for unless days or a status say otherwise.

    `verified` and `rejected` together: first verified, later rejected. `rejected` alone: never verified.
    """
    vouched = day(about) or day(received)
    came = day(received) or vouched
    seen = day(verified) or (None if rejected or status in ("received", "rejected") else came)
    row = {
        "evidence_id": f"d{a_number()}",
        "episode_id": episode_id,
        "job_id": job_id,
        "outcome": outcome,
        "kind": kind,
        "about_on": day(about),
        "received_on": came,
        "status": status or ("rejected" if rejected else "verified"),
        "decided_on": day(rejected) or seen,
        "decided_by": "verifier" if rejected or seen else None,
        "verified_on": seen,
        **columns,
    }
    return "evidence", row


def a_claim(person_id: str, on: date | str, amount: Decimal | str = "750", **columns: Any) -> Fact:
    """A payment claimed."""
    row = {"claim_id": f"k{a_number()}", "person_id": person_id, "amount": Decimal(amount), "claimed_on": day(on)}
    return "claims", {**row, **columns}

"""A document beside the claim it is to prove: what is claimed, whether the days fit, and what a decision changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl
from django.utils.http import content_disposition_header

from placewell.periods import quarter_of
from placewell.vocabulary import label
from placewell_web.casework.presenters.milestones import Mark, ladder, mark
from placewell_web.casework.presenters.proof import BANDS
from placewell_web.casework.queries.caseload import Caseload
from placewell_web.nhsuk.words import count, day, hours


@dataclass(frozen=True)
class QueueRow:
    id: str
    name: str
    outcome: str
    kind: str
    job: str
    about: date | None
    received: date
    waiting: str
    by: str
    may_decide: bool


@dataclass(frozen=True)
class Claim:
    """What is claimed, as rows, and checks of the document against it in words."""

    rows: tuple[tuple[str, str], ...]
    checks: tuple[tuple[str, str], ...]  # mark, words


def queue_row(evidence: Any, may_decide: bool, today: date) -> QueueRow:
    person = evidence.episode.person
    return QueueRow(
        id=str(evidence.pk),
        name=f"{person.called} {person.surname}",
        outcome=label("evidence_outcome", evidence.outcome),
        kind=label("evidence_kind", evidence.kind),
        job=job_words(evidence.job) if evidence.job else "",
        about=evidence.about_on,
        received=evidence.received_on,
        waiting=count((today - evidence.received_on).days, "day"),
        by=evidence.uploaded_by.name if evidence.uploaded_by else "Not known",
        may_decide=may_decide,
    )


def job_words(job: Any) -> str:
    at = f" at {job.employer.name}" if job.employer else ""
    return f"{job.title or 'Job'}{at}, from {day(job.first_day_worked_on or job.started_on)}"


def claim_of(loaded: Caseload, evidence: Any, today: date) -> Claim:
    """The milestone and job the document speaks of."""
    one = _mark(loaded, evidence.outcome)
    rows = [("Milestone", label("evidence_outcome", evidence.outcome))]
    if one and one.on:
        rows.append(("Day of the milestone", day(one.on)))
    if one and one.band:
        rows.append(("Hours", BANDS.get(one.band, one.band).capitalize()))
    if evidence.job:
        rows.append(("Job", job_words(evidence.job)))
        weekly = evidence.job.contract_hours
        rows.append(("Contract hours", f"{hours(weekly)} a week" if weekly is not None else "Not known"))
    rows.append(("Specialist", evidence.episode.specialist.name if evidence.episode.specialist else "Not assigned"))
    return Claim(tuple(rows), tuple(_checks(loaded, evidence, one)))


def _checks(loaded: Caseload, evidence: Any, one: Mark | None) -> list[tuple[str, str]]:
    rule = loaded.spec.outcomes.evidence_for(evidence.outcome)
    found = []
    if rule:
        backups = {kind for group in rule.backup for kind in group}
        if evidence.kind in rule.accepted:
            found.append(("met", "This kind of document is accepted for this milestone."))
        elif evidence.kind in backups:
            found.append(("missing", "This kind is accepted only as a backup, and the return says so."))
        else:
            found.append(("breached", "This kind of document is not accepted for this milestone."))
    if one is None or one.on is None or one.state in ("not_yet", "due"):
        found.append(("missing", "The milestone has not been reached yet, so nothing is counted until it is."))
    elif evidence.about_on is None:
        found.append(("breached", "It names no day, so it cannot prove one."))
    elif evidence.about_on < one.on:
        found.append(("breached", f"It vouches for {day(evidence.about_on)}, before the milestone on {day(one.on)}."))
    else:
        found.append(("met", f"It vouches for {day(evidence.about_on)}, on or after the milestone on {day(one.on)}."))
    return found


def effect_of(loaded: Caseload, evidence: Any, today: date) -> str:
    """What verifying would change, worked out by the library on the same rows with the document verified."""
    before = _mark(loaded, evidence.outcome)
    changed = pl.when(pl.col("evidence_id") == str(evidence.pk))
    documents = loaded.whole["evidence"].with_columns(
        changed.then(pl.lit("verified")).otherwise("status").alias("status"),
        changed.then(pl.lit(today)).otherwise("decided_on").alias("decided_on"),
        changed.then(pl.lit(today)).otherwise("verified_on").alias("verified_on"),
    )
    rows = loaded.milestones_in(loaded.whole.with_frames(evidence=documents))
    after = next((row for row in rows if row["outcome_id"] == evidence.outcome), None)
    name = label("evidence_outcome", evidence.outcome)
    if after is None or after["state"] != "proved":
        return f"Verifying it changes no figure yet. {(after or {}).get('reason') or ''}".strip()
    if before and before.state == "proved":
        return f"{name} is proved already; verifying it changes no figure."
    quarter = quarter_of(after["on"], loaded.spec.service.first_quarter_starts)
    band = f", {BANDS[after['band']]}" if after["band"] in BANDS else ""
    last = quarter.end - timedelta(days=1)
    return f"Verifying it adds one person to {name}{band}, in {quarter.label} ({day(quarter.start)} to {day(last)})."


def _mark(loaded: Caseload, outcome: str) -> Mark | None:
    steps = ladder(loaded.spec)
    return next((mark(row, steps) for row in loaded.milestones if row["outcome_id"] == outcome), None)


def attachment(name: str) -> str:
    """The header that makes a browser keep a file and not show it."""
    return content_disposition_header(True, name or "proof") or "attachment"

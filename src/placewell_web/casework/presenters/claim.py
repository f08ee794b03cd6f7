"""A document beside the claim it is to prove: what is claimed, whether the days fit, and what a decision changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl
from django.utils.http import content_disposition_header

from placewell.periods import quarter_of
from placewell.vocabulary import label
from placewell_web.casework.presenters.arrivals import told
from placewell_web.casework.presenters.milestones import Mark, ladder, mark
from placewell_web.casework.presenters.proof import BANDS
from placewell_web.casework.queries.caseload import Caseload
from placewell_web.nhsuk.words import count, day, hours, mid_sentence

PICTURES = frozenset({"image/jpeg", "image/png"})


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
    by_link: bool
    sent_before: bool
    may_decide: bool


@dataclass(frozen=True)
class Claim:
    """What is claimed, as rows, and checks of the document against it in words."""

    rows: tuple[tuple[str, str], ...]
    checks: tuple[tuple[str, str], ...]  # mark, words


@dataclass(frozen=True)
class Compared:
    """One thing an employer said beside what the record says."""

    label: str
    ours: str
    said: str
    differs: bool


def queue_row(evidence: Any, may_decide: bool, today: date, same: Sequence[Any] = ()) -> QueueRow:
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
        by=sender(evidence),
        by_link=evidence.link_id is not None,
        sent_before=len(same) > 1,
        may_decide=may_decide,
    )


def sender(evidence: Any) -> str:
    """Who brought the document: someone of the service, or whoever a link was given to."""
    if evidence.link is not None:
        return f"The {evidence.link.given_to}, by a personal link"
    return str(evidence.uploaded_by.name) if evidence.uploaded_by else "Not known"


def job_words(job: Any) -> str:
    at = f" at {job.employer.name}" if job.employer else ""
    return f"{job.title or 'Job'}{at}, from {day(job.first_day_worked_on or job.started_on)}"


def claim_of(loaded: Caseload, evidence: Any, today: date, same: Sequence[Any] = ()) -> Claim:
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
    checks = [*_checks(loaded, evidence, one), *_sent_by(evidence), *_sent_before(evidence, same)]
    return Claim(tuple(rows), tuple(checks))


def _sent_by(evidence: Any) -> list[tuple[str, str]]:
    """Of an employer's answer: whether the link went to an address of theirs, as an email from them needs (Fig. 2)."""
    link = evidence.link
    if link is None or link.given_to != "employer":
        return []
    if link.sent_to:
        return [("met", f"The link was emailed to {link.sent_to}. Check that it is an address of the employer.")]
    return [("missing", "The link was shown to be passed on, not emailed: make sure that the employer answered it.")]


def _sent_before(evidence: Any, same: Sequence[Any]) -> list[tuple[str, str]]:
    """The very same file, sent for something else or someone else."""
    others = [one for one in same if one.pk != evidence.pk]
    return [("breached", f"The same file was sent {_for(evidence, one)}, on {day(one.received_on)}.") for one in others]


def _for(evidence: Any, other: Any) -> str:
    outcome = mid_sentence(label("evidence_outcome", other.outcome))
    if other.episode.person_id == evidence.episode.person_id:
        return f"for {outcome} ({other.status})"
    person = other.episode.person
    return f"for {person.called} {person.surname}, {outcome} ({other.status})"


def compared(evidence: Any) -> list[Compared]:
    """What an employer said beside the record of the job; empty where no employer spoke."""
    said, job = getattr(evidence, "confirmation", None), evidence.job
    if said is None or job is None:
        return []
    first = job.first_day_worked_on or job.started_on
    theirs = dict(told(said, said.on))
    never = said.started_on is None
    return [
        Compared("First day", day(first), theirs.get("First day", "None"), never or said.started_on != first),
        Compared(
            "Hours",
            f"{hours(job.contract_hours)} a week" if job.contract_hours is not None else "Not known",
            theirs.get("Hours", "None"),
            said.weekly_hours is not None and said.weekly_hours != job.contract_hours,
        ),
        Compared(
            "Works there",
            f"No, left on {day(job.ended_on)}" if job.ended_on else "Yes",
            theirs["Works there"],
            never or said.left_on != job.ended_on,
        ),
    ]


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

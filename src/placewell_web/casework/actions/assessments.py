"""The assessment of health, mind and life around work: versions; a draft may change, a completed one never does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from placewell_web.accounts.errors import Refused
from placewell_web.audit.actors import Actor
from placewell_web.casework.actions.drafts import Writing, discard_document
from placewell_web.casework.models import Assessment, AssessmentPart
from placewell_web.clients.actions.entries import claim, day_of, note
from placewell_web.clients.models import Episode

COLUMNS = ("words", "obstacles", "helps")


@dataclass(frozen=True)
class PartFacts:
    """What is said of one part."""

    words: str = ""
    obstacles: str = ""
    helps: str = ""


@transaction.atomic
def start_assessment(*, by: Actor, at: datetime, episode: Episode) -> Assessment:
    """Begin the next version from the last; a draft that is already there is the one to go on with."""
    Episode.unscoped.select_for_update(of=("self",)).get(pk=episode.pk)
    last = Assessment.unscoped.filter(episode=episode).order_by("-version").first()
    if last is not None and last.completed_on is None:
        return last
    row = Assessment.unscoped.create(
        episode=episode,
        version=last.version + 1 if last else 1,
        started_on=day_of(at),
        written_by_id=by.id,
        created_at=at,
    )
    if last is not None:
        _write(row, _facts(last), at)
    note(by=by, at=at, verb="start_assessment", record=row, episode=episode, detail={"version": row.version})
    return row


@transaction.atomic
def save_assessment(
    *,
    by: Actor,
    at: datetime,
    assessment: Assessment,
    edit_version: int,
    parts: Mapping[str, PartFacts],
    face_to_face: bool | None,
    completed_on: date | None = None,
    writing: Writing | None = None,
) -> Assessment:
    """Write a draft, and complete it where a day is given. Raises EditConflict, or Refused once completed."""
    row = Assessment.unscoped.select_for_update(of=("self",)).get(pk=assessment.pk)
    if row.completed_on is not None:
        raise Refused(
            f"Version {row.version} of the assessment was completed and is kept as it was.",
            "Start a new version: it begins with everything in this one.",
        )
    for name, text in flat(_facts(row)).items():
        setattr(row, name, text)
    written = flat(parts)
    for name in written:
        row.__dict__.setdefault(name, "")
    claim(row, edit_version, "edit_version", written)
    row.face_to_face, row.completed_on, row.written_by_id = face_to_face, completed_on, by.id
    row.save()
    row.parts.all().delete()
    _write(row, parts, at)
    met = {True: "yes", False: "no", None: ""}[face_to_face]
    discard_document(by=by, episode=row.episode, writing=writing, saved=(met, *written.values()))
    verb = "complete_assessment" if completed_on else "save_assessment"
    note(by=by, at=at, verb=verb, record=row, episode=row.episode, detail={"version": row.version})
    return row


def flat(parts: Mapping[str, PartFacts]) -> dict[str, str]:
    """Each text under one name, such as `social_obstacles`."""
    return {f"{part}_{column}": getattr(facts, column) for part, facts in parts.items() for column in COLUMNS}


def _facts(assessment: Assessment) -> dict[str, PartFacts]:
    return {one.part: PartFacts(one.words, one.obstacles, one.helps) for one in assessment.parts.all()}


def _write(assessment: Assessment, parts: Mapping[str, PartFacts], at: datetime) -> None:
    AssessmentPart.unscoped.bulk_create(
        AssessmentPart(
            assessment=assessment,
            part=part,
            words=facts.words,
            obstacles=facts.obstacles,
            helps=facts.helps,
            created_at=at,
        )
        for part, facts in parts.items()
        if facts != PartFacts()
    )

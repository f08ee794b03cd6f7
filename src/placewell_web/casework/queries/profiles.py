"""Vocational profiles: who was asked for them, with whose consent, and what has happened at work since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.shortcuts import get_object_or_404

from placewell_web.accounts.viewer import Viewer
from placewell_web.casework.models import ProfileSource
from placewell_web.clients.models import Consent, Episode


@dataclass(frozen=True)
class JobChange:
    """A start or an end of a job after the last completed version."""

    job: Any
    on: date
    ended: bool


def consent_on(episode: Episode, kind: str, day: date) -> Consent | None:
    """The consent of a kind that held on a day; the day it was withdrawn it no longer did."""
    held = Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=day)
    return cast(
        "Consent | None", episode.consents.filter(held, kind=kind, given_on__lte=day).order_by("given_on").first()
    )


def sources(viewer: Viewer, episode: Episode) -> QuerySet[ProfileSource]:
    """Everyone who was asked, for any version."""
    mine = ProfileSource.scoped.visible_to(viewer).filter(profile__episode=episode)
    found = mine.select_related("consent", "profile").order_by("on", "created_at")
    return cast("QuerySet[ProfileSource]", found)


def source(viewer: Viewer, episode: Episode, source_id: UUID) -> ProfileSource:
    mine = ProfileSource.scoped.visible_to(viewer).select_related("profile__episode")
    return cast("ProfileSource", get_object_or_404(mine, pk=source_id, profile__episode=episode))


def last_change(episode: Episode, today: date) -> JobChange | None:
    """The newest start or end of a job by today; a profile completed before it wants a new version."""
    changes = []
    for job in episode.jobs.select_related("employer").order_by("started_on", "id"):
        started = job.first_day_worked_on or job.started_on
        changes += [JobChange(job, started, False)] if started <= today else []
        changes += [JobChange(job, job.ended_on, True)] if job.ended_on and job.ended_on <= today else []
    return max(changes, key=lambda change: change.on, default=None)


def last_completed(episode: Episode) -> Any:
    """The last completed version, or none."""
    return episode.profiles.filter(completed_on__isnull=False).order_by(F("version").desc()).first()

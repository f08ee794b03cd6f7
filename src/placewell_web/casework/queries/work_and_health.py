"""Barriers, adjustments and Access to Work of a person, newest first; and one of them where the viewer may see it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from placewell_web.accounts.viewer import Viewer
from placewell_web.casework.models import AccessToWork, Adjustment, Barrier, Job
from placewell_web.clients.models import Episode

KINDS = {"barrier": Barrier, "adjustment": Adjustment, "access_to_work": AccessToWork}


def barriers(episode: Episode) -> QuerySet[Barrier]:
    """Those that still stand in the way first."""
    return episode.barriers.order_by(F("ended_on").desc(nulls_first=True), "-on", "-created_at", "id")


def adjustments(episode: Episode) -> QuerySet[Adjustment]:
    return episode.adjustments.select_related("job__employer").order_by("-on", "-created_at", "id")


def access_to_work(episode: Episode) -> QuerySet[AccessToWork]:
    return episode.access_to_work.select_related("job__employer").order_by("-on", "-created_at", "id")


def one(viewer: Viewer, episode: Episode, kind: str, record_id: UUID) -> Any:
    if kind not in KINDS:
        raise Http404
    return get_object_or_404(KINDS[kind].scoped.visible_to(viewer), pk=record_id, episode=episode)


def job_of(episode: Episode, job_id: str) -> Job | None:
    """The episode's job of that id; none where no job was chosen."""
    return episode.jobs.filter(pk=job_id).first() if job_id else None

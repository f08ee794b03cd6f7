"""Opens a person's pages after an allocation: in scope or 404, and written down."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse

from placewell.specification.trial import TrialFile
from placewell_web.accounts import service
from placewell_web.audit.actions import record_view
from placewell_web.clients import queries as people


def trial_now() -> TrialFile:
    """The trial of the service; 404 where there is none."""
    trial = service.current().trial
    if trial is None:
        raise Http404
    return trial


def opened(request: HttpRequest, episode_id: UUID, page: str) -> Any:
    """The episode where the viewer may see it; that they looked at this page is written down."""
    episode = people.get_episode(request.viewer, episode_id)
    record_view(
        by=request.actor,
        at=request.now,
        verb="view_trial",
        target_kind="episode",
        target_id=episode.pk,
        person_id=episode.person_id,
        lot=episode.lot_id or "",
        detail={"page": page},
    )
    return episode


def back_to_result(episode_id: UUID) -> str:
    return reverse("trial:result", kwargs={"episode": episode_id})

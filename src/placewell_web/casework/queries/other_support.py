"""What else was done for a person, newest first; and one such record where the viewer may see it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from placewell_web.accounts.viewer import Viewer
from placewell_web.casework.models import Destination, OnwardReferral, WorkMethod
from placewell_web.clients.models import Episode

KINDS = {"onward": OnwardReferral, "method": WorkMethod, "step": Destination}


def recorded(episode: Episode, kind: str) -> QuerySet[Any]:
    """The episode's records of a kind: `onward`, `method` or `step`."""
    found: QuerySet[Any] = getattr(episode, KINDS[kind]._meta.get_field("episode").remote_field.related_name)
    names = ("recorded_by", "service") if kind == "onward" else ("recorded_by",)
    return found.select_related(*names).order_by("-on", "-created_at", "id")


def one(viewer: Viewer, episode: Episode, kind: str, record_id: UUID) -> Any:
    if kind not in KINDS:
        raise Http404
    return get_object_or_404(KINDS[kind].scoped.visible_to(viewer), pk=record_id, episode=episode)

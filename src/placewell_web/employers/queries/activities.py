"""Service activity of the viewer's provider."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from placewell_web.accounts.viewer import Viewer
from placewell_web.employers.models import Activity


def activities(viewer: Viewer, kind: str = "", since: date | None = None) -> QuerySet[Activity]:
    """What was done, newest first; of one kind where one is asked for."""
    found = Activity.scoped.visible_to(viewer).select_related("organisation", "specialist", "lot")
    if kind:
        found = found.filter(kind=kind)
    if since:
        found = found.filter(on__gte=since)
    return found.order_by("-on", "-created_at", "id")


def one(viewer: Viewer, activity_id: object) -> Activity:
    return get_object_or_404(Activity.scoped.visible_to(viewer), pk=activity_id)

"""The versions of a person's assessment."""

from __future__ import annotations

from placewell_web.casework.models import Assessment
from placewell_web.clients.models import Episode


def shown(episode: Episode) -> Assessment | None:
    """The last completed version, where the team chose that the person reads it by their link."""
    last = next((one for one in assessments(episode) if one.completed_on), None)
    return last if last is not None and last.shown_on else None


def assessments(episode: Episode) -> list[Assessment]:
    """Every version, the newest first."""
    found = episode.assessments.select_related("written_by").prefetch_related("parts")
    return list(found.order_by("-version"))

"""The versions of a person's assessment."""

from __future__ import annotations

from placewell_web.casework.models import Assessment
from placewell_web.clients.models import Episode


def assessments(episode: Episode) -> list[Assessment]:
    """Every version, the newest first."""
    found = episode.assessments.select_related("written_by").prefetch_related("parts")
    return list(found.order_by("-version"))

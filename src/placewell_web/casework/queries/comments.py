"""What people wrote about their plans: of one person, and what their specialist has not read yet."""

from __future__ import annotations

from typing import cast

from django.db.models import QuerySet

from placewell_web.accounts.viewer import Viewer
from placewell_web.casework.models import PlanComment
from placewell_web.clients.models import Episode


def unread(viewer: Viewer) -> QuerySet[PlanComment]:
    """Comments of the viewer's own clients that nobody has read yet, the oldest first."""
    mine = PlanComment.scoped.visible_to(viewer).filter(
        read_at__isnull=True, episode__specialist_id=viewer.user_id, episode__closed_on__isnull=True
    )
    return cast("QuerySet[PlanComment]", mine.select_related("episode__person", "plan").order_by("created_at"))


def comments(episode: Episode) -> QuerySet[PlanComment]:
    """Every comment of a person, the newest first."""
    return episode.plan_comments.select_related("plan", "read_by").order_by("-created_at")

"""What every record of casework has, and which of them a viewer may see."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models

from placewell_web.clients.models import Episode

if TYPE_CHECKING:
    from placewell_web.accounts.viewer import Viewer


class RecordScope(models.QuerySet[Any]):
    """Which records a viewer may see: those of the episodes they may see."""

    def visible_to(self, viewer: Viewer) -> RecordScope:
        return self.filter(**{f"{self.model.episode_path}__in": Episode.scoped.visible_to(viewer)})


class Record(models.Model):
    """What every record here has: a public id nobody can guess, and the moment it was made."""

    episode_path: ClassVar[str] = "episode"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField()

    unscoped = models.Manager()
    scoped = RecordScope.as_manager()

    class Meta:
        abstract = True

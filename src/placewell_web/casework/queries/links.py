"""Personal links: the one behind a secret, and those given for a person."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import cast

from django.db.models import QuerySet

from placewell_web.accounts.viewer import Viewer
from placewell_web.casework.models import PersonalLink
from placewell_web.clients.models import Episode


def hash_of(secret: str) -> str:
    """What is kept of a link's secret."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def link_behind(secret: str, at: datetime) -> PersonalLink | None:
    """The link of that secret while it works: neither expired nor taken back. An answered one is still found."""
    found = PersonalLink.unscoped.filter(token_hash=hash_of(secret), revoked_at__isnull=True, expires_at__gt=at)
    return found.select_related("episode__person", "episode__lot", "episode__specialist").first()


def links_of(viewer: Viewer, episode: Episode) -> QuerySet[PersonalLink]:
    """Every link given for the episode, newest first."""
    found = PersonalLink.scoped.visible_to(viewer).filter(episode=episode)
    return cast("QuerySet[PersonalLink]", found.select_related("made_by").order_by("-created_at"))

"""Better-off sums of a person, newest first; and one of them where the viewer may see it."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from placewell_web.accounts.viewer import Viewer
from placewell_web.casework.models import BenefitsAdvice, BetterOff
from placewell_web.clients.models import Episode

BESIDE = ("advice__job__employer", "advice__recorded_by", "advice__episode")


def sums(viewer: Viewer, episode: Episode) -> QuerySet[BetterOff]:
    mine = BetterOff.scoped.visible_to(viewer).filter(advice__episode=episode)
    found = mine.select_related(*BESIDE).prefetch_related("amounts").order_by("-advice__on", "-created_at")
    return cast("QuerySet[BetterOff]", found)


def advice(episode: Episode) -> QuerySet[BenefitsAdvice]:
    """Every piece of benefits advice, also without a sum."""
    return episode.benefits_advice.select_related("job__employer").order_by("-on", "-created_at")


def one(viewer: Viewer, episode: Episode, entry: UUID) -> BetterOff:
    mine = BetterOff.scoped.visible_to(viewer).select_related(*BESIDE).prefetch_related("amounts")
    return cast("BetterOff", get_object_or_404(mine, pk=entry, advice__episode=episode))

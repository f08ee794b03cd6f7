"""The people one contact is logged for, and sessions logged so."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from placewell_web.accounts.viewer import Viewer
from placewell_web.casework.models import GroupSession
from placewell_web.casework.queries import episodes, search
from placewell_web.clients.models import Episode

IN_ORDER = ("person__search_name", "pk")


def supported(viewer: Viewer, ids: Iterable[UUID]) -> list[Episode]:
    """Those of the episodes that are open and supported, by name; the rest do not exist for the viewer."""
    return list(episodes.supported(viewer).filter(pk__in=list(ids)).order_by(*IN_ORDER))


def own(viewer: Viewer) -> list[Episode]:
    """The viewer's own caseload, by name."""
    return list(episodes.caseload_of(viewer, viewer.user_id).order_by(*IN_ORDER))


def others(viewer: Viewer, words: str, but: Iterable[UUID]) -> list[Episode]:
    """People of the viewer's scope whom the words may mean, but for those listed already."""
    found = [one.pk for one in search.people_called(viewer, words)] if words else []
    return supported(viewer, set(found) - set(but))


def sessions(viewer: Viewer) -> QuerySet[GroupSession]:
    return GroupSession.scoped.visible_to(viewer)

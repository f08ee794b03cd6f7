"""Reads of the audit chain."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from placewell_web.audit.models import Entry

if TYPE_CHECKING:
    from placewell_web.accounts.viewer import Viewer

ROW_ROLES = frozenset({"specialist", "team_leader", "manager"})


def entries_of_person(viewer: Viewer, person_id: object, limit: int = 500) -> list[Entry]:
    """Who saw and changed what of one person, newest first. The caller has reached the person through a scope."""
    if viewer.roles.isdisjoint(ROW_ROLES):
        return []
    return list(Entry.objects.filter(person_id=str(person_id)).order_by("-sequence")[:limit])


def data_version() -> int:
    """The sequence of the last entry that changed something: as long as it stays, every figure stays."""
    last = Entry.objects.filter(is_view=False).order_by("-sequence").values_list("sequence", flat=True).first()
    return last or 0


def in_order() -> Iterator[Entry]:
    """Every entry, oldest first, a few at a time."""
    return Entry.objects.order_by("sequence").iterator(chunk_size=2000)


def head() -> Entry | None:
    """The newest entry."""
    return Entry.objects.order_by("-sequence").first()


def hash_of(sequence: int) -> str | None:
    """The hash of one entry, or nothing where it does not exist."""
    return Entry.objects.filter(sequence=sequence).values_list("hash", flat=True).first()

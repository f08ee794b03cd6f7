"""The data set as the viewer may take it, and who took one before."""

from __future__ import annotations

import json

from placewell.dataset import Dataset
from placewell_web.accounts.service import current
from placewell_web.accounts.viewer import Viewer
from placewell_web.audit.models import Entry
from placewell_web.casework.dataset_rows import read_episodes
from placewell_web.clients.models import Episode
from placewell_web.exchange.blinding import blinded
from placewell_web.exchange.permissions import check_can_export

DOWNLOAD = "download_data_set"


def data_set(viewer: Viewer) -> Dataset:
    """The rows of the viewer's lots, as at one moment (one read transaction), without what tells the trial's groups.

    Source: 002 §16.3 i; semantics.md §1; disclosure.md R9.
    """
    check_can_export(viewer)
    return blinded(current(), read_episodes(Episode.scoped.visible_to(viewer), lots=viewer.lots))


def recent_downloads(viewer: Viewer, most: int = 20) -> list[Entry]:
    """The last downloads of the viewer's lots, newest first: who took what, when."""
    check_can_export(viewer)
    entries = Entry.objects.filter(verb=DOWNLOAD).order_by("-sequence")[: most * 4]
    return [entry for entry in entries if lots_taken(entry) & viewer.lots][:most]


def lots_taken(entry: Entry) -> set[str]:
    """The lots a download held; before they stood in the detail, the entry's own."""
    named = json.loads(entry.detail or "{}").get("lots")
    return set(named or entry.lot.split(","))

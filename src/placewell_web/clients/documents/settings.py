"""The store of this site: its folder and keys, from the settings."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.conf import settings

from placewell_web.clients.documents.store import EvidenceStore


def store() -> EvidenceStore:
    """The store with the key that writes first, then older keys that still read (comma-separated)."""
    return _store(str(settings.EVIDENCE_FOLDER), settings.EVIDENCE_KEY)


@cache
def _store(folder: str, keys: str) -> EvidenceStore:
    return EvidenceStore(Path(folder), [key.strip() for key in keys.split(",") if key.strip()])

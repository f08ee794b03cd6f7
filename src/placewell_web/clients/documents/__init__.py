"""Evidence files: what may come in, and how it lies encrypted; nothing here knows a request or a model."""

from placewell_web.clients.documents.intake import CheckedFile, FileRefused, check_file
from placewell_web.clients.documents.store import EvidenceStore, EvidenceUnreadable

__all__ = ["CheckedFile", "EvidenceStore", "EvidenceUnreadable", "FileRefused", "check_file"]

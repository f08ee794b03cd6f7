"""Evidence files: what may come in, and how it lies encrypted; nothing here knows a request or a model."""

from placewell_web.casework.evidence.intake import CheckedFile, FileRefused, check_file
from placewell_web.casework.evidence.store import EvidenceStore, EvidenceUnreadable

__all__ = ["CheckedFile", "EvidenceStore", "EvidenceUnreadable", "FileRefused", "check_file"]

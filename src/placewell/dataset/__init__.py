"""The canonical data set: its tables, reading and writing it as a folder, its hash, and checking it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from placewell.dataset.columns import Column, Table
from placewell.dataset.findings import DatasetError, Finding
from placewell.dataset.frames import Dataset
from placewell.dataset.hashing import content_hash
from placewell.dataset.reading import read_folder
from placewell.dataset.tables import TABLES
from placewell.dataset.writing import write_folder

if TYPE_CHECKING:
    from placewell.dataset.validation import validate_folder

__all__ = [
    "TABLES",
    "Column",
    "Dataset",
    "DatasetError",
    "Finding",
    "Table",
    "content_hash",
    "read_folder",
    "validate_folder",
    "write_folder",
]


def __getattr__(name: str) -> Any:
    """Load the rules of `validate_folder` when first asked for: only `placewell validate` needs them."""
    if name == "validate_folder":
        from placewell.dataset.validation import validate_folder

        return validate_folder
    raise AttributeError(name)

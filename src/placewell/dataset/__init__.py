"""The canonical data set: its tables, reading and writing it as a folder, its hash, and checking it."""

from placewell.dataset.columns import Column, Table
from placewell.dataset.findings import DatasetError, Finding
from placewell.dataset.frames import Dataset
from placewell.dataset.hashing import content_hash
from placewell.dataset.reading import read_folder
from placewell.dataset.tables import TABLES
from placewell.dataset.validation import validate_folder
from placewell.dataset.writing import write_folder

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

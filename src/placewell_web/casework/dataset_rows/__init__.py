"""The site's records as the canonical data set: the one way from a row in the database to a figure."""

from placewell_web.casework.dataset_rows.reading import (
    CASELOAD_TABLES,
    CaseloadRows,
    PersonRows,
    dataset_of,
    one_moment,
    read_all,
    read_caseload,
    read_episodes,
)
from placewell_web.casework.dataset_rows.sources import NOT_EXPORTED, NOT_FILLED, SOURCES, Source

__all__ = [
    "CASELOAD_TABLES",
    "NOT_EXPORTED",
    "NOT_FILLED",
    "SOURCES",
    "CaseloadRows",
    "PersonRows",
    "Source",
    "dataset_of",
    "one_moment",
    "read_all",
    "read_caseload",
    "read_episodes",
]

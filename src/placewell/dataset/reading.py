"""Reads a folder of Parquet or CSV into a Dataset, or says everything that keeps it from being read.

Source: semantics.md §1, "Reading a folder".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl
from polars.exceptions import PolarsError

from placewell.dataset.columns import Table
from placewell.dataset.conversion import convert, unknown_columns
from placewell.dataset.escaping import restored
from placewell.dataset.findings import Finding, refuse
from placewell.dataset.frames import Dataset
from placewell.dataset.integrity import broken_links
from placewell.dataset.tables import TABLES

FILE_TYPES = ("parquet", "csv")


@dataclass
class Folder:
    """What a folder holds: typed frames, the file each came from, and what was met on the way."""

    frames: dict[str, pl.DataFrame] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    errors: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)

    @property
    def dataset(self) -> Dataset:
        """The frames as a Dataset, with the warnings as its notes."""
        return Dataset(self.frames, tuple(warning.sentence for warning in self.warnings))


def read_folder(path: str | Path) -> Dataset:
    """The data set in the folder `path`; a table that is not there is empty, a column that is not there is null.

    Raises DatasetError listing every wrong type, missing key, key used twice and unknown parent.
    """
    folder = open_folder(path)
    refuse(folder.errors)
    return folder.dataset


def open_folder(path: str | Path) -> Folder:
    """The folder with every fault as a finding instead of an error; DatasetError only where there is no folder."""
    place = Path(path)
    if not place.is_dir():
        refuse([Finding("error", "", None, None, None, "a folder with one file for each table", "", str(place))])
    folder = Folder()
    unread = {name for name, table in TABLES.items() if not _read_table(place, table, folder)}
    whole = folder.dataset.frames
    folder.errors += broken_links(whole, folder.files, frozenset(unread))
    folder.warnings += _strangers(place)
    return folder


def _read_table(place: Path, table: Table, folder: Folder) -> bool:
    """Read one table into `folder`; False where its file is there and cannot be read."""
    there = [file for file in (place / f"{table.name}.{ending}" for ending in FILE_TYPES) if file.is_file()]
    if not there:
        return True
    if len(there) > 1:
        names = " and ".join(file.name for file in there)
        folder.errors.append(_about(table, names, "one file for a table: remove the one that is not wanted"))
        return False
    file = there[0]
    try:
        frame = _read_csv(file) if file.suffix == ".csv" else _read_parquet(file)
    except (PolarsError, OSError) as error:
        reason = str(error).strip().partition("\n")[0] or type(error).__name__
        folder.errors.append(_about(table, file.name, f"a {file.suffix[1:].upper()} file with a header: {reason}"))
        return False
    folder.warnings += unknown_columns(frame, table, file.name)
    folder.frames[table.name], wrong = convert(frame, table, file=file.name)
    folder.files[table.name] = file.name
    folder.errors += wrong
    return True


def _read_csv(file: Path) -> pl.DataFrame:
    """Every cell as text, an empty cell as null: what the text means is decided by `conversion`."""
    frame = pl.read_csv(file, infer_schema=False, glob=False)
    return frame.with_columns(restored(pl.all()))


def _read_parquet(file: Path) -> pl.DataFrame:
    return pl.scan_parquet(file, glob=False, hive_partitioning=False).collect(engine="in-memory")


def _about(table: Table, file: str, expected: str) -> Finding:
    return Finding("error", table.name, None, None, None, expected, table.source, file)


def _strangers(place: Path) -> Iterator[Finding]:
    """A warning for each data file that is no table: a misspelt name would otherwise read as an empty table."""
    for file in sorted(place.iterdir()):
        if file.suffix[1:] in FILE_TYPES and file.stem not in TABLES:
            yield Finding("warning", file.stem, None, None, None, f"a table's name: {', '.join(TABLES)}", "", file.name)

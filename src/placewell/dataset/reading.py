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
from placewell.dataset.conversion import absent_columns, convert, unknown_columns
from placewell.dataset.csv_files import Fault, UnreadableFile, read_csv
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
    there = [file for file in (place / f"{table.name}.{ending}" for ending in FILE_TYPES) if file.exists()]
    if not there:
        return True
    if len(there) > 1:
        names = " and ".join(file.name for file in there)
        folder.errors.append(_about(table, names, Fault("one file for a table: remove the one that is not wanted")))
        return False
    file = there[0]
    try:
        frame = read_file(file)
    except UnreadableFile as error:
        folder.errors += [_about(table, file.name, fault) for fault in error.faults]
        return False
    folder.warnings += unknown_columns(frame, table, file.name)
    if absent := absent_columns(frame, table, file.name):
        folder.errors += absent
        return False
    typed, wrong = convert(frame, table, file=file.name)
    folder.errors += wrong
    if any(fault.row is None and table.column(str(fault.column)).must_be_present for fault in wrong):
        return False
    folder.frames[table.name], folder.files[table.name] = typed, file.name
    return True


def read_file(file: Path) -> pl.DataFrame:
    """One table's file, not yet typed. Raises UnreadableFile."""
    if not file.is_file():
        raise UnreadableFile(Fault("a file; a folder of that name stands there"))
    try:
        return read_csv(file) if file.suffix == ".csv" else _read_parquet(file)
    except (PolarsError, OSError) as error:
        reason = str(error).strip().partition("\n")[0] or type(error).__name__
        raise UnreadableFile(Fault(f"a {file.suffix[1:].upper()} file that can be opened: {reason}")) from error


def _read_parquet(file: Path) -> pl.DataFrame:
    return pl.scan_parquet(file, glob=False, hive_partitioning=False).collect(engine="in-memory")


def _about(table: Table, file: str, fault: Fault) -> Finding:
    return Finding("error", table.name, fault.row, fault.column, None, fault.expected, table.source, file)


def _strangers(place: Path) -> Iterator[Finding]:
    """A warning for each data file that is no table: a misspelt name would otherwise read as an empty table."""
    names = {f"{table}.{ending}" for table in TABLES for ending in FILE_TYPES}
    for file in sorted(place.iterdir()):
        seems = file.suffix[1:].lower() in FILE_TYPES or file.name.partition(".")[0].lower() in TABLES
        if seems and file.name not in names:
            expected = f"a table's name and .csv or .parquet; the tables are {', '.join(TABLES)}"
            yield Finding("warning", file.stem, None, None, None, expected, "", file.name)

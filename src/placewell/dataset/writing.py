"""Writes a Dataset as a folder with one file per table, whole or not at all."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Literal

import polars as pl
import polars.selectors as cs

from placewell.dataset.escaping import harmless
from placewell.dataset.findings import Finding, refuse
from placewell.dataset.frames import Dataset
from placewell.dataset.reading import FILE_TYPES
from placewell.dataset.tables import TABLES

FileType = Literal["parquet", "csv"]


def write_folder(dataset: Dataset, path: str | Path, file_type: FileType = "parquet") -> Path:
    """Write every table to `path`, replacing a data set that stands there; rows in key order. Returns the folder.

    The files are made in a folder beside it and put in place by one rename, so nothing half-written is ever seen.
    CSV text that a spreadsheet could take for a formula gets an apostrophe, which `read_folder` takes away again.
    Raises DatasetError where the folder holds anything that is not a data set: nobody's files are thrown away.
    """
    place = Path(path)
    refuse(_in_the_way(place))
    place.parent.mkdir(parents=True, exist_ok=True)
    partial, old = place.with_name(f".{place.name}.partial"), place.with_name(f".{place.name}.old")
    shutil.rmtree(partial, ignore_errors=True)
    try:
        partial.mkdir()
        for name, frame in dataset.items():
            _write(frame, TABLES[name].key, partial / f"{name}.{file_type}")
        if place.exists():
            shutil.rmtree(old, ignore_errors=True)
            place.rename(old)
        partial.rename(place)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        if old.exists() and not place.exists():
            old.rename(place)
        raise
    shutil.rmtree(old, ignore_errors=True)
    return place


def _write(frame: pl.DataFrame, key: tuple[str, ...], file: Path) -> None:
    if key:
        frame = frame.sort(key)
    if file.suffix == ".parquet":
        frame.write_parquet(file)
    else:
        frame.with_columns(harmless(cs.string())).write_csv(file)


def _in_the_way(place: Path) -> list[Finding]:
    if place.is_file():
        return [Finding("error", "", None, None, None, "a folder to write to, not a file", "", str(place))]
    tables = {f"{name}.{ending}" for name in TABLES for ending in FILE_TYPES}
    others = sorted(file.name for file in place.iterdir() if file.name not in tables) if place.is_dir() else []
    expected = f"a new folder or one that holds only a data set; it also holds {', '.join(others[:3])}"
    return [Finding("error", "", None, None, None, expected, "", str(place))] if others else []

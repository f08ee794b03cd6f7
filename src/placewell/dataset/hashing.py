"""One hash for the content of a data set, whatever files and row order it came in."""

from __future__ import annotations

from hashlib import sha256

import polars as pl

from placewell.dataset.frames import Dataset
from placewell.dataset.tables import TABLES

ABSENT = "\\N"
ROWS_AT_A_TIME = 200_000


def content_hash(dataset: Dataset) -> str:
    """SHA-256 over all rows in key order in a canonical text.

    A table is its name, the names of its columns that hold anything, then its rows, cells parted by tabs. Empty tables
    and columns leave no trace, so a data set keeps its hash when a later version of Placewell knows more columns.
    Source: semantics.md §5, `data`.
    """
    whole = sha256()
    for name, frame in dataset.items():
        used = [column for column in frame.columns if frame[column].null_count() < frame.height]
        if not used:
            continue
        whole.update("\t".join(["#", name, *used]).encode() + b"\n")
        lines = _lines(frame, used, [column for column in TABLES[name].key if column in used])
        for start in range(0, len(lines), ROWS_AT_A_TIME):
            whole.update("\n".join(lines.slice(start, ROWS_AT_A_TIME).to_list()).encode() + b"\n")
    return whole.hexdigest()


def _lines(frame: pl.DataFrame, used: list[str], key: list[str]) -> pl.Series:
    """Each row as text, sorted by key and then by the whole line."""
    line = pl.concat_str([_cell(frame.schema[column], column) for column in used], separator="\t").alias("line")
    keys = [pl.col(column).alias(f"key{index}") for index, column in enumerate(key)]
    return frame.select(*keys, line).sort([f"key{index}" for index in range(len(key))] + ["line"])["line"]


def _cell(dtype: pl.DataType, column: str) -> pl.Expr:
    text = pl.col(column).cast(pl.String())
    if dtype == pl.String:
        for plain, escaped in (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r")):
            text = text.str.replace_all(plain, escaped, literal=True)
    return text.fill_null(ABSENT)

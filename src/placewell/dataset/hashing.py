"""One hash for the content of a data set, whatever files and row order it came in."""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO

import polars as pl

from placewell.dataset.frames import Dataset
from placewell.dataset.tables import TABLES

ROWS_AT_A_TIME = 200_000


def content_hash(dataset: Dataset) -> str:
    """SHA-256 over all rows in key order in a canonical text.

    A table is its name, the names of its columns that hold anything, then its rows, cells parted by tabs: text in
    quotation marks, an absent value as nothing. Empty tables and columns leave no trace, so a data set keeps its hash
    when a later version of Placewell knows more columns. Source: semantics.md §5, `data`.
    """
    whole = sha256()
    for name, frame in dataset.items():
        used = [column for column in frame.columns if frame[column].null_count() < frame.height]
        if not used:
            continue
        whole.update("\t".join(["#", name, *used]).encode() + b"\n")
        rows = in_order(frame.select(used), [column for column in TABLES[name].key if column in used])
        for start in range(0, rows.height, ROWS_AT_A_TIME):
            whole.update(_text(rows.slice(start, ROWS_AT_A_TIME)))
    return whole.hexdigest()


def in_order(frame: pl.DataFrame, key: list[str]) -> pl.DataFrame:
    """The rows by key and then by every other column; left alone where the key already orders them."""
    if key and frame.select(_rises(key)).item():
        return frame
    return frame.sort([*key, *(column for column in frame.columns if column not in key)])


def _rises(key: list[str]) -> pl.Expr:
    """Whether the key of every row is greater than that of the row before."""
    greater, equal = pl.lit(False), pl.lit(True)
    for column in key:
        greater |= equal & (pl.col(column) > pl.col(column).shift())
        equal &= pl.col(column) == pl.col(column).shift()
    return greater.slice(1).fill_null(False).all()


def _text(rows: pl.DataFrame) -> bytes:
    """The canonical text: dates as ISO, decimals with all their places, true and false."""
    written = BytesIO()
    rows.write_csv(written, separator="\t", include_header=False, quote_style="non_numeric", null_value="")
    return written.getvalue()

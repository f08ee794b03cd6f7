"""One hash for the content of a data set, whatever files and row order it came in."""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO

import polars as pl
import polars.selectors as cs

from placewell.dataset.frames import Dataset
from placewell.dataset.tables import TABLES

ROWS_AT_A_TIME = 200_000
ABSENT = "\\N"
ESCAPES = (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r"))


def content_hash(dataset: Dataset) -> str:
    """SHA-256 over all rows in key order in a canonical text.

    A table is its name, the names of its columns that hold anything, then its rows as PostgreSQL's COPY writes them:
    cells parted by tabs, dates as ISO, absent values as \\N; tabs, line ends and backslashes within text escaped.
    Empty tables and columns leave no trace, so a data set keeps its hash when a later version knows more columns.
    Source: semantics.md §5, `data`.
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
    """The canonical text of some rows. Text is escaped only where the plain form shows that something needs it."""
    plain = _written(rows)
    absent = sum(rows.null_count().row(0))
    signs = (plain.count(b"\t"), plain.count(b"\n"), plain.count(b"\\"), plain.count(b"\r"))
    if signs == ((rows.width - 1) * rows.height, rows.height, absent, 0):
        return plain
    escaped: pl.Expr = cs.string()
    for sign, escape in ESCAPES:
        escaped = escaped.str.replace_all(sign, escape, literal=True)
    return _written(rows.with_columns(escaped))


def _written(rows: pl.DataFrame) -> bytes:
    written = BytesIO()
    rows.write_csv(written, separator="\t", include_header=False, quote_style="never", null_value=ABSENT)
    return written.getvalue()

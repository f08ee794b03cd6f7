"""One hash for the content of a data set, whatever files and row order it came in."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from io import BytesIO
from typing import cast

import polars as pl
import polars.selectors as cs

from placewell.dataset.frames import Dataset
from placewell.dataset.order import in_order
from placewell.dataset.tables import TABLES

ROWS_AT_A_TIME = 32_768  # as much text as a processor keeps near
ABSENT = "\\N"
FEW_ROWS = 2_000
ESCAPES = (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r"))
SIGNS = "".join(sign for sign, _ in ESCAPES).encode()


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
        if rows.height > FEW_ROWS:
            rows = rows.with_columns(map(_days_as_text, rows.select(cs.date())))
        for start in range(0, rows.height, ROWS_AT_A_TIME):
            whole.update(_text(rows.slice(start, ROWS_AT_A_TIME)))
    return whole.hexdigest()


def _text(rows: pl.DataFrame) -> bytes:
    """The canonical text of some rows. Text is escaped only where the plain form shows that something needs it."""
    plain = _written(rows)
    absent = sum(rows.null_count().row(0))
    signs = len(plain) - len(plain.translate(None, SIGNS))  # tabs between cells, line ends, the marks of absent cells
    if signs == rows.width * rows.height + absent:
        return plain
    escaped: pl.Expr = cs.string()
    for sign, escape in ESCAPES:
        escaped = escaped.str.replace_all(sign, escape, literal=True)
    return _written(rows.with_columns(escaped))


def _written(rows: pl.DataFrame) -> bytes:
    written = BytesIO()
    rows.write_csv(written, separator="\t", include_header=False, quote_style="never", null_value=ABSENT)
    return written.getvalue()


def _days_as_text(days: pl.Series) -> pl.Series:
    """The days as ISO text. Where rows outnumber the days between the first and the last, each day is written once."""
    first, last = cast("date | None", days.min()), cast("date | None", days.max())
    if first is None or last is None or (last - first).days >= days.len():
        return days
    words = pl.date_range(first, last, eager=True).cast(pl.String())
    return words.gather((days - first).dt.total_days()).alias(days.name)

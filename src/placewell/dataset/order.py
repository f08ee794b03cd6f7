"""Rows in the order of their key: whether they stand so, and putting them so."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl


def rises(frame: pl.DataFrame, key: Sequence[str]) -> bool:
    """Whether the key of every row is greater than that of the row before: then no key is absent or stands twice."""
    greater, equal = pl.lit(False), pl.lit(True)
    for column in key:
        greater |= equal & (pl.col(column) > pl.col(column).shift())
        equal &= pl.col(column) == pl.col(column).shift()
    risen: bool = frame.select(greater.slice(1).fill_null(False).all()).item()
    return risen


def in_order(frame: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    """The rows by key and then by every other column; left alone where the key already orders them."""
    if key and rises(frame, key):
        return frame
    return frame.sort([*key, *(column for column in frame.columns if column not in key)])

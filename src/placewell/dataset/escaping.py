"""Keeps text in a data set's CSV files from being taken for a formula by a spreadsheet, and takes that back on reading.

The canonical CSV must give back exactly what was written, and may still be opened in a spreadsheet. So the writer puts
one apostrophe before text that begins (after any apostrophes) like a formula, and the reader takes one away from text
that begins with apostrophes and then like a formula. Everything else, O'Brien and 'tis among it, is left as it is.
"""

from __future__ import annotations

import re

import polars as pl

FORMULA_STARTS = "=+-@\t\r\n\x00＝＋－＠"
A_START = f"[{re.escape(FORMULA_STARTS)}]".replace("\x00", r"\x00")
"""The same as a pattern for one sign."""


def harmless(text: pl.Expr) -> pl.Expr:
    """Text with an apostrophe put before what a spreadsheet could take for a formula."""
    return text.str.replace(f"^('*{A_START})", "'$1")


def restored(text: pl.Expr) -> pl.Expr:
    """The inverse of `harmless`: text as it was."""
    return text.str.replace(f"^'('*{A_START})", "$1")

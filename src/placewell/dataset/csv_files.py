"""Reads a CSV file as text, cell by cell, or says in which row and why it cannot be read."""

from __future__ import annotations

import csv  # noqa: TID251 — only reads, to find the row that Polars does not name
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import NamedTuple

import polars as pl
from polars.exceptions import PolarsError

from placewell.dataset.escaping import restored

UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
IN_UTF_8 = "text in UTF-8: save the file as CSV UTF-8"
PAIRS = "quotation marks in pairs around a cell, and twice within it"
LINE_ENDS = "lines that end in LF or CRLF: all of the file stands in one line"


class Fault(NamedTuple):
    """What keeps a file from being read; `row` counts as a spreadsheet does, None: the file or column as a whole."""

    expected: str
    row: int | None = None
    column: str | None = None


class UnreadableFile(Exception):
    """A file that cannot be read, with every fault."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        super().__init__(*(fault.expected for fault in faults))


def read_csv(file: Path) -> pl.DataFrame:
    """Every cell as text, an empty cell as null: what the text means is decided by `conversion`.

    Raises UnreadableFile for what is not UTF-8, not a table, or has one column twice.
    """
    try:
        _refuse(_in_header(file))
        frame = pl.read_csv(file, infer_schema=False, glob=False)
    except PolarsError as error:
        raise UnreadableFile(*_faults(file, error)) from error
    return frame.with_columns(restored(pl.all()))


def _refuse(faults: Iterator[Fault]) -> None:
    found = tuple(faults)
    if found:
        raise UnreadableFile(*found)


def _in_header(file: Path) -> Iterator[Fault]:
    """What Polars would take without a word: another encoding, old line ends, a column that stands twice."""
    with file.open("rb") as opened:
        if opened.read(2) in UTF_16_MARKS:
            yield Fault(IN_UTF_8)
            return
    header = pl.read_csv(file, has_header=False, n_rows=1, infer_schema=False, glob=False)
    names = [name or "" for name in header.row(0)]
    if any("\0" in name for name in names):
        yield Fault(IN_UTF_8)
    elif any("\r" in name for name in names):
        yield Fault(LINE_ENDS)
    else:
        yield from (Fault("each column once only", None, name) for name, times in Counter(names).items() if times > 1)


def _faults(file: Path, error: PolarsError) -> list[Fault]:
    """Where the file goes wrong, found slowly and row by row; at least what Polars says."""
    reason = str(error).strip().partition("\n")[0]
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        return [Fault(IN_UTF_8, 1 + wrong.object.count(b"\n", 0, wrong.start))]
    return list(_faults_of_rows(text)) or [Fault(f"a CSV file with a header: {reason}")]


def _faults_of_rows(text: str) -> Iterator[Fault]:
    rows = csv.reader(StringIO(text, newline=""), strict=True)
    width, number = 0, 1
    try:
        width = len(next(rows, []))
        for number, row in enumerate(rows, start=2):
            if len(row) > width:
                yield Fault(f"{width} cells, as in the header; the row has {len(row)}", number)
    except csv.Error:
        yield Fault(PAIRS, number + 1 if width else number)

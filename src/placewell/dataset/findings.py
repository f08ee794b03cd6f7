"""What is wrong with a data set: one finding per fault, with where it is, what was expected and the clause."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from placewell.errors import UserError

Severity = Literal["error", "warning"]

LONGEST_SHOWN = 120


@dataclass(frozen=True)
class Finding:
    """One fault. `row` counts as a spreadsheet does (the header is row 1); None: the file or column as a whole."""

    severity: Severity
    table: str
    row: int | None
    column: str | None
    value: str | None
    expected: str
    clause: str
    file: str = ""

    @property
    def sentence(self) -> str:
        """The finding as one line: file, row, column, what stands there, what was expected, clause."""
        where = [self.file or self.table]
        where += [f"row {self.row}"] if self.row is not None else []
        where += [f"column {_shown(self.column)}"] if self.column is not None else []
        stands = "" if self.value is None else f'"{_shown(self.value)}" stands there; '
        clause = f" ({self.clause})" if self.clause else ""
        return f"{', '.join(where)}: {stands}expected {_in_one_line(self.expected)}{clause}"


def _shown(value: str) -> str:
    """What stands in a cell, short."""
    return _in_one_line(value if len(value) <= LONGEST_SHOWN else f"{value[:LONGEST_SHOWN]}…")


def _in_one_line(text: str) -> str:
    """Text in one line: line ends and what cannot be seen are written as \\n, \\x00 and so on."""
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text)


class DatasetError(UserError):
    """A data set that cannot be read; `.findings` holds every reason, `.problems` the same as sentences."""

    def __init__(self, *findings: Finding) -> None:
        self.findings = findings
        super().__init__(*(finding.sentence for finding in findings))


def refuse(findings: Iterable[Finding]) -> None:
    """Raise DatasetError when there is any finding."""
    found = tuple(findings)
    if found:
        raise DatasetError(*found)

"""The job search sheet: applications and employers in one list by day, no notes of staff (003 operational tools)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

ROOM = 12
"""Rows to write in by hand, at least."""


@dataclass(frozen=True)
class SheetRow:
    on: date
    employer: str
    what: str


def rows(applications: Iterable[Any], contacts: Iterable[Any]) -> list[SheetRow]:
    """The newest first."""
    found = [
        SheetRow(one.on, _named(one.employer), f"Applied: {one.role_title or 'job not named'}") for one in applications
    ]
    for one in contacts:
        what = "Your specialist met them" if one.face_to_face else "Your specialist got in touch"
        found.append(SheetRow(one.on, _named(one.employer), what))
    return sorted(found, key=lambda row: row.on, reverse=True)


def room(written: Sequence[SheetRow]) -> int:
    """How many empty rows the sheet has: enough to fill a page, never fewer than a few."""
    return max(ROOM - len(written), 6)


def _named(employer: Any) -> str:
    return employer.name if employer else "Not named"

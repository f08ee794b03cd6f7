"""The team board below the caseloads: the people behind some of its numbers, by name, of all specialists together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from placewell_web.casework.presenters.board import BoardRow
from placewell_web.casework.presenters.cases import Case
from placewell_web.casework.presenters.due import Due
from placewell_web.nhsuk.words import count

MOST_ROWS = 15  # of one list; the numbers above open the rest


@dataclass(frozen=True)
class TeamDue:
    """Something due for one person, with whose client it is."""

    case: Case
    due: Due
    specialist: str


@dataclass(frozen=True)
class TeamList:
    """The first rows, how many there are, and what their number is made of."""

    rows: list[TeamDue]
    count: int
    parts: str


def late_or_soon(board: Iterable[BoardRow]) -> TeamList:
    """What comes first for each person: all of *Late*, and of *Due in 7 days* what breaks by tomorrow."""
    rows = list(board)
    late, soon = _behind(rows, "late"), [one for one in _behind(rows, "week") if one.due.when.group == "soon"]
    return _listed([*late, *soon], f"{len(late)} late, {len(soon)} by tomorrow")


def near_limits(board: Iterable[BoardRow]) -> TeamList:
    """The search that has to begin and the support that has to end, or was to: all of the two columns of limits."""
    rows = list(board)
    search, support = _behind(rows, "search"), _behind(rows, "limits")
    return _listed([*search, *support], f"{count(len(search), 'search', 'searches')}, {len(support)} support")


def _behind(board: Iterable[BoardRow], column: str) -> list[TeamDue]:
    return [TeamDue(one.case, one.due, row.name) for row in board for one in row.people[column] if one.due]


def _listed(found: list[TeamDue], parts: str) -> TeamList:
    found.sort(key=lambda one: (one.due.on, one.case.name))
    return TeamList(found[:MOST_ROWS], len(found), parts)

"""The team board below the caseloads: what is late or breaks by tomorrow, and who nears a limit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from placewell_web.casework.presenters.cases import Case
from placewell_web.casework.presenters.due import Due

LIMITS = {"first_application", "first_employer_contact", "nine_months", "in_work_limit"}
LIMIT_DAYS = 21
MOST_ROWS = 15  # of one list; the caseloads hold the rest


@dataclass(frozen=True)
class TeamDue:
    """Something due for one person, with whose client it is."""

    case: Case
    due: Due
    specialist: str


@dataclass(frozen=True)
class TeamList:
    rows: list[TeamDue]
    count: int


def stuck(cases: Iterable[Case], names: Mapping[str, str]) -> TeamList:
    """What comes first for each person, where it is late or breaks by tomorrow."""
    firsts = [(case, case.next_due) for case in cases]
    return _listed([(case, due) for case, due in firsts if due and due.when.group in ("late", "soon")], names)


def near_limits(cases: Iterable[Case], names: Mapping[str, str], today: date) -> TeamList:
    """The search that has to begin and the support that has to end within three weeks: each person's nearest."""
    nearest = [
        (case, next((due for due in case.dues if due.clock in LIMITS and due.on >= today), None)) for case in cases
    ]
    return _listed([(case, due) for case, due in nearest if due and (due.on - today).days <= LIMIT_DAYS], names)


def _listed(found: list[tuple[Case, Due]], names: Mapping[str, str]) -> TeamList:
    found.sort(key=lambda pair: (pair[1].on, pair[0].name))
    rows = [TeamDue(case, due, names.get(case.episode_id, "")) for case, due in found[:MOST_ROWS]]
    return TeamList(rows, len(found))

"""The page on which a caseload is given to colleagues: everyone ticked, and a proposal that spreads them by room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from placewell.pathway import caseload_limit
from placewell.specification import Specification
from placewell_web.casework.presenters.cases import Case
from placewell_web.casework.presenters.today_page import moment
from placewell_web.nhsuk.words import away_words, count


@dataclass
class Colleague:
    """Someone who can take people over; `most` is None where the service sets no limit.

    `away_words`: said after the name, where a colleague covers for them; `is_away`: already today.
    """

    id: UUID
    name: str
    lot: str
    open: int
    most: int | None
    away_words: str = ""
    is_away: bool = False

    @property
    def left(self) -> int | None:
        return None if self.most is None else max(self.most - self.open, 0)

    @property
    def said(self) -> str:
        if self.most is None:
            return f"{self.name}{self.away_words}, {self.open} open"
        return f"{self.name}{self.away_words}, {self.open} open of {self.most}: " + (
            f"room for {self.left}" if self.left else "full"
        )


@dataclass(frozen=True)
class Row:
    """One person of the caseload, in the order in which things break."""

    case: Case
    version: int
    lot: str
    meetings: int
    proposed: UUID | None

    @property
    def booked(self) -> str:
        return count(self.meetings, "meeting") + " booked" if self.meetings else ""


def colleagues(loads: Mapping[str, Sequence[Any]], spec: Specification, today: date) -> list[Colleague]:
    return [
        Colleague(
            load.user_id,
            load.name,
            lot,
            load.open_cases,
            caseload_limit(spec, today, Decimal(load.fte)),
            away_words(load.away, today),
            load.away is not None and load.away[0] <= today,
        )
        for lot, found in loads.items()
        for load in found
    ]


def shared_out(lots: Mapping[str, str], among: Iterable[Colleague]) -> dict[str, UUID | None]:
    """Who could take over each of these episodes (episode to lot): always whoever has most room left.

    Where no limit is set, whoever has the fewest open cases; nobody where every colleague of the lot is full.
    """
    taken: dict[UUID, int] = {}
    offered = list(among)
    found: dict[str, UUID | None] = {}
    for episode, lot in lots.items():
        here = [one for one in offered if one.lot == lot and _has_room(one, taken)]
        best = min(here, key=lambda one: (_filling(one, taken), one.name), default=None)
        found[episode] = best.id if best else None
        if best is not None:
            taken[best.id] = taken.get(best.id, 0) + 1
    return found


def _has_room(one: Colleague, taken: Mapping[UUID, int]) -> bool:
    return one.left is None or one.left > taken.get(one.id, 0)


def _filling(one: Colleague, taken: Mapping[UUID, int]) -> int:
    """How full someone is: less than nothing while there is room, where there is a limit."""
    return one.open + taken.get(one.id, 0) - (one.most or 0)


def told(given: int, left: int, name: str) -> str:
    """What became of a caseload: how many were handed over, and how many stay."""
    verb = "is" if given == 1 else "are"
    if left == 0:
        return f"{count(given, 'person', 'people')} {verb} handed over. Nobody is left with {name}."
    stay = f"{left} {'stays' if left == 1 else 'stay'} with {name}."
    return f"{given} of {count(given + left, 'person', 'people')} {verb} handed over; {stay}"


def rows(
    cases: Sequence[Case], facts: Mapping[str, tuple[int, str]], proposed: Mapping[str, UUID | None], now: datetime
) -> list[Row]:
    """`facts`: the version and lot of each episode."""
    return [
        Row(case, *facts[case.episode_id], _ahead(case, now), proposed.get(case.episode_id))
        for case in cases
        if case.episode_id in facts
    ]


def _ahead(case: Case, now: datetime) -> int:
    return sum((at := moment(row)) is not None and at >= now for row in case.appointments)

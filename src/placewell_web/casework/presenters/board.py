"""The team board: for each specialist the people behind every number, so that a number and its list never disagree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from placewell.periods import Period, quarter_of
from placewell.specification import Specification
from placewell_web.casework.presenters.caseload_page import PILLS, Room, room
from placewell_web.casework.presenters.cases import Case
from placewell_web.casework.presenters.due import Due, when
from placewell_web.casework.queries.caseload import Caseload
from placewell_web.nhsuk.words import day

SEARCH = {"first_application", "first_employer_contact"}
LIMITS = {"nine_months", "in_work_limit"}
SEARCH_DAYS, LIMIT_DAYS = 14, 28  # how far ahead the board looks
LONG_LATE_DAYS = 28
REACHED = {"proved": "proved", "unproved": "proof missing"}

COLUMNS = {
    "new": "New",
    "late": "Late",
    "week": "Due in 7 days",
    "search": "Search limit",
    "limits": "Support limit",
    "stuck": "Stuck",
    "proof": "Proof missing",
    "in_work": "In work",
    "quarter": "This quarter",
}
TITLES = {
    "active": "Active cases",
    "open": "Open cases",
    "new": "Waiting for a first contact",
    "late": "Late",
    "week": "Due in 7 days",
    "search": f"Search to begin in {SEARCH_DAYS} days, or late",
    "limits": f"Support that ends in {LIMIT_DAYS} days, or was to end",
    "stuck": "Stuck",
    "proof": "Proof missing",
    "in_work": "In work",
    "quarter": "Milestones reached this quarter",
}


@dataclass(frozen=True)
class Behind:
    """Someone behind a number, and why; `due`: what is to be done, where the number is about that."""

    case: Case
    why: str = ""
    on: date | None = None
    due: Due | None = None


@dataclass(frozen=True)
class Supervised:
    """When a kind of supervision is due, in words."""

    name: str
    words: str
    is_late: bool


@dataclass(frozen=True)
class BoardRow:
    """One specialist on the board."""

    id: str
    name: str
    in_post: bool
    fte: float
    room: Room
    people: Mapping[str, tuple[Behind, ...]]
    covered: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    supervision: tuple[Supervised, ...] = ()

    @property
    def open(self) -> int:
        return self.number("open")

    @property
    def elsewhere(self) -> int:
        """Open cases in areas that are not the viewer's: they count against the limit, and are in no list here."""
        return self.room.open - self.open

    def number(self, column: str) -> int:
        return len(self.people[column])

    def is_late(self, column: str) -> bool:
        """Whether something behind a number is late."""
        return any(one.due is not None and one.due.when.group == "late" for one in self.people[column])

    @property
    def part_time(self) -> str:
        return f"{self.fte:.0%} of full time" if self.in_post and self.fte < 1 else ""


@dataclass(frozen=True)
class Team:
    """What every row needs, grouped once."""

    loaded: Caseload
    cases: Sequence[Case]
    today: date
    covered: Mapping[str, Sequence[str]] = field(default_factory=dict)
    covers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    supervision: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)


def quarter(spec: Specification, today: date) -> Period | None:
    """The contract's quarter of a day; none before the first."""
    start = spec.service.first_quarter_starts
    return quarter_of(today, start) if today >= start else None


def board(team: Team, members: Iterable[Any]) -> list[BoardRow]:
    """A row for each specialist."""
    whose = {row["episode_id"]: row for row in team.loaded.episodes}
    found = _Found(team, whose)
    return [_row(team, found, member) for member in members]


def _row(team: Team, found: _Found, member: Any) -> BoardRow:
    id = str(member.id)
    mine = [case for case in team.cases if found.episodes[case.episode_id]["specialist_id"] == id]
    people = found.behind(mine)
    against = room(team.loaded.spec, member.open, len(people["active"]), member.fte, team.today)
    covered, covers = tuple(team.covered.get(id, ())), tuple(team.covers.get(id, ()))
    clocks = supervised(team.supervision.get(id, ()), team.today)
    return BoardRow(id, member.name, member.in_post, member.fte, against, people, covered, covers, clocks)


def supervised(clocks: Iterable[Mapping[str, Any]], today: date) -> tuple[Supervised, ...]:
    """Each kind once, always in the same order. After a month a number of days says less than since when."""
    found = [
        Supervised("Group" if "group" in row["what"] else "Individual", _due_words(row, today), row["due_on"] < today)
        for row in clocks
    ]
    return tuple(sorted(found, key=lambda one: one.name))


def _due_words(clock: Mapping[str, Any], today: date) -> str:
    since = f"due since {day(clock['due_on'])}"
    if clock["due_on"] < today and clock["last_on"] is None:
        return f"none recorded, {since}"
    if (today - clock["due_on"]).days > LONG_LATE_DAYS:
        return f"last on {day(clock['last_on'])}, {since}"
    return when(clock["due_on"], today).words.lower()


class _Found:
    """The people behind each number."""

    def __init__(self, team: Team, episodes: Mapping[str, Mapping[str, Any]]) -> None:
        self.team, self.episodes = team, episodes
        self.stalled: dict[str, list[Mapping[str, Any]]] = {}
        for row in team.loaded.stalled:
            self.stalled.setdefault(row["episode_id"], []).append(row)
        self.reached: dict[str, list[Mapping[str, Any]]] = {}
        now = quarter(team.loaded.spec, team.today)
        for row in team.loaded.milestones:
            if now and row["state"] in REACHED and row["on"] and row["on"] in now and row["on"] <= team.today:
                self.reached.setdefault(row["episode_id"], []).append(row)

    def behind(self, everyone: Sequence[Case]) -> dict[str, tuple[Behind, ...]]:
        """By column: of the open cases; milestones also of those closed this quarter, once for each."""
        opened = [case for case in everyone if self.episodes[case.episode_id]["closed_on"] is None]
        active = [Behind(case) for case in opened if case.episode_id in self.team.loaded.active]
        reached = [
            Behind(case, f"{row['name']}, {REACHED[row['state']]}", row["on"])
            for case in everyone
            for row in self.reached.get(case.episode_id, ())
        ]
        columns = {name: tuple(look(self, opened)) for name, look in _LOOKS.items()}
        return {"active": tuple(active), **columns, "quarter": tuple(reached)}

    def all(self, cases: Sequence[Case]) -> list[Behind]:
        return [Behind(case, case.state.label) for case in cases]

    def new(self, cases: Sequence[Case]) -> list[Behind]:
        waiting = [case for case in cases if case.last_contact is None]
        return [Behind(case, f"Referred on {day(case.referred_on)}", case.referred_on) for case in waiting]

    def stuck(self, cases: Sequence[Case]) -> list[Behind]:
        return [
            Behind(case, " ".join(row["why"] for row in rows), rows[0]["since_on"])
            for case in cases
            if (rows := self.stalled.get(case.episode_id))
        ]

    def pill(self, name: str, cases: Sequence[Case]) -> list[Behind]:
        test = PILLS[name][1]
        chosen = [(case, case.next_due) for case in cases if test(case)]
        return [Behind(case, due.what if due else "", due.on if due else None, due) for case, due in chosen]

    def proof(self, cases: Sequence[Case]) -> list[Behind]:
        return [
            Behind(case, "; ".join(mark.words for mark in case.marks if mark.kind == "missing"))
            for case in cases
            if case.proof_missing
        ]

    def clocks(self, names: set[str], days: int, cases: Sequence[Case]) -> list[Behind]:
        until = self.team.today + timedelta(days=days)
        found = [
            (case, next((due for due in case.dues if due.clock in names and due.on <= until), None)) for case in cases
        ]
        return [Behind(case, f"{due.what}: {due.when.words.lower()}", due.on, due) for case, due in found if due]


_LOOKS: dict[str, Callable[[_Found, Sequence[Case]], list[Behind]]] = {
    "open": _Found.all,
    "new": _Found.new,
    "late": lambda found, cases: found.pill("late", cases),
    "week": lambda found, cases: found.pill("week", cases),
    "search": lambda found, cases: found.clocks(SEARCH, SEARCH_DAYS, cases),
    "limits": lambda found, cases: found.clocks(LIMITS, LIMIT_DAYS, cases),
    "stuck": _Found.stuck,
    "proof": _Found.proof,
    "in_work": lambda found, cases: found.pill("in_work", cases),
}

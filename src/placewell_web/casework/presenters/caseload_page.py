"""The caseload page: pills with counts, sorting by links, and the sentence that answers first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Set
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from placewell.pathway import caseload_limit, full_time_limit
from placewell.specification import Specification
from placewell_web.casework.presenters.cases import Case, in_order_due
from placewell_web.casework.presenters.due import Due

Test = Callable[[Case], bool]
MOST_ROWS = 100  # of one page: far more than anyone supports, and no page grows without end


def _group(*names: str) -> Test:
    return lambda case: case.next_due is not None and case.next_due.when.group in names


def _state(name: str) -> Test:
    return lambda case: case.state.id == name


PILLS: dict[str, tuple[str, Test]] = {
    "all": ("All", lambda case: True),
    "late": ("Late", _group("late")),
    "week": ("Due in 7 days", _group("soon", "week")),
    "getting_started": ("Getting started", _state("getting_started")),
    "job_search": ("Job search", _state("job_search")),
    "job_offer": ("Job offer", _state("job_offer")),
    "in_work": ("In work", _state("in_work")),
    "job_ended": ("Job ended", _state("job_ended")),
    "proof": ("Proof missing", lambda case: case.proof_missing),
}
ALWAYS = ("all", "late", "week", "getting_started", "job_search", "in_work", "proof")
STATE_ORDER = ("job_ended", "getting_started", "job_search", "job_offer", "in_work")

CLOCKS: dict[str, tuple[str, Callable[[Due], bool]]] = {
    "contact": ("Contact", lambda due: due.action == "log_contact" and not due.job_id),
    "in_work": ("In-work contact", lambda due: due.action == "log_contact" and bool(due.job_id)),
    "search": ("Job search", lambda due: due.action in ("record_application", "record_employer_contact")),
    "proof": ("Proof", lambda due: due.action == "upload_evidence"),
    "plan": ("Plan", lambda due: due.action == "review_plan"),
    "limit": ("End of support", lambda due: due.action == "decide_support"),
}
"""The kinds of clock that a list can be about, each alone: rows without it are left out."""

SORTS: dict[str, tuple[str, Callable[[Case], Any]]] = {
    "due": ("By", in_order_due),
    "person": ("Person", lambda case: case.name.casefold()),
    "state": ("State", lambda case: (STATE_ORDER.index(case.state.id), in_order_due(case))),
    "contact": ("Last two-way contact", lambda case: case.last_contact.on if case.last_contact else date.min),
}
IN_WORDS: dict[str, tuple[str, str, str]] = {
    "due": ("Due", "by what breaks first", "by what is due last"),
    "person": ("Name", "by name", "by name, from Z to A"),
    "state": ("State", "by state", "by state, in work first"),
    "contact": ("Last contact", "by last two-way contact, longest ago first", "by last two-way contact, newest first"),
}
"""Each order where there is no column head: its short name, and what it says this way round and the other."""


@dataclass(frozen=True)
class Pill:
    label: str
    count: int
    url: str
    current: bool


@dataclass(frozen=True)
class Head:
    """A column head that sorts: its link, and `ascending` or `descending` where it is the one sorted by.

    `short` and `order` are its words in the row that sorts where the heads have no room.
    """

    label: str
    url: str
    state: str
    short: str
    order: str


@dataclass(frozen=True)
class Room:
    """Open cases against the most a specialist may have (None: the service sets no limit); `active`: those of them."""

    open: int
    most: int | None
    active: int
    clause: str

    @property
    def counted(self) -> str:
        return str(self.open) if self.most is None else f"{self.open} of {self.most}"

    @property
    def words(self) -> str:
        cases = "open case" if (self.open if self.most is None else self.most) == 1 else "open cases"
        return f"{cases}. {self.left}".rstrip()

    @property
    def left(self) -> str:
        if self.most is None:
            return ""
        left = self.most - self.open
        return f"Room for {left}." if left > 0 else "No room." if left == 0 else f"{-left} over the limit."

    @property
    def active_words(self) -> str:
        return f"{self.active} {'is' if self.active == 1 else 'are'} active." if self.active else ""

    @property
    def is_over(self) -> bool:
        return self.most is not None and self.open > self.most

    @property
    def percent(self) -> int:
        return min(round(100 * self.open / self.most), 100) if self.most else 100


def pills(rows: list[Case], asked: dict[str, str]) -> list[Pill]:
    """Links that narrow the list, each with its number; states nobody is in are left out."""
    found = []
    for name, (label, test) in PILLS.items():
        number = sum(map(test, rows))
        if number or name in ALWAYS:
            found.append(Pill(label, number, _address(asked, show=name), asked["show"] == name))
    return found


def clock_pills(rows: list[Case], asked: dict[str, str]) -> list[Pill]:
    """Links that show one kind of clock, each with the number of people who have it; and the way back to all."""
    every = Pill("Whatever is next", len(rows), _address(asked, clock=""), not asked["clock"])
    found = []
    for name, (label, _) in CLOCKS.items():
        number = len(by_clock(rows, name))
        if number or asked["clock"] == name:
            found.append(Pill(label, number, _address(asked, clock=name), asked["clock"] == name))
    return [every, *found]


def by_clock(rows: list[Case], clock: str) -> list[Case]:
    """Everyone with a clock of this kind, which stands as what is next for them; all rows where none is named."""
    if not clock:
        return rows
    test = CLOCKS[clock][1]
    chosen = [(case, next((due for due in case.dues if test(due)), None)) for case in rows]
    return [replace(case, dues=(due, *(one for one in case.dues if one is not due))) for case, due in chosen if due]


def heads(asked: dict[str, str]) -> dict[str, Head]:
    """Column heads: a second click turns the order round."""
    found = {}
    for name, (label, _) in SORTS.items():
        current = asked["sort"] == name
        state = ("descending" if asked["order"] == "down" else "ascending") if current else ""
        order = "down" if current and asked["order"] != "down" else "up"
        short, up, down = IN_WORDS[name]
        found[name] = Head(
            label, _address(asked, sort=name, order=order), state, short, down if order == "down" else up
        )
    return found


def sorted_words(asked: dict[str, str]) -> str:
    """How the list is sorted, for the sentence above it."""
    _, up, down = IN_WORDS[asked["sort"]]
    return down if asked["order"] == "down" else up


def shown(rows: list[Case], asked: dict[str, str]) -> list[Case]:
    """The rows asked for, in the order asked for."""
    chosen = [case for case in by_clock(rows, asked["clock"]) if PILLS[asked["show"]][1](case)]
    return sorted(chosen, key=SORTS[asked["sort"]][1], reverse=asked["order"] == "down")


@dataclass(frozen=True)
class Page:
    """A part of a long list; `prefix` is the address to which the number of another part is added."""

    rows: list[Case]
    number: int
    count: int
    prefix: str


def page_of(rows: list[Case], asked: dict[str, str], number: int) -> Page:
    """The part asked for, or the last there is."""
    count = max(-(-len(rows) // MOST_ROWS), 1)
    number = min(number, count)
    address = _address(asked)
    prefix = f"{address}page=" if address == "?" else f"{address}&page="
    return Page(rows[(number - 1) * MOST_ROWS : number * MOST_ROWS], number, count, prefix)


def room(spec: Specification, open: int, active: int, fte: float, today: date) -> Room:
    """Against the limit of the service's year, by full-time equivalent, where there is one.

    It counts open cases, active or not: "the maximum open caseload". Source: 002 App. 7 St 1; X14.
    """
    most = caseload_limit(spec, today, Decimal(str(fte)))
    clause = "" if most is None else full_time_limit(spec, today).clause
    return Room(open, most, active, clause.removeprefix("002 "))


def own_room(
    spec: Specification, active: Set[str], rows: list[Case], covering: Collection[str], fte: float, today: date
) -> Room:
    """The same without the people that someone only covers."""
    own = {case.episode_id for case in rows}.difference(covering)
    return room(spec, len(own), len(own & active), fte, today)


def _address(asked: dict[str, str], **changed: str) -> str:
    defaults = {"show": "all", "clock": "", "sort": "due", "order": "up", "specialist": ""}
    wanted = asked | changed
    query = {name: value for name, value in wanted.items() if value and value != defaults.get(name)}
    return f"?{urlencode(query)}" if query else "?"

"""The library's answers about people, kept for as long as the rows they are made of are the same.

An answer about a person hangs on that person's rows, the specification and the day, and on nothing else. It is kept
under just these: whoever changed a row, and however, a kept answer is never out of date. Whose answers somebody may see
is not decided here.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property
from threading import Lock
from typing import Any

import polars as pl

from placewell import cadence, outcomes
from placewell.cadence.questionnaires import questionnaires_due_of
from placewell.specification import Specification
from placewell_web.casework.dataset_rows import PersonRows, dataset_of

Row = dict[str, Any]
Key = tuple[str, date, bytes]

MOST_PEOPLE = 2_000  # some 30 kB each; a service of 35 specialists has about 1,100 open cases


class Kept:
    """The answers about the people asked for last: question → rows, for each."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._entries: OrderedDict[Key, dict[str, list[Row]]] = OrderedDict()
        self._lock = Lock()

    def entry(self, key: Key) -> dict[str, list[Row]]:
        """What is kept under a key, to be read and added to."""
        with self._lock:
            found = self._entries.setdefault(key, {})
            self._entries.move_to_end(key)
            while len(self._entries) > self._most:
                self._entries.popitem(last=False)
            return found

    def __len__(self) -> int:
        return len(self._entries)


KEPT = Kept(MOST_PEOPLE)


class Together:
    """The library asked once about several people."""

    def __init__(self, spec: Specification, people: Sequence[PersonRows], today: date) -> None:
        self.people = people
        self.dataset = dataset_of(people)
        self.now = cadence.Situation.on(spec, self.dataset, today)

    def answer(self, question: str) -> list[Row]:
        return _QUESTIONS[question](self).to_dicts()

    def place(self, row: Row) -> int:
        """Which of the people a row of an answer is about."""
        name = next(name for name in ("episode_id", "job_id", "person_id") if name in row)
        return self._places[row[name]]

    @cached_property
    def _places(self) -> dict[str, int]:
        """Whose an episode, a job or a person's own id is."""
        ids = (("episodes", "episode_id"), ("jobs", "job_id"), ("people", "person_id"))
        return {
            id: place
            for place, person in enumerate(self.people)
            for table, column in ids
            for id in person.ids(table, column)
        }


def _rows(table: str) -> Callable[[Together], pl.DataFrame]:
    return lambda people: people.dataset[table]


def _active(people: Together) -> pl.DataFrame:
    active = outcomes.active_of(people.now.shared)
    return pl.DataFrame({"episode_id": sorted(active)}, schema={"episode_id": pl.String})


def _last_two_way(people: Together) -> pl.DataFrame:
    """The last contact of each episode in which the person answered: attended, with them."""
    contacts = people.dataset["contacts"].lazy()
    answered = (
        (pl.col("attendance") == "attended") & (pl.col("with_whom") == "client") & (pl.col("on") <= people.now.as_at)
    )
    last = contacts.filter(answered).sort("on", "contact_id").group_by("episode_id").last()
    return last.collect(engine="in-memory")


_TABLES = ("people", "episodes", "profiles", "plans", "jobs", "job_hours", "evidence")  # pages show rows of them

_QUESTIONS: dict[str, Callable[[Together], pl.DataFrame]] = {
    "outcomes": lambda people: people.now.outcomes.collect(engine="in-memory"),
    "clocks": lambda people: cadence.clocks_of(people.now),
    "stalled": lambda people: cadence.stalled_of(people.now),
    "milestones": lambda people: outcomes.milestones_of(people.now.shared),
    "expected": lambda people: outcomes.preview_of(people.now.shared),
    "appointments": lambda people: outcomes.numbered_appointments_of(people.now.facts),
    "schedule": lambda people: cadence.schedule_of(people.now),
    "questionnaires": lambda people: questionnaires_due_of(people.now),
    "active": _active,
    "going_on": lambda people: cadence.jobs_going_on(people.now),
    "last_two_way": _last_two_way,
    **{table: _rows(table) for table in _TABLES},
}
"""What can be asked. Every row of an answer names the episode, the person or the job it is about."""

_OF_THE_OUTCOMES = ("outcomes", "clocks", "stalled", "milestones", "active", "going_on")
"""Answered all as soon as one is asked for: all rest on the outcome table, which costs more than the rest of them."""


class Answers:
    """What is known of some people: taken from what is kept, and asked together of those who are new or changed."""

    def __init__(self, spec: Specification, people: Sequence[PersonRows], today: date) -> None:
        self.spec, self.people, self.today = spec, people, today
        self._entries = [KEPT.entry((spec.hash, today, person.digest)) for person in people]
        self._together: dict[tuple[int, ...], Together] = {}

    def to(self, question: str) -> list[Row]:
        """The rows about everyone, person by person."""
        missing = tuple(place for place, entry in enumerate(self._entries) if question not in entry)
        if missing:
            self._ask(question, missing)
        return [row for entry in self._entries for row in entry[question]]

    def _ask(self, question: str, missing: tuple[int, ...]) -> None:
        if missing not in self._together:
            self._together[missing] = Together(self.spec, [self.people[place] for place in missing], self.today)
        together = self._together[missing]
        for each in _OF_THE_OUTCOMES if question in _OF_THE_OUTCOMES else (question,):
            found: list[list[Row]] = [[] for _ in missing]
            for row in together.answer(each):
                found[together.place(row)].append(row)
            for place, rows in zip(missing, found, strict=True):
                self._entries[place][each] = rows

"""A caseload with everything its pages need, in one query, and what the library makes of it, kept person by person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import polars as pl
from django.db.models import Q, QuerySet

from placewell import cadence, outcomes
from placewell.dataset import Dataset
from placewell.specification import Specification
from placewell_web.accounts import service
from placewell_web.casework.dataset_rows import CASELOAD_TABLES, PersonRows, Source, dataset_of, read_caseload
from placewell_web.casework.models import Appointment, Job, Plan, Profile
from placewell_web.casework.queries.answers import Answers, Row
from placewell_web.clients.models import Episode, Person

_PEOPLE = Source(
    "page_people",
    Person,
    {"person_id": "pk", "preferred_name": "preferred_name", "contact_preference": "contact_preference"},
    episode="pk",
    of_person=True,
)
_JOBS = Source("page_jobs", Job, {"job_id": "pk", "title": "title", "employer": "employer__name"})
_PROFILES = Source(
    "page_profiles",
    Profile,
    {"episode_id": "episode_id", "version": "version", "preferences": "preferences"},
    where=~Q(preferences=""),
)
_PLANS = Source("page_plans", Plan, {"episode_id": "episode_id", "version": "version", "goal": "goal"})
_APPOINTMENTS = Source(
    "page_appointments",
    Appointment,
    {"episode_id": "episode_id", "starts_at": "starts_at", "place": "place", "purpose": "purpose"},
    where=Q(cancelled_at__isnull=True),
)
_OF_CLOCKS = {
    "work_status_check": "employment_checks",
    "exit_questionnaire": "responses",
    "re_access": "support_requests",
}
BESIDE = (_PEOPLE, _JOBS, _PROFILES, _PLANS, _APPOINTMENTS)


@dataclass(frozen=True)
class Caseload:
    """The rows of some episodes, what pages show beside them, and the library's answers about them.

    The library is asked of the histories of the people with every episode (`whole`); what is answered here, and
    `dataset`, are about the episodes asked for only.
    """

    spec: Specification
    people: tuple[PersonRows, ...]
    episode_ids: frozenset[str]
    beside: dict[str, list[Row]]
    today: date

    @cached_property
    def whole(self) -> Dataset:
        """The histories of the people, every episode."""
        return dataset_of(self.people)

    @cached_property
    def dataset(self) -> Dataset:
        """The rows of the episodes asked for, which a page may show."""
        if self.whole["episodes"].height == len(self.episode_ids):
            return self.whole
        return Dataset({name: self._asked(name, frame) for name, frame in self.whole.items() if frame.height})

    @cached_property
    def clocks(self) -> list[Row]:
        """Every open clock, soonest first; on one day what cannot be repaired first."""
        return sorted(self._of_those_asked("clocks"), key=cadence.in_order_due)

    def clocks_alone(self) -> list[Row]:
        """The clocks of rows that nobody will ask about again: asked of the library by themselves, and not kept."""
        rows = cadence.clocks(self.spec, self.whole, self.today).to_dicts()
        return [row for row in rows if row["episode_id"] in self.episode_ids]

    @cached_property
    def stalled(self) -> list[Row]:
        """Every rule by which a case is stuck, the longest first."""
        rows = self._of_those_asked("stalled")
        return sorted(rows, key=lambda row: (-row["days"], row["episode_id"], row["rule"]))

    @cached_property
    def milestones(self) -> list[Row]:
        return self._of_those_asked("milestones")

    @cached_property
    def expected(self) -> list[Row]:
        """What the milestones will be if every job on record starts as planned and lasts."""
        return self._of_those_asked("expected")

    @cached_property
    def foreseen(self) -> list[Row]:
        """The milestones, where one that has days in work but no day is given the day it falls on if the job lasts."""
        ahead = {(row["episode_id"], row["outcome_id"]): row["on"] for row in self.expected}
        return [
            row | {"on": ahead.get((row["episode_id"], row["outcome_id"]))} if row["days"] and not row["on"] else row
            for row in self.milestones
        ]

    def milestones_in(self, whole: Dataset) -> list[Row]:
        """What the milestones would be with other rows."""
        rows = outcomes.milestones(self.spec, whole, self.today).to_dicts()
        return [row for row in rows if row["episode_id"] in self.episode_ids]

    @cached_property
    def outcome(self) -> Row:
        """The outcome row of a caseload of one; empty where the episode has none."""
        return next(iter(self.outcomes.values()), {})

    @cached_property
    def outcomes(self) -> dict[str, Row]:
        """The outcome row of each episode."""
        return {row["episode_id"]: row for row in self._of_those_asked("outcomes")}

    @cached_property
    def active(self) -> set[str]:
        """Ids of the episodes active today (002 App. 7 St 1)."""
        return {row["episode_id"] for row in self._of_those_asked("active")}

    @cached_property
    def appointments(self) -> list[Row]:
        """Every appointment since entry with its number."""
        return self._of_those_asked("appointments")

    @cached_property
    def last_two_way(self) -> dict[str, Row]:
        """The last contact of each episode in which the person answered."""
        return {row["episode_id"]: row for row in self._of_those_asked("last_two_way")}

    def meetings_held(self, since: date) -> list[Row]:
        """The meetings that jobs asked for after a day, each with the day it was held on, if it was."""
        rows = cadence.meetings_held(self.spec, self.whole, since, self.today).to_dicts()
        return [row for row in rows if row["episode_id"] in self.episode_ids]

    def meetings_asked(self, job_id: str) -> list[Row]:
        """The meetings that the clocks ask for around a job, soonest first."""
        return [row for row in self._answers.to("schedule") if row["job_id"] == job_id]

    @cached_property
    def questionnaires(self) -> list[Row]:
        """What the schedule asks for, soonest first; of people read with their answers (`with_answers`)."""
        rows = self._of_those_asked("questionnaires")
        return sorted(rows, key=lambda row: (row["due_on"], row["episode_id"], row["questionnaire"]))

    @cached_property
    def episodes(self) -> list[Row]:
        return self.rows("episodes")

    @cached_property
    def persons(self) -> list[Row]:
        return self._answers.to("people")

    def with_contact(self, **row: Any) -> Caseload:
        """What it would be of one person with one more contact."""
        (person,) = self.people
        return replace(self, people=(person.plus("contacts", row),))

    def with_answers(self, forms: Iterable[Row]) -> Caseload:
        """With the questionnaires that were answered: rows of `responses`, one for each form does."""
        of = _grouped(list(forms), "episode_id")
        people = (
            person.plus("responses", *(form for id in person.ids("episodes", "episode_id") for form in of.get(id, ())))
            for person in self.people
        )
        return replace(self, people=tuple(people))

    def rows(self, table: str) -> list[Row]:
        """The rows of a table (one of answers.py), person by person."""
        return self._of_those_asked(table)

    def by_episode(self, table: str, *order: str) -> dict[str, list[Row]]:
        """The rows of a table by episode, in order; what is absent comes last."""
        rows = self.rows(table)
        for name in reversed(order):
            rows.sort(key=lambda row: (row[name] is None, row[name] if row[name] is not None else 0))
        return _grouped(rows, "episode_id")

    def beside_by(self, table: str, key: str) -> dict[str, list[Row]]:
        return _grouped(self.beside[table], key)

    @cached_property
    def hours_today(self) -> dict[str, Any]:
        """Weekly hours of each job today: the spell that holds, else its contract's."""
        spells = {
            row["job_id"]: row["weekly_hours"]
            for row in self._answers.to("job_hours")
            if row["from_on"] and row["from_on"] <= self.today and (row["to_on"] is None or row["to_on"] >= self.today)
        }
        return {
            row["job_id"]: spells.get(row["job_id"], row["contract_hours"])
            for jobs in self.jobs.values()
            for row in jobs
        }

    @cached_property
    def going_on(self) -> dict[str, list[Row]]:
        """The jobs of each episode that are kept in an earlier one and go on in it."""
        jobs = {row["job_id"]: row for row in self._answers.to("jobs")}
        found: dict[str, list[Row]] = {}
        for row in self._of_those_asked("going_on"):
            found.setdefault(row["episode_id"], []).append(jobs[row["job_id"]])
        return found

    @cached_property
    def jobs(self) -> dict[str, list[Row]]:
        """The jobs of each episode, the earliest first, with those that go on in it from an earlier one."""
        own = self.by_episode("jobs")
        both = {id: [*own.get(id, ()), *self.going_on.get(id, ())] for id in self.episode_ids}
        return {id: sorted(rows, key=lambda row: (str(row["started_on"]), row["job_id"])) for id, rows in both.items()}

    @cached_property
    def _answers(self) -> Answers:
        return Answers(self.spec, self.people, self.today)

    def _of_those_asked(self, question: str) -> list[Row]:
        return [row for row in self._answers.to(question) if row["episode_id"] in self.episode_ids]

    def _asked(self, name: str, frame: pl.DataFrame) -> pl.DataFrame:
        if "episode_id" in frame.columns:
            return frame.filter(pl.col("episode_id").is_in(list(self.episode_ids)))
        if "job_id" in frame.columns:
            return frame.join(self._asked("jobs", self.whole["jobs"]), on="job_id", how="semi", maintain_order="left")
        return frame


def load(episodes: QuerySet[Episode], today: date) -> Caseload:
    """The caseload of these episodes: one query, however many they are."""
    spec = service.current()
    rows = read_caseload(episodes, tables_of(spec), BESIDE)
    return Caseload(spec, rows.people, rows.episode_ids, rows.beside, today)


def tables_of(spec: Specification) -> tuple[str, ...]:
    """The tables of every caseload, and those that only the clocks of some services look at."""
    kinds = {clock.kind for clock in spec.pathway.clocks}
    return (*CASELOAD_TABLES, *(table for kind, table in _OF_CLOCKS.items() if kind in kinds))


def _grouped(rows: list[Row], key: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row[key], []).append(row)
    return found

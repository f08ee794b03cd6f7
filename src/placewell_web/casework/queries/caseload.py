"""A caseload with everything its pages need, in one query, and what the library makes of it, in one call each."""

from __future__ import annotations

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
from placewell_web.casework.dataset_rows import CASELOAD_TABLES, Source, read_caseload
from placewell_web.casework.models import Appointment, Job, Plan, Profile
from placewell_web.clients.models import Episode, Person

Row = dict[str, Any]

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

    The library is asked of `whole`, the histories of the people with every episode; answers and `dataset` are about the
    episodes asked for only.
    """

    spec: Specification
    whole: Dataset
    episode_ids: frozenset[str]
    beside: dict[str, list[Row]]
    today: date

    @cached_property
    def dataset(self) -> Dataset:
        """The rows of the episodes asked for, which a page may show."""
        return Dataset({name: self._asked(name, frame) for name, frame in self.whole.items()})

    @cached_property
    def clocks(self) -> list[Row]:
        """Every open clock, soonest first; on one day what cannot be repaired first."""
        return self._of_those_asked(cadence.clocks(self.spec, self.whole, self.today, self.outcome_rows))

    @cached_property
    def stalled(self) -> list[Row]:
        """Every rule by which a case is stuck, the longest first."""
        return self._of_those_asked(cadence.stalled(self.spec, self.whole, self.today))

    @cached_property
    def milestones(self) -> list[Row]:
        return self.milestones_in(self.whole)

    @cached_property
    def expected(self) -> list[Row]:
        """What the milestones will be if every job on record starts as planned and lasts."""
        return self._of_those_asked(outcomes.preview(self.spec, self.whole, self.today))

    def milestones_in(self, whole: Dataset) -> list[Row]:
        """What the milestones would be with other rows."""
        return self._of_those_asked(outcomes.milestones(self.spec, whole, self.today))

    @cached_property
    def outcome(self) -> Row:
        """The outcome row of a caseload of one; empty where the episode has none."""
        return next(iter(self.outcomes.values()), {})

    @cached_property
    def outcome_rows(self) -> pl.DataFrame:
        """The outcome table of everyone read, made once for all that ask."""
        return outcomes.outcome_table(self.spec, self.whole, self.today)

    @cached_property
    def outcomes(self) -> dict[str, Row]:
        """The outcome row of each episode."""
        rows = self._of_those_asked(self.outcome_rows)
        return {row["episode_id"]: row for row in rows}

    @cached_property
    def active(self) -> set[str]:
        """Ids of the episodes active today (002 App. 7 St 1)."""
        return self.episode_ids.intersection(outcomes.active_on(self.spec, self.whole, self.today))

    @cached_property
    def appointments(self) -> list[Row]:
        """Every appointment since entry with its number."""
        return self._of_those_asked(outcomes.numbered_appointments(self.spec, self.whole, self.today))

    def with_contact(self, **row: Any) -> Caseload:
        """What it would be with one more contact."""
        contacts = self.whole["contacts"]
        more = pl.concat([contacts, pl.DataFrame([row], schema=contacts.schema)])
        return replace(self, whole=Dataset(dict(self.whole.items()) | {"contacts": more}))

    def by_episode(self, table: str, *order: str) -> dict[str, list[Row]]:
        """The rows of a table by episode, in order."""
        frame = self.dataset[table]
        return _grouped(frame.sort(*order, nulls_last=True).to_dicts() if order else frame.to_dicts(), "episode_id")

    def beside_by(self, table: str, key: str) -> dict[str, list[Row]]:
        return _grouped(self.beside[table], key)

    @cached_property
    def hours_today(self) -> dict[str, Any]:
        """Weekly hours of each job today: the spell that holds, else its contract's."""
        today = pl.lit(self.today)
        holds = (pl.col("from_on") <= today) & (pl.col("to_on").is_null() | (pl.col("to_on") >= today))
        spells = {row["job_id"]: row["weekly_hours"] for row in self.dataset["job_hours"].filter(holds).to_dicts()}
        return {
            row["job_id"]: spells.get(row["job_id"], row["contract_hours"]) for row in self.dataset["jobs"].to_dicts()
        }

    def _of_those_asked(self, frame: pl.DataFrame) -> list[Row]:
        return frame.filter(pl.col("episode_id").is_in(list(self.episode_ids))).to_dicts()

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
    return Caseload(spec, rows.whole, rows.episode_ids, rows.beside, today)


def tables_of(spec: Specification) -> tuple[str, ...]:
    """The tables of every caseload, and those that only the clocks of some services look at."""
    kinds = {clock.kind for clock in spec.pathway.clocks}
    return (*CASELOAD_TABLES, *(table for kind, table in _OF_CLOCKS.items() if kind in kinds))


def _grouped(rows: list[Row], key: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row[key], []).append(row)
    return found

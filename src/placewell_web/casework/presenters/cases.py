"""The rows of a caseload: who, where they stand, what breaks first, the last contact, the milestones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from placewell.vocabulary import label
from placewell_web.casework.presenters import due as dues
from placewell_web.casework.presenters import milestones as marks
from placewell_web.casework.presenters.due import Due
from placewell_web.casework.presenters.milestones import Mark
from placewell_web.casework.presenters.states import State, job_of, state_of
from placewell_web.casework.queries.caseload import Caseload

Row = dict[str, Any]
DAYS_IN_A_WEEK = 7
KINDS = {"call": "Call", "video": "Video", "text": "Text", "email": "Email"}


@dataclass(frozen=True)
class LastContact:
    on: date
    ago: str
    kind: str


@dataclass(frozen=True)
class Case:
    """One open episode as a row."""

    episode_id: str
    name: str
    called: str
    lot: str  # empty where everyone in the list is of the same
    week: int
    state: State
    dues: tuple[Due, ...]
    last_contact: LastContact | None
    marks: tuple[Mark, ...]
    phone: str = ""
    contact_preference: str = ""
    referred_on: date | None = None
    accepted_on: date | None = None
    source: str = ""
    appointments: tuple[Row, ...] = field(default=())

    @property
    def next_due(self) -> Due | None:
        return self.dues[0] if self.dues else None

    @property
    def proof_missing(self) -> bool:
        return any(mark.kind == "missing" for mark in self.marks)


def cases(caseload: Caseload) -> list[Case]:
    """Every episode as a row, in the order in which things break; rows with nothing due last, by name."""
    shown = _Rows(caseload)
    rows = [shown.case(episode) for episode in caseload.episodes]
    return sorted(rows, key=in_order_due)


def in_order_due(case: Case) -> tuple[date, bool, str]:
    """What breaks first; on one day what cannot be repaired first."""
    if case.next_due is None:
        return (date.max, True, case.name.casefold())
    return (case.next_due.on, case.next_due.repeatable, case.name.casefold())


class _Rows:
    """What every row needs, grouped once."""

    def __init__(self, caseload: Caseload) -> None:
        self.caseload, self.today = caseload, caseload.today
        self.ladder = marks.ladder(caseload.spec)
        self.people = {row["person_id"]: row for row in caseload.persons}
        self.called = {row["person_id"]: row for row in caseload.beside["page_people"]}
        self.titles = {row["job_id"]: row for row in caseload.beside["page_jobs"]}
        self.jobs = caseload.jobs
        self.profiles = caseload.by_episode("profiles", "version")
        self.wishes = _latest(caseload.beside["page_profiles"], "preferences")
        self.goals = _latest(caseload.beside["page_plans"], "goal")
        self.last_contacts = caseload.last_two_way
        self.appointments = caseload.beside_by("page_appointments", "episode_id")
        several = len({row["lot"] for row in caseload.episodes}) > 1
        self.lots = {lot.code: lot.name for lot in caseload.spec.service.lots if several}
        self.no_lot = "No lot" if several else ""
        self.dues = _grouped_dues(caseload)
        self.marks = {(row["episode_id"], row["outcome_id"]): row for row in caseload.milestones}

    def case(self, episode: Row) -> Case:
        id, person = episode["episode_id"], self.people[episode["person_id"]]
        beside = self.called.get(episode["person_id"], {})
        called = beside.get("preferred_name") or person["first_name"] or ""
        jobs = [
            job_of(row, self.titles.get(row["job_id"]), self.caseload.hours_today.get(row["job_id"]))
            for row in self.jobs.get(id, ())
        ]
        wish = self.wishes.get(id) or self.goals.get(id) or ""
        return Case(
            episode_id=id,
            name=f"{called} {person['surname'] or ''}".strip(),
            called=called,
            lot=self.lots.get(episode["lot"], self.no_lot),
            week=max((self.today - (episode["accepted_on"] or episode["referred_on"])).days, 0) // DAYS_IN_A_WEEK + 1,
            state=state_of(jobs, self.profiles.get(id, []), wish, self.today),
            dues=tuple(self.dues.get(id, ())),
            last_contact=_last_contact(self.last_contacts.get(id), self.today),
            marks=tuple(self._mark(id, outcome) for outcome, _ in self.ladder.columns),
            phone=person["phone"] or "",
            contact_preference=beside.get("contact_preference") or "",
            referred_on=episode["referred_on"],
            accepted_on=episode["accepted_on"],
            source=label("source", episode["source"]),
            appointments=tuple(self.appointments.get(id, ())),
        )

    def _mark(self, episode_id: str, outcome: str) -> Mark:
        row = self.marks.get((episode_id, outcome))
        return marks.mark(row, self.ladder) if row else marks.not_yet(outcome, self.ladder)


def kind_of_contact(kind: str | None) -> str:
    return KINDS.get(kind or "", label("contact_kind", kind))


def _grouped_dues(caseload: Caseload) -> dict[str, list[Due]]:
    found: dict[str, list[Due]] = {}
    for clock in caseload.clocks:
        if clock["due_on"] is not None:
            found.setdefault(clock["episode_id"], []).append(dues.due(clock, caseload.today))
    return found


def _last_contact(row: Row | None, today: date) -> LastContact | None:
    if row is None:
        return None
    return LastContact(row["on"], dues.days_ago(row["on"], today), kind_of_contact(row["kind"]))


def _latest(rows: Iterable[Row], what: str) -> dict[str, str]:
    ordered = sorted(rows, key=lambda row: int(row["version"] or 0))
    return {row["episode_id"]: row[what] or "" for row in ordered}

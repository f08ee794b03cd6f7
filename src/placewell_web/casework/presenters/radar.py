"""The evidence radar: each milestone that waits for proof, or comes soon, in the order in which it breaks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from placewell.periods import PeriodError, quarter_of
from placewell.specification import Specification
from placewell.vocabulary import label
from placewell_web.casework.presenters.caseload_page import Pill
from placewell_web.casework.presenters.due import GROUPS, When, short_clause, when
from placewell_web.casework.presenters.links import CLIENT, EMPLOYER, state
from placewell_web.casework.queries.caseload import Caseload
from placewell_web.nhsuk.words import count, day, moment, short_day

Row = dict[str, Any]
AHEAD_DAYS = 42  # a milestone is shown so long before it comes
MOST_ROWS = 100
UNPROVED, AHEAD = "unproved", "due"
EVIDENCE_DUE = "evidence_due"
BECAME = {
    "Given": "{called} was given a link, which works until {ends}.",
    "Emailed": "{called} was emailed a link, which works until {ends}.",
    "Opened": "{called} opened the link on {opened}. It works until {ends}.",
    "Answered": "{called} answered on {answered}.",
    "Run out": "The link for {called} ran out on {ends} without an answer.",
    "Taken back": "The link for {called} was taken back on {back}.",
}
"""What became of a link, by its state in words."""


@dataclass(frozen=True)
class AskedState:
    """Whom a link asked, and in a sentence what became of it."""

    whom: str
    said: str


@dataclass(frozen=True)
class RadarRow:
    """One milestone of one person that has no proof yet. `reached`: it is met, so its clock runs."""

    episode_id: str
    name: str
    called: str
    outcome: str
    milestone: str
    on: date
    due_on: date
    when: When
    reached: bool
    here: str
    would_do: str  # the documents that would, where what is here does not name them
    left: str
    clause: str
    job_id: str
    job: str
    has_employer: bool
    may_ask_employer: bool
    waits: bool
    is_enough: bool  # what waits would do once it is verified, so nobody needs to be asked for more
    asked: tuple[AskedState, ...]
    specialist: str = ""  # where the list is of more than one specialist's people

    @property
    def rail(self) -> str:
        return {"late": "late", "soon": "soon"}.get(self.when.group, "")

    @property
    def ask_client(self) -> str:
        """The words of the link that asks the client for a document."""
        return self._ask(CLIENT, self.called)

    @property
    def ask_employer(self) -> str:
        return self._ask(EMPLOYER, "the employer")

    def _ask(self, whom: str, called: str) -> str:
        return f"Ask {called} again" if any(one.whom == whom for one in self.asked) else f"Ask {called}"


@dataclass(frozen=True)
class RadarGroup:
    id: str
    title: str
    rows: tuple[RadarRow, ...]


def radar(
    loaded: Caseload, links: Iterable[Any], agreed: set[str], now: datetime, names: Mapping[str, str] | None = None
) -> list[RadarRow]:
    """Every milestone reached without proof, or coming within six weeks; what breaks first on top.

    `names`: of specialists, by id, where the list is of several.
    """
    shown = _Shown(loaded, links, agreed, now, names or {})
    rows = [shown.row(one) for one in loaded.milestones if shown.is_wanted(one)]
    return sorted(rows, key=lambda row: (row.due_on, not row.reached, row.name.casefold(), row.outcome))


def waiting(rows: Iterable[RadarRow]) -> int:
    """How many milestones are reached and have no proof."""
    return sum(row.reached for row in rows)


def groups(rows: list[RadarRow]) -> list[RadarGroup]:
    """By nearness, as on Today."""
    kept = rows[:MOST_ROWS]
    found = [(id, title, tuple(row for row in kept if row.when.group == id)) for id, title in GROUPS.items()]
    return [RadarGroup(id, title, members) for id, title, members in found if members]


def pills(spec: Specification, rows: list[RadarRow], wanted: str, address: str) -> list[Pill]:
    """All, and each milestone that asks for proof, with its number."""
    found = [Pill("All", len(rows), address, not wanted)]
    for rule in spec.outcomes.evidence:
        number = sum(row.outcome == rule.outcome for row in rows)
        name = label("evidence_outcome", rule.outcome)
        found.append(Pill(name, number, f"{address}?outcome={rule.outcome}", wanted == rule.outcome))
    return found


class _Shown:
    """What every row needs, grouped once."""

    def __init__(
        self, loaded: Caseload, links: Iterable[Any], agreed: set[str], now: datetime, names: Mapping[str, str]
    ) -> None:
        self.loaded, self.today, self.now, self.agreed = loaded, loaded.today, now, agreed
        self.spec = loaded.spec
        self.rules = {rule.outcome: rule for rule in self.spec.outcomes.evidence}
        self.days = {clock.outcome: clock.days or 0 for clock in self.spec.pathway.clocks if clock.kind == EVIDENCE_DUE}
        self.clauses = {one.outcome: one.clause for one in self.spec.pathway.clocks if one.kind == EVIDENCE_DUE}
        self.people = {row["person_id"]: row for row in loaded.persons}
        self.called = {row["person_id"]: row["preferred_name"] for row in loaded.beside["page_people"]}
        self.titles = {row["job_id"]: row for row in loaded.beside["page_jobs"]}
        self.jobs = loaded.by_episode("jobs", "started_on", "job_id")
        whose = {row["episode_id"]: row["specialist_id"] for row in loaded.episodes}
        self.specialists = {id: names.get(specialist or "", "") for id, specialist in whose.items()}
        self.documents = loaded.by_episode("evidence", "received_on", "evidence_id")
        self.links = _latest(links)

    def is_wanted(self, one: Row) -> bool:
        if one["outcome_id"] not in self.rules or not one["on"]:
            return False
        ahead = one["state"] == AHEAD and one["on"] <= self.today + timedelta(days=AHEAD_DAYS)
        return one["state"] == UNPROVED or ahead

    def row(self, one: Row) -> RadarRow:
        id, outcome, on = one["episode_id"], one["outcome_id"], one["on"]
        person = self.people[one["person_id"]]
        called = self.called.get(one["person_id"]) or person["first_name"] or ""
        job = self._job(id, on)
        title = self.titles.get(job["job_id"], {}) if job else {}
        due_on = on + timedelta(days=self.days.get(outcome, 0))
        accepted = one["accepted"] or ""
        waiting = [row for row in self.documents.get(id, ()) if row["outcome"] == outcome and _waits(row)]
        reached, waits = one["state"] == UNPROVED, bool(waiting)
        here = _here(one, reached, waits)
        return RadarRow(
            episode_id=id,
            name=f"{called} {person['surname'] or ''}".strip(),
            called=called,
            outcome=outcome,
            milestone=label("evidence_outcome", outcome),
            on=on,
            due_on=due_on,
            when=when(due_on, self.today),
            reached=reached,
            here=here,
            would_do="" if waits or accepted in here else accepted,
            left=_left(self.spec, on, self.today),
            clause=short_clause(self.clauses.get(outcome, one["clause"] or "")),
            job_id=job["job_id"] if job else "",
            job=_job_words(title),
            has_employer=bool(title.get("employer")),
            may_ask_employer=id in self.agreed,
            waits=waits,
            is_enough=waits and (not reached or self._would_do(one, waiting, job)),
            specialist=self.specialists.get(id, ""),
            asked=tuple(
                _asked(to, called if to == CLIENT else "the employer", link, self.now)
                for to, link in self.links.get((id, outcome), {}).items()
            ),
        )

    def _would_do(self, one: Row, documents: list[Row], job: Row | None) -> bool:
        """Whether these documents prove the milestone once verified: by kind, and the day and job each names."""
        rule = self.rules[one["outcome_id"]]
        jobs = {None, job["job_id"] if job else None}
        fitting = [row for row in documents if row["about_on"] and row["about_on"] >= one["on"]]
        kinds = {row["kind"] for row in fitting if not rule.same_job or row["job_id"] in jobs}
        return not kinds.isdisjoint(rule.accepted) or any(kinds.issuperset(both) for both in rule.backup)

    def _job(self, episode_id: str, on: date) -> Row | None:
        """The job held on the day; else the latest."""
        jobs = self.jobs.get(episode_id, [])
        held = [job for job in jobs if job["started_on"] <= on and (job["ended_on"] is None or job["ended_on"] >= on)]
        return (held or jobs or [None])[-1]


def _here(one: Row, reached: bool, waits: bool) -> str:
    """What is held and why it does not do; before the day, what to ask for."""
    if reached:
        return one["reason"] or ""
    if waits:
        return "A document waits for a verifier already. It counts once the day has come."
    return f"Expected on {day(one['on'])}. Ask for a document about that day or later."


def _job_words(title: Mapping[str, Any]) -> str:
    at = f" at {title['employer']}" if title.get("employer") else ""
    return f"{title.get('title') or 'Job'}{at}" if title else ""


def _left(spec: Specification, on: date, today: date) -> str:
    """How long is left until the return of the milestone's quarter is due."""
    try:
        quarter = quarter_of(on, spec.service.first_quarter_starts)
    except PeriodError:
        return ""
    last = quarter.end - timedelta(days=1)
    return_on = spec.report.due.day(last)
    named = f"the return for the quarter to {short_day(last)} {last.year}"
    left = (return_on - today).days
    if left < 0:
        return f"Too late for {named}, which was due on {day(return_on)}."
    return f"{count(left, 'day')} left for {named}, due on {day(return_on)}."


def _waits(row: Row) -> bool:
    return bool(row["status"] == "received")


def _asked(whom: str, called: str, link: Any, now: datetime) -> AskedState:
    said = BECAME[state(link, now).words].format(
        called=called,
        ends=day(link.expires_at),
        opened=moment(link.opened_at),
        answered=moment(link.answered_at),
        back=day(link.revoked_at),
    )
    return AskedState(whom, said[:1].upper() + said[1:])


def _latest(links: Iterable[Any]) -> dict[tuple[str, str], dict[str, Any]]:
    """By episode and milestone: the newest link to each of client and employer."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for link in links:
        found.setdefault((str(link.episode_id), link.outcome), {}).setdefault(link.given_to, link)
    return found

"""The overview of one person: the story the ribbon tells, next steps, jobs and proof, contacts in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from placewell.specification import Specification
from placewell.vocabulary import label
from placewell_web.casework.actions.covered import COVERED
from placewell_web.casework.presenters.cases import Case, kind_of_contact
from placewell_web.casework.presenters.job_changes import (
    ChangeRow,
    end_words,
    help_words,
    hours_rows,
    pay_on,
    pay_rows,
    problem_words,
)
from placewell_web.casework.presenters.job_standing import in_doubt, judged_otherwise, pay_warning
from placewell_web.casework.presenters.milestones import Mark, ladder, mark
from placewell_web.casework.presenters.ribbon import Event, JobLine, Problem, Story, Touch, spans_of
from placewell_web.casework.queries.caseload import Caseload
from placewell_web.nhsuk.words import count, day, hours, mid_sentence, money

Row = dict[str, Any]
ATTENDANCE = {
    "attended": "attended",
    "did_not_attend": "did not attend",
    "cancelled_by_client": "cancelled",
    "cancelled_by_service": "cancelled by us",
    "one_way": "sent",
}
RECENT = timedelta(days=28)  # a problem heard of longer ago stands with the jobs, not on the overview
ABOUT = dict(COVERED)
LIMITS = ("nine_months", "in_work_limit")


def story(loaded: Caseload, case: Case, called: str, entered_on: date | None, contacts: Iterable[Any] = ()) -> Story:
    """Every lane of the ribbon, from the rows of one episode. `contacts`: which of one day was saved first."""
    episode = loaded.dataset["episodes"].to_dicts()[0]
    return Story(
        called=called,
        referred_on=episode["referred_on"],
        entered_on=entered_on,
        events=tuple(_events(loaded, episode, entered_on)),
        touches=tuple(_touches(loaded, contacts)),
        jobs=tuple(_jobs(loaded)),
        marks=tuple(_marks(loaded)),
        support_ends=_support_ends(loaded),
        closed_on=episode["closed_on"],
        today=loaded.today,
    )


def until_now(told: Story) -> Story:
    """The story of someone who has died: no milestone and no limit lies ahead."""
    return replace(told, marks=tuple(one for one in told.marks if one.kind != "ring"), support_ends=None)


def _events(loaded: Caseload, episode: Row, entered_on: date | None) -> list[Event]:
    found = [Event("Referred", episode["referred_on"], "referred")]
    if entered_on:
        found.append(Event("Entered", entered_on, "dot"))
    elif episode["accepted_on"]:
        found.append(Event("Accepted", episode["accepted_on"], "dot"))
    profiles = [row for row in loaded.dataset["profiles"].sort("version").to_dicts() if row["completed_on"]]
    found += [
        Event("Profile" if n == 0 else "Profile updated", r["completed_on"], "dot") for n, r in enumerate(profiles)
    ]
    plans = [row for row in loaded.dataset["plans"].sort("version").to_dicts() if row["agreed_on"]]
    kinds = loaded.spec.pathway.plan_kinds
    agreed = [row for row in plans if row["kind"] == (kinds[0].id if kinds else "vocational_action")]
    found += [Event("Plan agreed" if n == 0 else "Plan revised", r["agreed_on"], "dot") for n, r in enumerate(agreed)]
    if episode["closed_on"]:
        found.append(Event("Support ended", episode["closed_on"], "end"))
    elif ends := _support_ends(loaded):
        found.append(Event("Support ends", ends, "end"))
    return [event for event in found if event.on <= loaded.today or event.kind == "end"]


def places(contacts: Iterable[Any]) -> dict[str, int]:
    """By id: the place of each contact in the order of their days, within a day in the order of saving."""
    ordered = sorted(contacts, key=lambda one: (one.on, one.created_at, str(one.pk)))
    return {str(one.pk): place for place, one in enumerate(ordered)}


def _touches(loaded: Caseload, contacts: Iterable[Any]) -> list[Touch]:
    found, place = [], places(contacts)
    rows = loaded.dataset["contacts"].sort("on", "contact_id", maintain_order=True).to_dicts()
    for row in sorted(rows, key=lambda row: (row["on"] or date.max, place.get(row["contact_id"], 0))):
        if row["on"] and row["on"] <= loaded.today:
            found.append(Touch(row["on"], touch_kind(row["attendance"]), contact_title(row)))
    return found


def touch_kind(attendance: str | None) -> str:
    if attendance == "attended":
        return "attended"
    return "message" if attendance == "one_way" else "missed"


def contact_title(row: Row) -> str:
    """`Appointment, attended, 45 minutes`; a call nobody took was not answered."""
    kind, attendance = row["kind"], row["attendance"]
    said = ATTENDANCE.get(attendance or "", "not known")
    if attendance == "did_not_attend" and kind in ("call", "video"):
        said = "did not answer"
    elif attendance == "attended" and kind in ("text", "email", "letter"):
        said = "answered"
    words = [kind_of_contact(kind), said]
    if row.get("minutes") and attendance == "attended":
        words.append(f"{row['minutes']} minutes")
    return ", ".join(words)


def _jobs(loaded: Caseload) -> list[JobLine]:
    spells: dict[str, list[Row]] = {}
    for row in loaded.dataset["job_hours"].to_dicts():
        spells.setdefault(row["job_id"], []).append(row)
    titles = {row["job_id"]: row["title"] or "" for row in loaded.beside["page_jobs"]}
    problems: dict[str, list[Problem]] = {}
    for row in loaded.dataset["job_problems"].sort("known_on").to_dicts():
        words = label("job_problem_kind", row["kind"]).lower()
        problems.setdefault(row["job_id"], []).append(Problem(row["known_on"], words))
    return [
        JobLine(
            title=titles.get(row["job_id"]) or "Job",
            from_on=row["first_day_worked_on"] or row["started_on"],
            ended_on=row["ended_on"],
            spans=spans_of(row, spells.get(row["job_id"], [])),
            problems=tuple(problems.get(row["job_id"], ())),
        )
        for row in loaded.dataset["jobs"].sort("started_on", "job_id").to_dicts()
    ]


def _marks(loaded: Caseload) -> list[Mark]:
    """Milestones with a day; one outside the contract only where it is past or lies before the last inside."""
    steps = ladder(loaded.spec)
    found = [mark(row, steps) for row in loaded.foreseen if row["on"]]
    last = max((one.on for one in found if one.counts and one.on), default=date.min)
    kept = [one for one in found if one.counts or (one.on and one.on <= max(last, loaded.today))]
    return [one for one in kept if one.outcome != "engaged" and (one.state != "not_yet" or one.kind == "ring")]


def _support_ends(loaded: Caseload) -> date | None:
    days = [clock["due_on"] for clock in loaded.clocks if clock["clock"] in LIMITS and clock["due_on"]]
    return max(days) if days else None


@dataclass(frozen=True)
class Sentence:
    """What is reached, what is missing, what comes next: the middle is bold."""

    first: str
    bold: str
    last: str


def sentence(loaded: Caseload, told: Story) -> Sentence:
    """The text alternative above the ribbon."""
    marks = [one for one in told.marks if one.counts]
    missing = [one for one in marks if one.kind == "missing"]
    proved = [one for one in marks if one.kind == "met"]
    ahead = [one for one in marks if one.kind == "ring" and one.on and one.on >= told.today]
    bold = ""
    if missing:
        bold = f"{missing[-1].name} reached; its proof is missing."
    elif proved:
        bold = f"{proved[-1].name} reached and proved."
    last = ""
    if ahead and ahead[0].on:
        left = (ahead[0].on - told.today).days
        near = f"in {count(left, 'day')}" if left else "today"
        last = f"{ahead[0].name} falls on {day(ahead[0].on)}, {near}."
    return Sentence(_where(loaded, told), bold, last)


def _where(loaded: Caseload, told: Story) -> str:
    worked, first = loaded.outcome.get("days_in_work"), loaded.outcome.get("job_start_on")
    if worked and first:
        return f"In work for {worked} of the {(told.today - first).days + 1} days since the first day in a job."
    touched = [touch for touch in told.touches if touch.kind == "attended"]
    if told.entered_on:
        weeks = (told.today - told.entered_on).days // 7
        met = f"{count(len(touched), 'contact')} attended" if touched else "no contact yet"
        return f"Entered on {day(told.entered_on)}, {count(weeks, 'week')} ago; {met}."
    return f"Referred on {day(told.referred_on)}; not yet entered the programme."


@dataclass(frozen=True)
class ContactRow:
    id: str
    on: date
    title: str
    more: str
    note: str
    covered: str
    by: str
    number: str = ""


def contact_rows(contacts: list[Any], called: str, numbers: dict[str, str] | None = None) -> list[ContactRow]:
    """Contacts in words, as records of the site; `numbers`: which of them are the how-manieth appointment."""
    found = []
    for one in contacts:
        row = {"kind": one.kind, "attendance": one.attendance, "minutes": one.minutes}
        who = "" if one.with_whom == "client" else label("with_whom", one.with_whom).lower()
        place = _small(label("place", one.place)) if one.place and one.place != "remote" else ""
        more = ", ".join(part for part in (f"with {who}" if who else "", place) if part)
        covered = ", ".join(mid_sentence(ABOUT.get(code, code)) for code in one.covered.split(",") if code)
        words = (contact_title(row), more, one.note, covered, one.specialist.name)
        found.append(ContactRow(str(one.pk), one.on, *words, (numbers or {}).get(str(one.pk), "")))
    return found


def _small(words: str) -> str:
    """The first letter small, but not that of an abbreviation: GP practice."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


@dataclass(frozen=True)
class JobCard:
    """A job with everything known of it."""

    id: str
    title: str
    employer: str
    employer_id: str
    hours: str
    pay: str
    started: str
    first_day: str
    ended: str
    disclosed: str
    competitive: str
    version: int
    current: bool
    occupation: str
    industry: str
    worked: bool
    hours_over_time: tuple[ChangeRow, ...] = ()
    pay_over_time: tuple[ChangeRow, ...] = ()
    problems: tuple[str, ...] = ()
    problem_now: str = ""
    help: str = ""
    help_open: bool = False
    in_doubt: str = ""
    pay_warning: str = ""
    judged_otherwise: str = ""
    start_label: str = "Started"


def job_card(job: Any, today: date) -> JobCard:
    spells = sorted(job.hours.all(), key=lambda spell: spell.from_on)
    changes = sorted(job.pay.all(), key=lambda change: change.from_on)
    problems = sorted(job.problems.all(), key=lambda problem: problem.known_on)
    now = pay_on(job, changes, today)
    pay = f"{money(now)} an hour" if now is not None else "Not known"
    contract = label("contract_type", job.contract_type).lower() if job.contract_type else ""
    return JobCard(
        id=str(job.pk),
        title=job.title or "Job",
        employer=job.employer.name if job.employer else "",
        employer_id=str(job.employer_id or ""),
        hours=_weekly(job, spells, today),
        pay=f"{pay}, {contract}" if contract else pay,
        started=day(job.started_on),
        first_day=day(job.first_day_worked_on) if job.first_day_worked_on else "Not yet",
        ended=end_words(job) if job.ended_on else "",
        disclosed={True: "Yes", False: "No", None: "Not known"}[job.disclosed],
        competitive={True: "Yes", False: "No", None: "Not known"}[job.competitive],
        version=job.version,
        current=job.ended_on is None or job.ended_on >= today,
        occupation=label("occupation", job.occupation),
        industry=label("industry", job.industry),
        worked=job.first_day_worked_on is not None,
        hours_over_time=tuple(hours_rows(job, spells)) if spells else (),
        pay_over_time=tuple(pay_rows(job, changes)) if changes else (),
        problems=tuple(problem_words(one) for one in problems),
        problem_now=problem_words(problems[-1]) if problems and problems[-1].known_on > today - RECENT else "",
        help=help_words(job) if job.ended_on else "",
        help_open=job.ended_on is not None and not job.next_help,
        in_doubt=in_doubt(job),
        pay_warning=pay_warning(job, changes, today),
        judged_otherwise=judged_otherwise(job, changes, today),
        start_label="Starts" if job.started_on > today else "Started",
    )


def _weekly(job: Any, spells: list[Any], today: date) -> str:
    now = [spell for spell in spells if spell.from_on <= today and (spell.to_on is None or spell.to_on >= today)]
    if now:
        known = f"{hours(now[-1].weekly_hours)} a week" if now[-1].weekly_hours is not None else "Not known"
        return f"{known}, since {day(now[-1].from_on)}"
    return f"{hours(job.contract_hours)} a week" if job.contract_hours is not None else "Not known"


def why_ended(spec: Specification, episode: Any, closing: Any) -> str:
    """Why support ended, by the reason of the specification and in the words that were given; nothing while it runs."""
    if episode.closed_on is None:
        return ""
    reasons = {one.id: one.label for one in spec.pathway.closure_reasons}
    reason = reasons.get(episode.closure_reason, episode.closure_reason or "Reason not known")
    return f"{reason}. {closing.words}".strip() if closing and closing.words else reason

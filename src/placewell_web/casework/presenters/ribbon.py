"""What the timeline ribbon tells and is made of; and the same rows as a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from placewell_web.casework.presenters.milestones import Mark
from placewell_web.nhsuk.words import day, hours

FAR = date(2999, 12, 31)


@dataclass(frozen=True)
class Frame:
    """Where things lie; the wide ribbon and the compact one differ in nothing else."""

    left: float
    right: float
    width: int
    base: float  # foot of the job bars
    tall: float  # height of the lane above the foot
    marks: float
    wide: bool


WIDE = Frame(left=104, right=1176, width=1176, base=277, tall=102, marks=303, wide=True)
COMPACT = Frame(left=0, right=358, width=358, base=126, tall=54, marks=145, wide=False)


@dataclass(frozen=True)
class Span:
    """A stretch of a job with one number of hours."""

    from_on: date
    to_on: date
    weekly: Decimal | None


@dataclass(frozen=True)
class Problem:
    """A problem in a job, on the day the service heard of it."""

    on: date
    words: str


@dataclass(frozen=True)
class JobLine:
    title: str
    from_on: date
    ended_on: date | None
    spans: tuple[Span, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Event:
    """Something on the pathway lane."""

    name: str
    on: date
    kind: str  # referred | dot | end


@dataclass(frozen=True)
class Touch:
    """A contact on the contacts lane."""

    on: date
    kind: str  # attended | message | missed
    words: str


@dataclass(frozen=True)
class Story:
    """Everything the ribbon tells, before it is drawn."""

    called: str
    referred_on: date
    entered_on: date | None
    events: tuple[Event, ...]
    touches: tuple[Touch, ...]
    jobs: tuple[JobLine, ...]
    marks: tuple[Mark, ...]
    support_ends: date | None
    closed_on: date | None
    today: date


@dataclass
class Text:
    """Words at a place; `y` of the row they stand in."""

    x: float
    y: float
    words: str
    detail: str = ""


@dataclass
class Bar:
    x: float
    y: float
    width: float
    height: float
    known: bool
    words: str = ""
    words_x: float = 0
    words_y: float = 0


@dataclass
class Point:
    x: float
    kind: str
    y: float = 0
    name: str = ""
    state: str = ""
    tone: str = ""
    on: str = ""
    words_x: float = 0
    shown_x: float = 0  # where the sign stands: beside its day where another sign stands there


@dataclass
class Drawing:
    """Numbers for the template; nothing in it is worked out there."""

    frame: Frame
    height: int
    today_x: float
    today_words: str
    today_box: float
    months: list[Text] = field(default_factory=list)
    lines: list[float] = field(default_factory=list)
    path: list[tuple[str, float, float]] = field(default_factory=list)
    dots: list[Point] = field(default_factory=list)
    labels: list[Text] = field(default_factory=list)
    touches: list[Point] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    hatches: list[Bar] = field(default_factory=list)
    titles: list[Text] = field(default_factory=list)
    problems: list[Point] = field(default_factory=list)
    sixteen: float = 0
    sixteen_words: bool = False
    marks: list[Point] = field(default_factory=list)


def mark_state(mark: Mark, today: date) -> tuple[str, str]:
    """The word under a mark, and its tone: Proved, Proof missing, In work, Due in 38 days."""
    if mark.kind == "met":
        return "Proved", "met"
    if mark.kind == "missing":
        return "Proof missing", "missing"
    if mark.kind == "work":
        return "In work", ""
    if mark.kind == "cross":
        return "Not in work", ""
    left = ((mark.on or today) - today).days
    return (f"Due in {left} days" if left > 1 else "Due tomorrow" if left == 1 else "Due today"), ""


def short_name(name: str) -> str:
    return name.replace(" weeks", " w")


def listed(story: Story) -> list[tuple[str, str]]:
    """Every event in order, as words: made from the same rows as the drawing."""
    rows = [(event.on, event.name) for event in story.events]
    rows += [(touch.on, touch.words) for touch in story.touches]
    for job in story.jobs:
        rows += [(span.from_on, _span_words(job, span)) for span in job.spans]
        rows += [(one.on, f"{job.title}: problem, {one.words}") for one in job.problems]
        if job.ended_on:
            rows.append((job.ended_on, f"{job.title}: last day"))
    for mark in story.marks:
        if mark.on:
            rows.append((mark.on, f"{mark.name}: {mark_state(mark, story.today)[0].lower()}"))
    rows.append((story.today, "Today"))
    return [(day(on), words) for on, words in sorted(rows, key=lambda row: row[0])]


def _span_words(job: JobLine, span: Span) -> str:
    weekly = f"{hours(span.weekly)} hours a week" if span.weekly is not None else "hours not known"
    return f"{job.title}: {'starts, ' if span.from_on == job.from_on else ''}{weekly}"


def with_marks(story: Story, marks: Iterable[Mark]) -> Story:
    return replace(story, marks=tuple(marks))


def spans_of(job: dict[str, Any], spells: list[dict[str, Any]]) -> tuple[Span, ...]:
    """A job's hours without gaps: where no spell holds, the contract's hours do."""
    begins = job["first_day_worked_on"] or job["started_on"]
    ends = job["ended_on"] or FAR
    found: list[Span] = []
    cursor = begins
    for spell in sorted(spells, key=lambda row: row["from_on"]):
        until = min(spell["to_on"] or FAR, ends)
        if spell["from_on"] > cursor:
            found.append(Span(cursor, spell["from_on"] - timedelta(days=1), job["contract_hours"]))
        if until >= cursor:
            found.append(Span(max(spell["from_on"], begins), until, spell["weekly_hours"]))
            cursor = until + timedelta(days=1) if until < FAR else FAR
    if cursor <= ends and cursor < FAR:
        found.append(Span(cursor, ends, job["contract_hours"]))
    return tuple(found)

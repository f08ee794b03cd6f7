"""The timeline ribbon: one linear scale of days, five lanes, drawn on the server; and the same rows as a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from placewell.periods import add_months
from placewell_web.casework.presenters.milestones import Mark
from placewell_web.nhsuk.words import day, hours, short_day

MARGIN_DAYS = 21
BOUNDARY = 16
MARK_GAP = 96
CHARACTER = 6.7  # width of a letter of 13 px Arial, on average
FAR = date(2999, 12, 31)


@dataclass(frozen=True)
class Frame:
    """Where things lie; the wide ribbon and the compact one differ in nothing else."""

    left: float
    right: float
    width: int
    base: float  # foot of the job bars
    tall: float  # height of the highest bar
    marks: float
    wide: bool


WIDE = Frame(left=104, right=1176, width=1176, base=277, tall=90, marks=303, wide=True)
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
    anchor: str = "start"


@dataclass
class Bar:
    x: float
    y: float
    width: float
    height: float
    words: str
    words_y: float
    known: bool


@dataclass
class Point:
    x: float
    kind: str
    y: float = 0
    name: str = ""
    state: str = ""
    tone: str = ""
    on: str = ""
    anchor: str = "middle"
    words_x: float = 0


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
    marks: list[Point] = field(default_factory=list)


class _Scale:
    def __init__(self, story: Story, frame: Frame) -> None:
        days = [mark.on for mark in story.marks if mark.on] + [story.today]
        days += [on for on in (story.support_ends, story.closed_on) if on]
        first = min([story.referred_on, *(event.on for event in story.events), *(t.on for t in story.touches)])
        self.start = first.replace(day=1)
        self.end = max(days) + timedelta(days=MARGIN_DAYS)
        self.frame = frame

    def x(self, on: date) -> float:
        inside = min(max(on, self.start), self.end)
        width = self.frame.right - self.frame.left
        return round(self.frame.left + (inside - self.start).days * width / (self.end - self.start).days, 1)


def draw(story: Story, frame: Frame = WIDE) -> Drawing:
    """The ribbon as coordinates. Width and lanes are those of mockups/casework.md."""
    scale = _Scale(story, frame)
    at = scale.x(story.today)
    drawing = Drawing(
        frame=frame,
        height=384 if frame.wide else 172,
        today_x=at,
        today_words=f"Today {story.today.day} {story.today:%b}" if frame.wide else "Today",
        today_box=min(max(at, frame.left + 50), frame.right - 52),
    )
    _months(drawing, scale)
    _pathway(drawing, scale, story)
    drawing.touches = [Point(scale.x(touch.on), touch.kind) for touch in story.touches]
    _jobs(drawing, scale, story)
    _marks(drawing, scale, story)
    return drawing


def _months(drawing: Drawing, scale: _Scale) -> None:
    frame, month = drawing.frame, scale.start
    months = (scale.end.year - scale.start.year) * 12 + scale.end.month - scale.start.month + 1
    room = (frame.right - frame.left) / months
    step = next(n for n in (1, 2, 3, 6, 12) if room * n >= (42 if frame.wide else 56) or n == 12)
    number = 0
    while month <= scale.end:
        x = scale.x(month)
        if number:
            drawing.lines.append(x)
        near_today = abs(x + 20 - drawing.today_box) < 74
        if number % step == 0 and not near_today and x < frame.right - 30:
            year = f" {month.year}" if number == 0 or month.month <= step else ""
            drawing.months.append(Text(x + (6 if frame.wide else 0), 0, f"{month:%b}{year}", "bold" if year else ""))
        month, number = add_months(month, 1), number + 1


def _pathway(drawing: Drawing, scale: _Scale, story: Story) -> None:
    entered, stop = story.entered_on, story.closed_on or story.today
    if entered and entered > story.referred_on:
        drawing.path.append(("dashed", scale.x(story.referred_on), scale.x(entered)))
    if entered or story.closed_on is None:
        drawing.path.append(("solid" if entered else "dashed", scale.x(entered or story.referred_on), scale.x(stop)))
    if story.support_ends and story.support_ends > story.today and story.closed_on is None:
        drawing.path.append(("dotted", scale.x(story.today), scale.x(story.support_ends)))
    rows: dict[int, float] = {0: -999.0, 1: -999.0}
    for event in sorted(story.events, key=lambda one: one.on):
        x = scale.x(event.on)
        drawing.dots.append(Point(x, event.kind))
        _label(drawing, rows, x, event)


def _label(drawing: Drawing, rows: dict[int, float], x: float, event: Event) -> None:
    """A label above, else below the line; left out where both are taken (it is in the list)."""
    detail = f"{event.on.day} {event.on:%b}"
    width = (len(event.name) + len(detail) + 1) * CHARACTER
    start = min(max(x - 4, drawing.frame.left), drawing.frame.right - width)
    for row in sorted(rows):
        if start > rows[row] + 8 and not (event.kind == "end" and row == 0):
            rows[row] = start + width
            drawing.labels.append(Text(round(start, 1), row, event.name, detail))
            return


def _tracks(jobs: Iterable[JobLine], today: date) -> list[list[JobLine]]:
    """Jobs held at one time lie one above the other."""
    tracks: list[list[JobLine]] = []
    for job in sorted(jobs, key=lambda one: one.from_on):
        for track in tracks:
            if (track[-1].ended_on or FAR) < job.from_on:
                track.append(job)
                break
        else:
            tracks.append([job])
    return tracks


def _jobs(drawing: Drawing, scale: _Scale, story: Story) -> None:
    frame, tracks = drawing.frame, _tracks(story.jobs, story.today)
    known = [float(span.weekly) for job in story.jobs for span in job.spans if span.weekly is not None]
    room = frame.tall / max(len(tracks), 1) - (0 if len(tracks) < 2 else 16 if frame.wide else 4)
    unit = min(room / max([*known, 24.0]), 2.4 if frame.wide else 1.6)
    drawing.sixteen = round(frame.base - BOUNDARY * unit, 1)
    for number, track in enumerate(tracks):
        base = frame.base - number * (frame.tall / len(tracks))
        taken = -999.0
        for job in track:
            top = _bars(drawing, scale, story, job, base, unit)
            drawing.problems += [Point(scale.x(one.on), "problem", y=base) for one in job.problems]
            taken = _title(drawing, scale, story, job, top, taken, len(tracks) > 1)


def _bars(drawing: Drawing, scale: _Scale, story: Story, job: JobLine, base: float, unit: float) -> float:
    top = base
    for span in job.spans:
        if span.from_on > story.today:
            continue
        x, end = scale.x(span.from_on), scale.x(min(span.to_on, story.today) + timedelta(days=1))
        known = span.weekly is not None
        height = round(float(span.weekly or BOUNDARY) * unit, 1)
        width = max(round(min(end, drawing.today_x if span.to_on >= story.today else end) - x - 0.8, 1), 2)
        drawing.bars.append(
            Bar(x, round(base - height, 1), width, height, _hours(span.weekly, width, drawing.frame), base - 7, known)
        )
        top = min(top, base - height)
    last = job.spans[-1] if job.spans else None
    if last and job.ended_on is None:
        height = round(float(last.weekly or BOUNDARY) * unit, 1)
        x = scale.x(max(story.today, last.from_on))
        drawing.hatches.append(Bar(x, round(base - height, 1), round(drawing.frame.right - x, 1), height, "", 0, True))
        top = min(top, base - height)
    return top


def _hours(weekly: Decimal | None, width: float, frame: Frame) -> str:
    if weekly is None:
        return "?" if width > 12 else ""
    long, short = f"{hours(weekly)} hours", f"{hours(weekly)} h"
    if frame.wide and width > len(long) * 7.4 + 10:
        return long
    return short if width > len(short) * 7 + 4 else ""


def _title(
    drawing: Drawing, scale: _Scale, story: Story, job: JobLine, top: float, taken: float, crowded: bool
) -> float:
    if not drawing.frame.wide:
        return taken
    x = scale.x(job.from_on)
    until = f"{short_day(job.from_on)} to {short_day(job.ended_on)}" if job.ended_on else _since(job, story.today)
    width = max(len(job.title) * 7.2, 0 if crowded else len(until) * CHARACTER)
    x = min(x, drawing.frame.right - width)
    if x < taken:
        return taken
    drawing.titles.append(Text(x, round(min(top, drawing.sixteen) - 6, 1), job.title, "" if crowded else until))
    return float(x + width + 8)


def _since(job: JobLine, today: date) -> str:
    return (
        f"from {short_day(job.from_on)}, still in work" if job.from_on <= today else f"starts {short_day(job.from_on)}"
    )


def _marks(drawing: Drawing, scale: _Scale, story: Story) -> None:
    """Marks hang from the bar; a label nearer than 96 px to the one before goes to the second row."""
    rows: dict[int, float] = {0: -999.0, 1: -999.0}
    for mark in sorted((one for one in story.marks if one.on), key=lambda one: one.on or FAR):
        assert mark.on is not None
        x = scale.x(mark.on)
        row = 0 if x - rows[0] >= MARK_GAP or not drawing.frame.wide else 1
        rows[row] = x
        frame = drawing.frame
        edge = 56 if frame.wide else 16
        state, tone = mark_state(mark, story.today)
        drawing.marks.append(
            Point(
                x,
                mark.kind,
                y=row,
                name=mark.name if frame.wide else short_name(mark.name),
                state=state,
                tone=tone,
                on=day(mark.on),
                words_x=min(max(x, frame.left + edge), frame.right - edge),
            )
        )
        if row == 1:
            drawing.height = 436


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

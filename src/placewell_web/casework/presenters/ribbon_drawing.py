"""The ribbon as coordinates: one linear scale of days, five lanes; words and signs never lie over each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from placewell.periods import add_months
from placewell_web.casework.presenters.letter_widths import width_of
from placewell_web.casework.presenters.ribbon import (
    FAR,
    WIDE,
    Bar,
    Drawing,
    Event,
    Frame,
    JobLine,
    Point,
    Problem,
    Story,
    Text,
    mark_state,
    short_name,
)
from placewell_web.nhsuk.words import day, hours, short_day

MARGIN_DAYS = 21
BOUNDARY = 16
SIGN, DOT, PROBLEM = 23, 14, 20  # room that a milestone's sign, a dot of the pathway and a problem need
TITLED = 3  # as many jobs held at one time have their names in the drawing; more are named in the list
LONGEST = 40  # letters of a job's name


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
    """Width and lanes are those of mockups/casework.md."""
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


def apart(places: Sequence[float], room: float, least: float, most: float) -> list[float]:
    """These places in their order, moved just so far that each has its room between `least` and `most`."""
    found: list[float] = []
    for place in places:
        found.append(max(place, found[-1] + room if found else least))
    after = most + room
    for number in reversed(range(len(found))):
        found[number] = after = round(min(found[number], after - room), 1)
    return found


def _months(drawing: Drawing, scale: _Scale) -> None:
    frame, month = drawing.frame, scale.start
    months = (scale.end.year - scale.start.year) * 12 + scale.end.month - scale.start.month + 1
    room = (frame.right - frame.left) / months
    step = next(n for n in (1, 2, 3, 6, 12) if room * n >= (42 if frame.wide else 56) or n == 12)
    half, taken = (52 if frame.wide else 27) + 4, -999.0
    for number in range(months):
        x = scale.x(month)
        if number:
            drawing.lines.append(x)
        year = f" {month.year}" if number == 0 or month.month <= step else ""
        words = f"{month:%b}{year}"
        start = x + (6 if frame.wide else 0)
        end = start + width_of(words, bold=bool(year))
        near_today = start < drawing.today_box + half and end > drawing.today_box - half
        if number % step == 0 and not near_today and start > taken and end <= frame.right:
            drawing.months.append(Text(start, 0, words, "bold" if year else ""))
            taken = end + 4
        month = add_months(month, 1)


def _pathway(drawing: Drawing, scale: _Scale, story: Story) -> None:
    entered, stop = story.entered_on, story.closed_on or story.today
    if entered and entered > story.referred_on:
        drawing.path.append(("dashed", scale.x(story.referred_on), scale.x(entered)))
    if entered or story.closed_on is None:
        drawing.path.append(("solid" if entered else "dashed", scale.x(entered or story.referred_on), scale.x(stop)))
    if story.support_ends and story.support_ends > story.today and story.closed_on is None:
        drawing.path.append(("dotted", scale.x(story.today), scale.x(story.support_ends)))
    rows: dict[int, float] = {0: -999.0, 1: -999.0}
    events = sorted(story.events, key=lambda one: one.on)
    places = apart([scale.x(event.on) for event in events], DOT, drawing.frame.left, drawing.frame.right - 7)
    for event, x in zip(events, places, strict=True):
        drawing.dots.append(Point(x, event.kind))
        _label(drawing, rows, x, event)


def _label(drawing: Drawing, rows: dict[int, float], x: float, event: Event) -> None:
    """A label above, else below the line; left out where both are taken (it is in the list)."""
    detail = f"{event.on.day} {event.on:%b}"
    width = width_of(f"{event.name} {detail}")
    start = min(max(x - 4, drawing.frame.left), drawing.frame.right - width)
    for row in sorted(rows):
        if start > rows[row] + 8 and not (event.kind == "end" and row == 0):
            rows[row] = start + width
            drawing.labels.append(Text(round(start, 1), row, event.name, detail))
            return


def _tracks(jobs: Iterable[JobLine]) -> list[list[JobLine]]:
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
    frame, tracks = drawing.frame, _tracks(story.jobs)
    known = [float(span.weekly) for job in story.jobs for span in job.spans if span.weekly is not None]
    band = frame.tall / max(len(tracks), 1)
    room = band - _title_room(frame, len(tracks))
    unit = min(room / max([*known, 24.0]), 2.4 if frame.wide else 1.6)
    drawing.sixteen = round(frame.base - BOUNDARY * unit, 1)
    for number, track in enumerate(tracks):
        base = frame.base - number * band
        first = len(drawing.bars), len(drawing.hatches)
        for job in track:
            _bars(drawing, scale, story, job, base, unit)
        shapes = [*drawing.bars[first[0] :], *drawing.hatches[first[1] :]]
        if band >= PROBLEM:
            _problems(drawing, scale, (one for job in track for one in job.problems), base)
        signs = [one.shown_x for one in drawing.problems if one.y == base]
        for bar in drawing.bars[first[0] :]:
            _hours(bar, drawing, signs)
        if frame.wide and len(tracks) <= TITLED:
            _titles(drawing, scale, story, track, shapes, base, crowded=len(tracks) > 1)
    shapes = [*drawing.bars, *drawing.hatches]
    drawing.sixteen_words = bool(shapes) and (frame.wide or all(shape.x > 34 for shape in shapes))


def _title_room(frame: Frame, tracks: int) -> int:
    """What the names above the bars take of the height of one track."""
    if not frame.wide:
        return 0 if tracks < 2 else 4
    return 32 if tracks < 2 else 18 if tracks <= TITLED else 2


def _bars(drawing: Drawing, scale: _Scale, story: Story, job: JobLine, base: float, unit: float) -> None:
    for span in job.spans:
        if span.from_on > story.today:
            continue
        x, end = scale.x(span.from_on), scale.x(min(span.to_on, story.today) + timedelta(days=1))
        height = round(float(span.weekly or BOUNDARY) * unit, 1)
        width = max(round(min(end, drawing.today_x if span.to_on >= story.today else end) - x - 0.8, 1), 2)
        known = span.weekly is not None
        drawing.bars.append(Bar(x, round(base - height, 1), width, height, known, words=_weekly(span.weekly)))
    last = job.spans[-1] if job.spans else None
    if last and job.ended_on is None:
        height = round(float(last.weekly or BOUNDARY) * unit, 1)
        x = scale.x(max(story.today, last.from_on))
        drawing.hatches.append(Bar(x, round(base - height, 1), round(drawing.frame.right - x, 1), height, True))


def _weekly(weekly: Decimal | None) -> str:
    return f"{hours(weekly)} hours" if weekly is not None else "?"


def _problems(drawing: Drawing, scale: _Scale, problems: Iterable[Problem], base: float) -> None:
    """One sign for each day, beside the day where another stands there."""
    days = sorted({one.on for one in problems})
    frame = drawing.frame
    places = apart([scale.x(on) for on in days], PROBLEM, frame.left + 10, frame.right - 10)
    drawing.problems += [Point(scale.x(on), "problem", y=base, shown_x=x) for on, x in zip(days, places, strict=True)]


def _hours(bar: Bar, drawing: Drawing, signs: Sequence[float]) -> None:
    """The hours inside their bar, clear of problems and of the line of sixteen; short, or left out, without room."""
    frame, foot = drawing.frame, bar.y + bar.height
    long, short = bar.words, bar.words.replace("hours", "h")
    bar.words = ""
    inset = 9 if frame.wide else 5
    for words in (long, short) if frame.wide else (short,):
        width = width_of(words, bold=True)
        for y in (foot - 7, bar.y + 15):
            if y - 11 < bar.y or y + 3 > foot or y - 11 < drawing.sixteen < y + 3:
                continue
            beside = [] if y + 3 < foot - 18 else signs
            for start in (bar.x + inset, bar.x + 3, *(sign + 13 for sign in beside)):
                inside = bar.x + 3 <= start and start + width <= bar.x + bar.width - 2
                if inside and all(sign + 10 < start or sign - 10 > start + width for sign in beside):
                    bar.words, bar.words_x, bar.words_y = words, round(start, 1), round(y, 1)
                    return


def _titles(
    drawing: Drawing,
    scale: _Scale,
    story: Story,
    track: Sequence[JobLine],
    shapes: Sequence[Bar],
    base: float,
    *,
    crowded: bool,
) -> None:
    """The name of each job above whatever its words reach over; left out where the one before needs the room."""
    taken = -999.0
    for job in track:
        name = job.title if len(job.title) <= LONGEST else f"{job.title[: LONGEST - 1].rstrip()}…"
        until = "" if crowded else _since(job, story.today)
        width = max(width_of(name, bold=True), width_of(until))
        x = min(scale.x(job.from_on), drawing.frame.right - width)
        if x < taken:
            continue
        taken = x + width + 8
        below = [shape.y for shape in shapes if shape.x < x + width and shape.x + shape.width > x]
        below += [base - 18 for one in drawing.problems if one.y == base and x - 10 < one.shown_x < x + width + 10]
        top = min([base, *below, *([drawing.sixteen] if base == drawing.frame.base else [])])
        drawing.titles.append(Text(round(x, 1), round(top - 6, 1), name, until))


def _since(job: JobLine, today: date) -> str:
    if job.ended_on:
        return f"{short_day(job.from_on)} to {short_day(job.ended_on)}"
    return (
        f"from {short_day(job.from_on)}, still in work" if job.from_on <= today else f"starts {short_day(job.from_on)}"
    )


def _marks(drawing: Drawing, scale: _Scale, story: Story) -> None:
    """Marks hang from the bar; words that would meet those before go a row down, or on a phone are left out."""
    frame = drawing.frame
    marks = sorted((one for one in story.marks if one.on), key=lambda one: one.on or FAR)
    days = [scale.x(one.on or FAR) for one in marks]
    places = apart(days, SIGN, frame.left + 11, frame.right - 12)
    ends: list[float] = []
    for mark, x, shown in zip(marks, days, places, strict=True):
        state, tone = mark_state(mark, story.today)
        name, on = mark.name if frame.wide else short_name(mark.name), day(mark.on)
        said = (name, state, on) if frame.wide else (name,)
        width = max(width_of(words, bold=frame.wide) for words in said)
        middle = min(max(shown, frame.left + width / 2), frame.right - width / 2)
        row = next((n for n, end in enumerate(ends) if middle - width / 2 >= end + 6), len(ends))
        if row and not frame.wide:
            name = ""
        else:
            ends[row : row + 1] = [middle + width / 2]
            drawing.height = max(drawing.height, 384 + 54 * row if frame.wide else 172)
        point = Point(x, mark.kind, y=row, name=name, state=state, tone=tone, on=on, words_x=round(middle, 1))
        point.shown_x = shown
        drawing.marks.append(point)

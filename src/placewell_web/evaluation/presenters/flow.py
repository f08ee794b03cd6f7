"""The participant flow in words and rows: the four facts, the diagram, the table whose counts open their people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from placewell.evaluation.boxes import PHASES, Box, Flow, Line
from placewell.evaluation.consort import to_svg
from placewell.evaluation.recruitment import Recruitment
from placewell.evaluation.withdrawals import Withdrawals
from placewell_web.evaluation.queries import Ledger, People
from placewell_web.nhsuk.words import clock_time

NOT_DUE = "not_due"


@dataclass(frozen=True)
class Picture:
    """A drawing of the library, which has escaped every word in it; templates take it as it is."""

    svg: str

    def __html__(self) -> str:
        return self.svg


@dataclass(frozen=True)
class Fact:
    """A tile: what, the number, its unit, and a sentence; `mark` where it is a state."""

    name: str
    number: str
    unit: str
    note: str
    mark: str = ""
    link: str = ""


@dataclass(frozen=True)
class Row:
    """A row of the flow as a table; `query` opens the people behind its number."""

    depth: int
    label: str
    shown: str
    query: str


@dataclass(frozen=True)
class Part:
    """A phase of the flow, of one arm where it has arms."""

    title: str
    rows: tuple[Row, ...]


def picture(flow: Flow, what: str) -> Picture:
    """The diagram as a part of a page."""
    return Picture(to_svg(flow, what, alone=False))


def parts(flow: Flow, area: dict[str, str]) -> tuple[Part, ...]:
    """The flow as tables, a phase (and below randomisation an arm) at a time, in reading order."""
    enrolment = (flow.referred, flow.assessed, flow.excluded, flow.randomised)
    found = [Part(PHASES["enrolment"], tuple(row for box in enrolment for row in _rows(box, area)))]
    for number, column in enumerate(flow.columns):
        name = column[0].title if flow.arms and column else "After randomisation"
        found.append(Part(name, tuple(row for box in flow.columns[number] for row in _rows(box, area))))
    return tuple(found)


def _rows(box: Box, area: dict[str, str]) -> Iterator[Row]:
    yield Row(0, box.title, box.shown, _query(box, None, area))
    yield from (Row(1 + line.depth, line.label, line.shown, _query(box, line, area)) for line in box.lines)


def _query(box: Box, line: Line | None, area: dict[str, str]) -> str:
    """What opens the people of a count; nothing where it counts nobody."""
    if not (line.count if line else box.count):
        return ""
    asked = {"box": box.id, "line": line.id if line else "", "arm": box.arm or ""}
    return "?" + urlencode(area | {name: value for name, value in asked.items() if value})


def query_of(found: People, area: dict[str, str]) -> str:
    """What opens the same people again, for another page of them."""
    return _query(found.box, found.line, area) or "?" + urlencode(area | {"box": found.box.id})


def facts(
    flow: Flow, together: Flow, pace: Recruitment, left: Withdrawals, late: int, ledger: Ledger, now: object
) -> tuple[Fact, ...]:
    """The four tiles. `together`: the flow without arms; `late`: withdrawals told to the evaluator too late."""
    return (
        Fact("Randomised", f"{pace.count:,}", "", _of_plan(pace)),
        *_answered(flow, together),
        Fact("Withdrawn", f"{left.people:,}", "", " ".join((_by_arm(left, flow), _told(left, late))).strip()),
        ledger_fact(ledger, now),
    )


def _of_plan(pace: Recruitment) -> str:
    short = pace.planned - pace.count
    left = f"{short:,} {'short' if not pace.open else 'to go'}" if short > 0 else "the plan is met"
    return f"of {pace.planned:,} planned, {left}"


def _answered(flow: Flow, together: Flow) -> Iterator[Fact]:
    """The last follow-up: how many answered of those whose time is over, and how far apart the arms are."""
    boxes = [box for column in together.columns for box in column if box.phase == "follow_up"]
    if not boxes:
        return
    box = boxes[-1]
    answered, due = _share(box)
    apart = _apart(flow, box.id)
    waiting = sum(line.count or 0 for line in box.lines if line.id == NOT_DUE)
    note = f"{answered:,} of {due:,} due" if due else f"{waiting:,} not due yet"
    number, unit = (f"{per_cent(answered, due)}", "%") if due else ("None due", "")
    yield Fact(box.title, number, unit, f"{note}; {apart}" if apart else note)


def _share(box: Box) -> tuple[int, int]:
    """How many answered of how many whose time is over."""
    return next((line.share for line in box.lines if line.share), (0, 0))


def per_cent(part: int, whole: int) -> int:
    """A share in whole per cent, halves up."""
    return (200 * part + whole) // (2 * whole)


def _apart(flow: Flow, box_id: str) -> str:
    """How far apart the arms are, for who sees arms."""
    boxes = [box for column in flow.columns for box in column if flow.arms and box.id == box_id]
    shares = [per_cent(*_share(box)) for box in boxes if _share(box)[1]]
    if len(shares) < 2:
        return ""
    apart = max(shares) - min(shares)
    return f"{apart} {'point' if apart == 1 else 'points'} apart by arm"


def _by_arm(left: Withdrawals, flow: Flow) -> str:
    names = {column[0].arm: column[0].title.removeprefix("Allocated to ") for column in flow.columns if flow.arms}
    said = ", ".join(f"{names.get(arm, arm)} {count:,}" for arm, count in left.by_arm.items())
    return f"{said}." if said else ""


def _told(left: Withdrawals, late: int) -> str:
    if not left.people:
        return "Nobody has withdrawn."
    if late:
        return f"{late:,} told to you late or not yet"
    return "All told to you in time"


def ledger_fact(ledger: Ledger, now: object) -> Fact:
    """Whether the ledger is unbroken, as checked this moment."""
    checked = ledger.checked
    if not checked.entries:
        return Fact("Ledger", "Not opened", "", "The trial has no ledger yet", "none")
    note = f"{checked.entries:,} entries, checked now, at {clock_time(now)}"  # type: ignore[arg-type]
    if ledger.sound:
        return Fact("Ledger", "Unbroken", "", note, "met")
    if checked.problems:
        return Fact("Ledger", "Broken", "", note, "breached")
    if not ledger.departed:
        return Fact("Ledger", "Records differ", "", note, "breached")
    return Fact("Ledger", "Not as you hold it", "", note, "breached")

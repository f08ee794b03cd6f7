"""The supervision sheet: what is looked at together, as lines that can be kept as they were when it was signed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from placewell.periods import Period
from placewell_web.casework.presenters.board import Behind, BoardRow
from placewell_web.nhsuk.words import count, day

CONTACT_DAYS = 28
MOST_MISSED = 4  # of one kind of meeting
MOST_LINES = 8  # of a list of people, so that the sheet stays on two pages; the board has the rest


@dataclass(frozen=True)
class Line:
    """A line of the sheet: what it says, its values, and the episode it is about, if any."""

    label: str
    values: tuple[str, ...] = ()
    note: str = ""
    episode_id: str = ""


@dataclass(frozen=True)
class Section:
    """A part of the sheet; `wide` is a list of sentences, else figures in columns under `heads`."""

    id: str
    title: str
    lines: tuple[Line, ...]
    heads: tuple[str, ...] = ()
    empty: str = ""
    note: str = ""
    more: int = 0
    wide: bool = False


def to_text(sections: Iterable[Section]) -> str:
    """The sheet as it is kept."""
    return json.dumps([asdict(one) for one in sections], ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_text(text: str) -> list[Section]:
    """A kept sheet, as it was."""
    return [_section(row) for row in json.loads(text)] if text else []


def _section(row: dict[str, Any]) -> Section:
    lines = tuple(Line(**{**line, "values": tuple(line["values"])}) for line in row["lines"])
    return Section(**{**row, "lines": lines, "heads": tuple(row["heads"])})


def sheet(
    row: BoardRow,
    contacts: Sequence[dict[str, Any]],
    meetings: Sequence[dict[str, Any]],
    names: Mapping[str, str],
    employers: Any,
    outcomes: Sequence[tuple[str, str, tuple[str, ...]]],
    periods: Sequence[Period],
    actions: Sequence[Any],
    today: date,
) -> list[Section]:
    """Everything in the order in which it is talked about: the load, what was achieved, what stands still.

    `contacts`: rows of the data set about the specialist's people; `meetings`: those their jobs asked for lately;
    `names`: of the people, by episode.
    """
    return [
        _caseload(row),
        _contacts(contacts, employers, today),
        _meetings(meetings, names),
        _outcomes(outcomes, periods),
        _people("late", "Late", row.people["late"], "Nothing is late."),
        _people("stuck", "Stuck", row.people["stuck"], "Nobody is stuck."),
        _people("limits", "Limits of search and support ahead", _both(row), "Nobody nears a limit."),
        _people("proof", "Proof missing", row.people["proof"], "No proof is missing."),
        _actions(actions, today),
    ]


def _caseload(row: BoardRow) -> Section:
    opened, late = row.number("open"), row.number("late")
    held = f"{opened - late} of {opened}" + (f" ({(opened - late) / opened:.0%})" if opened else "")
    lines = (
        Line(
            "Open cases against the limit" if row.room.most is not None else "Open cases",
            (row.room.counted,),
            row.room.left,
        ),
        Line("Active cases", (str(row.room.active),)),
        Line("Share of full time", (f"{row.fte:.0%}",)),
        Line("Waiting for a first contact", (str(row.number("new")),)),
        Line("In work", (str(row.number("in_work")),)),
        Line("People with nothing late today", (held,)),
    )
    said = "The last line is the share of open cases in which no clock has run out today."
    return Section("caseload", "Caseload", lines, note=said)


def _contacts(contacts: Sequence[dict[str, Any]], employers: Any, today: date) -> Section:
    since = today - timedelta(days=CONTACT_DAYS)
    lately = [one for one in contacts if one["on"] and since < one["on"] <= today and one["with_whom"] == "client"]
    attended = [one for one in lately if one["attendance"] == "attended"]
    lines = (
        Line("Two-way contacts", (str(len(attended)),)),
        Line("People spoken with", (str(len({one["episode_id"] for one in attended})),)),
        Line("Attempts and missed meetings", (str(len(lately) - len(attended)),)),
        Line("Contacts with employers", (str(employers.contacts),)),
        Line("Of these face to face", (str(employers.face_to_face),)),
        Line("Different employers", (str(employers.employers),)),
    )
    return Section("contacts", f"Contacts in the last {CONTACT_DAYS} days", lines)


def _meetings(meetings: Sequence[dict[str, Any]], names: Mapping[str, str]) -> Section:
    """How many of the meetings that jobs asked for were held in time, kind by kind, and with whom not."""
    kinds: dict[str, list[dict[str, Any]]] = {}
    for one in meetings:
        kinds.setdefault(one["what"], []).append(one)
    lines = [Line(what, (_share(rows),), _missed(rows, names)) for what, rows in kinds.items()]
    if len(kinds) > 1:
        lines.insert(0, Line("All together", (_share(meetings),)))
    title = f"Meetings that jobs asked for in the last {CONTACT_DAYS} days"
    return Section("meetings", title, tuple(lines), empty="No job asked for a meeting by then.")


def _share(rows: Sequence[dict[str, Any]]) -> str:
    held = sum(row["held_on"] is not None for row in rows)
    return f"{held} of {len(rows)} ({held / len(rows):.0%})"


def _missed(rows: Sequence[dict[str, Any]], names: Mapping[str, str]) -> str:
    missed = [f"{names[row['episode_id']]} by {day(row['due_on'])}" for row in rows if row["held_on"] is None]
    if not missed:
        return ""
    more = len(missed) - MOST_MISSED
    return f"Not held: {'; '.join(missed[:MOST_MISSED])}{f', and {more} more' if more > 0 else ''}."


def _outcomes(outcomes: Sequence[tuple[str, str, tuple[str, ...]]], periods: Sequence[Period]) -> Section:
    lines = tuple(Line(name, values, clause) for name, clause, values in outcomes)
    heads = tuple(f"{'Quarter' if 'Q' in one.label else 'Year'} from {day(one.start)}" for one in periods)
    return Section("outcomes", "Outcomes of the people supported", lines, heads, empty="The contract has not begun.")


def _both(row: BoardRow) -> tuple[Behind, ...]:
    return tuple(sorted((*row.people["search"], *row.people["limits"]), key=lambda one: one.on or date.max))


def _people(id: str, title: str, behind: Sequence[Behind], empty: str) -> Section:
    lines = tuple(Line(one.case.name, (), _said(one), one.case.episode_id) for one in behind[:MOST_LINES])
    return Section(id, title, lines, empty=empty, more=max(len(behind) - MOST_LINES, 0), wide=True)


def _said(one: Behind) -> str:
    said = one.why or one.case.state.label
    return f"{said}, by {day(one.on)}" if one.on and not said.endswith(".") else said


def _actions(actions: Sequence[Any], today: date) -> Section:
    lines = tuple(Line(one.what, (one.who.name, action_state(one, today))) for one in actions)
    return Section("actions", "Agreed before", lines, ("Who", "State"), "Nothing was open.", wide=False)


def action_state(one: Any, today: date) -> str:
    """`Done on 3 June 2019`, `5 days late`, `By 20 June 2019`, `Open`."""
    if one.done_on is not None:
        return f"Done on {day(one.done_on)}"
    if one.due_on is None:
        return "Open"
    late = (today - one.due_on).days
    return f"{count(late, 'day')} late" if late > 0 else f"By {day(one.due_on)}"

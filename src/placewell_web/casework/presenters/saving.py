"""What saving a contact changes: what it clears, what it keeps, what stays open, and who comes next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from placewell_web.casework.presenters.cases import Case
from placewell_web.casework.presenters.overview import contact_title
from placewell_web.casework.queries.caseload import Caseload
from placewell_web.nhsuk.words import day, short_day

CONTACT = "log_contact"
NOTE_CHARACTERS = 70


@dataclass(frozen=True)
class Effect:
    mark: str
    verb: str
    words: str
    clause: str


def effects(case: Case, today: date, planned: bool) -> list[Effect]:
    """For an attended contact with the person: what is cleared, kept, and still open."""
    found = []
    for due in case.dues:
        if due.action == CONTACT:
            late = f", {due.when.words}" if due.when.group == "late" else f", due {day(due.on)}"
            met = " if you met face to face" if due.face_to_face else ""
            found.append(Effect("met", "Clears", f"{due.doing}{late}{met}", due.clause))
    if planned:
        until = today + timedelta(days=27)
        found.append(Effect("ring", "Keeps", f"{case.called} on the active caseload to {day(until)}", "App. 7 St 1"))
    for due in case.dues:
        if due.action != CONTACT:
            found.append(Effect("missing", "Still open:", f"{due.doing}, by {day(due.on)}", due.clause))
    return found


def has_plan(loaded: Caseload) -> bool:
    """Whether a plan holds today, so that a contact keeps the case active."""
    today = loaded.today
    return any(
        row["kind"] == "vocational_action"
        and row["agreed_on"]
        and row["agreed_on"] <= today
        and (row["ended_on"] is None or row["ended_on"] >= today)
        for row in loaded.dataset["plans"].to_dicts()
    )


def next_due(cases: Iterable[Case], but: str) -> Case | None:
    """The person with whom something breaks next."""
    return next((case for case in cases if case.next_due and case.episode_id != but), None)


def recent(contacts: Iterable[Any]) -> list[tuple[str, str]]:
    """The last contacts in a line each."""
    found = []
    for one in contacts:
        title = contact_title({"kind": one.kind, "attendance": one.attendance, "minutes": one.minutes})
        note = " ".join(one.note.split())
        cut = note if len(note) <= NOTE_CHARACTERS else note[:NOTE_CHARACTERS].rsplit(" ", 1)[0] + " …"
        found.append((short_day(one.on), f"{title}. {cut}" if cut else title))
    return found

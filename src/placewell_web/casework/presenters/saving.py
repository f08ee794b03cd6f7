"""What saving a contact changes: what it clears, what it keeps, what stays open, and who comes next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from placewell.specification.outcomes import Engagement
from placewell_web.casework.presenters.cases import Case
from placewell_web.casework.presenters.due import short_clause
from placewell_web.casework.presenters.overview import contact_title, places
from placewell_web.casework.queries.caseload import Caseload
from placewell_web.nhsuk.words import day, moment, nth, short_day

CONTACT = "log_contact"
NOTE_CHARACTERS = 70
NEW = str(UUID(int=0))  # the contact that is not saved yet


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


def ordinal(loaded: Caseload, contact_id: str, saved: Iterable[Any]) -> str:
    """`3rd appointment: engaged`; empty where the service does not count the contact as an appointment.

    `saved`: every contact of that day.
    """
    return ordinals(loaded, saved).get(contact_id, "")


def ordinals(loaded: Caseload, saved: Iterable[Any]) -> dict[str, str]:
    """The same of every contact, by id. `saved`: the contacts, which say in which order those of one day were saved."""
    return {row["contact_id"]: _ordinal(loaded, row) for row in _numbered(loaded, saved)}


def _numbered(loaded: Caseload, saved: Iterable[Any]) -> list[dict[str, Any]]:
    """The library's numbers, which know only days: within a day in order of saving, what is not saved yet last."""
    place = places(saved)
    rows = loaded.appointments
    by_day = sorted(rows, key=lambda row: (row["episode_id"], row["on"], row["number"]))
    by_saving = sorted(
        by_day,
        key=lambda row: (row["episode_id"], row["on"], row["contact_id"] == NEW, place.get(row["contact_id"], 0)),
    )
    return [own | {"number": row["number"]} for own, row in zip(by_saving, by_day, strict=True)]


def counting(loaded: Caseload, case: Case, today: date) -> list[Effect]:
    """What a meeting today would count as, by the service's own definition of engaged."""
    row = {"contact_id": NEW, "episode_id": case.episode_id, "on": today, "kind": "appointment"}
    words = ordinal(loaded.with_contact(**row, with_whom="client", attendance="attended"), NEW, ())
    engaged = engagement(loaded)
    clause = short_clause(engaged.clause) if engaged and ":" in words else ""
    return [Effect("met", "Counts as", f"the {words}", clause)] if words else []


def engagement(loaded: Caseload) -> Engagement | None:
    """The service's definition of engaged, where it has one."""
    found = (one for one in loaded.spec.outcomes.outcomes if isinstance(one, Engagement) and one.milestone)
    return next(found, None)


def _ordinal(loaded: Caseload, row: dict[str, Any]) -> str:
    engaged = engagement(loaded)
    words = f"{nth(row['number'])} appointment"
    if engaged is None or engaged.appointments != row["number"]:
        return words
    outcome = loaded.outcomes.get(row["episode_id"], {})
    return f"{words}: engaged" if outcome.get(f"{engaged.id}_on") == row["on"] else words


def has_plan(loaded: Caseload) -> bool:
    """Whether a plan holds today, so that a contact keeps the case active."""
    today = loaded.today
    return any(
        row["kind"] == "vocational_action"
        and row["agreed_on"]
        and row["agreed_on"] <= today
        and (row["ended_on"] is None or row["ended_on"] >= today)
        for row in loaded.rows("plans")
    )


@dataclass(frozen=True)
class Saved:
    """What the same form saved before, where other words stand in it now."""

    at: str
    title: str
    note: str


def saved(contact: Any) -> Saved:
    row = {"kind": contact.kind, "attendance": contact.attendance, "minutes": contact.minutes}
    return Saved(moment(contact.created_at), f"{contact_title(row)}, {day(contact.on)}", contact.note)


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

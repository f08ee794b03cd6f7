"""What was logged today, and what it set next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from placewell_web.casework.presenters.cases import Case, kind_of_contact
from placewell_web.casework.presenters.due import Due
from placewell_web.casework.presenters.several import together
from placewell_web.nhsuk.words import clock_time, count, day

ATTENDANCE = {
    "attended": "",
    "did_not_attend": ", did not attend",
    "cancelled_by_client": ", cancelled",
    "cancelled_by_service": ", cancelled by us",
    "one_way": ", sent",
}


@dataclass(frozen=True)
class Done:
    """A line of Done today: one contact, or all that were logged in one go."""

    at: str
    name: str
    url: str  # empty for several people
    what: str
    next: str
    undo: str


def done_today(contacts: Iterable[Any], cases: list[Case], today: date) -> list[Done]:
    """The contacts logged today, newest first, with the person's next due day; several people at once are one line."""
    by_id = {case.episode_id: case for case in cases}
    sessions: dict[object, list[Any]] = {}
    for contact in contacts:
        sessions.setdefault(contact.session_id or contact.pk, []).append(contact)
    return [
        _one(found[0], by_id, today) if found[0].session_id is None else _several(found) for found in sessions.values()
    ]


def _one(contact: Any, cases: dict[str, Case], today: date) -> Done:
    case = cases.get(str(contact.episode_id))
    return Done(
        at=clock_time(contact.created_at),
        name=f"{contact.episode.person.called} {contact.episode.person.surname}",
        url=reverse("casework:person", args=[contact.episode_id]),
        what=f"{kind_of_contact(contact.kind).lower()} logged{ATTENDANCE.get(contact.attendance, '')}",
        next=" ".join(filter(None, (_planned(contact), _next(case.next_due, today) if case and case.next_due else ""))),
        undo=reverse("casework:undo_contact", args=[contact.pk]),
    )


def _planned(contact: Any) -> str:
    return f"You planned a contact for {day(contact.next_on)}." if contact.next_on else ""


def _next(due: Due, today: date) -> str:
    """The next day; of what the contact did not settle, that it is still open."""
    if due.on <= today:
        return f"Still open: {due.doing}, {due.when.words.lower()}."
    return f"Next by {day(due.on)}."


def _several(contacts: list[Any]) -> Done:
    first = contacts[0]
    names = sorted(f"{one.episode.person.called} {one.episode.person.surname}" for one in contacts)
    return Done(
        at=clock_time(first.created_at),
        name=together(names),
        url="",
        what=f"{kind_of_contact(first.kind).lower()} logged for {count(len(contacts), 'person', 'people')}",
        next=_planned(first),
        undo=reverse("casework:undo_several", args=[first.session_id]),
    )

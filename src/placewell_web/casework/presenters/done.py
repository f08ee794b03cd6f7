"""What was logged today, and what it set next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from placewell_web.casework.presenters.cases import Case, kind_of_contact
from placewell_web.nhsuk.words import clock_time, day

ATTENDANCE = {
    "attended": "",
    "did_not_attend": ", did not attend",
    "cancelled_by_client": ", cancelled",
    "cancelled_by_service": ", cancelled by us",
    "one_way": ", sent",
}


@dataclass(frozen=True)
class Done:
    at: str
    episode_id: str
    name: str
    what: str
    next: str
    contact_id: str


def done_today(contacts: Iterable[Any], cases: list[Case]) -> list[Done]:
    """The contacts logged today, newest first, with the person's next due day."""
    by_id = {case.episode_id: case for case in cases}
    found = []
    for contact in contacts:
        case = by_id.get(str(contact.episode_id))
        after = f"Next by {day(case.next_due.on)}." if case and case.next_due else ""
        found.append(
            Done(
                at=clock_time(contact.created_at),
                episode_id=str(contact.episode_id),
                name=f"{contact.episode.person.called} {contact.episode.person.surname}",
                what=f"{kind_of_contact(contact.kind).lower()} logged{ATTENDANCE.get(contact.attendance, '')}",
                next=after,
                contact_id=str(contact.pk),
            )
        )
    return found

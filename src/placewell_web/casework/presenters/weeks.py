"""The weekly tracking sheet: contacts with employers by day, the week in numbers, and the number of the scale."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from placewell import fidelity
from placewell.specification import Specification
from placewell_web.casework.presenters.employers import ContactRow, contact_rows
from placewell_web.nhsuk.words import count, day

MEASURE = "employer_contacts"
"""The rule of fidelity that counts contacts with employers to a specialist a week."""


@dataclass(frozen=True)
class Number:
    name: str
    value: int
    more: str = ""


@dataclass(frozen=True)
class Day:
    on: date
    rows: list[ContactRow]


def days(week: Any) -> list[Day]:
    """Each day of the week with the contacts of that day; a day without any too."""
    rows = contact_rows(week.employer_contacts, week.known)
    return [Day(on, [row for row in rows if row.on == on]) for on in week.days]


def numbers(week: Any, spec: Specification) -> list[Number]:
    """The week in numbers, as the logging filled them."""
    seen = contact_rows(week.employer_contacts, week.known)
    face_to_face = sum(1 for row in seen if row.face_to_face)
    return [
        Number("Employer contacts", len(seen), f"{face_to_face} face to face"),
        Number("Face to face, for a client", week.face_to_face_for_someone, scale_words(spec)),
        Number("Contacts with clients", week.contacts),
        Number("Attended contacts", week.contacts_attended, "of those with clients"),
        Number("Applications", week.applications),
        Number("Job starts", week.jobs),
        Number("New leads", week.leads, f"{week.leads_taken} taken for a client"),
        Number("Activities", week.activities),
    ]


def scale_number(spec: Specification) -> int | None:
    """Contacts a week that the service's scale of fidelity gives its highest score for; None where none is stated."""
    scale = _asked_for(spec)
    if scale is None:
        return None
    items = {one.item for one in scale.measures if one.kind == MEASURE}
    stated = [one.at_least for item in scale.items if item.id in items for one in item.anchors]
    numbers = [int(one) for one in stated if one is not None]
    return max(numbers) if numbers else None


def _asked_for(spec: Specification) -> fidelity.Scale | None:
    """The scale the service is reviewed by: its own guidelines, or the published one that an outcome names."""
    scale = fidelity.chosen_scale(spec, None)
    own = scale.recorded_as[-1:] == (spec.service.id,)
    named = any(getattr(one, "scale", None) in scale.recorded_as for one in spec.outcomes.outcomes)
    return scale if own or named else None


def scale_words(spec: Specification) -> str:
    """What the scale says of contacts with employers face to face; nothing for a service without a scale."""
    number = scale_number(spec)
    if number is not None:
        return f"The fidelity scale asks for {count(number, 'contact')} a week"
    return "The fidelity guidelines state no number" if _asked_for(spec) else ""


def around(monday: date, today: date) -> tuple[date, date | None]:
    """The week before, and the week after unless it has not begun."""
    after = monday + timedelta(days=7)
    return monday - timedelta(days=7), after if after <= today else None


def span(monday: date) -> str:
    """The week in words: `10 to 16 June 2019`."""
    sunday = monday + timedelta(days=6)
    if (monday.year, monday.month) == (sunday.year, sunday.month):
        return f"{monday.day} to {day(sunday)}"
    first = day(monday) if monday.year != sunday.year else f"{monday.day} {monday:%B}"
    return f"{first} to {day(sunday)}"


def reviewed(review: Any) -> str:
    return f"Reviewed on {day(review.reviewed_on)} by {review.reviewed_by.name}" if review else "Not reviewed yet"

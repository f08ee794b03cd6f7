"""Contacts with employers in rows: one row a contact, however many people it was for, and named by need to know."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from placewell.vocabulary import label
from placewell_web.nhsuk.words import count


@dataclass(frozen=True)
class ContactRow:
    """`people`: whom the viewer may see, by episode; `others`: of the rest only that they are there, in words."""

    on: date
    employer: Any
    purpose: str
    face_to_face: bool
    who: str
    people: tuple[tuple[object, str], ...]
    others: str
    note: str

    @property
    def people_and_others(self) -> int:
        return len(self.people) + bool(self.others)


def contact_rows(contacts: Iterable[Any], known: Container[object]) -> list[ContactRow]:
    """The contacts in their order; rows that were logged in one go for several people are one.

    A note is shown to whoever may see one of the people it was for: it may speak of them.
    """
    groups: dict[tuple[object, ...], list[Any]] = {}
    for one in contacts:
        key = (one.employer_id, one.specialist_id, one.on, one.purpose, one.face_to_face, one.created_at, one.note)
        groups.setdefault(key, []).append(one)
    return [_row(group, known) for group in groups.values()]


def _row(group: list[Any], known: Container[object]) -> ContactRow:
    first = group[0]
    for_someone = [one for one in group if one.episode_id]
    seen = [one for one in for_someone if one.episode_id in known]
    return ContactRow(
        on=first.on,
        employer=first.employer,
        purpose=label("employer_contact_purpose", first.purpose),
        face_to_face=first.face_to_face,
        who=first.specialist.name,
        people=tuple((one.episode_id, _named(one.episode.person)) for one in seen),
        others=_others(len(for_someone) - len(seen)),
        note=first.note if seen or not for_someone else "",
    )


def _others(number: int) -> str:
    """People whom the viewer may not see, of whatever team or area."""
    return "" if not number else "another client" if number == 1 else count(number, "other client")


def _named(person: Any) -> str:
    return f"{person.called} {person.surname}"

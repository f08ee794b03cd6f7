"""Finding records that may be the same person, across every lot; showing them is decided elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from placewell_web.clients.matching import Identity, matched_on
from placewell_web.clients.models import Person

IDENTIFYING = ("id", "search_name", "birth_date", "nhs_number", "postcode", "phone")


@dataclass(frozen=True)
class Match:
    """Another record, and what it agrees on."""

    person_id: UUID
    matched_on: tuple[str, ...]


def identity_of(person: Person) -> Identity:
    return Identity(person.search_name, person.birth_date, person.nhs_number, person.postcode, person.phone)


def matches_of(person: Person) -> list[Match]:
    """Every other record that may be this person, in order of its id. Source: 002 §9.3.

    Three of four holds two of birth date, postcode and phone at least, so the indexes on these find every candidate.
    """
    here = identity_of(person)
    shared = Q(pk__in=())
    for field in ("nhs_number", "phone", "postcode"):
        if getattr(person, field):
            shared |= Q(**{field: getattr(person, field)})
    if person.birth_date is not None:
        shared |= Q(birth_date=person.birth_date)
    others = Person.unscoped.filter(shared, merged_into__isnull=True).exclude(pk=person.pk)
    matches = [Match(pk, matched_on(here, Identity(*rest))) for pk, *rest in others.values_list(*IDENTIFYING)]
    return sorted((match for match in matches if match.matched_on), key=lambda match: str(match.person_id))

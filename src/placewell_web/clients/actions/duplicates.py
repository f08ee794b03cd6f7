"""Finding records that may be the same person, across every lot; showing them is decided elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from placewell_web.clients.matching import Identity, matched_on, surely_one
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
    others = Person.unscoped.filter(shared).exclude(pk=person.pk).order_by("pk").values_list(*IDENTIFYING)
    alike = {pk: on for pk, *rest in others if (on := matched_on(here, Identity(*rest)))}
    return _by_record(person, alike)


def surely_same(person: Person) -> set[UUID]:
    """Every record, of any lot, that is this person without anybody being asked; the person's own are among them.

    Ids only: what of these a viewer may see is asked with them through `scoped`. Source: trust.md T12.
    """
    own = Person.records_of(person.pk)
    known = [identity_of(one) for one in Person.unscoped.filter(pk__in=own)]
    alike = {match.person_id for one in Person.unscoped.filter(pk__in=own) for match in matches_of(one)} - own
    wider = {pk: Person.records_of(pk) for pk in alike}
    rows = Person.unscoped.filter(pk__in={pk for pks in wider.values() for pk in pks}).values_list(*IDENTIFYING)
    theirs = {pk: Identity(*rest) for pk, *rest in rows}
    same = (pks for pks in wider.values() if any(surely_one(one, theirs[pk]) for one in known for pk in pks))
    return own.union(*same)


def _by_record(person: Person, alike: Mapping[UUID, tuple[str, ...]]) -> list[Match]:
    """One match a record: what a record agreed on before it was joined to another speaks for the other."""
    found: dict[UUID, tuple[str, ...]] = {}
    for pk, kept in Person.kept_records(alike).items():
        if kept != person.pk and (kept not in found or _weight(alike[pk]) > _weight(found[kept])):
            found[kept] = alike[pk]
    return [Match(pk, found[pk]) for pk in sorted(found, key=str)]


def _weight(on: tuple[str, ...]) -> int:
    return 9 if on == ("nhs_number",) else len(on)

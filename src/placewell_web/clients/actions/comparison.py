"""Whether someone was given the trial's group without support, under whatever record, and until when that holds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from placewell_web.accounts import service
from placewell_web.clients.actions.duplicates import surely_same
from placewell_web.clients.models import Allocation, Person


def compared_until(person: Person, day: date) -> date | None:
    """The last day of the trial, where this person is in a comparison group on the day; else None.

    Their first group holds, whatever record they come back under; of another lot's record nothing is said but this.
    After the trial they enter through the ordinary pathway. Source: 002 §9.11, §11.6, §11.8; trust.md T12.
    """
    until = _closes_on(day)
    first = Allocation.first_of(surely_same(person)) if until else None
    return until if first is not None and first.arm in _arms_outside() else None


def compared_among(people: Iterable[UUID], day: date) -> set[UUID]:
    """Those of many people who are in a comparison group on the day: by their own records and their NHS number."""
    asked = set(people)
    if not asked or _closes_on(day) is None:
        return set()
    numbers = dict(Person.unscoped.filter(pk__in=asked).exclude(nhs_number="").values_list("pk", "nhs_number"))
    given = outside_the_service().values_list("episode__person_id", "episode__person__nhs_number")
    records, known = set(), set()
    for person_id, number in given.filter(episode__person__in=asked) | given.filter(
        episode__person__nhs_number__in=set(numbers.values())
    ):
        records.add(person_id)
        known.add(number or person_id)
    return {one for one in asked if one in records or numbers.get(one) in known}


def outside_the_service() -> QuerySet[Allocation]:
    """Every allocation to a group that has no support."""
    return Allocation.unscoped.filter(arm__in=_arms_outside())


def _arms_outside() -> list[str]:
    trial = service.current().trial
    return [arm.id for arm in trial.arms if not arm.enters_service] if trial else []


def _closes_on(day: date) -> date | None:
    """The trial's last day, where the day is not past it."""
    trial = service.current().trial
    return trial.closes_at.date() if trial is not None and day <= trial.closes_at.date() else None

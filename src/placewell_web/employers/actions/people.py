"""Who works at an employer, and what an employer says of the service."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from placewell_web.accounts.editing import day_of
from placewell_web.audit.actors import Actor
from placewell_web.employers.actions.entries import note
from placewell_web.employers.models import Employer, EmployerFeedback, EmployerPerson

FIELDS = ("name", "role", "phone", "email", "note")


@transaction.atomic
def add_person(*, by: Actor, at: datetime, employer: Employer, fields: Mapping[str, str]) -> EmployerPerson:
    """Add someone who works there; the same name in the same role stands once."""
    Employer.unscoped.select_for_update(of=("self",)).get(pk=employer.pk)
    there = employer.people.filter(name__iexact=fields["name"], role=fields.get("role", ""), left_on__isnull=True)
    if (already := there.first()) is not None:
        return already
    row = EmployerPerson.unscoped.create(
        employer=employer, created_at=at, **{name: fields.get(name, "") for name in FIELDS}
    )
    detail = {"employer": str(employer.pk), "role": row.role}
    note(by=by, at=at, verb="add_employer_person", record=row, lot=employer.lot_id, detail=detail)
    return row


@transaction.atomic
def change_person(*, by: Actor, at: datetime, person: EmployerPerson, fields: Mapping[str, str]) -> None:
    """Put right what is known of someone who works there."""
    stored = EmployerPerson.unscoped.select_for_update(of=("self",)).get(pk=person.pk)
    changed = sorted(name for name in FIELDS if name in fields and getattr(stored, name) != fields[name])
    if not changed:
        return
    for name in changed:
        setattr(stored, name, fields[name])
    stored.save(update_fields=changed)
    detail = {"employer": str(person.employer_id), "changed": changed}
    note(by=by, at=at, verb="change_employer_person", record=stored, lot=person.employer.lot_id, detail=detail)


@transaction.atomic
def person_left(*, by: Actor, at: datetime, person: EmployerPerson) -> None:
    """They no longer work there; the name stays with what was said to them."""
    stored = EmployerPerson.unscoped.select_for_update(of=("self",)).get(pk=person.pk)
    if stored.left_on is not None:
        return
    stored.left_on = day_of(at)
    stored.save(update_fields=["left_on"])
    detail = {"employer": str(person.employer_id)}
    note(by=by, at=at, verb="employer_person_left", record=stored, lot=person.employer.lot_id, detail=detail)


@transaction.atomic
def record_feedback(
    *, by: Actor, at: datetime, employer: Employer, on: date, words: str, acted: str = ""
) -> EmployerFeedback:
    """Keep what the employer said, once, and what was done about it. Source: 001 §2.2.18."""
    Employer.unscoped.select_for_update(of=("self",)).get(pk=employer.pk)
    if (already := employer.feedback.filter(on=on, words=words, recorded_by_id=by.id).first()) is not None:
        return already
    row = EmployerFeedback.unscoped.create(
        employer=employer, on=on, words=words, acted=acted, recorded_by_id=by.id, created_at=at
    )
    detail = {"employer": str(employer.pk), "on": on.isoformat()}
    note(by=by, at=at, verb="record_employer_feedback", record=row, lot=employer.lot_id, detail=detail)
    return row

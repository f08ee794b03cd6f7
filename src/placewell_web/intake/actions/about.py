"""What is kept about a person and an episode, put right: the audit says which fields changed, never the values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model

from placewell_web.audit.actors import Actor
from placewell_web.clients.actions.entries import claim, note
from placewell_web.clients.models import Episode, Person
from placewell_web.clients.names import search_name
from placewell_web.intake.actions.duplicates import ask_whether_known

NAMES = frozenset({"first_name", "surname"})
IDENTIFYING = NAMES | {"birth_date", "nhs_number", "phone", "postcode"}


@transaction.atomic
def change_details(
    *, by: Actor, at: datetime, episode: Episode, version: int, facts: Mapping[str, Any]
) -> tuple[str, ...]:
    """Names, contact details and what helps; what identifies someone is asked again: is it someone we know?"""
    person = Person.unscoped.get(pk=episode.person_id)
    changed = _change(person, version, facts)
    if NAMES & set(changed):
        person.search_name = search_name(person.first_name, person.surname)
        person.save(update_fields=["search_name"])
    if changed:
        note(by=by, at=at, verb="change_details", record=person, episode=episode, detail={"changed": changed})
        episode.person = person
    if IDENTIFYING & set(changed):
        ask_whether_known(episode)
    return changed


@transaction.atomic
def change_equality(
    *, by: Actor, at: datetime, episode: Episode, version: int, facts: Mapping[str, Any]
) -> tuple[str, ...]:
    """Equality monitoring. Source: 002 App. 6 v, xi–xv."""
    person = Person.unscoped.get(pk=episode.person_id)
    changed = _change(person, version, facts)
    if changed:
        note(by=by, at=at, verb="change_equality", record=person, episode=episode, detail={"changed": changed})
    return changed


@transaction.atomic
def change_health(
    *, by: Actor, at: datetime, episode: Episode, version: int, facts: Mapping[str, Any]
) -> tuple[str, ...]:
    """Health, work and GP practice at the referral. Source: 002 §17.10, App. 6 iii, xvi."""
    stored = Episode.unscoped.get(pk=episode.pk)
    changed = _change(stored, version, facts)
    if changed:
        note(by=by, at=at, verb="change_health", record=stored, episode=episode, detail={"changed": changed})
    return changed


def _change(record: Model, version: int, facts: Mapping[str, Any]) -> tuple[str, ...]:
    """Write what differs, if the record is as it was read. Raises EditConflict with both versions."""
    changed = tuple(sorted(name for name, value in facts.items() if getattr(record, name) != value))
    if not changed:
        return ()
    claim(record, version, "version", {name: "" if value is None else str(value) for name, value in facts.items()})
    for name in changed:
        setattr(record, name, facts[name])
    record.save(update_fields=[*changed])
    return changed

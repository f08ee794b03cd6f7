"""Two records found to be one person: the episodes move to the kept record, nothing is lost, and it can be undone."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404

from placewell_web.accounts.errors import Refused
from placewell_web.accounts.viewer import Viewer
from placewell_web.audit.actions import record
from placewell_web.audit.actors import Actor
from placewell_web.clients import permissions, queries
from placewell_web.clients.models import Alert, Episode, Merge, Person

FILLED = (
    "preferred_name", "pronouns", "birth_date", "nhs_number", "phone", "email", "postcode", "gender", "ethnicity",
    "religion", "sexual_orientation", "education", "region", "language", "needs_interpreter", "communication_needs",
    "contact_preference", "contact_time", "safe_to_leave_message",
)  # fmt: skip


@transaction.atomic
def merge(*, by: Actor, at: datetime, viewer: Viewer, kept_id: UUID, gone_id: UUID) -> Merge:
    """Move everything of one record to the other and fill what that one lacks; what it has is never overwritten."""
    permissions.check_can_compare(viewer, len(queries.visible_people(viewer, [kept_id, gone_id])))
    kept, gone = _both(kept_id, gone_id)
    permissions.check_can_merge(kept, gone)
    moved = {
        "episodes": _move(Episode.unscoped.filter(person=gone), kept),
        "alerts": _move(Alert.unscoped.filter(person=gone), kept),
        "filled": _fill(kept, gone),
    }
    gone.merged_into = kept
    gone.save(update_fields=["merged_into"])
    done = Merge(
        kept=kept, gone=gone, moved=json.dumps(moved, sort_keys=True), merged_at=at, merged_by_id=viewer.user_id
    )
    done.save(force_insert=True)
    _note(by, at, "merge_people", done, moved)
    return done


@transaction.atomic
def undo_merge(*, by: Actor, at: datetime, viewer: Viewer, merge_id: UUID) -> Merge:
    """Part two records again: what moved goes back, and what was filled in is taken out unless it changed since."""
    done = Merge.unscoped.select_for_update().filter(pk=merge_id).first()
    if done is None:
        raise Http404
    holder = Person.kept_records([done.kept_id])[done.kept_id]
    permissions.check_can_compare(viewer, 2 * len(queries.visible_people(viewer, [holder])))
    if done.undone_at is not None:
        raise Refused("These records have been parted again already.")
    if done.kept.merged_into_id is not None:
        raise Refused("The record that was kept has itself been joined to another since.", "Part those two first.")
    moved: dict[str, Any] = json.loads(done.moved)
    Episode.unscoped.filter(pk__in=moved["episodes"], person_id=done.kept_id).update(person=done.gone)
    Alert.unscoped.filter(pk__in=moved["alerts"], person_id=done.kept_id).update(person=done.gone)
    emptied = [name for name in moved["filled"] if getattr(done.kept, name) == getattr(done.gone, name)]
    for name in emptied:
        setattr(done.kept, name, Person._meta.get_field(name).get_default())
    done.kept.version += 1
    done.kept.save(update_fields=[*emptied, "version"])
    done.gone.merged_into = None
    done.gone.save(update_fields=["merged_into"])
    done.undone_at, done.undone_by_id = at, viewer.user_id
    done.save(update_fields=["undone_at", "undone_by"])
    _note(by, at, "undo_merge", done, moved)
    return done


def _both(kept_id: UUID, gone_id: UUID) -> tuple[Person, Person]:
    """Both records, locked in one order whoever is kept, so that two merges cannot wait for each other."""
    people = {
        person.pk: person
        for person in Person.unscoped.select_for_update().filter(pk__in=[kept_id, gone_id]).order_by("pk")
    }
    if kept_id == gone_id or len(people) != 2:
        raise Refused("A record cannot be merged with itself.")
    return people[kept_id], people[gone_id]


def _move(rows: Any, kept: Person) -> list[str]:
    ids = [str(pk) for pk in rows.order_by("pk").values_list("pk", flat=True)]
    rows.update(person=kept)
    return ids


def _fill(kept: Person, gone: Person) -> list[str]:
    filled = [name for name in FILLED if getattr(kept, name) in ("", None) and getattr(gone, name) not in ("", None)]
    for name in filled:
        setattr(kept, name, getattr(gone, name))
    kept.version += 1
    kept.save(update_fields=[*filled, "version"])
    return filled


def _note(by: Actor, at: datetime, verb: str, done: Merge, moved: dict[str, Any]) -> None:
    record(
        by=by,
        at=at,
        verb=verb,
        target_kind="merge",
        target_id=done.pk,
        person_id=done.kept_id,
        detail={"kept": str(done.kept_id), "gone": str(done.gone_id), **moved},
    )

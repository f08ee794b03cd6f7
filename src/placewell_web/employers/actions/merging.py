"""Two records found to be one employer: every row that names the one names the other from then on; it can be undone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models, transaction

from placewell_web.accounts.errors import Refused
from placewell_web.audit.actors import Actor
from placewell_web.employers.actions.entries import note
from placewell_web.employers.models import Employer, EmployerMerge

FILLED = ("town", "industry", "size", "contact_name", "contact_phone", "contact_email", "needs")
KEPT_AS_THEY_WERE = (Employer, EmployerMerge)
"""Models whose references tell of the merge itself."""


@transaction.atomic
def merge(*, by: Actor, at: datetime, kept: Employer, gone: Employer) -> EmployerMerge:
    """Move every row of one record to the other and fill what that one lacks; what it has is never overwritten."""
    kept, gone = _both(kept.pk, gone.pk)
    filled = {name: getattr(gone, name) for name in FILLED if not getattr(kept, name) and getattr(gone, name)}
    moved = {f"{model._meta.label_lower}.{name}": _move(model, name, gone, kept) for model, name in references()}
    for name, value in filled.items():
        setattr(kept, name, value)
    kept.version += 1
    kept.save(update_fields=[*filled, "version"])
    gone.merged_into = kept
    gone.save(update_fields=["merged_into"])
    facts = {"rows": {name: ids for name, ids in moved.items() if ids}, "filled": sorted(filled)}
    done = EmployerMerge.unscoped.create(
        kept=kept, gone=gone, moved=json.dumps(facts, sort_keys=True), merged_at=at, merged_by_id=by.id
    )
    _noted(by, at, "merge_employers", done, facts)
    return done


@transaction.atomic
def undo_merge(*, by: Actor, at: datetime, merge: EmployerMerge) -> None:
    """Part two records again: the rows that moved go back; what was added since stays with the record that was kept."""
    done = EmployerMerge.unscoped.select_for_update().get(pk=merge.pk)
    if done.undone_at is not None:
        raise Refused("These employers have been parted again already.")
    if done.kept.merged_into_id is not None:
        raise Refused(
            "The employer that was kept has itself been made one with another since.", "Part those two first."
        )
    facts: dict[str, Any] = json.loads(done.moved)
    for model, name in references():
        ids = facts["rows"].get(f"{model._meta.label_lower}.{name}", ())
        model._base_manager.filter(pk__in=ids, **{name: done.kept}).update(**{name: done.gone})
    emptied = [name for name in facts["filled"] if getattr(done.kept, name) == getattr(done.gone, name)]
    Employer.unscoped.filter(pk=done.kept_id).update(**dict.fromkeys(emptied, ""), version=models.F("version") + 1)
    Employer.unscoped.filter(pk=done.gone_id).update(merged_into=None)
    EmployerMerge.unscoped.filter(pk=done.pk).update(undone_at=at, undone_by_id=by.id)
    _noted(by, at, "undo_employer_merge", done, facts)


def references() -> Iterator[tuple[type[models.Model], str]]:
    """Every model and field that names an employer, whichever app it is in, also where Django hides the way back."""
    for relation in Employer._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel):
            continue
        model = relation.related_model
        assert isinstance(model, type)
        if model not in KEPT_AS_THEY_WERE:
            yield model, relation.field.name


def _move(model: type[models.Model], name: str, gone: Employer, kept: Employer) -> list[str]:
    rows = model._base_manager.filter(**{name: gone})
    ids = sorted(str(pk) for pk in rows.values_list("pk", flat=True))
    rows.update(**{name: kept})
    return ids


def _both(kept_id: UUID, gone_id: UUID) -> tuple[Employer, Employer]:
    """Both records, locked in one order whoever is kept, so that two merges cannot wait for each other."""
    locked = Employer.unscoped.select_for_update(of=("self",)).filter(pk__in=[kept_id, gone_id]).order_by("pk")
    found = {one.pk: one for one in locked}
    if len(found) != 2:
        raise Refused("An employer cannot be made one with itself.")
    if any(one.merged_into_id for one in found.values()):
        raise Refused("One of these was made one with another employer already.", "Open the employer that is kept.")
    return found[kept_id], found[gone_id]


def _noted(by: Actor, at: datetime, verb: str, done: EmployerMerge, facts: dict[str, Any]) -> None:
    rows = {name: len(ids) for name, ids in facts["rows"].items()}
    detail = {"kept": str(done.kept_id), "gone": str(done.gone_id), "rows": rows, "filled": facts["filled"]}
    note(by=by, at=at, verb=verb, record=done, lot=done.kept.lot_id, detail=detail)

"""The words of questionnaires that the service loads and takes away; which words, not what they are, is audited."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction

from placewell.questionnaires.wording import instrument_named, parse_wording
from placewell_web.audit import actions as audit
from placewell_web.audit.actors import Actor
from placewell_web.casework.models import QuestionnaireWording


@transaction.atomic
def load_wording(*, by: Actor, at: datetime, text: str, name: str) -> QuestionnaireWording:
    """Take words into use in place of those before. Raises QuestionnaireError with everything that is wrong."""
    one = instrument_named(text, name)
    parse_wording(text, one, name)
    rows = QuestionnaireWording.objects.select_for_update().filter(instrument=one.id, removed_at__isnull=True)
    standing = rows.first()
    if standing is not None and standing.text == text:
        return standing
    rows.update(removed_at=at)
    made = QuestionnaireWording.objects.create(instrument=one.id, text=text, loaded_by_id=by.id, loaded_at=at)
    detail = {"instrument": one.id, "sha256": hashlib.sha256(text.encode()).hexdigest()}
    _note(by, at, "load_wording", made, detail)
    return made


@transaction.atomic
def remove_wording(*, by: Actor, at: datetime, wording: QuestionnaireWording) -> None:
    """Show the words no longer: a licence has ended."""
    if QuestionnaireWording.objects.filter(pk=wording.pk, removed_at__isnull=True).exists():
        QuestionnaireWording.objects.filter(pk=wording.pk).update(removed_at=at)
        _note(by, at, "remove_wording", wording, {"instrument": wording.instrument})


def _note(by: Actor, at: datetime, verb: str, wording: QuestionnaireWording, detail: dict[str, str]) -> None:
    audit.record(by=by, at=at, verb=verb, target_kind="questionnairewording", target_id=wording.pk, detail=detail)
